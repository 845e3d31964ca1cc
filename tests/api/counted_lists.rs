//! Lists that are safe to add up: what a column of counted figures makes is what the totals answer.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use serde_json::{Value as Json, json};

use crate::reading::{refused, text, walked, with};
use crate::service::{data, get};

const ASSISTANCE: &str = "/v1/assistance-funding";
const SALES: &str = "/v1/arms-sales";
const PEOPLE: &str = "/v1/deployments";

/// A list with its column of what is counted, and the place of the same in a sum.
type Counted = (&'static str, &'static str, &'static str);

const MONEY: Counted = (ASSISTANCE, "counted_usd", "/amount/usd");
const SOLD: Counted = (SALES, "counted_usd", "/amount/usd");
const SENT: Counted = (PEOPLE, "counted_personnel", "/count/personnel");

/// The rows of the list as CSV: what each adds, by its id.
async fn column((list, column, _): Counted, question: &str) -> BTreeMap<String, Option<i64>> {
    let answer = get(&format!("{list}.csv?{question}")).await;
    assert_eq!(answer.status, 200, "{list} {question}: {}", answer.text());
    let mut reader = csv::Reader::from_reader(answer.bytes.as_slice());
    let rows = reader.deserialize::<BTreeMap<String, String>>().map(|row| row.expect("a row"));
    rows.map(|row| {
        assert_eq!(row["counting"] == "counted", !row[column].is_empty(), "{question}: {row:?}");
        let counted = (!row[column].is_empty()).then(|| row[column].parse().expect("a number"));
        (row["id"].clone(), counted)
    })
    .collect()
}

fn sum<'c>(column: impl IntoIterator<Item = &'c Option<i64>>) -> Option<i64> {
    column.into_iter().flatten().copied().reduce(|one, other| one + other)
}

/// Holds the column of a list against the total of the same question.
async fn makes_the_total(counted: Counted, question: &str) {
    let (list, _, amount) = counted;
    let column = column(counted, question).await;
    let totals = data(&format!("{list}/totals?{question}")).await;
    let total = totals["total"].pointer(amount).and_then(Json::as_i64);
    assert_eq!(sum(column.values()), total, "{list} {question}");
}

/// Holds the column of a list against each group of the same question.
async fn makes_each_group(counted: Counted, question: &str, by: &str) {
    let (list, _, amount) = counted;
    let column = column(counted, &format!("{question}&counted_by={by}")).await;
    let totals = data(&format!("{list}/totals?{question}&group_by={by}")).await;
    let groups = ["data", "shared"].into_iter().filter_map(|key| totals[key].as_array()).flatten();
    let mut all = 0;
    for group in groups {
        let ids = |key: &str| group[key].as_array().expect("a list").clone();
        let own: BTreeSet<String> = ids("included")
            .iter()
            .map(text)
            .chain(ids("excluded").iter().map(|out| text(&out["id"])))
            .collect();
        let made = sum(own.iter().map(|id| &column[id]));
        let wanted = group.pointer(amount).and_then(Json::as_i64);
        assert_eq!(made, wanted, "{list} {question} by {by}: {}", group["key"]);
        all += wanted.unwrap_or_default();
    }
    assert_eq!(sum(column.values()).unwrap_or_default(), all, "{list} {question} by {by}");
}

