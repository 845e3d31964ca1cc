//! The query parameters of endpoints that are no collection: read one by one, every fault collected.

use super::list_query::{pairs, take};
use crate::http::response::problem::Problem;
use crate::model::{Expected, PartialDate};
use crate::query::{BadParameter, MAX_LIMIT, split_list};

/// The query parameters of a request, each removed as it is read.
pub(crate) struct QueryParams {
    pairs: Vec<(String, String)>,
    bad: Vec<BadParameter>,
    known: Vec<&'static str>,
    echoed: Vec<(String, String)>,
}

impl QueryParams {
    /// Splits a query string.
    pub(crate) fn parse(query: Option<&str>) -> Self {
        let (pairs, bad) = match pairs(query) {
            Ok(pairs) => (pairs, Vec::new()),
            Err(bad) => (Vec::new(), bad),
        };
        Self { pairs, bad, known: Vec::new(), echoed: Vec::new() }
    }

    /// Reads a text that may be given once.
    pub(crate) fn text(&mut self, name: &'static str) -> Option<String> {
        self.known.push(name);
        let value = take(&mut self.pairs, name, &mut self.bad)?;
        if value.is_empty() {
            self.reject(name, &value, "expected a value");
            return None;
        }
        if !["limit", "offset", "dataset"].contains(&name) {
            self.echoed.push((name.to_owned(), value.clone()));
        }
        Some(value)
    }

    /// Reads a list of words, each one of those that are allowed.
    pub(crate) fn one_of<'w>(
        &mut self,
        name: &'static str,
        allowed: &(impl Iterator<Item = &'w str> + Clone),
    ) -> Vec<String> {
        self.known.push(name);
        let values: Vec<_> = self.pairs.extract_if(.., |(known, _)| known == name).collect();
        let mut words = Vec::new();
        for (name, value) in values {
            for word in split_list(&value) {
                if allowed.clone().any(|known| known == word) {
                    words.push(word);
                } else {
                    self.bad.push(BadParameter::not_one_of(&name, &word, allowed.clone()));
                }
            }
            self.echoed.push((name, value));
        }
        words
    }

    /// Reads a date.
    pub(crate) fn date(&mut self, name: &'static str) -> Option<PartialDate> {
        let text = self.text(name)?;
        let parsed: Result<PartialDate, Expected> = text.parse();
        parsed.map_err(|expected| self.reject(name, &text, &expected.to_string())).ok()
    }

    /// Reads the page: `limit`, if it was given, and `offset`.
    pub(crate) fn page(&mut self) -> (Option<u32>, u32) {
        let limit = self.number("limit", MAX_LIMIT, "expected a whole number from 0 to 1000");
        let offset =
            self.number("offset", u32::MAX, "expected a whole number from 0 to 4294967295");
        (limit, offset.unwrap_or(0))
    }

    fn number(&mut self, name: &'static str, most: u32, detail: &str) -> Option<u32> {
        let text = self.text(name)?;
        let number = text.parse().ok().filter(|number| *number <= most);
        if number.is_none() {
            self.reject(name, &text, detail);
        }
        number
    }

    /// Rejects a value.
    pub(crate) fn reject(&mut self, name: &str, value: &str, detail: &str) {
        self.bad.push(BadParameter::malformed(name, value, detail));
    }

    /// The parameters that were read, as links repeat them, if none was at fault.
    ///
    /// # Errors
    /// Every parameter that could not be understood, unknown ones included.
    pub(crate) fn finish(mut self) -> Result<Vec<(String, String)>, Problem> {
        for (name, _) in &self.pairs {
            self.bad.push(BadParameter::unknown(name, self.known.iter().copied()));
        }
        if self.bad.is_empty() { Ok(self.echoed) } else { Err(Problem::BadParameters(self.bad)) }
    }
}
