//! Files of ForeignAssistance.gov, by country and by funding account.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde_json::{Value as Json, json};

use super::{Import, adds_up};

const HEAD: &str = "Country Code,Country Name,Region ID,Region Name,Income Group Acronym,Income Group Name,Transaction Type ID,Transaction Type Name,Fiscal Year,current_amount,constant_amount";

/// A row of a file by country.
fn row(code: &str, name: &str, kind: &str, year: &str, usd: i64) -> String {
    format!("{code},\"{name}\",6,Somewhere,LIC,Low Income,2,{kind},{year},{usd},1")
}

fn by_country(rows: &[String]) -> Import {
    let lines: Vec<&str> = [HEAD].into_iter().chain(rows.iter().map(String::as_str)).collect();
    Import::of("foreign-assistance", &lines)
}

fn reasons(report: &Json) -> BTreeMap<String, i64> {
    let refused = report["rows"]["refused"].as_object().expect("reasons");
    refused.iter().map(|(why, rows)| (why.clone(), rows.as_i64().expect("rows"))).collect()
}

fn lines_of(report: &Json, reason: &str) -> Vec<Json> {
    let all = report["refusals"].as_array().expect("refusals").iter();
    let of = all.filter(|refused| refused["reason"] == reason);
    of.flat_map(|refused| refused["lines"].as_array().expect("lines").clone()).collect()
}

#[test]
fn each_row_becomes_a_record_in_a_package_that_check_accepts() {
    let import = by_country(&[
        row("COL", "Colombia", "Obligations", "2012", 697_132_522),
        row("COL", "Colombia", "Appropriated and Planned", "2012", 443_010_000),
        row("COL", "Colombia", "Disbursements", "2012", 5),
        row("COL", "Colombia", "President's Budget Requests", "2012", 0),
        row("MEX", "Mexico", "Obligations", "2024", 7),
    ]);
    let report = import.report(&["--retrieved", "2023-10"]);
    adds_up(&report);
    assert_eq!(report["records"], 5);
    import.is_sound();
    let ids = import.ids("foreign-assistance");
    let expected = [
        "col-2012-disbursed",
        "col-2012-obligated",
        "col-2012-planned",
        "col-2012-request",
        "mex-2024-obligated",
    ];
    assert_eq!(ids, expected);
    let records = import.records("foreign-assistance");
    assert_eq!(
        records[2]["amount"],
        json!({"usd": 443_010_000, "qualifier": "exact", "rounded_to_usd": null})
    );
    assert_eq!(records[3]["amount"]["usd"], 0, "a zero that the file states is a stated zero");
    let partners = import.records("partners");
    assert_eq!(
        (&partners[1]["name_es"], &partners[1]["region"]),
        (&json!("México"), &json!("western_hemisphere"))
    );
    let source = &import.records("sources")[0];
    let note = source["note"].as_str().expect("a note");
    assert!(note.contains("official.csv"), "{note}");
}

#[test]
fn what_is_no_yearly_figure_of_a_country_is_refused_by_reason_and_line_to_the_dollar() {
    let import = by_country(&[
        row("COL", "Colombia", "Obligations", "2012", 10),
        row("WLD", "World", "Obligations", "2012", 20),
        row("NULL", "Soviet Union (former)", "Obligations", "1960", 30),
        row("CS-KM", "Kosovo", "Obligations", "2012", 40),
        row("COL", "Colombia", "Obligations", "1976tq", 50),
        row("COL", "Colombia", "Initial Allocations", "2012", 60),
        row("PER", "Peru", "Obligations", "2012", -70),
        row("SDN", "Sudan", "Obligations", "2008", 80),
        row("SDF", "Sudan (former)", "Obligations", "2008", 90),
        row("USA", "United States", "Obligations", "2012", 100),
    ]);
    let report = import.report(&[]);
    adds_up(&report);
    let expected = [
        ("duplicate_key", 2),
        ("former_state", 1),
        ("initial_allocation", 1),
        ("negative", 1),
        ("no_iso_code", 1),
        ("region", 1),
        ("transition_quarter", 1),
        ("united_states", 1),
    ];
    assert_eq!(reasons(&report), expected.map(|(why, rows)| (why.to_owned(), rows)).into());
    assert_eq!(report["usd"]["refused"]["negative"], -70);
    assert_eq!(report["usd"]["refused"]["duplicate_key"], 170);
    assert_eq!(lines_of(&report, "duplicate_key"), ["9", "10"]);
    assert_eq!(lines_of(&report, "former_state"), ["4"]);
    assert_eq!(lines_of(&report, "negative"), ["8"]);
    assert_eq!(import.ids("foreign-assistance"), ["col-2012-obligated"]);
    assert_eq!(import.ids("partners"), ["COL"], "a partner of refused rows alone is not made");
}

