//! A record in words, in English and Spanish.

use serde::Serialize;

use crate::dataset::{Dataset, Stored};
use crate::model::{Amount, Bilingual, Collection, Statement, fields};
use crate::words::{Language, amount_phrase, heading_in, sentence};

/// A record in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct ItemWords {
    /// What it states, as a sentence.
    sentence: Bilingual<String>,
    /// Its amount with its qualifier. The outer option is none where the collection has no amounts: then there is no
    /// such key; the inner one where no source values the record.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[expect(clippy::option_option, reason = "no key, null and words are three answers")]
    amount_phrase: Option<Option<Bilingual<String>>>,
}

impl ItemWords {
    /// Of a record.
    pub(crate) fn of<C: Stored>(dataset: &Dataset, record: &C) -> Self {
        let statement = dataset.statement_of(record);
        Self {
            sentence: sentence(&statement, &|collection, id| dataset.name_of(collection, id)),
            amount_phrase: has_amounts::<C>().then(|| statement.amount().map(in_both)),
        }
    }
}

fn in_both(amount: &Amount) -> Bilingual<String> {
    Bilingual::new(amount_phrase(amount, Language::En), amount_phrase(amount, Language::Es))
}

/// Whether records of a collection state amounts.
pub(crate) fn has_amounts<C: Collection>() -> bool {
    fields::<C>().any(|field| field.name() == "amount_usd")
}

/// A record as a heading of a few words, in one language.
pub(crate) fn heading_of(
    dataset: &Dataset,
    statement: &Statement<'_>,
    language: Language,
) -> String {
    heading_in(language, statement, &|collection, id| dataset.name_of(collection, id))
}
