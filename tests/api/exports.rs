//! Exports: every format answers the same records in the same order, and says so in its headers.

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::Field;
use serde_json::Value as Json;

use crate::reading::{
    COUNTED, collections, ids, lists, part_of, records, refused, text, walked, with,
};
use crate::service::{Answer, data, get, get_with};
use crate::small;

/// The rows of a CSV file, the header first.
fn csv_rows(bytes: &[u8]) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(bytes);
    let row = |row: csv::Result<csv::StringRecord>| {
        row.expect("a row").iter().map(str::to_owned).collect()
    };
    reader.records().map(row).collect()
}

/// The cells of a workbook's sheet as text, the header first; a whole number is written without a point.
fn sheet_rows(bytes: &[u8], name: &str) -> Vec<Vec<String>> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes.to_vec())).expect("a workbook");
    let sheet = book.worksheet_range(name).expect("the sheet");
    let cell = |cell: &Data| match cell {
        Data::Empty => String::new(),
        Data::Bool(flag) => flag.to_string(),
        Data::Float(number) => format!("{number:.0}"),
        Data::Int(number) => number.to_string(),
        Data::String(text) => text.clone(),
        other => panic!("a cell of another type: {other:?}"),
    };
    sheet.rows().map(|row| row.iter().map(cell).collect()).collect()
}

/// The rows of a Parquet file as CSV would write them, the header first.
pub(crate) fn parquet_rows(bytes: &[u8]) -> Vec<Vec<String>> {
    let file = SerializedFileReader::new(bytes::Bytes::from(bytes.to_vec())).expect("a file");
    let schema = file.metadata().file_metadata().schema();
    let names = schema.get_fields().iter().map(|field| field.name().to_owned()).collect();
    let rows = file.get_row_iter(None).expect("rows").map(|row| {
        row.expect("a row").into_columns().iter().map(|(_, field)| parquet_cell(field)).collect()
    });
    std::iter::once(names).chain(rows).collect()
}

fn parquet_cell(field: &Field) -> String {
    match field {
        Field::Null => String::new(),
        Field::Bool(flag) => flag.to_string(),
        Field::Long(number) => number.to_string(),
        Field::Str(text) => text.clone(),
        Field::ListInternal(list) => {
            let cells = list.elements().iter().map(|cell| parquet_cell(cell).replace(';', ","));
            cells.collect::<Vec<_>>().join(";")
        }
        other => panic!("a value of another type: {other:?}"),
    }
}

