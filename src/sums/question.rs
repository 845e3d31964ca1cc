//! How figures are to be added: what a reader may ask of a sum.

use super::time::{Extent, Span};
use crate::model::{Basis, vocabulary};

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
pub struct Window {
    /// The first fiscal year.
    pub from: Option<i16>,
    /// The last fiscal year.
    pub to: Option<i16>,
}

impl Window {
    pub(super) fn span(self) -> Span {
        Span::fiscal(self.from, self.to)
    }

    /// The years of a figure over which it can be divided, within the window: first, last.
    pub(super) fn shares(self, extent: Extent) -> Option<(i16, i16)> {
        let Some((from, Some(to), Basis::FiscalYear)) = extent.years else { return None };
        let first = self.from.unwrap_or(from).max(from);
        let last = self.to.unwrap_or(to).min(to);
        (first <= last).then_some((first, last))
    }
}

/// How figures are to be added.
#[derive(Debug, Clone)]
pub struct Question {
    /// What they are grouped by; nothing for the total alone.
    pub group_by: Vec<GroupBy>,
    /// Which of overlapping figures stand.
    pub prefer: Prefer,
    /// Whether figures of several years are divided over them.
    pub spread: Spread,
    /// The fiscal years asked for.
    pub window: Window,
}

impl Default for Question {
    fn default() -> Self {
        Self {
            group_by: Vec::new(),
            prefer: Prefer::Broad,
            spread: Spread::None,
            window: Window::default(),
        }
    }
}
