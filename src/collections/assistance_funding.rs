//! Assistance funding: published figures of assistance, one record a figure.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::model::vocabulary;
use crate::model::{
    Amount, Bilingual, Citation, Collection, Confidence, CountedKeys, DatedEvent, Field, Iso3,
    Objective, PartialDate, Period, PeriodFigure, ReadingMethod, RecordId, Scope, Slot, Statement,
    Text, Vocabulary, Years, column, fiscal_year_filter, optional,
};

vocabulary! {
    /// How final a figure is. Figures of different stages for the same money are never added.
    #[es = "Qué tan definitiva es una cifra. Las cifras de distintas etapas de un mismo dinero nunca se suman."]
    pub enum Stage (en "stage", es "etapa") {
        /// A budget document's own "actual" column.
        #[es = "La columna «actual» (ejecutado) de un documento presupuestal."]
        Actual = "actual" (en "actual", es "ejecutado", rank 1),
        /// The source says given, provided, invested or received.
        #[es = "La fuente dice que se dio, se entregó, se invirtió o se recibió."]
        Provided = "provided" (en "provided", es "entregado", rank 2),
        /// Committed by contract or loan agreement.
        #[es = "Comprometido por contrato o por acuerdo de préstamo."]
        Obligated = "obligated" (en "obligated", es "comprometido", rank 3),
        /// A drawdown that the President directs, or lets be directed, at the value ordered: most often a ceiling, and
        /// not what was delivered.
        #[es = "Un retiro de existencias que el presidente de Estados Unidos ordena o permite ordenar, por el valor ordenado: casi siempre un tope, y no lo que se entregó."]
        Ordered = "ordered" (en "ordered", es "ordenado", rank 4),
        /// Counted by a third party.
        #[es = "Contado por un tercero."]
        Reported = "reported" (en "reported", es "reportado", rank 5),
        /// Enacted by law, or specified by its statement.
        #[es = "Asignado por ley, o precisado en la declaración que la acompaña."]
        Appropriated = "appropriated" (en "appropriated", es "asignado", rank 6),
        /// An estimate of the current year, or a cell carried over from another year.
        #[es = "Una estimación del año en curso, o una casilla trasladada de otro año."]
        Estimate = "estimate" (en "estimate", es "estimado", rank 7),
        /// An allocation that an agency plans.
        #[es = "Una asignación que una entidad prevé."]
        Planned = "planned" (en "planned", es "previsto", rank 8),
        /// The version of a bill that the House passed.
        #[es = "La versión de un proyecto de ley que aprobó la Cámara de Representantes."]
        HousePassed = "house_passed" (en "passed by the House", es "aprobado por la Cámara", rank 9),
        /// The version of a bill of a House committee.
        #[es = "La versión de un proyecto de ley de una comisión de la Cámara de Representantes."]
        HouseCommittee = "house_committee" (en "House committee", es "comisión de la Cámara", rank 10),
        /// The version of a bill of a Senate committee.
        #[es = "La versión de un proyecto de ley de una comisión del Senado."]
        SenateCommittee = "senate_committee" (en "Senate committee", es "comisión del Senado", rank 11),
        /// What the Administration asked for.
        #[es = "Lo que solicitó el Gobierno de Estados Unidos."]
        Request = "request" (en "request", es "solicitado", rank 12),
        /// A sum over several stages; never preferred.
        #[es = "Una suma de varias etapas; nunca se prefiere."]
        Mixed = "mixed" (en "mixed", es "mixto", rank 13),
    }
}

/// One published figure of assistance under one program.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AssistanceFunding {
    /// Stable identifier, unique within assistance funding.
    pub id: RecordId,
    /// The partner that received it, by ISO 3166-1 alpha-3 code; several when one figure covers them
    /// together and no source splits it.
    pub partner: Box<[Iso3]>,
    /// The program's code in `assistance-programs`.
    pub program: RecordId,
    /// The part of the program that the figure is about. Null when it is the whole.
    pub component: Option<Text>,
    /// The years that the figure covers. Null when the source gives only a date.
    pub period: Option<Period>,
    /// The day, month or year that the figure speaks for. Null when the period says it all.
    pub as_of: Option<PartialDate>,
    /// The figure, with its qualifier, rounding and bounds.
    pub amount: Amount,
    /// Whether the amount recurs in each year of the period; such a figure is never a total.
    pub per_year: bool,
    /// How final the figure is.
    pub stage: Stage,
    /// What the money is for, where that differs from its program's: the military share of an account that also
    /// pays for civilian work. Null where it is the program's. As a filter, facet, column and grouping `objective`
    /// means the figure's own, else its program's.
    pub objective: Option<Objective>,
    /// Whom the figure covers.
    pub scope: Scope,
    /// The id of the figure that contains this one. Null when none is known to.
    pub part_of: Option<RecordId>,
    /// The id of the newer edition's figure. Null while this is the newest.
    pub superseded_by: Option<RecordId>,
    /// How sure we are of it.
    pub confidence: Confidence,
    /// How it was come by, where that keeps the confidence below `high`. Null where the note says it, or nothing
    /// needs saying.
    pub method: Option<ReadingMethod>,
    /// What a reader should know before using the figure. Null when there is nothing to add.
    pub note: Option<Text>,
    /// Where the figure was published. Never empty.
    pub citations: Box<[Citation]>,
    /// The figure's own objective, else its program's: filled in when the dataset is loaded.
    #[serde(skip)]
    #[schema(ignore)]
    pub effective_objective: Option<Objective>,
    /// Whether its program is a waiver, so that it states no money: filled in when the dataset is loaded.
    #[serde(skip)]
    #[schema(ignore)]
    pub is_waiver: bool,
}