fn ndjson_records(answer: &Answer) -> Vec<Json> {
    answer.text().lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

/// What a column holds of a record, by the rule that is published: the path in JSON joined by `_`, lists
/// joined by `;`, and an empty cell where there is no value.
fn cell(record: &Json, column: &str) -> String {
    let values = values_at(record, column).unwrap_or_else(|| panic!("no `{column}` in {record}"));
    let several = values.len() > 1;
    let value = |value: &Json| match value {
        Json::Null => String::new(),
        Json::String(text) => text.clone(),
        other => other.to_string(),
    };
    let texts = values.iter().map(value);
    let texts = texts.map(|text| if several { text.replace(';', ",") } else { text });
    texts.collect::<Vec<_>>().join(";")
}

fn values_at(json: &Json, column: &str) -> Option<Vec<Json>> {
    match json {
        Json::Null => Some(Vec::new()),
        Json::Array(elements) => {
            let values = elements.iter().map(|element| values_at(element, column));
            Some(values.collect::<Option<Vec<_>>>()?.concat())
        }
        Json::Object(object) => {
            if let Some(value) = object.get(column) {
                return Some(value.as_array().cloned().unwrap_or_else(|| vec![value.clone()]));
            }
            object.iter().find_map(|(key, value)| {
                let rest = column.strip_prefix(key.as_str())?.strip_prefix('_')?;
                values_at(value, rest)
            })
        }
        _ => None,
    }
}

/// As a column the objective of a figure is its own, else its program's; the record holds its own alone.
fn inherit_objective(record: &mut Json, programs: &[Json]) {
    if record.get("objective").is_some_and(Json::is_null) && record.get("program").is_some() {
        let program = programs.iter().find(|program| program["id"] == record["program"]);
        record["objective"] = program.expect("the program")["objective"].clone();
    }
}

/// The questions that every collection is asked in every format.
const QUESTIONS: [&str; 4] =
    ["", "sort=-id", "sort=-id&limit=7&offset=3", "citations_source=seed-state-pm-colombia"];

/// The columns that end a row and belong to no field: where record and sources are, and what codes stand for.
const CONTEXT: [&str; 7] = [
    "record_url",
    "source_title",
    "source_publisher",
    "source_url",
    "partner_label",
    "program_label",
    "stage_label",
];

#[tokio::test]
async fn the_same_question_answers_the_same_records_in_every_format() {
    let programs = records("/v1/assistance-programs").await;
    for list in lists().await {
        for question in QUESTIONS {
            if list.ends_with("/sources") && question.starts_with("citations") {
                continue;
            }
            let path = with(&part_of(&list).await, question);
            let expected = if question.contains("limit") {
                data(&path).await["data"].as_array().expect("records").clone()
            } else {
                walked(&path).await
            };
            let lines = get(&with(&path, "format=ndjson")).await;
            assert_eq!(ndjson_records(&lines), expected, "{path}");
            let rows = csv_rows(&get(&with(&path, "format=csv")).await.bytes);
            assert_eq!(rows.len(), expected.len() + 1, "{path}");
            for (row, record) in rows[1..].iter().zip(&expected) {
                let mut record = record.clone();
                inherit_objective(&mut record, &programs);
                let of_record = |column: &str| !CONTEXT.contains(&column);
                for (value, column) in row.iter().zip(&rows[0]).filter(|(_, name)| of_record(name))
                {
                    assert_eq!(*value, cell(&record, column), "{path}: {column}");
                }
            }
            let name = list.trim_start_matches("/v1/");
            let sheet = sheet_rows(&get(&with(&path, "format=xlsx")).await.bytes, name);
            assert_eq!(sheet, rows, "{path}");
            let table = parquet_rows(&get(&with(&path, "format=parquet")).await.bytes);
            assert_eq!(table, rows, "{path}");
        }
    }
}

#[tokio::test]
async fn the_header_of_csv_names_the_columns_that_the_index_lists() {
    for collection in collections().await {
        let fields = collection["fields"].as_array().expect("fields");
        let columns = fields.iter().filter(|field| field["kind"] != "fiscal_years");
        let columns: Vec<_> = columns.map(|field| text(&field["name"])).collect();
        let list = text(&collection["href"]);
        let mut header = csv_rows(&get(&with(&list, "format=csv")).await.bytes).remove(0);
        header
            .retain(|name| !CONTEXT.contains(&name.as_str()) && !COUNTED.contains(&name.as_str()));
        assert_eq!(header, columns, "{list}");
    }
}

#[tokio::test]
async fn an_export_without_a_limit_holds_every_record() {
    let total = data("/v1/assistance-funding?limit=0").await["meta"]["total"].as_u64();
    let rows = csv_rows(&get("/v1/assistance-funding?format=csv").await.bytes);
    assert!(rows.len() > 51, "more than a page");
    assert_eq!(Some(rows.len() as u64 - 1), total);
    let counted = get("/v1/assistance-funding?format=csv&limit=0").await;
    assert_eq!(csv_rows(&counted.bytes).len(), 1);
    refused("/v1/assistance-funding?format=csv&limit=1001", "limit").await;
}

#[tokio::test]
async fn an_export_of_nothing_is_a_file_without_records() {
    let path = "/v1/agreements?q=zzzzz&format=";
    assert_eq!(csv_rows(&get(&format!("{path}csv")).await.bytes).len(), 1);
    assert_eq!(get(&format!("{path}ndjson")).await.bytes, b"");
    assert_eq!(sheet_rows(&get(&format!("{path}xlsx")).await.bytes, "agreements").len(), 1);
    assert_eq!(parquet_rows(&get(&format!("{path}parquet")).await.bytes).len(), 1);
}

#[tokio::test]
async fn fields_limits_the_columns_and_the_keys() {
    let path = "/v1/assistance-funding?fields=id,amount&limit=2&format=";
    let rows = csv_rows(&get(&format!("{path}csv")).await.bytes);
    let columns = [
        "id",
        "amount_usd",
        "amount_qualifier",
        "amount_rounded_to_usd",
        "amount_min_usd",
        "amount_max_usd",
    ];
    assert_eq!(rows[0], columns);
    assert_eq!(parquet_rows(&get(&format!("{path}parquet")).await.bytes), rows);
    let sheet = get(&format!("{path}xlsx")).await;
    assert_eq!(sheet_rows(&sheet.bytes, "assistance-funding"), rows);
    for record in ndjson_records(&get(&format!("{path}ndjson")).await) {
        assert_eq!(
            record.as_object().expect("an object").keys().collect::<Vec<_>>(),
            ["id", "amount"]
        );
    }
}

#[tokio::test]
async fn a_workbook_lists_the_cited_sources_and_explains_itself() {
    let path = "/v1/agreements?limit=3";
    let cited = data(path).await["sources"].clone();
    let cited: Vec<_> =
        cited.as_array().expect("sources").iter().map(|source| text(&source["id"])).collect();
    let book = get(&with(path, "format=xlsx")).await.bytes;
    let listed = sheet_rows(&book, "sources");
    let listed: Vec<_> = listed[1..].iter().map(|row| row[0].clone()).collect();
    assert_eq!(listed, cited);
    let about = sheet_rows(&book, "about");
    assert!(about.iter().any(|row| row[0] == "kind" && row[1] == "treaty"), "{about:?}");
}

#[tokio::test]
async fn text_that_a_spreadsheet_would_run_is_harmless() {
    let rows = csv_rows(&small::get("/v1/agreements?format=csv").await.bytes);
    let at = |name: &str| rows[0].iter().position(|column| column == name).expect("the column");
    let column = |name: &str| -> Vec<_> { rows[1..].iter().map(|row| &row[at(name)]).collect() };
    assert_eq!(column("title")[3..5], ["'=HYPERLINK(\"https://example.org\")", "'+1 signed"]);
    assert_eq!(column("parties")[3..5], ["'@sum;South", "'-2"]);
    for row in &rows {
        for cell in row {
            assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{cell}");
        }
    }
    // Where a type says what is text, nothing is changed; no cell is a formula.
    let book = small::get("/v1/agreements?format=xlsx").await.bytes;
    let title = &sheet_rows(&book, "agreements")[4][at("title")];
    assert_eq!(title, "=HYPERLINK(\"https://example.org\")");
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(book)).expect("a workbook");
    assert!(book.worksheet_formula("agreements").expect("the sheet").is_empty());
    let json = small::get("/v1/agreements/d-none").await.json();
    assert_eq!(json["data"]["title"], *title);
}

