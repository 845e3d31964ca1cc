//! The file of U.S. personnel by country and year.

use serde_json::json;

use super::{Import, adds_up};

const HEAD: &str = "iso3c,countryname,year,troops_ad,army_ad,navy_ad,air_force_ad,marine_corps_ad,coast_guard_ad,space_force_ad,total_selected_reserve,dod_civilian";

fn import(rows: &[&str]) -> Import {
    let lines: Vec<&str> = [HEAD].into_iter().chain(rows.iter().copied()).collect();
    Import::of("us-personnel", &lines)
}

#[test]
fn a_count_says_whom_it_takes_in_and_that_changes_in_2018() {
    let import =
        import(&["QAT,Qatar,2017,6567,1,1,1,1,0,0,5,7", "QAT,Qatar,2018,837,1,1,1,1,0,0,NA,7"]);
    let report = import.report(&[]);
    adds_up(&report);
    import.is_sound();
    let [before, after] = &import.records("us-personnel")[..] else { panic!("two records") };
    assert_eq!((&before["id"], &before["counted"]), (&json!("qat-2017"), &json!("present")));
    assert_eq!(
        (&after["counted"], &after["reserve"]),
        (&json!("permanently_assigned"), &json!(null))
    );
    assert_eq!((&after["active_duty"], &after["as_of"]), (&json!(837), &json!("2018")));
    assert_eq!(report["people"]["written"], 6567 + 5 + 7 + 837 + 7);
}

#[test]
fn doubtful_numbers_two_spellings_of_a_country_and_the_united_states_are_refused() {
    let import = import(&[
        "DEU,Germany,2008,110855,1,1,1,1,0,0,0,0",
        "AFG,Afghanistan,2019,26000,0,0,0,0,0,0,0,0",
        "USA,United States,2019,1100000,1,1,1,1,0,0,1,1",
        "CZE,Czech Republic,2013,0,0,0,0,0,0,0,0,0",
        "CZE,Czechia,2013,17,4,0,4,9,0,0,1,0",
        "CZE,Czechia,2014,18,4,0,4,9,0,0,1,0",
        "SMR,San Marino,2014,0,0,0,0,0,0,0,0,0",
    ]);
    let report = import.report(&[]);
    adds_up(&report);
    let refused = &report["rows"]["refused"];
    let expected = json!({"united_states": 1, "doubtful": 2, "duplicate_key": 2, "only_zeros": 1});
    assert_eq!(*refused, expected);
    assert_eq!(import.ids("us-personnel"), ["cze-2014"]);
    assert_eq!(import.ids("partners"), ["CZE"]);
}

#[test]
fn a_number_that_is_none_is_a_fault_with_its_line() {
    let import = import(&["COL,Colombia,2016,many,0,0,0,0,0,0,0,0"]);
    let (code, _, error) = import.run(&[]);
    assert_eq!(code, 1);
    assert!(error.contains("line 2: expected a number of people, found `many`"), "{error}");
    import.left_nothing();
}
