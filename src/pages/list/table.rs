//! The records of a list as a table: what leads to the record, its time, its amount with its bounds, its codes, its
//! marks and its source.

use maud::{Markup, html};

use super::dot_scale::DotScale;
use super::view::List;
use crate::dataset::Stored;
use crate::model::{Collection, Field, FieldValue, Kind, ListPlace, Statement, fields};
use crate::pages::figure::{amount, short_bounds, stage_mark, when};
use crate::pages::reading::{has_value, is_disputed, is_flag};
use crate::pages::site::Site;
use crate::pages::wording::{capitalized, grouped};
use crate::query::split_list;

/// The longest text of a link, in letters.
const LONGEST_LINK: usize = 140;

/// Which columns a list has.
struct Columns<C: 'static> {
    shown: Vec<&'static dyn Field<C>>,
    has_amounts: bool,
    has_time: bool,
    has_marks: bool,
    scale: Option<DotScale>,
}

/// Whether a field has a column: not where the question leaves one value of it.
fn is_shown<C: Stored>(list: &List<'_, C>, field: &'static dyn Field<C>) -> bool {
    let is_one = list.value(field.name()).is_some_and(|value| split_list(value).len() == 1);
    field.uses().list_place == ListPlace::Column
        && (!is_one || field.is_list() && field.refers_to() != Some("partners"))
}

