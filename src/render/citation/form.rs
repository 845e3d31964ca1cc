//! The forms of a citation.

use crate::model::vocabulary;

vocabulary! {
    /// A form of a citation.
    #[es = "Forma de una cita."]
    pub enum CitationFormat (en "form of a citation", es "forma de una cita") {
        /// CSL-JSON, for Zotero, pandoc and others.
        #[es = "CSL-JSON, para Zotero, pandoc y otros."]
        Csl = "csl" (en "CSL-JSON", es "CSL-JSON"),
        /// BibTeX, for LaTeX.
        #[es = "BibTeX, para LaTeX."]
        Bibtex = "bibtex" (en "BibTeX", es "BibTeX"),
        /// RIS, for Zotero, Mendeley and others.
        #[es = "RIS, para Zotero, Mendeley y otros."]
        Ris = "ris" (en "RIS", es "RIS"),
        /// One line in the style of the American Psychological Association.
        #[es = "Una línea en el estilo de la American Psychological Association."]
        Apa = "apa" (en "APA", es "APA"),
        /// One line in the style of the Chicago Manual of Style.
        #[es = "Una línea en el estilo del Chicago Manual of Style."]
        Chicago = "chicago" (en "Chicago", es "Chicago"),
        /// A citation template of Wikipedia.
        #[es = "Una plantilla de cita de Wikipedia."]
        Mediawiki = "mediawiki" (en "MediaWiki", es "MediaWiki"),
    }
}

impl CitationFormat {
    /// Every form: those that `Accept` may ask for first.
    pub const ALL: [Self; 6] =
        [Self::Csl, Self::Bibtex, Self::Ris, Self::Apa, Self::Chicago, Self::Mediawiki];

    /// The media type that an answer declares, with its parameters.
    pub const fn content_type(self) -> &'static str {
        match self {
            Self::Apa | Self::Chicago | Self::Mediawiki => "text/plain; charset=utf-8",
            Self::Bibtex => "application/x-bibtex; charset=utf-8",
            Self::Csl | Self::Ris => self.media_type(),
        }
    }

    /// The bare media type.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Csl => "application/vnd.citationstyles.csl+json",
            Self::Bibtex => "application/x-bibtex",
            Self::Ris => "application/x-research-info-systems",
            Self::Apa | Self::Chicago | Self::Mediawiki => "text/plain",
        }
    }

    /// What a file of this form ends in, without the dot; none for a line of text, which is no file.
    pub const fn extension(self) -> Option<&'static str> {
        match self {
            Self::Csl => Some("csl.json"),
            Self::Bibtex => Some("bib"),
            Self::Ris => Some("ris"),
            Self::Apa | Self::Chicago | Self::Mediawiki => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Vocabulary;

    #[test]
    fn every_form_is_listed_in_the_order_of_its_words() {
        let words: Vec<_> = CitationFormat::ALL.into_iter().map(Vocabulary::word).collect();
        assert_eq!(words, CitationFormat::WORDS);
    }
}
