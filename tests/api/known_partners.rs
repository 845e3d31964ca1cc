//! Figures of many partners, as their sources print them: value, qualifier, years, what is counted, source.

use serde_json::{Value as Json, json};

use crate::reading::{found, text};
use crate::service::data;

/// Collection and id, partners, what is counted, US dollars, qualifier, years or date, source, and whether the
/// amount recurs or a newer edition replaced it.
type Known = (
    &'static str,
    &'static str,
    &'static str,
    i64,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
);

#[rustfmt::skip]
const KNOWN: &[Known] = &[
    ("assistance-funding/baltic-fmf-since-2015-edition-2018", "EST,LVA,LTU", "FMF provided", 150_000_000, "more_than", "CY 2015-", "pm-balt-2018", "replaced"),
    ("assistance-funding/baltic-fmf-since-2015-edition-2022", "EST,LVA,LTU", "FMF provided", 250_000_000, "more_than", "CY 2015-", "pm-balt-2022", ""),
    ("assistance-funding/baltic-title-10-2015-2018", "EST,LVA,LTU", "TOTAL-DEFENSE planned", 290_000_000, "exact", "FY 2015-2018", "pm-balt-2018", ""),
    ("assistance-funding/baltic-title-10-2018", "EST,LVA,LTU", "TOTAL-DEFENSE planned", 173_000_000, "approximately", "FY 2018", "pm-balt-2018", ""),
    ("assistance-funding/est-imet-yearly-edition-2018", "EST", "IMET provided", 1_200_000, "approximately", "", "pm-balt-2018", "per year"),
    ("assistance-funding/est-fmf-2016", "EST", "FMF provided", 9_000_000, "more_than", "FY 2016", "wh-balt-2016", ""),
    ("assistance-funding/lva-eri-2015", "LVA", "ERI provided", 30_000_000, "more_than", "FY 2015", "wh-balt-2016", ""),
    ("assistance-funding/ltu-fmf-2016", "LTU", "FMF provided", 9_000_000, "more_than", "FY 2016", "wh-balt-2016", ""),
    ("assistance-funding/lbn-total-security-assistance-2021", "LBN", "TOTAL-SECURITY-ASSISTANCE provided", 236_000_000, "exact", "FY 2021", "pm-lbn", ""),
    ("assistance-funding/lbn-fmf-2021", "LBN", "FMF provided", 187_000_000, "exact", "FY 2021", "pm-lbn", ""),
    ("assistance-funding/lbn-imet-2017", "LBN", "IMET provided", 2_750_000, "exact", "FY 2017", "pm-lbn-2019", ""),
    ("assistance-funding/lbn-defense-2019", "LBN", "TOTAL-DEFENSE provided", 110_000_000, "exact", "FY 2019", "pm-lbn-2020", ""),
    ("assistance-funding/lbn-total-security-assistance-since-2006", "LBN", "TOTAL-SECURITY-ASSISTANCE provided", 3_000_000_000, "more_than", "CY 2006-", "pm-lbn", ""),
    ("assistance-funding/lbn-total-security-assistance-since-2006-edition-2021", "LBN", "TOTAL-SECURITY-ASSISTANCE provided", 2_500_000_000, "more_than", "CY 2006-", "pm-lbn-2021", "replaced"),
    ("assistance-funding/lbn-imet-since-2014-edition-2021", "LBN", "IMET provided", 19_000_000, "less_than", "CY 2014-", "pm-lbn-2021", ""),
    ("assistance-funding/lbn-fmf-since-2006-embassy", "LBN", "FMF provided", 1_375_000_000, "exact", "CY 2006-", "emb-lbn", ""),
    ("assistance-funding/ukr-drawdown-19-2022-08", "UKR", "DRAWDOWN-506 ordered", 775_000_000, "less_than", "FY 2022", "state-ukr-2022-08", ""),
    ("assistance-funding/ukr-drawdown-20-2022-09", "UKR", "DRAWDOWN-506 ordered", 675_000_000, "less_than", "FY 2022", "state-ukr-2022-09", ""),
    ("assistance-funding/ukr-total-since-2014-crs-2023-10", "UKR", "TOTAL-SECURITY-ASSISTANCE mixed", 46_700_000_000, "more_than", "CY 2014-2023", "crs-ukr-2023-10", ""),
    ("assistance-funding/ukr-total-since-2022-02-crs-2023-10", "UKR", "TOTAL-SECURITY-ASSISTANCE mixed", 43_900_000_000, "more_than", "CY 2022-2023", "crs-ukr-2023-10", ""),
    ("assistance-funding/ukr-usai-2021-03", "UKR", "USAI planned", 125_000_000, "exact", "FY 2021", "dod-ukr-2021", ""),
    ("assistance-funding/ukr-total-since-2014-dod-2019-11", "UKR", "TOTAL-SECURITY-ASSISTANCE provided", 1_600_000_000, "more_than", "CY 2014-2019", "dod-ukr-2019", "replaced"),
    ("assistance-funding/jor-fmf-since-2015", "JOR", "FMF provided", 2_155_000_000, "exact", "CY 2015-", "pm-jor", ""),
    ("assistance-funding/jor-section-333-since-2018", "JOR", "SECTION-333 provided", 327_000_000, "exact", "CY 2018-", "pm-jor", ""),
    ("assistance-funding/jor-fmf-mou-2018-2022-yearly", "JOR", "FMF planned", 350_000_000, "more_than", "FY 2018-2022", "pm-jor", "per year"),
    ("assistance-funding/jor-mou-2018-2022-yearly", "JOR", "TOTAL-US-AID planned", 1_275_000_000, "exact", "FY 2018-2022", "pm-jor", "per year"),
    ("assistance-funding/jor-fmf-since-2014-edition-2021", "JOR", "FMF provided", 2_030_000_000, "exact", "CY 2014-", "pm-jor-2021", "replaced"),
    ("assistance-funding/jor-total-security-assistance-2017", "JOR", "TOTAL-SECURITY-ASSISTANCE provided", 604_000_000, "exact", "FY 2017", "pm-jor-2019", ""),
    ("assistance-funding/isr-total-bilateral-since-1948-state", "ISR", "TOTAL-US-AID provided", 130_000_000_000, "more_than", "CY 1948-", "pm-isr", ""),
    ("assistance-funding/isr-fmf-mou-2019-2028-yearly", "ISR", "FMF provided", 3_300_000_000, "exact", "FY 2019-2028", "pm-isr", "per year"),
    ("assistance-funding/isr-missile-defense-since-2009", "ISR", "MISSILE-DEFENSE-COOPERATION provided", 3_400_000_000, "exact", "FY 2009-", "pm-isr", ""),
    ("assistance-funding/isr-iron-dome-since-2011", "ISR", "IRON-DOME provided", 1_300_000_000, "exact", "FY 2011-", "pm-isr", ""),
    ("assistance-funding/isr-missile-defense-mou-2019-2028-yearly", "ISR", "MISSILE-DEFENSE-COOPERATION provided", 500_000_000, "exact", "FY 2019-2028", "pm-isr", "per year"),
    ("assistance-funding/pol-fmf-loan-2023-09", "POL", "FMF-LOAN obligated", 2_000_000_000, "exact", "2023-09-25", "tvn-pol-2023", ""),
    ("assistance-funding/pol-fmf-loan-cost-2023-09", "POL", "FMF planned", 60_000_000, "less_than", "2023-09-25", "tvn-pol-2023", ""),
    ("assistance-funding/vnm-fmf-2012-2017", "VNM", "FMF provided", 55_000_000, "more_than", "FY 2012-2017", "pm-vnm-2018", ""),
    ("assistance-funding/vnm-fmf-2016-2019", "VNM", "FMF provided", 150_000_000, "more_than", "FY 2016-2019", "pm-vnm-2020", ""),
    ("arms-sales/baltic-fms-agreements-edition-2020", "EST,LVA,LTU", "FMS agreements", 503_900_000, "approximately", "FY 2015-", "pm-balt-2022", ""),
    ("arms-sales/baltic-dcs-exports-edition-2018", "EST,LVA,LTU", "DCS authorized_exports", 322_920_000, "more_than", "CY 2014-", "pm-balt-2018", "replaced"),
    ("arms-sales/central-asia-fms-active-cases", "KAZ,KGZ,TJK,TKM,UZB", "FMS active_cases", 79_000_000, "exact", "", "pm-central-asia", ""),
    ("arms-sales/jpn-fms-active-cases-edition-2018", "JPN", "FMS active_cases", 19_600_000_000, "exact", "2018-05-21", "pm-jpn-2018", "replaced"),
    ("arms-sales/jpn-fms-active-cases-edition-2020", "JPN", "FMS active_cases", 20_000_000_000, "more_than", "", "pm-jpn", ""),
    ("arms-sales/jpn-dcs-exports-since-2013", "JPN", "DCS authorized_exports", 14_400_000_000, "more_than", "CY 2013-", "spacenews-2018", ""),
    ("arms-sales/sau-fms-active-cases-edition-2016", "SAU", "FMS active_cases", 100_000_000_000, "less_than", "2016-03-01", "pm-sau-2016", "replaced"),
    ("arms-sales/sau-fms-active-cases-edition-2019", "SAU", "FMS active_cases", 129_000_000_000, "more_than", "", "pm-sau", ""),
    ("arms-sales/sau-fms-agreements-since-2017", "SAU", "FMS agreements", 26_300_000_000, "more_than", "CY 2017-", "pm-sau", ""),
    ("arms-sales/sau-fms-framework-2017", "SAU", "FMS proposed", 110_000_000_000, "exact", "2017-05", "pm-sau", ""),
    ("arms-sales/sau-fms-notification-2024-sustainment", "SAU", "FMS notification", 2_800_000_000, "approximately", "2024-07-23", "zawya-sau-2024", ""),
    ("arms-sales/sau-fms-agreements-2011", "SAU", "FMS agreements", 3_500_000_000, "exact", "FY 2011", "dsca-fy2011", ""),
    ("arms-sales/ind-fms-announced-p8i", "IND", "FMS announced", 3_000_000_000, "exact", "", "pm-ind-2019", ""),
    ("arms-sales/ind-fms-announced-mh60r", "IND", "FMS announced", 2_600_000_000, "exact", "", "pm-ind-2019", ""),
    ("arms-sales/ind-dcs-exports-since-2008", "IND", "DCS authorized_exports", 6_600_000_000, "more_than", "CY 2008-", "siasat-ind", ""),
    ("arms-sales/ind-fms-agreements-2011", "IND", "FMS agreements", 4_500_000_000, "exact", "FY 2011", "dsca-fy2011", ""),
    ("arms-sales/isr-fms-agreements-2011", "ISR", "FMS agreements", 1_400_000_000, "exact", "FY 2011", "dsca-fy2011", ""),
    ("arms-sales/vnm-dcs-exports-2015-2019-edition-2020", "VNM", "DCS authorized_exports", 52_860_000, "exact", "CY 2015-2019", "pm-vnm-2020", "replaced"),
    ("arms-sales/vnm-dcs-exports-2015-2019-edition-2021", "VNM", "DCS authorized_exports", 32_300_000, "more_than", "CY 2015-2019", "pm-vnm-2021", ""),
    ("arms-sales/vnm-dcs-exports-2016-2021", "VNM", "DCS authorized_exports", 29_800_000, "exact", "FY 2016-2021", "pm-vnm-2023", ""),
    ("arms-sales/vnm-fms-active-cases-edition-2023", "VNM", "FMS active_cases", 118_000_000, "more_than", "", "pm-vnm-2023", ""),
    ("arms-sales/pol-fms-notification-2011-phalanx", "POL", "FMS notification", 200_000_000, "approximately", "2011-08-03", "fr-2011-19557", ""),
];

