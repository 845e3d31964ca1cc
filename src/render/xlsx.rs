//! An Excel workbook (ISO/IEC 29500): the records, the sources that they cite, and what the columns mean.
//!
//! Numbers are numbers and flags are flags; dates are text, because a spreadsheet cannot hold a date without
//! a day. Nothing is ever written as a formula. The bytes depend on the data alone, not on the clock.
//! The whole workbook is made in memory: the writer's other mode needs a temporary file.

use std::borrow::Cow;

use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, Worksheet, XlsxError,
};
use serde_json::Value as Json;

use super::about::day;
use super::csv::joined;
use super::{About, Error, FlatColumn, RowCounts};
use crate::model::{Collection, FieldValue, Kind};
use crate::query::Table;

/// Whole dollars with their thousands apart; the reader's own sign divides them.
const WHOLE_DOLLARS: &str = "#,##0";

/// The most records that a sheet holds below its header.
pub const MOST_ROWS: usize = 1_048_575;

/// The widest that a column becomes by itself, in pixels; prose beyond it is read in its cell.
const WIDEST: u32 = 420;

/// How many lines decide a column's width; more would cost more than they improve.
const MEASURED: u32 = 500;

/// The most UTF-16 code units that a cell holds. The texts and lists of a checked dataset are shorter.
const LONGEST_CELL: usize = 32_767;

/// The most UTF-16 code units that a property of the document holds.
const LONGEST_PROPERTY: usize = 255;

/// What a sheet of sources says of each.
const SOURCE: [&str; 6] = ["id", "title", "publisher", "url", "published", "kind"];

/// A workbook of records. `sources` are the cited sources as JSON; `counts` is what sums do with the rows, where they are
/// figures; `url` is the address of the query.
///
/// # Errors
/// [`Error::Xlsx`] when there are more than [`MOST_ROWS`], or a text or list is longer than a cell holds, which
/// loading rules out.
pub fn workbook<C: Collection>(
    table: &Table<C>,
    rows: &[u32],
    columns: &[FlatColumn<C>],
    sources: &[&str],
    counts: Option<&RowCounts>,
    about: &About,
    url: &str,
) -> Result<Vec<u8>, Error> {
    let mut book = Workbook::new();
    book.set_properties(&properties::<C>(about, url)?);
    records(book.add_worksheet(), table, rows, columns)?;
    // The sources themselves cite nothing, and no two sheets may have one name.
    if C::CITES {
        bibliography(book.add_worksheet(), sources)?;
    }
    explanation(book.add_worksheet(), columns, counts, about, url)?;
    Ok(book.save_to_buffer()?)
}

fn properties<C: Collection>(about: &About, url: &str) -> Result<DocProperties, XlsxError> {
    let (year, month, day) = day(&about.released);
    Ok(DocProperties::new()
        .set_title(cut(&format!("{}: {}", about.title, C::NAME), LONGEST_PROPERTY))
        .set_subject(C::ABOUT.en)
        .set_comment(cut(
            &format!("Licence: {} ({})", about.licence_title, about.licence_url),
            LONGEST_PROPERTY,
        ))
        .set_custom_property("version", cut(&about.version, LONGEST_PROPERTY).as_ref())
        .set_custom_property("digest", about.digest.as_str())
        .set_custom_property("url", cut(url, LONGEST_PROPERTY).as_ref())
        .set_creation_datetime(&ExcelDateTime::from_ymd(year, month, day)?))
}

fn records<C: Collection>(
    sheet: &mut Worksheet,
    table: &Table<C>,
    rows: &[u32],
    columns: &[FlatColumn<C>],
) -> Result<(), XlsxError> {
    sheet.set_name(C::NAME)?;
    header(sheet, columns.iter().map(FlatColumn::name))?;
    let dollars = Format::new().set_num_format(WHOLE_DOLLARS);
    for (place, column) in (0..).zip(columns) {
        if column.name().ends_with("_usd") {
            sheet.set_column_format(place, &dollars)?;
        }
    }
    for (line, row) in (1..).zip(rows) {
        let record = table.record(*row);
        for (place, column) in (0..).zip(columns) {
            write(sheet, line, place, &column.value(*row, record))?;
        }
    }
    finish(sheet, rows.len(), columns.len())
}

fn write(
    sheet: &mut Worksheet,
    line: u32,
    place: u16,
    value: &FieldValue<'_>,
) -> Result<(), XlsxError> {
    match value {
        FieldValue::Missing => {}
        FieldValue::Whole(whole) => {
            sheet.write_number(line, place, number(*whole))?;
        }
        FieldValue::Flag(flag) => {
            sheet.write_boolean(line, place, *flag)?;
        }
        FieldValue::List(values) if values.is_empty() => {}
        FieldValue::List(values) => {
            sheet.write_string(line, place, joined(values))?;
        }
        FieldValue::Text(text) => {
            sheet.write_string(line, place, text.as_ref())?;
        }
        FieldValue::Date(_) | FieldValue::Years(_) => {
            sheet.write_string(line, place, value.to_string())?;
        }
    }
    Ok(())
}

