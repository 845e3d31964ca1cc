//! Parameters that take several values: each different value is looked at once.

use super::params::QueryParams;
use crate::query::{BadParameter, INCLUDED, IdStatus, IdValues, MOST_VALUES, TooMany, Values};

impl QueryParams {
    /// Reads a list of words, each one of those that are allowed.
    pub(crate) fn one_of<'w>(
        &mut self,
        name: &'static str,
        allowed: &(impl Iterator<Item = &'w str> + Clone),
    ) -> Vec<String> {
        let mut words = self.values(name);
        words.retain(|word| {
            let is_allowed = allowed.clone().any(|known| known == word);
            if !is_allowed {
                self.bad.add(name, |tell| BadParameter::none_of(name, word, tell, allowed.clone()));
            }
            is_allowed
        });
        if !words.is_empty() {
            self.links.push(name, &words.join(","));
        }
        words
    }

    /// Reads a list of texts: separated by commas, or given again and again.
    pub(crate) fn list(&mut self, name: &'static str) -> Vec<String> {
        let texts = self.values(name);
        if !texts.is_empty() {
            self.links.push(name, &texts.join(","));
        }
        texts
    }

    /// Reads a list of ids. A country of which the data has nothing is a good answer's question.
    pub(crate) fn ids(&mut self, name: &'static str, known: Option<IdValues<'_>>) -> Vec<String> {
        let mut ids = self.values(name);
        ids.retain(|id| match known.map_or(IdStatus::Unknown, |known| known.status(id)) {
            IdStatus::Known => true,
            IdStatus::NotCovered => {
                self.not_covered.push(id.clone());
                true
            }
            IdStatus::Unknown => {
                self.bad.add(name, |tell| match known {
                    Some(known) => known.refuse(name, id, tell),
                    None => BadParameter::none_of(name, id, tell, std::iter::empty()),
                });
                false
            }
        });
        if !ids.is_empty() {
            self.links.push(name, &ids.join(","));
        }
        ids
    }

    /// Reads `include` of an answer that is one record: whether it has labels.
    pub(crate) fn labels(&mut self) -> bool {
        !self.one_of("include", &INCLUDED.into_iter()).is_empty()
    }

    /// The different values of a list.
    fn values(&mut self, name: &'static str) -> Vec<String> {
        self.known.push(name.to_owned());
        let mut values = Values::default();
        let given = self.pairs.extract_if(.., |(known, _)| known == name);
        let given: Vec<_> = given.map(|(_, value)| value).collect();
        for value in &given {
            if values.add_list(value) == Err(TooMany) {
                self.bad.add(name, |_| BadParameter::too_many(name, MOST_VALUES, value));
                return Vec::new();
            }
        }
        values.into_vec()
    }
}
