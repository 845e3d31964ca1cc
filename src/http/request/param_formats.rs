//! The parameter `format`, and what is chosen by `Accept` without it.

use super::negotiate::{AnswerFormat, Representation};
use super::params::QueryParams;
use crate::http::response::conditional::ETagKey;
use crate::http::response::problem::Problem;
use crate::query::BadParameter;
use crate::render::{CitationFormat, Format};

impl QueryParams {
    /// Chooses the representation: by `format`, which wins, or by `Accept`. What is offered first is the default.
    pub(crate) fn format<R: Representation>(&mut self, offered: &[R]) -> R {
        let chosen = if let Some(word) = self.single("format") {
            let words = offered.iter().map(|offer| offer.word());
            let named = offered.iter().copied().find(|offer| offer.word() == word);
            match named {
                Some(_) => self.links.push("format", &word),
                None => self
                    .bad
                    .add("format", |tell| BadParameter::none_of("format", &word, tell, words)),
            }
            named
        } else {
            self.key.negotiated();
            let accepted = self.accept.choose(offered);
            if accepted.is_none() {
                let offered = offered.iter().filter(|offer| offer.is_negotiable());
                let media_types = offered.map(|offer| offer.media_type());
                self.not_acceptable = Some(media_types.collect());
            }
            accepted
        };
        // After a fault any of them will do.
        let chosen = chosen.unwrap_or(offered[0]);
        self.key.add(chosen.media_type());
        chosen
    }

    /// The representation of an address that names its format: `format` is no parameter there, and `Accept` is not
    /// asked, because whoever follows such an address wants what it names.
    pub(crate) fn fixed_format<R: Representation>(&mut self, format: R) -> R {
        self.key.add(format.media_type());
        format
    }

    /// As [`Self::fixed_format`], for an address of a media type that is no format of rows.
    pub(crate) fn fixed_media(&mut self, media_type: &str) {
        self.key.add(media_type);
    }

    /// Of an endpoint that takes `format=json` and nothing else.
    ///
    /// # Errors
    /// As [`Self::finish`].
    pub(crate) fn only_json(mut self, path: &str) -> Result<ETagKey, Problem> {
        self.format(&[Format::Json]);
        Ok(self.finish(path)?.key)
    }

    /// Of an endpoint that takes `format=json` or a form of a citation, and nothing else.
    ///
    /// # Errors
    /// As [`Self::finish`].
    pub(crate) fn json_or_citation(
        mut self,
        path: &str,
    ) -> Result<(Option<CitationFormat>, ETagKey), Problem> {
        let (_, citation) = self.format(&AnswerFormat::all(&[Format::Json])).split();
        Ok((citation, self.finish(path)?.key))
    }
}
