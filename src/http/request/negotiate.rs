//! Content negotiation by the `Accept` header (RFC 9110, section 12.5.1).

use axum::http::{HeaderMap, header};

/// The first of the offered media types that the client likes best; none when it accepts none of them.
///
/// Without the header the first is taken. A range with more detail wins over one with less, and `q=0`
/// rules a type out.
pub(crate) fn negotiate(headers: &HeaderMap, offered: &[&'static str]) -> Option<&'static str> {
    let values: Vec<_> =
        headers.get_all(header::ACCEPT).iter().filter_map(|value| value.to_str().ok()).collect();
    let ranges: Vec<Range> =
        values.iter().flat_map(|value| value.split(',')).filter_map(Range::parse).collect();
    if ranges.is_empty() {
        return offered.first().copied();
    }
    let liking = |media: &str| {
        let fitting = ranges.iter().filter(|range| range.covers(media));
        fitting.max_by_key(|range| range.detail()).map_or(0, |range| range.thousandths)
    };
    // The first of equals: `max_by_key` would take the last.
    offered
        .iter()
        .copied()
        .rev()
        .max_by_key(|media| liking(media))
        .filter(|media| liking(media) > 0)
}

struct Range<'h> {
    kind: &'h str,
    subtype: &'h str,
    /// The quality, in thousandths.
    thousandths: u16,
}

impl<'h> Range<'h> {
    fn parse(text: &'h str) -> Option<Self> {
        let mut parts = text.split(';').map(str::trim);
        let (kind, subtype) = parts.next()?.split_once('/')?;
        let quality = parts.find_map(|part| part.strip_prefix("q="));
        let thousandths = quality.map_or(Some(1000), thousandths)?;
        Some(Self { kind, subtype, thousandths })
    }

    fn covers(&self, media: &str) -> bool {
        let (kind, subtype) = media.split_once('/').unwrap_or((media, ""));
        let fits = |range: &str, is: &str| range == "*" || range.eq_ignore_ascii_case(is);
        fits(self.kind, kind) && fits(self.subtype, subtype)
    }

    fn detail(&self) -> u8 {
        u8::from(self.kind != "*") + u8::from(self.subtype != "*")
    }
}

/// `0.85` as 850; none when it is no quality.
fn thousandths(quality: &str) -> Option<u16> {
    let (whole, fraction) = quality.split_once('.').unwrap_or((quality, ""));
    let digits = fraction.bytes().all(|byte| byte.is_ascii_digit()) && fraction.len() <= 3;
    let padded: u16 = format!("{fraction:0<3}").parse().ok()?;
    match (digits, whole) {
        (true, "0") => Some(padded),
        (true, "1") if padded == 0 => Some(1000),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OFFERED: [&str; 3] = ["application/json", "text/csv", "application/x-ndjson"];

    fn choose(accept: &str) -> Option<&'static str> {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT, accept.parse().expect("a header value"));
        negotiate(&headers, &OFFERED)
    }

    #[test]
    fn the_liked_best_wins_and_the_first_of_equals() {
        assert_eq!(choose("*/*"), Some("application/json"));
        assert_eq!(choose("text/csv, application/json"), Some("application/json"));
        assert_eq!(choose("application/json;q=0.5, text/csv;q=0.8"), Some("text/csv"));
        assert_eq!(choose("text/html,application/xhtml+xml,*/*;q=0.8"), Some("application/json"));
    }

    #[test]
    fn more_detail_wins_and_zero_rules_out() {
        assert_eq!(choose("*/*, application/json;q=0"), Some("text/csv"));
        assert_eq!(choose("application/*;q=0.1, text/*"), Some("text/csv"));
        assert_eq!(choose("text/html"), None);
        assert_eq!(choose("image/png;q=1.0, */*;q=0"), None);
    }

    #[test]
    fn without_the_header_the_first_is_taken() {
        assert_eq!(negotiate(&HeaderMap::new(), &OFFERED), Some("application/json"));
    }
}
