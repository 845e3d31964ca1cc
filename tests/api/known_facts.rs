//! The facts that the dataset was begun with, asked over HTTP: value, qualifier, bounds, period, citation.
//!
//! What is expected here was read in the sources, not in `data/`: these tables hold the data to them.

mod notices;
mod tables;

use serde_json::{Value as Json, json};

use self::notices::NOTICES;
use self::tables::{
    AGREEMENTS, COOPERATION, DEPLOYMENTS, FACT_SHEET, MEMBERSHIPS, OTHER_SOURCES, PROGRAMS,
    WHITE_HOUSE,
};
use crate::service::data;

fn rows(table: &'static str) -> Vec<Vec<&'static str>> {
    let lines = table.lines().filter(|line| !line.is_empty());
    let rows: Vec<Vec<_>> = lines.map(|line| line.split(" | ").collect()).collect();
    assert!(rows.iter().all(|row| row.len() == rows[0].len()), "a row of another length");
    rows
}

/// A cell of a table as JSON has it: null, a number, or a text.
fn cell(text: &str) -> Json {
    let digits = text.replace('_', "");
    match text {
        "-" => Json::Null,
        "true" | "false" => json!(text == "true"),
        _ if text.contains('_') || text.len() < 4 => {
            digits.parse::<u64>().map_or(json!(text), |number| json!(number))
        }
        _ => json!(text),
    }
}

fn number(text: &str) -> Json {
    if text == "-" {
        return Json::Null;
    }
    json!(text.replace('_', "").parse::<u64>().expect("a number"))
}

/// Compares what a table expects with what a record says.
struct Comparison {
    path: String,
    wrong: Vec<String>,
}

impl Comparison {
    fn same(&mut self, what: &str, found: &Json, expected: &Json) {
        if found != expected {
            self.wrong.push(format!("{} {what}: {found}, not {expected}", self.path));
        }
    }

    /// `FY 2017-2023`, `CY 2017- @2020-02`, `@1999` or `-`.
    fn dated(&mut self, record: &Json, text: &str) {
        let (period, as_of) = text.split_once('@').unwrap_or((text, "-"));
        match period.trim() {
            "" | "-" => self.same("period", &record["period"], &Json::Null),
            period => {
                let (basis, years) = period.split_once(' ').expect("a basis");
                let (from, to) = years.split_once('-').expect("years");
                let basis = if basis == "FY" { "fiscal_year" } else { "calendar_year" };
                let to = if to.is_empty() { "-" } else { to };
                self.same("from", &record["period"]["from"], &number(from));
                self.same("to", &record["period"]["to"], &number(to));
                self.same("basis", &record["period"]["basis"], &json!(basis));
            }
        }
        if record.get("as_of").is_some() {
            let as_of = if as_of == "-" { Json::Null } else { json!(as_of) };
            self.same("as_of", &record["as_of"], &as_of);
        }
    }

    /// That the record cites the source there, and the answer carries it.
    fn cites(&mut self, answer: &Json, source: &str, locator: Option<&str>) {
        let citations = answer["data"]["citations"].as_array().expect("citations");
        let there = |citation: &&Json| {
            citation["source"] == source
                && locator.is_none_or(|locator| citation["locator"] == locator)
        };
        if !citations.iter().any(|citation| there(&citation)) {
            let found = &answer["data"]["citations"];
            self.wrong.push(format!("{}: cites not {source} {locator:?} but {found}", self.path));
        }
        let sources = answer["sources"].as_array().expect("sources");
        if !sources.iter().any(|known| known["id"] == source && known["title"].is_string()) {
            self.wrong.push(format!("{}: the answer does not carry {source}", self.path));
        }
    }
}

/// Asks for the record of each row, which is about Colombia, and compares.
async fn compare(
    collection: &str,
    table: &'static str,
    compare: impl Fn(&mut Comparison, &Json, &[&str]),
) {
    compare_any(collection, table, |comparison, answer, row| {
        comparison.same("partner", &answer["data"]["partner"], &json!(["COL"]));
        compare(comparison, answer, row);
    })
    .await;
}

/// Asks for the record of each row and compares.
async fn compare_any(
    collection: &str,
    table: &'static str,
    compare: impl Fn(&mut Comparison, &Json, &[&str]),
) {
    let mut wrong = Vec::new();
    for row in rows(table) {
        let path = format!("{collection}{}", row[0]);
        let answer = data(&format!("/v1/{path}")).await;
        let mut comparison = Comparison { path, wrong: Vec::new() };
        compare(&mut comparison, &answer, &row);
        wrong.append(&mut comparison.wrong);
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

fn figure(comparison: &mut Comparison, answer: &Json, row: &[&str]) {
    let &[path, usd, qualifier, least, most, dated, kind, source, locator] = row else {
        panic!("a row of another length")
    };
    let record = &answer["data"];
    let amount = &record["amount"];
    comparison.same("usd", &amount["usd"], &number(usd));
    comparison.same("qualifier", &amount["qualifier"], &json!(qualifier));
    comparison.same("min_usd", &amount["min_usd"], &number(least));
    comparison.same("max_usd", &amount["max_usd"], &number(most));
    comparison.dated(record, dated);
    let key = if path.starts_with("arms-sales") { "measure" } else { "stage" };
    comparison.same(key, &record[key], &json!(kind));
    comparison.cites(answer, source, Some(locator));
}

#[tokio::test]
async fn every_figure_of_the_fact_sheet_is_answered_as_it_was_printed() {
    compare("", FACT_SHEET, figure).await;
}

#[tokio::test]
async fn figures_of_other_sources_are_answered_as_they_were_printed() {
    assert!(rows(OTHER_SOURCES).len() >= 25);
    compare("", OTHER_SOURCES, figure).await;
}

#[tokio::test]
async fn figures_of_the_white_house_are_answered_as_they_were_printed() {
    assert!(rows(WHITE_HOUSE).len() >= 25);
    compare_any("", WHITE_HOUSE, |comparison, answer, row| {
        let id = row[0].rsplit('/').next().expect("an id");
        let partner = id[..3].to_uppercase();
        comparison.same("partner", &answer["data"]["partner"], &json!([partner]));
        figure(comparison, answer, row);
    })
    .await;
}

#[tokio::test]
async fn notices_of_arms_sales_are_answered_as_they_were_printed() {
    assert!(rows(NOTICES).len() >= 25);
    compare_any("arms-sales/", NOTICES, |comparison, answer, row| {
        let record = &answer["data"];
        let amount = &record["amount"];
        comparison.same("partner", &record["partner"], &json!([row[1]]));
        comparison.same("usd", &amount["usd"], &number(row[2]));
        comparison.same("qualifier", &amount["qualifier"], &json!(row[3]));
        comparison.same("min_usd", &amount["min_usd"], &number(row[4]));
        comparison.same("max_usd", &amount["max_usd"], &number(row[5]));
        comparison.same("as_of", &record["as_of"], &json!(row[6]));
        comparison.same("confidence", &record["confidence"], &json!(row[7]));
        comparison.same("measure", &record["measure"], &json!("notification"));
        comparison.same("channel", &record["channel"], &json!("FMS"));
        comparison.cites(answer, row[8], Some(row[9]));
    })
    .await;
}

#[tokio::test]
async fn a_notice_that_repeats_another_takes_its_place_in_a_sum() {
    let first = data("/v1/arms-sales/deu-fms-notification-2023-ch47f").await;
    let second = "deu-fms-notification-2026-ch47f-modification";
    assert_eq!(first["data"]["superseded_by"], second);
    let sum = data("/v1/arms-sales/totals?partner=DEU&measure=notification").await;
    let total = &sum["total"];
    let included = total["included"].as_array().expect("ids");
    assert!(included.contains(&json!(second)), "{included:?}");
    assert!(!included.contains(&json!("deu-fms-notification-2023-ch47f")), "{included:?}");
    // Ceilings of a sample: what is on record, and no more.
    assert_eq!(total["completeness"], "partial");
    assert_eq!(total["amount"]["max_usd"], Json::Null);
}

#[tokio::test]
async fn figures_are_found_by_what_they_are_about() {
    for (asked, id) in [
        ("assistance-funding?program=FMF&fiscal_year=2020", "col-fmf-2017-2023"),
        ("assistance-funding?program=IMET&fiscal_year_min=2024", "col-imet-2020-2024"),
        // A period without a stated end touches every later year.
        ("assistance-funding?program=NADR-CWD&fiscal_year=2025", "col-nadr-cwd-since-2017"),
        ("assistance-funding?amount_qualifier=less_than&fiscal_year=2012", "col-gpoi-2010-2016"),
        ("arms-sales?channel=FMS&measure=active_cases", "col-fms-active-cases"),
        ("arms-sales?channel=DCS&fiscal_year=2022", "col-dcs-exports-2021-2023"),
        ("deployments?missions=MINUSCA", "col-minusca-minurso-experts"),
        ("deployments?missions=MINURSO", "col-minusca-minurso-experts"),
        ("deployments?personnel_min=275&personnel_max=275", "col-mfo-contingent-fact-sheet"),
        ("agreements?kind=designation&signed=2022", "col-us-mnna-designation"),
        ("memberships?active=false", "col-gpoi"),
        ("search?q=landmines", "col-us-landmine-burden"),
    ] {
        let list = data(&format!("/v1/{asked}")).await;
        let records = list["data"].as_array().expect("records");
        assert!(records.iter().any(|record| record["id"] == id), "{asked} does not find {id}");
    }
}

#[tokio::test]
async fn a_figure_that_lies_inside_another_says_so() {
    let part = data("/v1/assistance-funding/col-nadr-cwd-2023-risk-education-and-removal").await;
    assert_eq!(part["data"]["part_of"], "col-nadr-cwd-since-2017");
    let part = data("/v1/arms-sales/col-fms-deliveries-2010-uh60").await;
    assert_eq!(part["data"]["part_of"], "col-fms-deliveries-2010");
    // Basis and amount may be read with doubt: the sheet prints 2010-2016 without FY.
    let gpoi = data("/v1/assistance-funding/col-gpoi-2010-2016").await;
    assert_eq!(gpoi["data"]["period"]["basis_stated"], false);
    let fmf = data("/v1/assistance-funding/col-fmf-2017-2023").await;
    assert_eq!(fmf["data"]["period"]["basis_stated"], true);
}

#[tokio::test]
async fn every_deployment_is_answered_with_its_missions_people_and_source() {
    compare("deployments/", DEPLOYMENTS, |comparison, answer, row| {
        let record = &answer["data"];
        let list = |text: &str| match text {
            "-" => json!([]),
            _ => json!(text.split(',').collect::<Vec<_>>()),
        };
        if row[1] != "-" {
            comparison.same("organization", &record["organization"], &json!(row[1]));
        }
        comparison.same("missions", &record["missions"], &list(row[2]));
        comparison.same("areas", &record["areas"], &list(row[3]));
        comparison.same("role", &record["role"], &json!(row[4]));
        comparison.same("personnel", &record["personnel"], &number(row[5]));
        comparison.same("women", &record["women"], &number(row[6]));
        comparison.dated(record, row[7]);
        comparison.same("status", &record["status"], &json!(row[8]));
        comparison.cites(answer, row[9], None);
    })
    .await;
}

#[tokio::test]
async fn four_experts_over_two_missions_are_one_record_that_nobody_split() {
    let sheet = "citations_source=seed-state-pm-colombia";
    let both = data(&format!("/v1/deployments?missions=MINUSCA,MINURSO&{sheet}")).await;
    assert_eq!(both["meta"]["total"], 1, "the split between the missions is not stated");
    assert_eq!(both["data"][0]["personnel"], 4);
    assert_eq!(both["data"][0]["women"], 3);
}

#[tokio::test]
async fn every_agreement_and_designation_is_answered_with_its_dates() {
    compare("agreements/", AGREEMENTS, |comparison, answer, row| {
        let record = &answer["data"];
        comparison.same("kind", &record["kind"], &json!(row[1]));
        comparison.same("signed", &record["signed"], &cell(row[2]));
        comparison.same("in_force", &record["in_force"], &cell(row[3]));
        comparison.same("status", &record["status"], &json!(row[4]));
        comparison.cites(answer, row[5], Some(row[6]));
    })
    .await;
    let first = data("/v1/agreements/col-nato-ipcp-2017").await;
    assert_eq!(first["data"]["superseded_by"], "col-nato-ipcp-2019");
}

#[tokio::test]
async fn every_membership_is_answered_with_its_role_and_beginning() {
    compare("memberships/", MEMBERSHIPS, |comparison, answer, row| {
        let record = &answer["data"];
        comparison.same("role", &record["role"], &json!(row[1]));
        comparison.same("active", &record["active"], &cell(row[2]));
        comparison.same("since", &record["since"], &cell(row[3]));
        comparison.cites(answer, row[4], Some(row[5]));
    })
    .await;
}

#[tokio::test]
async fn the_partner_holds_the_standings_that_it_was_given() {
    let partner = &data("/v1/partners/COL").await["data"];
    assert_eq!(partner["alpha_2"], "CO");
    assert_eq!(partner["name"], "Colombia");
    assert_eq!(partner["region"], "western_hemisphere");
    let expected = json!([
        {"status": "major_non_nato_ally", "since": "2022-05-23", "until": null},
        {"status": "nato_partner", "since": "2017", "until": null},
        {"status": "rio_treaty_party", "since": "1948-02-03", "until": null},
    ]);
    assert_eq!(partner["statuses"], expected);
    let today = json!(["major_non_nato_ally", "nato_partner", "rio_treaty_party"]);
    assert_eq!(partner["status_current"], today);
}

#[tokio::test]
async fn cooperation_with_nato_ukraine_and_the_region_is_answered() {
    compare("cooperation/", COOPERATION, |comparison, answer, row| {
        let record = &answer["data"];
        comparison.same("area", &record["area"], &json!(row[1]));
        comparison.same("counterpart", &record["counterpart"], &json!(row[2]));
        if row[3] == "-" {
            comparison.same("period", &record["period"], &Json::Null);
        } else {
            let (_, years) = row[3].split_once(' ').expect("years");
            let (from, to) = years.split_once('-').expect("years");
            let to = if to.is_empty() { "-" } else { to };
            comparison.same("from", &record["period"]["from"], &number(from));
            comparison.same("to", &record["period"]["to"], &number(to));
        }
        let summary = record["summary"].as_str().expect("a summary");
        let said = summary.contains(row[4]);
        comparison.same(&format!("summary says `{}`", row[4]), &json!(said), &json!(true));
        comparison.cites(answer, "seed-state-pm-colombia", Some(row[5]));
    })
    .await;
}

#[tokio::test]
async fn each_program_says_what_it_is_for_and_what_contains_it() {
    let mut wrong = Vec::new();
    for row in rows(PROGRAMS) {
        let path = format!("assistance-programs/{}", row[0]);
        let answer = data(&format!("/v1/{path}")).await;
        let record = &answer["data"];
        let mut comparison = Comparison { path, wrong: Vec::new() };
        comparison.same("kind", &record["kind"], &json!(row[1]));
        let within = record["part_of"].as_array().expect("a list");
        let expected =
            if row[2] == "-" { within.is_empty() } else { within.contains(&json!(row[2])) };
        comparison.same("part_of", &json!(expected), &json!(true));
        let purpose = record["purpose"].as_str().expect("a purpose");
        let said = purpose.contains(row[3]);
        comparison.same(&format!("purpose says `{}`", row[3]), &json!(said), &json!(true));
        comparison.cites(&answer, row[4], None);
        wrong.append(&mut comparison.wrong);
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[tokio::test]
async fn where_sources_disagree_the_fact_sheet_is_one_of_the_claims() {
    for (id, kind, against, records) in [
        (
            "col-mnna-origin",
            "slip",
            ["wh-2022-05-23-col-memo"].as_slice(),
            ["agreements/col-us-mnna-designation", "agreements/col-rio-treaty"].as_slice(),
        ),
        (
            "col-un-missions-since-2016",
            "disagreement",
            &["un-res2366", "un-sc12906", "asil-res2261"],
            &["milestones/col-un-mission-created", "milestones/col-un-verification-mission-begins"],
        ),
        (
            "col-ocean-shield-role",
            "scope",
            &["nato-absalon-2015", "nato-marcom-2015", "eunavfor-2015-10"],
            &["deployments/col-ocean-shield-2015", "deployments/col-atalanta-ship-2015"],
        ),
    ] {
        let answer = data(&format!("/v1/conflicts/{id}")).await;
        let conflict = &answer["data"];
        assert_eq!(conflict["kind"], kind, "{id}");
        let claims = conflict["claims"].as_array().expect("claims");
        let claimed = |source: &str| {
            claims.iter().any(|claim| claim["source"] == source && claim["statement"].is_string())
        };
        assert!(claimed("seed-state-pm-colombia"), "{id}: the fact sheet claims nothing");
        for source in against {
            assert!(claimed(source), "{id}: {source} claims nothing");
        }
        assert!(conflict["assessment"].as_str().is_some_and(|words| words.len() > 40), "{id}");
        for record in records {
            let (collection, name) = record.split_once('/').expect("a collection and an id");
            let named = conflict["records"].as_array().expect("records").iter();
            let mut named =
                named.filter(|named| named["collection"] == collection && named["id"] == name);
            assert!(named.next().is_some(), "{id} does not name {record}");
            // And the record leads back.
            let links = data(&format!("/v1/{record}")).await["links"]["related"].clone();
            let back = format!("/v1/conflicts?records_id={name}");
            let related = links.as_array().expect("links").iter();
            let hrefs: Vec<_> = related.map(|link| link["href"].clone()).collect();
            assert!(hrefs.contains(&json!(back)), "{record} does not lead to {id}: {hrefs:?}");
        }
    }
}

#[tokio::test]
async fn what_other_sources_contradict_is_told_as_the_fact_sheets_claim() {
    let treaty = data("/v1/agreements/col-rio-treaty").await;
    let note = treaty["data"]["note"].as_str().expect("a note");
    assert!(note.contains("claim of the sheet"), "{note}");
    let conflict = data("/v1/conflicts/col-un-missions-since-2016").await;
    let assessment = conflict["data"]["assessment"].as_str().expect("an assessment");
    assert!(assessment.contains("neither is a police mission"), "{assessment}");
}
