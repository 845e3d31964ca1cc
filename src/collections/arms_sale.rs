//! Arms sales: published figures and notifications of sales and transfers.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::model::vocabulary;
use crate::model::{
    Amount, Bilingual, Citation, Collection, Confidence, CountedKeys, DatedEvent, Field, Iso3,
    PartialDate, Period, PeriodFigure, ReadingMethod, RecordId, Scope, Slot, Statement, Text,
    Vocabulary, Years, column, fiscal_year_filter, optional,
};

vocabulary! {
    /// The way of a sale or transfer.
    #[es = "Vía de una venta o transferencia."]
    pub enum Channel (en "channel", es "canal") {
        /// Foreign Military Sales: government to government.
        #[es = "Ventas Militares al Extranjero: de gobierno a gobierno."]
        Fms = "FMS" (en "Foreign Military Sales", es "Ventas Militares al Extranjero"),
        /// Direct Commercial Sales: from a company, under license.
        #[es = "Ventas Comerciales Directas: de una empresa, con licencia."]
        Dcs = "DCS" (en "Direct Commercial Sales", es "Ventas Comerciales Directas"),
        /// Excess Defense Articles: from stocks no longer needed.
        #[es = "Artículos de Defensa Excedentes: de existencias que ya no se necesitan."]
        Eda = "EDA" (en "Excess Defense Articles", es "Artículos de Defensa Excedentes"),
        /// Drawdown from stocks under section 506 of the Foreign Assistance Act.
        #[es = "Retiro de existencias según la sección 506 de la Ley de Asistencia Exterior."]
        Drawdown506 = "DRAWDOWN-506" (en "Section 506 drawdown", es "retiro de existencias de la sección 506"),
        /// Given, without a sale.
        #[es = "Dado, sin venta."]
        Grant = "GRANT" (en "grant", es "donación"),
        /// No source names the channel.
        #[es = "Ninguna fuente nombra el canal."]
        Unspecified = "unspecified" (en "unspecified", es "sin especificar"),
    }
}

vocabulary! {
    /// What a figure counts. Figures of different measures are never added: a stock, a flow of licenses and
    /// a flow of goods are different things.
    #[es = "Qué cuenta una cifra. Las cifras de distintas medidas nunca se suman: unas existencias, un flujo de licencias y un flujo de bienes son cosas distintas."]
    pub enum Measure (en "measure", es "medida") {
        /// A stock: the value of the sales cases that are open.
        #[es = "Existencias: el valor de los casos de venta que están abiertos."]
        ActiveCases = "active_cases" (en "active cases", es "casos activos"),
        /// A flow of licenses: exports that were authorized, shipped or not.
        #[es = "Flujo de licencias: exportaciones que se autorizaron, se hayan despachado o no."]
        AuthorizedExports = "authorized_exports" (en "authorized exports", es "exportaciones autorizadas"),
        /// A flow of goods: what was delivered.
        #[es = "Flujo de bienes: lo que se entregó."]
        Deliveries = "deliveries" (en "deliveries", es "entregas"),
        /// A flow of contracts: sales that were signed.
        #[es = "Flujo de contratos: ventas que se firmaron."]
        Agreements = "agreements" (en "agreements", es "contratos firmados"),
        /// A sale notified to Congress: a ceiling, not a contract.
        #[es = "Una venta notificada al Congreso: un tope, no un contrato."]
        Notification = "notification" (en "notification to Congress", es "notificación al Congreso"),
        /// Sales that the State Department approved: neither notified nor signed sums.
        #[es = "Ventas que aprobó el Departamento de Estado: sumas ni notificadas ni firmadas."]
        ApprovedSales = "approved_sales" (en "approved sales", es "ventas aprobadas"),
        /// A sale or transfer that was announced.
        #[es = "Una venta o transferencia que se anunció."]
        Announced = "announced" (en "announced", es "anuncio"),
        /// A sale or transfer that was proposed.
        #[es = "Una venta o transferencia que se propuso."]
        Proposed = "proposed" (en "proposed", es "propuesta"),
        /// A transfer that was authorized, handed over or not.
        #[es = "Una transferencia que se autorizó, se haya entregado o no."]
        AuthorizedTransfer = "authorized_transfer" (en "authorized transfer", es "transferencia autorizada"),
        /// The value of goods that were transferred.
        #[es = "El valor de los bienes que se transfirieron."]
        ValueTransferred = "value_transferred" (en "value transferred", es "valor transferido"),
    }
}