#[tokio::test]
async fn what_is_counted_of_a_list_sums_to_the_total_of_the_same_question() {
    for question in [
        "",
        "partner=COL",
        "partner=COL&prefer=detail",
        "partner=COL&program=NADR-CWD&fiscal_year_min=2017",
        "partner=COL&program=FMF,IMET,INCLE&fiscal_year_min=2000&fiscal_year_max=2012",
        "partner=COL&program_within=TOTAL-MILITARY-POLICE",
        "partner=COL&program_within=NADR&prefer=detail",
        "partner=COL&stage=request&fiscal_year=2024",
        "partner=COL&objective=economic,mixed",
        "partner=COL&amount_usd_max=60000000",
        "partner=EST,LVA,LTU&program=ERI",
        "partner=EST&program=ERI",
        "partner=COL,PER&program=FMF",
        "partner=UKR",
        "partner=JOR",
        "fiscal_year=1990",
    ] {
        makes_the_total(MONEY, question).await;
    }
    // The order of rows changes nothing.
    let sorted = column(MONEY, "partner=COL&sort=-amount_usd").await;
    assert_eq!(sorted, column(MONEY, "partner=COL").await);
    for question in ["", "partner=MAR&measure=active_cases", "partner=COL", "channel=DCS"] {
        makes_the_total(SOLD, question).await;
    }
    for question in ["", "partner=COL", "partner=MAR,BGD", "missions=UNIFIL&prefer=detail"] {
        makes_the_total(SENT, question).await;
    }
}

#[tokio::test]
async fn what_is_counted_by_groups_sums_to_the_amount_of_each() {
    for (question, by) in [
        ("", "partner,program"),
        ("partner=COL", "program"),
        ("partner=COL", "fiscal_year"),
        ("partner=COL&prefer=detail", "program,fiscal_year"),
        ("partner=COL", "objective"),
        ("partner=COL", "stage"),
        ("partner=EST,LVA,LTU", "partner"),
        ("program_within=NADR", "partner"),
    ] {
        makes_each_group(MONEY, question, by).await;
    }
    for (question, by) in [("", "partner"), ("partner=COL", "channel,measure")] {
        makes_each_group(SOLD, question, by).await;
    }
    for (question, by) in [("", "partner"), ("partner=COL", "mission"), ("", "organization,role")] {
        makes_each_group(SENT, question, by).await;
    }
}

/// Numbers that look like chance and are the same each time.
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits") % bound
    }

    fn of<'v, T>(&mut self, values: &'v [T]) -> &'v T {
        &values[self.below(values.len())]
    }
}

#[tokio::test]
async fn a_hundred_questions_at_random_sum_to_their_totals_and_groups() {
    let facets =
        data(&format!("{ASSISTANCE}?limit=0&facets=partner,program")).await["facets"].clone();
    let values = |name: &str| -> Vec<String> {
        facets[name].as_array().expect("values").iter().map(|one| text(&one["value"])).collect()
    };
    let (partners, programs) = (values("partner"), values("program"));
    let groupings: [&str; 5] = ["partner", "program", "fiscal_year", "stage", "partner,program"];
    let mut chance = Chance(17);
    for number in 0..100 {
        let mut asked = vec![format!("partner={}", chance.of(&partners))];
        if chance.below(3) == 0 {
            asked = vec![format!("{},{}", asked[0], chance.of(&partners))];
        }
        if chance.below(2) == 0 {
            let (one, other) =
                (chance.of(&programs[..12.min(programs.len())]), chance.of(&programs));
            asked.push(format!("program={one},{other}"));
        }
        if chance.below(2) == 0 {
            let from = 1996 + chance.below(28);
            asked.push(format!("fiscal_year_min={from}"));
            asked.push(format!("fiscal_year_max={}", from + chance.below(8)));
        }
        if chance.below(3) == 0 {
            asked.push("prefer=detail".to_owned());
        }
        let question = asked.join("&");
        makes_the_total(MONEY, &question).await;
        if number % 4 == 0 {
            makes_each_group(MONEY, &question, groupings[chance.below(groupings.len())]).await;
        }
    }
}

#[tokio::test]
async fn a_row_says_why_it_is_not_counted() {
    let question = "partner=COL&program=NADR-CWD&fiscal_year_min=2017";
    let list = data(&format!("{ASSISTANCE}?{question}")).await;
    let rows = list["data"].as_array().expect("rows");
    let said: Vec<_> =
        rows.iter().map(|row| (row["counting"].clone(), row["counted_usd"].clone())).collect();
    assert_eq!(
        said,
        [
            (json!("inside_another"), Json::Null),
            (json!("outside_years"), Json::Null),
            (json!("counted"), json!(147_000_000)),
        ]
    );
    // A record by itself is in no sum.
    let item = data(&format!("{ASSISTANCE}/{}", text(&rows[2]["id"]))).await;
    assert!(item["data"].get("counting").is_none() && item["data"].get("counted_usd").is_none());
}

