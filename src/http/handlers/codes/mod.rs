//! `/v1/codes`: every closed list, with what each code is called and what it means, in English and Spanish.

mod lists;

use std::collections::BTreeMap;

use axum::response::Response;
use serde::Serialize;
use utoipa::ToSchema;

use crate::dataset::Dataset;
use crate::http::app::links::Links;
use crate::http::app::pinned::PinnedApp;
use crate::http::request::params::QueryParams;
use crate::http::request::path_text::PathText;
use crate::http::response::conditional::{Conditions, conditional};
use crate::http::response::envelope::{ItemMeta, json_of};
use crate::http::response::problem::{Problem, ProblemBody};
use crate::model::{Bilingual, Code, Vocabulary};
use crate::query::nearest;
use lists::ListInUse;

pub(super) use lists::lists;

const PATH: &str = "/v1/codes";

/// Every closed list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct CodeListsAnswer {
    /// The lists, by name.
    pub(crate) data: Vec<CodeListSummary>,
    /// The release of the data.
    pub(crate) meta: ItemMeta,
    /// Where to go on.
    pub(crate) links: CodeListsLinks,
}

/// Where to go on from the closed lists.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct CodeListsLinks {
    /// The lists.
    #[serde(rename = "self")]
    pub(crate) this: String,
}

/// A closed list in short.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct CodeListSummary {
    /// Its name: that of its schema in kebab case.
    pub(crate) name: String,
    /// What people call it.
    pub(crate) label: Bilingual,
    /// What its codes say.
    pub(crate) definition: Bilingual,
    /// How many codes it has.
    pub(crate) count: usize,
    /// The list with its codes.
    pub(crate) href: String,
}

/// A closed list with its codes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct CodeListAnswer {
    /// The list.
    pub(crate) data: CodeListDescription,
    /// The release of the data.
    pub(crate) meta: ItemMeta,
    /// Where to go on.
    pub(crate) links: CodeListLinks,
}

/// Where to go on from a closed list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct CodeListLinks {
    /// This list.
    #[serde(rename = "self")]
    pub(crate) this: String,
    /// Every list.
    pub(crate) collection: String,
}

/// A closed list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct CodeListDescription {
    /// Its name: that of its schema in kebab case.
    pub(crate) name: String,
    /// What people call it.
    pub(crate) label: Bilingual,
    /// What its codes say.
    pub(crate) definition: Bilingual,
    /// Its codes, in the order in which the schema lists them.
    pub(crate) codes: Vec<CodeDescription>,
    /// The fields of records that have a code of this list. Empty for lists of parameters and of sums.
    pub(crate) used_in: Vec<CodeUse>,
}

/// One code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct CodeDescription {
    /// The code, as records, columns and parameters have it.
    pub(crate) code: &'static str,
    /// What people call it, as it stands inside a sentence: capitalize its first letter where a line begins.
    pub(crate) label: Bilingual,
    /// What it says of a record.
    pub(crate) definition: Bilingual,
    /// Its place in an order of weight, 1 first; codes may share one. Null where the order means nothing.
    pub(crate) rank: Option<u8>,
}

/// A field that has a code of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct CodeUse {
    /// The collection of the record.
    pub(crate) collection: String,
    /// The field: its column and parameter.
    pub(crate) field: String,
}

/// Every closed list
///
/// Fields that take one of a fixed set of codes say so in their schema. Here is what people call each list, in
/// English and Spanish, and where its codes are.
#[utoipa::path(
    get,
    path = "/v1/codes",
    operation_id = "list_codes",
    tag = "service",
    params(("format" = Option<String>, Query, pattern = "^json$", description = "Only `json` is served here.", example = "json")),
    responses(
        (status = 200, description = "The lists.", body = CodeListsAnswer),
    )
)]
pub(crate) async fn list(
    app: PinnedApp,
    params: QueryParams,
    conditions: Conditions,
) -> Result<Response, Problem> {
    let (dataset, key) = (app.dataset(), params.only_json(PATH)?);
    let make = async { json_of(&summarize(&dataset, app.links())) };
    conditional(&app, &dataset.release, key, &conditions, make).await
}

/// One closed list
///
/// Each code with its label and definition in English and Spanish, its rank where the order of the codes means
/// something, and the fields that have it.
#[utoipa::path(
    get,
    path = "/v1/codes/{name}",
    operation_id = "get_codes",
    tag = "service",
    params(
        ("name" = String, Path, description = "The name of the list: that of its schema in kebab case.", example = "agreement-kind"),
        ("format" = Option<String>, Query, pattern = "^json$", description = "Only `json` is served here.", example = "json"),
    ),
    responses(
        (status = 200, description = "The list.", body = CodeListAnswer),
        (status = 404, description = "No list has that name.", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn read(
    app: PinnedApp,
    PathText(name): PathText,
    params: QueryParams,
    conditions: Conditions,
) -> Result<Response, Problem> {
    let path = format!("{PATH}/{name}");
    let (dataset, key) = (app.dataset(), params.only_json(&path)?);
    let lists = lists(&dataset);
    let Some(found) = lists.get(&name) else {
        return Err(no_such_list(PATH, &name, &lists));
    };
    let make = async { json_of(&describe(&name, found, &dataset, app.links())) };
    conditional(&app, &dataset.release, key, &conditions, make).await
}

/// No list has that name. `path` is that of all lists.
pub(super) fn no_such_list(path: &str, name: &str, lists: &BTreeMap<String, ListInUse>) -> Problem {
    let near = nearest(name, lists.keys().map(String::as_str));
    let near = near.map(|near| format!("{path}/{near}"));
    Problem::NoSuchRoute { path: format!("{path}/{name}"), near }
}

/// Every list in short.
pub(crate) fn summarize(dataset: &Dataset, links: &Links) -> CodeListsAnswer {
    let summary = |(name, ListInUse { list, .. }): (String, ListInUse)| CodeListSummary {
        label: list.label,
        definition: list.definition,
        count: list.codes.len(),
        href: links.data(&format!("{PATH}/{name}")),
        name,
    };
    CodeListsAnswer {
        data: lists(dataset).into_iter().map(summary).collect(),
        meta: ItemMeta { dataset: (&dataset.release).into() },
        links: CodeListsLinks { this: links.data(PATH) },
    }
}

fn describe(name: &str, found: &ListInUse, dataset: &Dataset, links: &Links) -> CodeListAnswer {
    let ListInUse { list, fields } = found;
    let code = |code: &Code| CodeDescription {
        code: code.code,
        label: code.label,
        definition: code.definition,
        rank: code.rank,
    };
    let used = |(collection, field): &(&str, &str)| CodeUse {
        collection: (*collection).to_owned(),
        field: (*field).to_owned(),
    };
    CodeListAnswer {
        data: CodeListDescription {
            name: name.to_owned(),
            label: list.label,
            definition: list.definition,
            codes: list.codes.iter().map(code).collect(),
            used_in: fields.iter().map(used).collect(),
        },
        meta: ItemMeta { dataset: (&dataset.release).into() },
        links: CodeListLinks {
            this: links.data(&format!("{PATH}/{name}")),
            collection: links.data(PATH),
        },
    }
}

/// A list of the sample, for the OpenAPI document.
pub(crate) fn example(sample: &Dataset, links: &Links) -> Option<CodeListAnswer> {
    let name = crate::model::Confidence::CODES.name();
    let lists = lists(sample);
    Some(describe(&name, lists.get(&name)?, sample, links))
}
