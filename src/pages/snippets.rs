//! The call that made a page, in the languages that readers use. Values are percent-encoded, so that no quotation mark
//! ends a string.

use maud::{Markup, html};

use super::site::Site;
use crate::words::Language;

/// What a page shows, as data.
#[derive(Clone, Copy)]
pub(super) struct Calls<'c> {
    /// The path of the JSON, below `/v1`.
    pub(super) path: &'c str,
    /// Its question.
    pub(super) query: &'c [(String, String)],
    /// What the answer is.
    pub(super) answer: Answer,
}

/// What an answer is, which says what a call prints of it.
#[derive(Clone, Copy)]
pub(super) enum Answer {
    /// Records, served as tables, too: `.csv`, `.parquet`.
    List,
    /// One record, with the sentence that it states.
    Record,
    /// A sum, served as CSV, too.
    Sum,
    /// Neither: what its `data` holds is printed.
    Other,
}

/// One call: what it is for, and its text.
struct Call {
    name: &'static str,
    text: String,
}

/// The section of a page that shows the calls.
pub(super) fn calls(site: &Site<'_>, of: Calls<'_>) -> Markup {
    section(site, made(site, of))
}

/// The section of a page whose data is neither a list, a record nor a sum.
pub(super) fn answer_calls(site: &Site<'_>, path: &str, query: &[(String, String)]) -> Markup {
    calls(site, Calls { path, query, answer: Answer::Other })
}

fn section(site: &Site<'_>, calls: Vec<Call>) -> Markup {
    html! {
        section.use-it #use {
            h2 { (site.say("Use it", "Cómo usarlo")) }
            @for (place, call) in calls.into_iter().enumerate() {
                details open[place == 0] {
                    summary { (call.name) }
                    div data-copy { pre tabindex="0" { code { (call.text) } } }
                }
            }
        }
    }
}

fn made(site: &Site<'_>, of: Calls<'_>) -> Vec<Call> {
    let address = |extension: &str, format: Option<(&'static str, &'static str)>| {
        let path = format!("{}{extension}", of.path);
        let query = of.query.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        // A file has all records, whichever page this is.
        let query =
            query.filter(|(name, _)| extension.is_empty() || !matches!(*name, "limit" | "offset"));
        site.addresses.whole(&path, &mut query.chain(format))
    };
    let json = address("", None);
    let mut calls = vec![Call { name: "curl", text: format!("curl '{json}'") }];
    match of.answer {
        Answer::List => {
            let (csv, parquet) = (address(".csv", None), address(".parquet", None));
            calls.extend(of_table(&csv, &parquet));
            calls.push(script(&json, "data"));
            calls.push(formula(site, &csv));
        }
        Answer::Record => {
            let language = site.say("en", "es");
            calls.extend(of_answer(
                &json,
                &["sentence", language],
                &format!("sentence.{language}"),
            ));
            calls.push(script(&json, "data"));
        }
        Answer::Sum => {
            calls.extend(of_answer(&json, &["total"], "unnest(total)"));
            calls.push(script(&json, "total"));
            calls.push(formula(site, &address("", Some(("format", "csv")))));
        }
        Answer::Other => {
            calls.extend(of_answer(&json, &["data"], "unnest(data)"));
            calls.push(script(&json, "data"));
        }
    }
    calls
}

/// Reads a table. Only an empty cell means that there is no value: `NA` is the code of Namibia.
fn of_table(csv: &str, parquet: &str) -> [Call; 3] {
    let python = format!(
        "import pandas as pd\n\nframe = pd.read_csv(\"{csv}\", keep_default_na=False, na_values=[\"\"])\nprint(frame.head())"
    );
    let r = format!("frame <- read.csv(\"{csv}\", na.strings = \"\")\nhead(frame)");
    let duckdb = format!("SELECT * FROM read_parquet('{parquet}') LIMIT 5;");
    [
        Call { name: "Python (pandas)", text: python },
        Call { name: "R", text: r },
        Call { name: "DuckDB", text: duckdb },
    ]
}

/// Prints what stands under these keys of a JSON answer; `selected` is the same for DuckDB.
fn of_answer(json: &str, keys: &[&str], selected: &str) -> [Call; 3] {
    let python = format!(
        "import json\nfrom urllib.request import urlopen\n\nanswer = json.load(urlopen(\"{json}\"))\nprint(answer[\"{}\"])",
        keys.join("\"][\"")
    );
    let r = format!(
        "library(jsonlite)\nanswer <- fromJSON(\"{json}\")\nstr(answer${})",
        keys.join("$")
    );
    let duckdb = format!("SELECT {selected} FROM read_json('{json}');");
    [
        Call { name: "Python", text: python },
        Call { name: "R", text: r },
        Call { name: "DuckDB", text: duckdb },
    ]
}

fn script(json: &str, key: &str) -> Call {
    let text = format!(
        "const answer = await (await fetch(\"{json}\")).json();\nconsole.log(answer.{key});"
    );
    Call { name: "JavaScript", text }
}

fn formula(site: &Site<'_>, csv: &str) -> Call {
    // Spreadsheets in Spanish separate arguments by semicolons.
    let comma = match site.language {
        Language::En => ",",
        Language::Es => ";",
    };
    Call {
        name: site.say("Spreadsheet (Google Sheets)", "Hoja de cálculo (Google Sheets)"),
        text: format!("=IMPORTDATA(\"{csv}\"{comma} \",\"{comma} \"en_US\")"),
    }
}