#[test]
fn flags_leave_rows_out_and_count_them() {
    let import = by_country(&[
        row("COL", "Colombia", "Obligations", "2000", 1),
        row("COL", "Colombia", "Obligations", "2001", 2),
        row("COL", "Colombia", "Disbursements", "2001", 3),
        row("PER", "Peru", "Obligations", "2001", 4),
        row("XXX", "Nowhere", "Obligations", "2001", 5),
    ]);
    let report =
        import.report(&["--partner", "COL", "--since", "2001", "--type", "obligations,planned"]);
    adds_up(&report);
    assert_eq!(reasons(&report), [("not_asked".to_owned(), 4)].into());
    assert_eq!(import.ids("foreign-assistance"), ["col-2001-obligated"]);
}

#[test]
fn what_no_table_maps_stops_the_import_unless_it_is_to_be_skipped() {
    let import = by_country(&[
        row("COL", "Colombia", "Obligations", "2001", 2),
        row("COL", "Colombo", "Obligations", "2002", 3),
    ]);
    let (code, printed, _) = import.run(&["--format", "json"]);
    let report: Json = serde_json::from_str(&printed).expect("a report");
    assert_eq!((code, &report["imported"]), (1, &json!(false)));
    adds_up(&report);
    assert_eq!(lines_of(&report, "unmapped_country"), ["3"]);
    import.left_nothing();
    let report = import.report(&["--skip-unmapped"]);
    assert_eq!(reasons(&report), [("unmapped_country".to_owned(), 1)].into());
    assert_eq!(import.ids("foreign-assistance"), ["col-2001-obligated"]);
}

#[test]
fn a_broken_file_changes_nothing_and_every_fault_has_its_line() {
    let good = row("COL", "Colombia", "Obligations", "2001", 2);
    let bad_year = row("COL", "Colombia", "Obligations", "200I", 2);
    let bad_type = row("COL", "Colombia", "Obligation", "2002", 2);
    let bad_sum = good.replace(",2,1", ",2.5,1");
    let import = by_country(&[good, bad_year, bad_type, bad_sum, "COL,Colombia".to_owned()]);
    let (code, printed, error) = import.run(&[]);
    assert_eq!((code, printed.as_str()), (1, ""));
    for expected in [
        "official.csv, line 3: expected a fiscal year of four digits, found `200I`",
        "official.csv, line 4: unknown transaction type `Obligation`; is it `Obligations`?",
        "official.csv, line 5: expected whole US dollars in `current_amount`, found `2.5`",
        "official.csv, line 6: expected 11 values, as the head has columns; found 2",
    ] {
        assert!(error.contains(expected), "{error}");
    }
    import.left_nothing();
}

#[test]
fn columns_are_found_by_name_and_a_head_without_one_names_the_nearest() {
    let import = Import::of(
        "foreign-assistance",
        &[
            "FISCAL_YEAR,Country_Name,country code,transaction type name,Current Dollar Amount",
            "2001,Colombia,COL,Obligations,5.00",
        ],
    );
    assert_eq!(import.report(&[])["records"], 1);
    let import = Import::of(
        "foreign-assistance",
        &[
            "Country Code,Country Name,Transaction Type Name,Fiscal Yaer,constant_amount",
            "COL,Colombia,Obligations,2001,5",
        ],
    );
    let (code, _, error) = import.run(&[]);
    assert_eq!(code, 1);
    assert!(
        error.contains("line 1: expected a column `Fiscal Year`; is it `Fiscal Yaer`?"),
        "{error}"
    );
    assert!(error.contains("expected a column `current_amount`"), "{error}");
    import.left_nothing();
}

