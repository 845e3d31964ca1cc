//! A record: what it says as a sentence, how sure that is, where it stands, what it is near to, how to cite it.

mod citing;
pub mod conflict;
pub mod document;
mod every_field;
mod history;
mod key_facts;
mod near;
mod own;
pub mod program;
mod sources;

use maud::{Markup, html};

pub use citing::Citing;
pub(super) use citing::section as cite_section;
pub use history::HistoryEntry;
pub use own::{MakeOwn, Own};

use super::figure::{amount_in, bound_strip, bounds_sentence};
use super::frame::WebPage;
use super::site::Site;
use super::snippets::{Answer, Calls, calls};
use super::wording::{capitalized, value_label};
use crate::model::{FieldValue, Statement};
use crate::query::AnyRecord;

/// What stands beside a record on its page.
pub struct Beside {
    /// How it is cited.
    pub citing: Citing,
    /// What each release did with it, newest first; empty where nothing has changed since it was added.
    pub history: Vec<HistoryEntry>,
}

/// The page of a record.
pub fn page(site: &Site<'_>, record: AnyRecord<'_>, own: &Own, beside: &Beside) -> WebPage {
    let (statement, id) = (record.statement(), record.id());
    let path = format!("/{}/{id}", record.collection());
    let data = format!("{}/{id}", record.table().path());
    let sentence = site.sentence(&statement);
    let body = html! {
        (crumbs(site, record))
        @if let Some(opening) = &own.opening { (opening) } @else { (opening(site, record, &statement, &sentence)) }
        (key_facts::strip(site, record, own.opening.is_none()))
        (near::before_quoting(site, record))
        @if let Some(further) = &own.further { (further) }
        @if !own.names_related { (near::related(site, record)) }
        (history::section(site, record.collection(), &beside.history))
        (citing::section(site, &sentence, &beside.citing, &data, &[]))
        (calls(site, Calls { path: &data, query: &[], answer: Answer::Record }))
        (every_field::table(site, record))
    };
    let mut page = WebPage::new(path.clone(), site.heading(&statement), body);
    page.description = sentence;
    page.data = Some(data);
    page
}

fn opening(
    site: &Site<'_>,
    record: AnyRecord<'_>,
    statement: &Statement<'_>,
    sentence: &str,
) -> Markup {
    html! {
        div.hero {
            div {
                (hero(site, statement, sentence))
                @if let Some(amount) = statement.amount() {
                    @if let Some(strip) = bound_strip(site, amount) { (strip) }
                    p.bounds-said { (bounds_sentence(site, amount)) }
                }
            }
            (sources::margin(site, record))
        }
    }
}

fn hero(site: &Site<'_>, statement: &Statement<'_>, sentence: &str) -> Markup {
    let with_amount = statement.amount().and_then(|amount| amount_in(site, sentence, amount));
    html! {
        @if let Some(said) = with_amount { h1.sentence { (said) } }
        @else { h1.plain { (sentence.trim_end_matches('.')) } }
    }
}

fn crumbs(site: &Site<'_>, record: AnyRecord<'_>) -> Markup {
    let label = capitalized(site.of(record.table().label()));
    let list = format!("/{}", record.collection());
    let partner = record.values().find(|(field, _)| field.refers_to == Some("partners"));
    let partner = partner.and_then(|(field, held)| match held {
        FieldValue::List(values) if values.len() == 1 => Some((field.name, values[0].to_string())),
        FieldValue::Text(one) => Some((field.name, one.into_owned())),
        _ => None,
    });
    html! {
        nav.crumbs aria-label=(site.say("Where this is", "Dónde está")) {
            a href=(site.page(&list)) { (label) }
            @if let Some((name, code)) = &partner {
                " / " a href=(site.page_with(&list, [(*name, code.as_str())])) { (value_label(site, record.table(), name, code)) }
            }
            " / " span { (record.id()) }
        }
    }
}
