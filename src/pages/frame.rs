//! The frame of every page: head, navigation, the banner of a release, footer.

use maud::{DOCTYPE, Markup, html};

use super::assets;
use super::paging::Paged;
use super::site::{Site, in_language};
use crate::model::Vocabulary;
use crate::words::{Language, date_phrase};

/// The most letters of a description: search engines and cards show about as many.
const LONGEST_DESCRIPTION: usize = 200;

/// A page without its frame.
pub struct WebPage {
    /// Its title, without that of the dataset.
    pub title: String,
    /// What it says, in a sentence.
    pub description: String,
    /// Its path, without the language.
    pub path: String,
    /// Its question, as links repeat it.
    pub query: Vec<(String, String)>,
    /// The path of the same answer as data; none where there is none.
    pub data: Option<String>,
    /// The question of that answer.
    pub data_query: Vec<(String, String)>,
    /// Whether search engines should keep it: records and lists, not each combination of filters.
    pub indexed: bool,
    /// Whether it is made to stand in a page of another: without navigation and script.
    pub embedded: bool,
    /// JSON-LD, where the page describes the dataset.
    pub json_ld: Option<String>,
    /// What stands in `main`.
    pub body: Markup,
}

impl WebPage {
    /// A page of a path.
    pub fn new(path: impl Into<String>, title: impl Into<String>, body: Markup) -> Self {
        let title = title.into();
        Self {
            description: title.clone(),
            title,
            path: path.into(),
            query: Vec::new(),
            data: None,
            data_query: Vec::new(),
            indexed: true,
            embedded: false,
            json_ld: None,
            body,
        }
    }

    /// Names the path of the same answer as data, below `/v1`, and the question.
    pub fn answering(self, data: impl Into<String>, query: &[(String, String)]) -> Self {
        let query = query.to_vec();
        Self { data: Some(data.into()), data_query: query.clone(), query, ..self }
    }

    /// Names the page of the answer that it is.
    pub fn at(self, paged: Paged) -> Self {
        let data_query = paged.of_data(&self.data_query);
        Self { query: paged.of_page(&self.query), data_query, ..self }
    }

