//! Foreign assistance: the official yearly series of all U.S. foreign assistance, by country.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::model::vocabulary;
use crate::model::{
    Amount, Bilingual, Citation, Collection, Field, Iso3, RecordId, Slot, Statement, Text,
    Vocabulary, Year, column, optional,
};

vocabulary! {
    /// How far the money of a yearly series had come.
    #[es = "Qué tan lejos había llegado el dinero de una serie anual."]
    pub enum SeriesStage (en "stage", es "etapa") {
        /// Legally committed in the year, less what was taken back ("Obligations").
        #[es = "Comprometido legalmente en el año, menos lo que se retiró («Obligations»)."]
        Obligated = "obligated" (en "obligated", es "comprometido", rank 1),
        /// Paid out in the year ("Disbursements").
        #[es = "Desembolsado en el año («Disbursements»)."]
        Disbursed = "disbursed" (en "disbursed", es "desembolsado", rank 2),
        /// Appropriated for the year, or planned to be given ("Appropriated and Planned").
        #[es = "Asignado para el año, o previsto («Appropriated and Planned»)."]
        Planned = "planned" (en "planned", es "previsto", rank 3),
        /// Asked for by the President ("President's Budget Requests").
        #[es = "Solicitado por el presidente de Estados Unidos («President's Budget Requests»)."]
        Request = "request" (en "request", es "solicitado", rank 4),
    }
}

/// All foreign assistance to one partner in one fiscal year, economic and military together, as the government's own
/// series has it. It overlaps every figure of assistance funding and is never added to one.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ForeignAssistance {
    /// Stable identifier, unique within foreign assistance.
    pub id: RecordId,
    /// The partner, by ISO 3166-1 alpha-3 code.
    pub partner: Iso3,
    /// The US fiscal year: N runs from 1 October N-1 to 30 September N.
    pub fiscal_year: Year,
    /// How far the money had come. The same money stands under several stages: never add two of them.
    pub stage: SeriesStage,
    /// The funding account. Null in a series without accounts, where the amount is of all of them.
    pub account: Option<Text>,
    /// The amount, in US dollars of the year, never adjusted for prices.
    pub amount: Amount,
    /// What a reader should know before using the figure. Null when there is nothing to add.
    pub note: Option<Text>,
    /// Where the figure was published. Never empty.
    pub citations: Box<[Citation]>,
}

/// A figure in a few words.
const HEADING: Bilingual = Bilingual::new(
    "{partner}: foreign assistance, FY {year}[, {account}], {amount} ({stage})",
    "{partner}: asistencia exterior, año fiscal {year}[, {account}], {amount} ({stage})",
);

impl SeriesStage {
    /// Who did what with the money.
    const fn sentence(self) -> Bilingual {
        match self {
            Self::Obligated => Bilingual::new(
                "The United States obligated {amount} of foreign assistance of all kinds for {partner} in fiscal year {year}[ ({account})]",
                "Estados Unidos comprometió {amount} de asistencia exterior de todo tipo para {partner} en el año fiscal {year}[ ({account})]",
            ),
            Self::Disbursed => Bilingual::new(
                "The United States disbursed {amount} of foreign assistance of all kinds for {partner} in fiscal year {year}[ ({account})]",
                "Estados Unidos desembolsó {amount} de asistencia exterior de todo tipo para {partner} en el año fiscal {year}[ ({account})]",
            ),
            Self::Planned => Bilingual::new(
                "The United States appropriated or planned {amount} of foreign assistance of all kinds for {partner} in fiscal year {year}[ ({account})]",
                "Estados Unidos asignó o previó {amount} de asistencia exterior de todo tipo para {partner} en el año fiscal {year}[ ({account})]",
            ),
            Self::Request => Bilingual::new(
                "The President of the United States asked for {amount} of foreign assistance of all kinds for {partner} in fiscal year {year}[ ({account})]",
                "El presidente de Estados Unidos solicitó {amount} de asistencia exterior de todo tipo para {partner} en el año fiscal {year}[ ({account})]",
            ),
        }
    }
}

impl Collection for ForeignAssistance {
    const NAME: &'static str = "foreign-assistance";
    const PATH: &'static str = "/v1/foreign-assistance";
    const SINGULAR: &'static str = "figure of foreign assistance";
    const LABEL: Bilingual = Bilingual::new("foreign assistance", "asistencia exterior");
    const ABOUT: Bilingual = Bilingual::new(
        "The official yearly series of all foreign assistance, economic and military together, by country.",
        "La serie anual oficial de toda la asistencia exterior, económica y militar en conjunto, por país.",
    );
    const SERIES: bool = true;
    const FIELDS: &'static [&'static dyn Field<Self>] = &[
        &column("id", |figure: &Self| &figure.id),
        &column("partner", |figure: &Self| &figure.partner).in_list().refers_to("partners"),
        &column("fiscal_year", |figure: &Self| &figure.fiscal_year).facets(),
        &column("stage", |figure: &Self| &figure.stage).in_link(),
        &column("account", |figure: &Self| &figure.account).in_list().named(),
        &column("amount_usd", |figure: &Self| figure.amount.usd()),
        &column("amount_qualifier", |figure: &Self| figure.amount.qualifier()),
        &optional("amount_rounded_to_usd", |figure: &Self| figure.amount.rounded_to_usd()),
        &optional("amount_min_usd", |figure: &Self| figure.amount.min_usd()),
        &optional("amount_max_usd", |figure: &Self| figure.amount.max_usd()),
        &column("note", |figure: &Self| &figure.note),
    ];

    fn id(&self) -> &str {
        self.id.as_str()
    }

    fn title(&self) -> Cow<'_, str> {
        let account = self.account.as_ref().map(|account| format!(" ({account})"));
        format!(
            "Foreign assistance{}, FY {}: {} ({})",
            account.unwrap_or_default(),
            self.fiscal_year.number(),
            self.amount,
            self.stage.word()
        )
        .into()
    }

    fn statement(&self) -> Statement<'_> {
        let account = self.account.as_ref().map(|account| Slot::Quoted(vec![account.as_str()]));
        Statement::new(self.stage.sentence(), HEADING)
            .with("partner", Slot::Partners(std::slice::from_ref(&self.partner)))
            .with("amount", Slot::Amount { amount: self.amount, per_year: false })
            .with("year", Slot::Year(self.fiscal_year))
            .with_some("account", account)
            .with("stage", Slot::Words(self.stage.entry().label))
    }

    fn citations(&self) -> &[Citation] {
        &self.citations
    }
}
