//! How figures are to be added: what a reader may ask of a sum.

use super::time::{Extent, Span};
use crate::model::{Basis, vocabulary};

vocabulary! {
    /// What figures may be grouped by. Arms sales are grouped by channel and measure whatever is asked for.
    pub enum GroupBy {
        /// The partner; figures of several stand in `shared`.
        Partner = "partner",
        /// The program.
        Program = "program",
        /// The fiscal year, or the years of a figure that covers several.
        FiscalYear = "fiscal_year",
        /// How final the figures are.
        Stage = "stage",
        /// The way of a sale.
        Channel = "channel",
        /// What a figure of sales counts.
        Measure = "measure",
    }
}

vocabulary! {
    /// Which of overlapping figures stand.
    pub enum Prefer {
        /// Few figures that cover much.
        Broad = "broad",
        /// Many that cover little.
        Detail = "detail",
    }
}

vocabulary! {
    /// Whether a figure of several years is divided over them.
    pub enum Spread {
        /// It stands under its period, undivided.
        None = "none",
        /// Evenly: an estimate, which no source gives.
        Even = "even",
    }
}

/// The fiscal years asked for, first and last included; a side may be open.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Window {
    /// The first fiscal year.
    pub from: Option<i16>,
    /// The last fiscal year.
    pub to: Option<i16>,
}

impl Window {
    pub(super) fn span(self) -> Span {
        Span::fiscal(self.from, self.to)
    }

    /// The years of a figure over which it can be divided, within the window: first, last.
    pub(super) fn shares(self, extent: Extent) -> Option<(i16, i16)> {
        let Some((from, Some(to), Basis::FiscalYear)) = extent.years else { return None };
        let first = self.from.unwrap_or(from).max(from);
        let last = self.to.unwrap_or(to).min(to);
        (first <= last).then_some((first, last))
    }
}

/// How figures are to be added.
#[derive(Debug, Clone)]
pub struct Question {
    /// What they are grouped by; nothing for the total alone.
    pub group_by: Vec<GroupBy>,
    /// Which of overlapping figures stand.
    pub prefer: Prefer,
    /// Whether figures of several years are divided over them.
    pub spread: Spread,
    /// The fiscal years asked for.
    pub window: Window,
}

impl Default for Question {
    fn default() -> Self {
        Self {
            group_by: Vec::new(),
            prefer: Prefer::Broad,
            spread: Spread::None,
            window: Window::default(),
        }
    }
}