#[expect(clippy::cast_precision_loss, reason = "no whole number of the model is above 2^53 - 1")]
const fn number(whole: i64) -> f64 {
    whole as f64
}

fn bibliography(sheet: &mut Worksheet, sources: &[&str]) -> Result<(), XlsxError> {
    sheet.set_name("sources")?;
    header(sheet, SOURCE)?;
    for (line, source) in (1..).zip(sources) {
        let source: Json = serde_json::from_str(source).unwrap_or_default();
        for (place, key) in (0..).zip(SOURCE) {
            if let Some(text) = source.get(key).and_then(Json::as_str) {
                sheet.write_string(line, place, text)?;
            }
        }
    }
    finish(sheet, sources.len(), SOURCE.len())
}

/// The sheet `about`: which release, which question, what each column and each word of a code means.
fn explanation<C: Collection>(
    sheet: &mut Worksheet,
    columns: &[FlatColumn<C>],
    counts: Option<&RowCounts>,
    about: &About,
    url: &str,
) -> Result<(), XlsxError> {
    let bold = Format::new().set_bold().set_align(FormatAlign::Top);
    let top = Format::new().set_align(FormatAlign::Top);
    let wrapped = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    sheet.set_name("about")?;
    let mut line = 0;
    let mut put = |values: [&str; 3], formats: [&Format; 3]| -> Result<(), XlsxError> {
        for (place, (text, format)) in (0..).zip(values.into_iter().zip(formats)) {
            if !text.is_empty() {
                sheet.write_string_with_format(line, place, cut(text, LONGEST_CELL), format)?;
            }
        }
        line += 1;
        Ok(())
    };
    let licence = format!("{} ({})", about.licence_title, about.licence_name);
    let release = [
        ("title", about.title.as_str()),
        ("description", &about.description),
        ("sheet", C::ABOUT.en),
        ("version", &about.version),
        ("released", &about.released),
        ("digest", &about.digest),
        ("licence", &licence),
        ("licence text", &about.licence_url),
        ("contact", &about.contact),
        ("this table", url),
        ("empty cell", "The source gives no value; it is never zero."),
        ("list", "Values joined by a semicolon."),
    ];
    let extents: Vec<(String, &str)> =
        about.extents_of(C::NAME).map(|set| (set.in_words(), set.note.as_str())).collect();
    let line_of_total =
        u32::try_from(release.len() + extents.len()).map_err(|_| XlsxError::RowColumnLimitError)?;
    for (name, value) in release {
        put([name, "", value], [&bold, &top, &wrapped])?;
    }
    for (which, note) in &extents {
        put(["extent", which, note], [&bold, &top, &wrapped])?;
    }
    if let Some(counts) = counts {
        let name = format!("total of {}", counts.amount_key());
        put([&name, "", &meaning_of_total(counts)], [&bold, &top, &wrapped])?;
    }
    put([""; 3], [&top; 3])?;
    put(["column", "type", "meaning"], [&bold; 3])?;
    for column in columns {
        let kind = kind_in_words(column.kind(), column.is_list());
        put([column.name(), kind, column.description()], [&bold, &top, &wrapped])?;
    }
    put([""; 3], [&top; 3])?;
    put(["column", "word", "meaning"], [&bold; 3])?;
    for column in columns {
        for (word, meaning) in column.meanings() {
            put([column.name(), word, meaning], [&bold, &top, &wrapped])?;
        }
    }
    if let Some(total) = counts.and_then(RowCounts::total) {
        let dollars = Format::new().set_num_format(WHOLE_DOLLARS).set_align(FormatAlign::Top);
        sheet.write_number_with_format(line_of_total, 1, number(total), &dollars)?;
    }
    for (place, width) in [(0, 26), (1, 26), (2, 100)] {
        sheet.set_column_width(place, width)?;
    }
    Ok(())
}

/// What is to be known of the total of the column that is safe to add. It stands beside the records and not below them,
/// where whoever adds up the column would add it too.
fn meaning_of_total(counts: &RowCounts) -> String {
    match (counts.total(), counts.by()) {
        (Some(_), _) => "What the column adds up to: no dollar and no person is counted twice. No other column of this \
                         table may be added. Whether that is all there was, the totals of the same question say."
            .to_owned(),
        (None, []) => "None: nothing is counted, the question asks for a part of an answer, or what it finds cannot \
                       be added."
            .to_owned(),
        (None, by) => format!(
            "None: it is decided for each group by {} alone. Groups may hold the same money: add within a group, never \
             over groups.",
            by.join(", ")
        ),
    }
}

/// A text of at most so many UTF-16 code units; one that is longer says that it was cut.
fn cut(text: &str, longest: usize) -> Cow<'_, str> {
    const MARK: &str = " … (cut)";
    // No text has more code units than bytes.
    if text.len() <= longest || text.encode_utf16().count() <= longest {
        return text.into();
    }
    let mut room = longest - MARK.encode_utf16().count();
    let fits = |letter: &char| match room.checked_sub(letter.len_utf16()) {
        Some(left) => {
            room = left;
            true
        }
        None => false,
    };
    let mut short: String = text.chars().take_while(fits).collect();
    short.push_str(MARK);
    short.into()
}

