//! Dates as precise as their source gives them.

use std::fmt;

use serde::{Deserialize, Serialize, Serializer};
use smol_str::SmolStr;
use utoipa::ToSchema;

use super::expected::Expected;
use super::years::Years;

const FORM: Expected = Expected::Form("a date such as 2012, 2017-05 or 2022-05-23");

/// A date as precise as its source gives it: `2012`, `2017-05` or `2022-05-23` (ISO 8601 reduced
/// precision, EDTF level 0). Never padded with days or months that no source states.
///
/// Sorts with the less precise first: `2017`, `2017-05`, `2017-05-23`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, ToSchema)]
#[serde(try_from = "SmolStr")]
#[schema(value_type = String, pattern = "^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$")]
pub struct PartialDate(Parts);

/// Year, month and day; a month or day of 0 is one that the source does not give.
type Parts = (i16, i8, i8);

impl PartialDate {
    /// A date known only by its year.
    pub const fn of_year(year: i16) -> Self {
        Self((year, 0, 0))
    }

    /// The year.
    pub const fn year(self) -> i16 {
        self.0.0
    }

    /// Year, month and day; a month or day of 0 is one that the source does not give.
    pub const fn parts(self) -> (i16, i8, i8) {
        self.0
    }

    /// The first day that it may mean, as year, month and day.
    pub fn earliest(self) -> Parts {
        let (year, month, day) = self.0;
        (year, month.max(1), day.max(1))
    }

    /// The last day that it may mean; a month counts as having 31 days, which no comparison notices.
    pub fn latest(self) -> Parts {
        let (year, month, day) = self.0;
        let or = |part, last| if part == 0 { last } else { part };
        (year, or(month, 12), or(day, 31))
    }

    /// Whether every day that it may mean lies in `wider`: `2022-05-23` lies in `2022`, not the reverse.
    pub fn lies_in(self, wider: Self) -> bool {
        wider.earliest() <= self.earliest() && self.latest() <= wider.latest()
    }

    /// The US fiscal years that it may lie in; a year alone lies in two.
    pub fn fiscal_years(self) -> Years {
        let fiscal = |(year, month, _): Parts| if month >= 10 { year + 1 } else { year };
        Years { from: fiscal(self.earliest()), to: Some(fiscal(self.latest())) }
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.0;
        write!(f, "{year:04}")?;
        for part in [month, day].into_iter().filter(|part| *part > 0) {
            write!(f, "-{part:02}")?;
        }
        Ok(())
    }
}

impl std::str::FromStr for PartialDate {
    type Err = Expected;

    fn from_str(text: &str) -> Result<Self, Expected> {
        let digits = |part: &str, length: usize| -> Result<i16, Expected> {
            if part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit()) {
                part.parse().map_err(|_| FORM)
            } else {
                Err(FORM)
            }
        };
        let mut parts = text.split('-');
        let year = digits(parts.next().unwrap_or_default(), 4)?;
        let month = parts.next().map_or(Ok(1), |part| digits(part, 2))?;
        let day = parts.next().map_or(Ok(1), |part| digits(part, 2))?;
        if parts.next().is_some() {
            return Err(FORM);
        }
        let exists = i8::try_from(month)
            .ok()
            .zip(i8::try_from(day).ok())
            .and_then(|(month, day)| jiff::civil::Date::new(year, month, day).ok());
        let date = exists
            .ok_or_else(|| Expected::Because(format!("`{text}` is no day of the calendar")))?;
        let given = text.len();
        Ok(Self((
            year,
            if given > 4 { date.month() } else { 0 },
            if given > 7 { date.day() } else { 0 },
        )))
    }
}

impl TryFrom<SmolStr> for PartialDate {
    type Error = Expected;

    fn try_from(text: SmolStr) -> Result<Self, Expected> {
        text.parse()
    }
}

impl Serialize for PartialDate {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> PartialDate {
        text.parse().expect("a date")
    }

    #[test]
    fn a_date_keeps_the_precision_that_its_source_gives() {
        for text in ["2012", "2017-05", "2022-05-23"] {
            assert_eq!(date(text).to_string(), text);
        }
    }

    #[test]
    fn a_day_that_no_calendar_has_is_refused() {
        for text in
            ["2023-02-30", "2023-13", "2023-00", "12", "2023-1", "2023-01-01-01", "２０２３"]
        {
            assert!(text.parse::<PartialDate>().is_err(), "{text}");
        }
    }

    #[test]
    fn less_precise_dates_come_first_and_hold_the_more_precise() {
        assert!(date("2017") < date("2017-05") && date("2017-05") < date("2017-05-23"));
        assert!(date("2017-05-23").lies_in(date("2017")));
        assert!(!date("2017").lies_in(date("2017-05-23")));
    }

    #[test]
    fn october_belongs_to_the_next_fiscal_year() {
        assert_eq!(date("2016-10-01").fiscal_years().to_string(), "2017");
        assert_eq!(date("2017-09-30").fiscal_years().to_string(), "2017");
        assert_eq!(date("2017").fiscal_years().to_string(), "2017-2018");
    }
}