/// `FY 2015-2018`, `CY 2015-`, a date, or nothing.
fn when(record: &Json) -> String {
    let period = &record["period"];
    if period.is_null() {
        return record["as_of"].as_str().unwrap_or_default().to_owned();
    }
    let basis = if period["basis"] == "calendar_year" { "CY" } else { "FY" };
    let from = &period["from"];
    match &period["to"] {
        Json::Null => format!("{basis} {from}-"),
        to if to == from => format!("{basis} {from}"),
        to => format!("{basis} {from}-{to}"),
    }
}

/// `FMF provided`, `DCS authorized_exports`.
fn what(record: &Json) -> String {
    let either = |one: &str, other: &str| {
        text(record.get(one).or_else(|| record.get(other)).expect("one of the two"))
    };
    format!("{} {}", either("program", "channel"), either("stage", "measure"))
}

fn kept(record: &Json) -> &'static str {
    if record["per_year"] == true {
        "per year"
    } else if record["superseded_by"].is_string() {
        "replaced"
    } else {
        ""
    }
}

#[tokio::test]
async fn figures_of_many_partners_are_answered_as_their_sources_print_them() {
    let mut partners = std::collections::BTreeSet::new();
    for (place, partner, counted, usd, qualifier, years, source, keeps) in KNOWN {
        let answer = data(&format!("/v1/{place}")).await;
        let record = &answer["data"];
        let codes: Vec<String> =
            record["partner"].as_array().expect("partners").iter().map(text).collect();
        assert_eq!(codes.join(","), *partner, "{place}");
        assert_eq!(what(record), *counted, "{place}");
        assert_eq!(record["amount"]["usd"], *usd, "{place}");
        assert_eq!(record["amount"]["qualifier"], *qualifier, "{place}");
        assert_eq!(when(record), *years, "{place}");
        assert_eq!(kept(record), *keeps, "{place}");
        let cites = |list: &Json, key: &str| {
            list.as_array().expect("a list").iter().any(|one| one[key] == *source)
        };
        assert!(cites(&record["citations"], "source"), "{place} cites {source}");
        assert!(cites(&answer["sources"], "id"), "{place} is answered with {source}");
        partners.extend(codes);
    }
    assert!(KNOWN.len() >= 40 && partners.len() >= 15, "{} of {partners:?}", KNOWN.len());
}