/// One published figure, notification or announcement of a sale or transfer.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ArmsSale {
    /// Stable identifier, unique within arms sales.
    pub id: RecordId,
    /// The buyer, by ISO 3166-1 alpha-3 code; several when one figure covers them together and no source
    /// splits it.
    pub partner: Box<[Iso3]>,
    /// The way of the sale or transfer.
    pub channel: Channel,
    /// What the figure counts.
    pub measure: Measure,
    /// The years that the figure covers. Null for a stock, a single event, or when no source gives years.
    pub period: Option<Period>,
    /// The day, month or year that the figure speaks for. Null when no source gives one.
    pub as_of: Option<PartialDate>,
    /// The figure, with its qualifier, rounding and bounds. Null when no source values it.
    pub amount: Option<Amount>,
    /// What was sold or transferred, with quantities as the source gives them.
    pub articles: Box<[Text]>,
    /// The id of the figure that contains this one. Null when none is known to.
    pub part_of: Option<RecordId>,
    /// The id of the newer edition's figure. Null while this is the newest.
    pub superseded_by: Option<RecordId>,
    /// Whom the figure covers.
    pub scope: Scope,
    /// How sure we are of it.
    pub confidence: Confidence,
    /// How it was come by, where that keeps the confidence below `high`. Null where the note says it, or nothing
    /// needs saying.
    pub method: Option<ReadingMethod>,
    /// What a reader should know before using the figure. Null when there is nothing to add.
    pub note: Option<Text>,
    /// Where it was published. Never empty.
    pub citations: Box<[Citation]>,
}

impl ArmsSale {
    /// The fiscal years that it touches.
    pub fn fiscal_years(&self) -> Option<Years> {
        let dated = || self.as_of.map(PartialDate::fiscal_years);
        self.period.map(|period| period.fiscal_years()).or_else(dated)
    }
}

/// A sale in a few words.
const HEADING: Bilingual = Bilingual::new(
    "{partner}: {measure}[, {channel}][, {years}][, {on}][, {as_of}][, {amount}]",
    "{partner}: {measure}[, {channel}][, {years}][, {on}][, {as_of}][, {amount}]",
);

/// Writes a sentence about a sale: who did what, and what all measures end with.
macro_rules! sale_sentence {
    ($en:literal, $es:literal) => {
        Bilingual::new(
            concat!(
                $en,
                "[ ({channel})][ {on}][ {period}][, {as_of}][, rounded to the nearest {rounding}][, {region}]",
                "[: {articles}][; {replaced}]"
            ),
            concat!(
                $es,
                "[ ({channel})][ {on}][ {period}][, {as_of}][, cifra redondeada a múltiplos de {rounding}]",
                "[, {region}][: {articles}][; {replaced}]"
            ),
        )
    };
}

impl Measure {
    /// Whether it is of one day, and not what had come together by then.
    const fn is_event(self) -> bool {
        match self {
            Self::Notification | Self::Announced | Self::Proposed | Self::AuthorizedTransfer => {
                true
            }
            Self::ActiveCases
            | Self::AuthorizedExports
            | Self::Deliveries
            | Self::Agreements
            | Self::ApprovedSales
            | Self::ValueTransferred => false,
        }
    }

    /// Who did what.
    const fn sentence(self) -> Bilingual {
        match self {
            Self::ActiveCases => sale_sentence!(
                "The United States had sales cases[ worth {amount}] open with {partner}",
                "Estados Unidos tenía abiertos con {partner} casos de venta[ por {amount}]"
            ),
            Self::AuthorizedExports => sale_sentence!(
                "The United States authorized exports[ of {amount}] to {partner}",
                "Estados Unidos autorizó exportaciones[ por {amount}] a {partner}"
            ),
            Self::Deliveries => sale_sentence!(
                "The United States delivered defense articles or services[ worth {amount}] to {partner}",
                "Estados Unidos entregó a {partner} artículos o servicios de defensa[ por {amount}]"
            ),
            Self::Agreements => sale_sentence!(
                "The United States and {partner} signed sales[ of {amount}]",
                "Estados Unidos y {partner} firmaron ventas[ por {amount}]"
            ),
            Self::Notification => sale_sentence!(
                "The U.S. Congress was notified of a possible sale[ of {amount}] to {partner}, a ceiling and not a contract",
                "El Congreso de Estados Unidos fue notificado de una posible venta[ por {amount}] a {partner}, que es un tope y no un contrato"
            ),
            Self::ApprovedSales => sale_sentence!(
                "The U.S. State Department approved sales[ of {amount}] to {partner}",
                "El Departamento de Estado de Estados Unidos aprobó ventas[ por {amount}] a {partner}"
            ),
            Self::Announced => sale_sentence!(
                "A sale or transfer[ of {amount}] to {partner} was announced",
                "Se anunció una venta o transferencia[ por {amount}] a {partner}"
            ),
            Self::Proposed => sale_sentence!(
                "A sale or transfer[ of {amount}] to {partner} was proposed",
                "Se propuso una venta o transferencia[ por {amount}] a {partner}"
            ),
            Self::AuthorizedTransfer => sale_sentence!(
                "The United States authorized a transfer[ of {amount}] to {partner}",
                "Estados Unidos autorizó una transferencia[ por {amount}] a {partner}"
            ),
            Self::ValueTransferred => sale_sentence!(
                "The United States transferred goods[ worth {amount}] to {partner}",
                "Estados Unidos transfirió bienes[ por {amount}] a {partner}"
            ),
        }
    }
}