    /// Its question.
    pub fn pairs(&self) -> impl Iterator<Item = (&str, &str)> + Clone {
        self.query.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

/// A whole page.
pub fn document(site: &Site<'_>, page: &WebPage) -> String {
    let title = site.dataset.release.title.to_string();
    let here =
        |language| site.addresses.local(&in_language(&page.path, language), &mut page.pairs());
    let asked = page.data_query.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    let data = page.data.as_ref().map(|path| site.data(path, asked));
    let whole = site
        .addresses
        .is_public()
        .then(|| site.addresses.whole(&in_language(&page.path, site.language), &mut page.pairs()));
    let is_front = page.path == "/";
    let head_title = if is_front { title.clone() } else { format!("{} · {title}", page.title) };
    let description: String = page.description.chars().take(LONGEST_DESCRIPTION).collect();
    html! {
        (DOCTYPE)
        html lang=(site.language.word()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (head_title) }
                meta name="description" content=(description);
                @if !page.indexed { meta name="robots" content="noindex, follow"; }
                link rel="stylesheet" href=(site.addresses.fixed(&assets::style_path()));
                link rel="icon" href=(site.addresses.fixed("/favicon.ico"));
                @for language in [Language::En, Language::Es] {
                    link rel="alternate" hreflang=(language.word()) href=(here(language));
                }
                link rel="alternate" type="application/atom+xml" title=(site.say("Changes", "Cambios")) href=(site.addresses.fixed("/feed.atom"));
                @if let Some(data) = &data {
                    link rel="alternate" type="application/json" href=(data);
                }
                @if let Some(whole) = &whole {
                    link rel="canonical" href=(whole);
                    meta property="og:url" content=(whole);
                }
                meta property="og:type" content=(if is_front { "website" } else { "article" });
                meta property="og:site_name" content=(title);
                meta property="og:title" content=(page.title);
                meta property="og:description" content=(description);
                meta property="og:locale" content=(site.say("en_US", "es_CO"));
                @if !page.embedded { script src=(site.addresses.fixed(&assets::script_path())) defer {} }
                @if let Some(json_ld) = &page.json_ld {
                    script type="application/ld+json" { (maud::PreEscaped(json_ld.replace('<', "\\u003c"))) }
                }
            }
            @if page.embedded {
                body.embedded { main #main { (page.body) } }
            } @else {
                body {
                    a.skip href="#main" { (site.say("Skip to the content", "Ir al contenido")) }
                    (header(site, page, &title))
                    (banner(site, page))
                    main #main { (page.body) }
                    (footer(site, page, data.as_deref()))
                }
            }
        }
    }
    .into_string()
}

fn header(site: &Site<'_>, page: &WebPage, title: &str) -> Markup {
    let switch = |language: Language| {
        site.addresses.local(&in_language(&page.path, language), &mut page.pairs())
    };
    let is_current = |path: &str| {
        page.path.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    html! {
        header.top {
            div.masthead {
                a.brand href=(site.page("/")) lang=[site.lang_of_texts()] { (title) }
                nav.tongues aria-label=(site.say("Language", "Idioma")) {
                    @for (language, name) in [(Language::En, "English"), (Language::Es, "Español")] {
                        @if language == site.language {
                            span.here lang=(language.word()) aria-current="true" { (name) }
                        } @else {
                            a href=(switch(language)) lang=(language.word()) hreflang=(language.word()) { (name) }
                        }
                    }
                }
            }
            nav.sections aria-label=(site.say("Sections", "Secciones")) {
                ul {
                    @for entry in site.nav {
                        li {
                            a href=(if entry.path.starts_with("/docs") { site.addresses.fixed(entry.path) } else { site.page(entry.path) })
                                aria-current=[is_current(entry.path).then_some("page")] { (site.of(entry.label)) }
                        }
                    }
                }
            }
        }
    }
}

/// What a page of a named release says above all else.
fn banner(site: &Site<'_>, page: &WebPage) -> Markup {
    let Some(pin) = site.pin else { return html! {} };
    let Some(newer) = &pin.newer else { return html! {} };
    // Without the release: what is served now.
    let now = site.addresses.fixed(&site.localized(&page.path));
    html! {
        aside.banner aria-label=(site.say("Release", "Versión")) {
            p {
                strong { (site.say("A former release: ", "Una versión anterior: ")) (pin.version) ". " }
                (site.say("The data has changed since; release ", "Los datos cambiaron desde entonces; la versión vigente es la "))
                (newer) (site.say(" is served now. ", ". "))
                a href=(now) { (site.say("This page today", "Esta página hoy")) }
                " · "
                a href=(site.page_with("/changes", [("from", pin.version.as_str())])) {
                    (site.say("What has changed since", "Qué ha cambiado desde entonces"))
                }
            }
        }
    }
}

fn footer(site: &Site<'_>, page: &WebPage, data: Option<&str>) -> Markup {
    let release = &site.dataset.release;
    let released = date_phrase(release.released, site.language);
    html! {
        footer {
            p {
                (site.say("Release ", "Versión ")) (release.version.to_string())
                (site.say(" of ", " del ")) (released) ", "
                (site.say("digest ", "resumen criptográfico ")) code { (release.digest) } ". "
                a href=(release.licence.url.as_str()) rel="license" { (release.licence.title.to_string()) } ". "
                (site.say(
                    "Figures are what the cited documents say; nobody here has audited them.",
                    "Las cifras son lo que dicen los documentos citados; aquí nadie las ha auditado."
                ))
            }
            ul.row {
                @if let Some(data) = data {
                    li { a href=(data) { (site.say("This page as JSON", "Esta página como JSON")) } }
                }
                li { a href=(site.page("/methods/totals")) { (site.say("How figures are read and summed", "Cómo se leen y se suman las cifras")) } }
                li { a href=(site.page("/releases")) { (site.say("Releases and corrections", "Versiones y correcciones")) } }
                li { a href=(site.addresses.fixed("/feed.atom")) { (site.say("Feed of changes", "Canal de cambios")) } }
                @if let Some(contact) = report(site, page) {
                    li { a href=(contact) { (site.say("Report an error on this page", "Reportar un error en esta página")) } }
                }
            }
        }
    }
}

/// Where an error on a page is reported: the operator's address, with the address of the page and the release.
fn report(site: &Site<'_>, page: &WebPage) -> Option<String> {
    let contact = site.contact?;
    if !contact.starts_with("mailto:") {
        return Some(contact.to_owned());
    }
    let release = &site.dataset.release.version;
    let path = in_language(&page.path, site.language);
    let address = site.addresses.local(&path, &mut page.pairs());
    let subject = format!("{address} (release {release})");
    let encoded =
        percent_encoding::utf8_percent_encode(&subject, percent_encoding::NON_ALPHANUMERIC);
    Some(format!("{contact}?subject={encoded}"))
}
