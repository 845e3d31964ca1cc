//! Links: built from the configured public base, never from what a request's headers claim.

use axum::http::Uri;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;
use utoipa::ToSchema;

pub(crate) use super::link_params::LinkParams;

/// What stays as it is in a query string; commas too, which separate values.
const QUERY: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~').remove(b',');

/// The longest public base, in bytes: links of an answer must fit its headers.
const LONGEST_BASE: usize = 256;

/// Parameters that change how an answer is written and which page it is, not what it says.
const NOT_ASKED: [&str; 14] = [
    "format",
    "fields",
    "include",
    "facets",
    "stats",
    "bom",
    "counted_by",
    "delimiter",
    "lang",
    "limit",
    "offset",
    "dataset",
    "release",
    "rows",
];

/// How paths begin that are about all releases, or about none; those of data stand below `/v1`, Spanish pages below
/// `/es`.
const OF_NO_RELEASE: [&str; 4] = ["/changes", "/methods/", "/problems/", "/releases"];

/// Whether the answer at a path is of one release, which `release=` names.
pub(crate) fn is_of_one_release(path: &str) -> bool {
    let below = path.strip_prefix("/v1").or_else(|| path.strip_prefix("/es")).unwrap_or(path);
    !OF_NO_RELEASE.iter().any(|begin| below.starts_with(begin))
}

/// Whether a parameter is a part of the question, which a citation names.
pub(crate) fn is_asked(name: &str) -> bool {
    !NOT_ASKED.contains(&name)
}

/// The public address of the service: a URL, a path, or nothing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Links {
    base: String,
    /// Where the path begins in it; its length when there is none.
    path_at: usize,
    /// Where the operator can be reached.
    contact: Option<String>,
    /// The release that links to data are pinned to.
    release: Option<String>,
}

impl Links {
    /// Takes a public base: empty, `/security`, or `https://example.org/security`.
    ///
    /// # Errors
    /// What was expected, when it is neither a path nor an http(s) URL.
    pub fn to(base: &str) -> Result<Self, String> {
        let base = base.trim_end_matches('/');
        let after_scheme = base.strip_prefix("https://").or_else(|| base.strip_prefix("http://"));
        let fits = match after_scheme {
            Some(rest) => !rest.is_empty() && !rest.starts_with('/'),
            None => base.is_empty() || (base.starts_with('/') && !base.starts_with("//")),
        };
        let fits = fits && base.len() <= LONGEST_BASE;
        let plain = |byte: u8| byte.is_ascii_graphic() && !b"<>\"?#\\".contains(&byte);
        if fits && base.bytes().all(plain) {
            let host = after_scheme.map_or(0, |rest| base.len() - rest.len());
            let path_at = base[host..].find('/').map_or(base.len(), |at| host + at);
            Ok(Self { base: base.to_owned(), path_at, ..Self::default() })
        } else {
            Err(format!(
                "`{base}` is no public base: expected a path such as /data or an http(s) URL, of at most {LONGEST_BASE} bytes"
            ))
        }
    }

    /// Names where the operator can be reached: a `mailto:` or `https:` address.
    pub fn with_contact(self, contact: Option<String>) -> Self {
        Self { contact, ..self }
    }

    /// The same links, those to data pinned to a release: they lead to its answers, whatever is served by then.
    pub(crate) fn pinned_to(&self, version: &str) -> Self {
        Self { release: Some(version.to_owned()), ..self.clone() }
    }

    /// Where the operator can be reached, if that is public.
    pub(crate) fn contact(&self) -> Option<&str> {
        self.contact.as_deref()
    }

    /// Whether links name a host.
    pub(crate) fn is_absolute(&self) -> bool {
        self.base.starts_with("http")
    }

    /// The base as it was configured, without a slash at its end.
    pub fn base(&self) -> &str {
        &self.base
    }

    /// Takes the base's path off the address of a request, for gateways that leave it on. One without it is
    /// what a gateway sends that takes it off; both are served alike.
    pub(crate) fn strip_base(&self, address: &mut Uri) {
        let prefix = &self.base[self.path_at..];
        if prefix.is_empty() {
            return;
        }
        let whole = address.path_and_query().map_or("", |whole| whole.as_str());
        let rest = match whole.strip_prefix(prefix) {
            Some(rest) if rest.starts_with('/') => rest.parse(),
            Some(rest) if rest.is_empty() || rest.starts_with('?') => format!("/{rest}").parse(),
            _ => return,
        };
        // A part of an address that was read is one that can be read.
        if let Ok(rest) = rest {
            *address = rest;
        }
    }

    /// The address of a path of this service that is the same in every release.
    pub fn path(&self, path: &str) -> String {
        [self.base.as_str(), path].concat()
    }

