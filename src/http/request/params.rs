//! The query parameters of a request: read one by one by every endpoint, every fault collected.

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use percent_encoding::percent_decode_str;

use super::negotiate::Accept;
use crate::http::app::links::LinkParams;
use crate::http::app::pinned::PinnedApp;
use crate::http::response::conditional::ETagKey;
use crate::http::response::problem::Problem;
use crate::model::{Collection, Expected, PartialDate, Scalar, Vocabulary};
use crate::query::{
    BadParameter, BadParameters, Bound, MAX_LIMIT, Parameter, ParameterRole, Query, Table,
    refuse_upside_down,
};

/// The query parameters of a request, each removed as it is read, and what the request accepts.
#[derive(Clone)]
pub(crate) struct QueryParams {
    pub(super) pairs: Vec<(String, String)>,
    pub(super) accept: Accept,
    pub(super) key: ETagKey,
    /// The names that the endpoint understands.
    pub(super) known: Vec<String>,
    pub(super) links: LinkParams,
    pub(super) bad: BadParameters,
    pub(super) not_covered: Vec<String>,
    /// What is offered to a client that accepts nothing of it.
    pub(super) not_acceptable: Option<Vec<&'static str>>,
}

/// What remains of parameters that were all understood.
#[derive(Debug)]
pub(crate) struct ParsedParams {
    /// The parameters as links repeat them.
    pub(crate) links: LinkParams,
    /// Identifies the representation that was requested.
    pub(crate) key: ETagKey,
    /// The countries that were asked for and of which the data has nothing, by ISO 3166-1 alpha-3 code.
    pub(crate) not_covered: Vec<String>,
}

/// Parameters that the body does not depend on: of another release than this there is no body.
const NOT_IN_KEY: &str = "dataset";

/// The parameter that names a release.
pub(crate) const RELEASE: &str = "release";

/// Parameters that choose a page, which each link sets itself.
const OF_A_PAGE: [&str; 3] = ["limit", "offset", "dataset"];

impl<S: Sync> FromRequestParts<S> for QueryParams {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let pinned = parts.extensions.get::<PinnedApp>();
        let mut params = Self::pinned(
            parts.uri.query(),
            Accept::of(&parts.headers),
            pinned.and_then(PinnedApp::version),
        );
        params.known.extend(pinned.map(|_| RELEASE.to_owned()));
        Ok(params)
    }
}

impl QueryParams {
    /// Splits a query string into decoded pairs.
    pub(crate) fn new(query: Option<&str>, accept: Accept) -> Self {
        Self::pinned(query, accept, None)
    }

    /// As [`Self::new`], of a request for a release of that version: `release`, which has been read, is left out, and
    /// each of its names makes the same answer.
    pub(crate) fn pinned(query: Option<&str>, accept: Accept, version: Option<&str>) -> Self {
        let (mut pairs, mut bad) = (Vec::new(), BadParameters::default());
        for part in query.unwrap_or_default().split('&').filter(|part| !part.is_empty()) {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            match (decode(name), decode(value)) {
                (Ok(name), Ok(value)) => pairs.push((name, value)),
                (name, value) => {
                    let (name, value) =
                        (name.unwrap_or_else(|raw| raw), value.unwrap_or_else(|raw| raw));
                    bad.add(&name, |_| BadParameter::malformed(&name, &value, NOT_UTF_8));
                }
            }
        }
        if version.is_some() {
            pairs.retain(|(name, _)| name != RELEASE);
        }
        let release = version.map(|version| (RELEASE.to_owned(), version.to_owned()));
        let in_key = pairs.iter().filter(|(name, _)| name != NOT_IN_KEY);
        let mut sorted: Vec<_> = in_key.chain(&release).collect();
        // Stable, because the order of values may mean something.
        sorted.sort_by(|(one, _), (other, _)| one.cmp(other));
        let key = ETagKey::of_params(
            sorted.into_iter().map(|(name, value)| [name.as_str(), value.as_str()]),
        );
        let (known, links, not_covered) = (Vec::new(), LinkParams::default(), Vec::new());
        Self { pairs, accept, key, known, links, bad, not_covered, not_acceptable: None }
    }

    /// Splits the query string of a page, which has one media type whatever is accepted. `version` is that of the
    /// release that the request names.
    pub(crate) fn of_page(query: &str, version: Option<&str>) -> Self {
        let mut params = Self::pinned(Some(query), Accept::default(), version);
        params.known.push(RELEASE.to_owned());
        params
    }

