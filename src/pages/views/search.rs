//! A search: what was found as sentences, by collection, with the words that were looked for set apart.

use maud::{Markup, html};

use crate::model::field_label;
use crate::pages::asking::{not_covered, partner_field, pinned};
use crate::pages::figure::short_bounds;
use crate::pages::frame::WebPage;
use crate::pages::paging::{Paged, paging};
use crate::pages::reading::{first_source, is_disputed, is_superseded};
use crate::pages::site::Site;
use crate::pages::snippets::answer_calls;
use crate::pages::wording::{capitalized, grouped};
use crate::query::{AnyTable, Hit, SearchWords};

/// The path of the page.
const PATH: &str = "/search";

/// How many letters of a long text are shown around the first word found.
const EXCERPT: usize = 220;

/// What to try, in English and Spanish: the search knows both.
const EXAMPLES: [(&str, &str); 4] = [
    ("demining", "desminado"),
    ("Black Hawk", "Black Hawk"),
    ("counterdrug aviation", "ayuda militar"),
    ("Sinai", "Sinaí"),
];

/// What was searched for, and what was found.
pub struct SearchResults<'s> {
    /// The words as they were sent.
    pub text: &'s str,
    /// The words.
    pub words: &'s SearchWords,
    /// The parameters as links repeat them, without the page.
    pub pairs: Vec<(String, String)>,
    /// The records of this page, best first.
    pub hits: Vec<Hit>,
    /// How many records each collection that was searched holds of them; those with none are left out.
    pub counts: Vec<(&'static str, u64)>,
    /// The page.
    pub paged: Paged,
    /// The countries that were asked for and of which nothing is on record.
    pub not_covered: Vec<String>,
}

impl SearchResults<'_> {
    fn pairs(&self) -> impl Iterator<Item = (&str, &str)> + Clone {
        self.pairs.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

/// The page that asks, before anything is searched for.
pub fn form_page(site: &Site<'_>, filters: &[(String, String)]) -> WebPage {
    let title = site.say("Search", "Búsqueda");
    let body = html! {
        h1 { (title) }
        p.lede {
            (site.say(
                "Every record but the three yearly series, in English and Spanish alike. Accents and case do not matter; the last word may be the beginning of one.",
                "Todos los registros, salvo las tres series anuales, tanto en español como en inglés. No importan tildes ni mayúsculas; la última palabra puede ser el comienzo de una."
            ))
        }
        (form(site, None, filters))
        p {
            (site.say("For example: ", "Por ejemplo: "))
            @for (place, (en, es)) in EXAMPLES.into_iter().enumerate() {
                @if place > 0 { " · " }
                @let words = site.say(en, es);
                a href=(site.page_with(PATH, [("q", words)])) { (words) }
            }
        }
    };
    let mut page = WebPage::new(PATH, title, body);
    page.query = filters.to_vec();
    page
}

/// The page of what was found.
pub fn page(site: &Site<'_>, search: &SearchResults<'_>) -> WebPage {
    let title = format!("{}: {}", site.say("Search", "Búsqueda"), search.text);
    let said = found(site, search.paged.total);
    let filters: Vec<_> = search.pairs.iter().filter(|(name, _)| name != "q").cloned().collect();
    let body = html! {
        h1 { (title) }
        (form(site, Some(search.text), &filters))
        p.lede role="status" { (said) }
        (not_covered(site, &search.not_covered))
        (by_collection(site, search))
        @if search.hits.is_empty() {
            p {
                (site.say(
                    "Not found is not zero: no record of this dataset holds all of these words. Try fewer words, or the other language.",
                    "No encontrado no es cero: ningún registro de este conjunto contiene todas estas palabras. Pruebe con menos palabras o en el otro idioma."
                ))
            }
        }
        @for (table, hits) in groups(site, search) { (group(site, search, table, &hits)) }
        (paging(site, PATH, search.pairs(), search.paged))
        (answer_calls(site, "/v1/search", &search.paged.of_data(&search.pairs)))
    };
    let mut page =
        WebPage::new(PATH, title, body).answering("/v1/search", &search.pairs).at(search.paged);
    page.description = said;
    page.indexed = false;
    page
}

fn found(site: &Site<'_>, total: u64) -> String {
    match total {
        0 => site.say("Nothing was found.", "No se encontró nada.").to_owned(),
        1 => site.say("One record was found.", "Se encontró un registro.").to_owned(),
        total => {
            let number = grouped(site, total);
            site.say(
                format!("{number} records hold all of these words, best first."),
                format!("{number} registros contienen todas estas palabras, los más pertinentes primero."),
            )
        }
    }
}

fn form(site: &Site<'_>, text: Option<&str>, filters: &[(String, String)]) -> Markup {
    let value = |wanted: &str| {
        filters.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.as_str())
    };
    html! {
        form.ask role="search" action=(site.addresses.fixed(&site.localized(PATH))) method="get" {
            (pinned(site))
            @if let Some(collections) = value("collection") {
                input type="hidden" name="collection" value=(collections);
            }
            div.field.wide {
                label for="q" { (site.say("Words", "Palabras")) }
                input #q type="search" name="q" value=[text] maxlength="200" required;
            }
            (partner_field(site, value("partner")))
            button type="submit" { (site.say("Search", "Buscar")) }
        }
    }
}

