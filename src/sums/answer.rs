//! The answer: groups with what is in them, what is not, and why.

use std::collections::BTreeMap;

use serde::Serialize;
use utoipa::ToSchema;

use super::time::Run;
use super::total::SumAmount;
use crate::model::{PartialDate, RecordId, vocabulary};

vocabulary! {
    /// Why a figure is not in a sum.
    #[es = "Por qué una cifra no está en una suma."]
    pub enum Reason (en "reason for leaving out", es "motivo de exclusión") {
        /// It shares money with figures that were preferred.
        #[es = "Comparte dinero con cifras que se prefirieron."]
        Overlaps = "overlaps" (en "overlaps", es "se traslapa"),
        /// It lies inside figures that are in the sum.
        #[es = "Está dentro de cifras que ya están en la suma."]
        ContainedIn = "contained_in" (en "contained in another", es "contenida en otra"),
        /// It is the same money at a less final stage, or a proposal beside money, or a sum over several stages.
        #[es = "Es el mismo dinero en una etapa menos definitiva, o una propuesta al lado de dinero, o una suma de varias etapas."]
        OtherStage = "other_stage" (en "other stage", es "otra etapa"),
        /// A newer edition of its source replaced it.
        #[es = "Una edición más reciente de su fuente la reemplazó."]
        Superseded = "superseded" (en "superseded", es "reemplazada"),
        /// It is of another channel or measure than others: a stock and flows of different things make no sum.
        #[es = "Es de otro canal o de otra medida que las demás: unas existencias y unos flujos de cosas distintas no hacen una suma."]
        DifferentMeasure = "different_measure" (en "different measure", es "otra medida"),
        /// It covers several together, no source splits it, and figures of one of them are in the sum.
        #[es = "Abarca a varios en conjunto, ninguna fuente la divide, y hay cifras de uno de ellos en la suma."]
        Joint = "joint" (en "joint", es "conjunta"),
        /// No source gives an amount or a number.
        #[es = "Ninguna fuente da un monto ni un número."]
        NoAmount = "no_amount" (en "no amount", es "sin monto"),
        /// It recurs in each year of its period, and is no total.
        #[es = "Se repite cada año de su período, y no es un total."]
        PerYear = "per_year" (en "per year", es "anual"),
        /// It is a loan or a guarantee, which is never added to grants, nor to credit of another program.
        #[es = "Es un préstamo o una garantía, que nunca se suma a las donaciones ni al crédito de otro programa."]
        Credit = "credit" (en "credit", es "crédito"),
        /// It covers a region, not the partner.
        #[es = "Abarca una región, no al socio."]
        Region = "region" (en "region", es "región"),
        /// It speaks for another date than the one that is used; numbers of different dates are never added.
        #[es = "Habla de otra fecha que la que se usa; los números de fechas distintas nunca se suman."]
        OtherDate = "other_date" (en "other date", es "otra fecha"),
        /// It covers, or may cover, more than the years asked for, and no source splits it.
        #[es = "Abarca, o puede abarcar, más que los años pedidos, y ninguna fuente la divide."]
        OutsideYears = "outside_years" (en "outside the years", es "fuera de los años"),
        /// It counts people sent to the partner, not by it.
        #[es = "Cuenta personas enviadas al socio, no por él."]
        OtherDirection = "other_direction" (en "other direction", es "otro sentido"),
        /// It was announced, planned, pledged or trained for; nobody is said to have been there.
        #[es = "Se anunció, se planeó, se prometió o se entrenó; no consta que alguien haya estado allí."]
        NotDeployed = "not_deployed" (en "not deployed", es "no desplegados"),
    }
}

/// A figure that is not in a sum, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Excluded {
    /// The id of its record.
    pub id: RecordId,
    /// Why it is not in the sum.
    pub because: Reason,
    /// The ids of the figures in the sum that cover some of the same. Empty when the reason lies in the figure alone.
    pub overlaps: Vec<RecordId>,
}

/// A sum of figures without overlap.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Group {
    /// What the figures have in common, by the names that they were grouped by. Null for a figure that has none.
    /// Empty for the total.
    pub key: BTreeMap<String, Option<String>>,
    /// Their sum. Null when nothing could be added.
    pub amount: Option<SumAmount>,
    /// Whether a figure of several years was divided evenly over them: no source says so.
    pub estimate: bool,
    /// The stages of the figures in the sum, the most final first. Empty for arms sales.
    pub stages: Vec<String>,
    /// The date that a stock speaks for. Null for money that flows, and where its source gives none.
    pub as_of: Option<PartialDate>,
    /// The years that the figures in the sum cover.
    pub years_covered: Vec<Run>,
    /// The years that no figure in the sum touches: of those asked for, else between the first and the last.
    pub years_missing: Vec<Run>,
    /// The ids of the figures in the sum.
    pub included: Vec<RecordId>,
    /// What each figure in the sum adds to it, in their order; for whoever adds it up again.
    #[serde(skip)]
    #[schema(ignore)]
    pub parts: Vec<SumAmount>,
    /// The figures that are not in the sum, with the reason.
    pub excluded: Vec<Excluded>,
    /// The ids of figures that cover this group together with others; they stand in `shared`, in full.
    pub shared: Vec<RecordId>,
    /// What a reader should know before using the sum.
    pub notes: Vec<String>,
}

/// Published figures added without counting a dollar twice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Totals {
    /// The groups, in the order of their keys.
    pub data: Vec<Group>,
    /// The sum of all figures by the same rule. Its amount is null for arms sales of several channels or measures.
    pub total: Group,
    /// The figures that cover several groups together, by the partners that share them.
    pub shared: Vec<Group>,
}