#[test]
fn transactions_of_an_account_are_added_to_the_dollar() {
    const ACCOUNTS: [&str; 3] =
        ["Foreign Military Financing Program", "Peacekeeping Operations", "Economic Support Fund"];
    let mut text = "Country Code,Country Name,Funding Account Name,Transaction Type Name,Fiscal Year,Current Dollar Amount".to_owned();
    let mut sums: BTreeMap<String, i64> = BTreeMap::new();
    let mut state = 7_i64;
    for _ in 0..5_000 {
        state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
        let (code, name) = [("COL", "Colombia"), ("PER", "Peru"), ("KEN", "Kenya")]
            [usize::try_from(state % 3).expect("a place")];
        let account = usize::try_from(state / 3 % 3).expect("a place");
        let year = 2001 + state / 9 % 20;
        let usd = state % 1_000_003 - 3_000;
        write!(text, "\n{code},{name},{},Obligations,{year},{usd}", ACCOUNTS[account])
            .expect("text");
        let id =
            format!("{}-{}-{year}-obligated", code.to_lowercase(), ["fmf", "pko", "esf"][account]);
        *sums.entry(id).or_default() += usd;
    }
    let import = Import::of("foreign-assistance", &text.lines().collect::<Vec<_>>());
    let report = import.report(&[]);
    adds_up(&report);
    import.is_sound();
    let records = import.records("foreign-assistance");
    let written = records.iter().map(|record| {
        let usd = record["amount"]["usd"].as_i64().expect("dollars");
        (record["id"].as_str().expect("an id").to_owned(), usd)
    });
    sums.retain(|_, usd| *usd >= 0);
    assert_eq!(written.collect::<BTreeMap<_, _>>(), sums);
}

#[test]
fn an_account_that_no_table_maps_stops_the_import() {
    let import = Import::of(
        "foreign-assistance",
        &[
            "Country Code,Country Name,Funding Account Name,Transaction Type Name,Fiscal Year,Current Dollar Amount",
            "COL,Colombia,Secret Fund,Obligations,2001,5",
        ],
    );
    let (code, printed, _) = import.run(&[]);
    assert_eq!(code, 1);
    assert!(printed.contains("unmapped_account: Secret Fund, 5 dollars, line 2"), "{printed}");
    import.left_nothing();
}

#[test]
#[ignore = "a million rows take minutes in a debug build; `cargo test -- --ignored million` runs it"]
fn a_million_rows_are_imported_in_less_than_200_mb_with_each_sum_to_the_dollar() {
    const ROWS: i64 = 1_000_000;
    let mut text = "Country Code,Country Name,Funding Account Name,Transaction Type Name,Fiscal Year,Current Dollar Amount\n".to_owned();
    let mut sum = 0;
    for row in 0..ROWS {
        let (code, name) = [("COL", "Colombia"), ("PER", "Peru"), ("KEN", "Kenya")]
            [usize::try_from(row % 3).expect("a place")];
        let (kind, usd) = (
            ["Obligations", "Disbursements"][usize::try_from(row / 3 % 2).expect("a place")],
            row * 7 % 90_001,
        );
        let year = 1950 + row / 6 % 75;
        writeln!(text, "{code},{name},Peacekeeping Operations,{kind},{year},{usd}").expect("text");
        sum += usd;
    }
    let import = Import::of("foreign-assistance", &[text.trim_end()]);
    let (file, out) = (import.file().display().to_string(), import.out().display().to_string());
    let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_partnership-api"))
        .args(["import", "foreign-assistance", &file, "--out", &out])
        .spawn()
        .expect("the binary runs");
    let mut most = 0;
    while child.try_wait().expect("a child").is_none() {
        let status =
            std::fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kib = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<u64>().ok());
        most = most.max(kib.unwrap_or_default());
        std::thread::yield_now();
    }
    assert!(most > 0 && most < 200_000, "{most} kB");
    let records = import.records("foreign-assistance");
    assert_eq!(records.len(), 450);
    let written: i64 = records.iter().filter_map(|record| record["amount"]["usd"].as_i64()).sum();
    assert_eq!(written, sum);
}
