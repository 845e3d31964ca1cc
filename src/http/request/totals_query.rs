//! The query of totals: the list's own filters, and how to group, prefer and spread.

use std::sync::Arc;

use axum::http::HeaderMap;

use super::list_query::{pairs, take};
use super::negotiate::negotiate;
use crate::dataset::Dataset;
use crate::http::app::links::Links;
use crate::http::response::problem::Problem;
use crate::model::{Collection, Vocabulary};
use crate::query::{BadParameter, Query, Table, split_list};
use crate::sums::{Prefer, Spread, Window};
use serde::Serialize;
use utoipa::ToSchema;

/// A collection whose figures can be added.
pub(crate) trait Summed: Collection
where
    Dataset: AsRef<Table<Self>>,
{
    /// What they may be grouped by.
    const GROUP_BY: &'static [&'static str];
    /// Whether a figure of several years may be divided over them; a number of people may not.
    const SPREADS: bool;
    /// What is added, for the OpenAPI document.
    const WHAT: &'static str;
    /// A question whose answer shows the rule at work, for the OpenAPI document.
    const EXAMPLE: &'static str;
    /// The answer.
    type Answer: Serialize + ToSchema;

    /// Adds up what the query selects.
    fn answer(query: &TotalsQuery<Self>, links: &Links) -> Self::Answer;

    /// Writes one line a figure, so that anyone can add it up again.
    fn ledger(query: &TotalsQuery<Self>) -> Vec<u8>;
}

/// The query of totals.
pub(crate) struct TotalsQuery<C: 'static> {
    /// The dataset that answers.
    pub(crate) dataset: Arc<Dataset>,
    /// Which figures.
    pub(crate) question: Query<C>,
    /// What they are grouped by.
    pub(crate) group_by: Vec<String>,
    /// Which of overlapping figures stand.
    pub(crate) prefer: Prefer,
    /// Whether figures of several years are divided over them.
    pub(crate) spread: Spread,
    /// Whether the answer is the table of figures.
    pub(crate) csv: bool,
    /// The parameters that are not the list's, as links repeat them.
    own: Vec<(&'static str, String)>,
}

impl<C: Summed> TotalsQuery<C>
where
    Dataset: AsRef<Table<C>>,
{
    /// Parses a request.
    ///
    /// # Errors
    /// A problem that names every parameter at fault.
    pub(crate) fn parse(
        dataset: &Arc<Dataset>,
        query: Option<&str>,
        headers: &HeaderMap,
    ) -> Result<Self, Problem> {
        let table: &Table<C> = (**dataset).as_ref();
        let mut pairs = pairs(query).map_err(Problem::BadParameters)?;
        let mut bad = Vec::new();
        let mut own = Vec::new();
        let group_by = group_by(&mut pairs, C::GROUP_BY, &mut own, &mut bad);
        let prefer = word::<Prefer>("prefer", &mut pairs, &mut own, &mut bad);
        let spread = if C::SPREADS {
            word::<Spread>("spread", &mut pairs, &mut own, &mut bad)
        } else {
            None
        };
        let format = take(&mut pairs, "format", &mut bad);
        let offered = ["application/json", "text/csv"];
        let csv = match format.as_deref() {
            Some("csv") => true,
            Some("json") => false,
            Some(other) => {
                bad.push(BadParameter::not_one_of("format", other, ["json", "csv"].into_iter()));
                false
            }
            None => {
                let media = negotiate(headers, &offered);
                media.ok_or_else(|| Problem::NotAcceptable { offered: offered.to_vec() })?
                    == "text/csv"
            }
        };
        let names = ["group_by", "prefer", "spread", "format"];
        let ours = names.into_iter().filter(|name| C::SPREADS || *name != "spread");
        let filters = table.parameters().iter().filter(|known| known.role.filters());
        let known = filters.map(|known| known.name.as_str()).chain(ours);
        pairs.retain(|(name, _)| {
            let is_known = known.clone().any(|known| known == name);
            if !is_known {
                bad.push(BadParameter::unknown(name, known.clone()));
            }
            is_known
        });
        match Query::parse(&pairs, table, &[]) {
            Ok(question) if bad.is_empty() => Ok(Self {
                question,
                group_by,
                prefer: prefer.unwrap_or(Prefer::Broad),
                spread: spread.unwrap_or(Spread::None),
                csv,
                own,
                dataset: Arc::clone(dataset),
            }),
            Ok(_) => Err(Problem::BadParameters(bad)),
            Err(faults) => Err(Problem::BadParameters([faults, bad].concat())),
        }
    }

    /// The rows of the figures that the filters find.
    pub(crate) fn rows(&self) -> Vec<u32> {
        let table: &Table<C> = (*self.dataset).as_ref();
        table.select(&self.question).rows()
    }
}

impl<C: Collection> TotalsQuery<C> {
    /// The fiscal years asked for.
    pub(crate) fn window(&self) -> Window {
        let (from, to) = self.question.fiscal_years();
        Window { from, to }
    }

    /// The parameters as links repeat them, without the format.
    pub(crate) fn link_params(&self) -> Vec<(&str, &str)> {
        let own = self.own.iter().map(|(name, value)| (*name, value.as_str()));
        self.question.canonical_pairs().chain(own).collect()
    }

    /// Everything that the response depends on beside the release.
    pub(crate) fn cache_key(&self) -> String {
        format!("{}/totals {} {:?}", C::PATH, self.csv, self.link_params())
    }
}

fn group_by(
    pairs: &mut Vec<(String, String)>,
    allowed: &[&'static str],
    own: &mut Vec<(&'static str, String)>,
    bad: &mut Vec<BadParameter>,
) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for (name, value) in pairs.extract_if(.., |(name, _)| name == "group_by") {
        for word in split_list(&value) {
            if !allowed.contains(&word.as_str()) {
                bad.push(BadParameter::not_one_of(&name, &word, allowed.iter().copied()));
            } else if !words.contains(&word) {
                words.push(word);
            }
        }
    }
    if !words.is_empty() {
        own.push(("group_by", words.join(",")));
    }
    words
}

fn word<V: Vocabulary>(
    name: &'static str,
    pairs: &mut Vec<(String, String)>,
    own: &mut Vec<(&'static str, String)>,
    bad: &mut Vec<BadParameter>,
) -> Option<V> {
    let text = take(pairs, name, bad)?;
    let value = V::from_word(&text);
    match value {
        Some(_) => own.push((name, text)),
        None => bad.push(BadParameter::not_one_of(name, &text, V::WORDS.iter().copied())),
    }
    value
}
