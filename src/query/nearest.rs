//! "Did you mean": the nearest of what there is.

/// The candidate that a misspelt word most likely meant, if any is near.
///
/// Case does not matter; the distance counts transposed letters as one (Damerau-Levenshtein).
pub fn nearest<'c>(word: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    let word = word.to_lowercase();
    candidates
        .into_iter()
        .map(|candidate| (likeness(&word, &candidate.to_lowercase()), candidate))
        .filter(|(likeness, _)| *likeness >= 0.6)
        .max_by(|(a, _), (b, _)| a.total_cmp(b))
        .map(|(_, candidate)| candidate)
}

fn likeness(word: &str, candidate: &str) -> f64 {
    // The longest names are far from any typing error; comparing them would only cost time.
    if word.len() > 100 {
        return 0.0;
    }
    strsim::normalized_damerau_levenshtein(word, candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_typing_error_finds_what_was_meant_and_nonsense_finds_nothing() {
        let programs = ["FMF", "IMET", "NADR-CWD"];
        assert_eq!(nearest("FMFF", programs), Some("FMF"));
        assert_eq!(nearest("imte", programs), Some("IMET"));
        assert_eq!(nearest("NADR_CWD", programs), Some("NADR-CWD"));
        assert_eq!(nearest("zzzzz", programs), None);
    }
}
