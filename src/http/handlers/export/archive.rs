//! The answer of a list as an archive: what a journalist files with the story.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use axum::response::Response;
use serde_json::{Value as Json, json};

use super::{rows_of, streamed_parts};
use crate::dataset::{Dataset, Stored};
use crate::export::about;
use crate::http::app::links::Links;
use crate::http::app::pinned::PinnedApp;
use crate::http::handlers::citing::list_work;
use crate::http::request::list_query::{ARCHIVE_MEDIA, ListQuery};
use crate::http::response::blocking::run_blocking;
use crate::http::response::file::file;
use crate::http::response::link_header;
use crate::http::response::problem::Problem;
use crate::model::{Collection, FieldValue};
use crate::query::AnyTable;
use crate::render::package::{PackageFile, csv_table, zip};
use crate::render::{ArchiveReadme, CitationFormat, CitedWork, Doubt, cite};

/// The records of the question as CSV, a README with method and doubts, the sources, the citation, and the question.
pub(crate) async fn answer<C: Stored>(
    app: &PinnedApp,
    list: ListQuery<C>,
) -> Result<Response, Problem> {
    let dataset = Arc::clone(&list.dataset);
    let (links, params) = (app.links().clone(), list.links.clone());
    let released = dataset.release.released.to_string();
    let make = move || zip(&files(list, &links), &released);
    let bytes = run_blocking(make).await?.map_err(Problem::internal)?;
    let name = format!("{}-{}.zip", C::NAME, dataset.release.version);
    let mut response = file(bytes, ARCHIVE_MEDIA, &name);
    let cite_as = app.links().cited(C::PATH, params.iter(), dataset.release.version.as_str());
    link_header::of_answer(&mut response, app.links(), &dataset.release, &cite_as);
    Ok(response)
}

fn files<C: Stored>(list: ListQuery<C>, links: &Links) -> Vec<PackageFile> {
    let dataset = Arc::clone(&list.dataset);
    let table = C::table(&dataset);
    let rows = rows_of(&list.query, &table.select(&list.query));
    let asked = Asked {
        dataset: &dataset,
        table,
        rows: &rows,
        work: list_work(&list, links),
        address: links.query(&list.path(), list.links.iter()),
        cite_as: links.cited(C::PATH, list.links.iter(), dataset.release.version.as_str()),
        parameters: json!(list.links.iter().collect::<BTreeMap<_, _>>()),
    };
    let mut files = asked.files();
    let csv = streamed_parts(list, rows, links).collect::<Vec<_>>().concat();
    files.push((format!("{}.csv", C::NAME), csv));
    files
}

/// A question, with the rows that answer it.
struct Asked<'l> {
    dataset: &'l Dataset,
    table: &'l dyn AnyTable,
    rows: &'l [u32],
    work: CitedWork,
    address: String,
    cite_as: String,
    parameters: Json,
}

