//! For random records and random questions, tables answer what a naive reading of every record does.

use std::borrow::Cow;
use std::collections::BTreeSet;

use partnership_api::collections::{AgreementKind, AgreementStatus, Stage};
use partnership_api::dataset::Dataset;
use partnership_api::model::{
    Basis, Collection, Confidence, KnownHow, Qualifier, Scope, Vocabulary,
};
use partnership_api::query::{Query, Table};
use proptest::collection::{btree_set, vec};
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{Index, select, subsequence};
use serde_json::{Value as Json, json};

use crate::reference::{
    Answered, Asked, Called, Holds, Is, Known, answer, first_day, last_day, texts_at,
};
use crate::small::sound_with;

const DATES: &[&str] = &[
    "2004",
    "2005",
    "2005-02",
    "2005-09",
    "2005-10",
    "2005-10-01",
    "2005-10-31",
    "2006",
    "2006-02-01",
    "2006-12-31",
    "2007-01-01",
];
const YEARS: &[&str] = &["2003", "2004", "2005", "2006", "2007", "2008", "2030"];
const DOLLARS: &[&str] = &["0", "1", "2", "5", "10", "8796093022208", "9007199254740991"];
const PARTNERS: &[&str] = &["XAA", "XAB"];
const PROGRAMS: &[&str] = &["ALL", "FMF", "IMET"];
const NAMES: &[&str] =
    &["Bogotá, north", "BOGOTA, north", "bogota", "Café", "São Pedro", "Zulu; 2"];
const PROSE: &[&str] =
    &["Mines cleared near Bogotá", "Training: cañón crews", "trainers, mine", "Drug-crop study"];
const STAGES: &[&str] = &["actual", "estimate", "request"];
const QUALIFIERS: &[&str] = &["exact", "approximately", "more_than", "less_than"];
const KINDS: &[&str] = &["treaty", "agreement", "memorandum"];
const STATUSES: &[&str] = &["in_force", "signed", "unknown"];
const SOURCES: &[&str] = &["budget-2020", "review-2021"];
const BASES: &[&str] = &["fiscal_year", "calendar_year"];
const FLAGS: &[&str] = &["true", "false"];
/// Whole words and beginnings; none that only a title made of facts would hold.
const SEARCHED: &[&str] = &[
    "mine",
    "mines",
    "Bogot",
    "BOGOTÁ",
    "train",
    "cañon",
    "canon crews",
    "drug crop stu",
    "north bogota",
    "budget",
    "estim",
    "caf",
    "pedro sao",
    "crop",
    "treat",
    "imet",
    "military fin",
    "vig",
    "first country",
    "nothing",
];

const fn known(name: &'static str, path: &'static [&'static str], holds: Holds) -> Known {
    Known { name, path, holds, sorts: true, facets: false, pool: &[] }
}

impl Known {
    const fn of(mut self, pool: &'static [&'static str]) -> Self {
        self.pool = pool;
        self
    }

    const fn counted(mut self) -> Self {
        self.facets = true;
        self
    }

    const fn unsorted(mut self) -> Self {
        self.sorts = false;
        self
    }
}

/// Fields that every record has.
const NEVER_ABSENT: &[&str] =
    &["program", "amount_usd", "amount_qualifier", "per_year", "stage", "kind", "status"];

const FUNDING: &[Known] = &[
    known("partner", &["partner"], Holds::Words).of(PARTNERS).counted().unsorted(),
    known("program", &["program"], Holds::Words).of(PROGRAMS).counted(),
    known("component", &["component"], Holds::Words).of(NAMES).counted(),
    known("fiscal_year", &[], Holds::Years).of(YEARS).unsorted(),
    known("period_from", &["period", "from"], Holds::Number).of(YEARS),
    known("period_to", &["period", "to"], Holds::Number).of(YEARS),
    known("period_basis", &["period", "basis"], Holds::Words).of(BASES).counted(),
    known("as_of", &["as_of"], Holds::Date).of(DATES),
    known("amount_usd", &["amount", "usd"], Holds::Number).of(DOLLARS),
    known("amount_qualifier", &["amount", "qualifier"], Holds::Words).of(QUALIFIERS).counted(),
    known("amount_min_usd", &["amount", "min_usd"], Holds::Number).of(DOLLARS),
    known("amount_max_usd", &["amount", "max_usd"], Holds::Number).of(DOLLARS),
    known("per_year", &["per_year"], Holds::Flag).of(FLAGS).counted(),
    known("stage", &["stage"], Holds::Words).of(STAGES).counted(),
    known("citations_source", &["citations", "source"], Holds::Words)
        .of(SOURCES)
        .counted()
        .unsorted(),
];