const fn kind_in_words(kind: Kind, list: bool) -> &'static str {
    match (kind, list) {
        (Kind::Whole, false) => "whole number",
        (Kind::Whole, true) => "whole numbers",
        (Kind::Flag, _) => "true or false",
        (Kind::Date, false) => "date",
        (Kind::Date, true) => "dates",
        (Kind::Code(_), false) => "code",
        (Kind::Code(_), true) => "codes",
        (Kind::Text | Kind::Years, false) => "text",
        (Kind::Text | Kind::Years, true) => "texts",
    }
}

fn header<'n>(
    sheet: &mut Worksheet,
    names: impl IntoIterator<Item = &'n str>,
) -> Result<(), XlsxError> {
    let bold = Format::new().set_bold();
    for (place, name) in (0..).zip(names) {
        sheet.write_string_with_format(0, place, name, &bold)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    Ok(())
}

/// Sets widths and the filter, once all is written.
fn finish(sheet: &mut Worksheet, rows: usize, columns: usize) -> Result<(), XlsxError> {
    let beyond = |_| XlsxError::RowColumnLimitError;
    let last_row = u32::try_from(rows).map_err(beyond)?;
    if let Some(last) = columns.checked_sub(1) {
        sheet.autofilter(0, 0, last_row, u16::try_from(last).map_err(beyond)?)?;
    }
    sheet.set_autofit_max_row(MEASURED).set_autofit_max_width(WIDEST).autofit();
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Read};

    use super::*;
    use crate::render::columns;
    use crate::render::sample::{SOURCE as CITED, Sample, about, table};

    fn bytes() -> Vec<u8> {
        let columns = columns::<Sample>(None);
        workbook(&table(), &[0, 1, 2], &columns, &[CITED], None, &about(), "https://example.org/q")
            .expect("a workbook")
    }

    fn part(name: &str) -> String {
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes())).expect("an archive");
        let mut text = String::new();
        archive.by_name(name).expect("the part").read_to_string(&mut text).expect("UTF-8");
        text
    }

    #[test]
    fn a_workbook_has_a_sheet_of_records_one_of_sources_and_one_about_them() {
        let book = part("xl/workbook.xml");
        let names: Vec<_> = book.split("<sheet name=\"").skip(1).collect();
        let names: Vec<_> = names.iter().filter_map(|rest| rest.split('"').next()).collect();
        assert_eq!(names, ["small-samples", "sources", "about"]);
    }

    #[test]
    fn numbers_and_flags_are_typed_and_text_is_never_a_formula() {
        let sheet = part("xl/worksheets/sheet1.xml");
        assert!(sheet.contains("<c r=\"E2\"><v>275</v></c>"), "{sheet}");
        let (_, amount) =
            sheet.split_once("<c r=\"H2\" s=").expect("an amount with its own format");
        assert!(amount.contains("><v>9007199254740991</v></c>"), "{sheet}");
        assert!(sheet.contains("<c r=\"F4\" t=\"b\"><v>0</v></c>"), "{sheet}");
        assert!(sheet.contains("<c r=\"B3\" t=\"s\">"), "{sheet}");
        assert!(!sheet.contains("<f>"), "{sheet}");
    }

    #[test]
    fn the_header_is_frozen_and_filters() {
        let sheet = part("xl/worksheets/sheet1.xml");
        assert!(sheet.contains("<pane ySplit=\"1\" topLeftCell=\"A2\""), "{sheet}");
        assert!(sheet.contains("<autoFilter ref=\"A1:N4\"/>"), "{sheet}");
    }

    #[test]
    fn the_sheet_about_it_tells_the_release_the_question_and_what_words_mean() {
        let text = part("xl/sharedStrings.xml");
        for expected in [
            "1.2.3",
            "0123456789abcdef",
            "https://example.org/q",
            "sample: XAA",
            "Three of many.",
            "A count of people. Null when nobody counted.",
            "an upper bound.",
        ] {
            assert!(text.contains(expected), "{expected}");
        }
    }

    #[test]
    fn a_text_that_no_cell_holds_is_cut_and_says_so() {
        assert_eq!(cut("short", 255), "short");
        let long = "𝄞".repeat(20_000);
        let short = cut(&long, LONGEST_CELL);
        // A letter of two code units may leave one unused.
        assert!((LONGEST_CELL - 1..=LONGEST_CELL).contains(&short.encode_utf16().count()));
        assert!(short.ends_with("𝄞 … (cut)"));
    }

    #[test]
    fn the_same_rows_make_the_same_bytes_and_the_release_is_their_date() {
        assert!(bytes() == bytes());
        assert!(part("docProps/core.xml").contains("2026-11-23T00:00:00Z"));
    }
}
