//! Assistance programs: the accounts, authorities and sales channels that money flows through.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::model::vocabulary;
use crate::model::{Citation, Collection, Field, RecordId, Text, column};

vocabulary! {
    /// What a program is.
    pub enum ProgramKind {
        /// An account of the federal budget.
        Account = "account",
        /// A part of an account.
        Part = "part",
        /// A legal authority that spends from wider funds.
        Authority = "authority",
        /// Goods handed over from stocks.
        Transfer = "transfer",
        /// A way of selling: government to government, or licensed commerce.
        Channel = "channel",
        /// Loans and guarantees: money that is paid back, never added to grants.
        Credit = "credit",
        /// A published total over several programs; it may cut across others.
        Aggregate = "aggregate",
    }
}

/// A program or sales channel, or a published total over several.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AssistanceProgram {
    /// The program's code, such as `NADR-CWD`; unique within programs.
    pub id: RecordId,
    /// Its full name.
    pub name: Text,
    /// What it is.
    pub kind: ProgramKind,
    /// The programs and aggregates that contain it directly. Figures of a program and of one that contains
    /// it overlap: they are never added.
    pub part_of: Box<[RecordId]>,
    /// The statute that it rests on. Null for aggregates and where no source names one.
    pub legal_authority: Option<Text>,
    /// Whether the statute was read; false where it comes from general reference.
    pub authority_verified: bool,
    /// The agency that directs or runs it. Null when no source says.
    pub agency: Option<Text>,
    /// The budget account that pays for it. Null when no source says.
    pub account: Option<Text>,
    /// What it is for. Null for aggregates that have no purpose of their own.
    pub purpose: Option<Text>,
    /// What a reader should know before using its figures. Null when there is nothing to add.
    pub note: Option<Text>,
    /// Where it is described. Never empty.
    pub citations: Box<[Citation]>,
}

impl Collection for AssistanceProgram {
    const NAME: &'static str = "assistance-programs";
    const PATH: &'static str = "/v1/assistance-programs";
    const SINGULAR: &'static str = "assistance program";
    const ABOUT: &'static str = "Accounts, authorities and sales channels of assistance, and published totals over several.";
    const FIELDS: &'static [&'static dyn Field<Self>] = &[
        &column("id", |program: &Self| &program.id),
        &column("name", |program: &Self| &program.name).named(),
        &column("kind", |program: &Self| &program.kind),
        &column("part_of", |program: &Self| &program.part_of)
            .facets()
            .refers_to("assistance-programs"),
        &column("legal_authority", |program: &Self| &program.legal_authority),
        &column("authority_verified", |program: &Self| &program.authority_verified),
        &column("agency", |program: &Self| &program.agency).named(),
        &column("account", |program: &Self| &program.account).named(),
        &column("purpose", |program: &Self| &program.purpose),
        &column("note", |program: &Self| &program.note),
    ];

    fn id(&self) -> &str {
        self.id.as_str()
    }

    fn title(&self) -> Cow<'_, str> {
        self.name.as_str().into()
    }

    fn citations(&self) -> &[Citation] {
        &self.citations
    }
}