const AGREEMENTS: &[Known] = &[
    known("partner", &["partner"], Holds::Words).of(PARTNERS).counted().unsorted(),
    known("kind", &["kind"], Holds::Words).of(KINDS).counted(),
    known("parties", &["parties"], Holds::Words).of(NAMES).counted().unsorted(),
    known("signed", &["signed"], Holds::Date).of(DATES),
    known("in_force", &["in_force"], Holds::Date).of(DATES),
    known("status", &["status"], Holds::Words).of(STATUSES).counted(),
    known("citations_source", &["citations", "source"], Holds::Words)
        .of(SOURCES)
        .counted()
        .unsorted(),
];

fn one(pool: &'static [&'static str]) -> impl Strategy<Value = &'static str> {
    select(pool)
}

fn some(pool: &'static [&'static str]) -> impl Strategy<Value = Vec<&'static str>> {
    subsequence(pool, 1..=2)
}

fn citations() -> impl Strategy<Value = Json> {
    some(SOURCES).prop_map(|sources| {
        sources.iter().map(|source| json!({"source": source, "locator": "Table 1"})).collect()
    })
}

fn period() -> impl Strategy<Value = Json> {
    let stated = (2003..2007, option::of(0..3), one(BASES), any::<bool>());
    stated.prop_map(|(from, length, basis, basis_stated)| {
        let to = length.map(|length| from + length);
        // For a reader's filter a period without an end goes on, whatever its source knew.
        let known = to.is_none() && basis_stated;
        let year = |from: i32| json!({"date": from.to_string(), "how": "inferred"});
        let known = known.then(|| year(from));
        json!({
            "from": from, "to": to, "basis": basis, "basis_stated": basis_stated, "known_through": known,
        })
    })
}

fn amount() -> impl Strategy<Value = Json> {
    let usd = prop_oneof![0_i64..12, Just(1 << 43)];
    (usd, one(QUALIFIERS), option::of(select(&[2_i64, 10][..]))).prop_map(
        |(usd, qualifier, unit)| {
            let unit = unit.filter(|_| usd < 1000);
            json!({"usd": usd, "qualifier": qualifier, "rounded_to_usd": unit})
        },
    )
}

fn funding() -> impl Strategy<Value = Json> {
    let what = (some(PARTNERS), one(PROGRAMS), option::of(one(NAMES)), one(STAGES), any::<bool>());
    let when = (option::of(period()), option::of(one(DATES)));
    (what, when, amount(), option::of(one(PROSE)), citations()).prop_map(
        |((partner, program, component, stage, per_year), (period, as_of), amount, note, cited)| {
            json!({
                "id": "", "partner": partner, "program": program, "component": component,
                "period": period, "as_of": as_of, "amount": amount, "per_year": per_year,
                "stage": stage, "objective": null, "scope": "country", "part_of": null, "superseded_by": null,
                "confidence": "high", "method": null, "note": note, "citations": cited,
            })
        },
    )
}

fn agreement() -> impl Strategy<Value = Json> {
    let names = subsequence(&NAMES[..5], 0..=2);
    let what = (some(PARTNERS), one(NAMES), one(KINDS), names, one(STATUSES));
    let when = (option::of(one(DATES)), option::of(one(DATES)));
    (what, when, option::of(one(PROSE)), citations()).prop_map(
        |((partner, title, kind, parties, status), (signed, in_force), summary, cited)| {
            json!({
                "id": "", "partner": partner, "title": title, "kind": kind, "parties": parties,
                "signed": signed, "date_event": null, "in_force": in_force, "status": status, "reference": null,
                "superseded_by": null, "summary": summary, "confidence": "high", "method": null, "note": null,
                "citations": cited,
            })
        },
    )
}

/// Records with ids of their own, in the order of ids.
fn table(record: impl Strategy<Value = Json>) -> impl Strategy<Value = Vec<Json>> {
    (btree_set("[A-Za-z][a-c0-9]{0,2}(-[A-Za-z0-9]{1,2})?", 0..25), vec(record, 25)).prop_map(
        |(ids, records)| {
            let with_id = |(id, mut record): (String, Json)| {
                record["id"] = id.into();
                record
            };
            ids.into_iter().zip(records).map(with_id).collect()
        },
    )
}