impl Asked<'_> {
    /// What stands beside the records.
    fn files(&self) -> Vec<PackageFile> {
        let Self { dataset, table, rows, work, .. } = self;
        let question = json!({
            "title": work.title,
            "address": self.address,
            "cite_as": self.cite_as,
            "collection": table.name(),
            "parameters": self.parameters,
            "records": rows.len(),
            "dataset": {"version": work.version, "digest": work.digest},
        });
        let readme = ArchiveReadme {
            about: &about(&dataset.release),
            title: &work.title,
            collection: table.name(),
            contents: table.about().en,
            records: rows.len(),
            citation: cite(work, CitationFormat::Apa),
            has_sources: table.cites(),
            doubts: self.doubts(),
        };
        let mut files = vec![
            ("README.md".to_owned(), readme.write().into_bytes()),
            ("question.json".to_owned(), format!("{question:#}\n").into_bytes()),
            ("citation.txt".to_owned(), cite(work, CitationFormat::Apa).into_bytes()),
            ("citation.bib".to_owned(), cite(work, CitationFormat::Bibtex).into_bytes()),
            ("citation.ris".to_owned(), cite(work, CitationFormat::Ris).into_bytes()),
            ("citation.csl.json".to_owned(), cite(work, CitationFormat::Csl).into_bytes()),
        ];
        if table.cites() {
            let citations = rows.iter().flat_map(|row| table.citations(*row));
            let ids: BTreeSet<&str> = citations.map(|citation| citation.source.as_str()).collect();
            let every = (0..).zip(dataset.sources.records());
            let cited = every.filter(|(_, source)| ids.contains(source.id()));
            let sources: Vec<u32> = cited.map(|(row, _)| row).collect();
            files.push(("sources.csv".to_owned(), csv_table(&dataset.sources, &sources)));
        }
        files
    }

    /// The place of a field in the table of fields; none where the collection has no such field.
    fn place(&self, field: &str) -> Option<usize> {
        self.table.fields().iter().position(|known| known.name == field)
    }

    fn is_missing(&self, row: u32, place: usize) -> bool {
        self.table.value(row, place) == FieldValue::Missing
    }

    /// What a reader of these records has to know before printing one, each with how many of them it is true of.
    fn doubts(&self) -> Vec<Doubt> {
        let Self { dataset, table, rows, .. } = self;
        let mut doubts = Vec::new();
        for name in ["amount_qualifier", "personnel_qualifier", "stage", "measure", "confidence"] {
            let Some(place) = self.place(name) else { continue };
            let mut counts: BTreeMap<String, usize> = BTreeMap::new();
            for row in *rows {
                let value = table.value(*row, place);
                if value != FieldValue::Missing {
                    *counts.entry(value.to_string()).or_default() += 1;
                }
            }
            let kind = table.fields()[place].kind;
            doubts.extend(
                counts.into_iter().map(|(code, count)| Doubt::code(kind, name, &code, count)),
            );
        }
        let missing = |name: &str| {
            let place = self.place(name)?;
            Some(rows.iter().filter(|row| self.is_missing(**row, place)).count())
        };
        let open = self.place("period_from").zip(self.place("period_to")).map(|(from, to)| {
            let is_open = |row: &&u32| !self.is_missing(**row, from) && self.is_missing(**row, to);
            rows.iter().filter(is_open).count()
        });
        let present = |name: &str| missing(name).map(|missing| rows.len() - missing);
        for (said, count) in [
            ("no source values it: the amount is empty, which is not zero", missing("amount_usd")),
            (
                "no source counts the people: the number is empty, which is not zero",
                missing("personnel"),
            ),
            ("the source does not state when its years end", open),
            ("a newer edition is on record (`superseded_by`)", present("superseded_by")),
            ("it has a note that belongs beside it (`note`)", present("note")),
        ] {
            doubts.extend(count.filter(|count| *count > 0).map(|count| Doubt::count(said, count)));
        }
        let ids: BTreeSet<&str> = rows.iter().map(|row| table.id(*row)).collect();
        for conflict in dataset.conflicts.records() {
            let concerned = conflict.references().iter().filter(|record| {
                record.collection.as_str() == table.name() && ids.contains(record.id.as_str())
            });
            let concerned: Vec<&str> = concerned.map(|record| record.id.as_str()).collect();
            if !concerned.is_empty() {
                let said = format!(
                    "Sources disagree, `conflicts/{}`: {}",
                    conflict.id(),
                    conflict.title()
                );
                doubts.push(Doubt::about(&said, &concerned));
            }
        }
        for set in &dataset.release.extents {
            if set.collection.as_str() == table.name() {
                let kind = set.kind.as_ref().map_or("all kinds", |kind| kind.as_str());
                let partner = set.partner.as_ref().map_or("all partners", |code| code.as_str());
                let said = format!(
                    "Of {kind}, {partner}, on record is: {}. {}",
                    extent_word(set),
                    set.note
                );
                doubts.push(Doubt::about(&said, &[]));
            }
        }
        doubts
    }
}

fn extent_word(set: &crate::dataset::SetExtent) -> &'static str {
    crate::model::Vocabulary::entry(set.extent).label.en
}