    /// Reads a text that may be given once.
    pub(crate) fn text(&mut self, name: &'static str) -> Option<String> {
        let value = self.single(name)?;
        if value.is_empty() {
            self.reject(name, &value, "expected a value");
            return None;
        }
        if !OF_A_PAGE.contains(&name) {
            self.links.push(name, &value);
        }
        Some(value)
    }

    /// Reads a text that may be given once, before the other parameters are read.
    ///
    /// # Errors
    /// When it is empty, or given twice.
    pub(crate) fn only_text(mut self, name: &'static str) -> Result<Option<String>, Problem> {
        self.bad = BadParameters::default();
        let text = self.text(name);
        if self.bad.is_empty() { Ok(text) } else { Err(Problem::BadParameters(self.bad)) }
    }

    /// Passes over a parameter that makes no difference here.
    pub(crate) fn skip(&mut self, name: &'static str) {
        self.single(name);
    }

    /// Reads one word of a closed vocabulary.
    pub(crate) fn choice<V: Vocabulary>(&mut self, name: &'static str) -> Option<V> {
        let word = self.single(name)?;
        let value = V::from_word(&word);
        if value.is_some() {
            self.links.push(name, &word);
        } else {
            self.not_one_of(name, &word, V::WORDS);
        }
        value
    }

    /// Reads `true` or `false`.
    pub(crate) fn flag(&mut self, name: &'static str) -> bool {
        match self.single(name).as_deref() {
            Some("true") => {
                self.links.push(name, "true");
                true
            }
            None | Some("false") => false,
            Some(other) => {
                let allowed = ["true", "false"].into_iter();
                self.bad.add(name, |tell| BadParameter::none_of(name, other, tell, allowed));
                false
            }
        }
    }

    /// Reads a date.
    pub(crate) fn date(&mut self, name: &'static str) -> Option<PartialDate> {
        let text = self.text(name)?;
        let parsed: Result<PartialDate, Expected> = text.parse();
        parsed.map_err(|expected| self.reject(name, &text, &expected.to_string())).ok()
    }

