//! Whole tables in flat formats: CSV and NDJSON as streams, XLSX and Parquet as files.

pub(crate) mod archive;

use std::convert::Infallible;
use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::response::Response;
use futures_util::stream;

use crate::dataset::Stored;
use crate::export::{about, row_context};
use crate::http::app::links::{Links, PagePosition};
use crate::http::app::pinned::PinnedApp;
use crate::http::request::list_query::ListQuery;
use crate::http::response::blocking::run_blocking;
use crate::http::response::file::file;
use crate::http::response::link_header;
use crate::http::response::problem::Problem;
use crate::model::{FieldValue, Vocabulary};
use crate::query::{BadParameter, Query, Selection, cited};
use crate::render::{
    About, Compute, FlatColumn, Format, RowCounts, columns, csv, ndjson, parquet, xlsx,
};

/// How many records are rendered at a time, so that a whole table never stands in memory as text, and a client that
/// does not read holds no more than about 100 KB of it.
const CHUNK: usize = 128;

/// Answers every record that the query finds, or a page where it gives a limit.
pub(crate) async fn answer<C: Stored>(
    app: &PinnedApp,
    list: ListQuery<C>,
) -> Result<Response, Problem> {
    let selection = C::table(&list.dataset).select(&list.query);
    let total = selection.total();
    let (limit, offset) = (list.query.limit, list.query.offset);
    let rows = rows_of(&list.query, &selection);
    if list.format == Format::Xlsx {
        fits_worksheet(rows.len())?;
    }

    let dataset = Arc::clone(&list.dataset);
    let release = &dataset.release;
    let (format, params) = (list.format, list.links.clone());
    let path = list.path();
    let address = app.links().query(&path, params.iter());
    let body = match format {
        Format::Json | Format::Csv | Format::Ndjson => {
            let links = app.links().clone();
            let decided = list.counted.is_decided(&list.query);
            let make = move || streamed(list, rows, &links);
            if decided { run_blocking(make).await? } else { make() }
        }
        Format::Xlsx | Format::Parquet => {
            let about = about(release);
            let links = app.links().clone();
            let make = move || whole(&list, &rows, &about, &address, &links);
            Body::from(run_blocking(make).await??)
        }
    };
    let name = format!("{}-{}.{}", C::NAME, release.version, format.extension());
    let mut response = file(body, format.content_type(), &name);
    // Without a limit the list is sent whole: one page, be it empty.
    let size = limit.map_or(total.max(1), u64::from);
    let (digest, version) = (&release.digest, release.version.as_str());
    let position = PagePosition { path: &path, total, limit, size, offset, digest, version };
    let links = app.links().page(position, &params);
    link_header::of_list(&mut response, app.links(), release, C::PATH, &links, &params);
    Ok(response)
}

/// The rows that a file holds: all that match, or a page where the query gives a limit.
fn rows_of<C: Stored>(query: &Query<C>, selection: &Selection<'_, C>) -> Vec<u32> {
    let most = query.limit.map_or(usize::MAX, |limit| limit as usize);
    selection.rows().into_iter().skip(query.offset as usize).take(most).collect()
}

/// Refuses more records than a worksheet holds, before anything is rendered.
fn fits_worksheet(records: usize) -> Result<(), Problem> {
    if records <= xlsx::MOST_ROWS {
        return Ok(());
    }
    let detail = format!(
        "{records} records match, but a worksheet holds at most {}; ask for `csv` or `parquet`, for fewer records, \
         or for a page by `limit`",
        xlsx::MOST_ROWS
    );
    let mut bad = BadParameter::malformed("format", Format::Xlsx.word(), detail);
    bad.allowed = [Format::Csv, Format::Parquet].map(|format| format.word().to_owned()).to_vec();
    Err(Problem::bad_parameter(bad))
}

/// The columns of a file: those of some keys alone, or all with what a row needs to stand alone.
fn file_columns<C: Stored>(
    list: &ListQuery<C>,
    counts: Option<&Arc<RowCounts>>,
    links: &Links,
) -> Vec<FlatColumn> {
    let keys = list.query.keys.as_deref();
    let mut columns = columns::<C>(keys);
    columns.extend(counts.into_iter().flat_map(|counts| counts.columns(keys)));
    if keys.is_none() {
        let table = C::table(&list.dataset);
        let links = links.clone();
        let url: Compute = Arc::new(move |table, row| {
            FieldValue::Text(links.record(table.name(), table.id(row)).into())
        });
        columns.extend(row_context(table, &list.dataset, url, list.language));
    }
    columns
}

fn streamed<C: Stored>(list: ListQuery<C>, rows: Vec<u32>, links: &Links) -> Body {
    let parts = streamed_parts(list, rows, links);
    Body::from_stream(stream::iter(parts.map(|bytes| Ok::<_, Infallible>(Bytes::from(bytes)))))
}

/// A file part by part, the header first.
fn streamed_parts<C: Stored>(
    list: ListQuery<C>,
    rows: Vec<u32>,
    links: &Links,
) -> impl Iterator<Item = Vec<u8>> + Send + 'static {
    // A sum is made where the file holds all that matches, and only there.
    let counts = list.counted.count(&list.dataset, &list.query, || rows.clone()).map(Arc::new);
    let columns = file_columns(&list, counts.as_ref(), links);
    let head = match list.format {
        Format::Csv => csv::header(&columns, list.dialect),
        _ => Vec::new(),
    };
    let chunks = rows.len().div_ceil(CHUNK);
    let chunk = move |number: usize| {
        let table = C::table(&list.dataset);
        let from = number * CHUNK;
        let rows = &rows[from..rows.len().min(from + CHUNK)];
        match list.format {
            Format::Csv => csv::rows(table, rows, &columns, list.dialect),
            _ => ndjson::rows(table, rows, list.query.keys.as_deref(), counts.as_deref()),
        }
    };
    std::iter::once(head).filter(|head| !head.is_empty()).chain((0..chunks).map(chunk))
}

fn whole<C: Stored>(
    list: &ListQuery<C>,
    rows: &[u32],
    about: &About,
    address: &str,
    links: &Links,
) -> Result<Vec<u8>, Problem> {
    let table = C::table(&list.dataset);
    let counts = list.counted.count(&list.dataset, &list.query, || rows.to_vec()).map(Arc::new);
    let columns = file_columns(list, counts.as_ref(), links);
    let bytes = if list.format == Format::Parquet {
        parquet::file(table, rows, &columns, about)
    } else {
        let sources = list.dataset.bibliography(&cited(table, rows));
        let counts = counts.as_deref();
        xlsx::workbook(table, rows, &columns, &sources, counts, about, address)
    };
    bytes.map_err(Problem::internal)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_records_than_a_worksheet_holds_are_refused_with_the_formats_that_hold_them() {
        assert!(fits_worksheet(1_048_575).is_ok());
        match fits_worksheet(1_048_576) {
            Err(Problem::BadParameters(bad)) => {
                let bad = bad.reported();
                assert_eq!(bad[0].parameter, "format");
                assert_eq!(bad[0].value.as_deref(), Some("xlsx"));
                assert_eq!(bad[0].allowed, ["csv", "parquet"]);
                assert!(bad[0].detail.contains("1048576"), "{}", bad[0].detail);
            }
            other => panic!("not refused: {other:?}"),
        }
    }
}
