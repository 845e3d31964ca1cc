//! How figures are to be added: what a reader may ask of a sum.

use super::figure_time::DaySpan;
use crate::model::{Iso3, RecordId, vocabulary};

vocabulary! {
    /// What figures may be grouped by. Arms sales are grouped by channel and measure whatever is asked for.
    #[es = "Por qué se pueden agrupar las cifras. Las ventas de armas se agrupan siempre por canal y medida, se pida lo que se pida."]
    pub enum GroupBy (en "grouping", es "agrupación") {
        /// The partner; figures of several stand in `shared`.
        #[es = "El socio; las cifras de varios están en `shared`."]
        Partner = "partner" (en "partner", es "socio"),
        /// The program.
        #[es = "El programa."]
        Program = "program" (en "program", es "programa"),
        /// The fiscal year, or the years of a figure that covers several.
        #[es = "El año fiscal, o los años de una cifra que abarca varios."]
        FiscalYear = "fiscal_year" (en "fiscal year", es "año fiscal"),
        /// How final the figures are.
        #[es = "Qué tan definitivas son las cifras."]
        Stage = "stage" (en "stage", es "etapa"),
        /// What the money is for.
        #[es = "Para qué es el dinero."]
        Objective = "objective" (en "objective", es "objetivo"),
        /// The way of a sale.
        #[es = "La vía de una venta."]
        Channel = "channel" (en "channel", es "canal"),
        /// What a figure of sales counts.
        #[es = "Qué cuenta una cifra de ventas."]
        Measure = "measure" (en "measure", es "medida"),
    }
}

vocabulary! {
    /// What people may be grouped by.
    #[es = "Por qué se pueden agrupar las personas."]
    pub enum PeopleBy (en "grouping of people", es "agrupación de personas") {
        /// The partner; numbers of several stand in `shared`.
        #[es = "El socio; los números de varios están en `shared`."]
        Partner = "partner" (en "partner", es "socio"),
        /// The mission; numbers of several stand in `shared`.
        #[es = "La misión; los números de varias están en `shared`."]
        Mission = "mission" (en "mission", es "misión"),
        /// Who leads the mission.
        #[es = "Quién dirige la misión."]
        Organization = "organization" (en "organization", es "organización"),
        /// What the people do.
        #[es = "Qué hacen las personas."]
        Role = "role" (en "role", es "función"),
    }
}

vocabulary! {
    /// Which of overlapping figures stand.
    #[es = "Cuáles cifras se toman cuando varias se traslapan."]
    pub enum Prefer (en "preference", es "preferencia") {
        /// Few figures that cover much.
        #[es = "Pocas cifras que abarcan mucho."]
        Broad = "broad" (en "broad", es "amplio"),
        /// Many that cover little.
        #[es = "Muchas que abarcan poco."]
        Detail = "detail" (en "detail", es "detalle"),
    }
}

vocabulary! {
    /// Whether a figure of several years is divided over them.
    #[es = "Si una cifra de varios años se reparte entre ellos."]
    pub enum Spread (en "spread over years", es "reparto por años") {
        /// It stands under its period, undivided.
        #[es = "Queda bajo su período, sin dividir."]
        None = "none" (en "undivided", es "sin repartir"),
        /// Evenly: an estimate, which no source gives.
        #[es = "Por partes iguales: una estimación que ninguna fuente da."]
        Even = "even" (en "evenly", es "por partes iguales"),
    }
}

/// The fiscal years asked for, first and last included; a side may be open.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct YearsAsked {
    /// The first fiscal year.
    pub from: Option<i16>,
    /// The last fiscal year.
    pub to: Option<i16>,
}

impl YearsAsked {
    pub(super) fn span(self) -> DaySpan {
        DaySpan::fiscal(self.from, self.to)
    }

    /// Those of a span of years that were asked for: first, last.
    pub(super) fn within(self, (from, to): (i16, i16)) -> Option<(i16, i16)> {
        let (first, last) = (
            self.from.map_or(from, |year| year.max(from)),
            self.to.map_or(to, |year| year.min(to)),
        );
        (first <= last).then_some((first, last))
    }
}

/// How figures are to be added: what was asked beside the figures themselves.
#[derive(Debug, Clone)]
#[expect(clippy::struct_excessive_bools, reason = "independent facts, each read by name")]
pub struct TotalsQuestion {
    /// What they are grouped by; nothing for the total alone.
    pub group_by: Vec<GroupBy>,
    /// Which of overlapping figures stand.
    pub prefer: Prefer,
    /// Whether figures of several years are divided over them.
    pub spread: Spread,
    /// The fiscal years asked for.
    pub years: YearsAsked,
    /// The partners asked for by name; empty for all.
    pub partners: Vec<Iso3>,
    /// Those of them that the dataset does not cover.
    pub not_covered: Vec<Iso3>,
    /// The programs asked for by name; empty for all.
    pub programs: Vec<RecordId>,
    /// The programs asked for with all that is inside them.
    pub programs_within: Vec<RecordId>,
    /// Whether figures of any objective are added, because some were asked for; otherwise those of security are.
    pub any_objective: bool,
    /// Whether requests or bills were asked for.
    pub proposals: bool,
    /// Whether figures are left out by something else than partner, program, objective, stage and years.
    pub filtered: bool,
    /// Whether the answer lists the figures that are not in a sum.
    pub list_excluded: bool,
}

impl Default for TotalsQuestion {
    fn default() -> Self {
        Self {
            group_by: Vec::new(),
            prefer: Prefer::Broad,
            spread: Spread::None,
            years: YearsAsked::default(),
            partners: Vec::new(),
            not_covered: Vec::new(),
            programs: Vec::new(),
            programs_within: Vec::new(),
            any_objective: false,
            proposals: false,
            filtered: false,
            list_excluded: true,
        }
    }
}
