//! "Did you mean": the nearest of what there is.
//!
//! Distances take long to work out, and anybody may send thousands of words: a word is first compared by its length
//! and its letters, and of those that may be near a limited number is compared letter by letter.

/// How alike two words are that may be a misspelling of each other: 1 less the share of letters to change.
const ALIKE: f64 = 0.6;

/// The most distances that are worked out for one word.
const MOST_DISTANCES: usize = 64;

/// The longest word that is compared, in characters: longer ones are no typing error.
const LONGEST: usize = 100;

/// The candidate that a misspelled word most likely meant, if any is near.
///
/// Case does not matter; the distance counts transposed letters as one (optimal string alignment).
pub fn nearest<'c>(word: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    nearest_by(ALIKE, word, candidates)
}

/// As [`nearest`], for words that must be more, or may be less alike: from 0 to 1.
pub(crate) fn nearest_by<'c>(
    alike: f64,
    word: &str,
    candidates: impl IntoIterator<Item = &'c str>,
) -> Option<&'c str> {
    compare(alike, word, &mut candidates.into_iter()).nearest
}

/// What a comparison found, and what it took.
#[derive(Debug, Default)]
struct Compared<'c> {
    nearest: Option<&'c str>,
    /// How many distances were worked out.
    distances: usize,
}

/// Compiled once, whatever the candidates come from.
fn compare<'c>(
    alike: f64,
    word: &str,
    candidates: &mut dyn Iterator<Item = &'c str>,
) -> Compared<'c> {
    let mut compared = Compared::default();
    let length = word.chars().count();
    if length == 0 || length > LONGEST {
        return compared;
    }
    let word = word.to_lowercase();
    let (length, letters) = (word.chars().count(), Letters::of(&word));
    let mut best = alike;
    for candidate in candidates {
        let likeness = |distance: usize, longer: usize| {
            let share = |count: usize| f64::from(u32::try_from(count).unwrap_or(u32::MAX));
            1.0 - share(distance) / share(longer.max(1))
        };
        let longer = candidate.chars().count().max(length);
        let shorter = candidate.chars().count().min(length);
        if likeness(longer - shorter, longer) < best {
            continue;
        }
        let small = candidate.to_lowercase();
        if likeness(letters.least_distance(&Letters::of(&small)), longer) < best {
            continue;
        }
        compared.distances += 1;
        let found = likeness(strsim::osa_distance(&word, &small), longer);
        if found >= best {
            best = found;
            compared.nearest = Some(candidate);
        }
        if compared.distances == MOST_DISTANCES {
            break;
        }
    }
    compared
}

/// How many of each letter a word has; letters that share the last five bits count as one.
struct Letters([u8; 32]);

impl Letters {
    fn of(word: &str) -> Self {
        let mut counts = [0_u8; 32];
        for letter in word.chars() {
            let place = &mut counts[letter as usize % 32];
            *place = place.saturating_add(1);
        }
        Self(counts)
    }

    /// The fewest changes that make one of the other: each mends one letter too many and one too few.
    fn least_distance(&self, other: &Self) -> usize {
        let pairs = || self.0.iter().zip(&other.0);
        let more: usize = pairs().map(|(one, two)| usize::from(one.saturating_sub(*two))).sum();
        let fewer: usize = pairs().map(|(one, two)| usize::from(two.saturating_sub(*one))).sum();
        more.max(fewer)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_typing_error_finds_what_was_meant_and_nonsense_finds_nothing() {
        let programs = ["FMF", "IMET", "NADR-CWD"];
        assert_eq!(nearest("FMFF", programs), Some("FMF"));
        assert_eq!(nearest("imte", programs), Some("IMET"));
        assert_eq!(nearest("NADR_CWD", programs), Some("NADR-CWD"));
        assert_eq!(nearest("zzzzz", programs), None);
        assert_eq!(nearest("", programs), None);
    }

    #[test]
    fn of_many_candidates_few_are_compared_letter_by_letter() {
        let ids: Vec<String> = (0..10_000).map(|number| format!("col-fmf-{number}")).collect();
        let candidates = || ids.iter().map(String::as_str);
        for (word, most) in [("x", 0), ("zzzzzzzzzzz", 0), ("col-fmf-777x", MOST_DISTANCES)] {
            let compared = compare(ALIKE, word, &mut candidates());
            assert!(compared.distances <= most, "{word}: {} distances", compared.distances);
        }
        let long = "x".repeat(LONGEST + 1);
        assert_eq!(compare(ALIKE, &long, &mut [long.as_str()].into_iter()).distances, 0);
    }

    proptest! {
        #[test]
        fn no_word_is_further_than_its_letters_say(one in "[a-e]{0,8}", other in "[a-e]{0,8}") {
            let least = Letters::of(&one).least_distance(&Letters::of(&other));
            prop_assert!(least <= strsim::osa_distance(&one, &other));
        }
    }
}
