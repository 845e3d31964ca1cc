//! A collection for the tests of this layer, with every kind of column.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{About, AboutSet};
use crate::model::{
    Amount, Bilingual, Citation, Collection, Field, PartialDate, RecordId, Statement, Text, Year,
    column, fiscal_year_filter, optional,
};
use crate::query::{JsonRows, Table};

/// A record with every kind of value.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Sample {
    /// Stable identifier.
    id: RecordId,
    /// Some words.
    title: Text,
    /// Words, several.
    tags: Box<[Text]>,
    /// Years, several.
    years: Box<[Year]>,
    /// A count of people. Null when nobody counted.
    people: Option<u32>,
    /// Whether anybody counted.
    people_known: bool,
    /// A date.
    since: Option<PartialDate>,
    /// An amount. Null when there is none.
    amount: Option<Amount>,
    /// Another record.
    part_of: Option<RecordId>,
    /// Where it was published.
    citations: Box<[Citation]>,
}

impl Collection for Sample {
    const NAME: &'static str = "small-samples";
    const PATH: &'static str = "/v1/small-samples";
    const SINGULAR: &'static str = "small sample";
    const LABEL: Bilingual = Bilingual::new("small samples", "muestras pequeñas");
    const ABOUT: Bilingual = Bilingual::new("Records for tests.", "Registros para pruebas.");
    const FIELDS: &'static [&'static dyn Field<Self>] = &[
        &column("id", |sample: &Self| &sample.id),
        &column("title", |sample: &Self| &sample.title),
        &column("tags", |sample: &Self| &sample.tags),
        &column("years", |sample: &Self| &sample.years),
        &column("people", |sample: &Self| &sample.people),
        &column("people_known", |sample: &Self| &sample.people_known),
        &column("since", |sample: &Self| &sample.since),
        &fiscal_year_filter(|sample: &Self| sample.since.map(PartialDate::fiscal_years)),
        &optional("amount_usd", |sample: &Self| sample.amount.as_ref().map(Amount::usd)),
        &optional("amount_qualifier", |sample: &Self| {
            sample.amount.as_ref().map(Amount::qualifier)
        }),
        &optional("amount_rounded_to_usd", |sample: &Self| {
            sample.amount.as_ref()?.rounded_to_usd()
        }),
        &optional("amount_max_usd", |sample: &Self| sample.amount.as_ref()?.max_usd()),
        &column("part_of", |sample: &Self| &sample.part_of).refers_to("small-samples"),
    ];

    fn id(&self) -> &str {
        self.id.as_str()
    }

    fn title(&self) -> Cow<'_, str> {
        self.title.as_str().into()
    }

    fn statement(&self) -> Statement<'_> {
        Statement::titled(self.title.as_str())
    }

    fn citations(&self) -> &[Citation] {
        &self.citations
    }
}

/// Three records: a full one, one that a spreadsheet would run, one with as little as can be.
fn records() -> Vec<Sample> {
    let records = serde_json::json!([
        {
            "id": "a", "title": "Two words, \"quoted\"", "tags": ["one", "two; three"],
            "years": [2016, 2017], "people": 275, "people_known": true, "since": "2017-05",
            "amount": {"usd": 9_007_199_254_740_991_i64, "qualifier": "more_than", "rounded_to_usd": null},
            "part_of": "b", "citations": [{"source": "s-1", "locator": "p. 1"}],
        },
        {
            "id": "b", "title": "=HYPERLINK(\"x\")", "tags": ["@a", "b"], "years": [],
            "people": 0, "people_known": true, "since": null,
            "amount": {"usd": 5, "qualifier": "exact", "rounded_to_usd": 2},
            "part_of": null, "citations": [{"source": "s-1", "locator": "-1"}],
        },
        {
            "id": "c", "title": "Bogotá", "tags": [], "years": [2020], "people": null,
            "people_known": false, "since": "2012", "amount": null, "part_of": null,
            "citations": [],
        },
    ]);
    serde_json::from_value(records).expect("records")
}

/// A table of these records.
pub(super) fn table() -> Table<Sample> {
    Table::new(records(), Arc::new(BTreeMap::new()))
}

/// The same records, two of which have Spanish texts.
pub(super) fn spanish_table() -> Table<Sample> {
    let spanish = serde_json::json!([
        {"id": "a", "of": "-", "title": "Dos palabras", "summary": "=Un resumen"},
        {"id": "c", "of": "-", "title": "Bogotá", "summary": null},
    ]);
    let spanish = serde_json::from_value(spanish).expect("translations");
    let mut json = JsonRows::default();
    for record in records() {
        json.push(&record);
    }
    Table::with_json(records(), json, spanish, Arc::new(BTreeMap::new()))
}

/// A source as JSON, as records cite it.
pub(super) const SOURCE: &str = r#"{"id":"s-1","title":"A table","publisher":"An office","url":"https://example.org/t","published":"2020","kind":"official_us","note":null}"#;

/// A release.
pub(super) fn about() -> About {
    let text = str::to_owned;
    About {
        title: text("Some Récords, of tests"),
        description: text("What tests need."),
        version: text("1.2.3"),
        released: text("2026-11-23"),
        digest: text("0123456789abcdef"),
        licence_name: text("CC0-1.0"),
        licence_title: text("Creative Commons Zero v1.0 Universal"),
        licence_url: text("https://creativecommons.org/publicdomain/zero/1.0/"),
        contact: text("Open an issue."),
        extents: vec![AboutSet {
            collection: text("small-samples"),
            partner: Some(text("XAA")),
            kind: None,
            extent: "sample",
            note: text("Three of many."),
        }],
    }
}
