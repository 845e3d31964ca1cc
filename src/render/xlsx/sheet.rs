//! One worksheet, row by row: however many there are, one row stands in memory.

use std::borrow::Cow;
use std::fmt::{Arguments, Write as _};
use std::io::{Cursor, Write as _};
use std::num::NonZeroUsize;

use zip::ZipWriter;
use zip::result::ZipError;

use super::text::SharedStrings;
use crate::model::FieldValue;
use crate::render::Error;
use crate::render::csv::joined;

/// The most UTF-16 code units that a cell holds. The texts and lists of a checked dataset are shorter.
pub(super) const LONGEST_CELL: usize = 32_767;

/// The widest that a column becomes by itself, in characters; prose beyond it is read in its cell.
const WIDEST: usize = 59;

/// How a cell looks, by its place among the styles of the workbook.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    Plain,
    Bold,
    Dollars,
    BoldTop,
    WrappedTop,
    Top,
    DollarsTop,
}

/// How large a table is that has one column at least.
#[derive(Debug, Clone, Copy)]
pub(super) struct TableSize {
    /// Its header included.
    rows: usize,
    columns: NonZeroUsize,
}

impl TableSize {
    /// A header with so many rows below it; none without a column.
    pub(super) fn below_header(rows: usize, columns: usize) -> Option<Self> {
        Some(Self { rows: rows + 1, columns: NonZeroUsize::new(columns)? })
    }

    /// Its last row, from 1, and its last column.
    pub(super) fn last(self) -> (usize, String) {
        (self.rows, column_name(self.columns.get() - 1))
    }
}

/// What a cell holds.
#[derive(Debug)]
pub(super) enum Cell<'v> {
    Empty,
    Number(i64),
    Flag(bool),
    Text(Cow<'v, str>),
}

impl<'v> Cell<'v> {
    /// A value of a record. Dates are text.
    pub(super) fn of(value: &'v FieldValue<'_>) -> Self {
        match value {
            FieldValue::Missing => Self::Empty,
            FieldValue::Whole(whole) => Self::Number(*whole),
            FieldValue::Flag(flag) => Self::Flag(*flag),
            FieldValue::List(values) if values.is_empty() => Self::Empty,
            FieldValue::List(values) => Self::Text(joined(values).into()),
            FieldValue::Text(text) => Self::Text(text.as_ref().into()),
            FieldValue::Date(_) | FieldValue::Years(_) => Self::Text(value.to_string().into()),
        }
    }

    /// A text, or nothing where it is empty.
    pub(super) fn text(text: &'v str) -> Self {
        if text.is_empty() { Self::Empty } else { Self::Text(text.into()) }
    }

    /// How many characters it shows.
    fn characters(&self) -> usize {
        match self {
            Self::Empty => 0,
            Self::Number(number) => {
                let digits = number.to_string().len();
                digits + digits / 3
            }
            Self::Flag(_) => 5,
            Self::Text(text) => text.chars().count(),
        }
    }
}

/// How a column looks.
#[derive(Debug, Clone, Copy)]
pub(super) struct Column {
    /// In characters.
    width: usize,
    style: Style,
}

impl Column {
    pub(super) const fn new(width: usize, style: Style) -> Self {
        Self { width, style }
    }

    /// A column below a name, beside which the button of the filter stands.
    pub(super) fn headed(name: &str, style: Style) -> Self {
        let mut column = Self::new(0, style);
        column.widen(name.chars().count() + 2);
        column
    }

    /// Makes it wide enough for a cell.
    pub(super) fn fit(&mut self, cell: &Cell<'_>) {
        self.widen(cell.characters());
    }

    fn widen(&mut self, characters: usize) {
        self.width = self.width.max(characters + 1).min(WIDEST);
    }
}

/// The letters of a column, from 0: `A`, `Z`, `AA`.
fn column_name(place: usize) -> String {
    let (mut left, mut name) = (place + 1, String::new());
    while left > 0 {
        left -= 1;
        name.extend((b'A'..=b'Z').nth(left % 26).map(char::from));
        left /= 26;
    }
    name.chars().rev().collect()
}

/// A worksheet that is being written.
pub(super) struct Sheet<'b> {
    archive: &'b mut ZipWriter<Cursor<Vec<u8>>>,
    strings: &'b mut SharedStrings,
    columns: Vec<(String, Style)>,
    table: Option<TableSize>,
    /// How many rows there are so far, the one that is being written included.
    rows: usize,
    /// How many cells that one has so far.
    place: usize,
    xml: String,
}

