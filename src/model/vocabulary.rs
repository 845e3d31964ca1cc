//! Closed vocabularies: enumerations whose words are the same in data, JSON, CSV, parameters and docs.

use super::expected::Expected;
use super::value::{FieldValue, Kind, Scalar, Value};

/// A closed list of words.
pub trait Vocabulary: Copy + Eq + 'static {
    /// Every word, in the order in which the vocabulary declares them.
    const WORDS: &'static [&'static str];

    /// The word.
    fn word(self) -> &'static str;

    /// The value that a word stands for.
    fn from_word(word: &str) -> Option<Self>;
}

impl<V: Vocabulary> Value for V {
    const KIND: Kind = Kind::Code(V::WORDS);
    const FACET: bool = true;

    fn value(&self) -> FieldValue<'_> {
        FieldValue::Text(self.word().into())
    }

    fn parse(text: &str) -> Result<Scalar, Expected> {
        match V::from_word(text) {
            Some(value) => Ok(Scalar::Text(value.word().to_owned())),
            None => Err(Expected::OneOf(V::WORDS)),
        }
    }
}

/// Declares a closed vocabulary: an enum whose variants carry their word and whose doc comments are
/// published, word by word, in the OpenAPI document.
macro_rules! vocabulary {
    (
        $(#[doc = $about:literal])+
        pub enum $name:ident {
            $( $(#[doc = $meaning:literal])+ $variant:ident = $word:literal, )+
        }
    ) => {
        $(#[doc = $about])+
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $( $(#[doc = $meaning])+ $variant, )+
        }

        impl $crate::model::vocabulary::Vocabulary for $name {
            const WORDS: &'static [&'static str] = &[$($word),+];

            fn word(self) -> &'static str {
                match self { $( Self::$variant => $word, )+ }
            }

            fn from_word(word: &str) -> Option<Self> {
                match word { $( $word => Some(Self::$variant), )+ _ => None }
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.serialize_str($crate::model::vocabulary::Vocabulary::word(*self))
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                let word = compact_str::CompactString::deserialize(from)?;
                <Self as $crate::model::vocabulary::Vocabulary>::from_word(&word).ok_or_else(|| {
                    let words = <Self as $crate::model::vocabulary::Vocabulary>::WORDS;
                    serde::de::Error::custom($crate::model::expected::Expected::OneOf(words))
                })
            }
        }

        impl utoipa::PartialSchema for $name {
            fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
                let about = [$($about.trim()),+].join(" ");
                let words = [$( format!("- `{}`: {}", $word, [$($meaning.trim()),+].join(" ")) ),+];
                utoipa::openapi::schema::ObjectBuilder::new()
                    .schema_type(utoipa::openapi::schema::Type::String)
                    .description(Some(format!("{about}\n\n{}", words.join("\n"))))
                    .enum_values(Some([$($word),+]))
                    .into()
            }
        }

        impl utoipa::ToSchema for $name {
            fn name() -> std::borrow::Cow<'static, str> {
                std::borrow::Cow::Borrowed(stringify!($name))
            }
        }
    };
}
pub(crate) use vocabulary;