#[tokio::test]
async fn the_pages_of_a_list_are_decided_over_all_that_match() {
    let question = "partner=COL";
    let rows = walked(&format!("{ASSISTANCE}?{question}")).await;
    assert!(rows.len() > 50, "more than a page");
    let by_id = column(MONEY, question).await;
    for row in &rows {
        assert_eq!(row["counted_usd"].as_i64(), by_id[&text(&row["id"])], "{row}");
    }
    let lines = get(&format!("{ASSISTANCE}.ndjson?{question}")).await.text();
    let lines: Vec<Json> =
        lines.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!(lines, rows);
}

#[tokio::test]
async fn a_part_of_an_answer_is_no_sum() {
    for (list, amount, _) in [MONEY, SOLD, SENT] {
        for part in ["limit=1000", "limit=3&offset=3", "q=a", "q=a&counted_by=partner"] {
            let rows = data(&format!("{list}?{part}")).await["data"].clone();
            for row in rows.as_array().expect("rows") {
                assert_eq!((&row["counting"], &row[amount]), (&Json::Null, &Json::Null), "{part}");
                assert!(row.get(amount).is_some(), "the key is there: {part}");
            }
        }
        for part in ["limit=1000", "offset=1", "q=a"] {
            let csv = get(&format!("{list}.csv?{part}&fields=counting,{amount}")).await.text();
            let mut lines = csv.lines();
            assert_eq!(lines.next(), Some(format!("counting,{amount}").as_str()));
            assert!(lines.all(|line| line == ","), "{list} {part}: {csv}");
        }
    }
}

#[tokio::test]
async fn where_the_total_has_no_amount_no_row_has_one_and_says_why() {
    let rows =
        data(&format!("{ASSISTANCE}.json?partner=COL,UKR&fields=counting,counted_usd")).await;
    let total = data(&format!("{ASSISTANCE}/totals?partner=COL,UKR")).await["total"].clone();
    assert_eq!(total["reason"], "not_comparable");
    let rows = rows["data"].as_array().expect("rows");
    assert!(rows.iter().all(|row| row["counted_usd"].is_null()));
    assert!(rows.iter().any(|row| row["counting"] == "not_comparable"));
    let sales = data(&format!("{SALES}.json?fields=counting,counted_usd")).await;
    let sales = sales["data"].as_array().expect("rows");
    assert!(sales.iter().any(|row| row["counting"] == "different_measure"));
}

#[tokio::test]
async fn keys_are_chosen_like_any_other() {
    let path = format!("{ASSISTANCE}?partner=COL&program=IMET&fields=counted_usd,id");
    let rows = data(&path).await["data"].clone();
    let first = rows[0].as_object().expect("an object");
    assert_eq!(first.keys().collect::<Vec<_>>(), ["id", "counted_usd"]);
    let rows = data(&path.replace("counted_usd,id", "id,amount")).await["data"].clone();
    assert_eq!(
        rows[0].as_object().expect("an object").keys().collect::<Vec<_>>(),
        ["id", "amount"]
    );
    let problem = get(&format!("{PEOPLE}?fields=counted_usd")).await;
    assert_eq!(problem.status, 400);
    refused(&format!("{PEOPLE}?counted_by=program"), "counted_by").await;
    refused(&format!("{PEOPLE}?program_within=FMF"), "program_within").await;
    refused(&format!("{ASSISTANCE}?prefer=most"), "prefer").await;
    refused("/v1/agreements?counted_by=partner", "counted_by").await;
    refused("/v1/agreements?fields=counting", "fields").await;
}

