//! The `Link` header (RFC 8288): pages, other formats, description and license, within what gateways read.

use axum::http::{HeaderValue, header};
use axum::response::Response;

use crate::dataset::Release;
use crate::http::app::links::{LinkParams, Links, PageLinks, is_asked};
use crate::model::Vocabulary;
use crate::render::Format;

/// The most bytes of the header. Gateways read all headers of a response into 4 KiB by default and answer 502 where
/// they are longer; bodies have all links.
const MOST_BYTES: usize = 2048;

/// What links lead to, in the order in which they are left out where the header would be too long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Group {
    /// The same records in other formats.
    Formats,
    /// The first and the last page.
    Ends,
    /// The same answer as a page for people, or as data.
    Page,
    /// The address to cite.
    Citation,
    /// What describes the answer.
    Description,
    /// The pages beside this one.
    Neighbours,
}

impl Group {
    const ALL: [Self; 6] = [
        Self::Formats,
        Self::Ends,
        Self::Page,
        Self::Citation,
        Self::Description,
        Self::Neighbours,
    ];
}

/// A `Link` header that is being made.
#[derive(Default)]
struct LinkHeader(Vec<(Group, String)>);

impl LinkHeader {
    fn add(&mut self, group: Group, address: &str, relation: &str) {
        self.0.push((group, format!("<{address}>; rel=\"{relation}\"")));
    }

    /// The page of an answer: its address without `/v1`.
    fn page(&mut self, address: &str) {
        if let Some((base, rest)) = address.split_once("/v1/") {
            let link = format!("<{base}/{rest}>; rel=\"alternate\"; type=\"text/html\"");
            self.0.push((Group::Page, link));
        }
    }

    fn describe(&mut self, links: &Links, release: &Release) {
        self.add(Group::Description, &links.path("/openapi.json"), "describedby");
        self.add(Group::Description, release.licence.url.as_str(), "license");
    }

    /// The header, without the groups that it has no room for.
    fn finish(mut self) -> String {
        const SEPARATOR: &str = ", ";
        let bytes = |links: &[(Group, String)]| -> usize {
            links.iter().map(|(_, link)| link.len() + SEPARATOR.len()).sum()
        };
        for group in Group::ALL {
            if bytes(&self.0) <= MOST_BYTES {
                break;
            }
            self.0.retain(|(of, _)| *of != group);
        }
        let links: Vec<_> = self.0.iter().map(|(_, link)| link.as_str()).collect();
        links.join(SEPARATOR)
    }

    fn put(self, response: &mut Response) {
        let links = self.finish();
        // Addresses are percent-encoded, so that only a license's own address could fail to be a header.
        if let Ok(value) = HeaderValue::from_str(&links)
            && !links.is_empty()
        {
            response.headers_mut().insert(header::LINK, value);
        }
    }
}

/// Links a list to its other pages and formats, its description and its license.
pub(crate) fn of_list(
    response: &mut Response,
    links: &Links,
    release: &Release,
    path: &str,
    page: &PageLinks,
    params: &LinkParams,
) {
    let mut header = LinkHeader::default();
    header.add(Group::Ends, &page.first, "first");
    header.add(Group::Ends, &page.last, "last");
    page.prev.iter().for_each(|prev| header.add(Group::Neighbours, prev, "prev"));
    page.next.iter().for_each(|next| header.add(Group::Neighbours, next, "next"));
    let page_of_it = page_of(links, path, params.iter());
    let only_json = |name: &str| matches!(name, "format" | "bom" | "facets" | "stats" | "include");
    let params = params.iter().filter(|(name, _)| !only_json(name));
    // The addresses differ in their last word only.
    let address = links.query(path, params.chain([("format", "")]));
    for format in Format::ALL {
        let (word, media) = (format.word(), format.media_type());
        let link = format!("<{address}{word}>; rel=\"alternate\"; type=\"{media}\"");
        header.0.push((Group::Formats, link));
    }
    header.page(&page_of_it);
    header.add(Group::Citation, &page.cite_as, "cite-as");
    header.describe(links, release);
    header.put(response);
}

