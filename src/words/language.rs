//! The languages that the service speaks.

use crate::model::{Bilingual, vocabulary};

vocabulary! {
    /// The language of labels in a file.
    #[es = "El idioma de las etiquetas de un archivo."]
    pub enum Language (en "language", es "idioma") {
        /// English.
        #[es = "Inglés."]
        En = "en" (en "English", es "inglés"),
        /// Spanish, as a newsroom in Bogotá writes it.
        #[es = "Español, como lo escribe una redacción de Bogotá."]
        Es = "es" (en "Spanish", es "español"),
    }
}

impl Language {
    /// The text in this language.
    pub fn of<T>(self, text: Bilingual<T>) -> T {
        match self {
            Self::En => text.en,
            Self::Es => text.es,
        }
    }
}
