//! Citations of what the service answers: as text (APA, Chicago, Wikipedia) and for reference managers (BibTeX, RIS,
//! CSL-JSON).
//!
//! One kind of work, a data set, in six forms. Each form has one function that escapes. There is no date of retrieval:
//! the address names the release, so that the text is the same for whoever asks, whenever. The author is the dataset,
//! never a person; a document without a date is `n.d.`.

mod bibtex;
mod csl;
mod form;
mod mediawiki;
mod ris;
#[cfg(test)]
mod sample;
mod text;
mod work;

pub use form::CitationFormat;
pub use work::{CitedDocument, CitedWork};

/// A work in one form, with a line break at its end. In the forms for reference managers each document behind it
/// follows as an entry of its own; a text names the first and counts the others.
pub fn cite(work: &CitedWork, format: CitationFormat) -> String {
    match format {
        CitationFormat::Csl => csl::write(work),
        CitationFormat::Bibtex => bibtex::write(work),
        CitationFormat::Ris => ris::write(work),
        CitationFormat::Apa => text::apa(work),
        CitationFormat::Chicago => text::chicago(work),
        CitationFormat::Mediawiki => mediawiki::write(work),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_of_one_work() {
        let forms = CitationFormat::ALL.map(|format| cite(&sample::work(), format));
        insta::assert_snapshot!(forms.join("----\n"));
    }

    #[test]
    fn without_a_public_address_a_citation_has_the_part_and_the_digest_and_no_address() {
        let work = CitedWork { url: None, ..sample::work() };
        for format in CitationFormat::ALL {
            let cited = cite(&work, format);
            assert!(!cited.contains("data.example"), "{cited}");
            assert!(cited.contains("some-figure"), "{cited}");
            assert!(cited.contains("9c450604b8ae358d"), "{cited}");
        }
    }
}