/// The rows of a page.
pub(super) fn rows<C: Stored>(site: &Site<'_>, list: &List<'_, C>) -> Markup {
    let table = C::table(site.dataset);
    let records: Vec<(&C, Statement<'_>)> = list
        .page
        .rows
        .iter()
        .map(|row| table.record(*row))
        .map(|record| (record, table.statement_of(record)))
        .collect();
    let has = |name: &str| fields::<C>().any(|field| field.name() == name);
    let columns = Columns {
        shown: fields::<C>().filter(|field| is_shown(list, *field)).collect(),
        has_amounts: has("amount_usd") || has("cost_usd"),
        has_time: records.iter().any(|(_, statement)| when(site, statement).is_some())
            && !has("url"),
        has_marks: has("superseded_by") || has("note"),
        scale: DotScale::of(records.iter().filter_map(|(_, statement)| statement.amount())),
    };
    let (begin, end) =
        (u64::from(list.page.offset) + 1, u64::from(list.page.offset) + records.len() as u64);
    let label = capitalized(site.of(C::LABEL));
    html! {
        div.scrolls tabindex="0" role="region" aria-label=(label) {
            table.list {
                caption {
                    (grouped(site, begin)) "–" (grouped(site, end)) " " (site.say("of", "de")) " " (grouped(site, list.page.total))
                    @if columns.scale.is_some() {
                        ". " (site.say("Dots: US dollars, each step ten times the one before.", "Puntos: dólares; cada paso es diez veces el anterior."))
                    }
                }
                thead { tr {
                    th scope="col" { (site.say("Record", "Registro")) }
                    @if columns.has_time { th scope="col" { (site.say("When", "Cuándo")) } }
                    @if columns.has_amounts {
                        th.number scope="col" { (site.say("Amount", "Monto")) }
                        th scope="col" { (site.say("Bounds", "Límites")) }
                    }
                    @if let Some(scale) = &columns.scale { th.dots scope="col" { (scale.axis(site)) } }
                    @for field in &columns.shown { th scope="col" { (capitalized(site.of(field.label()))) } }
                    @if columns.has_marks { th scope="col" { (site.say("Marks", "Marcas")) } }
                    } }
                tbody { @for (record, statement) in &records { (row(site, &columns, *record, statement)) } }
            }
        }
    }
}

fn row<C: Stored>(
    site: &Site<'_>,
    columns: &Columns<C>,
    record: &C,
    statement: &Statement<'_>,
) -> Markup {
    let id = record.id();
    let superseded = has_value(record, "superseded_by");
    html! {
        tr.superseded[superseded] {
            th scope="row" { a href=(site.record(C::NAME, id)) lang=[link_language::<C>(site)] { (link_text(site, record)) } (source(site, record)) }
            @if columns.has_time { td.when data-label=(site.say("When", "Cuándo")) { (when(site, statement).unwrap_or_default()) } }
            @if columns.has_amounts {
                @if let Some(stated) = statement.amount() {
                    td.number data-label=(site.say("Amount", "Monto")) { (amount(site, stated, is_flag(record, "per_year"))) }
                    td.bounds data-label=(site.say("Bounds", "Límites")) { (short_bounds(site, stated)) }
                } @else {
                    td.number { span.muted { (site.say("not valued", "sin valor")) } }
                    td {}
                }
            }
            @if let Some(scale) = &columns.scale {
                td.dots aria-hidden="true" { @if let Some(stated) = statement.amount() { (scale.mark(stated)) } }
            }
            @for field in &columns.shown {
                td data-label=(capitalized(site.of(field.label()))) { (cell(site, *field, record)) }
            }
            @if columns.has_marks { td.marks { (marks(site, record, superseded)) } }
        }
    }
}

/// Titles of documents and records stand in English.
fn link_language<C: Collection>(site: &Site<'_>) -> Option<&'static str> {
    let prose = fields::<C>().any(|field| {
        field.uses().list_place == ListPlace::Link
            && matches!(field.name(), "title" | "topic" | "component" | "articles" | "role")
    });
    if prose { site.lang_of_texts() } else { None }
}

fn link_text<C: Stored>(site: &Site<'_>, record: &C) -> String {
    let parts = fields::<C>().filter(|field| field.uses().list_place == ListPlace::Link);
    let parts: Vec<String> = parts.filter_map(|field| said(site, field, record)).collect();
    let text =
        if parts.is_empty() { record.id().to_owned() } else { capitalized(&parts.join(" · ")) };
    if text.chars().count() <= LONGEST_LINK {
        return text;
    }
    let cut: String = text.chars().take(LONGEST_LINK).collect();
    format!("{}…", cut.trim_end())
}

/// What a field of a record says, in words; none where it says nothing.
fn said<C: Stored>(site: &Site<'_>, field: &'static dyn Field<C>, record: &C) -> Option<String> {
    let value = field.value(record);
    let is_name = field.name() == "name";
    if is_name {
        return Some(site.called(C::NAME, record.id()));
    }
    let each = value
        .scalars()
        .into_iter()
        .map(|value| site.of(site.dataset.label_of(field, Some(&value.to_string()))));
    let each: Vec<_> = each.collect();
    (!each.is_empty()).then(|| each.join(", "))
}

fn cell<C: Stored>(site: &Site<'_>, field: &'static dyn Field<C>, record: &C) -> Markup {
    match (field.value(record), field.kind()) {
        (FieldValue::Date(date), _) => html! { (site.of(crate::words::date_phrase(date))) },
        (FieldValue::Text(code), Kind::Code(_)) if field.name() == "stage" => html! {
            (stage_mark(&code)) (site.of(site.dataset.label_of(field, Some(&code))))
        },
        _ => html! {
            @if let Some(said) = said(site, field, record) { (said) } @else { span.muted { "–" } }
        },
    }
}

fn marks<C: Stored>(site: &Site<'_>, record: &C, superseded: bool) -> Markup {
    let id = record.id();
    html! {
        @if is_disputed::<C>(site, id) { span.boxed { (site.say("Disputed", "En disputa")) } " " }
        @if superseded { span.boxed { (site.say("Superseded", "Reemplazado")) } " " }
        @if has_value(record, "note") {
            a href=(format!("{}#note", site.record(C::NAME, id))) { (site.say("note", "nota")) }
        }
    }
}

fn source<C: Stored>(site: &Site<'_>, record: &C) -> Markup {
    let citations = record.citations();
    let Some(first) = citations.first() else { return html! {} };
    let id = first.source.as_str();
    let publisher = site.dataset.sources.get(id).map(|source| source.publisher.to_string());
    html! {
        span.source {
            a href=(site.record("sources", id)) lang=[site.lang_of_texts()] { (publisher.unwrap_or_else(|| id.to_owned())) }
            @if citations.len() > 1 { " +" (citations.len() - 1) }
        }
    }
}
