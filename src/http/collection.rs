//! The two endpoints that every collection has: its list and its records.

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::response::Response;
use axum::routing::get;
use serde_json::{Map, Value as Json};
use utoipa_axum::router::OpenApiRouter;

use super::answer::{ItemLinks, ItemMeta, ItemTail, ListMeta, ListTail, Related, join, json};
use super::app::App;
use super::asked::{Asked, Plain};
use super::caching::{Conditions, Validators};
use super::describe;
use super::export;
use super::link_header;
use super::links::{Links, PageLinks, Place};
use super::problem::Problem;
use crate::dataset::Dataset;
use crate::model::Collection;
use crate::query::{Question, Table};
use crate::render::Format;
use crate::render::json::project;

/// The routes of one collection, described if there is a sample.
pub(super) fn routes<C: Collection>(sample: Option<&Dataset>) -> OpenApiRouter<App>
where
    Dataset: AsRef<Table<C>>,
{
    OpenApiRouter::new()
        .routes(describe::list::<C>(sample, get(list::<C>)))
        .routes(describe::read::<C>(sample, get(read::<C>)))
}

pub(super) async fn list<C: Collection>(
    State(app): State<App>,
    asked: Asked<C>,
    conditions: Conditions,
) -> Result<Response, Problem>
where
    Dataset: AsRef<Table<C>>,
{
    let release = &asked.pinned()?.release;
    let validators = Validators::of(&app, release, &asked.identity());
    if let Some(unchanged) = validators.unchanged(&conditions) {
        return Ok(unchanged);
    }
    let response = match asked.format {
        Format::Json => page(&app, &asked),
        _ => export::answer(&app, asked).await?,
    };
    Ok(validators.stamp(response))
}

async fn read<C: Collection>(
    State(app): State<App>,
    id: Result<Path<String>, PathRejection>,
    plain: Plain,
    conditions: Conditions,
) -> Result<Response, Problem>
where
    Dataset: AsRef<Table<C>>,
{
    let table: &Table<C> = (*plain.dataset).as_ref();
    let id = id.map(|Path(id)| id).unwrap_or_default();
    if table.get(&id).is_none() {
        return Err(Problem::no_such(table, &id));
    }
    let asked = format!("{}/{id}", C::PATH);
    let validators = Validators::of(&app, &plain.dataset.release, &asked);
    if let Some(unchanged) = validators.unchanged(&conditions) {
        return Ok(unchanged);
    }
    let mut response = json(item_body::<C>(&plain.dataset, app.links(), &id));
    link_header::of_record(&mut response, app.links(), &plain.dataset.release, C::NAME);
    Ok(validators.stamp(response))
}

/// One page of a list as JSON, with its links in the body and in the header.
fn page<C: Collection>(app: &App, asked: &Asked<C>) -> Response
where
    Dataset: AsRef<Table<C>>,
{
    let repeated = asked.repeated();
    let (body, links) = list_body(&asked.dataset, app.links(), &asked.question, &repeated);
    let mut response = json(body);
    if asked.question.keys.is_some() {
        describe::mark_sparse(&mut response);
    }
    let release = &asked.dataset.release;
    link_header::of_list(&mut response, app.links(), release, C::PATH, &links, &repeated);
    response
}

/// The body of a list and the links that it holds: what is asked of one dataset, whoever asks.
pub(super) fn list_body<C: Collection>(
    dataset: &Dataset,
    links: &Links,
    question: &Question<C>,
    repeated: &[(&str, &str)],
) -> (String, PageLinks)
where
    Dataset: AsRef<Table<C>>,
{
    let table: &Table<C> = dataset.as_ref();
    let selection = table.select(question);
    let page = selection.page(question);
    let mut data = String::from("[");
    for (position, row) in page.rows.iter().enumerate() {
        if position > 0 {
            data.push(',');
        }
        match &question.keys {
            Some(keys) => data.push_str(&project(table.json(*row), keys)),
            None => data.push_str(table.json(*row)),
        }
    }
    data.push(']');
    let facets = selection.facets(question);
    let counts = |(name, values): (&str, _)| {
        (name.to_owned(), serde_json::to_value(values).unwrap_or_default())
    };
    let place = Place {
        path: C::PATH,
        total: page.total,
        limit: question.limit,
        size: page.limit.into(),
        offset: page.offset,
        digest: &dataset.release.digest,
    };
    let links = links.page(place, repeated);
    let tail = ListTail {
        meta: ListMeta {
            total: page.total,
            limit: page.limit,
            offset: page.offset,
            dataset: (&dataset.release).into(),
        },
        facets: (!facets.is_empty())
            .then(|| facets.into_iter().map(counts).collect::<Map<String, Json>>()),
        links: &links,
    };
    let sources = dataset.bibliography(&page.cited(table));
    (join(&data, &sources, &tail), links)
}

/// The body of one record's answer.
pub(super) fn item_body<C: Collection>(dataset: &Dataset, links: &Links, id: &str) -> String
where
    Dataset: AsRef<Table<C>>,
{
    let table: &Table<C> = dataset.as_ref();
    let citations = table.get(id).map(C::citations).unwrap_or_default();
    let cited = citations.iter().map(|citation| citation.source.as_str()).collect();
    let tail = ItemTail {
        meta: ItemMeta { dataset: (&dataset.release).into() },
        links: ItemLinks {
            this: links.record(C::NAME, id),
            collection: links.path(C::PATH),
            related: related::<C>(dataset, links, id),
        },
    };
    join(table.json_of(id).unwrap_or("null"), &dataset.bibliography(&cited), &tail)
}

/// The records of any collection that name a record of this one.
pub(super) fn related<C: Collection>(dataset: &Dataset, links: &Links, id: &str) -> Vec<Related> {
    let mut related = Vec::new();
    for table in dataset.tables() {
        let path = format!("/v1/{}", table.name());
        let mut relate = |parameter: &str, count: u64| {
            if count > 0 {
                related.push(Related {
                    collection: table.name().to_owned(),
                    parameter: parameter.to_owned(),
                    count,
                    href: links.query(&path, [(parameter, id)]),
                });
            }
        };
        for field in table.fields() {
            if field.refers_to == Some(C::NAME) && field.uses.equals {
                relate(field.name, table.count_where(field.name, id));
            }
        }
        relate("records_id", table.count_naming(C::NAME, id));
    }
    related
}