    /// Reads the dates that something lies between, both sides included.
    pub(crate) fn dates(
        &mut self,
        from: &'static str,
        to: &'static str,
    ) -> (Option<PartialDate>, Option<PartialDate>) {
        let ends = (self.date(from), self.date(to));
        if let (Some(least), Some(most)) = ends {
            let (least, most) = (Scalar::Date(least), Scalar::Date(most));
            let (shown, end) = (least.to_string(), most.to_string());
            let least = Bound { name: from, text: &shown, value: &least };
            refuse_upside_down(
                &mut self.bad,
                &least,
                &Bound { name: to, text: &end, value: &most },
            );
        }
        ends
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

    /// Reads the parameters of a collection that have an allowed role. None when one of them is at fault.
    pub(crate) fn query<C: Collection>(
        &mut self,
        table: &Table<C>,
        allowed: fn(ParameterRole) -> bool,
    ) -> Option<Query<C>> {
        let pairs = self.take(table.parameters(), allowed);
        match Query::parse(&pairs, table, &[]) {
            Ok(query) => {
                self.links.prepend(query.canonical_pairs());
                Some(query)
            }
            Err(mut faults) => {
                faults.append(std::mem::take(&mut self.bad));
                self.bad = faults;
                None
            }
        }
    }

    /// Takes what is given for the parameters that have an allowed role.
    fn take(
        &mut self,
        parameters: &[Parameter],
        allowed: fn(ParameterRole) -> bool,
    ) -> Vec<(String, String)> {
        let known = parameters.iter().filter(|parameter| allowed(parameter.role));
        let names: Vec<&str> = known.map(|parameter| parameter.name.as_str()).collect();
        let of_table = |(name, _): &mut (String, String)| names.contains(&name.as_str());
        let pairs = self.pairs.extract_if(.., of_table).collect();
        // First in the list of allowed names, and in links.
        self.known.splice(0..0, names.into_iter().map(str::to_owned));
        pairs
    }

    /// The value of a parameter that is still to be read.
    pub(crate) fn peek(&self, name: &str) -> Option<&str> {
        self.pairs.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Rejects a value.
    pub(crate) fn reject(&mut self, name: &str, value: &str, detail: &str) {
        self.bad.add(name, |_| BadParameter::malformed(name, value, detail));
    }

    /// Rejects a word that is none of a closed list.
    pub(super) fn not_one_of(&mut self, name: &str, word: &str, words: &[&'static str]) {
        self.bad.add(name, |tell| BadParameter::none_of(name, word, tell, words.iter().copied()));
    }

    /// Rejects a value for a reason of its own.
    pub(crate) fn add_fault(&mut self, bad: BadParameter) {
        let name = bad.parameter.clone();
        self.bad.add(&name, |_| bad);
    }

    /// What was read, if nothing was at fault.
    ///
    /// # Errors
    /// A problem that names every parameter at fault, those that nobody read included.
    pub(crate) fn finish(mut self, path: &str) -> Result<ParsedParams, Problem> {
        for (name, _) in &self.pairs {
            let known = self.known.iter().map(String::as_str);
            self.bad.add("", |tell| BadParameter::unknown(name, tell, known));
        }
        if !self.bad.is_empty() {
            return Err(Problem::BadParameters(self.bad));
        }
        if let Some(offered) = self.not_acceptable {
            return Err(Problem::NotAcceptable { offered });
        }
        self.key.add(path);
        Ok(ParsedParams { links: self.links, key: self.key, not_covered: self.not_covered })
    }

    /// As [`Self::finish`], with what was made of the parameters: none only where one was rejected.
    ///
    /// # Errors
    /// As [`Self::finish`].
    pub(crate) fn finish_with<T>(
        self,
        path: &str,
        made: Option<T>,
    ) -> Result<(T, ParsedParams), Problem> {
        let parsed = self.finish(path)?;
        match made {
            Some(made) => Ok((made, parsed)),
            None => Err(Problem::internal("a parameter was neither read nor rejected")),
        }
    }

    /// Takes the single value of a parameter out of the pairs.
    pub(super) fn single(&mut self, name: &'static str) -> Option<String> {
        self.known.push(name.to_owned());
        let mut values = self.pairs.extract_if(.., |(known, _)| known == name);
        let (_, first) = values.next()?;
        for (_, value) in values {
            self.bad.add(name, |_| BadParameter::repeated(name, &value));
        }
        Some(first)
    }
}

/// A request that takes no parameters at all.
pub(crate) struct NoParams;

impl<S: Sync> FromRequestParts<S> for NoParams {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        QueryParams::new(parts.uri.query(), Accept::default()).finish("").map(|_| Self)
    }
}

/// What is expected of a name or value that does not decode.
pub(crate) const NOT_UTF_8: &str = "expected UTF-8 behind the percent signs";

/// Decodes a name or a value; as it was sent, where it is not UTF-8.
fn decode(text: &str) -> Result<String, String> {
    let spaced = text.replace('+', " ");
    percent_decode_str(&spaced).decode_utf8().map(String::from).map_err(|_| spaced.clone())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn params(query: &str) -> QueryParams {
        QueryParams::new(Some(query), Accept::default())
    }

    fn finished(query: &str) -> ParsedParams {
        let mut params = params(query);
        params.text("a");
        params.text("b");
        params.text("dataset");
        params.finish("/v1/x").expect("no fault")
    }

    #[test]
    fn every_fault_is_collected_unknown_names_included() {
        let mut params = params("from=x&zz=1&kind=a,b&kind=c&page=%FF");
        params.date("from");
        assert_eq!(params.one_of("kind", &["a", "c"].into_iter()), ["a", "c"]);
        let Err(Problem::BadParameters(bad)) = params.finish("/v1/x") else { panic!("no fault") };
        let names: Vec<_> = bad.reported().iter().map(|bad| bad.parameter.as_str()).collect();
        assert_eq!(names, ["page", "from", "kind", "zz"]);
    }

    #[test]
    fn the_key_depends_on_every_parameter_but_not_on_their_order_or_the_pinned_release() {
        let key = |query| finished(query).key.digest();
        assert_eq!(key("a=1&b=2"), key("b=2&a=1"));
        assert_eq!(key("a=1&dataset=x"), key("a=1"));
        let all = ["", "a=1", "b=1", "a=1&b=2", "a=2&b=1", "a=1b&b=2", "a=1&b=b2", "a=1%26b%3D2"];
        let different: BTreeSet<_> = all.into_iter().map(key).collect();
        assert_eq!(different.len(), all.len());
    }
}
