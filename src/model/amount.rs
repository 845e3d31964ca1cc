//! Amounts of money as sources state them: with their qualifier and their rounding.

use std::fmt;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::expected::Expected;
use super::value::{FieldValue, Kind, Scalar, Value};
use super::vocabulary::vocabulary;

/// The largest amount, and the most that the amounts of a collection add up to: 2^53 - 1 dollars. Every whole number
/// up to it is exact in a reader that takes JSON numbers for floating point (RFC 8259, section 6).
pub(crate) const LARGEST_USD: i64 = (1 << 53) - 1;

/// Whole US dollars of the year in which they were stated, never adjusted for prices: 0 to 2^53 - 1.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema,
)]
#[serde(try_from = "i64", into = "i64")]
#[schema(value_type = i64, minimum = 0, maximum = 9_007_199_254_740_991_i64)]
pub struct Usd(i64);

impl Usd {
    /// The number of dollars.
    pub const fn dollars(self) -> i64 {
        self.0
    }
}

impl TryFrom<i64> for Usd {
    type Error = Expected;

    fn try_from(dollars: i64) -> Result<Self, Expected> {
        if (0..=LARGEST_USD).contains(&dollars) {
            Ok(Self(dollars))
        } else {
            Err(Expected::Form("whole US dollars from 0 to 9007199254740991"))
        }
    }
}

impl From<Usd> for i64 {
    fn from(usd: Usd) -> Self {
        usd.0
    }
}

impl Value for Usd {
    const KIND: Kind = Kind::Whole;

    fn value(&self) -> FieldValue<'_> {
        FieldValue::Whole(self.0)
    }

    fn parse(text: &str) -> Result<Scalar, Expected> {
        let dollars = text
            .parse::<i64>()
            .map_err(|_| Expected::Form("whole US dollars, such as 278000000"))?;
        Self::try_from(dollars).map(|usd| Scalar::Whole(usd.0))
    }
}

vocabulary! {
    /// How a source qualifies a number.
    #[es = "Cómo califica una fuente un número."]
    pub enum Qualifier (en "qualifier", es "calificador") {
        /// Printed without a qualifier. It may still be rounded: see `rounded_to_usd`.
        #[es = "Publicado sin calificador. Aun así puede estar redondeado: véase `rounded_to_usd`."]
        Exact = "exact" (en "exact", es "exacto"),
        /// "Approximately", "about", or printed to a decimal of a million.
        #[es = "«Aproximadamente», «unos», o publicado con un decimal de millón."]
        Approximately = "approximately" (en "approximately", es "aproximado"),
        /// "Over", "more than", "at least": a lower bound without an upper one.
        #[es = "«Más de», «por lo menos»: un límite inferior sin límite superior."]
        MoreThan = "more_than" (en "more than", es "más de"),
        /// "Less than", "nearly", "up to": an upper bound.
        #[es = "«Menos de», «casi», «hasta»: un límite superior."]
        LessThan = "less_than" (en "less than", es "menos de"),
    }
}

/// An amount as a source states it, with the bounds that follow from its wording.
///
/// | stated as | `min_usd` | `max_usd` |
/// |---|---|---|
/// | `exact` or `approximately`, rounded to r | usd - r/2, never below 0 | usd + r/2 |
/// | `exact`, not rounded | usd | usd |
/// | `approximately`, not rounded | null | null |
/// | `more_than` | usd | null |
/// | `less_than` | 0 | usd |
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(from = "StatedAmount", deny_unknown_fields)]
pub struct Amount {
    /// Whole US dollars, as the source states them; read it together with `qualifier`.
    usd: Usd,
    /// How the source qualifies the number.
    qualifier: Qualifier,
    /// The unit that the source rounds to, in whole US dollars. Null when the number is not rounded,
    /// or when a rounding says nothing beside its qualifier.
    rounded_to_usd: Option<Usd>,
    /// The least that the statement allows, in whole US dollars. Null when it sets no lower bound.
    #[schema(read_only)]
    min_usd: Option<Usd>,
    /// The most that the statement allows, in whole US dollars. Null when it sets no upper bound.
    #[schema(read_only)]
    max_usd: Option<Usd>,
}

/// An amount as a data file states it; the bounds follow.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StatedAmount {
    usd: Usd,
    qualifier: Qualifier,
    rounded_to_usd: Option<Usd>,
}

