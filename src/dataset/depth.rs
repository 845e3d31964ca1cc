//! What needs a pass over whole tables, computed once a release: how much each collection holds of each partner.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde::Serialize;
use utoipa::ToSchema;

use crate::model::Iso3;
use crate::sums::{Containment, FigureSet};

/// Fiscal years, first and last included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct FiscalYears {
    /// The first fiscal year.
    pub from: i16,
    /// The last fiscal year.
    pub to: i16,
}

/// Years of the calendar, first and last included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct CalendarYears {
    /// The first year.
    pub from: i16,
    /// The last year.
    pub to: i16,
}

/// What one collection holds of a partner.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct CollectionCoverage {
    /// The collection's name.
    pub collection: String,
    /// How many of its records are about the partner, alone or with others. 0 says that we hold none, not that
    /// there are none.
    pub count: u32,
    /// The fiscal years that they touch, first and last. Null where none of them gives fiscal years.
    pub fiscal_years: Option<FiscalYears>,
    /// The years of the calendar that they speak for, first and last, of a series that counts by these. Null elsewhere.
    pub calendar_years: Option<CalendarYears>,
    /// The runs of years between the first and the last that none of them touches: known gaps.
    pub gaps: Vec<FiscalYears>,
}

/// What needs a pass over whole tables: computed on first use, then cached for as long as the release is served.
#[derive(Default)]
pub(super) struct LazyViews {
    /// What each collection holds of each partner.
    pub(super) depth: OnceLock<BTreeMap<String, Vec<CollectionCoverage>>>,
    /// The rows of the figures of assistance that cover each partner; those of a whole region are left out.
    pub(super) assistance: OnceLock<BTreeMap<Iso3, Vec<u32>>>,
    /// Which assistance program holds which.
    pub(super) containment: OnceLock<Containment>,
    /// The figures of assistance, ready to be added.
    pub(super) assistance_figures: OnceLock<FigureSet>,
    /// The arms sales, ready to be added.
    pub(super) sale_figures: OnceLock<FigureSet>,
    /// The rows of training of which a later edition prints the same country and year.
    pub(super) earlier_editions: OnceLock<Vec<u32>>,
}
