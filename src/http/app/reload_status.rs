//! How the last reload of the data went, as `/readyz` reports it.

use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use crate::telemetry::ReloadOutcome;

/// The last reload of the data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct ReloadState {
    /// When a reload was last tried (RFC 3339, UTC). Null when none was since the service started.
    #[schema(required, format = DateTime)]
    pub(crate) last_attempt: Option<String>,
    /// How it ended.
    pub(crate) outcome: ReloadOutcome,
    /// How many faults the data had; 0 when it was loaded.
    pub(crate) faults: usize,
    /// When the data that is served was loaded (RFC 3339, UTC).
    #[schema(format = DateTime)]
    pub(crate) loaded: String,
}

impl ReloadState {
    /// Of a dataset that has just been loaded at the start.
    pub(crate) fn first() -> Self {
        let (last_attempt, outcome) = (None, ReloadOutcome::Never);
        Self { last_attempt, outcome, faults: 0, loaded: now() }
    }

    /// As an example shows it: the same whenever the document is made.
    pub(crate) fn example() -> Self {
        Self { loaded: "2026-01-31T06:00:00Z".to_owned(), ..Self::first() }
    }

    /// After a reload.
    pub(crate) fn after(&self, outcome: ReloadOutcome, faults: usize) -> Self {
        let now = now();
        let loaded = match outcome {
            ReloadOutcome::Loaded => now.clone(),
            _ => self.loaded.clone(),
        };
        Self { last_attempt: Some(now), outcome, faults, loaded }
    }
}

/// The time, to the second.
fn now() -> String {
    let now = Timestamp::now();
    Timestamp::from_second(now.as_second()).unwrap_or(now).to_string()
}
