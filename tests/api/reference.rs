//! A naive answer to a question: every record's JSON is read in the most obvious way, one after the other.
//!
//! It knows the documented rules and nothing of the service's own query code, against which it is held.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value as Json;

/// What kind of value a field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Holds {
    Words,
    Number,
    Flag,
    Date,
    /// Fiscal years that the record touches; it has no value of its own.
    Years,
}

/// A field: its parameter, and the way to its value in JSON.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Known {
    pub(crate) name: &'static str,
    pub(crate) path: &'static [&'static str],
    pub(crate) holds: Holds,
    pub(crate) sorts: bool,
    pub(crate) facets: bool,
    /// Values that a reader might ask for.
    pub(crate) pool: &'static [&'static str],
}

/// How a value is tested.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Is {
    AnyOf,
    AtLeast,
    AtMost,
    Absent,
    Present,
}

/// A question as its generator made it.
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    pub(crate) tests: Vec<(Known, Is, Vec<String>)>,
    pub(crate) words: Option<String>,
    pub(crate) order: Vec<(Known, bool)>,
    pub(crate) facets: Vec<Known>,
    pub(crate) limit: usize,
    pub(crate) offset: usize,
}

/// How many records hold each value; none stands for those without one.
pub(crate) type Counts = Vec<(Option<String>, u64)>;

/// What a question should be answered with.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Answered {
    pub(crate) total: usize,
    pub(crate) page: Vec<String>,
    pub(crate) facets: Vec<(String, Counts)>,
}

/// What codes are called, in English and Spanish.
pub(crate) type Called = BTreeMap<String, Vec<String>>;

/// The answer, by reading every record. A record is found by what its codes are called, too.
pub(crate) fn answer(records: &[Json], called: &Called, asked: &Asked) -> Answered {
    let passes = |record: &Json, asked: &Asked| passes(record, called, asked);
    let mut kept: Vec<&Json> = records.iter().filter(|record| passes(record, asked)).collect();
    kept.sort_by(|a, b| {
        let by_fields = asked.order.iter().map(|(field, down)| compare(a, b, *field, *down));
        let decided = by_fields.into_iter().find(|order| order.is_ne());
        decided.unwrap_or_else(|| id(a).cmp(&id(b)))
    });
    let facet = |field: &Known| {
        // A facet leaves out the tests of its own field, and counts the records without a value.
        let mut others = asked.clone();
        others.tests.retain(|(tested, ..)| tested.name != field.name);
        let mut counts: BTreeMap<Option<String>, u64> = BTreeMap::new();
        for record in records.iter().filter(|record| passes(record, &others)) {
            let values: BTreeSet<_> = texts_at(record, field.path).into_iter().map(Some).collect();
            let values = if values.is_empty() { BTreeSet::from([None]) } else { values };
            for value in values {
                *counts.entry(value).or_default() += 1;
            }
        }
        let mut counts: Vec<_> = counts.into_iter().collect();
        counts.sort_by_key(|(value, count)| {
            (std::cmp::Reverse(*count), value.is_none(), value.clone())
        });
        (field.name.to_owned(), counts)
    };
    Answered {
        total: kept.len(),
        facets: asked.facets.iter().map(facet).collect(),
        page: kept.iter().skip(asked.offset).take(asked.limit).map(|record| id(record)).collect(),
    }
}

fn id(record: &Json) -> String {
    record["id"].as_str().expect("an id").to_owned()
}

fn passes(record: &Json, called: &Called, asked: &Asked) -> bool {
    let holds_words = asked.words.as_ref().is_none_or(|words| has_words(record, called, words));
    holds_words && asked.tests.iter().all(|(field, is, wanted)| test(record, *field, *is, wanted))
}

