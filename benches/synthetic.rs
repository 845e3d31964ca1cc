//! Data packages of any size, made of the embedded one: its records again and again, each with an id of its
//! own, with amounts, years, dates and head counts that differ from copy to copy. The same size, the same bytes.
//!
//! Owns nothing that is served. Words, lengths, gaps and references are those of the real records; what is
//! made stands in no release.

use std::collections::BTreeMap;

use partnership_api::dataset::Package;
use serde_json::{Map, Value as Json, json};

/// The collections that grow; partners, programs, missions and sources stay as they are, as they would in life.
const GROWING: [&str; 8] = [
    "agreements",
    "arms-sales",
    "assistance-funding",
    "conflicts",
    "cooperation",
    "deployments",
    "memberships",
    "milestones",
];

/// The partner that few records name, whatever the size: a code that ISO 3166-1 leaves to its users.
pub(crate) const RARE_PARTNER: &str = "XAA";

/// How many records of each growing collection name it.
pub(crate) const RARE: usize = 20;

type Record = Map<String, Json>;

/// The files of a package that holds this many records.
///
/// `only` lets one collection grow instead of all. Below the number of the embedded records, some of those are
/// left out.
///
/// # Panics
/// When `only` names no collection that grows, or `records` is below those that never do.
pub(crate) fn files(records: usize, only: Option<&str>) -> BTreeMap<String, Vec<u8>> {
    assert!(only.is_none_or(|only| GROWING.contains(&only)), "one of {}", GROWING.join(", "));
    let package = Package::embedded();
    let mut files: BTreeMap<String, Vec<u8>> =
        package.files().map(|(name, bytes)| (name.to_owned(), bytes.to_vec())).collect();
    let seeds: Vec<(&str, Record)> = GROWING
        .into_iter()
        .flat_map(|name| read(&files[&file_of(name)]).into_iter().map(move |seed| (name, seed)))
        .collect();
    let partners = files.get_mut("partners.jsonl").expect("a file of partners");
    *partners = with_rare_partner(partners);
    let lines = |bytes: &Vec<u8>| {
        bytes.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()).count()
    };
    let grows = |name: &str| GROWING.iter().any(|grows| name == file_of(grows));
    let steady: usize = files
        .iter()
        .filter(|(name, _)| *name != "dataset.json" && !grows(name))
        .map(|(_, bytes)| lines(bytes))
        .sum();
    let wanted = records.checked_sub(steady).unwrap_or_else(|| panic!("at least {steady} records"));

    let mut made: BTreeMap<&str, Vec<Record>> = GROWING.map(|name| (name, Vec::new())).into();
    let mut count = 0;
    for copy in 0.. {
        let mut round: Vec<&(&str, Record)> = seeds
            .iter()
            .filter(|(name, _)| copy == 0 || only.is_none_or(|only| only == *name))
            .collect();
        if round.len() > wanted - count {
            // A part of a round: records that name no other, since the other may be left out.
            round.retain(|(_, seed)| !names_another(seed));
            round.sort_by_key(|(_, seed)| chance(id(seed), copy));
            round.truncate(wanted - count);
        }
        for (name, seed) in &round {
            made.get_mut(name).expect("a growing collection").push(again(seed, copy));
        }
        count += round.len();
        if count == wanted {
            break;
        }
    }
    for (name, mut records) in made {
        records.sort_by(|a, b| id(a).cmp(id(b)));
        let step = (records.len() / RARE).max(1);
        for record in records.iter_mut().skip(step / 2).step_by(step).take(RARE) {
            record["partner"] = json!([RARE_PARTNER]);
        }
        files.insert(file_of(name), written(&records));
    }
    files
}

fn file_of(collection: &str) -> String {
    format!("{collection}.jsonl")
}

fn read(bytes: &[u8]) -> Vec<Record> {
    let lines = bytes.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
    lines.map(|line| serde_json::from_slice(line).expect("a record of the embedded data")).collect()
}

