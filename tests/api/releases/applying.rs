//! What changed is all that changed: the older release, with the changes applied, is the newer one.

use std::collections::BTreeMap;

use partnership_api::dataset::{ChangeKind, Dataset, Package, RecordChange, TableVisitor};
use partnership_api::model::Collection;
use partnership_api::query::Table;
use proptest::prelude::*;
use serde_json::{Map, Value as Json, json};

/// Every record, by collection and id.
type Records = BTreeMap<(String, String), Json>;

struct Gather(Records);

impl TableVisitor for Gather {
    fn visit<C: Collection>(&mut self, table: &Table<C>) {
        for record in table.records() {
            let json = serde_json::to_value(record).expect("JSON");
            self.0.insert((C::NAME.to_owned(), record.id().to_owned()), json);
        }
    }
}

fn records(dataset: &Dataset) -> Records {
    let mut gather = Gather(Records::new());
    dataset.visit(&mut gather);
    gather.0
}

/// One record as it is served.
pub(super) fn record(dataset: &Dataset, collection: &str, id: &str) -> Option<Json> {
    let place = (collection.to_owned(), id.to_owned());
    // The tests ask for a few thousand of them.
    thread_local! {
        static LAST: std::cell::RefCell<(String, Records)> = std::cell::RefCell::default();
    }
    LAST.with_borrow_mut(|(digest, known)| {
        if *digest != dataset.release.digest {
            (*digest, *known) = (dataset.release.digest.clone(), records(dataset));
        }
        known.get(&place).cloned()
    })
}

/// A record without what the service works out from the rest.
fn without_derived(mut record: Json) -> Json {
    if let Some(record) = record.as_object_mut() {
        record.retain(|key, _| !["spread_usd", "status_current"].contains(&key.as_str()));
    }
    if let Some(amount) = record.get_mut("amount").and_then(Json::as_object_mut) {
        amount.retain(|key, _| !["min_usd", "max_usd"].contains(&key.as_str()));
    }
    record
}

/// Puts a value where a column is read from: `amount_usd` is `usd` in `amount`, and each element of
/// `citations_source` is the `source` of one citation.
fn put(part: &mut Map<String, Json>, column: &str, value: &Json) {
    if part.contains_key(column) {
        part.insert(column.to_owned(), value.clone());
        return;
    }
    let key = part.keys().find(|key| column.strip_prefix(key.as_str()).is_some_and(is_path));
    let key = key.unwrap_or_else(|| panic!("no key for {column}")).clone();
    let rest = &column[key.len() + 1..];
    let value_at_rest = |value: &Json, part: &mut Json| {
        if part.is_null() {
            *part = json!({});
        }
        let part = part.as_object_mut().expect("a part");
        // What is a part within this one was null, or there are keys of it.
        match rest.split_once("known_through_").filter(|(before, _)| before.is_empty()) {
            Some((_, key)) => {
                let known = part.entry("known_through").or_insert(Json::Null);
                if known.is_null() {
                    *known = json!({});
                }
                known[key] = value.clone();
            }
            None => _ = part.insert(rest.to_owned(), value.clone()),
        }
    };
    let slot = part.get_mut(&key).expect("it is there");
    match value {
        Json::Array(values) => {
            let elements = slot.as_array_mut().expect("a list of parts");
            elements.resize(values.len(), Json::Null);
            for (element, value) in elements.iter_mut().zip(values) {
                value_at_rest(value, element);
            }
        }
        value => value_at_rest(value, slot),
    }
}

fn is_path(rest: &str) -> bool {
    rest.starts_with('_')
}

/// Applies changes to the records of a release; what is new is taken from the newer one.
fn apply(mut older: Records, changes: &[RecordChange], newer: &Records) -> Records {
    for change in changes {
        let place = (change.collection.to_owned(), change.id.clone());
        match change.kind {
            ChangeKind::Added => {
                assert!(!older.contains_key(&place), "{place:?} was there");
                older.insert(place.clone(), newer[&place].clone());
            }
            ChangeKind::Removed => {
                assert!(older.remove(&place).is_some(), "{place:?} was not there");
            }
            _ => {
                let record = older.get_mut(&place).expect("a record that was there");
                let record = record.as_object_mut().expect("an object");
                assert!(!change.fields.is_empty(), "{place:?} changed in nothing");
                for field in &change.fields {
                    assert_ne!(field.from, field.to, "{place:?} {}", field.field);
                    put(record, &field.field, &field.to);
                }
            }
        }
    }
    older.into_iter().map(|(place, record)| (place, plain(record))).collect()
}

/// A record as both sides of a comparison have it: without the nulls of its parts, a part of nulls being one.
pub(super) fn plain(record: Json) -> Json {
    let mut record = without_derived(record);
    let keys = record.as_object_mut().expect("an object");
    // The depth of a partner follows from other records.
    keys.remove("depth");
    keys.values_mut().for_each(close);
    record
}