impl Collection for ArmsSale {
    const NAME: &'static str = "arms-sales";
    const PATH: &'static str = "/v1/arms-sales";
    const SINGULAR: &'static str = "arms sale";
    const LABEL: Bilingual = Bilingual::new("arms sales", "ventas de armas");
    const ABOUT: Bilingual = Bilingual::new(
        "Published figures, notifications and announcements of arms sales and transfers.",
        "Cifras publicadas, notificaciones y anuncios de ventas y transferencias de armas.",
    );
    const FIELDS: &'static [&'static dyn Field<Self>] = &[
        &column("id", |sale: &Self| &sale.id),
        &column("partner", |sale: &Self| &sale.partner).in_list().refers_to("partners"),
        &column("channel", |sale: &Self| &sale.channel).in_link(),
        &column("measure", |sale: &Self| &sale.measure).in_list(),
        &fiscal_year_filter(Self::fiscal_years),
        &optional("period_from", |sale: &Self| sale.period.as_ref().map(Period::from)),
        &optional("period_to", |sale: &Self| sale.period.as_ref()?.to()),
        &optional("period_basis", |sale: &Self| sale.period.as_ref().map(Period::basis)),
        &optional("period_basis_stated", |sale: &Self| {
            sale.period.as_ref().map(Period::basis_stated)
        }),
        &optional("period_known_through_date", |sale: &Self| {
            sale.period.as_ref()?.known_through().map(|known| &known.date)
        }),
        &optional("period_known_through_how", |sale: &Self| {
            sale.period.as_ref()?.known_through().map(|known| &known.how)
        }),
        &column("as_of", |sale: &Self| &sale.as_of),
        &optional("amount_usd", |sale: &Self| sale.amount.as_ref().map(Amount::usd)),
        &optional("amount_qualifier", |sale: &Self| sale.amount.as_ref().map(Amount::qualifier)),
        &optional("amount_rounded_to_usd", |sale: &Self| sale.amount.as_ref()?.rounded_to_usd()),
        &optional("amount_min_usd", |sale: &Self| sale.amount.as_ref()?.min_usd()),
        &optional("amount_max_usd", |sale: &Self| sale.amount.as_ref()?.max_usd()),
        &column("articles", |sale: &Self| &sale.articles).in_link(),
        &column("part_of", |sale: &Self| &sale.part_of).refers_to("arms-sales"),
        &column("superseded_by", |sale: &Self| &sale.superseded_by).refers_to("arms-sales"),
        &column("scope", |sale: &Self| &sale.scope),
        &column("confidence", |sale: &Self| &sale.confidence),
        &column("method", |sale: &Self| &sale.method),
        &column("note", |sale: &Self| &sale.note),
    ];
    const COUNTED: Option<CountedKeys> = Some(CountedKeys {
        amount: "counted_usd",
        about: "What the figure adds to the sum of all that match, or with `counted_by` to that of its group, in US \
                dollars. Null where it adds nothing, where the sum has no amount, and where the question has `q` or \
                `limit`: a part of an answer is no sum.",
        group_by: &["partner", "channel", "measure", "fiscal_year"],
    });

    fn id(&self) -> &str {
        self.id.as_str()
    }

    fn title(&self) -> Cow<'_, str> {
        let measure = self.measure.word().replace('_', " ");
        let when = self
            .period
            .map(|period| format!(", {period}"))
            .or_else(|| self.as_of.map(|date| format!(", {date}")));
        let amount = self.amount.map(|amount| format!(": {amount}"));
        format!(
            "{} {measure}{}{}",
            self.channel.word(),
            when.unwrap_or_default(),
            amount.unwrap_or_default(),
        )
        .into()
    }

    fn statement(&self) -> Statement<'_> {
        let amount = self.amount.map(|amount| Slot::Amount { amount, per_year: false });
        let period = self.period.map(|period| {
            let figure =
                if self.amount.is_some() { PeriodFigure::OneSum } else { PeriodFigure::None };
            Slot::Period { period, figure }
        });
        let channel =
            (self.channel != Channel::Unspecified).then(|| Slot::Words(self.channel.entry().label));
        let region = (self.scope == Scope::Region).then_some(Slot::OF_A_REGION);
        let replaced = self.superseded_by.as_ref().map(|_| Slot::REPLACED);
        Statement::new(self.measure.sentence(), HEADING)
            .with("partner", Slot::Partners(&self.partner))
            .with_some("amount", amount)
            .with_some("rounding", self.amount.map(Slot::Rounding))
            .with_some("channel", channel)
            .with("measure", Slot::Words(self.measure.entry().label))
            .with_some("period", period)
            .with_some("years", self.period.map(Slot::Years))
            .with_some("on", self.as_of.filter(|_| self.measure.is_event()).map(Slot::On))
            .with_some("as_of", self.as_of.filter(|_| !self.measure.is_event()).map(Slot::AsOf))
            .with("articles", Slot::Quoted(self.articles.iter().map(Text::as_str).collect()))
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
