//! The README of an archive that answers one question: what is in it, how it was gathered, what is doubtful.

use crate::model::Kind;
use crate::render::about::About;

/// Something to know of the records of an archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doubt(String);

impl Doubt {
    /// Of so many records a code is said.
    pub fn code(kind: Kind, field: &str, code: &str, count: usize) -> Self {
        let definition = match kind {
            Kind::Code(list) => list.get(code).map(|code| code.definition.en),
            _ => None,
        };
        let definition = definition.map(|definition| format!(": {definition}")).unwrap_or_default();
        Self(format!("{}: `{field}` is `{code}`{definition}", records(count)))
    }

    /// Of so many records a sentence is true.
    pub fn count(said: &str, count: usize) -> Self {
        Self(format!("{}: {said}.", records(count)))
    }

    /// A sentence, with the ids of the records that it is about.
    pub fn about(said: &str, ids: &[&str]) -> Self {
        let ids: Vec<String> = ids.iter().map(|id| format!("`{id}`")).collect();
        Self(if ids.is_empty() { said.to_owned() } else { format!("{said} ({})", ids.join(", ")) })
    }
}

fn records(count: usize) -> String {
    if count == 1 { "1 record".to_owned() } else { format!("{count} records") }
}

/// What the README of an archive says.
pub struct ArchiveReadme<'a> {
    /// The release.
    pub about: &'a About,
    /// The question in words.
    pub title: &'a str,
    /// The collection that was asked.
    pub collection: &'static str,
    /// What the collection holds.
    pub contents: &'static str,
    /// How many records the archive holds.
    pub records: usize,
    /// The archive as an article cites it.
    pub citation: String,
    /// Whether the records cite sources.
    pub has_sources: bool,
    /// What to know before a figure is printed.
    pub doubts: Vec<Doubt>,
}

impl ArchiveReadme<'_> {
    /// The README in Markdown.
    pub fn write(&self) -> String {
        let Self { about, title, collection, contents, citation, .. } = self;
        let About { title: dataset, version, released, digest, licence_title, licence_url, .. } =
            about;
        let sources = if self.has_sources {
            "| `sources.csv` | the documents that these records cite, by id |\n"
        } else {
            ""
        };
        let doubts: String =
            self.doubts.iter().flat_map(|Doubt(said)| ["- ", said.as_str(), "\n"]).collect();
        let doubts = if doubts.is_empty() {
            "Nothing is known that stands against these records.\n".to_owned()
        } else {
            doubts
        };
        let records = records(self.records);
        format!(
            "# {title}\n\n{contents}\n\n\
             From \"{dataset}\", version {version}, released {released}, digest `{digest}`. The archive holds {records}.\n\n\
             | file | holds |\n|---|---|\n\
             | `{collection}.csv` | the records |\n{sources}\
             | `question.json` | what was asked, at which address, of which release |\n\
             | `citation.txt`, `.bib`, `.ris`, `.csl.json` | how to cite it |\n\n\
             ## Method\n\n\
             - Each record is one statement that a document makes, read there, with the place in `citations_locator`. Nothing \
             was split, padded or added up.\n\
             - An amount stands with its qualifier, what it is rounded to, and the bounds that follow. `usd` alone is not \
             what the source says.\n\
             - Rows overlap: editions, stages and parts of the same money stand side by side. Add `counted_usd`, \
             where there is such a column, and never `amount_usd`; the rule is at `/v1/methods/totals`.\n\
             - An empty field means that no source gives a value. It is never zero.\n\n\
             ## Before you print a figure\n\n{doubts}\n\
             ## Cite\n\n{citation}\n\
             ## License\n\n[{licence_title}]({licence_url})\n"
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::sample::about;

    #[test]
    fn a_readme_says_what_is_in_the_archive_and_what_is_doubtful() {
        let readme = ArchiveReadme {
            about: &about(),
            title: "Small samples: 1 record",
            collection: "small-samples",
            contents: "Records for tests.",
            records: 1,
            citation: "Somebody. (2026).\n".to_owned(),
            has_sources: true,
            doubts: vec![
                Doubt::count("a newer edition is on record", 1),
                Doubt::about("Sources disagree", &["a", "b"]),
            ],
        };
        let text = readme.write();
        assert!(text.contains("- 1 record: a newer edition is on record.\n"), "{text}");
        assert!(text.contains("- Sources disagree (`a`, `b`)\n"), "{text}");
        assert!(text.contains("`sources.csv`"), "{text}");
    }
}
