//! `/llms.txt` (llmstxt.org): what a program that answers in sentences has to know before it prints a number from here.

use axum::extract::State;
use axum::response::Response;

use super::data_file::DataFile;
use crate::dataset::Dataset;
use crate::http::app::App;
use crate::http::app::links::Links;
use crate::http::request::params::QueryParams;
use crate::http::response::conditional::Conditions;
use crate::http::response::problem::Problem;
use crate::query::AnyTable;

/// The path of the file.
pub(crate) const PATH: &str = "/llms.txt";

/// What to read before a number is printed.
const RULES: [&str; 6] = [
    "**Never add rows of a list.** Figures overlap. Ask `/v1/{collection}/totals`, or add the column `counted_usd` of the CSV \
     and no other.",
    "**Only a sum whose `completeness` is `whole` is a total.** Any other is \"at least `min_usd` on record\".",
    "**Keep the qualifier.** `amount_phrase` and `sentence` say \"about\", \"over\", \"up to\"; `min_usd` and `max_usd` are what \
     the source allows.",
    "**Keep the stage.** What was requested, enacted, notified or announced was not given.",
    "**Keep the period.** A figure of several years is of all of them together: never divide it. US fiscal year N runs from \
     1 October N-1 to 30 September N.",
    "**Not found is not zero.** `/v1/coverage` says what was looked for and found; where sources disagree, `/v1/conflicts` has \
     each of them.",
];

/// What stands in an address for the partner of whom most is on record.
const PARTNER: &str = "{partner}";

/// Where to go, each with what is there.
const ADDRESSES: [(&str, &str); 10] = [
    ("/v1", "every collection with its fields, filters and codes"),
    ("/v1/search?q=demining", "one search across all collections, in English and Spanish"),
    ("/v1/partners/{partner}", "what is known of one partner, by ISO 3166-1 alpha-3 code"),
    ("/v1/assistance-funding?partner={partner}", "figures, each with `sentence` and sources"),
    (
        "/v1/assistance-funding/totals?partner={partner}&group_by=program",
        "sums that count no dollar twice",
    ),
    ("/v1/coverage?partner={partner}", "for which programs and years there is a figure"),
    ("/v1/conflicts", "where sources disagree, and how that was weighed"),
    ("/v1/codes", "what each code means, in English and Spanish"),
    ("/v1/methods/totals", "how sums are made, and what they may be used for"),
    ("/openapi.json", "every parameter and every answer"),
];

/// `GET /llms.txt`
pub(crate) async fn llms(
    State(app): State<App>,
    params: QueryParams,
    conditions: Conditions,
) -> Result<Response, Problem> {
    let file = DataFile { path: PATH, media_type: "text/plain; charset=utf-8", write: text };
    file.answer(&app, params, conditions).await
}

fn text(dataset: &Dataset, links: &Links) -> String {
    let release = &dataset.release;
    let rules: Vec<_> = (1..).zip(RULES).map(|(at, rule)| format!("{at}. {rule}")).collect();
    let counts = dataset.partners_by_records();
    let partner = counts.first().map(|(code, _)| *code);
    let address = |(path, what): &(&str, &str)| {
        let path = match partner {
            Some(partner) => path.replace(PARTNER, partner),
            None if path.contains(PARTNER) => return None,
            None => (*path).to_owned(),
        };
        Some(format!("- [{path}]({}): {what}\n", links.path(&path)))
    };
    let addresses: String = ADDRESSES.iter().filter_map(address).collect();
    let collections: String =
        dataset.tables().into_iter().map(|table| collection(table, links)).collect();
    format!(
        "# {}\n\n> {} Release {}, {}. {}.\n\n\
         Before a number is printed:\n\n{}\n\n\
         Cite the figure: its `sentence`, the title and the locator of its source, and the address in `links.cite_as`, which \
         names the release; `format=apa` (also `chicago`, `bibtex`, `ris`, `csl`, `mediawiki`) writes it out. Every address \
         below `/v1` is a page for people without `/v1`. A refusal says what is allowed and what was most likely meant.\n\n\
         ## Addresses\n\n{addresses}\n\
         ## Collections\n\n{collections}",
        release.title,
        release.description,
        release.version,
        release.released,
        release.licence.name,
        rules.join("\n"),
    )
}

/// A collection with those of its fields that have few values, which are its best filters.
fn collection(table: &dyn AnyTable, links: &Links) -> String {
    let filters = table.fields().iter().filter(|field| field.uses.equals && field.uses.facets);
    let filters: Vec<_> = filters.map(|field| field.name).collect();
    format!(
        "- [{}]({}): {} records. Filters: {}\n",
        table.name(),
        links.path(table.path()),
        table.count(),
        filters.join(", "),
    )
}