#[tokio::test]
async fn a_byte_order_mark_comes_when_it_is_asked_for_and_only_with_csv() {
    let plain = get("/v1/agreements?format=csv").await;
    let marked = get("/v1/agreements?format=csv&bom=true").await;
    assert_eq!(marked.bytes.strip_prefix(b"\xEF\xBB\xBF"), Some(&plain.bytes[..]));
    assert_eq!(get("/v1/agreements?format=csv&bom=false").await.bytes, plain.bytes);
    for bad in ["bom=true", "format=xlsx&bom=true", "format=csv&bom=yes", "format=csv&bom="] {
        refused(&format!("/v1/agreements?{bad}"), "bom").await;
    }
}

const MEDIA: [(&str, &str); 5] = [
    ("json", "application/json"),
    ("ndjson", "application/x-ndjson"),
    ("csv", "text/csv"),
    ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ("parquet", "application/vnd.apache.parquet"),
];

async fn chosen(path: &str, accept: &str) -> String {
    let answer = get_with(path, &[("accept", accept)]).await;
    assert_eq!(answer.status, 200, "{path}, {accept}: {}", answer.text());
    answer.header("content-type").split(';').next().unwrap_or_default().to_owned()
}

#[tokio::test]
async fn format_and_accept_choose_alike_and_format_wins() {
    for (word, media) in MEDIA {
        let named = format!("/v1/agreements?format={word}");
        assert_eq!(chosen("/v1/agreements", media).await, media);
        for (_, other) in MEDIA {
            assert_eq!(chosen(&named, other).await, media);
        }
        assert_eq!(chosen(&named, "text/html").await, media);
        let by_header = get_with("/v1/agreements?limit=5", &[("accept", media)]).await;
        let by_name = get(&with(&named, "limit=5")).await;
        if word == "json" {
            assert_eq!(ids(&by_header.json()), ids(&by_name.json()));
        } else if word != "xlsx" {
            // A workbook tells the address that it was asked at.
            assert!(by_header.bytes == by_name.bytes, "{word}");
        }
    }
    refused("/v1/agreements?format=xml", "format").await;
    refused("/v1/agreements?format=csv&format=csv", "format").await;
}

#[tokio::test]
async fn accept_is_weighed_by_its_qualities() {
    for (accept, media) in [
        ("*/*", "application/json"),
        ("text/*", "text/csv"),
        ("text/html,application/xhtml+xml,*/*;q=0.8", "application/json"),
        ("application/json;q=0.2, text/csv;q=0.9", "text/csv"),
        ("application/json;q=0.2, text/csv;q=0.1", "application/json"),
        ("application/x-ndjson, */*;q=0.1", "application/x-ndjson"),
        ("application/json;q=0, */*;q=0.5", "application/x-ndjson"),
    ] {
        assert_eq!(chosen("/v1/agreements", accept).await, media, "{accept}");
    }
    for accept in ["text/html", "text/csv;q=0", "image/*, */*;q=0"] {
        let answer = get_with("/v1/agreements", &[("accept", accept)]).await;
        assert_eq!(answer.status, 406, "{accept}");
        let allowed = answer.json()["errors"][0]["allowed"].clone();
        // Behind them, the forms of a citation.
        let formats = allowed.as_array().expect("media types").iter().take(MEDIA.len());
        assert!(formats.eq(MEDIA.iter().map(|(_, media)| media)), "{accept}: {allowed}");
    }
}

#[tokio::test]
async fn a_file_has_a_name_that_tells_collection_and_release() {
    let version = text(&data("/v1/dataset").await["data"]["release"]["version"]);
    for (word, _) in &MEDIA[1..] {
        let answer = get(&format!("/v1/arms-sales?format={word}")).await;
        let expected = format!("attachment; filename=\"arms-sales-{version}.{word}\"");
        assert_eq!(answer.header("content-disposition"), expected);
    }
    assert_eq!(get("/v1/arms-sales").await.header("content-disposition"), "");
    let csv = get("/v1/arms-sales?format=csv").await;
    assert_eq!(csv.header("content-type"), "text/csv; charset=utf-8");
}
