//! The margin of a record: the documents that say it, and where in them it stands.

use maud::{Markup, html};

use crate::collections::Source;
use crate::model::{Citation, Collection, Vocabulary};
use crate::pages::site::Site;
use crate::query::AnyRecord;
use crate::words::date_phrase;

/// The documents of a record; a document has its own address here.
pub(super) fn margin(site: &Site<'_>, record: AnyRecord<'_>) -> Markup {
    let citations = record.citations();
    let title = match citations.len() {
        0 => site.say("Document", "Documento"),
        1 => site.say("Source", "Fuente"),
        _ => site.say("Sources", "Fuentes"),
    };
    html! {
        aside.margin aria-label=(title) {
            h2 { (title) }
            @for citation in citations { (cited(site, citation)) }
            @if citations.is_empty() { (addresses(site, record)) }
        }
    }
}

pub(super) fn cited(site: &Site<'_>, citation: &Citation) -> Markup {
    let id = citation.source.as_str();
    let Some(source) = site.dataset.sources.get(id) else { return html! { p { (id) } } };
    html! {
        div.cited {
            p { cite lang=[site.lang_of_texts()] { (source.title.to_string()) } }
            p {
                span lang=[site.lang_of_texts()] { (source.publisher.to_string()) } ". "
                @match source.published {
                    Some(date) => { (date_phrase(date, site.language)) "." }
                    None => { b { (site.say("Undated.", "Sin fecha.")) } }
                }
            }
            p { (site.say("In: ", "En: ")) b lang=[site.lang_of_texts()] { (citation.locator.to_string()) } }
            p.row {
                (outside(site.say("Read the source", "Leer la fuente"), source.url.as_str()))
                " "
                a href=(site.record(Source::NAME, id)) { (site.say("About this source", "Sobre esta fuente")) }
            }
            p.muted { (witness(site, source)) }
        }
    }
}

/// What kind of witness a document is.
fn witness(site: &Site<'_>, source: &Source) -> String {
    let list = crate::collections::SourceKind::CODES;
    let kind = list.get(source.kind.word());
    kind.map(|kind| site.of(kind.definition).to_owned()).unwrap_or_default()
}

/// The addresses that a record itself has: those of a document.
fn addresses(site: &Site<'_>, record: AnyRecord<'_>) -> Markup {
    let of = |name: &str| record.value(name)?.texts().first().map(|text| (*text).to_owned());
    html! {
        @if let Some(url) = of("url") { p { (outside(site.say("Read the document", "Leer el documento"), &url)) } }
        @if let Some(url) = of("archived_url") { p { (outside(site.say("An archived copy", "Una copia archivada"), &url)) } }
        p { a href=(site.page_with("/timeline", [])) { (site.say("Timeline of everything on record", "Cronología de todo lo registrado")) } }
    }
}

/// A link that leaves this host; text where the address is of no web page, whatever data says.
pub(in crate::pages) fn outside(text: &str, url: &str) -> Markup {
    let is_web = url.starts_with("https://") || url.starts_with("http://");
    html! {
        @if is_web { a href=(url) rel="external noopener" { (text) } } @else { span { (text) ": " (url) } }
    }
}
