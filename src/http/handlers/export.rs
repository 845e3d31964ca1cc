//! Whole tables in flat formats: CSV and NDJSON as streams, XLSX and Parquet as files.

use std::convert::Infallible;

use axum::body::{Body, Bytes};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use futures_util::stream;

use crate::dataset::{Dataset, Release};
use crate::http::app::App;
use crate::http::app::links::PagePosition;
use crate::http::request::list_query::ListQuery;
use crate::http::response::blocking::run_blocking;
use crate::http::response::link_header;
use crate::http::response::problem::Problem;
use crate::model::{Collection, Vocabulary};
use crate::query::{BadParameter, Table, cited};
use crate::render::{About, Format, columns, csv, ndjson, parquet, xlsx};

/// How many records are rendered at a time, so that a whole table never stands in memory as text.
const CHUNK: usize = 512;

/// Answers every record that the question finds, or a page where it gives a limit.
pub(crate) async fn answer<C: Collection>(
    app: &App,
    query: ListQuery<C>,
) -> Result<Response, Problem>
where
    Dataset: AsRef<Table<C>>,
{
    let table: &Table<C> = (*query.dataset).as_ref();
    let selection = table.select(&query.question);
    let total = selection.total();
    let limit = query.question.limit.map_or(usize::MAX, |limit| limit as usize);
    let skip = query.question.offset as usize;
    let rows: Vec<u32> = selection.rows().into_iter().skip(skip).take(limit).collect();

    if query.format == Format::Xlsx {
        fits_worksheet(rows.len())?;
    }

    let release = query.dataset.release.clone();
    let (format, path) = (query.format, query.path);
    let (limit, offset) = (query.question.limit, query.question.offset);
    let link_params: Vec<(String, String)> =
        query.link_params().iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect();
    let link_params: Vec<(&str, &str)> =
        link_params.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let address = app.links().query(path, link_params.iter().copied());

    let body = match format {
        Format::Json | Format::Csv | Format::Ndjson => streamed(query, rows),
        Format::Xlsx | Format::Parquet => {
            let about = about(&release);
            Body::from(run_blocking(move || filed(&query, &rows, &about, &address)).await??)
        }
    };
    let mut response = body.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(format.content_type()));
    let file = format!("{}-{}.{}", C::NAME, release.version, format.extension());
    if let Ok(value) = HeaderValue::from_str(&format!("attachment; filename=\"{file}\"")) {
        headers.insert(header::CONTENT_DISPOSITION, value);
    }
    // Without a limit the list is sent whole: one page, be it empty.
    let size = limit.map_or(total.max(1), u64::from);
    let position = PagePosition { path, total, limit, size, offset, digest: &release.digest };
    let links = app.links().page(position, &link_params);
    link_header::of_list(&mut response, app.links(), &release, path, &links, &link_params);
    Ok(response)
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

/// What the files say of themselves.
pub(crate) fn about(release: &Release) -> About {
    About {
        title: release.title.to_string(),
        description: release.description.to_string(),
        version: release.version.to_string(),
        released: release.released.to_string(),
        digest: release.digest.clone(),
        licence_name: release.licence.name.to_string(),
        licence_title: release.licence.title.to_string(),
        licence_url: release.licence.url.to_string(),
        contact: release.contact.to_string(),
    }
}

fn streamed<C: Collection>(query: ListQuery<C>, rows: Vec<u32>) -> Body
where
    Dataset: AsRef<Table<C>>,
{
    let columns = columns::<C>(query.question.keys.as_deref());
    let head = match query.format {
        Format::Csv => csv::header(&columns, query.bom),
        _ => Vec::new(),
    };
    let chunks = rows.len().div_ceil(CHUNK);
    let chunk = move |number: usize| {
        let table: &Table<C> = (*query.dataset).as_ref();
        let from = number * CHUNK;
        let rows = &rows[from..rows.len().min(from + CHUNK)];
        match query.format {
            Format::Csv => csv::rows(table, rows, &columns),
            _ => ndjson::rows(table, rows, query.question.keys.as_deref()),
        }
    };
    let bytes = std::iter::once(head).filter(|head| !head.is_empty()).chain((0..chunks).map(chunk));
    Body::from_stream(stream::iter(bytes.map(|bytes| Ok::<_, Infallible>(Bytes::from(bytes)))))
}

fn filed<C: Collection>(
    query: &ListQuery<C>,
    rows: &[u32],
    about: &About,
    address: &str,
) -> Result<Vec<u8>, Problem>
where
    Dataset: AsRef<Table<C>>,
{
    let table: &Table<C> = (*query.dataset).as_ref();
    let columns = columns::<C>(query.question.keys.as_deref());
    let file = if query.format == Format::Parquet {
        parquet::file(table, rows, &columns, about)
    } else {
        let sources = query.dataset.bibliography(&cited(table, rows));
        xlsx::workbook(table, rows, &columns, &sources, about, address)
    };
    file.map_err(Problem::internal)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_records_than_a_worksheet_holds_are_refused_with_the_formats_that_hold_them() {
        assert!(fits_worksheet(1_048_575).is_ok());
        match fits_worksheet(1_048_576) {
            Err(Problem::BadParameters(bad)) => {
                assert_eq!(bad[0].parameter, "format");
                assert_eq!(bad[0].value.as_deref(), Some("xlsx"));
                assert_eq!(bad[0].allowed, ["csv", "parquet"]);
                assert!(bad[0].detail.contains("1048576"), "{}", bad[0].detail);
            }
            other => panic!("not refused: {other:?}"),
        }
    }
}
