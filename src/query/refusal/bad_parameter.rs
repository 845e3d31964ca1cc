//! What is wrong with the parameters of a request: the first faults in full, the rest counted.

use std::collections::HashMap;

use serde::Serialize;
use utoipa::ToSchema;

use super::meaning::parameter_meant;
use super::nearest::nearest;

/// How many faults of a request are reported; more are counted.
pub const MOST_REPORTED: usize = 10;

/// How many of the allowed values are listed.
const MOST_ALLOWED: usize = 30;

/// For how many values of one parameter what was meant is looked for.
const MOST_HINTS: usize = 3;

/// How much of a name or value is shown, in characters.
const LONGEST_SHOWN: usize = 100;

/// How many bytes the faults of a request may have as JSON: a problem has at most 16 KB.
const MOST_BYTES: usize = 11_000;

/// A parameter that could not be understood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct BadParameter {
    /// Its name, as the request has it; cut where it is long.
    pub parameter: String,
    /// The value at fault, as the request has it; cut where it is long. Null when the name is at fault.
    pub value: Option<String>,
    /// What is wrong, and what was expected.
    pub detail: String,
    /// What would be understood instead: names or values, the first of them where there are many. Once for each
    /// parameter; empty where anything of the right form is understood.
    pub allowed: Vec<String>,
    /// Where all values are that would be understood. Null where `allowed` has them, or where there is no list.
    pub allowed_at: Option<String>,
    /// The name or value that was most likely meant. Null when nothing is near, and for all but the first values of
    /// a parameter.
    pub did_you_mean: Option<String>,
}

/// How much is reported of one fault.
#[derive(Debug, Clone, Copy)]
pub struct Tell {
    /// Whether what is allowed is listed: with the first fault of each parameter.
    pub allowed: bool,
    /// Whether what was meant is looked for: for the first values of each parameter.
    pub meant: bool,
}

/// The values that a parameter takes.
#[derive(Debug, Default)]
pub struct Offered {
    count: usize,
    first: Vec<String>,
    at: Option<String>,
}

impl Offered {
    /// Of a list with a known length; `at` is the path where all of it is.
    pub fn of<'n>(
        tell: Tell,
        count: usize,
        values: impl Iterator<Item = &'n str>,
        at: Option<String>,
    ) -> Self {
        let first: Vec<String> = if tell.allowed {
            // A value that is cut would not be understood.
            let short = values.filter(|value| value.len() <= LONGEST_SHOWN);
            short.take(MOST_ALLOWED).map(str::to_owned).collect()
        } else {
            Vec::new()
        };
        let at = at.filter(|_| tell.allowed && first.len() < count);
        Self { count, first, at }
    }
}

impl BadParameter {
    /// A name that is no parameter here.
    pub fn unknown<'n>(
        name: &str,
        tell: Tell,
        known: impl Iterator<Item = &'n str> + Clone,
    ) -> Self {
        Self {
            parameter: shown(name),
            value: None,
            detail: "no such parameter here".to_owned(),
            did_you_mean: tell.meant.then(|| parameter_meant(name, known.clone())).flatten(),
            allowed: known.filter(|_| tell.allowed).map(str::to_owned).collect(),
            allowed_at: None,
        }
    }

    /// A value that is none of a list.
    pub fn not_one_of(
        name: &str,
        value: &str,
        offered: Offered,
        did_you_mean: Option<String>,
    ) -> Self {
        let Offered { count, first, at } = offered;
        let value = shown(value);
        Self {
            parameter: name.to_owned(),
            detail: format!("`{value}` is none of the {count} allowed values"),
            value: Some(value),
            allowed: first,
            allowed_at: at,
            did_you_mean,
        }
    }

    /// A value that is none of a short list of words.
    pub fn none_of<'n>(
        name: &str,
        value: &str,
        tell: Tell,
        words: impl Iterator<Item = &'n str> + Clone,
    ) -> Self {
        let offered = Offered::of(tell, words.clone().count(), words.clone(), None);
        let meant = tell.meant.then(|| nearest(value, words)).flatten();
        Self::not_one_of(name, value, offered, meant.map(str::to_owned))
    }

    /// A value of the wrong form.
    pub fn malformed(name: &str, value: &str, detail: impl Into<String>) -> Self {
        Self {
            parameter: shown(name),
            value: Some(shown(value)),
            detail: detail.into(),
            allowed: Vec::new(),
            allowed_at: None,
            did_you_mean: None,
        }
    }

    /// A parameter that was given twice and takes one value.
    pub fn repeated(name: &str, value: &str) -> Self {
        Self::malformed(name, value, "given more than once, but takes one value")
    }

    /// More different values than a parameter takes.
    pub fn too_many(name: &str, most: usize, first: &str) -> Self {
        Self::malformed(name, first, format!("expected at most {most} different values"))
    }

    /// A range whose minimum lies above its maximum; it would hold nothing, or what touches both ends.
    pub fn upside_down(least: (&str, &str), most: (&str, &str)) -> Self {
        let (least, most) = ((least.0, shown(least.1)), (most.0, shown(most.1)));
        let detail = format!(
            "`{}` is `{}` and lies above `{}`, which is `{}`",
            least.0, least.1, most.0, most.1
        );
        Self::malformed(least.0, &least.1, detail)
    }
}