#[tokio::test]
async fn a_joint_figure_is_found_by_each_of_its_partners_and_never_split() {
    for code in ["EST", "LVA", "LTU"] {
        let ids =
            found(&format!("/v1/assistance-funding?partner={code}&program=FMF&limit=1000")).await;
        assert!(ids.contains(&"baltic-fmf-since-2015-edition-2022".to_owned()), "{code}: {ids:?}");
    }
    let sum = data("/v1/assistance-funding/totals?partner=EST,LVA,LTU&group_by=partner").await;
    let holds = |group: &Json| {
        let ids = group["included"].as_array().expect("ids");
        ids.iter().any(|id| id.as_str().is_some_and(|id| id.starts_with("baltic-")))
    };
    assert!(!sum["data"].as_array().expect("groups").iter().any(holds));
    for group in sum["shared"].as_array().expect("groups") {
        assert_eq!(group["key"]["partner"], "EST,LTU,LVA");
    }
    let alone = data("/v1/assistance-funding/totals?partner=LTU&program=TOTAL-DEFENSE").await;
    let figures = alone["total"]["included"].as_array().expect("ids").len();
    assert_eq!((figures, &alone["total"]["amount"]["usd"]), (1, &json!(290_000_000)));
}

#[tokio::test]
async fn one_stock_over_five_partners_is_one_record() {
    for code in ["KAZ", "KGZ", "TJK", "TKM", "UZB"] {
        let ids = found(&format!("/v1/arms-sales?partner={code}&measure=active_cases")).await;
        assert_eq!(ids, ["central-asia-fms-active-cases"], "{code}");
    }
}