#[tokio::test]
async fn a_list_takes_a_program_with_all_that_is_inside_it() {
    let programs = |rows: &Json| -> BTreeSet<String> {
        rows["data"].as_array().expect("rows").iter().map(|row| text(&row["program"])).collect()
    };
    let within = data(&format!("{ASSISTANCE}?partner=COL&program_within=NADR&limit=1000")).await;
    let found = programs(&within);
    assert!(
        found.contains("NADR-CWD") && found.iter().all(|code| code.starts_with("NADR")),
        "{found:?}"
    );
    // The list that a sum names is the list of what it was made of.
    let path = format!(
        "{ASSISTANCE}/totals?partner=COL&program_within=NADR&prefer=detail&group_by=program"
    );
    let totals = data(&path).await;
    let figures = text(&totals["links"]["figures"]);
    let listed = data(&figures).await;
    assert_eq!(listed["meta"]["total"], totals["meta"]["figures"], "{figures}");
    let next = data(&with(&figures, "limit=2")).await["links"]["next"].clone();
    assert!(text(&next).contains("program_within=NADR"), "{next}");
}

fn sheet(bytes: &[u8], name: &str) -> Vec<Vec<Data>> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes.to_vec())).expect("a workbook");
    let range = book.worksheet_range(name).expect("the sheet");
    range.rows().map(<[Data]>::to_vec).collect()
}

#[tokio::test]
async fn a_workbook_has_the_total_of_what_is_counted_beside_its_records() {
    let question = "partner=COL&program=NADR-CWD&fiscal_year_min=2017";
    let book = get(&format!("{ASSISTANCE}.xlsx?{question}")).await.bytes;
    let about = sheet(&book, "about");
    let name = Data::String("total of counted_usd".to_owned());
    let total = about.iter().find(|row| row[0] == name).expect("the total");
    assert_eq!(total[1], Data::Float(147_000_000.0));
    // No row of the records is a total, which whoever adds up the column would add too.
    let records = sheet(&book, "assistance-funding");
    let place = records[0].iter().position(|cell| *cell == Data::String("counted_usd".to_owned()));
    let column: Vec<&Data> =
        records[1..].iter().map(|row| &row[place.expect("the column")]).collect();
    assert_eq!(column, [&Data::Empty, &Data::Empty, &Data::Float(147_000_000.0)]);
    let grouped = get(&format!("{ASSISTANCE}.xlsx?{question}&counted_by=program")).await.bytes;
    let about = sheet(&grouped, "about");
    let total = about.iter().find(|row| row[0] == name).expect("the line");
    assert_eq!(total[1], Data::Empty);
}

#[tokio::test]
async fn what_is_known_of_sets_stands_beside_lists_sums_and_in_every_file() {
    let kinds = |answer: &Json| -> Vec<String> {
        let extents = answer["meta"]["extents"].as_array().expect("a list").iter();
        extents.filter_map(|set| set["kind"].as_str().map(str::to_owned)).collect()
    };
    let drawdowns = data(&format!("{ASSISTANCE}?partner=UKR&limit=1")).await;
    assert_eq!(kinds(&drawdowns), ["DRAWDOWN-506", "USAI"]);
    assert_eq!(kinds(&data(&format!("{ASSISTANCE}?partner=UKR&program=USAI")).await), ["USAI"]);
    assert_eq!(kinds(&data(&format!("{ASSISTANCE}?partner=COL")).await), [""; 0]);
    let notices = data(&format!("{SALES}?partner=KOR&measure=notification")).await;
    assert_eq!(kinds(&notices), ["notification"]);
    let people = data(PEOPLE).await["meta"]["extents"].clone();
    assert_eq!(people[0]["extent"], "sample");
    let index = data("/v1").await["data"]["extents"].clone();
    let package = get("/v1/datapackage.json").await.json()["extents"].clone();
    assert_eq!(index, package);
    assert!(index.as_array().expect("a list").len() >= 8);
    let book = get(&format!("{ASSISTANCE}.xlsx?partner=UKR")).await.bytes;
    let named = Data::String("sample: UKR, DRAWDOWN-506".to_owned());
    assert!(sheet(&book, "about").iter().any(|row| row[1] == named));
}