fn test(record: &Json, field: Known, is: Is, wanted: &[String]) -> bool {
    let any = |fits: &dyn Fn(&str, &str) -> bool| {
        let values = texts_at(record, field.path);
        values.iter().any(|value| wanted.iter().any(|wanted| fits(value, wanted)))
    };
    let number = |text: &str| text.parse::<i64>().expect("a number");
    let is_there = || match field.holds {
        Holds::Years => years(record).is_some(),
        _ => !texts_at(record, field.path).is_empty(),
    };
    match (field.holds, is) {
        (_, Is::Absent) => !is_there(),
        (_, Is::Present) => is_there(),
        (Holds::Years, _) => years(record).is_some_and(|(first, last)| {
            wanted.iter().map(|year| number(year)).any(|year| match is {
                Is::AnyOf => (first..=last).contains(&year),
                Is::AtLeast => last >= year,
                Is::AtMost => first <= year,
                Is::Absent | Is::Present => unreachable!("these are decided"),
            })
        }),
        // `2022` holds `2022-05` and `2022-05-23`.
        (Holds::Date, Is::AnyOf) => any(&|date, wider| date.starts_with(wider)),
        (Holds::Date, Is::AtLeast) => any(&|date, least| last_day(date) >= first_day(least)),
        (Holds::Date, Is::AtMost) => any(&|date, most| first_day(date) <= last_day(most)),
        (_, Is::AnyOf) => any(&|value, wanted| value == wanted),
        (_, Is::AtLeast) => any(&|value, least| number(value) >= number(least)),
        (_, Is::AtMost) => any(&|value, most| number(value) <= number(most)),
    }
}

pub(crate) fn first_day(date: &str) -> String {
    format!("{date}{}", &"0000-00-00"[date.len()..])
}

pub(crate) fn last_day(date: &str) -> String {
    format!("{date}{}", &"9999-99-99"[date.len()..])
}

/// The first and last fiscal year that a record touches.
fn years(record: &Json) -> Option<(i64, i64)> {
    let period = &record["period"];
    if let Some(from) = period["from"].as_i64() {
        let beyond = i64::from(period["basis"] == "calendar_year");
        return Some((from, period["to"].as_i64().map_or(9999, |to| to + beyond)));
    }
    let date = record["as_of"].as_str()?;
    let year: i64 = date[..4].parse().expect("a year");
    Some(match date.get(5..7) {
        // A year of the calendar lies in two fiscal years.
        None => (year, year + 1),
        Some("10" | "11" | "12") => (year + 1, year + 1),
        Some(_) => (year, year),
    })
}

/// The values at a path, as text; of a list, each.
pub(crate) fn texts_at(json: &Json, path: &[&str]) -> Vec<String> {
    match (json, path) {
        (Json::Null, _) => Vec::new(),
        (Json::Array(elements), _) => {
            elements.iter().flat_map(|element| texts_at(element, path)).collect()
        }
        (Json::String(text), []) => vec![text.clone()],
        (other, []) => vec![other.to_string()],
        (object, [key, rest @ ..]) => texts_at(&object[*key], rest),
    }
}

fn compare(a: &Json, b: &Json, field: Known, down: bool) -> Ordering {
    let value = |record| texts_at(record, field.path).into_iter().next();
    let (Some(a), Some(b)) = (value(a), value(b)) else {
        // A missing value comes last both ways.
        return value(a).is_none().cmp(&value(b).is_none());
    };
    let order = match field.holds {
        Holds::Number => a.parse::<i64>().ok().cmp(&b.parse::<i64>().ok()),
        Holds::Words => plain(&a).cmp(&plain(&b)),
        _ => a.cmp(&b),
    };
    if down { order.reverse() } else { order }
}

/// Small letters without the accents that the generator uses.
fn plain(text: &str) -> String {
    let letter = |letter: char| match letter.to_lowercase().next().unwrap_or(letter) {
        'á' | 'ã' | 'ä' => 'a',
        'é' => 'e',
        'í' => 'i',
        'ñ' => 'n',
        'ó' => 'o',
        'ú' => 'u',
        other => other,
    };
    text.chars().map(letter).collect()
}

/// Whether all words of a search occur in the record's texts and in what its codes are called, the last one as the
/// beginning of a word.
fn has_words(record: &Json, called: &Called, search: &str) -> bool {
    let mut found = BTreeSet::new();
    words_in(record, called, &mut found);
    let search = plain(search);
    let wanted: Vec<_> = search.split_whitespace().collect();
    let (last, whole) = wanted.split_last().expect("a word");
    whole.iter().all(|word| found.contains(*word))
        && found.iter().any(|word| word.starts_with(last))
}

fn words_in(json: &Json, called: &Called, found: &mut BTreeSet<String>) {
    match json {
        Json::String(text) => {
            for text in called.get(text).into_iter().flatten().chain([text]) {
                let text = plain(text);
                let words = text.split(|letter: char| !letter.is_alphanumeric());
                found.extend(words.map(str::to_owned));
            }
        }
        Json::Array(elements) => {
            for element in elements {
                words_in(element, called, found);
            }
        }
        Json::Object(members) => {
            members.values().for_each(|member| words_in(member, called, found));
        }
        _ => {}
    }
}
