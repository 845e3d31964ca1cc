//! Runs of fiscal years.

use std::fmt;

/// A run of fiscal years, first and last included; without an end it runs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Years {
    /// The first fiscal year.
    pub from: i16,
    /// The last fiscal year, or none when no end is stated.
    pub to: Option<i16>,
}

impl Years {
    /// Whether the two runs share a year.
    pub fn touches(self, other: Self) -> bool {
        self.from <= other.to.unwrap_or(i16::MAX) && other.from <= self.to.unwrap_or(i16::MAX)
    }
}

impl fmt::Display for Years {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.to {
            None => write!(f, "{}-", self.from),
            Some(to) if to == self.from => write!(f, "{to}"),
            Some(to) => write!(f, "{}-{to}", self.from),
        }
    }
}
