//! Assistance programs: the accounts, authorities and sales channels that money flows through.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::model::vocabulary;
use crate::model::{
    Bilingual, Citation, Collection, Field, Objective, RecordId, Slot, Statement, Text, Vocabulary,
    column,
};

vocabulary! {
    /// What a program is.
    #[es = "Qué es un programa."]
    pub enum ProgramKind (en "kind of program", es "tipo de programa") {
        /// An account of the federal budget.
        #[es = "Una cuenta del presupuesto federal."]
        Account = "account" (en "account", es "cuenta presupuestal"),
        /// A part of an account.
        #[es = "Una parte de una cuenta."]
        Part = "part" (en "part of an account", es "parte de una cuenta"),
        /// A legal authority that spends from wider funds.
        #[es = "Una facultad legal que gasta de fondos más amplios."]
        Authority = "authority" (en "legal authority", es "facultad legal"),
        /// Goods handed over from stocks.
        #[es = "Bienes entregados de las existencias."]
        Transfer = "transfer" (en "transfer", es "transferencia"),
        /// A way of selling: government to government, or licensed commerce.
        #[es = "Una manera de vender: de gobierno a gobierno, o comercio con licencia."]
        Channel = "channel" (en "sales channel", es "canal de venta"),
        /// Loans and guarantees: money that is paid back, never added to grants.
        #[es = "Préstamos y garantías: dinero que se devuelve y que nunca se suma a las donaciones."]
        Credit = "credit" (en "credit", es "crédito"),
        /// A power to furnish assistance in spite of restrictions of law. Its figures are limits on money that stands
        /// under other programs, never added to anything.
        #[es = "Una facultad para prestar asistencia pese a restricciones legales. Sus cifras son topes de dinero que está en otros programas y nunca se suman a nada."]
        Waiver = "waiver" (en "waiver", es "exención"),
        /// A published total over several programs; it may cut across others.
        #[es = "Un total publicado que abarca varios programas; puede incluir partes de otros."]
        Aggregate = "aggregate" (en "aggregate", es "total publicado"),
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
    /// Its name in Spanish. Null where we have none.
    pub name_es: Option<Text>,
    /// What it is.
    pub kind: ProgramKind,
    /// What its money is for. Null where no source says.
    pub objective: Option<Objective>,
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

const SENTENCE: Bilingual = Bilingual::new(
    "{name} ({code}): {kind}[; objective: {objective}][; part of: {part_of}][; agency: {agency}]",
    "{name} ({code}): {kind}[; objetivo: {objective}][; parte de: {part_of}][; entidad: {agency}]",
);

/// A program in a few words.
const HEADING: Bilingual = Bilingual::new("{name} ({code})", "{name} ({code})");

impl Collection for AssistanceProgram {
    const NAME: &'static str = "assistance-programs";
    const PATH: &'static str = "/v1/assistance-programs";
    const SINGULAR: &'static str = "assistance program";
    const LABEL: Bilingual = Bilingual::new("assistance programs", "programas de asistencia");
    const ABOUT: Bilingual = Bilingual::new(
        "Accounts, authorities and sales channels of assistance, and published totals over several.",
        "Cuentas, facultades legales y canales de venta de la asistencia, y totales publicados que abarcan varios.",
    );
    const FIELDS: &'static [&'static dyn Field<Self>] = &[
        &column("id", |program: &Self| &program.id),
        &column("name", |program: &Self| &program.name).in_link().named(),
        &column("name_es", |program: &Self| &program.name_es),
        &column("kind", |program: &Self| &program.kind).in_list(),
        &column("objective", |program: &Self| &program.objective).in_list(),
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

    fn statement(&self) -> Statement<'_> {
        let names = Slot::Named { collection: Self::NAME, ids: vec![self.id.as_str()] };
        let objective = self.objective.map(|objective| Slot::Words(objective.entry().label));
        let parents = self.part_of.iter().map(RecordId::as_str).collect();
        let agency = self.agency.as_ref().map(|agency| Slot::Quoted(vec![agency.as_str()]));
        Statement::new(SENTENCE, HEADING)
            .with("name", names)
            .with("code", Slot::Code(self.id.as_str()))
            .with("kind", Slot::Words(self.kind.entry().label))
            .with_some("objective", objective)
            .with_some("agency", agency)
            .with("part_of", Slot::Named { collection: Self::NAME, ids: parents })
    }

    fn citations(&self) -> &[Citation] {
        &self.citations
    }
}
