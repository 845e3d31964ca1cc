//! Why records were changed or removed: `changes.jsonl`, one line a record and release.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::dataset::load::check::split;
use crate::dataset::load::fault::not_utf8;
use crate::dataset::load::fault::{Fault, Faults};
use crate::dataset::load::line::LineReader;
use crate::dataset::load::package::CHANGE_LOG_FILE;
use crate::model::{RecordId, Text, vocabulary};

vocabulary! {
    /// What became of a record from one release to the next. Where several apply, the first.
    #[es = "Qué pasó con un registro de una versión a la siguiente. Si valen varias, la primera."]
    pub enum ChangeKind (en "kind of change", es "tipo de cambio") {
        /// It is new.
        #[es = "Es nuevo."]
        Added = "added" (en "added", es "agregado"),
        /// It is gone: its id answers 410, with the last release that had it.
        #[es = "Ya no está: su id responde 410, con la última versión que lo tenía."]
        Removed = "removed" (en "removed", es "retirado"),
        /// A newer edition of it is on record: see its `superseded_by`.
        #[es = "Hay una edición más nueva: véase su `superseded_by`."]
        Superseded = "superseded" (en "superseded", es "reemplazado"),
        /// A figure, a date, a code, a name or a citation is another.
        #[es = "Una cifra, una fecha, un código, un nombre o una cita es otra."]
        Corrected = "corrected" (en "corrected", es "corregido"),
        /// What was null has a value, or a list such as its citations has more: nothing that stood there changed.
        #[es = "Lo que era nulo tiene valor, o una lista, como la de citas, tiene más: nada de lo que había cambió."]
        Extended = "extended" (en "extended", es "ampliado"),
        /// Prose was put in other words; no figure, date, code, name or citation differs.
        #[es = "Se redactó de otro modo; no cambia ninguna cifra, fecha, código, nombre ni cita."]
        Reworded = "reworded" (en "reworded", es "reformulado"),
    }
}

/// Why one record was changed or removed in one release.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeReason {
    /// The version of the release that changed it.
    pub release: Text,
    /// The collection of the record.
    pub collection: RecordId,
    /// The record's id in it.
    pub id: RecordId,
    /// What became of it; never `added`, which needs no reason.
    pub kind: ChangeKind,
    /// Why, in a sentence.
    pub reason: Text,
    /// The id of the source that the change rests on. Null when it rests on none.
    pub source: Option<RecordId>,
}

/// The reasons of all releases.
#[derive(Debug, Default)]
pub struct ChangeLog {
    lines: Vec<(usize, ChangeReason)>,
    /// The place of each line, by release, collection and id; the first, if there are several.
    places: BTreeMap<(String, String, String), usize>,
}

impl ChangeLog {
    /// Reads the lines of the file, and adds their faults.
    pub(crate) fn read(bytes: &[u8], faults: &mut Faults) -> Self {
        let reader = LineReader::of::<ChangeReason>(CHANGE_LOG_FILE);
        let mut log = Self::default();
        for (number, bytes) in (1_usize..).zip(split(bytes)) {
            let text = match std::str::from_utf8(bytes) {
                Ok(text) => text,
                Err(error) => {
                    faults.add(|| Fault::at(CHANGE_LOG_FILE, number, not_utf8(error)));
                    continue;
                }
            };
            if let Some(reason) = reader.read::<ChangeReason>(Some(number), text, faults) {
                let key = key(reason.release.as_str(), reason.collection.as_str(), &reason.id);
                log.places.entry(key).or_insert(log.lines.len());
                log.lines.push((number, reason));
            }
        }
        log
    }

    /// Every line with its number.
    pub(crate) fn lines(&self) -> impl Iterator<Item = (usize, &ChangeReason)> {
        self.lines.iter().map(|(number, reason)| (*number, reason))
    }

    /// Why a record was changed in a release.
    pub fn reason(&self, release: &str, collection: &str, id: &str) -> Option<&ChangeReason> {
        let place = self.places.get(&(release.to_owned(), collection.to_owned(), id.to_owned()))?;
        Some(&self.lines[*place].1)
    }
}

fn key(release: &str, collection: &str, id: &RecordId) -> (String, String, String) {
    (release.to_owned(), collection.to_owned(), id.as_str().to_owned())
}
