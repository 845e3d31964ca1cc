//! Citations of records and lists.

use axum::response::Response;

use crate::dataset::{Dataset, Stored};
use crate::http::app::links::Links;
use crate::http::app::pinned::PinnedApp;
use crate::http::request::list_query::ListQuery;
use crate::http::request::question_words;
use crate::http::response::blocking::run_blocking;
use crate::http::response::citation::{CitedPart, citation, work};
use crate::http::response::item_words::heading_of;
use crate::http::response::link_header;
use crate::http::response::problem::Problem;
use crate::model::Collection;
use crate::query::cited;
use crate::render::{CitationFormat, CitedWork};
use crate::words::Language;

/// A record, cited.
pub(crate) fn cite_record<C: Stored>(
    dataset: &Dataset,
    links: &Links,
    id: &str,
    form: CitationFormat,
) -> Response {
    citation(&record_work::<C>(dataset, links, id), form, &format!("{}-{id}", C::NAME))
}

/// The work that a record is.
pub(crate) fn record_work<C: Stored>(dataset: &Dataset, links: &Links, id: &str) -> CitedWork {
    let record = C::table(dataset).get(id);
    let part = CitedPart {
        title: record
            .map(|record| heading_of(dataset, &dataset.statement_of(record), Language::En))
            .unwrap_or_default(),
        part: format!("record {}/{id}", C::NAME),
        address: links.cited_record(C::NAME, id, dataset.release.version.as_str()),
        sources: sources_of(record),
    };
    work(dataset, links, part)
}

/// The work that the whole dataset is.
pub(crate) fn dataset_work(dataset: &Dataset, links: &Links) -> CitedWork {
    let part = CitedPart {
        title: "The whole dataset".to_owned(),
        part: "dataset".to_owned(),
        address: links.cited("/v1/dataset", [], dataset.release.version.as_str()),
        sources: std::collections::BTreeSet::new(),
    };
    work(dataset, links, part)
}

/// The sources of a record; a source is its own.
fn sources_of<C: Collection>(record: Option<&C>) -> std::collections::BTreeSet<&str> {
    let own = record.filter(|_| !C::CITES).map(C::id);
    let citations = record.map(C::citations).unwrap_or_default();
    citations.iter().map(|citation| citation.source.as_str()).chain(own).collect()
}

/// A list, cited: all that answers the question, whatever page was asked for.
pub(crate) async fn cite_list<C: Stored>(
    app: &PinnedApp,
    list: ListQuery<C>,
    form: CitationFormat,
) -> Result<Response, Problem> {
    let app = app.clone();
    let make = move || {
        let release = &list.dataset.release;
        let work = list_work(&list, app.links());
        let mut response = citation(&work, form, C::NAME);
        let cite_as = cited_address(&list, app.links());
        link_header::of_answer(&mut response, app.links(), release, &cite_as);
        response
    };
    run_blocking(make).await
}

/// The work that a list is.
pub(crate) fn list_work<C: Stored>(list: &ListQuery<C>, links: &Links) -> CitedWork {
    let table = C::table(&list.dataset);
    let rows = table.select(&list.query).rows();
    let sources = if C::CITES {
        cited(table, &rows)
    } else {
        rows.iter().map(|row| table.record(*row).id()).collect()
    };
    let records =
        if rows.len() == 1 { "1 record".to_owned() } else { format!("{} records", rows.len()) };
    let question = question_words::in_words::<C>(&list.dataset, list.links.iter());
    let part = CitedPart {
        title: format!("{question}: {records}"),
        part: format!("list {}", Links::question(C::PATH, list.links.iter())),
        address: cited_address(list, links),
        sources,
    };
    work(&list.dataset, links, part)
}

fn cited_address<C: Stored>(list: &ListQuery<C>, links: &Links) -> String {
    links.cited(C::PATH, list.links.iter(), list.dataset.release.version.as_str())
}
