//! Comma-separated values after RFC 4180: UTF-8, a header, lines ended by CR LF.
//!
//! A list is joined by `;`, and a semicolon inside one of its values is written as a comma, so that splitting
//! always gives the values back in their number and order. Text that a spreadsheet would run as a formula is
//! led by an apostrophe; numbers and dates never are.

use std::borrow::Cow;
use std::fmt::Write;

use csv::{Terminator, Writer, WriterBuilder};

use super::columns::FlatColumn;
use crate::model::{FieldValue, Kind, vocabulary};
use crate::query::AnyTable;

/// What spreadsheets take as the beginning of a formula (OWASP, "CSV Injection").
const FORMULA: [u8; 6] = *b"=+-@\t\r";

/// Marks the bytes as UTF-8 for spreadsheets that guess otherwise.
const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

vocabulary! {
    /// What stands between the values of a line of CSV.
    #[es = "Lo que separa los valores de una línea CSV."]
    pub enum Delimiter (en "delimiter", es "separador") {
        /// A comma, as RFC 4180 has it.
        #[es = "Una coma, como en RFC 4180."]
        Comma = "," (en "comma", es "coma"),
        /// A semicolon, which spreadsheets expect where the comma divides decimals.
        #[es = "Un punto y coma, que esperan las hojas de cálculo donde la coma separa decimales."]
        Semicolon = ";" (en "semicolon", es "punto y coma"),
        /// A tab.
        #[es = "Un tabulador."]
        Tab = "tab" (en "tab", es "tabulador"),
    }
}

/// How CSV is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CsvDialect {
    /// Whether it begins with a byte-order mark.
    pub bom: bool,
    /// What stands between values.
    pub delimiter: Delimiter,
}

/// RFC 4180, without a byte-order mark.
impl Default for CsvDialect {
    fn default() -> Self {
        Self { bom: false, delimiter: Delimiter::Comma }
    }
}

/// The line of names, after a byte-order mark where the dialect has one.
pub fn header(columns: &[FlatColumn], dialect: CsvDialect) -> Vec<u8> {
    let start = if dialect.bom { BYTE_ORDER_MARK.to_vec() } else { Vec::new() };
    let mut writer = delimited(start, dialect.delimiter);
    line(&mut writer, columns.iter().map(|column| column.name().into()));
    finish(writer)
}

/// Records as lines. Parts follow each other, so a large answer is written a part at a time.
pub fn rows(
    table: &dyn AnyTable,
    rows: &[u32],
    columns: &[FlatColumn],
    dialect: CsvDialect,
) -> Vec<u8> {
    let mut writer = delimited(Vec::with_capacity(rows.len() * LINE), dialect.delimiter);
    // Numbers, dates and lists are written here first: one text for all of them, not one for each.
    let mut scratch = String::new();
    for row in rows {
        for column in columns {
            let value = column.value(table, *row);
            let field = field(column.kind(), &value, &mut scratch);
            writer.write_field(field).expect(IN_MEMORY);
        }
        writer.write_record(None::<&[u8]>).expect(IN_MEMORY);
    }
    finish(writer)
}

/// A table of texts. A text that a spreadsheet would take for a formula is kept from it.
pub fn table<'n>(names: &[&'n str], rows: impl Iterator<Item = Vec<String>>) -> Vec<u8> {
    let mut writer = writer(Vec::new());
    line(&mut writer, names.iter().map(|name: &&'n str| (*name).into()));
    for row in rows {
        line(&mut writer, row.into_iter().map(escape_formula));
    }
    finish(writer)
}

pub(super) fn writer(start: Vec<u8>) -> Writer<Vec<u8>> {
    delimited(start, Delimiter::Comma)
}

fn delimited(start: Vec<u8>, delimiter: Delimiter) -> Writer<Vec<u8>> {
    let delimiter = match delimiter {
        Delimiter::Comma => b',',
        Delimiter::Semicolon => b';',
        Delimiter::Tab => b'\t',
    };
    WriterBuilder::new().delimiter(delimiter).terminator(Terminator::CRLF).from_writer(start)
}

/// How many bytes a line is taken to have before it is written; a wrong guess costs one more allocation.
const LINE: usize = 384;

const IN_MEMORY: &str = "a vector takes every byte, and every line has the columns of the header";

pub(super) fn line<'a>(writer: &mut Writer<Vec<u8>>, fields: impl Iterator<Item = Cow<'a, str>>) {
    for field in fields {
        writer.write_field(field.as_bytes()).expect(IN_MEMORY);
    }
    writer.write_record(None::<&[u8]>).expect(IN_MEMORY);
}

pub(super) fn finish(writer: Writer<Vec<u8>>) -> Vec<u8> {
    writer.into_inner().map_err(|error| error.into_error()).expect(IN_MEMORY)
}

/// A value as a CSV field holds it: its own text, or what was written into `scratch`.
fn field<'t>(kind: Kind, value: &'t FieldValue<'_>, scratch: &'t mut String) -> &'t str {
    let is_words = matches!(kind, Kind::Text | Kind::Code(_));
    scratch.clear();
    match value {
        FieldValue::Missing => {}
        FieldValue::Text(text) if is_words && is_formula(text) => {
            scratch.push('\'');
            scratch.push_str(text);
        }
        FieldValue::Text(text) => return text,
        FieldValue::List(values) => {
            join(scratch, values);
            if is_words && is_formula(scratch) {
                scratch.insert(0, '\'');
            }
        }
        other => write!(scratch, "{other}").expect("a string takes every text"),
    }
    scratch
}

