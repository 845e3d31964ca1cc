//! The order of releases.

/// A version as three numbers, so that 1.10.0 comes after 1.9.0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Version([u64; 3]);

impl Version {
    /// Reads `major.minor.patch` (semver.org), without a suffix; none for any other text.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let mut parts = text.split('.').map(|part| {
            let plain = part.bytes().all(|byte| byte.is_ascii_digit());
            let canonical = part == "0" || !part.starts_with('0');
            part.parse().ok().filter(|_| plain && canonical)
        });
        let version = [parts.next()??, parts.next()??, parts.next()??];
        parts.next().is_none().then_some(Self(version))
    }
}

#[cfg(test)]
mod tests {
    use super::Version;

    #[test]
    fn versions_order_by_their_numbers_and_other_texts_are_none() {
        let read = |text: &str| Version::read(text).expect("a version");
        assert!(read("1.9.0") < read("1.10.0") && read("1.10.0") < read("2.0.0"));
        for text in ["", "1", "1.0", "1.0.0.0", "1.0.x", "1.0.0-rc", "v1.0.0", "1.0.01", "1.+0.0"] {
            assert_eq!(Version::read(text), None, "{text}");
        }
    }
}
