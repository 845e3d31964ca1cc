//! Drives the real router in this process, so that `benches/compare/instructions` can count what a request
//! costs: `instructions WORK REQUESTS`, where WORK is `hot-page`, `not-modified` or `cold-query`.
//!
//! It warms up first, with as many requests whatever REQUESTS says; the difference between two runs is then
//! that of their requests alone.

use std::error::Error;

use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use partnership_api::dataset::{Dataset, Package};
use partnership_api::http::{self, App, Limits, Links, Service};
use tower::ServiceExt as _;

const PAGE: &str = "/v1/arms-sales?limit=20";
/// Enough for caches and lazily made values to be there.
const WARM_UP: usize = 20;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [work, requests] = arguments.as_slice() else {
        return Err("usage: instructions WORK REQUESTS".into());
    };
    let router = router()?;
    let requests: usize = requests.parse()?;
    tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(async {
        let etag = ask(&router, PAGE, None, StatusCode::OK).await?;
        for number in 0..WARM_UP + requests {
            match work.as_str() {
                "hot-page" => ask(&router, PAGE, None, StatusCode::OK).await?,
                "not-modified" => ask(&router, PAGE, Some(&etag), StatusCode::NOT_MODIFIED).await?,
                "cold-query" => ask(&router, &never_asked(number), None, StatusCode::OK).await?,
                _ => return Err(format!("no such work: `{work}`").into()),
            };
        }
        Ok(())
    })
}

/// The service as it is served, over the embedded data.
fn router() -> Result<Service, Box<dyn Error>> {
    let dataset = Dataset::load(&Package::embedded()).map_err(|faults| faults.to_string())?;
    let app = App::new(dataset, Links::default(), Limits::DEFAULT);
    Ok(http::router(&app))
}

/// A filter, a range, an order and a page, of which no cache has the answer.
fn never_asked(number: usize) -> String {
    let bound = 100_000 + number;
    format!("/v1/assistance-funding?program=FMF&amount_usd_min={bound}&sort=-amount_usd&limit=20")
}

/// Reads the answer to its end; gives its validator.
async fn ask(
    router: &Service,
    path: &str,
    known: Option<&str>,
    expected: StatusCode,
) -> Result<String, Box<dyn Error>> {
    let mut request = Request::get(path);
    if let Some(known) = known {
        request = request.header(header::IF_NONE_MATCH, known);
    }
    let response = router.clone().oneshot(request.body(Body::empty())?).await?;
    if response.status() != expected {
        return Err(format!("{path} is answered {}", response.status()).into());
    }
    let etag = response.headers().get(header::ETAG).ok_or("an answer without a validator")?;
    let etag = etag.to_str()?.to_owned();
    to_bytes(response.into_body(), usize::MAX).await?;
    Ok(etag)
}