/// How many records of each collection were found, each a link that keeps these alone.
fn by_collection(site: &Site<'_>, search: &SearchResults<'_>) -> Markup {
    let narrowed = search.pairs().any(|(name, _)| name == "collection");
    let rest = || search.pairs().filter(|(name, _)| *name != "collection");
    html! {
        @if narrowed || search.counts.len() > 1 {
            ul.chips aria-label=(site.say("Collections", "Colecciones")) {
                @for (name, count) in &search.counts {
                    li {
                        a href=(site.page_with(PATH, rest().chain([("collection", *name)]))) rel="nofollow" { (label(site, name)) }
                        " " span.muted { (count) }
                    }
                }
                @if narrowed {
                    li { a href=(site.page_with(PATH, rest())) rel="nofollow" { (site.say("All collections", "Todas las colecciones")) } }
                }
            }
        }
    }
}

fn label(site: &Site<'_>, collection: &str) -> String {
    let tables = site.dataset.tables();
    let table = tables.iter().find(|table| table.name() == collection);
    table.map_or_else(|| collection.to_owned(), |table| capitalized(site.of(table.label())))
}

/// The hits by collection: the collection of the best first, and within one the best first.
fn groups<'s>(
    site: &'s Site<'_>,
    search: &'s SearchResults<'_>,
) -> Vec<(&'s dyn AnyTable, Vec<&'s Hit>)> {
    let tables = site.dataset.tables();
    let mut groups: Vec<(&dyn AnyTable, Vec<&Hit>)> = Vec::new();
    for hit in &search.hits {
        if let Some((_, hits)) = groups.iter_mut().find(|(table, _)| table.name() == hit.collection)
        {
            hits.push(hit);
        } else if let Some(table) = tables.iter().find(|table| table.name() == hit.collection) {
            groups.push((*table, vec![hit]));
        }
    }
    groups
}

fn group(
    site: &Site<'_>,
    search: &SearchResults<'_>,
    table: &dyn AnyTable,
    hits: &[&Hit],
) -> Markup {
    html! {
        section.found {
            h2 { (capitalized(site.of(table.label()))) }
            ol { @for hit in hits { (one(site, search, table, hit)) } }
        }
    }
}

fn one(site: &Site<'_>, search: &SearchResults<'_>, table: &dyn AnyTable, hit: &Hit) -> Markup {
    let Some(row) = table.row(&hit.id) else { return html! {} };
    let statement = table.statement(row);
    let sentence = site.sentence(&statement);
    let in_sentence = search.words.count_in(&sentence, &mut String::new());
    let elsewhere = in_sentence < search.words.count() && hit.field != "id" && hit.field != "title";
    html! {
        li {
            p.said { a href=(site.record(&hit.collection, &hit.id)) { (marked(search.words, &sentence)) } }
            @if elsewhere {
                p.excerpt {
                    (field_label(&hit.field).map_or_else(|| hit.field.clone(), |label| capitalized(site.of(label)))) ": "
                    span lang=[(hit.field != "name_es").then(|| site.lang_of_texts()).flatten()] { (excerpt(search.words, &hit.text)) }
                }
            }
            p.about {
                @if let Some(amount) = statement.amount() { span { (short_bounds(site, amount)) } }
                (first_source(site, table, row))
                code { (hit.id) }
                @if is_disputed(site, &hit.collection, &hit.id) { span.boxed { (site.say("Disputed", "En disputa")) } }
                @if is_superseded(table, row) { span.boxed { (site.say("Superseded", "Reemplazado")) } }
            }
        }
    }
}

/// A text with the words set apart that were looked for.
fn marked(words: &SearchWords, text: &str) -> Markup {
    let places = words.places_in(text);
    let starts = std::iter::once(0).chain(places.iter().map(|place| place.end));
    let ends = places.iter().map(|place| place.start).chain([text.len()]);
    html! {
        @for (at, (start, end)) in starts.zip(ends).enumerate() {
            (text[start..end])
            @if let Some(place) = places.get(at) { mark { (text[place.clone()]) } }
        }
    }
}

/// The part of a text around the first word that was looked for.
fn excerpt(words: &SearchWords, text: &str) -> Markup {
    let first = words.places_in(text).first().map_or(0, |place| place.start);
    let before = text[..first].chars().count();
    if text.chars().count() <= EXCERPT {
        return marked(words, text);
    }
    let skipped = before.saturating_sub(EXCERPT / 3);
    let part: String = text.chars().skip(skipped).take(EXCERPT).collect();
    // A word that was cut is none.
    let part =
        if skipped > 0 { part.split_once(' ').map_or(&*part, |(_, rest)| rest) } else { &part };
    let part = part.rsplit_once(' ').map_or(part, |(rest, _)| rest);
    html! { @if skipped > 0 { "… " } (marked(words, part)) " …" }
}
