//! The pages of an answer, and the links from one to the next.

use maud::{Markup, html};

use super::site::Site;
use crate::query::DEFAULT_LIMIT;

/// Where a page stands among all entries of an answer.
#[derive(Debug, Clone, Copy)]
pub struct Paged {
    /// How many entries there are on all pages.
    pub total: u64,
    /// How many come before the page.
    pub offset: u64,
    /// How many a page has.
    pub size: u64,
    /// The size that was asked for, which links repeat; none where it was left out.
    pub limit: Option<u32>,
}

impl Paged {
    /// Whether it is the first page of its size.
    pub(super) fn is_first(&self) -> bool {
        self.offset == 0
    }

    /// The question with the parameters that ask for this page of it, as addresses of pages have them.
    pub(super) fn of_page(&self, question: &[(String, String)]) -> Vec<(String, String)> {
        self.ask(question, self.limit.map(u64::from))
    }

    /// The question with the parameters that ask for the entries of this page as data, whose usual page may be another.
    pub(super) fn of_data(&self, question: &[(String, String)]) -> Vec<(String, String)> {
        let unusual = (self.size != u64::from(DEFAULT_LIMIT)).then_some(self.size);
        self.ask(question, self.limit.map(u64::from).or(unusual))
    }

    fn ask(&self, question: &[(String, String)], limit: Option<u64>) -> Vec<(String, String)> {
        let offset = (self.offset > 0).then_some(self.offset);
        let page = [("limit", limit), ("offset", offset)].into_iter();
        let page = page.filter_map(|(name, value)| Some((name.to_owned(), value?.to_string())));
        question.iter().cloned().chain(page).collect()
    }

    /// The numbers of the first and the last entry of the page; none of a page without entries.
    pub(super) fn range(&self) -> Option<(u64, u64)> {
        let last = (self.offset + self.size).min(self.total);
        (self.offset < last).then_some((self.offset + 1, last))
    }
}

/// The links to the pages before and after; nothing where all entries are on this one.
pub(super) fn paging<'p>(
    site: &Site<'_>,
    path: &str,
    pairs: impl Iterator<Item = (&'p str, &'p str)>,
    page: Paged,
) -> Markup {
    let pairs: Vec<(&str, &str)> = pairs.collect();
    let limit = page.limit.map(|limit| limit.to_string());
    let at = |offset: u64| {
        let offset = offset.to_string();
        let mut query: Vec<(&str, &str)> = pairs.clone();
        query.extend(limit.as_deref().map(|limit| ("limit", limit)));
        query.extend(Some(("offset", offset.as_str())).filter(|(_, offset)| *offset != "0"));
        site.page_with(path, query)
    };
    let next = page.offset + page.size;
    html! {
        @if page.size > 0 && (page.offset > 0 || next < page.total) {
            nav.paging aria-label=(site.say("Pages", "Páginas")) {
                @if page.offset > 0 {
                    a rel="prev nofollow" href=(at(page.offset.saturating_sub(page.size))) { "← " (site.say("Before", "Anteriores")) }
                }
                @if next < page.total {
                    a rel="next nofollow" href=(at(next)) { (site.say("More", "Siguientes")) " →" }
                }
            }
        }
    }
}
