//! Content negotiation by the `Accept` header (RFC 9110, section 12.5.1).
//!
//! `mediatype` reads the ranges. The choice is ours: a client that likes several types alike gets the one that the
//! endpoint offers first, and a range that cannot be read leaves the others in force.

use axum::http::{HeaderMap, HeaderValue, header};
use mediatype::{MediaType, MediaTypeList, Name, ReadParams, names};

use crate::model::Vocabulary;
use crate::render::{CitationFormat, Format};

/// One of the forms in which an endpoint can answer.
pub(crate) trait Representation: Copy {
    /// Its word in `format=`.
    fn word(self) -> &'static str;
    /// Its media type, without parameters.
    fn media_type(self) -> &'static str;
    /// Whether `Accept` may ask for it: its media type is of no other form.
    fn is_negotiable(self) -> bool {
        true
    }
}

impl Representation for Format {
    fn word(self) -> &'static str {
        Vocabulary::word(self)
    }

    fn media_type(self) -> &'static str {
        self.media_type()
    }
}

/// An answer in full, or a citation of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum AnswerFormat {
    /// The answer itself.
    Full(Format),
    /// How to cite it.
    Citation(CitationFormat),
}

impl AnswerFormat {
    /// Some formats of an answer, then every form of a citation.
    pub(crate) fn all(formats: &[Format]) -> Vec<Self> {
        let citations = CitationFormat::ALL.into_iter().map(Self::Citation);
        formats.iter().copied().map(Self::Full).chain(citations).collect()
    }

    /// The format of the answer, JSON where a citation was asked for, and the form of the citation.
    pub(crate) fn split(self) -> (Format, Option<CitationFormat>) {
        match self {
            Self::Full(format) => (format, None),
            Self::Citation(form) => (Format::Json, Some(form)),
        }
    }
}

impl Representation for AnswerFormat {
    fn word(self) -> &'static str {
        match self {
            Self::Full(format) => Vocabulary::word(format),
            Self::Citation(form) => Vocabulary::word(form),
        }
    }

    fn media_type(self) -> &'static str {
        match self {
            Self::Full(format) => format.media_type(),
            Self::Citation(form) => form.media_type(),
        }
    }

    fn is_negotiable(self) -> bool {
        match self {
            Self::Full(_) => true,
            // Three forms are plain text.
            Self::Citation(form) => form.extension().is_some(),
        }
    }
}

/// The media ranges that a client accepts. Without the header it accepts everything.
#[derive(Debug, Clone, Default)]
pub(crate) struct Accept(Vec<HeaderValue>);

impl Accept {
    /// Of a request.
    pub(crate) fn of(headers: &HeaderMap) -> Self {
        Self(headers.get_all(header::ACCEPT).iter().cloned().collect())
    }

    /// The representation that the client likes best, the first of equals; none when it accepts none of them. The most
    /// specific range that covers a media type decides its quality, and `q=0` rules it out.
    pub(crate) fn choose<R: Representation>(&self, offered: &[R]) -> Option<R> {
        let values = self.0.iter().filter_map(|value| value.to_str().ok());
        let ranges: Vec<Range> =
            values.flat_map(MediaTypeList::new).flatten().filter_map(Range::of).collect();
        if ranges.is_empty() {
            return offered.first().copied();
        }
        let quality = |media: &str| {
            let offered = MediaType::parse(media).ok()?;
            let covering = ranges.iter().filter(|range| range.covers(&offered));
            covering.max_by_key(|range| range.specificity()).map(|range| range.thousandths)
        };
        let negotiable = offered.iter().filter(|offer| offer.is_negotiable());
        let rated = negotiable.map(|offer| (quality(offer.media_type()).unwrap_or(0), *offer));
        // The first of equals: `max_by_key` would take the last.
        let best = rated.rev().max_by_key(|(quality, _)| *quality);
        best.filter(|(quality, _)| *quality > 0).map(|(_, offer)| offer)
    }
}

/// A media range with its quality.
struct Range<'h> {
    media: MediaType<'h>,
    /// The quality, in thousandths.
    thousandths: u16,
}

