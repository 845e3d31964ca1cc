//! Was what I cited corrected? A form, and the answer in sentences.

use maud::{Markup, html};
use serde_json::Value as Json;

use super::field_changes::difference;
use crate::dataset::CheckStatus;
use crate::model::Vocabulary;
use crate::pages::frame::WebPage;
use crate::pages::site::Site;
use crate::pages::snippets::answer_calls;
use crate::pages::wording::{grouped, inline_code};

/// The path of the page.
const PATH: &str = "/releases/check";

/// How many records that made a difference are named before the data is pointed at.
const MOST_NAMED: usize = 100;

/// What was cited, and what became of it.
pub struct CheckPage {
    /// The parameters.
    pub pairs: Vec<(String, String)>,
    /// Each thing that was cited.
    pub cited: Vec<CitedThing>,
}

/// What became of something that was cited.
pub struct CitedThing {
    /// What was cited: a record by its collection and its id, or an address.
    pub cited: String,
    /// The version that it was cited from.
    pub release: String,
    /// The address of its page now; in the release that it was cited from, where it is gone.
    pub page: Option<String>,
    /// The same as data.
    pub cite_as: Option<String>,
    /// What became of it.
    pub found: Difference,
    /// The records that made a difference, of a list or a total.
    pub records: Vec<RecordDifference>,
    /// How many made a difference.
    pub record_count: usize,
}

impl CitedThing {
    /// Whether it is a list or a total that answers the same, though records behind it say something else.
    fn has_same_numbers(&self) -> bool {
        self.found.fields.is_empty() && self.record_count > 0
    }
}

/// A record that made a difference.
pub struct RecordDifference {
    /// Its collection and its id.
    pub record: String,
    /// What became of it.
    pub found: Difference,
}

/// What became of something.
pub struct Difference {
    /// What it was.
    pub status: CheckStatus,
    /// The version of the last release that made a difference.
    pub since: Option<String>,
    /// Whether a figure, a date, a code or a name is another now, or it is gone.
    pub material: bool,
    /// Why.
    pub reason: Option<String>,
    /// What differs: field, what stood there, what stands there now.
    pub fields: Vec<(String, Json, Json)>,
}

/// The page that asks, and that answers what was asked.
pub fn page(site: &Site<'_>, check: &CheckPage) -> WebPage {
    let title = site.say("Was what I cited corrected?", "¿Se corrigió lo que cité?");
    let about = site.say(
        "Paste an address of this service, or name a record. The answer says what stood there in the release that you cited, what stands there now, when it changed and why.",
        "Pegue una dirección de este servicio o nombre un registro. La respuesta dice qué decía en la versión que citó, qué dice ahora, cuándo cambió y por qué.",
    );
    let body = html! {
        nav.crumbs aria-label=(site.say("Where this is", "Dónde está")) {
            a href=(site.page("/releases")) { (site.say("Releases", "Versiones")) } " / " span { (site.say("Check", "Comprobar")) }
        }
        h1 { (title) }
        @if check.cited.is_empty() { p.lede { (about) } }
        @for thing in &check.cited { (answer(site, thing)) }
        @if !check.cited.is_empty() {
            h2.again { (site.say("Check something else", "Comprobar otra cosa")) }
        }
        (forms(site, check))
        @if !check.cited.is_empty() { (answer_calls(site, "/v1/releases/check", &check.pairs)) }
    };
    let mut page = WebPage::new(PATH, title, body);
    about.clone_into(&mut page.description);
    page.indexed = check.pairs.is_empty();
    if check.cited.is_empty() { page } else { page.answering("/v1/releases/check", &check.pairs) }
}

fn forms(site: &Site<'_>, check: &CheckPage) -> Markup {
    let value = |wanted: &str| {
        check.pairs.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.as_str())
    };
    let action = site.addresses.fixed(&site.localized(PATH));
    let releases = |id: &str, none: &str| {
        html! {
            div.field {
                label for=(id) { (site.say("The release that you cited", "La versión que citó")) }
                select id=(id) name="release" {
                    option value="" { (none) }
                    @for release in site.dataset.releases().iter().rev() {
                        @let version = release.version.as_str();
                        option value=(version) selected[value("release") == Some(version)] { (version) }
                    }
                }
            }
        }
    };
    html! {
        div.two {
            form.box action=(action) method="get" {
                h2 { (site.say("An address", "Una dirección")) }
                div.field {
                    label for="cited" { (site.say("Of a record, a list or a total", "De un registro, una lista o un total")) }
                    input #cited name="cited" value=[value("cited")] required placeholder="/assistance-funding/totals?program=FMF&release=1.0.0";
                }
                (releases("of-address", site.say("the one in the address", "la que está en la dirección")))
                button type="submit" { (site.say("Check", "Comprobar")) }
            }
            form.box action=(action) method="get" {
                h2 { (site.say("A record", "Un registro")) }
                div.field {
                    label for="record" { (site.say("Its collection and its id", "Su colección y su identificador")) }
                    input #record name="record" value=[value("record")] required placeholder="assistance-funding/col-fmf-2017-2023";
                }
                (releases("of-record", site.say("the first that had it", "la primera que lo tenía")))
                button type="submit" { (site.say("Check", "Comprobar")) }
            }
        }
    }
}

