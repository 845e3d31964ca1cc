//! The query of a list: its parameters, parsed once, and the format of the response.

use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use percent_encoding::percent_decode_str;

use super::negotiate::negotiate;
use crate::dataset::Dataset;
use crate::http::app::App;
use crate::http::response::problem::Problem;
use crate::model::{Collection, Vocabulary};
use crate::query::{BadParameter, Query, Table};
use crate::render::Format;

/// The query of a list.
pub(crate) struct ListQuery<C: 'static> {
    /// The dataset that answers.
    pub(crate) dataset: Arc<Dataset>,
    /// Which records, in which order.
    pub(crate) question: Query<C>,
    /// In which format.
    pub(crate) format: Format,
    /// Whether CSV begins with a byte-order mark.
    pub(crate) bom: bool,
    /// Whether the format was named in the address, and belongs in its links.
    pub(crate) format_named: bool,
    /// The path of the list.
    pub(crate) path: &'static str,
}

/// Splits a query string into decoded pairs.
///
/// # Errors
/// Every pair that is not UTF-8.
pub(crate) fn pairs(query: Option<&str>) -> Result<Vec<(String, String)>, Vec<BadParameter>> {
    let mut bad = Vec::new();
    let mut pairs = Vec::new();
    let query = query.unwrap_or_default();
    for part in query.split('&').filter(|part| !part.is_empty()) {
        let (name, value) = part.split_once('=').unwrap_or((part, ""));
        let decode = |text: &str| {
            let spaced = text.replace('+', " ");
            percent_decode_str(&spaced).decode_utf8().map(String::from).map_err(|_| spaced.clone())
        };
        match (decode(name), decode(value)) {
            (Ok(name), Ok(value)) => pairs.push((name, value)),
            (name, value) => {
                let shown = |text: Result<String, String>| text.unwrap_or_else(|raw| raw);
                bad.push(BadParameter::malformed(
                    &shown(name),
                    &shown(value),
                    "expected UTF-8 behind the percent signs",
                ));
            }
        }
    }
    if bad.is_empty() { Ok(pairs) } else { Err(bad) }
}

/// Takes one parameter that may stand once out of the pairs.
pub(crate) fn take(
    pairs: &mut Vec<(String, String)>,
    name: &str,
    bad: &mut Vec<BadParameter>,
) -> Option<String> {
    let mut found = None;
    pairs.retain(|(known, value)| {
        if known != name {
            return true;
        }
        match &found {
            None => found = Some(value.clone()),
            Some(_) => bad.push(BadParameter::repeated(name, value)),
        }
        false
    });
    found
}

fn format(pairs: &mut Vec<(String, String)>, bad: &mut Vec<BadParameter>) -> Option<Format> {
    let word = take(pairs, "format", bad)?;
    let format = Format::from_word(&word);
    if format.is_none() {
        bad.push(BadParameter::not_one_of("format", &word, Format::WORDS.iter().copied()));
    }
    format
}

impl<C: Collection> FromRequestParts<App> for ListQuery<C>
where
    Dataset: AsRef<Table<C>>,
{
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let dataset = app.dataset();
        let mut pairs = pairs(parts.uri.query()).map_err(Problem::BadParameters)?;
        let mut bad = Vec::new();
        let named = format(&mut pairs, &mut bad);
        let bom = take(&mut pairs, "bom", &mut bad);
        let table: &Table<C> = (*dataset).as_ref();
        let question = Query::parse(&pairs, table, &["format", "bom"]);
        let formats = Format::ALL.map(Format::media_type);
        let format = match named {
            Some(format) => format,
            None => negotiate(&parts.headers, &formats)
                .and_then(|media| {
                    Format::ALL.into_iter().find(|format| format.media_type() == media)
                })
                .ok_or_else(|| Problem::NotAcceptable { offered: formats.to_vec() })?,
        };
        match bom.as_deref() {
            None | Some("false") => {}
            Some("true") if format == Format::Csv => {}
            Some("true") => {
                let detail = "expected only with format=csv: no other format has a byte-order mark";
                bad.push(BadParameter::malformed(
                    "bom",
                    bom.as_deref().unwrap_or_default(),
                    detail,
                ));
            }
            other => {
                let value = other.unwrap_or_default();
                bad.push(BadParameter::not_one_of("bom", value, ["true", "false"].into_iter()));
            }
        }
        if format != Format::Json
            && let Some((name, value)) = pairs.iter().find(|(name, _)| name == "facets")
        {
            let detail = "expected only with format=json: no other format has a place for counts";
            bad.push(BadParameter::malformed(name, value, detail));
        }
        match question {
            Ok(question) if bad.is_empty() => Ok(Self {
                dataset,
                question,
                format,
                bom: bom.as_deref() == Some("true"),
                format_named: named.is_some(),
                path: C::PATH,
            }),
            Ok(_) => Err(Problem::BadParameters(bad)),
            Err(faults) => Err(Problem::BadParameters([faults, bad].concat())),
        }
    }
}

