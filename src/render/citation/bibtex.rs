//! BibTeX.

use super::work::{CitedDocument, CitedWork, key, known_parts};

/// The months as every style of BibTeX knows them.
const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// The work, then the documents behind it.
pub(super) fn write(work: &CitedWork) -> String {
    let parts = known_parts(work.released);
    let mut entry = Entry::new(&work.key());
    entry.protected("title", &work.title);
    entry.protected("author", &work.author);
    entry.date(&parts);
    entry.text("version", &work.version);
    entry.text("howpublished", &format!("Data set, {}", work.part));
    work.url.iter().for_each(|url| entry.url(url));
    entry.text("note", &work.note());
    let sources = work.sources.iter().map(document);
    std::iter::once(entry.finish()).chain(sources).collect::<Vec<_>>().join("\n")
}

fn document(document: &CitedDocument) -> String {
    let mut entry = Entry::new(&key(&format!("source-{}", document.id)));
    entry.protected("title", &document.title);
    entry.protected("author", &document.publisher);
    match document.published {
        Some(date) => entry.date(&known_parts(date)),
        None => entry.text("note", "n.d."),
    }
    entry.url(&document.url);
    entry.finish()
}

/// An entry that is being written.
struct Entry(String);

impl Entry {
    fn new(key: &str) -> Self {
        Self(format!("@misc{{{key}"))
    }

    fn raw(&mut self, name: &str, value: &str) {
        self.0.extend([",\n  ", name, " = ", value]);
    }

    fn text(&mut self, name: &str, value: &str) {
        self.raw(name, &format!("{{{}}}", escape(value)));
    }

    /// Words that no style may take apart or write in small letters: names and titles.
    fn protected(&mut self, name: &str, value: &str) {
        self.raw(name, &format!("{{{{{}}}}}", escape(value)));
    }

    /// An address is taken letter by letter; what would end the field is percent-encoded.
    fn url(&mut self, url: &str) {
        let url = url.replace('{', "%7B").replace('}', "%7D").replace('\\', "%5C");
        self.raw("url", &format!("{{{url}}}"));
    }

    fn date(&mut self, parts: &[i16]) {
        if let Some(year) = parts.first() {
            self.raw("year", &format!("{{{year}}}"));
        }
        let month = parts.get(1).and_then(|month| usize::try_from(month - 1).ok());
        if let Some(month) = month.and_then(|month| MONTHS.get(month)) {
            self.raw("month", month);
        }
    }

    fn finish(self) -> String {
        self.0 + "\n}\n"
    }
}

/// Text as LaTeX prints it. Letters beyond ASCII stay as they are: BibTeX files are UTF-8.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\\' => escaped.push_str(r"\textbackslash{}"),
            '~' => escaped.push_str(r"\textasciitilde{}"),
            '^' => escaped.push_str(r"\textasciicircum{}"),
            '{' | '}' | '&' | '%' | '$' | '#' | '_' => escaped.extend(['\\', letter]),
            letter if letter.is_control() => escaped.push(' '),
            letter => escaped.push(letter),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_latex_would_take_for_its_own_is_escaped() {
        assert_eq!(escape("50% & a_b #1 {c} $5"), r"50\% \& a\_b \#1 \{c\} \$5");
        assert_eq!(escape(r"~^\"), r"\textasciitilde{}\textasciicircum{}\textbackslash{}");
        assert_eq!(escape("años – €\n"), "años – € ");
    }
}