fn written(records: &[Record]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for record in records {
        serde_json::to_writer(&mut bytes, record).expect("a vector takes every byte");
        bytes.push(b'\n');
    }
    bytes
}

fn id(record: &Record) -> &str {
    record["id"].as_str().expect("every record has an id")
}

fn with_rare_partner(partners: &[u8]) -> Vec<u8> {
    let mut records = read(partners);
    let mut rare = records.first().expect("a partner").clone();
    rare["id"] = json!(RARE_PARTNER);
    rare["alpha_2"] = json!("XA");
    rare["name"] = json!("A partner of few records");
    rare["statuses"] = json!([]);
    rare["note"] = Json::Null;
    records.push(rare);
    records.sort_by(|a, b| id(a).cmp(id(b)));
    written(&records)
}

/// Whether a record names others of a growing collection, which a copy must name by their new ids.
fn names_another(record: &Record) -> bool {
    let named = |key: &str| record.get(key).is_some_and(|value| !value.is_null());
    named("part_of") || named("superseded_by") || named("records")
}

/// A record once more: the first copy as it is, every other under a new id and with values of its own.
fn again(seed: &Record, copy: u64) -> Record {
    let mut record = seed.clone();
    if copy == 0 {
        return record;
    }
    let renamed = |value: &Json| match value {
        Json::String(id) => json!(format!("{id}-{copy:06}")),
        other => other.clone(),
    };
    for key in ["id", "part_of", "superseded_by"] {
        if let Some(value) = record.get_mut(key) {
            *value = renamed(value);
        }
    }
    if let Some(Json::Array(references)) = record.get_mut("records") {
        for reference in references {
            if reference["collection"].as_str().is_some_and(|name| GROWING.contains(&name)) {
                reference["id"] = renamed(&reference["id"]);
            }
        }
    }
    let chance = chance(id(seed), copy);
    let back = i64::try_from(chance % 16).unwrap_or(0);
    // Records that name each other keep one distance in time, so that chains stay in order.
    let back = if names_another(seed) { i64::try_from(copy % 16).unwrap_or(0) } else { back };
    if let Some(Json::Object(period)) = record.get_mut("period") {
        for year in ["from", "to"] {
            if let Some(number) = period[year].as_i64() {
                period[year] = json!((number - back).max(1776));
            }
        }
    }
    for date in ["as_of", "signed", "in_force", "since", "until", "date"] {
        if let Some(value) = record.get_mut(date)
            && let Some(text) = value.as_str()
        {
            *value = json!(earlier(text, back));
        }
    }
    // From a half to twice what the source says.
    let permille = i64::try_from(500 + (chance >> 8) % 1501).unwrap_or(1000);
    if let Some(Json::Object(amount)) = record.get_mut("amount") {
        let unit = amount["rounded_to_usd"].as_i64().unwrap_or(1).max(1);
        let usd = amount["usd"].as_i64().unwrap_or(0);
        amount["usd"] = json!(usd / 1000 * permille / unit * unit);
    }
    for count in ["personnel", "women"] {
        if let Some(number) = record.get(count).and_then(Json::as_i64) {
            record[count] = json!(number * permille / 1000);
        }
    }
    record
}

/// The same day, month or year some years before; 29 February becomes the 28th.
fn earlier(date: &str, years: i64) -> String {
    let (year, rest) = date.split_at(4);
    let year: i64 = year.parse().expect("a date begins with its year");
    let rest = if rest == "-02-29" { "-02-28" } else { rest };
    format!("{:04}{rest}", (year - years).max(1776))
}

/// A number that looks like chance and is the same each time (FNV-1a, then a mix of all its bits).
fn chance(id: &str, copy: u64) -> u64 {
    let bytes = id.bytes().chain(copy.to_le_bytes());
    let hash = bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    });
    let mixed = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed ^ (mixed >> 31)
}
