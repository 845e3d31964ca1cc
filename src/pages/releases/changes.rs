//! Changes: what became of which record in which release, field by field, and why.

use maud::{Markup, html};

use super::counts::{KINDS, kind_heading};
use super::field_changes::{field_changes, kind_label};
use crate::dataset::{ChangeKind, ChangeReason, ChangedRelease, RecordChange};
use crate::model::Vocabulary;
use crate::pages::asking::{Choice, boxes, partner_field, skip_panel};
use crate::pages::frame::WebPage;
use crate::pages::paging::{Paged, paging};
use crate::pages::site::Site;
use crate::pages::snippets::answer_calls;
use crate::pages::wording::{capitalized, grouped, inline_code};
use crate::query::split_list;
use crate::words::date_phrase;

/// The path of the page.
const PATH: &str = "/changes";

/// The changes that were asked for.
pub struct ChangesPage<'c> {
    /// The parameters as links repeat them, without the page.
    pub pairs: Vec<(String, String)>,
    /// The changes of this page: newest release first.
    pub changes: Vec<ChangeLine<'c>>,
    /// The page.
    pub paged: Paged,
}

/// One change with what is known of it.
pub struct ChangeLine<'c> {
    /// The release that made it.
    pub release: &'c ChangedRelease,
    /// What became of the record.
    pub change: &'c RecordChange,
    /// Why.
    pub reason: Option<&'c ChangeReason>,
}

impl ChangesPage<'_> {
    fn pairs(&self) -> impl Iterator<Item = (&str, &str)> + Clone {
        self.pairs.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    fn value(&self, wanted: &str) -> Option<&str> {
        self.pairs().find(|(name, _)| *name == wanted).map(|(_, value)| value)
    }

    fn values(&self, wanted: &str) -> Vec<String> {
        self.value(wanted).map(split_list).unwrap_or_default()
    }
}

/// The page.
pub fn page(site: &Site<'_>, list: &ChangesPage<'_>) -> WebPage {
    let title = site.say("Changes", "Cambios");
    let total = list.paged.total;
    let said = match total {
        1 => site.say("One record changed.", "Un registro cambió.").to_owned(),
        total => site.say(
            format!("{} changes of records.", grouped(site, total)),
            format!("{} cambios de registros.", grouped(site, total)),
        ),
    };
    let body = html! {
        nav.crumbs aria-label=(site.say("Where this is", "Dónde está")) {
            a href=(site.page("/releases")) { (site.say("Releases", "Versiones")) } " / " span { (title) }
        }
        div.list-page {
            div.list-head {
                h1 { (title) }
                p.lede {
                    (said) " "
                    (site.say(
                        "Each field with what stood there and what stands there now, the newest release first.",
                        "Cada campo con lo que decía y lo que dice ahora, la versión más nueva primero."
                    ))
                }
                (in_force(site, list))
            }
            (skip_panel(site))
            (panel(site, list))
            div.list-main #entries {
                @if list.changes.is_empty() {
                    p.empty { (site.say("No record changed in this way.", "Ningún registro cambió de esta manera.")) }
                }
                (by_release(site, list))
                (paging(site, PATH, list.pairs(), list.paged))
                (answer_calls(site, "/v1/changes", &list.paged.of_data(&list.pairs)))
            }
        }
    };
    let mut page =
        WebPage::new(PATH, title, body).answering("/v1/changes", &list.pairs).at(list.paged);
    page.description = said;
    page.indexed = list.pairs.is_empty() && list.paged.is_first();
    page
}

/// What the list was narrowed to, with a link that lifts each.
fn in_force(site: &Site<'_>, list: &ChangesPage<'_>) -> Markup {
    let label = |name: &str| match name {
        "from" => site.say("After release", "Después de la versión"),
        "to" => site.say("Up to release", "Hasta la versión"),
        "collection" => site.say("Collection", "Colección"),
        "record" => site.say("Record", "Registro"),
        "kind" => site.say("Kind", "Tipo"),
        "partner" => site.say("Partner", "Socio"),
        _ => "",
    };
    let without =
        |name: &str| site.page_with(PATH, list.pairs().filter(|(known, _)| *known != name));
    html! {
        @if !list.pairs.is_empty() {
            ul.chips aria-label=(site.say("Filters in force", "Filtros activos")) {
                @for (name, value) in list.pairs() {
                    li {
                        (label(name)) ": " b { (split_list(value).iter().map(|value| value_called(site, name, value)).collect::<Vec<_>>().join(site.say(" or ", " o "))) } " "
                        a href=(without(name)) rel="nofollow" { (site.say("remove", "quitar")) span.vh { ": " (label(name)) } }
                    }
                }
            }
        }
    }
}

