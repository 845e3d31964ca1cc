//! The formats that rows are written in.

use crate::model::vocabulary;

vocabulary! {
    /// A format of an answer.
    #[es = "Formato de una respuesta."]
    pub enum Format (en "format", es "formato") {
        /// One JSON document with the page, its sources and its links.
        #[es = "Un documento JSON con la página, sus fuentes y sus enlaces."]
        Json = "json" (en "JSON", es "JSON"),
        /// One JSON record a line.
        #[es = "Un registro JSON por línea."]
        Ndjson = "ndjson" (en "NDJSON", es "NDJSON"),
        /// Comma-separated values with a header (RFC 4180), lists joined by `;`.
        #[es = "Valores separados por comas con encabezado (RFC 4180), listas unidas por `;`."]
        Csv = "csv" (en "CSV", es "CSV"),
        /// An Excel workbook with typed columns, a sheet of sources and a sheet about the columns.
        #[es = "Un libro de Excel con columnas tipadas, una hoja de fuentes y una hoja sobre las columnas."]
        Xlsx = "xlsx" (en "Excel workbook", es "libro de Excel"),
        /// Apache Parquet with typed columns and lists.
        #[es = "Apache Parquet con columnas y listas tipadas."]
        Parquet = "parquet" (en "Parquet", es "Parquet"),
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
