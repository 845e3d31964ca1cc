//! `traceparent`, as W3C Trace Context level 1 has it: which trace a request belongs to.

/// How long the header is in version 00, in bytes: `00-<32 hex>-<16 hex>-<2 hex>`.
const LENGTH: usize = 55;

/// Which trace a request belongs to, and which span of it asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TraceParent {
    /// The trace; never zero.
    pub trace_id: u128,
    /// The span that asked; never zero.
    pub span_id: u64,
    /// Whether the caller records the trace.
    pub sampled: bool,
}

impl TraceParent {
    /// Reads the header's value; none if it is not well formed, as the standard demands to treat such ones.
    pub fn parse(value: &[u8]) -> Option<Self> {
        let text = std::str::from_utf8(value.get(..LENGTH)?).ok()?;
        // Later versions may say more behind a further dash; this one and `ff`, which is none, may not.
        match (&text[..2], value.get(LENGTH)) {
            ("ff", _) | ("00", Some(_)) => return None,
            (_, None | Some(b'-')) => {}
            _ => return None,
        }
        let is_hex = |part: &str| {
            part.bytes().all(|digit| digit.is_ascii_digit() || (b'a'..=b'f').contains(&digit))
        };
        let mut parts = text.split('-');
        let mut next =
            |length: usize| parts.next().filter(|part| part.len() == length && is_hex(part));
        let (_version, trace, span, flags) = (next(2)?, next(32)?, next(16)?, next(2)?);
        let trace_id = u128::from_str_radix(trace, 16).ok().filter(|id| *id != 0)?;
        let span_id = u64::from_str_radix(span, 16).ok().filter(|id| *id != 0)?;
        let flags = u8::from_str_radix(flags, 16).ok()?;
        Some(Self { trace_id, span_id, sampled: flags & 1 == 1 })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WELL_FORMED: &str = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    #[test]
    fn a_well_formed_header_names_trace_span_and_whether_it_is_recorded() {
        let read = TraceParent::parse(WELL_FORMED.as_bytes());
        let expected = TraceParent {
            trace_id: 0x4bf9_2f35_77b3_4da6_a3ce_929d_0e0e_4736,
            span_id: 0x00f0_67aa_0ba9_02b7,
            sampled: true,
        };
        assert_eq!(read, Some(expected));
        let unsampled = TraceParent::parse(WELL_FORMED.replace("-01", "-00").as_bytes());
        assert_eq!(unsampled, Some(TraceParent { sampled: false, ..expected }));
    }

    #[test]
    fn a_later_version_may_say_more() {
        let later = WELL_FORMED.replacen("00-", "01-", 1);
        assert!(TraceParent::parse(later.as_bytes()).is_some());
        assert!(TraceParent::parse(format!("{later}-more").as_bytes()).is_some());
        assert_eq!(TraceParent::parse(format!("{later}more").as_bytes()), None);
    }

    #[test]
    fn what_is_not_well_formed_names_no_trace() {
        for wrong in [
            String::new(),
            "00".to_owned(),
            WELL_FORMED.to_uppercase(),
            WELL_FORMED.replacen("00-", "ff-", 1),
            format!("{WELL_FORMED}-more"),
            WELL_FORMED.replace("4bf92f3577b34da6a3ce929d0e0e4736", &"0".repeat(32)),
            WELL_FORMED.replace("00f067aa0ba902b7", &"0".repeat(16)),
            WELL_FORMED.replace('4', "g"),
            WELL_FORMED.replace('4', "é"),
            WELL_FORMED.replacen('-', "+", 2),
        ] {
            assert_eq!(TraceParent::parse(wrong.as_bytes()), None, "{wrong}");
        }
    }
}
