//! An Excel workbook (ISO/IEC 29500): the records, the sources that they cite, and what the columns mean.
//!
//! Numbers are numbers and flags are flags; dates are text, because a spreadsheet cannot hold a date without
//! a day. Nothing is ever written as a formula. The bytes depend on the data alone, not on the clock.
//! A sheet goes into the archive row by row: what stands in memory is the file and the texts of its cells, each once.

mod book;
mod sheet;
mod text;

use std::borrow::Cow;

use serde_json::Value as Json;

use self::book::{Book, Properties};
use self::sheet::{Cell, Column, LONGEST_CELL, Style, TableSize};
use super::about::day;
use super::{About, Error, FlatColumn, RowCounts};
use crate::model::Kind;
use crate::query::AnyTable;

/// The most records that a sheet holds below its header.
pub const MOST_ROWS: usize = 1_048_575;

/// How many lines decide a column's width; more would cost more than they improve.
const MEASURED: usize = 500;

/// The most UTF-16 code units that a property of the document holds.
const LONGEST_PROPERTY: usize = 255;

/// What a sheet of sources says of each.
const SOURCE: [&str; 6] = ["id", "title", "publisher", "url", "published", "kind"];

/// A workbook of records. `sources` are the cited sources as JSON; `counts` is what sums do with the rows, where they are
/// figures; `url` is the address of the query.
///
/// # Errors
/// [`Error::Worksheet`] when there are more than [`MOST_ROWS`], or a text or list is longer than a cell holds, which
/// loading rules out.
pub fn workbook(
    table: &dyn AnyTable,
    rows: &[u32],
    columns: &[FlatColumn],
    sources: &[&str],
    counts: Option<&RowCounts>,
    about: &About,
    url: &str,
) -> Result<Vec<u8>, Error> {
    if rows.len() > MOST_ROWS {
        return Err(Error::Worksheet);
    }
    let mut book = Book::new(if table.cites() { 3 } else { 2 })?;
    records(&mut book, table, rows, columns)?;
    // The sources themselves cite nothing, and no two sheets may have one name.
    if table.cites() {
        bibliography(&mut book, sources)?;
    }
    explanation(&mut book, table, columns, counts, about, url)?;
    book.finish(&Properties {
        title: &cut(&format!("{}: {}", about.title, table.name()), LONGEST_PROPERTY),
        subject: table.about().en,
        comment: &cut(
            &format!("Licence: {} ({})", about.licence_title, about.licence_url),
            LONGEST_PROPERTY,
        ),
        day: day(&about.released),
        custom: [
            ("version", &cut(&about.version, LONGEST_PROPERTY)),
            ("digest", &about.digest),
            ("url", &cut(url, LONGEST_PROPERTY)),
        ],
    })
}

fn records(
    book: &mut Book,
    table: &dyn AnyTable,
    rows: &[u32],
    columns: &[FlatColumn],
) -> Result<(), Error> {
    let look = |column: &FlatColumn| {
        let is_money = column.name().ends_with("_usd");
        let style = if is_money { Style::Dollars } else { Style::Plain };
        let mut look = Column::headed(column.name(), style);
        for row in rows.iter().take(MEASURED) {
            look.fit(&Cell::of(&column.value(table, *row)));
        }
        look
    };
    let looks: Vec<Column> = columns.iter().map(look).collect();
    let mut sheet =
        book.sheet(table.name(), &looks, TableSize::below_header(rows.len(), looks.len()))?;
    sheet.row_in(Style::Bold, columns.iter().map(|column| Cell::text(column.name())))?;
    for row in rows {
        sheet.begin_row();
        for column in columns {
            sheet.cell(&Cell::of(&column.value(table, *row)), None)?;
        }
        sheet.end_row()?;
    }
    sheet.finish()
}

/// What a source says under a key.
fn said_of<'s>(source: &'s Json, key: &str) -> Cell<'s> {
    source.get(key).and_then(Json::as_str).map_or(Cell::Empty, Cell::text)
}

fn bibliography(book: &mut Book, sources: &[&str]) -> Result<(), Error> {
    let read = |source: &&str| serde_json::from_str(source).unwrap_or_default();
    let sources: Vec<Json> = sources.iter().map(read).collect();
    let looks = SOURCE.map(|key| {
        let mut look = Column::headed(key, Style::Plain);
        sources.iter().take(MEASURED).for_each(|source| look.fit(&said_of(source, key)));
        look
    });
    let size = TableSize::below_header(sources.len(), looks.len());
    let mut sheet = book.sheet("sources", &looks, size)?;
    sheet.row_in(Style::Bold, SOURCE.map(Cell::text))?;
    for source in &sources {
        sheet.row(SOURCE.map(|key| said_of(source, key)))?;
    }
    sheet.finish()
}

/// A text that is cut where no cell holds it.
fn prose(text: &str) -> Cell<'_> {
    Cell::Text(cut(text, LONGEST_CELL))
}

/// The sheet `about`: which release, which question, what each column and each word of a code means.
fn explanation(
    book: &mut Book,
    table: &dyn AnyTable,
    columns: &[FlatColumn],
    counts: Option<&RowCounts>,
    about: &About,
    url: &str,
) -> Result<(), Error> {
    let looks = [
        Column::new(26, Style::BoldTop),
        Column::new(26, Style::Top),
        Column::new(100, Style::WrappedTop),
    ];
    let mut sheet = book.sheet("about", &looks, None)?;
    let licence = format!("{} ({})", about.licence_title, about.licence_name);
    let release = [
        ("title", about.title.as_str()),
        ("description", &about.description),
        ("sheet", table.about().en),
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
    for (name, value) in release {
        sheet.row([prose(name), Cell::Empty, prose(value)])?;
    }
    for set in about.extents_of(table.name()) {
        sheet.row([prose("extent"), prose(&set.in_words()), prose(&set.note)])?;
    }
    if let Some(counts) = counts {
        let name = format!("total of {}", counts.amount_key());
        sheet.begin_row();
        sheet.cell(&prose(&name), None)?;
        sheet.cell(&counts.total().map_or(Cell::Empty, Cell::Number), Some(Style::DollarsTop))?;
        sheet.cell(&prose(&meaning_of_total(counts)), None)?;
        sheet.end_row()?;
    }
    sheet.row([])?;
    sheet.row_in(Style::BoldTop, ["column", "type", "meaning"].map(prose))?;
    for column in columns {
        let kind = kind_in_words(column.kind(), column.is_list());
        sheet.row([column.name(), kind, column.description()].map(prose))?;
    }
    sheet.row([])?;
    sheet.row_in(Style::BoldTop, ["column", "word", "meaning"].map(prose))?;
    for column in columns {
        for (word, meaning) in column.meanings() {
            sheet.row([column.name(), word, meaning].map(prose))?;
        }
    }
    sheet.finish()
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