impl<C: Collection> ListQuery<C> {
    /// The dataset, unless `dataset=` names another.
    ///
    /// # Errors
    /// A problem that says to start again at the first page.
    pub(crate) fn pinned(&self) -> Result<&Dataset, Problem> {
        same_release(&self.dataset, self.question.dataset.as_deref())?;
        Ok(&self.dataset)
    }

    /// The parameters without the page, as links repeat them.
    pub(crate) fn link_params(&self) -> Vec<(&str, &str)> {
        let bom = self.bom.then_some(("bom", "true"));
        let format = self.format_named.then(|| ("format", self.format.word()));
        self.question.canonical_pairs().chain(format).chain(bom).collect()
    }

    /// Everything that the response depends on beside the release.
    pub(crate) fn cache_key(&self) -> String {
        let Query { limit, offset, .. } = &self.question;
        let (path, format, bom) = (&self.path, self.format.word(), self.bom);
        let params = self.link_params();
        format!("{path} {format} {bom} {limit:?} {offset} {params:?}")
    }
}

/// Compares the digest that `dataset=` names with the one that is served.
///
/// # Errors
/// A problem that says to start again at the first page.
pub(crate) fn same_release(dataset: &Dataset, requested: Option<&str>) -> Result<(), Problem> {
    let served = &dataset.release.digest;
    match requested {
        Some(requested) if requested != served => Err(Problem::DatasetChanged {
            requested: requested.chars().take(100).collect(),
            served: served.clone(),
        }),
        _ => Ok(()),
    }
}

/// A request that takes no parameters but `format`, and that only as JSON.
pub(crate) struct Plain {
    /// The dataset that answers.
    pub(crate) dataset: Arc<Dataset>,
}

impl FromRequestParts<App> for Plain {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let mut pairs = pairs(parts.uri.query()).map_err(Problem::BadParameters)?;
        let mut bad = Vec::new();
        let json = take(&mut pairs, "format", &mut bad);
        if let Some(word) = json.as_deref().filter(|word| *word != "json") {
            bad.push(BadParameter::not_one_of("format", word, ["json"].into_iter()));
        }
        let names = pairs.iter().map(|(name, _)| name);
        bad.extend(names.map(|name| BadParameter::unknown(name, ["format"].into_iter())));
        if !bad.is_empty() {
            return Err(Problem::BadParameters(bad));
        }
        let offered = ["application/json"];
        if json.is_none() && negotiate(&parts.headers, &offered).is_none() {
            return Err(Problem::NotAcceptable { offered: offered.to_vec() });
        }
        Ok(Self { dataset: app.dataset() })
    }
}

/// A request that takes no parameters at all.
pub(crate) struct Bare;

impl<S: Sync> FromRequestParts<S> for Bare {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let pairs = pairs(parts.uri.query()).map_err(Problem::BadParameters)?;
        let names = pairs.iter().map(|(name, _)| name);
        let bad: Vec<_> =
            names.map(|name| BadParameter::unknown(name, std::iter::empty())).collect();
        if bad.is_empty() { Ok(Self) } else { Err(Problem::BadParameters(bad)) }
    }
}