#[tokio::test]
async fn editions_of_one_sheet_name_the_newer_one_and_stay_out_of_sums() {
    let old = data("/v1/arms-sales/jpn-fms-active-cases-edition-2018").await;
    assert_eq!(old["data"]["superseded_by"], "jpn-fms-active-cases-edition-2020");
    let sum = data("/v1/arms-sales/totals?partner=JPN&measure=active_cases").await;
    assert_eq!(sum["total"]["amount"]["usd"], 20_000_000_000_i64);
    let out = &sum["total"]["excluded"];
    assert_eq!(out[0]["because"], "superseded", "{out}");
}

#[tokio::test]
async fn a_yearly_amount_is_never_read_as_a_total() {
    let sum = data("/v1/assistance-funding/totals?partner=ISR&program=FMF").await;
    assert_eq!(sum["total"]["amount"], Json::Null);
    assert_eq!(sum["total"]["excluded"][0]["because"], "per_year");
}

#[tokio::test]
async fn loans_and_guarantees_are_explained_and_never_added_to_grants() {
    let sum = data("/v1/assistance-funding/totals?partner=POL&group_by=partner").await;
    let group = &sum["data"][0];
    assert_eq!(group["included"], json!(["pol-fmf-loan-cost-2023-09"]));
    assert_eq!(group["amount"]["usd"], 60_000_000);
    let why = |id: &str| {
        let list = group["excluded"].as_array().expect("a list");
        list.iter().find(|out| out["id"] == id).expect("it is named")["because"].clone()
    };
    assert_eq!(why("pol-fmf-loan-2023-09"), "credit");
    assert_eq!(why("pol-fmf-loan-guarantee-2025-07"), "credit");
    let path = "/v1/assistance-funding/totals?program=FMF-LOAN,FMF-LOAN-GUARANTEE&group_by=program";
    let credit = data(path).await;
    assert_eq!(credit["total"]["amount"], Json::Null);
    assert_eq!(credit["data"][0]["reason"], "not_comparable");
    let sums: Vec<_> = credit["data"]
        .as_array()
        .expect("groups")
        .iter()
        .map(|group| (text(&group["key"]["program"]), group["amount"]["usd"].clone()))
        .collect();
    assert_eq!(
        sums,
        [
            // Of two partners in different years, which do not compare.
            ("FMF-LOAN".to_owned(), Json::Null),
            ("FMF-LOAN-GUARANTEE".to_owned(), json!(4_000_000_000_i64)),
        ]
    );
}

