//! The query of a list: which records, in which order and format.

use std::borrow::Cow;
use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;

use super::counted_rows::{CountedParams, CountedRows};
use super::negotiate::AnswerFormat;
use super::params::{ParsedParams, QueryParams};
use crate::dataset::{Dataset, Stored};
use crate::http::app::App;
use crate::http::app::links::LinkParams;
use crate::http::app::pinned::PinnedApp;
use crate::http::response::conditional::ETagKey;
use crate::http::response::problem::Problem;
use crate::model::{Collection, Vocabulary};
use crate::query::{BadParameter, Query};
use crate::render::csv::{CsvDialect, Delimiter};
use crate::render::{CitationFormat, Format};
use crate::words::Language;

/// The query of a list.
pub(crate) struct ListQuery<C: 'static> {
    /// The dataset that answers.
    pub(crate) dataset: Arc<Dataset>,
    /// Which records, in which order.
    pub(crate) query: Query<C>,
    /// How its rows say what a sum does with them.
    pub(crate) counted: CountedRows,
    /// In which format.
    pub(crate) format: Format,
    /// In which form it is cited, where a citation is asked for instead of the list.
    pub(crate) citation: Option<CitationFormat>,
    /// Whether the list is asked for as an archive.
    pub(crate) archive: bool,
    /// Whether the path names the format, as `/v1/partners.csv` does.
    named_by_path: bool,
    /// How CSV is written.
    pub(crate) dialect: CsvDialect,
    /// In which language a file says what codes stand for.
    pub(crate) language: Language,
    /// The parameters as links repeat them: without the page; with the format where the address names it.
    pub(crate) links: LinkParams,
    /// Identifies the representation.
    pub(crate) key: ETagKey,
}

impl<C: Stored> FromRequestParts<App> for ListQuery<C> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let app = PinnedApp::from_request_parts(parts, app).await?;
        let dataset = app.dataset();
        let Ok(mut params) = QueryParams::from_request_parts(parts, &app).await;
        let of_path = format_of_path::<C>(parts.uri.path());
        let archive = parts.uri.path() == archive_path(C::PATH);
        let (format, citation) = if archive {
            params.fixed_media(ARCHIVE_MEDIA);
            (Format::Csv, None)
        } else {
            match of_path {
                Some(format) => (params.fixed_format(format), None),
                None => params.format(&AnswerFormat::all(&Format::ALL)).split(),
            }
        };
        let bom = params.flag("bom");
        if bom && format != Format::Csv {
            let detail = "expected only with CSV: no other format has a byte-order mark";
            params.reject("bom", "true", detail);
        }
        let delimiter = params.choice::<Delimiter>("delimiter");
        if let Some(delimiter) = delimiter.filter(|_| format != Format::Csv) {
            let detail = "expected only with CSV: no other format has a delimiter";
            params.reject("delimiter", delimiter.word(), detail);
        }
        let language = params.choice::<Language>("lang");
        if let Some(language) = language.filter(|_| !has_labels(format)) {
            let detail =
                "expected only with CSV, XLSX and Parquet: JSON has every label in both languages";
            params.reject("lang", language.word(), detail);
        }
        let dialect = CsvDialect { bom, delimiter: delimiter.unwrap_or(Delimiter::Comma) };
        let language = language.unwrap_or(Language::En);
        for beside in ["facets", "stats", "include"].into_iter().filter(|_| format != Format::Json)
        {
            if let Some(value) = params.peek(beside).map(str::to_owned) {
                let detail = "expected only with format=json: no other format has a place for it";
                params.reject(beside, &value, detail);
            }
        }
        let counted = CountedParams::read::<C>(&mut params, &dataset);
        let query = params.query(C::table(&dataset), |_| true);
        let (mut query, ParsedParams { links, key, .. }) =
            params.finish_with(parts.uri.path(), query)?;
        let counted = counted.apply(&dataset, &mut query, format == Format::Json);
        let key = match format {
            Format::Xlsx | Format::Parquet => key.of_file(),
            _ if archive => key.of_file(),
            Format::Json | Format::Csv | Format::Ndjson => key,
        };
        same_release(&app, query.dataset.as_deref())?;
        let named_by_path = of_path.is_some();
        Ok(Self {
            dataset,
            query,
            counted,
            format,
            citation,
            archive,
            named_by_path,
            dialect,
            language,
            links,
            key,
        })
    }
}

impl<C: Collection> ListQuery<C> {
    /// The path that was requested.
    pub(crate) fn path(&self) -> Cow<'static, str> {
        match (self.archive, self.named_by_path) {
            (true, _) => archive_path(C::PATH).into(),
            (_, true) => file_path(C::PATH, self.format).into(),
            _ => C::PATH.into(),
        }
    }
}

/// The path of a list in one format: `/v1/partners.csv`.
pub(crate) fn file_path(list: &str, format: Format) -> String {
    format!("{list}.{}", format.extension())
}

/// The media type of an archive.
pub(crate) const ARCHIVE_MEDIA: &str = "application/zip";

/// The path of a list as an archive: `/v1/partners.zip`.
pub(crate) fn archive_path(list: &str) -> String {
    format!("{list}.zip")
}

/// Whether rows of the format end with labels.
fn has_labels(format: Format) -> bool {
    matches!(format, Format::Csv | Format::Xlsx | Format::Parquet)
}

/// The format that a path names by its ending.
fn format_of_path<C: Collection>(path: &str) -> Option<Format> {
    let extension = path.strip_prefix(C::PATH)?.strip_prefix('.')?;
    Format::ALL.into_iter().find(|format| format.extension() == extension)
}

/// Compares the digest that `dataset=` names with that of the release which answers.
///
/// # Errors
/// A problem that says to start again at the first page; where the request names a release itself, that the two are
/// not the same.
pub(crate) fn same_release(app: &PinnedApp, requested: Option<&str>) -> Result<(), Problem> {
    let digest = &app.dataset().release.digest;
    let Some(requested) = requested.filter(|requested| requested != digest) else { return Ok(()) };
    let requested: String = requested.chars().take(100).collect();
    if let Some(version) = app.version() {
        let detail = format!("expected the digest of release {version}, which `release` names");
        let mut bad = BadParameter::malformed("dataset", &requested, detail);
        bad.allowed = vec![digest.clone()];
        return Err(Problem::bad_parameter(bad));
    }
    Err(Problem::DatasetChanged { requested, served: digest.clone() })
}
