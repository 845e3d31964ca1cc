//! The archive of a workbook: the parts that every one has, and the sheets, each written row by row (ISO/IEC 29500-1).

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use zip::result::ZipError;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::sheet::{Column, Sheet, TableSize};
use super::text::{SharedStrings, push_text};
use crate::render::Error;

const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

/// The namespace of all parts that have to do with sheets.
const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
/// What the addresses of all kinds of relationships within an office document begin with.
const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// How cells look, in the order of [`Style`](super::sheet::Style). Number format 3 is `#,##0`: whole dollars with their
/// thousands apart, by the reader's own sign.
const STYLES: &str = "<fonts count=\"2\">\
    <font><sz val=\"11\"/><name val=\"Calibri\"/><family val=\"2\"/></font>\
    <font><b/><sz val=\"11\"/><name val=\"Calibri\"/><family val=\"2\"/></font></fonts>\
    <fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill>\
    <fill><patternFill patternType=\"gray125\"/></fill></fills>\
    <borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders>\
    <cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs>\
    <cellXfs count=\"7\">\
    <xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/>\
    <xf numFmtId=\"0\" fontId=\"1\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyFont=\"1\"/>\
    <xf numFmtId=\"3\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\"/>\
    <xf numFmtId=\"0\" fontId=\"1\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyFont=\"1\" applyAlignment=\"1\">\
    <alignment vertical=\"top\"/></xf>\
    <xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyAlignment=\"1\">\
    <alignment vertical=\"top\" wrapText=\"1\"/></xf>\
    <xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyAlignment=\"1\">\
    <alignment vertical=\"top\"/></xf>\
    <xf numFmtId=\"3\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\" applyAlignment=\"1\">\
    <alignment vertical=\"top\"/></xf></cellXfs>\
    <cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/></cellStyles>";

/// What a workbook says of itself.
pub(super) struct Properties<'a> {
    pub(super) title: &'a str,
    pub(super) subject: &'a str,
    pub(super) comment: &'a str,
    /// The day that it bears, as year, month and day.
    pub(super) day: (u16, u8, u8),
    /// What has no name in the standard.
    pub(super) custom: [(&'static str, &'a str); 3],
}

/// A workbook that is being written.
pub(super) struct Book {
    archive: ZipWriter<Cursor<Vec<u8>>>,
    options: SimpleFileOptions,
    strings: SharedStrings,
    sheets: Vec<(&'static str, Option<TableSize>)>,
}

impl Book {
    /// A workbook of so many sheets.
    pub(super) fn new(sheets: usize) -> Result<Self, Error> {
        // Dated by its properties alone: the same records make the same bytes.
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .last_modified_time(DateTime::default())
            .unix_permissions(0o644);
        let archive = ZipWriter::new(Cursor::new(Vec::new()));
        let mut book =
            Self { archive, options, strings: SharedStrings::default(), sheets: Vec::new() };
        // First, so that programs which look at the beginning of a file know what it is.
        book.part("[Content_Types].xml", &content_types(sheets))?;
        let relations = [
            (format!("{RELATIONS}/officeDocument"), "xl/workbook.xml".to_owned()),
            (
                "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties".to_owned(),
                "docProps/core.xml".to_owned(),
            ),
            (format!("{RELATIONS}/custom-properties"), "docProps/custom.xml".to_owned()),
        ];
        book.part("_rels/.rels", &relationships(relations))?;
        Ok(book)
    }

    /// Begins the next sheet; of a table, its first row is the header.
    pub(super) fn sheet(
        &mut self,
        name: &'static str,
        columns: &[Column],
        table: Option<TableSize>,
    ) -> Result<Sheet<'_>, Error> {
        self.sheets.push((name, table));
        let number = self.sheets.len();
        self.archive.start_file(format!("xl/worksheets/sheet{number}.xml"), self.options)?;
        self.archive.write_all(DECLARATION.as_bytes()).map_err(ZipError::from)?;
        Ok(Sheet::begin(&mut self.archive, &mut self.strings, number == 1, columns, table))
    }

    /// The whole file.
    pub(super) fn finish(mut self, properties: &Properties<'_>) -> Result<Vec<u8>, Error> {
        let sheets: Vec<_> = (1..=self.sheets.len())
            .map(|number| {
                (format!("{RELATIONS}/worksheet"), format!("worksheets/sheet{number}.xml"))
            })
            .chain([
                (format!("{RELATIONS}/styles"), "styles.xml".to_owned()),
                (format!("{RELATIONS}/sharedStrings"), "sharedStrings.xml".to_owned()),
            ])
            .collect();
        let workbook = workbook(&self.sheets);
        self.part("xl/workbook.xml", &workbook)?;
        self.part("xl/_rels/workbook.xml.rels", &relationships(sheets))?;
        let styles = format!("<styleSheet xmlns=\"{MAIN}\">{STYLES}</styleSheet>");
        self.part("xl/styles.xml", &styles)?;
        self.part("docProps/core.xml", &core_properties(properties))?;
        self.part("docProps/custom.xml", &custom_properties(&properties.custom))?;
        let strings = std::mem::take(&mut self.strings);
        self.part("xl/sharedStrings.xml", "")?;
        for part in strings.parts() {
            self.archive.write_all(part.as_bytes()).map_err(ZipError::from)?;
        }
        Ok(self.archive.finish()?.into_inner())
    }

