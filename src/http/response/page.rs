//! Pages: what every page is made with, and the response that carries one.

use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};

use crate::http::app::pinned::PinnedApp;
use crate::model::{Bilingual, Vocabulary};
use crate::pages::{NavEntry, Pin, Site, WebPage, document};
use crate::words::Language;

/// The navigation of every page.
const NAV: &[NavEntry] = &[
    entry("Partners", "Socios", "/partners"),
    entry("Assistance", "Asistencia", "/assistance-funding"),
    entry("Arms sales", "Ventas de armas", "/arms-sales"),
    entry("Deployments", "Despliegues", "/deployments"),
    entry("Agreements", "Acuerdos", "/agreements"),
    entry("Disagreements", "Discrepancias", "/conflicts"),
    entry("Timeline", "Cronología", "/timeline"),
    entry("Coverage", "Cobertura", "/coverage"),
    entry("Sources", "Fuentes", "/sources"),
    entry("Methods", "Métodos", "/methods/data"),
    entry("Search", "Buscar", "/search"),
    entry("API", "API", "/docs/"),
];

const fn entry(en: &'static str, es: &'static str, path: &'static str) -> NavEntry {
    NavEntry { label: Bilingual::new(en, es), path }
}

/// First segments of paths that are no pages, whatever they answer.
const NO_PAGES: [&str; 14] = [
    "v1",
    "docs",
    "assets",
    "openapi.json",
    "openapi.yaml",
    "livez",
    "readyz",
    "metrics",
    "robots.txt",
    "sitemap.xml",
    "favicon.ico",
    "feed.atom",
    "llms.txt",
    ".well-known",
];

/// The language of a page's path and the rest of it; none where the path is no page's.
pub(crate) fn page_path(path: &str) -> Option<(Language, &str)> {
    let first = path.trim_start_matches('/').split('/').next().unwrap_or_default();
    if NO_PAGES.contains(&first) {
        return None;
    }
    match path.strip_prefix("/es") {
        Some("" | "/") => Some((Language::Es, "/")),
        Some(rest) if rest.starts_with('/') => Some((Language::Es, rest)),
        _ => Some((Language::En, path)),
    }
}

/// What a page may load: only what the service itself serves, and nothing inline.
pub(crate) const PAGE_POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; \
     form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
);

/// As [`PAGE_POLICY`], of a page that is made to stand in a page of another; it has no script and no form.
const EMBED_POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors *",
);

/// Marks a response of a route that answers with pages.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PageRoute;

/// A page of the service, as a request sees it.
pub(crate) fn render<T>(
    app: &PinnedApp,
    language: Language,
    make: impl FnOnce(&Site<'_>) -> T,
) -> T {
    let dataset = app.dataset();
    let served = app.app().current_dataset();
    let served = served.release.version.as_str();
    let pin = app.version().map(|version| Pin {
        version: version.to_owned(),
        newer: (version != served).then(|| served.to_owned()),
    });
    let links = app.links();
    make(&Site {
        language,
        dataset: &dataset,
        addresses: links,
        contact: links.contact(),
        nav: NAV,
        pin: pin.as_ref(),
    })
}

/// The response that carries a page.
pub(crate) fn html(site: &Site<'_>, page: &WebPage) -> Response {
    let policy = if page.embedded { EMBED_POLICY } else { PAGE_POLICY };
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8")),
        // A problem becomes a page behind the layer that gives other answers their policy.
        (header::CONTENT_SECURITY_POLICY, policy),
        (header::CONTENT_LANGUAGE, HeaderValue::from_static(site.language.word())),
    ];
    (headers, document(site, page)).into_response()
}
