//! What the OpenAPI document says of a collection's endpoints: made of its table of fields and of the doc
//! comments of its record, so that nothing is described twice.

use axum::routing::{MethodRouter, get};
use serde_json::{Value as Json, json};
use utoipa_axum::router::{OpenApiRouter, UtoipaMethodRouter};

use super::any_collection::AnyCollection;
use super::charts;
use super::operation::{Operation, headers, reference, undescribed};
use super::parameters::{self, ListAddress};
use super::schemas::{Answer, item_schemas, list_schemas, sparse_schemas};
use crate::dataset::{Dataset, Stored};
use crate::http::app::App;
use crate::http::app::links::{LinkParams, Links};
use crate::http::handlers::collection::{list as list_handler, read as read_handler};
use crate::http::request::counted_rows::CountedParams;
use crate::http::request::list_query::{ARCHIVE_MEDIA, archive_path, file_path};
use crate::http::response::body::{BesideRows, item_body, list_body};
use crate::model::Vocabulary;
use crate::query::Query;
use crate::render::Format;

/// The routes of one collection, described if there is a sample.
pub(crate) fn routes<C: Stored>(sample: Option<&Dataset>) -> OpenApiRouter<App> {
    lists::<C>(sample).routes(item::<C>(sample, get(read_handler::<C>), ItemText::of::<C>))
}

/// The list of one collection: as a page, and in each format at an address of its own, and as a chart where its records are figures.
pub(crate) fn lists<C: Stored>(sample: Option<&Dataset>) -> OpenApiRouter<App> {
    let described = sample.map(|sample| DescribedList {
        collection: AnyCollection::of::<C>(sample),
        page: list_example::<C>(sample, &[]),
        sparse_page: list_example::<C>(sample, &[("fields", "id")]),
    });
    let described = described.as_ref();
    let chart = charts::list::<C>(described.map(|described| &described.collection));
    list_routes(C::PATH, described, &get(list_handler::<C>)).merge(chart)
}

/// What the document says of a list.
struct DescribedList<'d> {
    collection: AnyCollection<'d>,
    /// An example of a page.
    page: Json,
    /// One whose records have only their ids.
    sparse_page: Json,
}

fn list_routes(
    path: &str,
    described: Option<&DescribedList<'_>>,
    route: &MethodRouter<App>,
) -> OpenApiRouter<App> {
    let page = OpenApiRouter::new().routes(list(path, described, route.clone()));
    let files = Format::ALL
        .into_iter()
        .fold(page, |routes, format| routes.routes(file(path, format, described, route.clone())));
    files.routes(archive(path, described, route.clone()))
}

/// `GET /v1/{name}`.
fn list(
    path: &str,
    described: Option<&DescribedList<'_>>,
    route: MethodRouter<App>,
) -> UtoipaMethodRouter<App> {
    let Some(DescribedList { collection, page, .. }) = described else {
        return undescribed(path, route);
    };
    let operation = Operation {
        id: format!("list_{}", collection.in_ids()),
        tag: collection.table.name(),
        summary: format!("List {}", collection.in_words()),
        description: format!(
            "{}\n\nFilters are joined by *and*; the values of one filter by *or*. Ties of a sort are broken by `id`. \
             The answer is a page. Every format has an address of its own, such as `{}`; here, `format=` and `Accept` \
             choose one too, and `fields=` keeps some keys of each record. `format=apa`, `chicago`, `bibtex`, `ris`, `csl` and \
             `mediawiki` cite the list, pinned to this release.",
            collection.table.about().en,
            file_path(path, Format::Csv),
        ),
        parameters: parameters::of_list(collection, ListAddress::Page),
        success: json!({
            "description": "The records that answer.",
            "headers": headers(&OF_DATA),
            "content": {"application/json": {
                "schema": reference(&format!("{}List", collection.record)),
                "example": page,
            }},
        }),
    };
    operation.route(path, list_schemas(collection), route)
}

/// `GET /v1/{name}.{extension}`.
fn file(
    list: &str,
    format: Format,
    described: Option<&DescribedList<'_>>,
    route: MethodRouter<App>,
) -> UtoipaMethodRouter<App> {
    let path = file_path(list, format);
    let Some(DescribedList { collection, sparse_page, .. }) = described else {
        return undescribed(&path, route);
    };
    let whole = "Every record that answers, or a page where `limit` is given.";
    let (about, content, schemas) = match format {
        Format::Json => (
            "A page of records, whole or with the keys that `fields` names.",
            json!({
                "schema": reference(&format!("{}SparseList", collection.record)),
                "example": sparse_page,
            }),
            sparse_schemas(collection),
        ),
        Format::Csv | Format::Ndjson => (whole, json!({"schema": {"type": "string"}}), Vec::new()),
        Format::Xlsx | Format::Parquet => {
            (whole, json!({"schema": {"type": "string", "format": "binary"}}), Vec::new())
        }
    };
    let mut operation = Operation {
        id: format!("list_{}_{}", collection.in_ids(), format.extension()),
        tag: collection.table.name(),
        summary: format!("List {} as {}", collection.in_words(), format.entry().label.en),
        description: format!("The same question as `{list}`. {about}"),
        parameters: parameters::of_list(collection, ListAddress::File(format)),
        success: json!({
            "description": "The records that answer.",
            "headers": headers(&OF_DATA),
            "content": {},
        }),
    };
    operation.success["content"][format.media_type()] = content;
    operation.route(&path, schemas, route)
}

