//! The formats that rows are written in.

use crate::model::vocabulary;

vocabulary! {
    /// A format of an answer.
    pub enum Format {
        /// One JSON document with the page, its sources and its links.
        Json = "json",
        /// One JSON record a line.
        Ndjson = "ndjson",
        /// Comma-separated values with a header (RFC 4180), lists joined by `;`.
        Csv = "csv",
        /// An Excel workbook with typed columns, a sheet of sources and a sheet about the columns.
        Xlsx = "xlsx",
        /// Apache Parquet with typed columns and lists.
        Parquet = "parquet",
    }
}

impl Format {
    /// Every format, the default first.
    pub const ALL: [Self; 5] = [Self::Json, Self::Ndjson, Self::Csv, Self::Xlsx, Self::Parquet];

    /// The media type that an answer declares, with its parameters.
    pub const fn content_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8",
            other => other.media_type(),
        }
    }

    /// The bare media type, as `Accept` names it.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Json => "application/json",
            Self::Ndjson => "application/x-ndjson",
            Self::Csv => "text/csv",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Parquet => "application/vnd.apache.parquet",
        }
    }

    /// What a file of this format ends in, without the dot.
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Ndjson => "ndjson",
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
            Self::Parquet => "parquet",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Vocabulary;

    #[test]
    fn every_format_is_listed_in_the_order_of_its_words() {
        let words: Vec<_> = Format::ALL.into_iter().map(Vocabulary::word).collect();
        assert_eq!(words, Format::WORDS);
    }

    #[test]
    fn a_content_type_begins_with_the_media_type_that_accept_names() {
        for format in Format::ALL {
            let bare = format.content_type().split(';').next();
            assert_eq!(bare, Some(format.media_type()));
        }
    }
}
