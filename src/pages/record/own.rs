//! What the page of a record has of its own collection.

use maud::Markup;

use crate::pages::site::Site;

/// What the pages of one collection have of their own.
#[derive(Default)]
pub struct Own {
    /// In place of the record's sentence and of the sources beside it; with the heading of the page.
    pub opening: Option<Markup>,
    /// Before the citation.
    pub further: Option<Markup>,
    /// Whether these parts name all records that the record stands beside.
    pub names_related: bool,
}

/// Makes what the page of a record has of its own.
pub type MakeOwn<C> = fn(&Site<'_>, &C) -> Own;