impl AssistanceFunding {
    /// The fiscal years that it touches.
    pub fn fiscal_years(&self) -> Option<Years> {
        let dated = || self.as_of.map(PartialDate::fiscal_years);
        self.period.map(|period| period.fiscal_years()).or_else(dated)
    }
}

/// A figure in a few words.
const HEADING: Bilingual = Bilingual::new(
    "{partner}: {program}[ ({component})][, {years}][, {as_of}], {amount} ({stage})",
    "{partner}: {program}[ ({component})][, {years}][, {as_of}], {amount} ({stage})",
);

/// Writes a sentence about a figure: who did what at its stage, and what all stages end with.
macro_rules! figure_sentence {
    ($en:literal, $es:literal) => {
        Bilingual::new(
            concat!(
                $en,
                " ({program}[: {component}])[ {period}][, {as_of}][, rounded to the nearest {rounding}]",
                "[, {region}][; {replaced}]"
            ),
            concat!(
                $es,
                " ({program}[: {component}])[ {period}][, {as_of}]",
                "[, cifra redondeada a múltiplos de {rounding}][, {region}][; {replaced}]"
            ),
        )
    };
}

/// What the figure of a waiver says, whatever its stage.
const WAIVER_SENTENCE: Bilingual = figure_sentence!(
    "The United States waived restrictions of law on {amount} of assistance to {partner}",
    "Estados Unidos levantó restricciones legales sobre {amount} de asistencia a {partner}"
);

impl Stage {
    /// Who did what with the money.
    const fn sentence(self) -> Bilingual {
        match self {
            Self::Actual => figure_sentence!(
                "The U.S. budget records {amount} as the actual amount for {partner}",
                "El presupuesto de Estados Unidos registra como ejecutado para {partner} un monto de {amount}"
            ),
            Self::Provided => figure_sentence!(
                "The United States provided {partner} with {amount}",
                "Estados Unidos entregó a {partner} {amount}"
            ),
            Self::Obligated => figure_sentence!(
                "The United States obligated {amount} for {partner}",
                "Estados Unidos comprometió {amount} para {partner}"
            ),
            Self::Ordered => figure_sentence!(
                "The President of the United States ordered a drawdown of {amount} for {partner}",
                "El presidente de Estados Unidos ordenó un retiro de existencias por {amount} para {partner}"
            ),
            Self::Reported => figure_sentence!(
                "A third party counted {amount} of U.S. assistance to {partner}",
                "Un tercero contó {amount} de asistencia de Estados Unidos a {partner}"
            ),
            Self::Appropriated => figure_sentence!(
                "The U.S. Congress appropriated {amount} for {partner}",
                "El Congreso de Estados Unidos asignó {amount} para {partner}"
            ),
            Self::Estimate => figure_sentence!(
                "U.S. assistance to {partner} was estimated at {amount}",
                "La asistencia de Estados Unidos a {partner} se estimó en {amount}"
            ),
            Self::Planned => figure_sentence!(
                "The United States planned to give {partner} {amount}",
                "Estados Unidos tenía previsto entregar a {partner} {amount}"
            ),
            Self::HousePassed => figure_sentence!(
                "The House of Representatives passed a bill with {amount} for {partner}",
                "La Cámara de Representantes aprobó un proyecto de ley con {amount} para {partner}"
            ),
            Self::HouseCommittee => figure_sentence!(
                "A committee of the House of Representatives backed a bill with {amount} for {partner}",
                "Una comisión de la Cámara de Representantes avaló un proyecto de ley con {amount} para {partner}"
            ),
            Self::SenateCommittee => figure_sentence!(
                "A committee of the Senate backed a bill with {amount} for {partner}",
                "Una comisión del Senado avaló un proyecto de ley con {amount} para {partner}"
            ),
            Self::Request => figure_sentence!(
                "The U.S. Administration asked Congress for {amount} for {partner}",
                "El Gobierno de Estados Unidos le solicitó al Congreso {amount} para {partner}"
            ),
            Self::Mixed => figure_sentence!(
                "Figures of several stages for {partner} add up to {amount}",
                "Cifras de varias etapas para {partner} suman {amount}"
            ),
        }
    }
}