/// Takes the nulls out of a part, at every depth; one that holds nothing else is null.
fn close(value: &mut Json) {
    if let Some(part) = value.as_object_mut() {
        part.values_mut().for_each(close);
        part.retain(|_, value| !value.is_null());
        if part.is_empty() {
            *value = Json::Null;
        }
    }
}

/// Holds a comparison to its promise; gives the changes.
fn held(older: &Dataset, newer: &Dataset) -> Vec<RecordChange> {
    let changes = newer.changes_since(older);
    let (before, after) = (records(older), records(newer));
    let expected: Records =
        after.iter().map(|(place, record)| (place.clone(), plain(record.clone()))).collect();
    let applied = apply(before, &changes, &after);
    for place in applied.keys().chain(expected.keys()) {
        assert_eq!(applied.get(place), expected.get(place), "{place:?}");
    }
    changes
}

#[test]
fn release_1_1_0_added_686_records_changed_16_and_removed_none() {
    let data = Dataset::embedded().expect("sound data");
    let older = data.former("1.0.0").expect("1.0.0");
    let newer = data.former("1.1.0").expect("1.1.0");
    let changes = held(&older, &newer);
    let count = |kind| changes.iter().filter(|change| change.kind == kind).count();
    assert_eq!(count(ChangeKind::Added), 686);
    assert_eq!(count(ChangeKind::Extended), 7);
    assert_eq!(count(ChangeKind::Reworded), 8);
    assert_eq!(count(ChangeKind::Corrected), 1);
    assert_eq!(changes.len(), 702);
    assert!(older.changes_since(&older).is_empty());
    let material: Vec<_> = changes.iter().filter(|change| change.material).collect();
    assert_eq!(material.len(), 1);
    assert_eq!(
        (material[0].id.as_str(), material[0].fields[0].field.as_str()),
        ("UNIFIED-COMMAND", "agency")
    );
    let netherlands = changes.iter().find(|change| change.collection == "partners");
    assert!(netherlands.is_some_and(|change| change.partners.contains(&change.id)));
}

