//! Operations that are described by hand, because their parameters come from a table of fields.

use axum::routing::MethodRouter;
use serde_json::{Value as Json, json};
use utoipa::openapi::{PathItem, Paths, RefOr, Schema};
use utoipa_axum::router::UtoipaMethodRouter;

use crate::http::app::App;

/// What stands in the form of the document because it was written in it.
const OURS: &str = "written in the form of the document";

/// A `GET` operation, but for its failures, which all operations share.
pub(crate) struct Operation {
    pub(crate) id: String,
    pub(crate) tag: &'static str,
    pub(crate) summary: String,
    pub(crate) description: String,
    pub(crate) parameters: Vec<Json>,
    /// The response with status 200.
    pub(crate) success: Json,
}

impl Operation {
    /// Puts it beside the route that it describes, with the schemas that it refers to.
    pub(crate) fn route(
        self,
        path: &str,
        schemas: Vec<(String, RefOr<Schema>)>,
        route: MethodRouter<App>,
    ) -> UtoipaMethodRouter<App> {
        let operation = json!({
            "operationId": self.id,
            "tags": [self.tag],
            "summary": self.summary,
            "description": self.description,
            "parameters": self.parameters,
            "responses": {"200": self.success},
        });
        let mut paths = Paths::new();
        let item: PathItem = serde_json::from_value(json!({"get": operation})).expect(OURS);
        paths.paths.insert(path.to_owned(), item);
        (schemas, paths, route)
    }
}

/// A route that is only served: it says its path and nothing else of itself.
pub(crate) fn undescribed(path: &str, route: MethodRouter<App>) -> UtoipaMethodRouter<App> {
    let mut paths = Paths::new();
    paths.paths.insert(path.to_owned(), PathItem::default());
    (Vec::new(), paths, route)
}

/// A schema that was written as JSON.
pub(crate) fn schema_of(schema: Json) -> RefOr<Schema> {
    serde_json::from_value(schema).expect(OURS)
}

/// A reference to a component: of `schemas`, `headers` or `responses`.
pub(crate) fn component(kind: &str, name: &str) -> Json {
    json!({"$ref": format!("#/components/{kind}/{name}")})
}

/// A reference to a schema.
pub(crate) fn reference(name: &str) -> Json {
    component("schemas", name)
}

/// A reference to a schema, with what it is here.
pub(crate) fn described_reference(name: &str, about: &str) -> Json {
    let mut reference = reference(name);
    reference["description"] = json!(about);
    reference
}

/// References to headers.
pub(crate) fn headers(names: &[&str]) -> Json {
    names.iter().map(|name| ((*name).to_owned(), component("headers", name))).collect()
}