impl Collection for AssistanceFunding {
    const NAME: &'static str = "assistance-funding";
    const PATH: &'static str = "/v1/assistance-funding";
    const SINGULAR: &'static str = "assistance figure";
    const LABEL: Bilingual =
        Bilingual::new("assistance funding", "financiamiento de la asistencia");
    const ABOUT: Bilingual = Bilingual::new(
        "Published figures of assistance: program, period, amount with its bounds, and stage.",
        "Cifras publicadas de asistencia: programa, período, monto con sus límites y etapa.",
    );
    const FIELDS: &'static [&'static dyn Field<Self>] = &[
        &column("id", |figure: &Self| &figure.id),
        &column("partner", |figure: &Self| &figure.partner).in_list().refers_to("partners"),
        &column("program", |figure: &Self| &figure.program)
            .in_link()
            .facets()
            .refers_to("assistance-programs"),
        &column("component", |figure: &Self| &figure.component).in_link().named(),
        &fiscal_year_filter(Self::fiscal_years),
        &optional("period_from", |figure: &Self| figure.period.as_ref().map(Period::from)),
        &optional("period_to", |figure: &Self| figure.period.as_ref()?.to()),
        &optional("period_basis", |figure: &Self| figure.period.as_ref().map(Period::basis)),
        &optional("period_basis_stated", |figure: &Self| {
            figure.period.as_ref().map(Period::basis_stated)
        }),
        &optional("period_known_through_date", |figure: &Self| {
            figure.period.as_ref()?.known_through().map(|known| &known.date)
        }),
        &optional("period_known_through_how", |figure: &Self| {
            figure.period.as_ref()?.known_through().map(|known| &known.how)
        }),
        &column("as_of", |figure: &Self| &figure.as_of),
        &column("amount_usd", |figure: &Self| figure.amount.usd()),
        &column("amount_qualifier", |figure: &Self| figure.amount.qualifier()),
        &optional("amount_rounded_to_usd", |figure: &Self| figure.amount.rounded_to_usd()),
        &optional("amount_min_usd", |figure: &Self| figure.amount.min_usd()),
        &optional("amount_max_usd", |figure: &Self| figure.amount.max_usd()),
        &column("per_year", |figure: &Self| &figure.per_year),
        &column("stage", |figure: &Self| &figure.stage).in_list(),
        &column("objective", |figure: &Self| &figure.effective_objective),
        &column("scope", |figure: &Self| &figure.scope),
        &column("part_of", |figure: &Self| &figure.part_of).refers_to("assistance-funding"),
        &column("superseded_by", |figure: &Self| &figure.superseded_by)
            .refers_to("assistance-funding"),
        &column("confidence", |figure: &Self| &figure.confidence),
        &column("method", |figure: &Self| &figure.method),
        &column("note", |figure: &Self| &figure.note),
    ];
    const COUNTED: Option<CountedKeys> = Some(CountedKeys {
        amount: "counted_usd",
        about: "What the figure adds to the sum of all that match, or with `counted_by` to that of its group, in US \
                dollars. Null where it adds nothing, where the sum has no amount, and where the question has `q` or \
                `limit`: a part of an answer is no sum.",
        group_by: &["partner", "program", "fiscal_year", "stage", "objective"],
    });

    fn id(&self) -> &str {
        self.id.as_str()
    }

    fn title(&self) -> Cow<'_, str> {
        let amount = &self.amount;
        let component = self.component.as_ref().map(|part| format!(" ({part})"));
        let period = self.period.map(|period| format!(", {period}"));
        let stage = self.stage.word().replace('_', " ");
        format!(
            "{}{}{}: {amount} ({stage})",
            self.program,
            component.unwrap_or_default(),
            period.unwrap_or_default(),
        )
        .into()
    }

    fn statement(&self) -> Statement<'_> {
        let figure = if self.per_year { PeriodFigure::EachYear } else { PeriodFigure::OneSum };
        let period = self.period.map(|period| Slot::Period { period, figure });
        let component = self.component.as_ref().map(|part| Slot::Quoted(vec![part.as_str()]));
        let region = (self.scope == Scope::Region).then_some(Slot::OF_A_REGION);
        let replaced = self.superseded_by.as_ref().map(|_| Slot::REPLACED);
        let program =
            Slot::Named { collection: "assistance-programs", ids: vec![self.program.as_str()] };
        let sentence = if self.is_waiver { WAIVER_SENTENCE } else { self.stage.sentence() };
        Statement::new(sentence, HEADING)
            .with("partner", Slot::Partners(&self.partner))
            .with("amount", Slot::Amount { amount: self.amount, per_year: self.per_year })
            .with("rounding", Slot::Rounding(self.amount))
            .with("program", program)
            .with_some("component", component)
            .with_some("period", period)
            .with_some("years", self.period.map(Slot::Years))
            .with_some("as_of", self.as_of.map(Slot::AsOf))
            .with("stage", Slot::Words(self.stage.entry().label))
            .with_some("region", region)
            .with_some("replaced", replaced)
    }

    fn citations(&self) -> &[Citation] {
        &self.citations
    }

    fn dates(&self) -> Vec<DatedEvent> {
        DatedEvent::covered(self.period, self.as_of)
    }
}
