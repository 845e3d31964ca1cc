//! The front page, and a number that is checked.

use axum::response::Response;

use super::request::AskedPage;
use crate::http::handlers::citing::dataset_work;
use crate::http::handlers::dataset::as_linked_data;
use crate::http::response::problem::Problem;
use crate::pages::check_number::{self, CheckedNumber};
use crate::pages::front::{self, Front};
use crate::query::BadParameter;
use crate::render::{CitationFormat, cite};
use crate::words::{country_named, typed_usd};

/// `GET /`
pub(super) async fn front(page: AskedPage) -> Result<Response, Problem> {
    let AskedPage { request, params } = page;
    let key = params.finish("/")?.key;
    let app = request.app.clone();
    let make = request.make_blocking(move |site| {
        let front = Front {
            json_ld: as_linked_data(site.dataset, app.links()).to_string(),
            apa: cite(&dataset_work(site.dataset, app.links()), CitationFormat::Apa),
        };
        front::page(site, front)
    });
    request.answer(key, make).await
}

/// `GET /check`
pub(super) async fn check(page: AskedPage) -> Result<Response, Problem> {
    let AskedPage { request, mut params } = page;
    let number = params.text("number");
    let partner = params.text("partner");
    let year = params.text("year");
    let mut checked =
        CheckedNumber { typed: number.clone().unwrap_or_default(), ..CheckedNumber::default() };
    if let Some(number) = &number {
        checked.usd = typed_usd(number);
        if checked.usd.is_none() {
            let detail = "expected an amount, such as $450 million, 450000000 or 278 millones";
            params.reject("number", number, detail);
        }
    }
    if let Some(partner) = &partner {
        match country_named(partner) {
            Some(country) => checked.partner = Some(country.alpha_3.to_owned()),
            None => params.reject(
                "partner",
                partner,
                "expected a country, by its name or its ISO 3166-1 code",
            ),
        }
    }
    if let Some(year) = &year {
        checked.year = year.parse().ok().filter(|year| (1900..=2100).contains(year));
        if checked.year.is_none() {
            params.add_fault(BadParameter::malformed(
                "year",
                year,
                "expected a fiscal year, such as 2023",
            ));
        }
    }
    let key = params.finish("/check")?.key;
    let make = request.make_blocking(move |site| check_number::page(site, &checked));
    request.answer(key, make).await
}
