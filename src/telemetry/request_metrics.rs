//! The series of requests: how many, how long, how many at once; by route, method and status.
//!
//! Looking up a series allocates nothing and takes no lock once the route has been met. What clients send
//! cannot make new ones: routes are ours, statuses are ours, and methods are four.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use arc_swap::ArcSwap;
use prometheus::{
    Histogram, HistogramOpts, HistogramVec, IntCounter, IntCounterVec, IntGauge, Opts,
};
use prometheus::{Registry, core::Collector};

use super::registry::gauge;

/// The bounds of the histogram, in seconds: from an answer that was kept to the time limit of a request.
const BOUNDS: [f64; 15] = [
    0.000_05, 0.000_1, 0.000_25, 0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0,
    5.0, 30.0,
];
/// The statuses that have a counter ready for them; any other is looked up by its labels.
const COMMON_STATUSES: [u16; 16] =
    [200, 204, 206, 304, 308, 400, 404, 405, 406, 409, 413, 414, 431, 500, 503, 504];

/// The method of a request, as a label.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MethodLabel {
    /// GET.
    Get,
    /// HEAD.
    Head,
    /// OPTIONS.
    Options,
    /// Any other: they are not served, and clients may make them up.
    Other,
}

impl MethodLabel {
    /// The label of a method.
    pub fn of(method: &str) -> Self {
        match method {
            "GET" => Self::Get,
            "HEAD" => Self::Head,
            "OPTIONS" => Self::Options,
            _ => Self::Other,
        }
    }

    /// As it is written.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Head => "HEAD",
            Self::Options => "OPTIONS",
            Self::Other => "other",
        }
    }
}

/// A request that runs; no longer, once this is dropped.
pub struct InFlight(IntGauge);

impl Drop for InFlight {
    fn drop(&mut self) {
        self.0.dec();
    }
}

pub(super) struct RequestMetrics {
    total: IntCounterVec,
    durations: HistogramVec,
    in_flight: IntGauge,
    /// Changed once for each route that is met first.
    routes: ArcSwap<HashMap<Box<str>, Arc<Route>>>,
}

/// What a route looks up once.
struct Route {
    durations: Histogram,
    answers: [[OnceLock<IntCounter>; COMMON_STATUSES.len()]; 4],
}

impl RequestMetrics {
    pub(super) fn register(registry: &Registry) -> Self {
        let total = IntCounterVec::new(
            Opts::new(
                "partnership_api_http_requests_total",
                "RequestMetrics that were answered, by route template, method and status.",
            ),
            &["route", "method", "status"],
        )
        .expect("names that the format allows");
        let durations = HistogramVec::new(
            HistogramOpts::new(
                "partnership_api_http_request_duration_seconds",
                "How long requests took until their answer began, in seconds, by route template.",
            )
            .buckets(BOUNDS.to_vec()),
            &["route"],
        )
        .expect("names that the format allows");
        let in_flight = gauge(
            registry,
            "partnership_api_http_requests_in_flight",
            "RequestMetrics that are being answered.",
        );
        let both: [Box<dyn Collector>; 2] = [Box::new(total.clone()), Box::new(durations.clone())];
        for collector in both {
            registry.register(collector).expect("each name is registered once");
        }
        Self { total, durations, in_flight, routes: ArcSwap::default() }
    }

    pub(super) fn begun(&self) -> InFlight {
        self.in_flight.inc();
        InFlight(self.in_flight.clone())
    }

    pub(super) fn answered(&self, route: &str, method: MethodLabel, status: u16, took: Duration) {
        let known = self.routes.load();
        match known.get(route) {
            Some(series) => self.count(series, route, method, status, took),
            None => self.count(&self.add_route(route), route, method, status, took),
        }
    }

    fn count(&self, series: &Route, route: &str, method: MethodLabel, status: u16, took: Duration) {
        series.durations.observe(took.as_secs_f64());
        let new = || {
            let status = status.to_string();
            self.total.with_label_values(&[route, method.as_str(), &status])
        };
        match COMMON_STATUSES.iter().position(|usual| *usual == status) {
            Some(at) => series.answers[method as usize][at].get_or_init(new).inc(),
            None => new().inc(),
        }
    }

    fn add_route(&self, route: &str) -> Arc<Route> {
        let series = Arc::new(Route {
            durations: self.durations.with_label_values(&[route]),
            answers: Default::default(),
        });
        self.routes.rcu(|known| {
            let mut known = HashMap::clone(known);
            known.insert(route.into(), Arc::clone(&series));
            known
        });
        series
    }
}
