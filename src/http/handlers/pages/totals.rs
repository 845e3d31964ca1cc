//! The page of a sum: the same question as its JSON, but for those parameters that say how an answer is written.

use axum::Router;
use axum::response::Response;
use axum::routing::get;

use super::collection::citing_of;
use super::request::AskedPage;
use crate::http::app::App;
use crate::http::handlers::totals::citing::work_saying;
use crate::http::handlers::totals::shown::Shown;
use crate::http::request::totals_query::{Summed, TotalsQuery};
use crate::http::response::problem::Problem;
use crate::pages::totals::{self, Asked};

/// The page of the sums of a collection.
pub(crate) fn routes<C: Summed>() -> Router<App>
where
    C::Answer: Shown,
{
    Router::new().route(&format!("/{}/totals", C::NAME), get(sums::<C>))
}

/// `GET /{name}/totals`
async fn sums<C: Summed>(page: AskedPage) -> Result<Response, Problem>
where
    C::Answer: Shown,
{
    let AskedPage { request, params } = page;
    let query = TotalsQuery::<C>::of_page(request.app.dataset(), params)?;
    let key = query.key.clone();
    let app = request.app.clone();
    let make = request.make_blocking(move |site| {
        let answer = C::answer(&query, app.links());
        let (said, included) = answer.total();
        let work = work_saying(&query, app.links(), &said, included);
        let owned = |(name, value): (&str, &str)| (name.to_owned(), value.to_owned());
        let asked = Asked {
            pairs: query.links.iter().map(owned).collect(),
            filters: query.filters.iter().map(owned).collect(),
            groupings: C::GROUP_BY,
            spreads: C::SPREADS,
        };
        totals::page::<C>(site, &asked, &answer.shown(), &citing_of(&work))
    });
    request.answer(key, make).await
}
