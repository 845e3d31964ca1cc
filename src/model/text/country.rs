//! Countries and areas, by their ISO 3166-1 codes.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize, Serializer};
use smol_str::SmolStr;
use utoipa::ToSchema;

use crate::model::expected::Expected;
use crate::model::value::{FieldValue, Kind, Scalar, Value};

fn capitals(code: &str, length: usize) -> bool {
    code.len() == length && code.bytes().all(|byte| byte.is_ascii_uppercase())
}

/// An ISO 3166-1 alpha-3 code: three capital letters. Which codes are partners, the data says.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, ToSchema)]
#[serde(try_from = "SmolStr")]
#[schema(value_type = String, pattern = "^[A-Z]{3}$")]
pub struct Iso3(SmolStr);

impl Iso3 {
    /// The three letters.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Iso3 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<SmolStr> for Iso3 {
    type Error = Expected;

    fn try_from(code: SmolStr) -> Result<Self, Expected> {
        if capitals(&code, 3) {
            Ok(Self(code))
        } else {
            Err(Expected::Form("an ISO 3166-1 alpha-3 code: three capital letters"))
        }
    }
}

impl FromStr for Iso3 {
    type Err = Expected;

    fn from_str(text: &str) -> Result<Self, Expected> {
        SmolStr::from(text).try_into()
    }
}

impl Serialize for Iso3 {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&self.0)
    }
}

impl Value for Iso3 {
    const KIND: Kind = Kind::Text;
    const FACET: bool = true;
    const COUNTRIES: bool = true;

    fn value(&self) -> FieldValue<'_> {
        FieldValue::Text(self.0.as_str().into())
    }

    fn parse(text: &str) -> Result<Scalar, Expected> {
        text.parse().map(|code: Self| Scalar::Text(code.0.into()))
    }
}

/// An ISO 3166-1 alpha-2 code: two capital letters.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(try_from = "SmolStr")]
#[schema(value_type = String, pattern = "^[A-Z]{2}$")]
pub struct Iso2(SmolStr);

impl TryFrom<SmolStr> for Iso2 {
    type Error = Expected;

    fn try_from(code: SmolStr) -> Result<Self, Expected> {
        if capitals(&code, 2) {
            Ok(Self(code))
        } else {
            Err(Expected::Form("an ISO 3166-1 alpha-2 code: two capital letters"))
        }
    }
}

impl FromStr for Iso2 {
    type Err = Expected;

    fn from_str(text: &str) -> Result<Self, Expected> {
        SmolStr::from(text).try_into()
    }
}

impl Serialize for Iso2 {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&self.0)
    }
}

impl Value for Iso2 {
    const KIND: Kind = Kind::Text;

    fn value(&self) -> FieldValue<'_> {
        FieldValue::Text(self.0.as_str().into())
    }

    fn parse(text: &str) -> Result<Scalar, Expected> {
        text.parse().map(|code: Self| Scalar::Text(code.0.into()))
    }
}
