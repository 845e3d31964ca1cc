//! Search across all collections.

use std::cmp::Reverse;
use std::ops::Range;

use serde::Serialize;
use utoipa::ToSchema;

use super::any::AnyTable;
use super::search_words::SearchWords;

/// A record that a search found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Hit {
    /// The collection that the record is in.
    pub collection: String,
    /// Its id there.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The partners that it is about, by ISO 3166-1 alpha-3 code. Empty for records of no one partner.
    pub partner: Vec<String>,
    /// The field that holds most of the words, or whose Spanish text or label does.
    pub field: String,
    /// The text of that field, its Spanish text, or what its code is called.
    pub text: String,
    /// Where the record is.
    pub link: String,
}

/// What is searched for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SearchQuery {
    /// The words that a record must hold, all of them.
    pub words: SearchWords,
    /// The partners that it may be about, by ISO 3166-1 alpha-3 code; any when there are none.
    pub partners: Vec<String>,
}

/// Finds the records of all collections that hold every word, best first: how many there are, and some of them.
///
/// Best is decided by four questions, in this order: does the title, in English or Spanish, or the id hold all words; does one field
/// hold all words; how many words does the best field hold; then by collection and id. No weights, so that the
/// order is predictable. `link` says where a record is.
pub fn search(
    tables: &[&dyn AnyTable],
    sought: &SearchQuery,
    page: Range<usize>,
    link: impl Fn(&str, &str) -> String,
) -> (usize, Vec<Hit>) {
    let mut folded = String::new();
    let mut found = Vec::new();
    for table in tables {
        let mut rows = table.holding(&sought.words);
        if !sought.partners.is_empty() {
            rows &= table.about_partners(&sought.partners);
        }
        found.extend(
            rows.iter().map(|row| RankedHit::rank(*table, row, &sought.words, &mut folded)),
        );
    }
    // Rows come in the order of ids.
    found.sort_unstable_by_key(|found| (found.rank, found.table.name(), found.row));
    let total = found.len();
    let shown = found.into_iter().take(page.end).skip(page.start);
    (total, shown.map(|found| found.hit(&link)).collect())
}

/// The first three questions of what is best, each answered so that better is less.
type Rank = (Reverse<bool>, Reverse<bool>, Reverse<usize>);

/// A record that holds every word, and where it holds most of them.
struct RankedHit<'t> {
    rank: Rank,
    table: &'t dyn AnyTable,
    row: u32,
    best: Best,
}

/// Which text holds most of the words.
enum Best {
    /// The text of a field, by its place among the texts of the record.
    Text(usize),
    /// A composed title, which is no field.
    Title,
}

impl<'t> RankedHit<'t> {
    fn rank(table: &'t dyn AnyTable, row: u32, words: &SearchWords, folded: &mut String) -> Self {
        let (mut texts, mut id) = ((0, 0), (0, 0));
        let mut place = 0;
        table.each_text(row, &mut |field, text| {
            let count = words.count_in(text, folded);
            let best = if field == "id" { &mut id } else { &mut texts };
            // The first of equals: fields come in the order that their collection declares.
            if count > best.0 {
                *best = (count, place);
            }
            place += 1;
        });
        let mut title = words.count_in(&table.title(row), folded);
        if let Some(spanish) = table.translation(table.id(row)) {
            title = title.max(words.count_in(spanish.title.as_str(), folded));
        }
        // A field says more than a title composed of it, and an id says least.
        let (count, best) = if texts.0 >= title.max(id.0) {
            (texts.0, Best::Text(texts.1))
        } else if title >= id.0 {
            (title, Best::Title)
        } else {
            (id.0, Best::Text(id.1))
        };
        let all = |count| Reverse(count == words.count());
        let rank = (all(title.max(id.0)), all(count), Reverse(count));
        Self { rank, table, row, best }
    }

    fn hit(self, link: impl Fn(&str, &str) -> String) -> Hit {
        let Self { table, row, .. } = self;
        let (id, title) = (table.id(row).to_owned(), table.title(row));
        let (field, text) = match self.best {
            Best::Title => ("title", title.clone()),
            Best::Text(wanted) => {
                let (mut place, mut best) = (0, ("id", String::new()));
                table.each_text(row, &mut |field, text| {
                    if place == wanted {
                        best = (field, text.to_owned());
                    }
                    place += 1;
                });
                best
            }
        };
        Hit {
            link: link(table.name(), &id),
            collection: table.name().to_owned(),
            id,
            title,
            partner: table.partners(row),
            field: field.to_owned(),
            text,
        }
    }
}
