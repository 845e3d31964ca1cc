//! What the figures of one fiscal year alone are: money, proposals only, or zeros that sources state.

use std::collections::BTreeMap;

use super::source_rank::is_proposal;
use super::tables::Dataset;
use crate::model::{Iso3, RecordId, Vocabulary};

/// The figures of a program for one fiscal year alone.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct OwnYear {
    /// How many there are.
    pub figures: u32,
    /// How many of them are requests or bills.
    pub proposals: u32,
    /// How many state a zero.
    pub zeros: u32,
}

/// The figures of a partner that are of one fiscal year alone, by program and year.
pub type OwnYears<'d> = BTreeMap<&'d RecordId, BTreeMap<i16, OwnYear>>;

impl Dataset {
    /// The figures of a partner that are of one fiscal year alone, by program and year.
    pub fn own_years(&self, partner: &Iso3) -> OwnYears<'_> {
        let mut own = OwnYears::new();
        for figure in self.assistance_of(partner) {
            let years = figure.fiscal_years();
            let Some(years) = years.filter(|years| years.to == Some(years.from)) else { continue };
            let found = own.entry(&figure.program).or_default().entry(years.from).or_default();
            found.figures += 1;
            found.proposals += u32::from(is_proposal(figure.stage.word()));
            found.zeros += u32::from(figure.amount.usd().dollars() == 0);
        }
        own
    }
}