/// The page of a question: how the answer is written is no parameter of it.
fn page_of<'p>(
    links: &Links,
    path: &str,
    params: impl Iterator<Item = (&'p str, &'p str)>,
) -> String {
    links.query(path, params.filter(|(name, _)| is_asked(name)))
}

/// Links the answer to a question that has a page of its own: to that page, and as [`of_answer`] does.
pub(crate) fn of_question(
    response: &mut Response,
    links: &Links,
    release: &Release,
    path: &str,
    params: &LinkParams,
) {
    let mut header = LinkHeader::default();
    header.page(&page_of(links, path, params.iter()));
    let cite_as = links.cited(path, params.iter(), release.version.as_str());
    header.add(Group::Citation, &cite_as, "cite-as");
    header.describe(links, release);
    header.put(response);
}

/// Links an answer to the address to cite (RFC 8574), its description and its license.
pub(crate) fn of_answer(response: &mut Response, links: &Links, release: &Release, cite_as: &str) {
    let mut header = LinkHeader::default();
    header.add(Group::Citation, cite_as, "cite-as");
    header.describe(links, release);
    header.put(response);
}

/// Links a record to its list, its description and its license.
pub(crate) fn of_record(
    response: &mut Response,
    links: &Links,
    release: &Release,
    collection: &str,
    id: &str,
) {
    let mut header = LinkHeader::default();
    let list = links.data(&format!("/v1/{collection}"));
    let cite_as = links.cited_record(collection, id, release.version.as_str());
    header.page(&links.record(collection, id));
    header.add(Group::Citation, &cite_as, "cite-as");
    header.add(Group::Description, &list, "collection");
    header.describe(links, release);
    header.put(response);
}

/// Links a page to the same answer as data, to the address to cite and to the license.
pub(crate) fn of_page(
    response: &mut Response,
    links: &Links,
    release: &Release,
    path: &str,
    query: &[(String, String)],
) {
    let pairs = || query.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    let mut header = LinkHeader::default();
    let data = links.query(path, pairs());
    header.0.push((Group::Page, format!("<{data}>; rel=\"alternate\"; type=\"application/json\"")));
    let cite_as = links.cited(path, pairs(), release.version.as_str());
    header.add(Group::Citation, &cite_as, "cite-as");
    header.add(Group::Description, release.licence.url.as_str(), "license");
    header.put(response);
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The relations of a header whose addresses of pages have so many bytes.
    fn relations(bytes: usize) -> Vec<String> {
        let mut header = LinkHeader::default();
        let address = "a".repeat(bytes);
        for (group, relation) in [
            (Group::Ends, "first"),
            (Group::Ends, "last"),
            (Group::Neighbours, "next"),
            (Group::Formats, "alternate"),
            (Group::Formats, "alternate"),
        ] {
            header.add(group, &address, relation);
        }
        header.add(Group::Citation, &address, "cite-as");
        header.add(Group::Description, "/openapi.json", "describedby");
        let header = header.finish();
        assert!(header.len() <= MOST_BYTES, "{} bytes", header.len());
        let links = header.split(", ").filter_map(|link| link.split_once("rel=\""));
        links.map(|(_, relation)| relation.trim_end_matches('"').to_owned()).collect()
    }

    #[test]
    fn what_is_too_long_is_left_out_and_the_next_page_last() {
        let all = ["first", "last", "next", "alternate", "alternate", "cite-as", "describedby"];
        assert_eq!(relations(300), all);
        assert_eq!(relations(450), ["first", "last", "next", "cite-as", "describedby"]);
        assert_eq!(relations(800), ["next", "cite-as", "describedby"]);
        assert_eq!(relations(1200), ["next", "describedby"]);
        assert_eq!(relations(1970), ["next", "describedby"]);
        assert_eq!(relations(2020), ["next"]);
        assert_eq!(relations(2040), Vec::<String>::new());
    }
}