    fn part(&mut self, name: &str, xml: &str) -> Result<(), Error> {
        self.archive.start_file(name, self.options)?;
        for bytes in [DECLARATION, xml] {
            self.archive.write_all(bytes.as_bytes()).map_err(ZipError::from)?;
        }
        Ok(())
    }
}

fn content_types(sheets: usize) -> String {
    let main = "application/vnd.openxmlformats-officedocument.spreadsheetml";
    let mut xml = String::from(
        "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
         <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
         <Default Extension=\"xml\" ContentType=\"application/xml\"/>",
    );
    let mut put = |part: &str, kind: &str| {
        push(&mut xml, format_args!("<Override PartName=\"/{part}\" ContentType=\"{kind}+xml\"/>"));
    };
    put("docProps/core.xml", "application/vnd.openxmlformats-package.core-properties");
    put("docProps/custom.xml", "application/vnd.openxmlformats-officedocument.custom-properties");
    put("xl/workbook.xml", &format!("{main}.sheet.main"));
    put("xl/styles.xml", &format!("{main}.styles"));
    for number in 1..=sheets {
        put(&format!("xl/worksheets/sheet{number}.xml"), &format!("{main}.worksheet"));
    }
    put("xl/sharedStrings.xml", &format!("{main}.sharedStrings"));
    xml.push_str("</Types>");
    xml
}

fn relationships(targets: impl IntoIterator<Item = (String, String)>) -> String {
    let mut xml = String::from(
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">",
    );
    for (number, (kind, target)) in (1..).zip(targets) {
        push(
            &mut xml,
            format_args!("<Relationship Id=\"rId{number}\" Type=\"{kind}\" Target=\"{target}\"/>"),
        );
    }
    xml.push_str("</Relationships>");
    xml
}

fn workbook(sheets: &[(&'static str, Option<TableSize>)]) -> String {
    let mut xml = format!(
        "<workbook xmlns=\"{MAIN}\" xmlns:r=\"{RELATIONS}\"><bookViews><workbookView/></bookViews><sheets>"
    );
    for (number, (name, _)) in (1..).zip(sheets) {
        push(
            &mut xml,
            format_args!("<sheet name=\"{name}\" sheetId=\"{number}\" r:id=\"rId{number}\"/>"),
        );
    }
    xml.push_str("</sheets>");
    // The range of a filter, which Excel looks up by this name.
    let mut ranges = String::new();
    for (number, (name, table)) in (0..).zip(sheets) {
        let Some((row, column)) = table.map(TableSize::last) else { continue };
        push(
            &mut ranges,
            format_args!(
                "<definedName name=\"_xlnm._FilterDatabase\" localSheetId=\"{number}\" hidden=\"1\">\
                 '{name}'!$A$1:${column}${row}</definedName>"
            ),
        );
    }
    if !ranges.is_empty() {
        push(&mut xml, format_args!("<definedNames>{ranges}</definedNames>"));
    }
    xml.push_str("</workbook>");
    xml
}

fn core_properties(properties: &Properties<'_>) -> String {
    let Properties { title, subject, comment, day: (year, month, day), .. } = properties;
    let mut xml = String::from(
        "<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">",
    );
    for (key, text) in [("title", title), ("subject", subject), ("description", comment)] {
        push(&mut xml, format_args!("<dc:{key}>"));
        push_text(&mut xml, text);
        push(&mut xml, format_args!("</dc:{key}>"));
    }
    for key in ["created", "modified"] {
        push(
            &mut xml,
            format_args!(
                "<dcterms:{key} xsi:type=\"dcterms:W3CDTF\">{year:04}-{month:02}-{day:02}T00:00:00Z</dcterms:{key}>"
            ),
        );
    }
    xml.push_str("</cp:coreProperties>");
    xml
}

fn custom_properties(custom: &[(&'static str, &str)]) -> String {
    let mut xml = String::from(
        "<Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/custom-properties\" \
         xmlns:vt=\"http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes\">",
    );
    // Numbers begin at 2: the standard has 0 and 1 for itself. The id is that of all custom properties.
    for (number, (name, text)) in (2..).zip(custom) {
        push(
            &mut xml,
            format_args!(
                "<property fmtid=\"{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}\" pid=\"{number}\" name=\"{name}\"><vt:lpwstr>"
            ),
        );
        push_text(&mut xml, text);
        xml.push_str("</vt:lpwstr></property>");
    }
    xml.push_str("</Properties>");
    xml
}

fn push(xml: &mut String, text: std::fmt::Arguments<'_>) {
    xml.write_fmt(text).expect("a string takes every text");
}