impl<'h> Range<'h> {
    /// None when the quality cannot be read.
    fn of(media: MediaType<'h>) -> Option<Self> {
        let quality = media.get_param(names::Q).map(|quality| quality.as_str());
        Some(Self { thousandths: quality.map_or(Some(1000), thousandths)?, media })
    }

    fn covers(&self, offered: &MediaType<'_>) -> bool {
        let fits = |range: Name<'_>, name: Name<'_>| range == "*" || range == name;
        fits(self.media.ty, offered.ty)
            && (self.media.subty == "*"
                || (self.media.subty, self.media.suffix) == (offered.subty, offered.suffix))
    }

    fn specificity(&self) -> u8 {
        u8::from(self.media.ty != "*") + u8::from(self.media.subty != "*")
    }
}

/// `0.85` as 850; none when it is no quality. `.2` is read as `0.2`: every Java client of old sends it.
fn thousandths(quality: &str) -> Option<u16> {
    let (whole, fraction) = quality.split_once('.').unwrap_or((quality, ""));
    let digits = fraction.bytes().all(|byte| byte.is_ascii_digit()) && fraction.len() <= 3;
    let padded: u16 = format!("{fraction:0<3}").parse().ok()?;
    match (digits, whole) {
        (true, "0") => Some(padded),
        (true, "") if !fraction.is_empty() => Some(padded),
        (true, "1") if padded == 0 => Some(1000),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OFFERED: [Format; 3] = [Format::Json, Format::Csv, Format::Ndjson];

    fn choose(accept: &str) -> Option<Format> {
        Accept(vec![accept.parse().expect("a header value")]).choose(&OFFERED)
    }

    #[test]
    fn the_best_liked_wins_and_the_first_offered_of_equals() {
        assert_eq!(choose("*/*"), Some(Format::Json));
        assert_eq!(choose("text/csv, application/json"), Some(Format::Json));
        assert_eq!(choose("application/json;q=0.5, text/csv;q=0.8"), Some(Format::Csv));
        assert_eq!(choose("text/html,application/xhtml+xml,*/*;q=0.8"), Some(Format::Json));
    }

    #[test]
    fn the_most_specific_range_decides_and_zero_rules_out() {
        assert_eq!(choose("*/*, application/json;q=0"), Some(Format::Csv));
        assert_eq!(choose("application/*;q=0.1, text/*"), Some(Format::Csv));
        assert_eq!(choose("text/html"), None);
        assert_eq!(choose("image/png;q=1.0, */*;q=0"), None);
    }

    #[test]
    fn names_of_types_and_parameters_are_read_without_regard_to_case() {
        assert_eq!(choose("text/csv;Q=0"), None);
        assert_eq!(choose("text/csv;Q=0.9, application/json;Q=0.1"), Some(Format::Csv));
        assert_eq!(choose("TEXT/CSV"), Some(Format::Csv));
        assert_eq!(choose("text/csv; charset=\"a, b\" ; Q=0.9, */*;q=0.1"), Some(Format::Csv));
    }

    #[test]
    fn a_range_that_cannot_be_read_leaves_the_others_in_force() {
        let java = "text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2";
        assert_eq!(choose(java), Some(Format::Json));
        assert_eq!(choose("text/csv;q=much, application/x-ndjson"), Some(Format::Ndjson));
        assert_eq!(choose("nonsense"), Some(Format::Json));
    }

    #[test]
    fn a_structured_suffix_belongs_to_the_subtype() {
        let accept = |accept: &str| Accept(vec![accept.parse().expect("a header value")]);
        assert_eq!(accept("application/ld+json").choose(&OFFERED), None);
        let linked = MediaType::parse("application/ld+json").expect("a media type");
        for (range, covered) in
            [("application/ld+json", true), ("application/ld+xml", false), ("application/*", true)]
        {
            let media = MediaType::parse(range).expect("a media range");
            let range = Range::of(media).expect("a quality");
            assert_eq!(range.covers(&linked), covered, "{}", range.media);
        }
    }

    #[test]
    fn without_the_header_the_first_is_taken() {
        assert_eq!(Accept::default().choose(&OFFERED), Some(Format::Json));
    }
}
