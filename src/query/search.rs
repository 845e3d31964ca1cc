//! Search across all collections.

use std::cmp::Reverse;

use serde::Serialize;
use utoipa::ToSchema;

use super::any::AnyTable;
use super::words::Words;

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
    /// The field that holds most of the words.
    pub field: String,
    /// The text of that field.
    pub text: String,
    /// Where the record is.
    pub link: String,
}

/// Finds the records of all collections that hold every word, best first.
///
/// Best is decided by four questions, in this order: does the title or the id hold all words; does one field
/// hold all words; how many words does the best field hold; then by collection and id. No weights, so that a
/// reader can foretell the order. `link` says where a record is.
pub fn search(
    tables: &[&dyn AnyTable],
    words: &Words,
    link: impl Fn(&str, &str) -> String,
) -> Vec<Hit> {
    let mut ranked: Vec<_> = tables
        .iter()
        .flat_map(|table| table.holding(words).into_iter().map(move |row| (*table, row)))
        .map(|(table, row)| {
            let (id, title) = (table.id(row).to_owned(), table.title(row));
            let mut texts = table.texts(row);
            // A title that is made of facts stands in no field; an id says least to a reader.
            texts.sort_by_key(|(field, _)| *field == "id");
            texts.insert(texts.len().saturating_sub(1), ("title", title.clone()));
            // The first of equals: fields come in the order that their collection declares.
            let (field, text) = texts
                .into_iter()
                .rev()
                .max_by_key(|(_, text)| words.count_in(text))
                .unwrap_or(("id", id.clone()));
            let rank = (
                Reverse(words.occur_in(&title) || words.occur_in(&id)),
                Reverse(words.occur_in(&text)),
                Reverse(words.count_in(&text)),
            );
            let hit = Hit {
                link: link(table.name(), &id),
                collection: table.name().to_owned(),
                id,
                title,
                partner: table.partners(row),
                field: field.to_owned(),
                text,
            };
            (rank, hit)
        })
        .collect();
    ranked.sort_by(|(a, hit), (b, other)| {
        let place = (&hit.collection, &hit.id);
        a.cmp(b).then_with(|| place.cmp(&(&other.collection, &other.id)))
    });
    ranked.into_iter().map(|(_, hit)| hit).collect()
}