    /// An address that begins with the base, without scheme and host.
    pub(crate) fn without_host(&self, address: String) -> String {
        let host = self.host_bytes();
        match address.get(host..) {
            Some(local) if local.starts_with('/') && host > 0 => local.to_owned(),
            Some(local) if !local.starts_with('/') => format!("/{local}"),
            _ => address,
        }
    }

    /// How many bytes scheme and host of the base have.
    fn host_bytes(&self) -> usize {
        if self.is_absolute() { self.path_at } else { 0 }
    }

    /// The address of a path of data.
    pub fn data(&self, path: &str) -> String {
        self.query(path, [])
    }

    /// The address of a record.
    pub fn record(&self, collection: &str, id: &str) -> String {
        // Ids hold letters, digits and hyphens only; nothing in them needs an escape.
        self.data(&["/v1/", collection, "/", id].concat())
    }

    /// The address to cite: a question, and the release that answered it.
    pub(crate) fn cited<'q>(
        &self,
        path: &str,
        pairs: impl IntoIterator<Item = (&'q str, &'q str)>,
        version: &'q str,
    ) -> String {
        let question = pairs.into_iter().filter(|(name, _)| is_asked(name));
        let release = Some(("release", version)).filter(|_| is_of_one_release(path));
        self.address(path, None, question.chain(release))
    }

    /// A question as a part of the data is named by it, without base and release: `assistance-funding?partner=COL`.
    pub(crate) fn question<'q>(
        path: &str,
        pairs: impl IntoIterator<Item = (&'q str, &'q str)>,
    ) -> String {
        let question = pairs.into_iter().filter(|(name, _)| is_asked(name));
        Self::default().query(path.strip_prefix("/v1/").unwrap_or(path), question)
    }

    /// The address to cite a record by.
    pub(crate) fn cited_record(&self, collection: &str, id: &str, version: &str) -> String {
        self.cited(&format!("/v1/{collection}/{id}"), [], version)
    }

    /// The address of a path of data with a query. The release comes first, so that the last parameter is the
    /// caller's.
    pub fn query<'q>(
        &self,
        path: &str,
        pairs: impl IntoIterator<Item = (&'q str, &'q str)>,
    ) -> String {
        let release = self.release.as_deref().filter(|_| is_of_one_release(path));
        self.address(path, release, pairs)
    }

    fn address<'q>(
        &self,
        path: &str,
        release: Option<&str>,
        pairs: impl IntoIterator<Item = (&'q str, &'q str)>,
    ) -> String {
        let mut address = self.path(path);
        let mut separator = '?';
        let mut add = |name: &str, value: &str| {
            address.push(separator);
            address.extend(utf8_percent_encode(name, QUERY));
            address.push('=');
            address.extend(utf8_percent_encode(value, QUERY));
            separator = '&';
        };
        if let Some(release) = release {
            add("release", release);
        }
        pairs.into_iter().for_each(|(name, value)| add(name, value));
        address
    }
}

/// The links of one page of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct PageLinks {
    /// This page.
    #[serde(rename = "self")]
    pub(crate) this: String,
    /// The first page.
    pub(crate) first: String,
    /// The page before; of a page beyond the end, the last. Null on the first.
    pub(crate) prev: Option<String>,
    /// The page after, pinned to this release of the data, so that a walk never mixes two releases: by `dataset`,
    /// which answers 409 once another is served; by `release`, where the request named one. Null on the last.
    pub(crate) next: Option<String>,
    /// The last page, pinned like the next.
    pub(crate) last: String,
    /// The address to cite: the whole list, not this page, as this release of the data answers it. `format=apa`,
    /// `chicago`, `bibtex`, `ris`, `csl` or `mediawiki` makes a citation of it.
    pub(crate) cite_as: String,
}

/// The position of a page in a list.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PagePosition<'p> {
    /// The path of the list.
    pub(crate) path: &'p str,
    /// How many records there are on all pages.
    pub(crate) total: u64,
    /// The limit that was asked for, which links repeat; none when it was left out.
    pub(crate) limit: Option<u32>,
    /// How many records a page has: the limit, the default, or all.
    pub(crate) size: u64,
    /// How many records come before the page.
    pub(crate) offset: u32,
    /// The digest of the data.
    pub(crate) digest: &'p str,
    /// The version of the data.
    pub(crate) version: &'p str,
}