fn answer(site: &Site<'_>, thing: &CitedThing) -> Markup {
    let found = &thing.found;
    html! {
        section.checked {
            h2 { code { (thing.cited) } }
            p.verdict.red[found.material && !thing.has_same_numbers()] { (verdict(site, thing)) }
            @if let Some(reason) = &found.reason { p lang=[site.lang_of_texts()] { (inline_code(reason)) } }
            @if !found.fields.is_empty() { (fields(site, collection_of(&thing.cited), found)) }
            @if !thing.records.is_empty() {
                h3 {
                    (site.say("The records that made the difference", "Los registros que hicieron la diferencia")) " "
                    span.muted { (grouped(site, thing.record_count as u64)) }
                }
                ul {
                    @for record in thing.records.iter().take(MOST_NAMED) { li { (record_line(site, record)) } }
                }
                @if thing.record_count > MOST_NAMED {
                    p.muted { (site.say("The data has all of them.", "Todos están en los datos.")) }
                }
            }
            p.row {
                @if let Some(page) = &thing.page {
                    a href=(page) {
                        @if found.status == CheckStatus::Removed { (site.say("The last release that had it", "La última versión que lo tenía")) }
                        @else { (site.say("Cite it as it stands now", "Citarlo como está ahora")) }
                    }
                }
                @if let Some(data) = &thing.cite_as { a href=(data) { (site.say("The same as JSON", "Lo mismo en JSON")) } }
            }
        }
    }
}

/// What became of it, in a sentence.
fn verdict(site: &Site<'_>, thing: &CitedThing) -> String {
    let Difference { status, since, .. } = &thing.found;
    let (cited, now) = (&thing.release, site.dataset.release.version.to_string());
    let when = match since {
        Some(since) => site.say(format!(" in release {since}"), format!(" en la versión {since}")),
        None => site.say(format!(" since release {cited}"), format!(" desde la versión {cited}")),
    };
    if thing.has_same_numbers() {
        return site.say(
            format!("Its numbers are those of release {cited}. What records behind it say changed{when}."),
            format!("Sus números son los de la versión {cited}. Cambió lo que dicen registros que los sustentan{when}."),
        );
    }
    let (en, es) = match status {
        CheckStatus::Unchanged => (
            format!("Nothing changed: release {now} says what release {cited} said."),
            format!("Nada cambió: la versión {now} dice lo que decía la {cited}."),
        ),
        CheckStatus::Corrected => (
            format!(
                "It was corrected{when}: what you cited from release {cited} reads otherwise now."
            ),
            format!("Se corrigió{when}: lo que citó de la versión {cited} ahora dice otra cosa."),
        ),
        CheckStatus::Superseded => (
            format!("A newer edition replaced it{when}."),
            format!("Una edición más nueva lo reemplazó{when}."),
        ),
        CheckStatus::Removed => (format!("It was removed{when}."), format!("Se retiró{when}.")),
        CheckStatus::Extended => (
            format!("It says more{when}; nothing that stood there changed."),
            format!("Dice más{when}; nada de lo que decía cambió."),
        ),
        CheckStatus::Reworded => (
            format!("It was put in other words{when}; no figure, date, code or name differs."),
            format!(
                "Se redactó de otro modo{when}; no cambia ninguna cifra, fecha, código ni nombre."
            ),
        ),
        CheckStatus::Added => (
            format!("It came{when}, after release {cited}."),
            format!("Llegó{when}, después de la versión {cited}."),
        ),
    };
    site.say(en, es)
}

/// The collection that a record, or an address without its release, begins with.
fn collection_of(cited: &str) -> &str {
    let path = cited.split_once("/v1/").map_or(cited, |(_, rest)| rest);
    path.trim_start_matches("/es/")
        .trim_start_matches('/')
        .split(['/', '?', '.'])
        .next()
        .unwrap_or_default()
}

fn fields(site: &Site<'_>, collection: &str, found: &Difference) -> Markup {
    html! {
        ul.changes {
            @for (field, from, to) in &found.fields { li { (difference(site, collection, field, from, to)) } }
        }
    }
}

fn record_line(site: &Site<'_>, record: &RecordDifference) -> Markup {
    let Difference { status, since, reason, .. } = &record.found;
    let label = site.of(status.entry().label);
    html! {
        a href=(site.page(&format!("/{}", record.record))) { (record.record) } ": " (label)
        @if let Some(since) = since { " (" (since) ")" }
        @if let Some(reason) = reason { ". " span lang=[site.lang_of_texts()] { (inline_code(reason)) } }
        (fields(site, collection_of(&record.record), &record.found))
    }
}
