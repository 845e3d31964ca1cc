//! How to cite a record: a sentence that may be printed, a line for a list of references, forms for programs.

use maud::{Markup, html};

use crate::model::Vocabulary;
use crate::pages::site::Site;
use crate::render::{CitationFormat, CitedWork, cite};
use crate::words::date_phrase;

/// A citation of what a page shows.
pub struct Citing {
    /// As APA has it.
    pub apa: String,
    /// What is cited, with the documents behind it.
    pub work: CitedWork,
}

impl Citing {
    /// Of a work.
    pub fn of(work: CitedWork) -> Self {
        Self { apa: cite(&work, CitationFormat::Apa), work }
    }

    /// The documents behind it, as a sentence ends with them: the first, and how many more.
    fn behind(&self, site: &Site<'_>) -> Markup {
        let (first, more) = match self.work.sources.split_first() {
            Some((first, rest)) => (first, rest.len()),
            None => return html! { span lang=[site.lang_of_texts()] { (self.work.author) } },
        };
        let date = first.published.map(|date| date_phrase(date, site.language));
        html! {
            span lang=[site.lang_of_texts()] { (first.publisher) } ", "
            (date.unwrap_or_else(|| site.say("undated", "sin fecha").to_owned()))
            @match more {
                0 => {}
                1 => (site.say(", and 1 more document", " y 1 documento más")),
                more => { (site.say(", and ", " y ")) (more) (site.say(" more documents", " documentos más")) }
            }
        }
    }
}

/// The box to copy from. `path` and `query` are those of the data, which each form of citation is asked of.
pub(crate) fn section(
    site: &Site<'_>,
    sentence: &str,
    citing: &Citing,
    path: &str,
    query: &[(String, String)],
) -> Markup {
    let version = site.dataset.release.version.to_string();
    // Where the request names a release, every address does.
    let release = site.pin.is_none().then_some(("release", version.as_str()));
    let form = |form: CitationFormat| {
        let pairs = query.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        site.data(path, pairs.chain(release).chain([("format", form.word())]))
    };
    let forms = [
        (CitationFormat::Bibtex, "BibTeX"),
        (CitationFormat::Ris, "RIS"),
        (CitationFormat::Csl, "CSL JSON"),
        (CitationFormat::Chicago, "Chicago"),
        (CitationFormat::Mediawiki, "Wikipedia"),
    ];
    html! {
        section.cite #cite {
            h2 { (site.say("Cite it", "Cómo citarlo")) }
            div.box {
                h3 { (site.say("In a text", "En un texto")) }
                div data-copy { p {
                    (sentence.trim_end_matches('.'))
                    " (" (citing.behind(site)) "; " (site.say("release ", "versión ")) (version) ")."
                } }
                h3 { "APA" }
                div data-copy { p lang=[site.lang_of_texts()] { (citing.apa.trim_end()) } }
                ul.row {
                    @for (of, name) in forms { li { a href=(form(of)) rel="nofollow" { (name) } } }
                }
            }
            p.muted {
                (site.say(
                    "The address names the release, so that it answers the same for ever. Without it, it follows corrections.",
                    "La dirección nombra la versión, así que siempre responde lo mismo. Sin ella, sigue las correcciones."
                ))
            }
        }
    }
}