/// One thing that an edition of the fixtures does to a record.
#[derive(Debug, Clone)]
enum Edit {
    Remove,
    Set(&'static str, Json),
}

/// A value for a key of a record, as a careful or a careless editor may put it.
fn edits() -> impl Strategy<Value = (&'static str, usize, Edit)> {
    let amount = |usd: i64, qualifier: &str, unit: Json| json!({"usd": usd, "qualifier": qualifier, "rounded_to_usd": unit});
    let cite = |sources: &[(&str, &str)]| -> Json {
        sources.iter().map(|(source, at)| json!({"source": source, "locator": at})).collect()
    };
    let year = |from: i16, to: Json, known: Json| {
        json!({
            "from": from, "to": to, "basis": "fiscal_year", "basis_stated": true,
            "known_through": known,
        })
    };
    let known = json!({"date": "2021", "how": "inferred"});
    let set = |collection, key, values: Vec<Json>| (collection, key, values);
    let claims = |texts: &[&str]| -> Json {
        let claim =
            |text: &&str| json!({"statement": text, "source": "budget-2020", "locator": "1"});
        texts.iter().map(claim).collect()
    };
    let choices = vec![
        set(
            "arms-sales",
            "amount",
            vec![
                Json::Null,
                amount(1, "exact", Json::Null),
                amount(40_000_000, "approximately", json!(1000)),
            ],
        ),
        set(
            "arms-sales",
            "articles",
            vec![json!([]), json!(["a"]), json!(["a", "b"]), json!(["b"])],
        ),
        set("arms-sales", "note", vec![Json::Null, json!("a"), json!("b")]),
        set(
            "arms-sales",
            "period",
            vec![
                Json::Null,
                year(2019, Json::Null, Json::Null),
                year(2019, Json::Null, known),
                year(2019, json!(2020), Json::Null),
            ],
        ),
        set(
            "assistance-funding",
            "amount",
            vec![
                amount(2_500_000, "exact", Json::Null),
                amount(2_500_000, "less_than", Json::Null),
            ],
        ),
        set("assistance-funding", "stage", vec![json!("actual"), json!("request")]),
        set("assistance-funding", "superseded_by", vec![Json::Null, json!("xaa-all-2020")]),
        set(
            "assistance-funding",
            "citations",
            vec![
                cite(&[("budget-2020", "Table 1")]),
                cite(&[("budget-2020", "Table 2")]),
                cite(&[("budget-2020", "Table 1"), ("review-2021", "Page 4")]),
                cite(&[("review-2021", "Page 4"), ("budget-2020", "Table 1")]),
            ],
        ),
        set(
            "conflicts",
            "claims",
            vec![claims(&["a", "b"]), claims(&["b", "a"]), claims(&["a", "b", "c"])],
        ),
        set(
            "partners",
            "statuses",
            vec![
                json!([]),
                json!([{"status": "nato_partner", "since": null, "until": null}]),
                json!([{"status": "nato_partner", "since": "2017", "until": "2020"}]),
            ],
        ),
        set("agreements", "signed", vec![Json::Null, json!("2019-03"), json!("2019-03-01")]),
    ];
    let removable =
        prop::sample::select(vec!["milestones", "cooperation", "conflicts", "deployments"]);
    let removal = (removable, 0_usize..2).prop_map(|(name, row)| (name, row, Edit::Remove));
    let change = (prop::sample::select(choices), 0_usize..3, any::<prop::sample::Index>())
        .prop_map(|((collection, key, values), row, pick)| {
            (collection, row, Edit::Set(key, values[pick.index(values.len())].clone()))
        });
    prop_oneof![1 => removal, 6 => change]
}

/// The fixtures with these edits; none where they contradict each other.
fn edition(edits: &[(&'static str, usize, Edit)]) -> Option<Dataset> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/sound");
    let mut files: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    for entry in std::fs::read_dir(folder).expect("a folder of fixtures") {
        let entry = entry.expect("an entry of the folder");
        let name = entry.file_name().into_string().expect("a file name in UTF-8");
        files.insert(name, std::fs::read(entry.path()).expect("a readable file"));
    }
    for (collection, row, edit) in edits {
        let bytes = files.get_mut(&format!("{collection}.jsonl")).expect("a file");
        let text = String::from_utf8(bytes.clone()).expect("UTF-8");
        let mut lines: Vec<Json> =
            text.lines().map(|line| serde_json::from_str(line).expect("a record")).collect();
        if lines.is_empty() {
            continue;
        }
        let row = row % lines.len();
        match edit {
            Edit::Remove => _ = lines.remove(row),
            Edit::Set(key, value) => lines[row][key] = value.clone(),
        }
        let lines: Vec<String> = lines.iter().map(Json::to_string).collect();
        *bytes = lines.join("\n").into_bytes();
    }
    Dataset::load(&Package::of(files)).ok()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn applying_the_changes_from_one_release_to_another_gives_the_other(
        older in prop::collection::vec(edits(), 0..6),
        newer in prop::collection::vec(edits(), 0..6),
    ) {
        let older = edition(&older);
        let newer = edition(&newer);
        prop_assume!(older.is_some() && newer.is_some());
        if let (Some(older), Some(newer)) = (older, newer) {
            let forth = held(&older, &newer);
            let back = held(&newer, &older);
            prop_assert_eq!(forth.len(), back.len());
        }
    }
}

/// The kind of change that one edit of one record makes, and whether it is material.
fn became(collection: &'static str, key: &'static str, from: Json, to: Json) -> (ChangeKind, bool) {
    let older = edition(&[(collection, 0, Edit::Set(key, from))]).expect("sound data");
    let newer = edition(&[(collection, 0, Edit::Set(key, to))]).expect("sound data");
    let changes = held(&older, &newer);
    assert_eq!(changes.len(), 1, "{changes:?}");
    (changes[0].kind, changes[0].material)
}

#[test]
fn what_a_change_is_follows_from_the_field() {
    use ChangeKind::{Corrected, Extended, Reworded, Superseded};
    let one = json!({"usd": 1, "qualifier": "exact", "rounded_to_usd": null});
    let two = json!({"usd": 2, "qualifier": "exact", "rounded_to_usd": null});
    let cited = json!([{"source": "budget-2020", "locator": "Table 1"}]);
    let again = json!([{"source": "budget-2020", "locator": "Table 2"}]);
    let also = json!([{"source": "budget-2020", "locator": "Table 1"}, {"source": "review-2021", "locator": "4"}]);
    let other = json!([{"source": "review-2021", "locator": "Table 1"}]);
    let sale = |key, from: &Json, to: &Json| became("arms-sales", key, from.clone(), to.clone());
    assert_eq!(sale("amount", &one, &two), (Corrected, true));
    assert_eq!(sale("amount", &one, &Json::Null), (Corrected, true));
    assert_eq!(sale("amount", &Json::Null, &one), (Extended, false));
    assert_eq!(sale("as_of", &json!("2021-05"), &json!("2021-05-01")), (Corrected, true));
    assert_eq!(sale("measure", &json!("active_cases"), &json!("deliveries")), (Corrected, true));
    assert_eq!(sale("note", &json!("a"), &json!("b")), (Reworded, false));
    assert_eq!(sale("note", &json!("a"), &Json::Null), (Reworded, false));
    assert_eq!(sale("note", &Json::Null, &json!("b")), (Extended, false));
    assert_eq!(sale("citations", &cited, &also), (Extended, false));
    assert_eq!(sale("citations", &cited, &again), (Corrected, false));
    assert_eq!(sale("citations", &cited, &other), (Corrected, true));
    assert_eq!(sale("citations", &also, &cited), (Corrected, true));
    let agreement =
        |from: &Json, to: &Json| became("agreements", "superseded_by", from.clone(), to.clone());
    assert_eq!(agreement(&Json::Null, &json!("xaa-status-2019")), (Superseded, true));
    assert_eq!(agreement(&json!("xaa-status-2019"), &Json::Null), (Corrected, true));
}
