//! A text in English and in Spanish.

use std::borrow::Cow;

use serde::Serialize;
use utoipa::openapi::schema::{ObjectBuilder, Schema, Type};
use utoipa::openapi::{Object, RefOr};
use utoipa::{PartialSchema, ToSchema};

/// A text in English and in Spanish.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Bilingual<T = &'static str> {
    /// In English.
    pub en: T,
    /// In Spanish, as a newsroom in Bogotá writes it.
    pub es: T,
}

impl<T> Bilingual<T> {
    /// The text in both languages, English first.
    pub const fn new(en: T, es: T) -> Self {
        Self { en, es }
    }

    /// Makes another text of each.
    pub fn map<U>(self, mut make: impl FnMut(T) -> U) -> Bilingual<U> {
        Bilingual { en: make(self.en), es: make(self.es) }
    }
}

impl<T> PartialSchema for Bilingual<T> {
    fn schema() -> RefOr<Schema> {
        let text = |about: &str| -> Object {
            ObjectBuilder::new().schema_type(Type::String).description(Some(about)).into()
        };
        ObjectBuilder::new()
            .schema_type(Type::Object)
            .description(Some("A text in English and in Spanish."))
            .property("en", text("In English."))
            .property("es", text("In Spanish."))
            .required("en")
            .required("es")
            .into()
    }
}

impl<T> ToSchema for Bilingual<T> {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("Bilingual")
    }
}
