//! What each component of the service takes by itself, over 10,000 synthetic records: `cargo bench`.

mod synthetic;

use std::collections::BTreeMap;
use std::future::ready;
use std::hint::black_box;

use axum::body::{Body, to_bytes};
use axum::http::header::{ACCEPT_ENCODING, CONTENT_TYPE};
use axum::http::{Request, Response, StatusCode};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use http_body_util::BodyExt as _;
use partnership_api::collections::AssistanceFunding;
use partnership_api::dataset::{Dataset, Package};
use partnership_api::http::{self, App, Limits, Links};
use partnership_api::query::{Query, SearchQuery, SearchWords, search};
use partnership_api::render::{columns, csv, ndjson};
use serde_json::{Value as Json, json};
use tokio::runtime::Runtime;
use tower::{Layer as _, ServiceExt as _};
use tower_http::CompressionLevel;
use tower_http::compression::CompressionLayer;

const RECORDS: usize = 10_000;

fn package() -> Package {
    Package::of(synthetic::files(RECORDS, None))
}

fn dataset() -> Dataset {
    Dataset::load(&package()).expect("what is made has no fault")
}

fn question(dataset: &Dataset, asked: &[(&str, &str)]) -> Query<AssistanceFunding> {
    let pairs: Vec<_> =
        asked.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    Query::parse(&pairs, &dataset.assistance_funding, &[]).expect("a sound question")
}

/// From files to tables that can be asked.
fn load(criterion: &mut Criterion) {
    let package = package();
    let mut group = criterion.benchmark_group("load");
    group.sample_size(10).throughput(Throughput::Elements(RECORDS as u64));
    group.bench_function("10,000 records", |bencher| {
        // Letting go of a dataset is no part of it.
        bencher.iter_with_large_drop(|| Dataset::load(black_box(&package)));
    });
}

/// From two releases to what changed between them, of ten times as many records: one in a hundred is another.
fn changes(criterion: &mut Criterion) {
    const MANY: usize = 10 * RECORDS;
    let mut files = synthetic::files(MANY, None);
    let load = |files: &BTreeMap<String, Vec<u8>>| {
        Dataset::load(&Package::of(files.clone())).expect("what is made has no fault")
    };
    let former = load(&files);
    for bytes in files.values_mut() {
        let text = String::from_utf8_lossy(bytes);
        let lines = text.lines().enumerate().map(|(number, line)| match number % 100 {
            0 => line.replace("\"confidence\":\"high\"", "\"confidence\":\"medium\"") + "\n",
            _ => format!("{line}\n"),
        });
        *bytes = lines.collect::<String>().into_bytes();
    }
    let latter = load(&files);
    let mut group = criterion.benchmark_group("changes");
    group.sample_size(10).throughput(Throughput::Elements(MANY as u64));
    group.bench_function("of 100,000 records", |bencher| {
        bencher.iter_with_large_drop(|| black_box(&latter).changes_since(&former));
    });
    let empty = load(&synthetic::files(2_000, None));
    group.bench_function("100,000 records that are new", |bencher| {
        bencher.iter_with_large_drop(|| black_box(&latter).changes_since(&empty));
    });
}

/// From a question to the rows of a page.
fn select(criterion: &mut Criterion) {
    let dataset = dataset();
    let table = &dataset.assistance_funding;
    let mut group = criterion.benchmark_group("select");
    let cases: [(&str, &[(&str, &str)]); 4] = [
        ("one value", &[("partner", synthetic::RARE_PARTNER)]),
        ("half of all, in order", &[("stage", "provided"), ("sort", "-amount_usd")]),
        (
            "value, range and order",
            &[("program", "FMF"), ("amount_usd_min", "1000000"), ("sort", "amount_usd")],
        ),
        ("words", &[("q", "demining prog")]),
    ];
    for (name, asked) in cases {
        let question = question(&dataset, asked);
        group.bench_function(name, |bencher| {
            bencher.iter(|| table.select(black_box(&question)).page(&question));
        });
    }
}

/// From rows to the counts of their values.
fn facets(criterion: &mut Criterion) {
    let dataset = dataset();
    let table = &dataset.assistance_funding;
    let mut group = criterion.benchmark_group("facets");
    for (name, filter) in
        [("of all", None), ("of 20 records", Some(("partner", synthetic::RARE_PARTNER)))]
    {
        let asked: Vec<_> = filter.into_iter().chain([("facets", "program,stage")]).collect();
        let question = question(&dataset, &asked);
        let selection = table.select(&question);
        group.bench_function(name, |bencher| {
            bencher.iter(|| selection.facets(black_box(&question)));
        });
    }
}

/// Words over all collections, best first.
fn searching(criterion: &mut Criterion) {
    let dataset = dataset();
    let tables = dataset.tables();
    let mut group = criterion.benchmark_group("search");
    for (name, text) in [("few", "demining"), ("many", "a")] {
        let words = SearchWords::parse(text).expect("a word");
        let sought = SearchQuery { words, partners: Vec::new() };
        group.bench_function(name, |bencher| {
            bencher.iter(|| {
                search(&tables, black_box(&sought), 0..50, |name, id| format!("{name}/{id}"))
            });
        });
    }
}

/// Sums that count no dollar twice, as they are asked for: a window that was never asked before.
fn totals(criterion: &mut Criterion) {
    let runtime = runtime();
    let app = App::new(dataset(), Links::default(), Limits::DEFAULT);
    let service = http::router(&app);
    let mut bound = 0;
    criterion.bench_function("totals", |bencher| {
        bencher.iter(|| {
            bound += 1;
            let path = format!("/v1/assistance-funding/totals?program=FMF&amount_usd_min={bound}");
            let request = Request::get(path).body(Body::empty()).expect("a request");
            runtime.block_on(async {
                let answer = service.clone().oneshot(request).await.expect("never an error");
                assert_eq!(answer.status(), StatusCode::OK);
                to_bytes(answer.into_body(), usize::MAX).await.expect("a whole body").len()
            })
        });
    });
}

