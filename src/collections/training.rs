//! Training: the official yearly series of foreign students whom the United States trains, by program.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::model::{
    Amount, Bilingual, Citation, Collection, CountedKeys, Field, Iso3, Qualifier, RecordId,
    RuleViolation, Slot, Statement, Text, Year, column, optional,
};

/// What one edition of the annual report to Congress prints as the total of a program in a country and fiscal year.
///
/// The value of the training that is listed, not an appropriation: never part of a sum of assistance funding.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Training {
    /// Stable identifier, unique within training.
    pub id: RecordId,
    /// The partner, by ISO 3166-1 alpha-3 code.
    pub partner: Iso3,
    /// The program's code in `assistance-programs`.
    pub program: RecordId,
    /// The US fiscal year: N runs from 1 October N-1 to 30 September N.
    pub fiscal_year: Year,
    /// The edition of the report, such as `2003-2004`. Where a later edition prints the same country and year, sums
    /// leave this one out.
    pub edition: Text,
    /// Entries in courses: a person who takes several is counted in each. Null when the total prints none.
    pub students: Option<u32>,
    /// The value of the training, in US dollars of the year. Null when the total prints none, which is not zero.
    pub cost: Option<Amount>,
    /// Whether the courses that the report lists add up to the printed total, in students and in cost.
    pub rows_agree: bool,
    /// The id of the figure of the same program in a later edition. Null when no later edition prints the program.
    pub superseded_by: Option<RecordId>,
    /// What a reader should know before using the figures. Null when there is nothing to add.
    pub note: Option<Text>,
    /// Where the total is printed. Never empty.
    pub citations: Box<[Citation]>,
}

/// A total in a few words.
const HEADING: Bilingual = Bilingual::new(
    "{partner}: training, {program}, FY {year}, edition {edition}",
    "{partner}: capacitación, {program}, año fiscal {year}, edición {edition}",
);

const SENTENCE: Bilingual = Bilingual::new(
    "Training of {partner} under {program} in fiscal year {year}[; entries in courses: {students}][; value: {cost}]; edition {edition} of the annual report[; {replaced}]",
    "Capacitación de {partner} con {program} en el año fiscal {year}[; inscripciones en cursos: {students}][; valor: {cost}]; edición {edition} del informe anual[; {replaced}]",
);

impl Collection for Training {
    const NAME: &'static str = "training";
    const PATH: &'static str = "/v1/training";
    const SINGULAR: &'static str = "training total";
    const LABEL: Bilingual = Bilingual::new("training", "capacitación");
    const ABOUT: Bilingual = Bilingual::new(
        "The official yearly series of training: entries in courses and their value, by country and program.",
        "La serie anual oficial de capacitación: inscripciones en cursos y su valor, por país y programa.",
    );
    const SERIES: bool = true;
    const FIELDS: &'static [&'static dyn Field<Self>] = &[
        &column("id", |total: &Self| &total.id),
        &column("partner", |total: &Self| &total.partner).in_list().refers_to("partners"),
        &column("program", |total: &Self| &total.program)
            .in_link()
            .facets()
            .refers_to("assistance-programs"),
        &column("fiscal_year", |total: &Self| &total.fiscal_year).facets(),
        &column("edition", |total: &Self| &total.edition).in_list().named(),
        &column("students", |total: &Self| &total.students).in_list(),
        &optional("cost_usd", |total: &Self| total.cost.as_ref().map(Amount::usd)),
        &optional("cost_qualifier", |total: &Self| total.cost.as_ref().map(Amount::qualifier)),
        &optional("cost_rounded_to_usd", |total: &Self| total.cost.as_ref()?.rounded_to_usd()),
        &optional("cost_min_usd", |total: &Self| total.cost.as_ref()?.min_usd()),
        &optional("cost_max_usd", |total: &Self| total.cost.as_ref()?.max_usd()),
        &column("rows_agree", |total: &Self| &total.rows_agree),
        &column("superseded_by", |total: &Self| &total.superseded_by).refers_to("training"),
        &column("note", |total: &Self| &total.note),
    ];
    const COUNTED: Option<CountedKeys> = Some(CountedKeys {
        amount: "counted_usd",
        about: "What the total adds to the cost of all that match, in US dollars: its own cost, where no later edition \
                prints its country and year. Null where it adds nothing, and where the question has `q` or `limit`: a \
                part of an answer is no sum.",
        group_by: &["partner", "program", "fiscal_year"],
    });

    fn id(&self) -> &str {
        self.id.as_str()
    }

    fn title(&self) -> Cow<'_, str> {
        let students = self.students.map(|students| format!(": {students} entries in courses"));
        let cost = self.cost.map(|cost| format!(", {cost}"));
        format!(
            "Training, {}, FY {} (edition {}){}{}",
            self.program,
            self.fiscal_year.number(),
            self.edition,
            students.unwrap_or_default(),
            cost.unwrap_or_default()
        )
        .into()
    }

    fn statement(&self) -> Statement<'_> {
        let program =
            Slot::Named { collection: "assistance-programs", ids: vec![self.program.as_str()] };
        let students =
            self.students.map(|number| Slot::Count { number, qualifier: Qualifier::Exact });
        let cost = self.cost.map(|amount| Slot::Amount { amount, per_year: false });
        let replaced = self.superseded_by.as_ref().map(|_| Slot::REPLACED);
        Statement::new(SENTENCE, HEADING)
            .with("partner", Slot::Partners(std::slice::from_ref(&self.partner)))
            .with("program", program)
            .with("year", Slot::Year(self.fiscal_year))
            .with("edition", Slot::Code(self.edition.as_str()))
            .with_some("students", students)
            .with_some("cost", cost)
            .with_some("replaced", replaced)
    }

    fn citations(&self) -> &[Citation] {
        &self.citations
    }

    fn violations(&self) -> Vec<RuleViolation> {
        if self.students.is_some() || self.cost.is_some() {
            return Vec::new();
        }
        vec![RuleViolation {
            key: "students",
            value: "null".to_owned(),
            expected: "a number of students or a cost: a total prints one of them".to_owned(),
        }]
    }
}