impl Links {
    /// The links of a page.
    pub(crate) fn page(&self, position: PagePosition<'_>, params: &LinkParams) -> PageLinks {
        let at = |offset: Option<u64>, pinned: bool| {
            let limit = position.limit.map(|limit| limit.to_string());
            let offset = offset.filter(|offset| *offset > 0).map(|offset| offset.to_string());
            let limit = limit.as_deref().map(|limit| ("limit", limit));
            let offset = offset.as_deref().map(|offset| ("offset", offset));
            // What a release is pinned by already needs no other pin.
            let pinned = pinned && self.release.is_none();
            let pin = pinned.then_some(("dataset", position.digest));
            self.query(position.path, params.iter().chain(limit).chain(offset).chain(pin))
        };
        let (offset, total) = (u64::from(position.offset), position.total);
        let limit = position.size;
        let next = offset + limit;
        let last = total.saturating_sub(1).checked_div(limit).map_or(0, |pages| pages * limit);
        // Beyond the end, the page before is the last.
        let before = if offset < total { offset.saturating_sub(limit) } else { last };
        let question = position.path.split_once('.').map_or(position.path, |(path, _)| path);
        PageLinks {
            this: at(Some(offset), false),
            first: at(None, false),
            prev: (offset > 0 && limit > 0).then(|| at(Some(before), true)),
            next: (limit > 0 && next < total).then(|| at(Some(next), true)),
            last: at(Some(last), last > 0),
            cite_as: self.cited(question, params.iter(), position.version),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(total: u64, limit: u32, offset: u32) -> PageLinks {
        let position = PagePosition {
            path: "/v1/x",
            total,
            limit: Some(limit),
            size: limit.into(),
            offset,
            digest: "d",
            version: "1.0.0",
        };
        let mut params = LinkParams::default();
        params.push("q", "a b,ñ");
        Links::to("/base/").expect("a path").page(position, &params)
    }

    #[test]
    fn the_first_page_has_no_page_before_and_the_last_none_after() {
        let only = page(3, 10, 0);
        assert_eq!((only.prev, only.next), (None, None));
        let middle = page(30, 10, 10);
        assert_eq!(
            middle.next.as_deref(),
            Some("/base/v1/x?q=a%20b,%C3%B1&limit=10&offset=20&dataset=d")
        );
        assert_eq!(middle.prev.as_deref(), Some("/base/v1/x?q=a%20b,%C3%B1&limit=10&dataset=d"));
        assert_eq!(middle.last, "/base/v1/x?q=a%20b,%C3%B1&limit=10&offset=20&dataset=d");
    }

    #[test]
    fn before_a_page_beyond_the_end_comes_the_last() {
        for offset in [30, 31, 45, u32::MAX] {
            let beyond = page(30, 10, offset);
            assert_eq!(beyond.prev, Some(beyond.last), "{offset}");
            assert_eq!(beyond.next, None, "{offset}");
        }
        let of_none = page(0, 10, 10);
        assert_eq!(of_none.prev.as_deref(), Some("/base/v1/x?q=a%20b,%C3%B1&limit=10&dataset=d"));
    }

    #[test]
    fn links_to_data_keep_the_release_and_other_links_do_not() {
        let links = Links::to("/base").expect("a path").pinned_to("1.0.0");
        assert_eq!(links.record("x", "y"), "/base/v1/x/y?release=1.0.0");
        assert_eq!(links.query("/v1/x", [("q", "a")]), "/base/v1/x?release=1.0.0&q=a");
        assert_eq!(links.path("/openapi.json"), "/base/openapi.json");
        let position = PagePosition {
            path: "/v1/x",
            total: 9,
            limit: None,
            size: 3,
            offset: 0,
            digest: "d",
            version: "1.0.0",
        };
        let page = links.page(position, &LinkParams::default());
        assert_eq!(page.next.as_deref(), Some("/base/v1/x?release=1.0.0&offset=3"));
    }

    #[test]
    fn the_path_of_the_base_is_taken_off_an_address_that_has_it() {
        let taken = |base: &str, address: &str| {
            let mut uri: Uri = address.parse().expect("an address");
            Links::to(base).expect("a base").strip_base(&mut uri);
            uri.to_string()
        };
        for base in ["/data", "https://example.org/data", "http://example.org/data/"] {
            assert_eq!(taken(base, "/data/v1?q=a"), "/v1?q=a", "{base}");
            assert_eq!(taken(base, "/data?q=a"), "/?q=a", "{base}");
            assert_eq!(taken(base, "/data"), "/", "{base}");
            assert_eq!(taken(base, "/v1?q=/data/"), "/v1?q=/data/", "{base}");
            assert_eq!(taken(base, "/database"), "/database", "{base}");
        }
        for base in ["", "https://example.org"] {
            assert_eq!(taken(base, "/v1"), "/v1", "{base}");
        }
    }

    #[test]
    fn a_base_that_is_neither_path_nor_url_is_refused() {
        for base in ["ftp://x", "x", "//x", "https://", "https:///x", "/a b", "/a?b"] {
            assert!(Links::to(base).is_err(), "{base}");
        }
        assert!(Links::to(&format!("/{}", "a".repeat(255))).is_ok());
        assert!(Links::to(&format!("/{}", "a".repeat(256))).is_err());
    }
}