impl<'b> Sheet<'b> {
    /// What comes before the rows. The header of a table stays in sight.
    pub(super) fn begin(
        archive: &'b mut ZipWriter<Cursor<Vec<u8>>>,
        strings: &'b mut SharedStrings,
        selected: bool,
        columns: &[Column],
        table: Option<TableSize>,
    ) -> Self {
        let named = (0..).zip(columns).map(|(place, column)| (column_name(place), column.style));
        let (columns, widths) = (named.collect(), columns);
        let mut sheet =
            Self { archive, strings, columns, table, rows: 0, place: 0, xml: String::new() };
        sheet.push(format_args!(
            "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">"
        ));
        if let Some(range) = sheet.range() {
            sheet.push(format_args!("<dimension ref=\"{range}\"/>"));
        }
        let selected = if selected { " tabSelected=\"1\"" } else { "" };
        let frozen = if table.is_some() {
            "<pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"/>\
             <selection pane=\"bottomLeft\"/>"
        } else {
            ""
        };
        sheet.push(format_args!(
            "<sheetViews><sheetView{selected} workbookViewId=\"0\">{frozen}</sheetView></sheetViews>\
             <sheetFormatPr defaultRowHeight=\"15\"/>"
        ));
        // A list without a column is no list to the standard.
        sheet.xml.push_str(if widths.is_empty() { "" } else { "<cols>" });
        for (number, Column { width, style }) in (1..).zip(widths) {
            // Beside its characters a cell has margins of five pixels, where a character takes seven.
            let style = *style as u8;
            sheet.push(format_args!(
                "<col min=\"{number}\" max=\"{number}\" width=\"{width}.7109375\" style=\"{style}\" customWidth=\"1\"/>"
            ));
        }
        sheet.xml.push_str(if widths.is_empty() { "<sheetData>" } else { "</cols><sheetData>" });
        sheet
    }

    /// A row whose cells look as their columns do.
    pub(super) fn row<'v>(
        &mut self,
        cells: impl IntoIterator<Item = Cell<'v>>,
    ) -> Result<(), Error> {
        self.begin_row();
        cells.into_iter().try_for_each(|cell| self.cell(&cell, None))?;
        self.end_row()
    }

    /// A row of cells in one style.
    pub(super) fn row_in<'v>(
        &mut self,
        style: Style,
        cells: impl IntoIterator<Item = Cell<'v>>,
    ) -> Result<(), Error> {
        self.begin_row();
        cells.into_iter().try_for_each(|cell| self.cell(&cell, Some(style)))?;
        self.end_row()
    }

    /// Begins a row, whose cells follow.
    pub(super) fn begin_row(&mut self) {
        self.rows += 1;
        self.place = 0;
        let row = self.rows;
        self.push(format_args!("<row r=\"{row}\">"));
    }

    /// Ends a row.
    pub(super) fn end_row(&mut self) -> Result<(), Error> {
        self.xml.push_str("</row>");
        self.flush()
    }

    /// The next cell of a row, in a style of its own or that of its column.
    pub(super) fn cell(&mut self, cell: &Cell<'_>, style: Option<Style>) -> Result<(), Error> {
        let at = self.place;
        self.place += 1;
        let (number, is_text) = match cell {
            Cell::Empty => return Ok(()),
            Cell::Number(number) => (*number, ""),
            Cell::Flag(flag) => (i64::from(*flag), " t=\"b\""),
            Cell::Text(text) => {
                // No text has more code units than bytes.
                if text.len() > LONGEST_CELL && text.encode_utf16().count() > LONGEST_CELL {
                    return Err(Error::Worksheet);
                }
                let place = self.strings.place(text);
                (i64::try_from(place).map_err(|_| Error::Worksheet)?, " t=\"s\"")
            }
        };
        let (name, of_column) = self.columns.get(at).ok_or(Error::Worksheet)?;
        let (style, row) = (style.unwrap_or(*of_column), self.rows);
        let styled = if style == Style::Plain {
            write!(self.xml, "<c r=\"{name}{row}\"{is_text}><v>{number}</v></c>")
        } else {
            let style = style as u8;
            write!(self.xml, "<c r=\"{name}{row}\" s=\"{style}\"{is_text}><v>{number}</v></c>")
        };
        styled.expect("a string takes every text");
        Ok(())
    }

    /// What comes after the rows.
    pub(super) fn finish(mut self) -> Result<(), Error> {
        self.xml.push_str("</sheetData>");
        if let Some(range) = self.range() {
            self.push(format_args!("<autoFilter ref=\"{range}\"/>"));
        }
        self.xml.push_str("</worksheet>");
        self.flush()
    }

    fn range(&self) -> Option<String> {
        let (row, column) = self.table?.last();
        Some(format!("A1:{column}{row}"))
    }

    fn push(&mut self, text: Arguments<'_>) {
        self.xml.write_fmt(text).expect("a string takes every text");
    }

    fn flush(&mut self) -> Result<(), Error> {
        self.archive.write_all(self.xml.as_bytes()).map_err(ZipError::from)?;
        self.xml.clear();
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_named_by_letters_as_spreadsheets_name_them() {
        let named = [0, 25, 26, 51, 52, 701, 702, 16_383].map(column_name);
        assert_eq!(named, ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA", "XFD"]);
    }
}
