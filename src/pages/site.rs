//! What every page is made with: its language, its release, and how addresses are made.

use std::borrow::Cow;

use crate::dataset::Dataset;
use crate::model::{Bilingual, Statement, Text, Translation};
use crate::words::{Language, heading_in, sentence_in};

/// How pages make addresses. Those of pages and data keep the release that the request names.
pub trait Addresses: Sync {
    /// The address of a path on this host, with a query; both percent-encoded.
    fn local<'q>(&self, path: &str, query: &mut dyn Iterator<Item = (&'q str, &'q str)>) -> String;
    /// The address of a path on this host that is the same in every release.
    fn fixed(&self, path: &str) -> String;
    /// The whole address of a path with a query; where the service does not know its host, of a service on this
    /// machine, for calls that are shown.
    fn whole<'q>(&self, path: &str, query: &mut dyn Iterator<Item = (&'q str, &'q str)>) -> String;
    /// Whether whole addresses are the public ones.
    fn is_public(&self) -> bool;
}

/// An entry of the navigation.
#[derive(Debug, Clone, Copy)]
pub struct NavEntry {
    /// What it is called.
    pub label: Bilingual,
    /// Where it leads, without the language.
    pub path: &'static str,
}

/// The release that a request names.
#[derive(Debug, Clone)]
pub struct Pin {
    /// Its version.
    pub version: String,
    /// The version of the release that is served; none where it is that one.
    pub newer: Option<String>,
}

/// What every page is made with.
#[derive(Clone, Copy)]
pub struct Site<'s> {
    /// The language of the page.
    pub language: Language,
    /// The release that answers.
    pub dataset: &'s Dataset,
    /// How addresses are made.
    pub addresses: &'s dyn Addresses,
    /// Where the operator can be reached, if that is public.
    pub contact: Option<&'s str>,
    /// The navigation.
    pub nav: &'static [NavEntry],
    /// The release that the request names.
    pub pin: Option<&'s Pin>,
}

impl<'s> Site<'s> {
    /// One of two texts.
    pub fn say<T>(&self, en: T, es: T) -> T {
        self.language.of(Bilingual::new(en, es))
    }

    /// The text in the language of the page.
    pub fn of<T>(&self, text: Bilingual<T>) -> T {
        self.language.of(text)
    }

    /// The path of a page in the language of the page.
    pub fn localized<'p>(&self, path: &'p str) -> Cow<'p, str> {
        in_language(path, self.language)
    }

    /// The address of a page.
    pub fn page(&self, path: &str) -> String {
        self.page_with(path, [])
    }

    /// The address of a page with a query.
    pub fn page_with<'q>(
        &self,
        path: &str,
        query: impl IntoIterator<Item = (&'q str, &'q str)>,
    ) -> String {
        self.addresses.local(&self.localized(path), &mut query.into_iter())
    }

    /// The address of a record's page.
    pub fn record(&self, collection: &str, id: &str) -> String {
        self.page(&["/", collection, "/", id].concat())
    }

    /// The address of data: a path below `/v1`.
    pub fn data<'q>(
        &self,
        path: &str,
        query: impl IntoIterator<Item = (&'q str, &'q str)>,
    ) -> String {
        self.addresses.local(path, &mut query.into_iter())
    }

    /// The address of the chart of a question, in the language of the page. `path` is that of its data.
    pub fn chart<'q>(
        &self,
        path: &str,
        query: impl IntoIterator<Item = (&'q str, &'q str)>,
    ) -> String {
        let language = (self.language == Language::Es).then_some(("lang", "es"));
        self.data(&format!("{path}.svg"), query.into_iter().chain(language))
    }

    /// What a record states, as a sentence.
    pub fn sentence(&self, statement: &Statement<'_>) -> String {
        sentence_in(self.language, statement, &|collection, id| {
            self.dataset.name_of(collection, id)
        })
    }

    /// A record as a heading of a few words.
    pub fn heading(&self, statement: &Statement<'_>) -> String {
        heading_in(self.language, statement, &|collection, id| self.dataset.name_of(collection, id))
    }

    /// What the record with an id is called; its id where there is none.
    pub fn called(&self, collection: &str, id: &str) -> Cow<'s, str> {
        let called = self.dataset.called(collection, id);
        called.map_or_else(|| Cow::Owned(id.to_owned()), |called| self.of(called))
    }

    /// The title of a record in our own words, in the language of the page where there is one, and the language that it
    /// stands in where that is another. `en` is the English one.
    pub fn title_of<'t>(
        &self,
        collection: &str,
        id: &str,
        en: &'t str,
    ) -> (&'t str, Option<&'static str>)
    where
        's: 't,
    {
        self.translated(collection, id, en, |spanish| Some(&spanish.title))
    }

    /// As [`Self::title_of`], of its summary; of a conflict, its assessment.
    pub fn summary_of<'t>(
        &self,
        collection: &str,
        id: &str,
        en: &'t str,
    ) -> (&'t str, Option<&'static str>)
    where
        's: 't,
    {
        self.translated(collection, id, en, |spanish| spanish.summary.as_ref())
    }

    fn translated<'t>(
        &self,
        collection: &str,
        id: &str,
        en: &'t str,
        text: impl FnOnce(&'s Translation) -> Option<&'s Text>,
    ) -> (&'t str, Option<&'static str>)
    where
        's: 't,
    {
        let spanish = match self.language {
            Language::Es => self.dataset.translated(collection, id).and_then(text),
            Language::En => None,
        };
        spanish.map_or((en, self.lang_of_texts()), |text| (text.as_str(), None))
    }

    /// The language that texts of sources and notes stand in, where it is not that of the page.
    pub fn lang_of_texts(&self) -> Option<&'static str> {
        (self.language == Language::Es).then_some("en")
    }
}

/// The path of a page in a language: Spanish pages stand under `/es`.
pub fn in_language(path: &str, language: Language) -> Cow<'_, str> {
    match language {
        Language::En => path.into(),
        Language::Es if path == "/" => "/es".into(),
        Language::Es => ["/es", path].concat().into(),
    }
}
