//! One release: what it holds, what it changed, what was written about it, how it is cited.

use maud::{Markup, html};

use super::counts::{KINDS, kind_heading, since};
use crate::dataset::ChangedRelease;
use crate::model::Vocabulary;
use crate::pages::frame::WebPage;
use crate::pages::prose;
use crate::pages::site::Site;
use crate::pages::snippets::answer_calls;
use crate::pages::wording::{capitalized, grouped, inline_code};
use crate::words::date_phrase;

/// The page.
pub fn page(site: &Site<'_>, release: &ChangedRelease) -> WebPage {
    let entry = &release.entry;
    let version = entry.version.as_str();
    let total: u64 = entry.counts.values().sum();
    let served = entry.digest == site.dataset.release.digest;
    let day = date_phrase(entry.released, site.language);
    let title = site.say(format!("Release {version}"), format!("Versión {version}"));
    let (number, collections) = (grouped(site, total), entry.counts.len());
    let about = site.say(
        format!("Of {day}: {number} records in {collections} collections."),
        format!("Del {day}: {number} registros en {collections} colecciones."),
    );
    let notes = prose::notes_of(site, version);
    let body = html! {
        nav.crumbs aria-label=(site.say("Where this is", "Dónde está")) {
            a href=(site.page("/releases")) { (site.say("Releases", "Versiones")) } " / " span { (version) }
        }
        h1 { (title) }
        p.lede {
            (about) " "
            @if served { (site.say("It is served now.", "Es la vigente.")) }
            @else { (site.say("It is a former release, and stays as it is.", "Es una versión anterior y queda como está.")) }
        }
        p { (site.say("Digest of its files: ", "Resumen criptográfico de sus archivos: ")) code { (entry.digest) } }
        ul.row {
            li { a href=(site.page_with("/", [("release", version)])) { (site.say("Read this release", "Leer esta versión")) } }
            li { a href=(site.data("/v1/datapackage.zip", [("release", version)])) rel="nofollow" { (site.say("All of it as ZIP", "Todo en ZIP")) } }
            @if notes.is_some() { li { a href="#notes" { (site.say("Its notes", "Sus notas")) } } }
            li { a href="#cite" { (site.say("Cite it", "Cómo citarla")) } }
        }
        (changed(site, release))
        (collections_of(site, release))
        @if let Some(notes) = notes {
            section #notes {
                h2 { (site.say("Notes", "Notas")) }
                (notes)
            }
        }
        (cite(site, version, &day))
        (answer_calls(site, "/v1/dataset", &[("release".to_owned(), version.to_owned())]))
    };
    let mut page = WebPage::new(format!("/releases/{version}"), title, body);
    page.description = about;
    page.data = Some("/v1/releases".to_owned());
    page
}

fn changed(site: &Site<'_>, release: &ChangedRelease) -> Markup {
    let Some(since) = since(release) else {
        return html! { p { (site.say("It is the first release.", "Es la primera versión.")) } };
    };
    let count = |kind| release.counts.get(&kind).copied().unwrap_or_default();
    let material = release.changes.iter().filter(|change| change.material).count() as u64;
    html! {
        section {
            h2 { (site.say("What it changed", "Qué cambió")) }
            p {
                (site.say("Since release ", "Desde la versión ")) a href=(site.page(&format!("/releases/{}", since[0].1))) { (since[0].1) } ". "
                (site.say(
                    format!("In {} records a figure, a date, a code or a name that was there is another now, or the record is gone: whoever cited one should look again.", grouped(site, material)),
                    format!("En {} registros cambió una cifra, una fecha, un código o un nombre que ya estaba, o el registro ya no está: quien haya citado alguno debería volver a mirarlo.", grouped(site, material))
                ))
            }
            dl.facts {
                @for kind in KINDS.into_iter().filter(|kind| count(*kind) > 0) {
                    div {
                        dt { (kind_heading(site, kind)) }
                        dd {
                            b { a href=(site.page_with("/changes", since.into_iter().chain([("kind", kind.word())]))) { (grouped(site, count(kind))) } }
                            span { (inline_code(site.of(kind.entry().definition))) }
                        }
                    }
                }
            }
        }
    }
}

fn collections_of(site: &Site<'_>, release: &ChangedRelease) -> Markup {
    let version = release.entry.version.as_str();
    let tables = site.dataset.tables();
    let called = |name: &str| {
        let table = tables.iter().find(|table| table.name() == name);
        table.map_or_else(|| name.to_owned(), |table| capitalized(site.of(table.label())))
    };
    let is_known = |name: &str| tables.iter().any(|table| table.name() == name);
    html! {
        section {
            h2 { (site.say("What it holds", "Qué contiene")) }
            table.narrow {
                caption { (site.say("Records by collection", "Registros por colección")) }
                thead { tr { th scope="col" { (site.say("Collection", "Colección")) } th.number scope="col" { (site.say("Records", "Registros")) } } }
                tbody {
                    @for (name, count) in &release.entry.counts {
                        tr {
                            th scope="row" {
                                @if is_known(name) { a href=(site.page_with(&format!("/{name}"), [("release", version)])) { (called(name)) } }
                                @else { (name) }
                            }
                            td.number { (grouped(site, *count)) }
                        }
                    }
                }
            }
        }
    }
}

fn cite(site: &Site<'_>, version: &str, day: &str) -> Markup {
    let path = format!("/releases/{version}");
    let path = site.localized(&path);
    let address =
        site.addresses.is_public().then(|| site.addresses.whole(&path, &mut std::iter::empty()));
    let title = site.dataset.release.title.to_string();
    html! {
        section.cite #cite {
            h2 { (site.say("Cite it", "Cómo citarla")) }
            div.box {
                div data-copy { p {
                    i lang=[site.lang_of_texts()] { (title) } ", " (site.say("release ", "versión ")) (version) " (" (day) ")."
                    @if let Some(address) = address { " " (address) }
                } }
            }
            p {
                (site.say(
                    "To cite a figure, cite its record, with the document behind it: each record's page has the line to copy. Keep the qualifier.",
                    "Para citar una cifra, cite su registro junto con el documento que la respalda: la página de cada registro tiene la línea para copiar. Conserve el calificador."
                ))
            }
        }
    }
}