/// The parameters of a request that could not be understood: the first in full, the rest counted.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct BadParameters {
    reported: Vec<BadParameter>,
    /// How many more there are.
    more: u64,
    /// How many bytes those that are reported have as JSON.
    bytes: usize,
    /// How many faults each parameter has.
    counts: HashMap<String, usize>,
}

impl BadParameters {
    /// Whether nothing is at fault.
    pub fn is_empty(&self) -> bool {
        self.reported.is_empty() && self.more == 0
    }

    /// Adds a fault of a parameter, and builds it only if it is reported. `kind` says which faults share what is allowed:
    /// the parameter's name, or one word for all names that are unknown.
    pub fn add(&mut self, kind: &str, build: impl FnOnce(Tell) -> BadParameter) {
        if let Some(tell) = self.count_one(kind) {
            self.push(build(tell));
        }
    }

    /// Counts a fault; says how much is told of it, if it is reported.
    fn count_one(&mut self, kind: &str) -> Option<Tell> {
        if self.reported.len() == MOST_REPORTED {
            self.more += 1;
            return None;
        }
        let count = self.counts.entry(shown(kind)).or_default();
        let tell = Tell { allowed: *count == 0, meant: *count < MOST_HINTS };
        *count += 1;
        Some(tell)
    }

    fn push(&mut self, bad: BadParameter) {
        // What is written as JSON is longer than the text: a control character takes six bytes.
        let bytes = serde_json::to_vec(&bad).map_or(MOST_BYTES, |json| json.len());
        if self.reported.len() < MOST_REPORTED && self.bytes + bytes <= MOST_BYTES {
            self.bytes += bytes;
            self.reported.push(bad);
        } else {
            self.more += 1;
        }
    }

    /// Adds the faults of another after these.
    pub fn append(&mut self, other: Self) {
        other.reported.into_iter().for_each(|bad| self.push(bad));
        self.more += other.more;
        for (kind, count) in other.counts {
            *self.counts.entry(kind).or_default() += count;
        }
    }

    /// Those that are reported.
    pub fn reported(&self) -> &[BadParameter] {
        &self.reported
    }

    /// Those that are reported, and how many more there are.
    pub fn into_parts(self) -> (Vec<BadParameter>, u64) {
        (self.reported, self.more)
    }

    /// How many there are.
    pub fn count(&self) -> u64 {
        self.reported.len() as u64 + self.more
    }
}

impl From<BadParameter> for BadParameters {
    fn from(bad: BadParameter) -> Self {
        let mut all = Self::default();
        all.push(bad);
        all
    }
}

/// A name or value as a problem shows it: cut where it is long.
pub fn shown(text: &str) -> String {
    match text.char_indices().nth(LONGEST_SHOWN) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_faults_are_told_and_the_rest_is_counted_without_being_built() {
        let mut bad = BadParameters::default();
        let mut built = 0;
        for number in 0..4_060 {
            bad.add("a", |_| {
                built += 1;
                BadParameter::malformed("a", &number.to_string(), "expected another")
            });
        }
        assert_eq!(
            (built, bad.reported().len(), bad.count()),
            (MOST_REPORTED, MOST_REPORTED, 4_060)
        );
    }

    #[test]
    fn what_is_allowed_is_told_once_a_parameter_and_what_was_meant_for_the_first_values() {
        let mut bad = BadParameters::default();
        let mut reported = Vec::new();
        for kind in ["a", "a", "a", "a", "b"] {
            bad.add(kind, |tell| {
                reported.push((tell.allowed, tell.meant));
                BadParameter::malformed(kind, "", "")
            });
        }
        let expected = [(true, true), (false, true), (false, true), (false, false), (true, true)];
        assert_eq!(reported, expected);
    }

    #[test]
    fn faults_have_a_bounded_size_whatever_they_show() {
        for letter in ["\u{1}", "\"", "ü", "\u{10ffff}"] {
            let long = letter.repeat(8_000);
            let mut bad = BadParameters::default();
            for _ in 0..20 {
                let detail = shown(&long);
                bad.add(&long, |_| BadParameter::malformed(&long, &long, detail));
            }
            let json = serde_json::to_vec(bad.reported()).expect("JSON");
            assert!(json.len() <= MOST_BYTES + MOST_REPORTED + 2, "{}", json.len());
            assert_eq!(bad.count(), 20);
        }
    }
}
