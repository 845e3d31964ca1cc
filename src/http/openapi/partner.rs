//! What the OpenAPI document says of a partner: as of every record, and its profile.

use axum::routing::get;
use utoipa::{PartialSchema, ToSchema};
use utoipa_axum::router::OpenApiRouter;

use super::collection::{ITEM_FORMATS, ItemText, item, lists};
use super::operation::described_reference;
use super::schemas::Answer;
use crate::collections::Partner;
use crate::dataset::{Dataset, Profile};
use crate::http::app::App;
use crate::http::app::links::Links;
use crate::http::handlers::partner::{body, read};

/// The list of partners, as every collection has one, and a partner with its profile.
pub(crate) fn routes(sample: Option<&Dataset>) -> OpenApiRouter<App> {
    lists::<Partner>(sample).routes(item::<Partner>(sample, get(read), text))
}

/// What the operation of one partner says of itself.
fn text(sample: &Dataset) -> ItemText {
    let partners = sample.partners.records();
    // One whose profile shows something of each kind.
    let telling = partners.iter().find(|partner| {
        let profile = sample.profile(partner, |_, _| String::new());
        !profile.newest_assistance.is_empty() && !profile.newest_arms_sales.is_empty()
    });
    let example = telling.or(partners.first());
    ItemText {
        summary: "Get one partner with its profile".to_owned(),
        description: format!(
            "One partner by its id, with a profile: what each collection holds of it and for which years, the newest \
             figure of each program and of each channel and measure with where it was published, and its \
             deployments, agreements, memberships and conflicts in short, each with a link. Enough for a page about \
             the country; every source that the answer cites is in `sources`. {ITEM_FORMATS}"
        ),
        id: example.map_or("none", |partner| partner.id.as_str()).to_owned(),
        body: example
            .map(|partner| body(sample, &Links::default(), partner, false))
            .unwrap_or_default(),
        answer: answer(),
    }
}

fn answer() -> Answer {
    let about = "What is known of the partner, in summaries that link to the records.";
    let mut schemas = vec![(Profile::name().into_owned(), Profile::schema())];
    Profile::schemas(&mut schemas);
    Answer {
        description: "One partner with its profile, and the sources that either cites.".to_owned(),
        sources: "Every source that the record or its profile cites, once, by id.",
        further: Some(("profile", described_reference(&Profile::name(), about))),
        schemas,
    }
}