fn value_called(site: &Site<'_>, name: &str, value: &str) -> String {
    match name {
        "collection" => collection_label(site, value),
        "partner" => site.called("partners", value).into_owned(),
        "kind" => {
            ChangeKind::from_word(value).map_or(value, |kind| kind_label(site, kind)).to_owned()
        }
        _ => value.to_owned(),
    }
}

fn collection_label(site: &Site<'_>, collection: &str) -> String {
    let tables = site.dataset.tables();
    let table = tables.iter().find(|table| table.name() == collection);
    table.map_or_else(|| collection.to_owned(), |table| capitalized(site.of(table.label())))
}

fn by_release(site: &Site<'_>, list: &ChangesPage<'_>) -> Markup {
    let mut releases: Vec<(&ChangedRelease, Vec<&ChangeLine<'_>>)> = Vec::new();
    for line in &list.changes {
        match releases.last_mut() {
            Some((release, lines)) if std::ptr::eq(*release, line.release) => lines.push(line),
            _ => releases.push((line.release, vec![line])),
        }
    }
    html! {
        @for (release, lines) in releases {
            @let version = release.entry.version.as_str();
            section.found {
                h2 {
                    a href=(site.page(&format!("/releases/{version}"))) { (site.say("Release ", "Versión ")) (version) }
                    " " span.muted { (date_phrase(release.entry.released, site.language)) }
                }
                ol { @for line in lines { (one(site, line)) } }
            }
        }
    }
}

fn one(site: &Site<'_>, line: &ChangeLine<'_>) -> Markup {
    let RecordChange { collection, id, kind, material, .. } = line.change;
    let version = line.release.entry.version.as_str();
    // A record that is gone stands in the release before.
    let had = match (kind, &line.release.before) {
        (ChangeKind::Removed, Some(before)) => before,
        _ => version,
    };
    let tables = site.dataset.tables();
    let table = tables.iter().find(|table| table.name() == *collection);
    let row = table.and_then(|table| Some((*table, table.row(id)?)));
    let heading =
        row.map_or_else(|| id.clone(), |(table, row)| site.heading(&table.statement(row)));
    html! {
        li {
            p {
                b { (kind_heading(site, *kind)) } ": "
                a href=(site.page_with(&format!("/{collection}/{id}"), [("release", had)])) { (heading) }
                @if *material && *kind != ChangeKind::Removed {
                    " " span.boxed { (site.say("look again", "vuelva a mirar")) }
                }
            }
            @if let Some(reason) = line.reason { p lang=[site.lang_of_texts()] { (inline_code(reason.reason.as_str())) } }
            (field_changes(site, collection, &line.change.fields))
            p.about {
                span { (collection_label(site, collection)) }
                code { (id) }
                @if let Some(source) = line.reason.and_then(|reason| reason.source.as_ref()) {
                    a href=(site.record("sources", source.as_str())) { (site.say("the source of the change", "la fuente del cambio")) }
                }
            }
        }
    }
}

fn panel(site: &Site<'_>, list: &ChangesPage<'_>) -> Markup {
    let releases = site.dataset.releases();
    let choice = |name: &str, label: &str, none: &str| {
        html! {
            div.field {
                label for=(name) { (label) }
                select id=(name) name=(name) {
                    option value="" { (none) }
                    @for release in releases.iter().rev() {
                        @let version = release.version.as_str();
                        option value=(version) selected[list.value(name) == Some(version)] { (version) }
                    }
                }
            }
        }
    };
    let kinds: Vec<_> = KINDS
        .into_iter()
        .map(|kind| Choice { value: kind.word(), label: kind_heading(site, kind), count: None })
        .collect();
    let tables = site.dataset.tables();
    let collections: Vec<_> = tables
        .iter()
        .map(|table| Choice {
            value: table.name(),
            label: capitalized(site.of(table.label())),
            count: None,
        })
        .collect();
    html! {
        details.panel {
            summary { (site.say("Filter", "Filtrar")) }
            form action=(site.addresses.fixed(&site.localized(PATH))) method="get" {
                @if let Some(record) = list.value("record") { input type="hidden" name="record" value=(record); }
                (choice("from", site.say("After release", "Después de la versión"), site.say("any", "cualquiera")))
                (choice("to", site.say("Up to release", "Hasta la versión"), site.say("the newest", "la más nueva")))
                (partner_field(site, list.value("partner")))
                (boxes("kind", site.say("Kind of change", "Tipo de cambio"), &list.values("kind"), &kinds))
                (boxes("collection", site.say("Collection", "Colección"), &list.values("collection"), &collections))
                button type="submit" { (site.say("Show changes", "Mostrar cambios")) }
            }
        }
    }
}
