//! Closed vocabularies: enumerations whose words are the same in data, JSON, CSV, parameters and docs.

use super::expected::Expected;
use super::labels::{Code, CodeList};
use super::value::{FieldValue, Kind, Scalar, Value};

/// A closed list of words.
pub trait Vocabulary: Copy + Eq + 'static {
    /// Every word, in the order in which the vocabulary declares them.
    const WORDS: &'static [&'static str];

    /// Every word with its label and definition in English and Spanish.
    const CODES: &'static CodeList;

    /// The word.
    fn word(self) -> &'static str;

    /// The value that a word stands for.
    fn from_word(word: &str) -> Option<Self>;

    /// The word with its label and definition.
    fn entry(self) -> &'static Code;
}

impl<V: Vocabulary> Value for V {
    const KIND: Kind = Kind::Code(V::CODES);
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

/// Declares a closed vocabulary: an enum whose variants carry their code, its label and its definition in
/// English and Spanish; none of them may be left out.
///
/// ```ignore
/// vocabulary! {
///     /// How sure we are of it.
///     #[es = "Qué tan seguros estamos de ello."]
///     pub enum Confidence (en "confidence", es "confianza") {
///         /// A document says so plainly.
///         #[es = "Un documento lo dice con claridad."]
///         High = "high" (en "high", es "alta", rank 1),
///     }
/// }
/// ```
///
/// The doc comments are the English definitions, and are published, code by code, in the OpenAPI document.
/// `rank` stands where the order of the codes has a meaning: 1 weighs most.
macro_rules! vocabulary {
    (
        $(#[doc = $about:literal])+
        #[es = $about_es:literal]
        pub enum $name:ident (en $name_en:literal, es $name_es:literal) {
            $(
                $(#[doc = $meaning:literal])+
                #[es = $meaning_es:literal]
                $variant:ident = $word:literal (en $en:literal, es $es:literal $(, rank $rank:literal)?),
            )+
        }
    ) => {
        $(#[doc = $about])+
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $( $(#[doc = $meaning])+ $variant, )+
        }

        impl $crate::model::vocabulary::Vocabulary for $name {
            const WORDS: &'static [&'static str] = &[$($word),+];

            const CODES: &'static $crate::model::labels::CodeList = &$crate::model::labels::CodeList {
                schema: stringify!($name),
                label: $crate::model::labels::Bilingual::new($name_en, $name_es),
                definition: $crate::model::labels::Bilingual::new(
                    concat!($($about),+).trim_ascii(),
                    $about_es,
                ),
                words: Self::WORDS,
                codes: &[$(
                    $crate::model::labels::Code {
                        code: $word,
                        label: $crate::model::labels::Bilingual::new($en, $es),
                        definition: $crate::model::labels::Bilingual::new(
                            concat!($($meaning),+).trim_ascii(),
                            $meaning_es,
                        ),
                        rank: [$(Some($rank),)? None][0],
                    }
                ),+],
            };

            fn word(self) -> &'static str {
                match self { $( Self::$variant => $word, )+ }
            }

            fn from_word(word: &str) -> Option<Self> {
                match word { $( $word => Some(Self::$variant), )+ _ => None }
            }

            fn entry(self) -> &'static $crate::model::labels::Code {
                &Self::CODES.codes[self as usize]
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.serialize_str($crate::model::vocabulary::Vocabulary::word(*self))
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                let word = smol_str::SmolStr::deserialize(from)?;
                <Self as $crate::model::vocabulary::Vocabulary>::from_word(&word).ok_or_else(|| {
                    let words = <Self as $crate::model::vocabulary::Vocabulary>::WORDS;
                    serde::de::Error::custom($crate::model::expected::Expected::OneOf(words))
                })
            }
        }

        impl utoipa::PartialSchema for $name {
            fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
                let list = <Self as $crate::model::vocabulary::Vocabulary>::CODES;
                let words: Vec<String> = list
                    .codes
                    .iter()
                    .map(|code| format!("- `{}`: {}", code.code, code.definition.en))
                    .collect();
                utoipa::openapi::schema::ObjectBuilder::new()
                    .schema_type(utoipa::openapi::schema::Type::String)
                    .description(Some(format!("{}\n\n{}", list.definition.en, words.join("\n"))))
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
