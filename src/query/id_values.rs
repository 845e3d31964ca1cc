//! Ids as a parameter takes them: those of one collection, and for partners every code of ISO 3166-1.

use super::id_set::IdSet;
use super::refusal::{BadParameter, Offered, Tell, country_meant};
use crate::words::country;

/// The collection whose ids are codes of ISO 3166-1.
const PARTNERS: &str = "partners";

/// The ids of a collection that a parameter takes.
#[derive(Debug, Clone, Copy)]
pub struct IdValues<'t> {
    collection: &'static str,
    ids: &'t IdSet,
}

/// What an id is to a parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IdStatus {
    /// A record has it.
    Known,
    /// It is a country of which the data has nothing: a good question, whose answer is empty.
    NotCovered,
    /// Nothing is called so.
    Unknown,
}

impl<'t> IdValues<'t> {
    /// Those of a collection.
    pub const fn of(collection: &'static str, ids: &'t IdSet) -> Self {
        Self { collection, ids }
    }

    /// What an id is.
    pub fn status(self, id: &str) -> IdStatus {
        if self.ids.contains(id) {
            IdStatus::Known
        } else if self.collection == PARTNERS && country(id).is_some() {
            IdStatus::NotCovered
        } else {
            IdStatus::Unknown
        }
    }

    /// The first of them.
    pub fn first(self) -> Option<&'t str> {
        self.ids.first()
    }

    /// Refuses an id that nothing has.
    pub fn refuse(self, parameter: &str, id: &str, tell: Tell) -> BadParameter {
        let at = Some(format!("/v1/{}", self.collection));
        let offered = Offered::of(tell, self.ids.len(), self.ids.iter(), at);
        let meant = tell.meant.then(|| self.meant(id)).flatten();
        let mut bad = BadParameter::not_one_of(parameter, id, offered, meant);
        if self.collection == PARTNERS {
            bad.detail = format!("{}, and no country's code of ISO 3166-1", bad.detail);
        }
        bad
    }

    /// The id that a text most likely meant.
    pub fn meant(self, id: &str) -> Option<String> {
        if self.collection == PARTNERS {
            return country_meant(id).map(str::to_owned);
        }
        self.ids.meant(id).map(str::to_owned)
    }
}