/// `GET /v1/{name}.zip`.
fn archive(
    list: &str,
    described: Option<&DescribedList<'_>>,
    route: MethodRouter<App>,
) -> UtoipaMethodRouter<App> {
    let path = archive_path(list);
    let Some(DescribedList { collection, .. }) = described else {
        return undescribed(&path, route);
    };
    let mut operation = Operation {
        id: format!("list_{}_zip", collection.in_ids()),
        tag: collection.table.name(),
        summary: format!("List {} as an archive to keep", collection.in_words()),
        description: format!(
            "The same question as `{list}`, as a zip to file with a story: every record that answers as CSV, a README with the \
             method and with what is doubtful about these records, the sources, the citation, and the question itself."
        ),
        parameters: parameters::of_list(collection, ListAddress::File(Format::Csv)),
        success: json!({
            "description": "The archive.",
            "headers": headers(&OF_DATA),
            "content": {},
        }),
    };
    operation.success["content"][ARCHIVE_MEDIA] =
        json!({"schema": {"type": "string", "format": "binary"}});
    operation.route(&path, Vec::new(), route)
}

/// Headers of an answer from the data.
const OF_DATA: [&str; 4] = ["ETag", "Cache-Control", "Link", "X-Request-Id"];

/// How a record is cited.
pub(crate) const ITEM_FORMATS: &str = "`format=apa`, `chicago`, `bibtex`, `ris`, `csl` and `mediawiki` cite it, pinned to \
     this release.";

/// What the operation of one record says of itself, where collections differ.
pub(crate) struct ItemText {
    pub(crate) summary: String,
    pub(crate) description: String,
    /// The id of the record in the example.
    pub(crate) id: String,
    /// The example.
    pub(crate) body: String,
    pub(crate) answer: Answer,
}

impl ItemText {
    /// As every collection has it.
    fn of<C: Stored>(sample: &Dataset) -> Self {
        let id = C::table(sample).records().first().map_or("none", C::id);
        Self {
            summary: format!("Get one {}", C::SINGULAR),
            description: format!(
                "One {} by its id, with the sources that it cites and links to the records that name it. {ITEM_FORMATS}",
                C::SINGULAR
            ),
            id: id.to_owned(),
            body: item_body::<C>(sample, &Links::default(), id, false),
            answer: Answer::of(C::SINGULAR),
        }
    }
}

/// `GET /v1/{name}/{id}`.
pub(crate) fn item<C: Stored>(
    sample: Option<&Dataset>,
    route: MethodRouter<App>,
    text: impl FnOnce(&Dataset) -> ItemText,
) -> UtoipaMethodRouter<App> {
    let path = format!("{}/{{id}}", C::PATH);
    match sample {
        Some(sample) => described_item(&path, &AnyCollection::of::<C>(sample), text(sample), route),
        None => undescribed(&path, route),
    }
}

fn described_item(
    path: &str,
    collection: &AnyCollection<'_>,
    text: ItemText,
    route: MethodRouter<App>,
) -> UtoipaMethodRouter<App> {
    let example: Json = serde_json::from_str(&text.body).unwrap_or_default();
    let operation = Operation {
        id: format!("get_{}", collection.in_ids()),
        tag: collection.table.name(),
        summary: text.summary,
        description: text.description,
        parameters: vec![
            json!({
                "name": "id", "in": "path", "required": true,
                "description": "The record's id. Permanent: an id that was published is never renamed.",
                "schema": {"type": "string"}, "example": text.id,
            }),
            parameters::include(),
        ],
        success: json!({
            "description": "The record.",
            "headers": headers(&OF_DATA),
            "content": {"application/json": {
                "schema": reference(&format!("{}Answer", collection.record)), "example": example,
            }},
        }),
    };
    operation.route(path, item_schemas(collection, text.answer), route)
}

/// A list of one record. What sums do with it is decided where no `limit` asks for a part.
fn list_example<C: Stored>(sample: &Dataset, pairs: &[(&str, &str)]) -> Json {
    let first = C::table(sample).records().first().map_or("none", C::id);
    let one = if C::COUNTED.is_some() { ("id", first) } else { ("limit", "1") };
    let pairs: Vec<_> = [one]
        .iter()
        .chain(pairs)
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect();
    let Ok(mut query) = Query::parse(&pairs, C::table(sample), &[]) else { return Json::Null };
    let counted = CountedParams::none().apply(sample, &mut query, true);
    let counts = counted.count(sample, &query, || C::table(sample).select(&query).rows());
    let extents = counted.scope.extents::<C>(sample);
    let beside = BesideRows { counts: counts.as_ref(), extents };
    let mut params = LinkParams::default();
    params.prepend(query.canonical_pairs());
    let (body, _) = list_body(sample, &Links::default(), C::PATH, &query, &params, beside);
    serde_json::from_str(&body).unwrap_or_default()
}
