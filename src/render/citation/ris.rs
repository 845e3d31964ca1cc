//! RIS.

use super::work::{CitedDocument, CitedWork, key, known_parts};

/// The work, then the documents behind it.
pub(super) fn write(work: &CitedWork) -> String {
    let mut record = Record::new("DATA");
    record.line("ID", &work.key());
    record.line("TI", &work.title);
    record.line("AU", &work.author);
    record.date(&known_parts(work.released));
    record.line("ET", &work.version);
    record.line("M3", &format!("Data set, {}", work.part));
    work.url.iter().for_each(|url| record.line("UR", url));
    record.line("N1", &work.note());
    record.finish() + &work.sources.iter().map(document).collect::<String>()
}

fn document(document: &CitedDocument) -> String {
    let mut record = Record::new("GEN");
    record.line("ID", &key(&format!("source-{}", document.id)));
    record.line("TI", &document.title);
    record.line("AU", &document.publisher);
    match document.published {
        Some(date) => record.date(&known_parts(date)),
        None => record.line("N1", "n.d."),
    }
    record.line("UR", &document.url);
    record.finish()
}

/// A record that is being written. Lines end as the format wants, in carriage return and line feed.
struct Record(String);

impl Record {
    fn new(kind: &str) -> Self {
        let mut record = Self(String::new());
        record.line("TY", kind);
        record
    }

    fn line(&mut self, tag: &str, value: &str) {
        self.0.extend([tag, "  - ", &escape(value), "\r\n"]);
    }

    fn date(&mut self, parts: &[i16]) {
        if let Some(year) = parts.first() {
            self.line("PY", &year.to_string());
            let part = |at: usize| parts.get(at).map(|part| format!("{part:02}"));
            let (month, day) = (part(1).unwrap_or_default(), part(2).unwrap_or_default());
            self.line("DA", &format!("{year}/{month}/{day}/"));
        }
    }

    fn finish(mut self) -> String {
        self.0.push_str("ER  - \r\n");
        self.0
    }
}

/// A value is one line; nothing else in it has a meaning.
fn escape(text: &str) -> String {
    text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_never_begins_a_line() {
        assert_eq!(escape("a\r\nER  - b"), "a  ER  - b");
        assert_eq!(escape(super::super::sample::NASTY), super::super::sample::NASTY);
    }
}
