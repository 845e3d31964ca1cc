//! U.S. personnel: the official yearly series of how many Americans serve in a country.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::model::vocabulary;
use crate::model::{
    Bilingual, Citation, Collection, Field, Iso3, PartialDate, Qualifier, RecordId, RuleViolation,
    Slot, Statement, Text, Vocabulary, Year, column,
};

vocabulary! {
    /// Whom a yearly count of U.S. personnel takes in. Counts of two kinds make no one curve.
    #[es = "A quién incluye un conteo anual de personal de Estados Unidos. Los conteos de dos tipos no hacen una misma curva."]
    pub enum PersonnelCounted (en "who is counted", es "a quién se cuenta") {
        /// Those who were in the country: counts up to 2017.
        #[es = "Quienes estaban en el país: conteos hasta 2017."]
        Present = "present" (en "present in the country", es "presentes en el país"),
        /// Those who are assigned there for good, without those who rotate through: counts from 2018.
        #[es = "Quienes están asignados allí de forma permanente, sin quienes rotan: conteos desde 2018."]
        PermanentlyAssigned = "permanently_assigned" (en "permanently assigned", es "asignados de forma permanente"),
    }
}

/// How many U.S. personnel a partner had in one year.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UsPersonnel {
    /// Stable identifier, unique within U.S. personnel.
    pub id: RecordId,
    /// The partner, by ISO 3166-1 alpha-3 code.
    pub partner: Iso3,
    /// The year of the calendar.
    pub year: Year,
    /// Members of the armed forces on active duty. Null when the series gives no number.
    pub active_duty: Option<u32>,
    /// Members of the selected reserve. Null when the series gives no number.
    pub reserve: Option<u32>,
    /// Civilians of the Department of Defense. Null when the series gives no number.
    pub civilians: Option<u32>,
    /// Whom the numbers take in.
    pub counted: PersonnelCounted,
    /// The day, month or year that the numbers speak for: the year, where no source prints more.
    pub as_of: PartialDate,
    /// What a reader should know before using the numbers. Null when there is nothing to add.
    pub note: Option<Text>,
    /// Where the numbers were published. Never empty.
    pub citations: Box<[Citation]>,
}

/// A count in a few words.
const HEADING: Bilingual = Bilingual::new(
    "{partner}: U.S. personnel, {year}[, active duty: {active_duty}]",
    "{partner}: personal de Estados Unidos, {year}[, servicio activo: {active_duty}]",
);

const SENTENCE: Bilingual = Bilingual::new(
    "U.S. personnel in {partner} in {year} ({counted})[; on active duty: {active_duty}][; in the selected reserve: {reserve}][; civilians: {civilians}]",
    "Personal de Estados Unidos en {partner} en {year} ({counted})[; en servicio activo: {active_duty}][; en la reserva seleccionada: {reserve}][; civiles: {civilians}]",
);

impl Collection for UsPersonnel {
    const NAME: &'static str = "us-personnel";
    const PATH: &'static str = "/v1/us-personnel";
    const SINGULAR: &'static str = "count of U.S. personnel";
    const LABEL: Bilingual = Bilingual::new("U.S. personnel", "personal de Estados Unidos");
    const ABOUT: Bilingual = Bilingual::new(
        "The official yearly series of U.S. personnel by country: active duty, reserve and civilians.",
        "La serie anual oficial de personal de Estados Unidos por país: servicio activo, reserva y civiles.",
    );
    const SERIES: bool = true;
    const COUNTING_METHOD: Option<&'static str> = Some("counted");
    const FIELDS: &'static [&'static dyn Field<Self>] = &[
        &column("id", |count: &Self| &count.id),
        &column("partner", |count: &Self| &count.partner).in_list().refers_to("partners"),
        &column("year", |count: &Self| &count.year).facets(),
        &column("active_duty", |count: &Self| &count.active_duty).in_list(),
        &column("reserve", |count: &Self| &count.reserve).in_list(),
        &column("civilians", |count: &Self| &count.civilians).in_list(),
        &column("counted", |count: &Self| &count.counted).in_link(),
        &column("as_of", |count: &Self| &count.as_of),
        &column("note", |count: &Self| &count.note),
    ];

    fn id(&self) -> &str {
        self.id.as_str()
    }

    fn title(&self) -> Cow<'_, str> {
        let shown = |name: &str, number: Option<u32>| {
            number.map(|number| format!("{name} {number}")).into_iter()
        };
        let numbers: Vec<_> = shown("active duty", self.active_duty)
            .chain(shown("reserve", self.reserve))
            .chain(shown("civilians", self.civilians))
            .collect();
        let counted = self.counted.word().replace('_', " ");
        let numbers =
            if numbers.is_empty() { String::new() } else { format!(": {}", numbers.join(", ")) };
        format!("U.S. personnel, {} ({counted}){numbers}", self.year.number()).into()
    }

    fn statement(&self) -> Statement<'_> {
        let count = |number: Option<u32>| {
            number.map(|number| Slot::Count { number, qualifier: Qualifier::Exact })
        };
        Statement::new(SENTENCE, HEADING)
            .with("partner", Slot::Partners(std::slice::from_ref(&self.partner)))
            .with("year", Slot::Year(self.year))
            .with("counted", Slot::Words(self.counted.entry().label))
            .with_some("active_duty", count(self.active_duty))
            .with_some("reserve", count(self.reserve))
            .with_some("civilians", count(self.civilians))
    }

    fn citations(&self) -> &[Citation] {
        &self.citations
    }

    fn violations(&self) -> Vec<RuleViolation> {
        let mut violations = Vec::new();
        if self.as_of.year() != self.year.number() {
            violations.push(RuleViolation {
                key: "as_of",
                value: self.as_of.to_string(),
                expected: format!("a date in the year {}", self.year.number()),
            });
        }
        if self.active_duty.or(self.reserve).or(self.civilians).is_none() {
            violations.push(RuleViolation {
                key: "active_duty",
                value: "null".to_owned(),
                expected: "a number of active duty, reserve or civilians".to_owned(),
            });
        }
        violations
    }
}
