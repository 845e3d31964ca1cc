//! A partner by its id: the record, and a profile that is enough for a page about the country.

use axum::response::Response;
use serde::Serialize;

use super::citing::cite_record;
use super::releases::gone::missing;
use crate::collections::Partner;
use crate::dataset::{Dataset, Labels, Profile};
use crate::http::app::links::Links;
use crate::http::app::pinned::PinnedApp;
use crate::http::request::params::QueryParams;
use crate::http::request::path_text::PathText;
use crate::http::response::body::related;
use crate::http::response::conditional::{Conditions, conditional};
use crate::http::response::envelope::{ItemLinks, ItemMeta, join, json};
use crate::http::response::item_words::ItemWords;
use crate::http::response::link_header;
use crate::http::response::problem::Problem;
use crate::model::Collection;

/// The parts of a partner's answer that come after its data and sources.
#[derive(Serialize)]
struct Tail {
    #[serde(flatten)]
    words: ItemWords,
    labels: Option<Labels>,
    profile: Profile,
    meta: ItemMeta,
    links: ItemLinks,
}

/// `GET /v1/partners/{id}`
pub(crate) async fn read(
    app: PinnedApp,
    PathText(id): PathText,
    mut params: QueryParams,
    conditions: Conditions,
) -> Result<Response, Problem> {
    let dataset = app.dataset();
    let labels = params.labels();
    let (form, key) = params.json_or_citation(&format!("{}/{id}", Partner::PATH))?;
    let Some(partner) = dataset.partners.get(&id) else {
        return Err(missing(&app, &dataset, &dataset.partners, &id).await);
    };
    conditional(&app, &dataset.release, key, &conditions, async {
        let mut response = match form {
            Some(form) => cite_record::<Partner>(&dataset, app.links(), &id, form),
            None => json(body(&dataset, app.links(), partner, labels)),
        };
        link_header::of_record(&mut response, app.links(), &dataset.release, Partner::NAME, &id);
        Ok(response)
    })
    .await
}

/// The record as it stands in the list, what it and its profile cite, and the profile.
pub(crate) fn body(dataset: &Dataset, links: &Links, partner: &Partner, labels: bool) -> String {
    let profile = dataset.profile(partner, |collection, id| links.record(collection, id));
    let own = partner.citations.iter().map(|citation| citation.source.as_str());
    let cited = own.chain(profile.cited()).collect();
    let sources = dataset.bibliography(&cited);
    let id = partner.id.as_str();
    let links = ItemLinks {
        this: links.record(Partner::NAME, id),
        collection: links.data(Partner::PATH),
        related: related::<Partner>(dataset, links, id),
        cite_as: links.cited_record(Partner::NAME, id, dataset.release.version.as_str()),
    };
    let meta = ItemMeta { dataset: (&dataset.release).into() };
    let words = ItemWords::of(dataset, partner);
    let data = dataset.partners.json_of(id).unwrap_or("null");
    let labels = labels.then(|| dataset.labels(&std::iter::once(partner), |_| true));
    join(data, &sources, &Tail { words, labels, profile, meta, links })
}
