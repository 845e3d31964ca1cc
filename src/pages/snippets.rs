//! The call that made a page, in the languages that readers use. Values are percent-encoded, so that no quotation mark
//! ends a string.

use maud::{Markup, html};

use super::site::Site;
use crate::words::Language;

/// What a page shows, as data.
#[derive(Clone, Copy)]
pub struct Calls<'c> {
    /// The path of the JSON, below `/v1`.
    pub path: &'c str,
    /// Its question.
    pub query: &'c [(String, String)],
    /// Whether it is served as a table, too: `.csv`, `.parquet`.
    pub is_list: bool,
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

/// The section of a page whose data is neither a list nor a record: what its answer holds is printed.
pub(super) fn answer_calls(site: &Site<'_>, path: &str, query: &[(String, String)]) -> Markup {
    let mut pairs = query.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    let json = site.addresses.whole(path, &mut pairs);
    let python = format!(
        "import json\nfrom urllib.request import urlopen\n\nanswer = json.load(urlopen(\"{json}\"))\nprint(answer[\"data\"])"
    );
    let r = format!("library(jsonlite)\nanswer <- fromJSON(\"{json}\")\nstr(answer$data)");
    let duckdb = format!("SELECT unnest(data) FROM read_json('{json}');");
    section(
        site,
        vec![
            Call { name: "curl", text: format!("curl '{json}'") },
            Call { name: "Python", text: python },
            Call { name: "R", text: r },
            Call { name: "DuckDB", text: duckdb },
            Call { name: "JavaScript", text: script(&json) },
        ],
    )
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
    let address = |extension: &str| {
        let path = format!("{}{extension}", of.path);
        let mut query = of.query.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        site.addresses.whole(&path, &mut query)
    };
    let json = address("");
    let mut calls = vec![Call { name: "curl", text: format!("curl '{json}'") }];
    if of.is_list {
        let (csv, parquet) = (address(".csv"), address(".parquet"));
        // Spreadsheets in Spanish separate arguments by semicolons.
        let comma = match site.language {
            Language::En => ",",
            Language::Es => ";",
        };
        calls.extend([
            Call {
                name: "Python (pandas)",
                text: format!(
                    "import pandas as pd\n\nframe = pd.read_csv(\"{csv}\")\nprint(frame.head())"
                ),
            },
            Call { name: "R", text: format!("frame <- read.csv(\"{csv}\")\nhead(frame)") },
            Call {
                name: "DuckDB",
                text: format!("SELECT * FROM read_parquet('{parquet}') LIMIT 5;"),
            },
            Call { name: "JavaScript", text: script(&json) },
            Call {
                name: site.say("Spreadsheet (Google Sheets)", "Hoja de cálculo (Google Sheets)"),
                text: format!("=IMPORTDATA(\"{csv}\"{comma} \",\"{comma} \"en_US\")"),
            },
        ]);
    } else {
        calls.extend([
            Call {
                name: "Python",
                text: format!("import json\nfrom urllib.request import urlopen\n\nrecord = json.load(urlopen(\"{json}\"))\nprint(record[\"sentence\"][\"{}\"])", site.say("en", "es")),
            },
            Call {
                name: "R",
                text: format!("library(jsonlite)\nrecord <- fromJSON(\"{json}\")\nrecord$sentence${}", site.say("en", "es")),
            },
            Call { name: "DuckDB", text: format!("SELECT sentence FROM read_json('{json}');") },
            Call { name: "JavaScript", text: script(&json) },
        ]);
    }
    calls
}

fn script(json: &str) -> String {
    format!("const answer = await (await fetch(\"{json}\")).json();\nconsole.log(answer.data);")
}
