//! What became of something since it was cited.

use super::change_log::ChangeKind;
use crate::model::vocabulary;

vocabulary! {
    /// What became of something since it was cited. Where several apply, the first.
    #[es = "Qué pasó con algo desde que se citó. Si valen varias, la primera."]
    pub enum CheckStatus (en "status", es "estado") {
        /// The record is gone: its id answers 410.
        #[es = "El registro ya no está: su id responde 410."]
        Removed = "removed" (en "removed", es "retirado"),
        /// A newer edition of the record is there: see its `superseded_by`.
        #[es = "Hay una edición más nueva del registro: véase su `superseded_by`."]
        Superseded = "superseded" (en "superseded", es "reemplazado"),
        /// A figure, a date, a code, a name or a citation is another; of a list or a total, another record stands in
        /// it or none stands there any more.
        #[es = "Una cifra, una fecha, un código, un nombre o una cita es otra; en una lista o un total, hay otro registro o falta uno."]
        Corrected = "corrected" (en "corrected", es "corregido"),
        /// What was null has a value, or a list has more; of a list or a total, it has further records.
        #[es = "Lo que era nulo tiene valor, o una lista tiene más; en una lista o un total, hay más registros."]
        Extended = "extended" (en "extended", es "ampliado"),
        /// Prose was put in other words, and nothing else differs.
        #[es = "Se redactó de otro modo y no cambia nada más."]
        Reworded = "reworded" (en "reworded", es "reformulado"),
        /// It came after the release that is asked about.
        #[es = "Llegó después de la versión por la que se pregunta."]
        Added = "added" (en "added", es "agregado"),
        /// It says what it said.
        #[es = "Dice lo que decía."]
        Unchanged = "unchanged" (en "unchanged", es "sin cambios"),
    }
}

impl From<ChangeKind> for CheckStatus {
    fn from(kind: ChangeKind) -> Self {
        match kind {
            ChangeKind::Added => Self::Added,
            ChangeKind::Removed => Self::Removed,
            ChangeKind::Superseded => Self::Superseded,
            ChangeKind::Corrected => Self::Corrected,
            ChangeKind::Extended => Self::Extended,
            ChangeKind::Reworded => Self::Reworded,
        }
    }
}