impl From<StatedAmount> for Amount {
    fn from(stated: StatedAmount) -> Self {
        let StatedAmount { usd, qualifier, rounded_to_usd } = stated;
        Self::new(usd, qualifier, rounded_to_usd)
    }
}

impl Amount {
    /// States an amount; the one place where bounds are worked out.
    pub fn new(usd: Usd, qualifier: Qualifier, rounded_to_usd: Option<Usd>) -> Self {
        let half = rounded_to_usd.map(|unit| unit.0 / 2);
        let (min, max) = match (qualifier, half) {
            (Qualifier::Exact | Qualifier::Approximately, Some(half)) => {
                (Some((usd.0 - half).max(0)), Some(usd.0 + half))
            }
            (Qualifier::Exact, None) => (Some(usd.0), Some(usd.0)),
            (Qualifier::Approximately, None) => (None, None),
            (Qualifier::MoreThan, _) => (Some(usd.0), None),
            (Qualifier::LessThan, _) => (Some(0), Some(usd.0)),
        };
        Self { usd, qualifier, rounded_to_usd, min_usd: min.map(Usd), max_usd: max.map(Usd) }
    }

    /// The number that the source states.
    pub const fn usd(&self) -> &Usd {
        &self.usd
    }

    /// How the source qualifies it.
    pub const fn qualifier(&self) -> &Qualifier {
        &self.qualifier
    }

    /// The unit that the source rounds to.
    pub const fn rounded_to_usd(&self) -> Option<&Usd> {
        self.rounded_to_usd.as_ref()
    }

    /// The least that the statement allows.
    pub const fn min_usd(&self) -> Option<&Usd> {
        self.min_usd.as_ref()
    }

    /// The most that the statement allows.
    pub const fn max_usd(&self) -> Option<&Usd> {
        self.max_usd.as_ref()
    }
}

/// `about $278,000,000`, `more than $90,000,000`, `$8,690,000`.
impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.qualifier {
            Qualifier::Exact => "$",
            Qualifier::Approximately => "about $",
            Qualifier::MoreThan => "more than $",
            Qualifier::LessThan => "less than $",
        })?;
        let digits = self.usd.0.to_string();
        for (position, digit) in digits.chars().enumerate() {
            if position > 0 && (digits.len() - position).is_multiple_of(3) {
                f.write_str(",")?;
            }
            write!(f, "{digit}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn bounds(usd: i64, qualifier: Qualifier, rounded: Option<i64>) -> (Option<i64>, Option<i64>) {
        let amount = Amount::new(Usd(usd), qualifier, rounded.map(Usd));
        (amount.min_usd.map(i64::from), amount.max_usd.map(i64::from))
    }

    #[test]
    fn a_rounded_figure_lies_within_half_a_unit() {
        assert_eq!(
            bounds(278_000_000, Qualifier::Approximately, Some(1_000_000)),
            (Some(277_500_000), Some(278_500_000))
        );
    }

    #[test]
    fn a_zero_that_is_rounded_is_not_widened_below_zero() {
        assert_eq!(bounds(0, Qualifier::Exact, Some(1000)), (Some(0), Some(500)));
    }

    #[test]
    fn more_than_has_no_upper_bound_and_less_than_starts_at_zero() {
        assert_eq!(bounds(90_000_000, Qualifier::MoreThan, None), (Some(90_000_000), None));
        assert_eq!(bounds(200_000, Qualifier::LessThan, None), (Some(0), Some(200_000)));
    }

    #[test]
    fn approximately_without_a_unit_sets_no_bounds() {
        assert_eq!(bounds(5, Qualifier::Approximately, None), (None, None));
        assert_eq!(bounds(5, Qualifier::Exact, None), (Some(5), Some(5)));
    }

    proptest! {
        #[test]
        fn a_stated_number_lies_within_its_bounds(
            usd in 0..LARGEST_USD / 2,
            unit in proptest::option::of(1..1_000_000_000_i64),
            which in 0_usize..4,
        ) {
            let qualifier = [
                Qualifier::Exact,
                Qualifier::Approximately,
                Qualifier::MoreThan,
                Qualifier::LessThan,
            ][which];
            let (min, max) = bounds(usd, qualifier, unit);
            prop_assert!(min.is_none_or(|min| 0 <= min && min <= usd));
            prop_assert!(max.is_none_or(|max| usd <= max));
        }
    }
}
