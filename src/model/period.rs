//! Years and the periods that a figure covers.

use std::fmt;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::expected::Expected;
use super::partial_date::PartialDate;
use super::value::{FieldValue, Kind, Scalar, Value};
use super::vocabulary::vocabulary;
use super::years::Years;

/// A year, fiscal or of the calendar as the period's basis says: 1776 to 2100.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema,
)]
#[serde(try_from = "i64", into = "i64")]
#[schema(value_type = i32, minimum = 1776, maximum = 2100)]
pub struct Year(i16);

impl Year {
    /// The number.
    pub const fn number(self) -> i16 {
        self.0
    }
}

impl TryFrom<i64> for Year {
    type Error = Expected;

    fn try_from(year: i64) -> Result<Self, Expected> {
        i16::try_from(year)
            .ok()
            .filter(|year| (1776..=2100).contains(year))
            .map(Self)
            .ok_or(Expected::Form("a year from 1776 to 2100"))
    }
}

impl From<Year> for i64 {
    fn from(year: Year) -> Self {
        year.0.into()
    }
}

impl Value for Year {
    const KIND: Kind = Kind::Whole;

    fn value(&self) -> FieldValue<'_> {
        FieldValue::Whole(self.0.into())
    }

    fn parse(text: &str) -> Result<Scalar, Expected> {
        let year = text.parse::<i64>().map_err(|_| Expected::Form("a year, such as 2020"))?;
        Self::try_from(year).map(|year| Scalar::Whole(year.into()))
    }
}

vocabulary! {
    /// What a year of a period is.
    #[es = "Qué es un año de un período."]
    pub enum Basis (en "basis of the years", es "tipo de año") {
        /// A US fiscal year: year N runs from 1 October N-1 to 30 September N (31 U.S.C. 1102).
        #[es = "Año fiscal de Estados Unidos: el año N va del 1 de octubre de N-1 al 30 de septiembre de N (31 U.S.C. 1102)."]
        FiscalYear = "fiscal_year" (en "fiscal year", es "año fiscal"),
        /// A year of the calendar.
        #[es = "Año del calendario."]
        CalendarYear = "calendar_year" (en "calendar year", es "año calendario"),
    }
}

vocabulary! {
    /// How it is known up to which date a period without an end reaches.
    #[es = "Cómo se sabe hasta qué fecha llega un período sin fin."]
    pub enum KnownHow (en "how it is known", es "cómo se sabe") {
        /// The source prints the date up to which it counts.
        #[es = "La fuente trae la fecha hasta la que cuenta."]
        Printed = "printed" (en "printed in the source", es "consta en la fuente"),
        /// The source, or the document that it reports, is of this date, and cannot speak of later money.
        #[es = "La fuente, o el documento que cita, es de esta fecha y no puede hablar de dinero posterior."]
        Published = "published" (en "date of the source", es "fecha de la fuente"),
        /// The source has no date; its text names this year or month, so it was written then or later.
        #[es = "La fuente no tiene fecha; su texto nombra este año o mes, así que se escribió entonces o después."]
        Inferred = "inferred" (en "inferred from the text", es "inferido del texto"),
    }
}

/// Up to when the source of a period without an end knew.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct KnownThrough {
    /// The year, month or day. For fiscal years a bare year is that fiscal year; a month or a day is the fiscal
    /// year that holds it.
    pub date: PartialDate,
    /// How that is known.
    pub how: KnownHow,
}

/// The years that a figure covers, first and last included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(try_from = "StatedPeriod", deny_unknown_fields)]
pub struct Period {
    /// The first year.
    from: Year,
    /// The last year. Null when the source does not state an end ("since FY 2017").
    to: Option<Year>,
    /// Whether the years are US fiscal years or years of the calendar.
    basis: Basis,
    /// Whether the source says which kind of year it means; false where it was inferred.
    basis_stated: bool,
    /// Up to when the source knew, for a period without an end. Null when nothing tells, and beside an end.
    known_through: Option<KnownThrough>,
}

/// A period as a data file states it, before it is known to be one.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StatedPeriod {
    from: Year,
    to: Option<Year>,
    basis: Basis,
    basis_stated: bool,
    known_through: Option<KnownThrough>,
}

impl TryFrom<StatedPeriod> for Period {
    type Error = Expected;

    fn try_from(stated: StatedPeriod) -> Result<Self, Expected> {
        let StatedPeriod { from, to, basis, basis_stated, known_through } = stated;
        let period = Self { from, to, basis, basis_stated, known_through };
        match (to, period.known_year()) {
            (Some(to), _) if to < from => Err(Expected::Because(format!(
                "expected a first year that is not after the last: {} is after {}",
                from.0, to.0
            ))),
            (Some(_), Some(_)) => Err(Expected::Because(
                "expected `known_through` to be null: the period states its end".to_owned(),
            )),
            (None, Some(known)) if known < from => Err(Expected::Because(format!(
                "expected a `known_through` that is not before the first year: {} is before {}",
                known.0, from.0
            ))),
            _ => Ok(period),
        }
    }
}

impl Period {
    /// The first year.
    pub const fn from(&self) -> &Year {
        &self.from
    }

    /// The last year, where the source states one.
    pub const fn to(&self) -> Option<&Year> {
        self.to.as_ref()
    }

    /// What its years are.
    pub const fn basis(&self) -> &Basis {
        &self.basis
    }

    /// Whether the source says what its years are.
    pub const fn basis_stated(&self) -> &bool {
        &self.basis_stated
    }

    /// Up to when the source knew, where the period states no end.
    pub const fn known_through(&self) -> Option<&KnownThrough> {
        self.known_through.as_ref()
    }

    /// The year of [`Period::known_through`], of the period's own basis.
    fn known_year(&self) -> Option<Year> {
        let date = self.known_through?.date;
        // A bare year may lie in two fiscal years and means the one of its number; a month or a day lies in one.
        let touched = date.fiscal_years();
        let named = self.basis == Basis::FiscalYear && Some(touched.from) == touched.to;
        Some(Year(if named { touched.from } else { date.year() }))
    }

    /// The last year that it is known to cover: the one that it states, else that of `known_through`. None when
    /// nothing tells.
    pub fn last_known(&self) -> Option<Year> {
        self.to.or_else(|| self.known_year())
    }

    /// The fiscal years that it touches. A calendar year touches the fiscal year of its number and the next.
    /// A period without an end touches every later year: it may go on.
    pub fn fiscal_years(&self) -> Years {
        let beyond = i16::from(self.basis == Basis::CalendarYear);
        Years { from: self.from.0, to: self.to.map(|to| to.0 + beyond) }
    }
}

/// `FY 2017–2023`, `since FY 2017`, `2010–2016`.
impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let basis = if self.basis == Basis::FiscalYear { "FY " } else { "" };
        let from = self.from.0;
        match self.to {
            None => write!(f, "since {basis}{from}"),
            Some(to) if to == self.from => write!(f, "{basis}{from}"),
            Some(to) => write!(f, "{basis}{from}–{}", to.0),
        }
    }
}
