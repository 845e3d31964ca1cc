//! Metrics by name, registered once.

use prometheus::{IntCounter, IntCounterVec, IntGauge, IntGaugeVec, Opts, Registry};

pub(super) fn gauge(registry: &Registry, name: &str, help: &str) -> IntGauge {
    let gauge = IntGauge::new(name, help).expect("a name that the format allows");
    registry.register(Box::new(gauge.clone())).expect("each name is registered once");
    gauge
}

pub(super) fn counter(registry: &Registry, name: &str, help: &str) -> IntCounter {
    let name = format!("partnership_api_{name}");
    let counter = IntCounter::new(name, help).expect("a name that the format allows");
    registry.register(Box::new(counter.clone())).expect("each name is registered once");
    counter
}

pub(super) fn counter_vec(
    registry: &Registry,
    name: &str,
    help: &str,
    label: &str,
) -> IntCounterVec {
    let name = format!("partnership_api_{name}");
    let counter =
        IntCounterVec::new(Opts::new(name, help), &[label]).expect("names that the format allows");
    registry.register(Box::new(counter.clone())).expect("each name is registered once");
    counter
}

pub(super) fn gauge_vec(
    registry: &Registry,
    name: &str,
    help: &str,
    labels: &[&str],
) -> IntGaugeVec {
    let gauge =
        IntGaugeVec::new(Opts::new(name, help), labels).expect("names that the format allows");
    registry.register(Box::new(gauge.clone())).expect("each name is registered once");
    gauge
}
