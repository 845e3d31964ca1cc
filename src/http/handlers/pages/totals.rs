//! The page of a sum: the same question as its JSON, but for those parameters that say how an answer is written.

use axum::Router;
use axum::response::Response;
use axum::routing::get;

use super::request::AskedPage;
use crate::http::app::App;
use crate::http::handlers::charts::{country_name, file_name, with_sayings};
use crate::http::handlers::totals::citing::work_saying;
use crate::http::handlers::totals::shown::Shown;
use crate::http::request::question_words::as_title;
use crate::http::request::totals_query::{Summed, TotalsQuery};
use crate::http::response::problem::Problem;
use crate::pages::record::Citing;
use crate::pages::totals::{self, Asked, Drawn, MOST_GROUPS};
use crate::words::Language;

/// The most groups that are drawn on the page of their sum.
const MOST_DRAWN: usize = 1_024;

/// The page of the sums of a collection.
pub(crate) fn routes<C: Summed>() -> Router<App>
where
    C::Answer: Shown,
{
    let path = format!("/{}/totals", C::NAME);
    Router::new()
        .route(&path, get(|page| sums::<C>(page, false)))
        .route(&format!("/embed{path}"), get(|page| sums::<C>(page, true)))
}

/// `GET /{name}/totals`, and with `embedded` `GET /embed/{name}/totals`: its chart alone.
async fn sums<C: Summed>(page: AskedPage, embedded: bool) -> Result<Response, Problem>
where
    C::Answer: Shown,
{
    let AskedPage { request, params } = page;
    // A chart always has groups: the same question is read once more as its.
    let of_chart = params.clone();
    let query = TotalsQuery::<C>::of_page(request.app.dataset(), params)?;
    let (of_chart, _) = TotalsQuery::<C>::parse_chart(request.app.dataset(), of_chart)?;
    let mut key = query.key.clone();
    if embedded {
        key.add("embedded");
    }
    let app = request.app.clone();
    let make = request.make_blocking(move |site| {
        let (answer, count) = C::beginning(&query, MOST_GROUPS, app.links());
        let (said, included) = answer.total();
        let work = work_saying(&query, app.links(), &said, included);
        let owned = |(name, value): (&str, &str)| (name.to_owned(), value.to_owned());
        let asked = Asked {
            table: C::table(&query.dataset),
            pairs: query.links.iter().map(owned).collect(),
            filters: query.filters.iter().map(owned).collect(),
            groupings: C::GROUP_BY,
            spreads: C::SPREADS,
        };
        let mut shown = answer.shown();
        shown.group_count = count.unwrap_or(shown.group_count);
        if embedded {
            return totals::embedded(site, &asked, &shown, &drawn(&of_chart, site.language));
        }
        // Of thousands of groups a drawing says nothing, and takes as much memory as all of them.
        let is_drawn = shown.group_count <= MOST_DRAWN;
        let drawn = is_drawn.then(|| drawn(&of_chart, site.language));
        totals::page(site, &asked, &shown, &Citing::of(work), drawn.as_ref())
    });
    request.answer(key, make).await
}

/// The chart of a sum, in the language of the page.
fn drawn<C: Summed>(totals: &TotalsQuery<C>, language: Language) -> Drawn {
    let dataset = &totals.dataset;
    let chart = with_sayings::<C, _>(dataset, language, |sayings| C::chart(totals, sayings)).chart;
    let pairs = totals.links.iter().map(|(name, value)| (name.to_owned(), value.to_owned()));
    Drawn {
        chart,
        title: as_title::<C>(dataset, totals.links.iter(), &totals.group_by, language),
        data: format!("{}/totals", C::PATH),
        page: format!("/{}/totals", C::NAME),
        query: pairs.collect(),
        name: file_name(C::NAME, &totals.links.iter(), country_name),
    }
}
