//! Releases: which there are, what each changed, and whether what somebody cited was corrected.

pub mod changes;
pub mod check;
mod counts;
pub(super) mod field_changes;
pub mod release;

use maud::{Markup, html};

use super::frame::WebPage;
use super::site::Site;
use super::snippets::answer_calls;
use super::wording::grouped;
use crate::dataset::{ChangedRelease, ReleaseChanges};
use crate::words::date_phrase;
use counts::{change_counts, since};

/// The page of all releases.
pub fn page(site: &Site<'_>, changes: &ReleaseChanges) -> WebPage {
    let title = site.say("Releases and corrections", "Versiones y correcciones");
    let about = site.say(
        "Every release of the data stays, and always answers at the addresses that name it. What a later one changes is written down record by record.",
        "Cada versión de los datos permanece y responde siempre en las direcciones que la nombran. Lo que una posterior cambia queda anotado registro por registro.",
    );
    let body = html! {
        h1 { (title) }
        p.lede { (about) }
        ul.row {
            li { a href=(site.page("/releases/check")) { (site.say("Was what I cited corrected?", "¿Se corrigió lo que cité?")) } }
            li { a href=(site.page("/changes")) { (site.say("Every change", "Todos los cambios")) } }
            li { a href=(site.addresses.fixed("/feed.atom")) { (site.say("Feed of changes (Atom)", "Canal de cambios (Atom)")) } }
        }
        (table(site, changes))
        section {
            h2 { (site.say("Pin what you build on", "Fije la versión que usa")) }
            p {
                (site.say("Any address of this service takes ", "Toda dirección de este servicio admite ")) code { "release=" }
                (site.say(
                    ": a version, a digest, or a day, which means the release in force on it. Without it an address follows corrections.",
                    ": una versión, un resumen criptográfico o un día, que significa la versión vigente ese día. Sin él, una dirección sigue las correcciones."
                ))
            }
        }
        (answer_calls(site, "/v1/releases", &[]))
    };
    let mut page = WebPage::new("/releases", title, body);
    about.clone_into(&mut page.description);
    page.data = Some("/v1/releases".to_owned());
    page
}

fn table(site: &Site<'_>, changes: &ReleaseChanges) -> Markup {
    let caption = site.say("Releases, newest first", "Versiones, la más nueva primero");
    html! {
        div.scrolls tabindex="0" role="region" aria-label=(caption) {
            table {
                caption { (caption) }
                thead { tr {
                    th scope="col" { (site.say("Release", "Versión")) }
                    th scope="col" { (site.say("Day", "Día")) }
                    th.number scope="col" { (site.say("Records", "Registros")) }
                    th scope="col" { (site.say("What it changed", "Qué cambió")) }
                    th scope="col" { (site.say("Digest", "Resumen criptográfico")) }
                    th scope="col" { (site.say("Files", "Archivos")) }
                } }
                tbody { @for release in changes.releases.iter().rev() { (row(site, release)) } }
            }
        }
    }
}

fn row(site: &Site<'_>, release: &ChangedRelease) -> Markup {
    let version = release.entry.version.as_str();
    let total: u64 = release.entry.counts.values().sum();
    let served = release.entry.digest == site.dataset.release.digest;
    html! {
        tr {
            th scope="row" {
                a href=(site.page(&format!("/releases/{version}"))) { b { (version) } }
                @if served { " " span.muted { (site.say("served now", "vigente")) } }
            }
            td.when { (date_phrase(release.entry.released, site.language)) }
            td.number { (grouped(site, total)) }
            td {
                @match since(release) {
                    Some(since) => a href=(site.page_with("/changes", since)) { (change_counts(site, release)) },
                    None => (site.say("the first release", "la primera versión")),
                }
            }
            td { code { (release.entry.digest) } }
            td { a href=(site.data("/v1/datapackage.zip", [("release", version)])) rel="nofollow" { "ZIP" span.vh { " " (version) } } }
        }
    }
}
