//! What a record must be read with: its note, doubts and newer editions; and what names it or is named by it.

use maud::{Markup, html};

use crate::dataset::NamingRecords;
use crate::model::FieldValue;
use crate::pages::reading::is_disputed;
use crate::pages::site::Site;
use crate::pages::wording::capitalized;
use crate::query::AnyRecord;

/// How many records of one kind are named before a link leads to the rest.
const MOST_NAMED: usize = 8;

/// What to know before the record is quoted; nothing where nothing needs saying.
pub(super) fn before_quoting(site: &Site<'_>, record: AnyRecord<'_>) -> Markup {
    let note = record.text("note");
    let newer = record.text("superseded_by");
    let confidence = record.text("confidence").filter(|confidence| confidence != "high");
    let per_year = record.is_flagged("per_year");
    let disputed = is_disputed(site, record.collection(), record.id());
    if note.is_none() && newer.is_none() && confidence.is_none() && !per_year && !disputed {
        return html! {};
    }
    html! {
        section.before #note {
            h2 { (site.say("Read before quoting", "Antes de citar")) }
            @if let Some(newer) = newer {
                p {
                    (site.say("A newer edition replaces this figure: ", "Una edición más reciente reemplaza esta cifra: "))
                    a href=(site.record(record.collection(), &newer)) { (newer) } "."
                }
            }
            @if disputed {
                p { (site.say("Sources disagree about it: see below.", "Las fuentes no coinciden sobre ella: véase abajo.")) }
            }
            @if per_year {
                p { (site.say("It recurs in each year: never print it as the total of its years.", "Se repite cada año: nunca debe publicarse como el total de sus años.")) }
            }
            @if confidence.is_some() {
                p {
                    (site.say("The confidence is not high. ", "La confianza no es alta. "))
                    @if let Some(method) = method(site, record) { (method) }
                }
            }
            @if let Some(note) = note { p lang=[site.lang_of_texts()] { (note) } }
        }
    }
}

/// How the record was come by, where that is written down.
fn method(site: &Site<'_>, record: AnyRecord<'_>) -> Option<String> {
    let field = record.table().field("method")?;
    let (crate::model::Kind::Code(list), FieldValue::Text(code)) =
        (field.kind, record.value(field.name)?)
    else {
        return None;
    };
    list.get(&code).map(|code| site.of(code.definition).to_owned())
}

/// The records that it names, and those that name it.
pub(super) fn related(site: &Site<'_>, record: AnyRecord<'_>) -> Markup {
    let id = record.id();
    let own: Vec<_> = record
        .values()
        .filter(|(field, _)| !["citations_source", "partner"].contains(&field.name))
        .filter_map(|(field, held)| {
            let target = field.refers_to?;
            let ids = held.texts().into_iter().map(str::to_owned).collect::<Vec<_>>();
            (!ids.is_empty()).then_some((field.label, target, ids))
        })
        .collect();
    let naming = site.dataset.naming(record.collection(), id);
    if own.is_empty() && record.references().is_empty() && naming.is_empty() {
        return html! {};
    }
    html! {
        section.near {
            h2 { (site.say("What it stands beside", "Con qué se relaciona")) }
            @for (label, target, ids) in own {
                h3 { (capitalized(site.of(label))) }
                ul { @for one in ids { li { (named(site, target, &one)) } } }
            }
            @if !record.references().is_empty() {
                h3 { (site.say("Records concerned", "Registros implicados")) }
                ul {
                    @for reference in record.references() {
                        li { (named(site, reference.collection.as_str(), reference.id.as_str())) }
                    }
                }
            }
            @for naming in naming { (naming_records(site, record, &naming)) }
        }
    }
}

/// A record of another collection, by what it says.
fn named(site: &Site<'_>, collection: &str, id: &str) -> Markup {
    let tables = site.dataset.tables();
    let table = tables.iter().find(|table| table.name() == collection);
    let row = table.and_then(|table| table.row(id));
    let said = match (table, row) {
        (Some(table), _) if table.has_names() => site.called(collection, id).into_owned(),
        (Some(table), Some(row)) => site.heading(&table.statement(row)),
        _ => id.to_owned(),
    };
    html! { a href=(site.record(collection, id)) { (said) } }
}

fn naming_records(site: &Site<'_>, record: AnyRecord<'_>, naming: &NamingRecords) -> Markup {
    let id = record.id();
    let tables = site.dataset.tables();
    let Some(table) = tables.iter().find(|table| table.name() == naming.collection) else {
        return html! {};
    };
    let list = site.page_with(&format!("/{}", naming.collection), [(naming.parameter, id)]);
    let label = capitalized(site.of(table.label()));
    let title = match naming.parameter {
        "part_of" => site.say("What it contains", "Lo que contiene").to_owned(),
        "superseded_by" => site.say("Earlier editions", "Ediciones anteriores").to_owned(),
        "records_id" => {
            site.say("Where sources disagree", "Dónde no coinciden las fuentes").to_owned()
        }
        _ => label,
    };
    let rows = if naming.parameter == "records_id" {
        table.rows_naming(record.collection(), id)
    } else {
        table.rows_where(naming.parameter, id)
    };
    html! {
        h3 { (title) " " span.muted { (naming.count) } }
        @if table.is_series() {
            p { a href=(list) { (site.say("All of them", "Todos")) } }
        } @else {
            ul {
                @for row in rows.iter().take(MOST_NAMED) {
                    li { a href=(site.record(naming.collection, table.id(row))) { (site.heading(&table.statement(row))) } }
                }
            }
            @if rows.len() > MOST_NAMED as u64 {
                p { a href=(list) { (site.say("All ", "Los ")) (naming.count) } }
            }
        }
    }
}