fn question(fields: &'static [Known]) -> impl Strategy<Value = Asked> {
    let is = [Is::AnyOf, Is::AnyOf, Is::AtLeast, Is::AtMost, Is::AtMost, Is::Absent, Is::Present];
    let is = select(is.to_vec());
    let test = (select(fields), is, vec(any::<Index>(), 1..4)).prop_map(|(field, is, chosen)| {
        let ordered = matches!(field.holds, Holds::Number | Holds::Date | Holds::Years);
        let is = match is {
            Is::AtLeast | Is::AtMost if !ordered => Is::AnyOf,
            // These are never absent.
            Is::Absent | Is::Present if NEVER_ABSENT.contains(&field.name) => Is::AnyOf,
            is => is,
        };
        let several = if is == Is::AnyOf { chosen.len() } else { 1 };
        let values = chosen.iter().take(several).map(|index| (*index.get(field.pool)).to_owned());
        (field, is, values.collect::<Vec<_>>())
    });
    let (sortable, countable): (Vec<Known>, Vec<Known>) = (
        fields.iter().copied().filter(|field| field.sorts).collect(),
        fields.iter().copied().filter(|field| field.facets).collect(),
    );
    let order = subsequence(sortable, 0..=3).prop_shuffle().prop_flat_map(|fields| {
        let count = fields.len();
        (Just(fields), vec(any::<bool>(), count))
    });
    let facets = subsequence(countable, 0..=2);
    let words = option::weighted(0.3, one(SEARCHED));
    (vec(test, 0..3), words, order, facets, 0_usize..12, 0_usize..8).prop_map(
        |(mut tests, words, (order, downs), facets, limit, offset)| {
            // A parameter with one value may be given once.
            tests.sort_by_key(|(field, is, _)| {
                (field.name, matches!(is, Is::AtLeast | Is::AtMost), *is)
            });
            // `null` and a value are values of one parameter.
            tests.dedup_by_key(|(field, is, _)| {
                let one = if matches!(is, Is::Absent | Is::Present) { Is::AnyOf } else { *is };
                (field.name, one)
            });
            let words = words.map(str::to_owned);
            let order = order.into_iter().zip(downs).collect();
            Asked { tests, words, order, facets, limit, offset }
        },
    )
}

/// The question without what is refused: texts that no record holds, and ranges that are upside down.
fn sound(mut asked: Asked, records: &[Json]) -> Asked {
    for (field, is, values) in &mut asked.tests {
        if ["component", "parties"].contains(&field.name) && *is == Is::AnyOf {
            let held: BTreeSet<_> =
                records.iter().flat_map(|record| texts_at(record, field.path)).collect();
            values.retain(|value| held.contains(value));
        }
    }
    asked.tests.retain(|(_, _, values)| !values.is_empty());
    let tests = asked.tests.clone();
    let refused = |field: &Known, is: Is, value: &str| {
        let least = tests.iter().find(|(one, is, _)| one.name == field.name && *is == Is::AtLeast);
        let above = |least: &str| match field.holds {
            Holds::Date => first_day(least) > last_day(value),
            _ => least.parse::<i64>().ok() > value.parse::<i64>().ok(),
        };
        is == Is::AtMost && least.is_some_and(|(_, _, least)| above(&least[0]))
    };
    asked.tests.retain(|(field, is, values)| !refused(field, *is, &values[0]));
    asked
}

/// The question as a query string has it; lists by commas or by repeats.
fn pairs(asked: &Asked, by_comma: bool) -> Vec<(String, String)> {
    let mut pairs = Vec::new();
    for (field, is, values) in &asked.tests {
        let ending = match is {
            Is::AnyOf | Is::Absent | Is::Present => "",
            Is::AtLeast => "_min",
            Is::AtMost => "_max",
        };
        let name = format!("{}{ending}", field.name);
        let values: Vec<_> = match is {
            Is::AnyOf => values.iter().map(|value| value.replace(',', "\\,")).collect(),
            Is::Absent => vec!["null".to_owned()],
            Is::Present => vec!["!null".to_owned()],
            _ => values.clone(),
        };
        if by_comma {
            pairs.push((name, values.join(",")));
        } else {
            pairs.extend(values.into_iter().map(|value| (name.clone(), value)));
        }
    }
    let signed =
        |(field, down): &(Known, bool)| format!("{}{}", if *down { "-" } else { "" }, field.name);
    let order: Vec<_> = asked.order.iter().map(signed).collect();
    let facets: Vec<_> = asked.facets.iter().map(|field| field.name).collect();
    let lists = [("sort", order.join(",")), ("facets", facets.join(","))];
    let lists = lists.into_iter().filter(|(_, value)| !value.is_empty());
    pairs.extend(lists.map(|(name, value)| (name.to_owned(), value)));
    pairs.extend(asked.words.iter().map(|words| ("q".to_owned(), words.clone())));
    pairs.push(("limit".to_owned(), asked.limit.to_string()));
    pairs.push(("offset".to_owned(), asked.offset.to_string()));
    pairs
}

