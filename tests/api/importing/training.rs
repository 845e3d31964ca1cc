//! The file of printed totals of training.

use serde_json::json;

use super::{Import, adds_up};

const HEAD: &str = "iso3,country_as_printed,fiscal_year,fiscal_year_basis,edition,region,program_as_printed,department_as_printed,program,students_printed,cost_usd_printed,students_rows,cost_usd_rows,rows,agrees,page_first,page_last,source_url,remark";

/// A row for Colombia.
fn row(
    year: u16,
    edition: &str,
    program: &str,
    students: &str,
    cost: &str,
    remark: &str,
) -> String {
    format!(
        "COL,Colombia,{year},printed,{edition},Western Hemisphere,{program} as printed,DoS,{program},{students},{cost},1,1,1,yes,80,81,https://example.org/documents/{edition}.pdf,{remark}"
    )
}

fn import(rows: &[String]) -> Import {
    let lines: Vec<&str> = [HEAD].into_iter().chain(rows.iter().map(String::as_str)).collect();
    Import::of("training", &lines)
}

#[test]
fn a_printed_total_becomes_a_record_with_its_page_and_the_programs_that_it_needs() {
    let import = import(&[row(2010, "2010-2011", "IMET-1", "746", "1687917", "")]);
    let report = import.report(&[]);
    adds_up(&report);
    import.is_sound();
    let [record] = &import.records("training")[..] else { panic!("one record") };
    assert_eq!(record["id"], "col-imet-1-2010-edition-2010-2011");
    assert_eq!((&record["students"], &record["cost"]["usd"]), (&json!(746), &json!(1_687_917)));
    let locator = "Section IV, Western Hemisphere, pp. 80-81: Colombia, IMET-1 as printed, FY 2010";
    assert_eq!(record["citations"][0]["locator"], locator);
    // What contains a program comes with it.
    assert_eq!(import.ids("assistance-programs"), ["IMET", "IMET-1"]);
    assert_eq!(import.ids("sources"), ["foreign-military-training-2010-2011-2010-2011"]);
}

#[test]
fn the_same_program_in_a_later_edition_replaces_a_total_and_an_empty_cost_is_none() {
    let import = import(&[
        row(2000, "1999-2000", "IMET", "551", "525474", ""),
        row(2000, "2000-2001", "IMET", "689", "", "no cost printed in the total row"),
        row(2000, "1999-2000", "IMET-D&R", "1", "2", ""),
    ]);
    import.report(&[]);
    import.is_sound();
    let records = import.records("training");
    let replaced = |id: &str| {
        let record = records.iter().find(|record| record["id"] == id).expect(id);
        record["superseded_by"].clone()
    };
    let later = "col-imet-2000-edition-2000-2001";
    assert_eq!(replaced("col-imet-2000-edition-1999-2000"), later);
    assert_eq!(replaced(later), json!(null));
    assert_eq!(replaced("col-imet-dr-2000-edition-1999-2000"), json!(null));
    let record = records.iter().find(|record| record["id"] == later).expect("it");
    assert_eq!(
        (&record["cost"], &record["note"]),
        (&json!(null), &json!("The printed total gives no cost."))
    );
}

#[test]
fn a_total_that_is_printed_twice_is_refused_with_both_lines() {
    let import = import(&[
        row(2003, "2003-2004", "FMF", "1", "2", ""),
        row(2003, "2003-2004", "FMF", "3", "4", ""),
        row(2003, "2003-2004", "IMET", "5", "6", ""),
    ]);
    let report = import.report(&[]);
    adds_up(&report);
    let refused = &report["refusals"][0];
    assert_eq!(
        (&refused["reason"], &refused["lines"]),
        (&json!("duplicate_key"), &json!(["2", "3"]))
    );
    assert_eq!(import.ids("training"), ["col-imet-2003-edition-2003-2004"]);
}

#[test]
fn a_program_that_no_table_maps_stops_the_import() {
    let import = import(&[row(2003, "2003-2004", "IMTE", "1", "2", "")]);
    let (code, printed, _) = import.run(&[]);
    assert_eq!(code, 1);
    assert!(printed.contains("unmapped_program: IMTE, 2 dollars, line 2"), "{printed}");
    import.left_nothing();
}