/// Leads text that a spreadsheet would run as a formula by an apostrophe.
pub(super) fn escape_formula<'t>(text: impl Into<Cow<'t, str>>) -> Cow<'t, str> {
    let text = text.into();
    if is_formula(&text) { format!("'{text}").into() } else { text }
}

/// Whether a spreadsheet would run a text as a formula.
fn is_formula(text: &str) -> bool {
    text.bytes().next().is_some_and(|first| FORMULA.contains(&first))
}

/// The values of a list in one text, joined by `;`.
pub(super) fn joined(values: &[FieldValue<'_>]) -> String {
    let mut joined = String::new();
    join(&mut joined, values);
    joined
}

fn join(into: &mut String, values: &[FieldValue<'_>]) {
    for (position, value) in values.iter().enumerate() {
        if position > 0 {
            into.push(';');
        }
        match value {
            FieldValue::Text(text) if !text.contains(';') => into.push_str(text),
            other => into.push_str(&other.to_string().replace(';', ",")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::columns;
    use crate::render::sample::{Sample, table};

    const RFC_4180: CsvDialect = CsvDialect { bom: false, delimiter: Delimiter::Comma };

    fn written(rows_wanted: &[u32], dialect: CsvDialect) -> String {
        let bytes = rows(&table(), rows_wanted, &columns::<Sample>(None), dialect);
        String::from_utf8(bytes).expect("UTF-8")
    }

    fn lines(rows_wanted: &[u32]) -> String {
        written(rows_wanted, RFC_4180)
    }

    #[test]
    fn the_header_names_the_columns_and_lines_end_in_cr_lf() {
        let header = String::from_utf8(header(&columns::<Sample>(None), RFC_4180)).expect("UTF-8");
        assert_eq!(
            header,
            "id,title,tags,years,people,people_known,since,amount_usd,amount_qualifier,\
             amount_rounded_to_usd,amount_max_usd,part_of,citations_source,citations_locator\r\n"
        );
        assert_eq!(lines(&[0, 1, 2]).matches("\r\n").count(), 3);
    }

    #[test]
    fn a_byte_order_mark_stands_before_the_header_when_asked_for() {
        let with = header(&columns::<Sample>(None), CsvDialect { bom: true, ..RFC_4180 });
        let without = header(&columns::<Sample>(None), RFC_4180);
        assert_eq!(with.strip_prefix(BYTE_ORDER_MARK), Some(&without[..]));
    }

    #[test]
    fn a_list_is_joined_so_that_splitting_gives_its_values_back() {
        assert_eq!(
            lines(&[0]),
            "a,\"Two words, \"\"quoted\"\"\",\"one;two, three\",2016;2017,275,true,2017-05,\
             9007199254740991,more_than,,,b,s-1,p. 1\r\n"
        );
    }

    #[test]
    fn text_that_a_spreadsheet_would_run_is_led_by_an_apostrophe() {
        let line = lines(&[1]);
        let mut fields = csv::ReaderBuilder::new().has_headers(false).from_reader(line.as_bytes());
        let record = fields.records().next().expect("a line").expect("fields");
        assert_eq!(&record[1], "'=HYPERLINK(\"x\")");
        assert_eq!(&record[2], "'@a;b");
        assert_eq!(&record[13], "'-1");
        for start in FORMULA {
            let value = FieldValue::Text(format!("{}1", char::from(start)).into());
            assert_eq!(
                field(Kind::Text, &value, &mut String::new()),
                format!("'{}1", char::from(start))
            );
        }
    }

    #[test]
    fn a_number_below_zero_stays_a_number() {
        for value in [FieldValue::Whole(-5), FieldValue::List(vec![FieldValue::Whole(-5)])] {
            assert_eq!(field(Kind::Whole, &value, &mut String::new()), "-5");
        }
    }

    #[test]
    fn parts_of_a_table_follow_each_other() {
        assert_eq!(lines(&[0, 1, 2]), lines(&[0]) + &lines(&[1, 2]));
    }

    #[test]
    fn a_missing_value_is_an_empty_field() {
        assert_eq!(lines(&[2]), "c,Bogotá,,2020,,false,2012,,,,,,,\r\n");
    }

    #[test]
    fn a_line_is_divided_as_its_dialect_says_and_still_reads_back() {
        for (delimiter, byte) in [(Delimiter::Semicolon, b';'), (Delimiter::Tab, b'\t')] {
            let text = written(&[0], CsvDialect { bom: false, delimiter });
            let mut reader = csv::ReaderBuilder::new();
            let mut reader = reader.delimiter(byte).has_headers(false).from_reader(text.as_bytes());
            let record = reader.records().next().expect("a line").expect("fields");
            assert_eq!(record.len(), columns::<Sample>(None).len());
            assert_eq!(&record[2], "one;two, three");
        }
    }
}
