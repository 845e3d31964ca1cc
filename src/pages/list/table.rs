//! The records of a list as a table: what leads to the record, its time, its amount with its bounds, its codes, its
//! marks and its source.

use maud::{Markup, html};

use super::dot_scale::DotScale;
use super::view::List;
use crate::model::{FieldSummary, FieldValue, Kind, ListPlace, Statement};
use crate::pages::figure::{amount, short_bounds, stage_mark, when};
use crate::pages::reading::is_disputed;
use crate::pages::site::Site;
use crate::pages::wording::{capitalized, grouped};
use crate::query::{AnyRecord, AnyTable, split_list};

/// The longest text of a link, in letters.
const LONGEST_LINK: usize = 140;

/// Which columns a list has.
struct Columns<'t> {
    shown: Vec<(usize, &'t FieldSummary)>,
    has_amounts: bool,
    has_time: bool,
    has_marks: bool,
    scale: Option<DotScale>,
}

/// Whether a field has a column: not where the question leaves one value of it.
fn is_shown(list: &List<'_>, field: &FieldSummary) -> bool {
    let is_one = list.value(field.name).is_some_and(|value| split_list(value).len() == 1);
    field.uses.list_place == ListPlace::Column
        && (!is_one || field.list && field.refers_to != Some("partners"))
}

/// The rows of a page.
pub(super) fn rows(site: &Site<'_>, list: &List<'_>) -> Markup {
    let table = list.table;
    let records: Vec<(AnyRecord<'_>, Statement<'_>)> = list
        .page
        .rows
        .iter()
        .map(|row| AnyRecord::new(table, *row))
        .map(|record| (record, record.statement()))
        .collect();
    let has = |name: &str| table.field(name).is_some();
    let columns = Columns {
        shown: table
            .fields()
            .iter()
            .enumerate()
            .filter(|(_, field)| is_shown(list, field))
            .collect(),
        has_amounts: has("amount_usd") || has("cost_usd"),
        has_time: records.iter().any(|(_, statement)| when(site, statement).is_some())
            && !has("url"),
        has_marks: has("superseded_by") || has("note"),
        scale: DotScale::of(records.iter().filter_map(|(_, statement)| statement.amount())),
    };
    let (begin, end) =
        (u64::from(list.page.offset) + 1, u64::from(list.page.offset) + records.len() as u64);
    let label = capitalized(site.of(table.label()));
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
                    @for (_, field) in &columns.shown { th scope="col" { (capitalized(site.of(field.label))) } }
                    @if columns.has_marks { th scope="col" { (site.say("Marks", "Marcas")) } }
                    } }
                tbody { @for (record, statement) in &records { (row(site, &columns, *record, statement)) } }
            }
        }
    }
}

fn row(
    site: &Site<'_>,
    columns: &Columns<'_>,
    record: AnyRecord<'_>,
    statement: &Statement<'_>,
) -> Markup {
    let id = record.id();
    let superseded = record.has("superseded_by");
    html! {
        tr.superseded[superseded] {
            th scope="row" { a href=(site.record(record.collection(), id)) lang=[link_language(site, record.table())] { (link_text(site, record)) } (source(site, record)) }
            @if columns.has_time { td.when data-label=(site.say("When", "Cuándo")) { (when(site, statement).unwrap_or_default()) } }
            @if columns.has_amounts {
                @if let Some(stated) = statement.amount() {
                    td.number data-label=(site.say("Amount", "Monto")) { (amount(site, stated, record.is_flagged("per_year"))) }
                    td.bounds data-label=(site.say("Bounds", "Límites")) { (short_bounds(site, stated)) }
                } @else {
                    td.number { span.muted { (site.say("not valued", "sin valor")) } }
                    td {}
                }
            }
            @if let Some(scale) = &columns.scale {
                td.dots aria-hidden="true" { @if let Some(stated) = statement.amount() { (scale.mark(stated)) } }
            }
            @for (place, field) in &columns.shown {
                td data-label=(capitalized(site.of(field.label))) { (cell(site, record, field, &record.value_at(*place))) }
            }
            @if columns.has_marks { td.marks { (marks(site, record, superseded)) } }
        }
    }
}

/// Titles of documents and records stand in English.
fn link_language(site: &Site<'_>, table: &dyn AnyTable) -> Option<&'static str> {
    let prose = table.fields().iter().any(|field| {
        field.uses.list_place == ListPlace::Link
            && matches!(field.name, "title" | "topic" | "component" | "articles" | "role")
    });
    if prose { site.lang_of_texts() } else { None }
}

fn link_text(site: &Site<'_>, record: AnyRecord<'_>) -> String {
    let fields = record.table().fields().iter().enumerate();
    let parts = fields.filter(|(_, field)| field.uses.list_place == ListPlace::Link);
    let parts =
        parts.filter_map(|(place, field)| said(site, record, field, &record.value_at(place)));
    let parts: Vec<String> = parts.collect();
    let text =
        if parts.is_empty() { record.id().to_owned() } else { capitalized(&parts.join(" · ")) };
    if text.chars().count() <= LONGEST_LINK {
        return text;
    }
    let cut: String = text.chars().take(LONGEST_LINK).collect();
    format!("{}…", cut.trim_end())
}

/// What a field of a record says, in words; none where it says nothing.
fn said(
    site: &Site<'_>,
    record: AnyRecord<'_>,
    field: &FieldSummary,
    held: &FieldValue<'_>,
) -> Option<String> {
    let is_name = field.name == "name";
    if is_name {
        return Some(site.called(record.collection(), record.id()).into_owned());
    }
    site.dataset.said(field, held, site.language)
}

fn cell(
    site: &Site<'_>,
    record: AnyRecord<'_>,
    field: &FieldSummary,
    held: &FieldValue<'_>,
) -> Markup {
    match (held, field.kind) {
        (FieldValue::Date(date), _) => html! { (crate::words::date_phrase(*date, site.language)) },
        (FieldValue::Text(code), Kind::Code(_)) if field.name == "stage" => html! {
            (stage_mark(code)) (site.of(site.dataset.label_of(field, Some(code))))
        },
        _ => html! {
            @if let Some(said) = said(site, record, field, held) { (said) } @else { span.muted { "–" } }
        },
    }
}

fn marks(site: &Site<'_>, record: AnyRecord<'_>, superseded: bool) -> Markup {
    let id = record.id();
    html! {
        @if is_disputed(site, record.collection(), id) { span.boxed { (site.say("Disputed", "En disputa")) } " " }
        @if superseded { span.boxed { (site.say("Superseded", "Reemplazado")) } " " }
        @if record.has("note") {
            a href=(format!("{}#note", site.record(record.collection(), id))) { (site.say("note", "nota")) }
        }
    }
}

fn source(site: &Site<'_>, record: AnyRecord<'_>) -> Markup {
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
