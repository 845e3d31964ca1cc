//! A document: everything that it says, by collection.

use maud::{Markup, html};

use super::own::Own;
use crate::collections::Source;
use crate::dataset::NamingRecords;
use crate::model::Collection;
use crate::pages::site::Site;
use crate::pages::wording::{capitalized, grouped};

/// The most records of a collection that stand on the page; a list has the rest.
const MOST_RECORDS: usize = 50;

/// The parts of a document's page.
pub fn own(site: &Site<'_>, source: &Source) -> Own {
    Own { opening: None, further: Some(said(site, source)), names_related: true }
}

fn said(site: &Site<'_>, source: &Source) -> Markup {
    let mut naming = site.dataset.naming(Source::NAME, source.id());
    // The claims of a conflict stand among what it cites.
    naming.retain(|naming| naming.parameter == "citations_source");
    let all: u64 = naming.iter().map(|naming| naming.count).sum();
    html! {
        section #says {
            h2 { (site.say("Everything that it says", "Todo lo que dice")) " " span.muted { (grouped(site, all)) } }
            @if naming.is_empty() {
                p { (site.say("No record of this release cites it.", "Ningún registro de esta versión lo cita.")) }
            } @else {
                p { (site.say("All records that cite this document, each as it stands there.", "Todos los registros que citan este documento, cada uno tal como consta.")) }
            }
            @for naming in &naming { (of_collection(site, source.id(), naming)) }
        }
    }
}

fn of_collection(site: &Site<'_>, id: &str, naming: &NamingRecords) -> Markup {
    let tables = site.dataset.tables();
    let Some(table) = tables.iter().find(|table| table.name() == naming.collection) else {
        return html! {};
    };
    let rows = table.rows_where(naming.parameter, id);
    let list = site.page_with(&format!("/{}", naming.collection), [(naming.parameter, id)]);
    html! {
        h3 { (capitalized(site.of(table.label()))) " " span.muted { (grouped(site, naming.count)) } }
        ul {
            @for row in rows.iter().take(MOST_RECORDS) {
                li { a href=(site.record(naming.collection, table.id(row))) { (site.heading(&table.statement(row))) } }
            }
        }
        @if rows.len() > MOST_RECORDS as u64 {
            p { a href=(list) { (site.say("All ", "Los ")) (grouped(site, naming.count)) (site.say(" as a list", " en una lista")) } }
        }
    }
}