/// A dataset whose figures of assistance are all of one partner: so many overlap that nothing harder can be asked.
fn of_one_partner(figures: usize) -> Dataset {
    let mut files = synthetic::files(figures, Some("assistance-funding"));
    let funding = files.get_mut("assistance-funding.jsonl").expect("a file of figures");
    let one_partner = |line: &str| {
        let mut record: Json = serde_json::from_str(line).expect("a record");
        record["partner"] = json!(["COL"]);
        format!("{record}\n")
    };
    *funding = String::from_utf8_lossy(funding).lines().map(one_partner).collect::<String>().into();
    Dataset::load(&Package::of(files)).expect("what is made has no fault")
}

/// Sums over many figures of one partner, and the list of them with what each adds.
fn totals_of_many(criterion: &mut Criterion) {
    const MANY: usize = 100_000;
    let runtime = runtime();
    let dataset = of_one_partner(MANY);
    let mut group = criterion.benchmark_group("totals of 100,000 figures of one partner");
    group.sample_size(10);
    let app = App::new(dataset, Links::default(), Limits::DEFAULT);
    let service = http::router(&app);
    let mut bound = 0;
    for (name, path) in [
        ("as CSV", "/v1/assistance-funding/totals?partner=COL&format=csv"),
        ("as JSON, with what is left out", "/v1/assistance-funding/totals?partner=COL"),
        (
            "as CSV by program",
            "/v1/assistance-funding/totals?partner=COL&group_by=program&format=csv",
        ),
        ("a page of the list with counted_usd", "/v1/assistance-funding?partner=COL"),
        (
            "the list as CSV: id, counted_usd",
            "/v1/assistance-funding.csv?fields=id,counted_usd&partner=COL",
        ),
    ] {
        group.bench_function(name, |bencher| {
            bencher.iter(|| {
                bound += 1;
                let request = format!("{path}&amount_usd_min={bound}");
                let request = Request::get(request).body(Body::empty()).expect("a request");
                runtime.block_on(async {
                    let answer = service.clone().oneshot(request).await.expect("never an error");
                    assert_eq!(answer.status(), StatusCode::OK);
                    to_bytes(answer.into_body(), usize::MAX).await.expect("a whole body").len()
                })
            });
        });
    }
}

/// From rows to bytes.
fn render(criterion: &mut Criterion) {
    let dataset = dataset();
    let table = &dataset.assistance_funding;
    let rows: Vec<u32> = (0..).take(table.len()).collect();
    let columns = columns::<AssistanceFunding>(None);
    let mut group = criterion.benchmark_group("render");
    let dialect = csv::CsvDialect::default();
    let bytes = csv::rows(table, &rows, &columns, dialect).len();
    group.throughput(Throughput::Bytes(bytes as u64));
    group.bench_function("CSV", |bencher| {
        bencher.iter(|| csv::rows(table, black_box(&rows), &columns, dialect));
    });
    let bytes = ndjson::rows(table, &rows, None, None).len();
    group.throughput(Throughput::Bytes(bytes as u64));
    group.bench_function("NDJSON", |bencher| {
        bencher.iter(|| ndjson::rows(table, black_box(&rows), None, None));
    });
}

/// A page of 20 records at several levels of each encoding, and how small it becomes.
fn compress(criterion: &mut Criterion) {
    let runtime = runtime();
    let app = App::new(Dataset::embedded().expect("sound data"), Links::default(), Limits::DEFAULT);
    let page = Request::get("/v1/arms-sales?limit=20").body(Body::empty()).expect("a request");
    let page = runtime.block_on(async {
        let answer = http::router(&app).oneshot(page).await.expect("never an error");
        to_bytes(answer.into_body(), usize::MAX).await.expect("a whole body")
    });
    let mut group = criterion.benchmark_group("compress");
    group.sample_size(20).throughput(Throughput::Bytes(page.len() as u64));
    let default = (CompressionLevel::Default, "default".to_owned());
    for (encoding, levels) in
        [("gzip", [1, 4, 6, 9]), ("br", [1, 4, 5, 9]), ("zstd", [1, 3, 9, 15])]
    {
        let precise = |level: i32| (CompressionLevel::Precise(level), level.to_string());
        for (level, name) in levels.map(precise).into_iter().chain([default.clone()]) {
            let whole = page.clone();
            let service =
                CompressionLayer::new().quality(level).layer(tower::service_fn(move |_| {
                    let answer = Response::builder().header(CONTENT_TYPE, "application/json");
                    ready(answer.body(Body::from(whole.clone())))
                }));
            let compressed = || {
                let request = Request::get("/").header(ACCEPT_ENCODING, encoding);
                let request = request.body(Body::empty()).expect("a request");
                runtime.block_on(async {
                    let answer = service.clone().oneshot(request).await.expect("a response");
                    answer.into_body().collect().await.expect("a whole body").to_bytes().len()
                })
            };
            let size = compressed();
            group.bench_function(
                format!("{encoding} {name}: {size} of {}", page.len()),
                |bencher| {
                    bencher.iter(compressed);
                },
            );
        }
    }
}

fn runtime() -> Runtime {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.expect("a runtime needs nothing that could be missing")
}

criterion_group!(
    components,
    load,
    changes,
    select,
    facets,
    searching,
    totals,
    totals_of_many,
    render,
    compress
);
criterion_main!(components);