#[tokio::test]
async fn a_running_total_that_is_larger_than_what_is_added_is_named() {
    let asked = "partner=UKR&program=USAI,TOTAL-SECURITY-ASSISTANCE";
    let sum = data(&format!("/v1/assistance-funding/totals?{asked}")).await;
    let notes: Vec<String> =
        sum["total"]["notes"].as_array().expect("notes").iter().map(text).collect();
    let named = notes.iter().find(|note| note.contains("several stages, gives"));
    let named = named.unwrap_or_else(|| panic!("{notes:?}"));
    assert!(
        named.starts_with("ukr-total-since-2014-crs-2023-10") && named.contains("46,700,000,000")
    );
}

#[tokio::test]
async fn sums_by_partner_and_program_say_where_partners_do_not_compare() {
    let sum = data("/v1/assistance-funding/totals?partner=LBN,JOR&group_by=partner,program").await;
    let groups = sum["data"].as_array().expect("groups");
    assert!(groups.iter().all(|group| group["key"]["partner"].is_string() && group["key"]["program"].is_string()));
    let notes: Vec<String> =
        sum["total"]["notes"].as_array().expect("notes").iter().map(text).collect();
    for begins in ["Partners differ in what", "Partners differ in the years"] {
        assert!(notes.iter().any(|note| note.starts_with(begins)), "{notes:?}");
    }
    let sales = data("/v1/arms-sales/totals?partner=KOR,MEX&group_by=partner").await;
    let notes = sales["total"]["notes"].to_string();
    assert!(notes.contains("channels and measures") && notes.contains("KOR"), "{notes}");
}

#[tokio::test]
async fn signed_sales_are_added_though_they_are_part_of_a_framework_that_never_counts() {
    let sum = data("/v1/arms-sales/totals?partner=SAU&channel=FMS").await;
    let groups = sum["data"].as_array().expect("groups");
    let signed = groups.iter().find(|group| group["key"]["measure"] == "agreements");
    let ids = &signed.expect("a group")["included"];
    assert!(
        ids.as_array().expect("ids").contains(&json!("sau-fms-agreements-since-2017")),
        "{ids}"
    );
}

#[tokio::test]
async fn two_editions_that_disagree_are_told_in_a_conflict() {
    let conflict = data("/v1/conflicts/vnm-dcs-2015-2019").await["data"].clone();
    let sources: Vec<String> = conflict["claims"]
        .as_array()
        .expect("claims")
        .iter()
        .map(|claim| text(&claim["source"]))
        .collect();
    assert_eq!(sources, ["pm-vnm-2020", "pm-vnm-2021"]);
    let records: Vec<String> = conflict["records"]
        .as_array()
        .expect("records")
        .iter()
        .map(|record| text(&record["id"]))
        .collect();
    assert_eq!(
        records,
        ["vnm-dcs-exports-2015-2019-edition-2020", "vnm-dcs-exports-2015-2019-edition-2021"]
    );
    // $52.86 million against $32.3 million.
    assert_eq!(
        (&conflict["spread_usd"], &conflict["state"]),
        (&json!(20_560_000), &json!("settled"))
    );
}

