//! How a chart is drawn: the parameters that every chart has beside its question.

use super::params::QueryParams;
use crate::charts::Theme;
use crate::model::Vocabulary;
use crate::words::Language;

/// The media type of charts.
pub(crate) const CHART_MEDIA: &str = "image/svg+xml";

/// How wide a chart may be, in pixels, and how wide it is where nothing is said.
pub(crate) const WIDTHS: (u32, u32, u32) = (320, 2400, 760);

/// The most characters of a title.
pub(crate) const LONGEST_TITLE: usize = 120;

/// How a chart is drawn.
#[derive(Debug, Clone)]
pub(crate) struct ChartParams {
    /// How wide, in pixels.
    pub(crate) width: u32,
    /// On which ground.
    pub(crate) theme: Theme,
    /// In which language.
    pub(crate) language: Language,
    /// The reader's own title.
    pub(crate) title: Option<String>,
    /// The parameters as they were given, for the chart's own address.
    given: Vec<(&'static str, String)>,
}

impl ChartParams {
    /// The parameters as they were given.
    pub(crate) fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.given.iter().map(|(name, value)| (*name, value.as_str()))
    }
}

impl QueryParams {
    /// Reads how a chart is drawn. That is no part of the question: links to data do not repeat it.
    pub(crate) fn chart(&mut self) -> ChartParams {
        self.fixed_media(CHART_MEDIA);
        let (least, most, usual) = WIDTHS;
        let mut given = Vec::new();
        let mut read = |params: &mut Self, name: &'static str| {
            let text = params.single(name)?;
            given.push((name, text.clone()));
            Some(text)
        };
        let width = read(self, "width").and_then(|text| {
            let width = text.parse().ok().filter(|width| (least..=most).contains(width));
            if width.is_none() {
                self.reject("width", &text, "expected a whole number of pixels from 320 to 2400");
            }
            width
        });
        let theme = read(self, "theme");
        let theme = theme.and_then(|word| self.word::<Theme>("theme", &word));
        let language = read(self, "lang");
        let language = language.and_then(|word| self.word::<Language>("lang", &word));
        let title = read(self, "title");
        if let Some(title) = &title {
            let fits = (1..=LONGEST_TITLE).contains(&title.chars().count());
            if !fits || title.chars().any(char::is_control) {
                self.reject("title", title, "expected 1 to 120 characters, without line breaks and other control characters");
            }
        }
        ChartParams {
            width: width.unwrap_or(usual),
            theme: theme.unwrap_or(Theme::Auto),
            language: language.unwrap_or(Language::En),
            title,
            given,
        }
    }

    /// A word of a closed list that was read.
    fn word<V: Vocabulary>(&mut self, name: &'static str, word: &str) -> Option<V> {
        let value = V::from_word(word);
        if value.is_none() {
            self.not_one_of(name, word, V::WORDS);
        }
        value
    }
}
