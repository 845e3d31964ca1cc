//! Arms sales: published figures and notifications of sales and transfers.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::model::vocabulary;
use crate::model::{
    Amount, Citation, Collection, Confidence, DatedEvent, Field, Iso3, PartialDate, Period,
    RecordId, Scope, Text, Vocabulary, Years, column, fiscal_year_filter, optional,
};

vocabulary! {
    /// The way of a sale or transfer.
    pub enum Channel {
        /// Foreign Military Sales: government to government.
        Fms = "FMS",
        /// Direct Commercial Sales: from a company, under licence.
        Dcs = "DCS",
        /// Excess Defense Articles: from stocks no longer needed.
        Eda = "EDA",
        /// Drawdown from stocks under section 506 of the Foreign Assistance Act.
        Drawdown506 = "DRAWDOWN-506",
        /// Given, without a sale.
        Grant = "GRANT",
        /// No source names the channel.
        Unspecified = "unspecified",
    }
}

vocabulary! {
    /// What a figure counts. Figures of different measures are never added: a stock, a flow of licences and
    /// a flow of goods are different things.
    pub enum Measure {
        /// A stock: the value of the sales cases that are open.
        ActiveCases = "active_cases",
        /// A flow of licences: exports that were authorized, shipped or not.
        AuthorizedExports = "authorized_exports",
        /// A flow of goods: what was delivered.
        Deliveries = "deliveries",
        /// A flow of contracts: sales that were signed.
        Agreements = "agreements",
        /// A sale notified to Congress: a ceiling, not a contract.
        Notification = "notification",
        /// Sales that the State Department approved: neither notified nor signed sums.
        ApprovedSales = "approved_sales",
        /// A sale or transfer that was announced.
        Announced = "announced",
        /// A sale or transfer that was proposed.
        Proposed = "proposed",
        /// A transfer that was authorized, handed over or not.
        AuthorizedTransfer = "authorized_transfer",
        /// The value of goods that were transferred.
        ValueTransferred = "value_transferred",
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

impl Collection for ArmsSale {
    const NAME: &'static str = "arms-sales";
    const PATH: &'static str = "/v1/arms-sales";
    const SINGULAR: &'static str = "arms sale";
    const ABOUT: &'static str =
        "Published figures, notifications and announcements of arms sales and transfers.";
    const FIELDS: &'static [&'static dyn Field<Self>] = &[
        &column("id", |sale: &Self| &sale.id),
        &column("partner", |sale: &Self| &sale.partner).refers_to("partners"),
        &column("channel", |sale: &Self| &sale.channel),
        &column("measure", |sale: &Self| &sale.measure),
        &fiscal_year_filter(Self::fiscal_years),
        &optional("period_from", |sale: &Self| sale.period.as_ref().map(Period::from)),
        &optional("period_to", |sale: &Self| sale.period.as_ref()?.to()),
        &optional("period_basis", |sale: &Self| sale.period.as_ref().map(Period::basis)),
        &optional("period_basis_stated", |sale: &Self| {
            sale.period.as_ref().map(Period::basis_stated)
        }),
        &column("as_of", |sale: &Self| &sale.as_of),
        &optional("amount_usd", |sale: &Self| sale.amount.as_ref().map(Amount::usd)),
        &optional("amount_qualifier", |sale: &Self| sale.amount.as_ref().map(Amount::qualifier)),
        &optional("amount_rounded_to_usd", |sale: &Self| sale.amount.as_ref()?.rounded_to_usd()),
        &optional("amount_min_usd", |sale: &Self| sale.amount.as_ref()?.min_usd()),
        &optional("amount_max_usd", |sale: &Self| sale.amount.as_ref()?.max_usd()),
        &column("articles", |sale: &Self| &sale.articles),
        &column("part_of", |sale: &Self| &sale.part_of).refers_to("arms-sales"),
        &column("superseded_by", |sale: &Self| &sale.superseded_by).refers_to("arms-sales"),
        &column("scope", |sale: &Self| &sale.scope),
        &column("confidence", |sale: &Self| &sale.confidence),
        &column("note", |sale: &Self| &sale.note),
    ];

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

    fn citations(&self) -> &[Citation] {
        &self.citations
    }

    fn dates(&self) -> Vec<DatedEvent> {
        DatedEvent::covered(self.period, self.as_of)
    }
}
