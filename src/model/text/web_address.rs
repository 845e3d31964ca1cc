//! Addresses of web pages and files.

use std::fmt;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::model::expected::Expected;
use crate::model::value::{FieldValue, Kind, Scalar, Value};

const FORM: Expected =
    Expected::Form("an http or https address with a host, such as https://example.org/report");

/// What RFC 3986 allows nowhere in an address, though some readers do.
const REFUSED: &[u8] = b"\"<>\\^`{|}";

/// The address of a page or file: http or https, with a host, escaped as RFC 3986 says.
// Clients put it into a link as it is: no other scheme may reach them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(try_from = "String")]
#[schema(value_type = String, format = "uri", max_length = 2048)]
pub struct WebAddress(Box<str>);

impl WebAddress {
    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for WebAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for WebAddress {
    type Error = Expected;

    fn try_from(text: String) -> Result<Self, Expected> {
        let allowed = |byte: u8| byte.is_ascii_graphic() && !REFUSED.contains(&byte);
        if text.len() > 2048 || !text.bytes().all(allowed) {
            return Err(FORM);
        }
        let address: http::Uri = text.parse().map_err(|_| FORM)?;
        let scheme = address.scheme_str().unwrap_or_default();
        let has_host = address.host().is_some_and(|host| !host.is_empty());
        if matches!(scheme, "http" | "https") && has_host {
            Ok(Self(text.into()))
        } else {
            Err(FORM)
        }
    }
}

impl Value for WebAddress {
    const KIND: Kind = Kind::Text;
    const EQUALS: bool = false;

    fn value(&self) -> FieldValue<'_> {
        FieldValue::Text(self.as_str().into())
    }

    fn parse(text: &str) -> Result<Scalar, Expected> {
        Ok(Scalar::Text(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::WebAddress;

    #[test]
    fn an_address_is_http_or_https_with_a_host_and_without_white_space() {
        let read = |text: &str| WebAddress::try_from(text.to_owned());
        for text in ["https://example.org", "http://example.org:8080/a%20b?c=d&e=(f)#g"] {
            assert!(read(text).is_ok(), "{text}");
        }
        for text in [
            "",
            "example.org",
            "/report",
            "javascript:alert(1)",
            "ftp://example.org/a",
            "https://",
            "https:///a",
            "https://example.org/a b",
            "https://example.org/\u{fc}",
            "https://example.org/<a>",
            "mailto:a@example.org",
            "https://example.org/\"onclick=\"",
        ] {
            assert!(read(text).is_err(), "{text}");
        }
    }
}
