//! What records are called in English and Spanish, for sentences and labels that name them.

use super::tables::{Dataset, Stored};
use crate::model::{Bilingual, Statement, Text, Translation};

impl Dataset {
    /// The Spanish title and summary of a record, where there are some.
    pub fn translated(&self, collection: &str, id: &str) -> Option<&Translation> {
        self.tables().into_iter().find(|table| table.name() == collection)?.translation(id)
    }

    /// What a record states, with its Spanish title where there is one.
    pub fn statement_of<'d, C: Stored>(&'d self, record: &'d C) -> Statement<'d> {
        C::table(self).statement_of(record)
    }

    /// What a program or a mission is called; a record of any other collection has its own words.
    ///
    /// Spanish is English where we have no Spanish name.
    pub fn name_of(&self, collection: &str, id: &str) -> Option<Bilingual<&str>> {
        match collection {
            "assistance-programs" => {
                let program = self.assistance_programs.get(id)?;
                Some(named(&program.name, program.name_es.as_ref()))
            }
            "missions" => {
                let mission = self.missions.get(id)?;
                Some(named(&mission.name, mission.name_es.as_ref()))
            }
            _ => None,
        }
    }
}

/// A name in both languages; the English one where there is no other.
fn named<'n>(name: &'n Text, name_es: Option<&'n Text>) -> Bilingual<&'n str> {
    Bilingual::new(name.as_str(), name_es.unwrap_or(name).as_str())
}