/// The records of a table as its own JSON has them.
fn records_of<C: Collection>(table: &Table<C>) -> Vec<Json> {
    let read = |record: &C| {
        let json = table.json_of(record.id()).expect("the record's JSON");
        serde_json::from_str(json).expect("JSON")
    };
    table.records().iter().map(read).collect()
}

/// What the codes of these records are called, in English and Spanish.
fn called(dataset: &Dataset) -> Called {
    let mut called = Called::new();
    for list in [
        Stage::CODES,
        Qualifier::CODES,
        Basis::CODES,
        KnownHow::CODES,
        Scope::CODES,
        Confidence::CODES,
        AgreementKind::CODES,
        AgreementStatus::CODES,
    ] {
        for code in list.codes {
            let names = called.entry(code.code.to_owned()).or_default();
            names.extend([code.label.en, code.label.es].map(str::to_owned));
        }
    }
    for table in dataset.tables().into_iter().filter(|table| table.has_names()) {
        for row in (0..).take(table.count()) {
            let id = table.id(row);
            let names = table.called(id).expect("a record with a name");
            called
                .entry(id.to_owned())
                .or_default()
                .extend([names.en, names.es].map(Cow::into_owned));
        }
    }
    called
}

/// What the table answers, and what its own JSON answers when it is read one record after the other.
fn both<C: Collection>(
    table: &Table<C>,
    called: &Called,
    asked: &Asked,
    by_comma: bool,
) -> (Answered, Answered) {
    let question =
        Query::parse(&pairs(asked, by_comma), table, &[]).unwrap_or_else(|bad| panic!("{bad:?}"));
    let selection = table.select(&question);
    let page = selection.page(&question);
    let facets = selection.facets(&question).into_iter().map(|(name, values)| {
        let counts = values.into_iter().map(|facet| (facet.value, facet.count));
        (name.to_owned(), counts.collect())
    });
    let answered = Answered {
        total: usize::try_from(page.total).expect("a small table"),
        page: page.rows.iter().map(|row| table.record(*row).id().to_owned()).collect(),
        facets: facets.collect(),
    };
    (answered, answer(&records_of(table), called, asked))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn a_value_of_a_facet_finds_what_the_facet_counted_commas_and_backslashes_included(
        records in table(agreement()),
        names in vec(vec("[ab,\\\\]{1,3}", 0..3), 25),
    ) {
        let with_names = records.into_iter().zip(names).map(|(mut record, mut names)| {
            names.sort();
            names.dedup();
            record["parties"] = names.into();
            record
        });
        let dataset = sound_with("agreements.jsonl", &with_names.collect::<Vec<_>>());
        let table = &dataset.agreements;
        let parse = |name: &str, value: &str| {
            Query::parse(&[(name.to_owned(), value.to_owned())], table, &[])
                .unwrap_or_else(|bad| panic!("{bad:?}"))
        };
        let asked = parse("facets", "parties");
        let facets = table.select(&asked).facets(&asked);
        for facet in &facets[0].1 {
            let value = facet.value.as_deref().unwrap_or("null");
            let query = parse("parties", value);
            prop_assert_eq!(table.select(&query).total(), facet.count, "{}", value);
            // Links repeat the question in a spelling that means the same.
            let pairs = query.canonical_pairs();
            let pairs: Vec<_> =
                pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
            let again = Query::parse(&pairs, table, &[]).unwrap_or_else(|bad| panic!("{bad:?}"));
            prop_assert_eq!(table.select(&again).total(), facet.count, "{:?}", pairs);
        }
    }

    #[test]
    fn assistance_figures_are_answered_as_a_naive_reading_does(
        records in table(funding()),
        questions in vec((question(FUNDING), any::<bool>()), 8),
    ) {
        let dataset = sound_with("assistance-funding.jsonl", &records);
        let called = called(&dataset);
        for (asked, by_comma) in questions {
            let asked = sound(asked, &records_of(&dataset.assistance_funding));
            let (answered, expected) = both(&dataset.assistance_funding, &called, &asked, by_comma);
            prop_assert_eq!(answered, expected, "{:?}", pairs(&asked, by_comma));
        }
    }

    #[test]
    fn agreements_are_answered_as_a_naive_reading_does(
        records in table(agreement()),
        questions in vec((question(AGREEMENTS), any::<bool>()), 8),
    ) {
        let dataset = sound_with("agreements.jsonl", &records);
        let called = called(&dataset);
        for (asked, by_comma) in questions {
            let asked = sound(asked, &records_of(&dataset.agreements));
            let (answered, expected) = both(&dataset.agreements, &called, &asked, by_comma);
            prop_assert_eq!(answered, expected, "{:?}", pairs(&asked, by_comma));
        }
    }
}
