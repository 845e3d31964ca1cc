//! The page of a sum: the same question as its JSON, but for those parameters that say how an answer is written.

use axum::Router;
use axum::response::Response;
use axum::routing::get;

use super::request::AskedPage;
use crate::charts::Sayings;
use crate::http::app::App;
use crate::http::handlers::charts::{country_name, file_name, with_sayings};
use crate::http::handlers::totals::citing::work_saying;
use crate::http::handlers::totals::shown::Shown;
use crate::http::request::question_words::as_title;
use crate::http::request::totals_query::{AddedUp, SumChart, Summed, TotalsQuery};
use crate::http::response::problem::Problem;
use crate::pages::record::Citing;
use crate::pages::totals::{self, Asked, Drawn, MOST_GROUPS, ShownTotals};
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
        let (chart, sums) = added::<C>(&query, &of_chart, embedded, site.language);
        let drawn = chart.map(|chart| drawn(&of_chart, chart, site.language));
        let group_count = sums.group_count();
        let answer = C::beginning(&query, sums, MOST_GROUPS, app.links());
        let owned = |(name, value): (&str, &str)| (name.to_owned(), value.to_owned());
        let asked = Asked {
            table: C::table(&query.dataset),
            pairs: query.links.iter().map(owned).collect(),
            filters: query.filters.iter().map(owned).collect(),
            groupings: C::GROUP_BY,
            spreads: C::SPREADS,
        };
        let shown = ShownTotals { group_count, ..answer.shown() };
        match &drawn {
            Some(drawn) if embedded => totals::embedded(site, &asked, &shown, drawn),
            drawn => {
                let (said, included) = answer.total();
                let work = work_saying(&query, app.links(), &said, included);
                totals::page(site, &asked, &shown, &Citing::of(work), drawn.as_ref())
            }
        }
    });
    request.answer(key, make).await
}

/// The sums of a page, added once for its chart and for all else. No chart where there are too many groups; but that is
/// all that an embedded page has.
fn added<C: Summed>(
    query: &TotalsQuery<C>,
    of_chart: &TotalsQuery<C>,
    embedded: bool,
    language: Language,
) -> (Option<SumChart>, C::Sums) {
    let dataset = &query.dataset;
    if query.group_by.is_empty() {
        let charted = |sayings: &Sayings<'_>| C::add_to_chart(of_chart, sayings);
        let (chart, sums) = with_sayings::<C, _>(dataset, language, charted);
        return (Some(chart), sums.unwrap_or_else(|| C::add(query)));
    }
    let sums = C::add(query);
    // Of thousands of groups a drawing says nothing, and takes as much memory as all of them.
    let is_drawn = embedded || sums.group_count() <= MOST_DRAWN;
    let charted = |sayings: &Sayings<'_>| C::chart(query, &sums, sayings);
    let chart = is_drawn.then(|| with_sayings::<C, _>(dataset, language, charted));
    (chart, sums)
}

/// The chart of a sum with what stands around it, in the language of the page.
fn drawn<C: Summed>(totals: &TotalsQuery<C>, sum: SumChart, language: Language) -> Drawn {
    let pairs = totals.links.iter().map(|(name, value)| (name.to_owned(), value.to_owned()));
    Drawn {
        chart: sum.chart,
        title: as_title::<C>(&totals.dataset, totals.links.iter(), &totals.group_by, language),
        data: format!("{}/totals", C::PATH),
        page: format!("/{}/totals", C::NAME),
        query: pairs.collect(),
        name: file_name(C::NAME, &totals.links.iter(), country_name),
    }
}
