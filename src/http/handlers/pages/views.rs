//! The pages of what lies across collections: search, timeline, coverage.

use axum::response::Response;

use super::request::AskedPage;
use crate::http::handlers::coverage::AskedOf;
use crate::http::handlers::search::{SearchFilters, Sought};
use crate::http::handlers::timeline::{dated, filter};
use crate::http::handlers::view::PageRequest;
use crate::http::request::list_query::same_release;
use crate::http::response::blocking::run_blocking;
use crate::http::response::problem::Problem;
use crate::pages::views::coverage::{self, CoveragePage, ShownPartners};
use crate::pages::views::search::{self, SearchResults};
use crate::pages::views::timeline::{self, TimelinePage};
use crate::query::{MAX_LIMIT, TimelineFilter};

/// `GET /search`
pub(super) async fn search(page: AskedPage) -> Result<Response, Problem> {
    let AskedPage { request, mut params } = page;
    let dataset = request.app.dataset();
    if params.peek("q").is_none() {
        SearchFilters::read(&mut params, &dataset);
        let parsed = params.finish("/search")?;
        let filters = parsed.links.to_pairs();
        let make = async { Ok(request.make(|site| search::form_page(site, &filters))) };
        return request.answer(parsed.key, make).await;
    }
    let text = params.peek("q").unwrap_or_default().to_owned();
    let sought = Sought::read(&mut params, &dataset);
    let (sought, page) = PageRequest::finish_fixed(params, "/search", sought)?;
    same_release(&request.app, page.release())?;
    let maker = request.clone();
    request
        .answer(page.key(), async {
            let make = move || {
                let (total, hits) = sought.find(&dataset, page.range(), maker.app.links());
                let results = SearchResults {
                    text: &text,
                    words: &sought.query.words,
                    pairs: page.links().to_pairs(),
                    hits,
                    counts: sought.counts(&dataset),
                    paged: page.paged(total),
                    not_covered: page.not_covered().to_vec(),
                };
                maker.make(|site| search::page(site, &results))
            };
            run_blocking(make).await
        })
        .await
}

/// `GET /timeline`
pub(super) async fn timeline(page: AskedPage) -> Result<Response, Problem> {
    let AskedPage { request, mut params } = page;
    let dataset = request.app.dataset();
    let between = filter(&mut params, &dataset);
    let (between, page) = PageRequest::finish_fixed(params, "/timeline", Some(between))?;
    same_release(&request.app, page.release())?;
    let maker = request.clone();
    request
        .answer(page.key(), async {
            let make = move || {
                let tables = dataset.tables();
                let range = page.range();
                // The event before the page says whether there is a gap before its first.
                let from = range.start.saturating_sub(1);
                let (total, mut events) = dataset.timeline.page(&tables, &between, from..range.end);
                let before = (range.start > 0 && !events.is_empty()).then(|| events.remove(0));
                let TimelineFilter { from, to, kinds, partners } = between;
                let count = |name: &'static str| {
                    let (kinds, partners) = (vec![name.to_owned()], partners.clone());
                    let of_kind = TimelineFilter { from, to, kinds, partners };
                    (name, dataset.timeline.page(&tables, &of_kind, 0..0).0 as u64)
                };
                let counts = dated(&dataset).map(count).filter(|(_, count)| *count > 0).collect();
                let timeline = TimelinePage {
                    pairs: page.links().to_pairs(),
                    before,
                    events,
                    counts,
                    kinds,
                    paged: page.paged(total),
                    not_covered: page.not_covered().to_vec(),
                };
                maker.make(|site| timeline::page(site, &timeline))
            };
            run_blocking(make).await
        })
        .await
}

/// `GET /coverage`
pub(super) async fn coverage(page: AskedPage) -> Result<Response, Problem> {
    let AskedPage { request, mut params } = page;
    let dataset = request.app.dataset();
    let of = AskedOf::read(&mut params, &dataset);
    let named = !of.partners.is_empty() || !of.programs.is_empty();
    let (of, page) = PageRequest::finish_fixed(params, "/coverage", Some(of))?;
    // A row each: all partners fit on one page.
    let page = if named { page } else { page.or_limit(MAX_LIMIT) };
    same_release(&request.app, page.release())?;
    let maker = request.clone();
    request
        .answer(page.key(), async {
            let make = move || {
                let partners = dataset.partners.records().iter();
                let partners: Vec<_> =
                    partners.filter(|partner| of.wants(&dataset, &partner.id)).collect();
                let total = partners.len();
                let partners = page.page(partners);
                let coverage = CoveragePage {
                    pairs: page.links().to_pairs(),
                    shown: if named {
                        let deep = |partner| dataset.coverage(partner, &of.programs);
                        ShownPartners::Named(partners.map(deep).collect())
                    } else {
                        ShownPartners::All(partners.collect())
                    },
                    paged: page.paged(total),
                    not_covered: page.not_covered().to_vec(),
                };
                maker.make(|site| coverage::page(site, &coverage))
            };
            run_blocking(make).await
        })
        .await
}
