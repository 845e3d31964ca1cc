//! Any text as a date, an amount, a period, an id or a list: refused, or read into what it was written as.

use partnership_api::model::{Amount, PartialDate, Period, RecordId, Usd, Value};
use partnership_api::query::{SearchWords, fold, split_list};

/// Reads the text as each kind of value.
pub(crate) fn check(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    if let Ok(date) = text.parse::<PartialDate>() {
        assert_eq!(date.to_string(), text, "a date is written as it was read");
        assert!(date.earliest() <= date.latest(), "{text} ends before it begins");
        assert!(date.lies_in(date), "{text} lies in itself");
        let _ = date.fiscal_years();
    }
    if let Ok(id) = text.parse::<RecordId>() {
        assert_eq!(id.as_str(), text, "an id is kept as it is");
    }
    let _ = Usd::parse(text);
    if let Ok(amount) = serde_json::from_str::<Amount>(text) {
        let usd = Some(amount.usd());
        assert!(amount.min_usd().is_none_or(|min| Some(min) <= usd), "{text}: least above stated");
        assert!(amount.max_usd().is_none_or(|max| Some(max) >= usd), "{text}: most below stated");
        let _ = amount.to_string();
    }
    if let Ok(period) = serde_json::from_str::<Period>(text) {
        assert!(period.fiscal_years().touches(period.fiscal_years()), "{text} touches itself");
        let _ = period.to_string();
    }
    assert!(!split_list(text).is_empty(), "a list has at least one value");
    assert!(fold(text).is_ascii(), "folded text holds no accent");
    if let Ok(words) = SearchWords::parse(text) {
        assert!(words.count_in(text, &mut String::new()) <= words.count());
    }
}