#[tokio::test]
async fn the_gap_of_a_conflict_lies_between_figures_of_the_same_money_alone() {
    // The sheet's $66.9 million of FMF against the embassy's 78.45; its parts and the IMET beside it are other money.
    let conflict = data("/v1/conflicts/bgd-fmf-imet-since-2014").await["data"].clone();
    assert_eq!(conflict["spread_usd"], 11_550_000);
    // What a total says of all accounts together and of one of them is no gap.
    let conflict = data("/v1/conflicts/col-fmf-share").await["data"].clone();
    assert_eq!(conflict["spread_usd"], Json::Null);
}

#[tokio::test]
async fn each_designation_has_its_date_as_precisely_as_its_source_and_no_more() {
    let dates = [
        ("AUS", "1996-07-21"),
        ("EGY", "1996-07-21"),
        ("ISR", "1996-07-21"),
        ("JPN", "1996-07-21"),
        ("KOR", "1996-07-21"),
        ("NZL", "1996-07-21"),
        ("JOR", "1996-11-12"),
        ("ARG", "1998-01-06"),
        ("BHR", "2002-03-14"),
        ("PHL", "2003-10-06"),
        ("THA", "2003-12-30"),
        ("KWT", "2004"),
        ("MAR", "2004-06-03"),
        ("PAK", "2004-06-16"),
        ("TUN", "2015-07-10"),
        ("BRA", "2019-07-31"),
        ("QAT", "2022-03-10"),
        ("KEN", "2024-06-24"),
        ("PER", "2026-01-14"),
        ("SAU", "2026"),
    ];
    for (code, date) in dates {
        let held = data(&format!("/v1/partners/{code}")).await["data"]["statuses"].clone();
        let ally = held
            .as_array()
            .expect("statuses")
            .iter()
            .find(|held| held["status"] == "major_non_nato_ally");
        assert_eq!(ally.unwrap_or_else(|| panic!("{code}"))["since"], date, "{code}");
    }
    let ended = data("/v1/partners/AFG").await["data"]["statuses"][0].clone();
    assert_eq!((&ended["since"], &ended["until"]), (&json!("2012-07-06"), &json!("2022-09-23")));
    let treated = data("/v1/partners/TWN").await["data"]["statuses"][0].clone();
    assert_eq!(treated["status"], "treated_as_major_non_nato_ally");
}

#[tokio::test]
async fn a_filter_and_a_facet_find_the_standings_of_today() {
    let list = data("/v1/partners?limit=0&facets=status_current").await;
    let counted = |status: &str| {
        let counts = list["facets"]["status_current"].as_array().expect("counts");
        counts
            .iter()
            .find(|one| one["value"] == status)
            .map_or(Json::Null, |one| one["count"].clone())
    };
    for (status, count) in [
        ("major_non_nato_ally", 21),
        ("nato_member", 31),
        ("major_defense_partner", 2),
        ("treated_as_major_non_nato_ally", 1),
    ] {
        assert_eq!(counted(status), count, "{status}");
        let found = data(&format!("/v1/partners?limit=0&status_current={status}")).await;
        assert_eq!(found["meta"]["total"], count, "{status}");
    }
    // Afghanistan was an ally until 2022, so that one more held the standing at some time.
    let ever = data("/v1/partners?limit=0&statuses_status=major_non_nato_ally").await;
    assert_eq!(ever["meta"]["total"], 22);
    assert_eq!(data("/v1/partners/AFG").await["data"]["status_current"], json!([]));
    let regions = data("/v1/partners?limit=0&region=null").await;
    assert_eq!(regions["meta"]["total"], 0, "every partner has its region");
}

#[tokio::test]
async fn the_timeline_names_the_event_that_a_date_of_an_agreement_is_of() {
    let designation = data("/v1/agreements/col-us-mnna-designation").await["data"].clone();
    let event = designation["date_event"].clone();
    assert_eq!((&event, &designation["signed"]), (&json!("designated"), &json!("2022-05-23")));
    let timeline =
        data("/v1/timeline?partner=COL&kind=agreements&from=2022-05-23&to=2022-05-23").await;
    let entries = timeline["data"].as_array().expect("entries");
    let of_it = |entry: &&Json| entry["id"] == "col-us-mnna-designation";
    assert_eq!(entries.iter().find(of_it).expect("its entry")["event"], event);
}
