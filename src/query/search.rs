//! Search across all collections.

use std::cmp::Reverse;
use std::ops::{ControlFlow, Range};

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
    // Tables by name, and rows in the order of ids: what ties comes in this order.
    let mut tables = tables.to_vec();
    tables.sort_unstable_by_key(|table| table.name());
    let mut found = Vec::new();
    for table in tables {
        let mut rows = table.holding(&sought.words);
        if !sought.partners.is_empty() {
            rows &= table.about_partners(&sought.partners);
        }
        let called = table.called_so(&sought.words);
        found.extend(rows.iter().map(|row| {
            let mut found = FoundRecord { table, row, is_called_so: called.contains(row) };
            // Several words may stand in one title each, and in none of them together.
            if found.is_called_so && sought.words.count() > 1 {
                let (title, id) = found.in_title_and_id(&sought.words, &mut folded);
                found.is_called_so = title.max(id) == sought.words.count();
            }
            found
        }));
    }
    let total = found.len();
    // The texts of the others are read only where the page reaches them.
    let best = found.iter().filter(|found| found.is_called_so).count();
    if page.end <= best {
        found.retain(|found| found.is_called_so);
    }
    // What was found by one word holds it in some field: nothing else tells two such records apart.
    if sought.words.count() == 1 {
        found.sort_by_key(|found| !found.is_called_so);
    } else {
        found.sort_by_cached_key(|found| found.rank(&sought.words, &mut folded));
    }
    let shown = found.into_iter().take(page.end).skip(page.start);
    (total, shown.map(|found| found.hit(&sought.words, &mut folded, &link)).collect())
}

/// The first three questions of what is best, each answered so that better is less.
type Rank = (Reverse<bool>, Reverse<bool>, Reverse<usize>);

/// A record that holds every word.
struct FoundRecord<'t> {
    table: &'t dyn AnyTable,
    row: u32,
    /// Whether its title or its id holds all of them.
    is_called_so: bool,
}

/// The text of a record that holds most of the words, with the name of its field.
type BestText = (&'static str, String);

impl FoundRecord<'_> {
    /// How many of the words its title holds, the English or the Spanish one, and its id.
    fn in_title_and_id(&self, words: &SearchWords, folded: &mut String) -> (usize, usize) {
        let Self { table, row, .. } = self;
        let id = table.id(*row);
        let title = words.count_in(&table.title(*row), folded);
        let spanish = table.translation(id);
        let spanish = spanish.map_or(0, |spanish| words.count_in(spanish.title.as_str(), folded));
        (title.max(spanish), words.count_in(id, folded))
    }

    fn rank(&self, words: &SearchWords, folded: &mut String) -> Rank {
        let most = self.best(words, folded).0;
        (Reverse(self.is_called_so), Reverse(most == words.count()), Reverse(most))
    }

    /// How many of the words the best of its texts holds, and which that is; none for a composed title, which is no field.
    fn best(&self, words: &SearchWords, folded: &mut String) -> (usize, Option<BestText>) {
        let (mut most, mut best) = (0, None);
        _ = self.table.each_text(self.row, &mut |field, text| {
            let count = if field == "id" { 0 } else { words.count_in(text, folded) };
            // The first of equals: fields come in the order that their collection declares.
            if count > most {
                (most, best) = (count, Some((field, text.to_owned())));
            }
            if most == words.count() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        if most == words.count() {
            return (most, best);
        }
        let (title, id) = self.in_title_and_id(words, folded);
        // A field says more than a title composed of it, and an id says least.
        if best.is_some() && most >= title.max(id) {
            (most, best)
        } else if title > 0 && title >= id {
            (title, None)
        } else {
            (id, Some(("id", self.table.id(self.row).to_owned())))
        }
    }

    fn hit(
        self,
        words: &SearchWords,
        folded: &mut String,
        link: impl Fn(&str, &str) -> String,
    ) -> Hit {
        let Self { table, row, .. } = self;
        let (id, title) = (table.id(row).to_owned(), table.title(row));
        let best = self.best(words, folded).1;
        let (field, text) = best.unwrap_or_else(|| ("title", title.clone()));
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
