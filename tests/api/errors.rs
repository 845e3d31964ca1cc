//! Every way to fail, on every route: one function says what a problem is.

use std::collections::BTreeSet;

use serde_json::{Value as Json, json};

use crate::openapi::{collections, paths, whole};
use crate::service::{Answer, data, get, get_with, request};

/// What a problem is (RFC 9457): `kind` names the page that explains it.
async fn problem(answer: &Answer, status: u16, kind: &str) -> Json {
    assert_eq!(answer.status, status, "{}", answer.text());
    assert_eq!(answer.header("content-type"), "application/problem+json");
    assert_eq!(answer.header("cache-control"), "no-store");
    assert_eq!(answer.header("access-control-allow-origin"), "*");
    assert_eq!(answer.header("x-content-type-options"), "nosniff");
    let body = answer.json();
    let expected =
        ["type", "title", "status", "detail", "instance", "request_id", "errors", "more_errors"];
    assert_eq!(keys(&body), expected, "{body}");
    assert!(answer.bytes.len() <= 16_384, "a problem of {} bytes", answer.bytes.len());
    assert_eq!(body["status"], status);
    assert_eq!(body["type"], format!("/problems/{kind}"));
    // The client sent no id of its own.
    let id = answer.header("x-request-id");
    assert_eq!(body["request_id"], id, "{body}");
    assert_eq!(body["instance"], format!("urn:uuid:{id}"), "{body}");
    let detail = text(&body["detail"]);
    assert!(!detail.is_empty() && !detail.ends_with('.'), "{detail}");
    for error in body["errors"].as_array().expect("errors") {
        let expected = ["parameter", "value", "detail", "allowed", "allowed_at", "did_you_mean"];
        assert_eq!(keys(error), expected, "{error}");
        assert!(!text(&error["parameter"]).is_empty(), "{error}");
        assert!(!text(&error["detail"]).is_empty(), "{error}");
        assert!(error["value"].is_null() || error["value"].is_string(), "{error}");
        assert!(error["did_you_mean"].is_null() || error["did_you_mean"].is_string(), "{error}");
        assert!(error["allowed"].is_array(), "{error}");
    }
    let explanation = data(&format!("/v1{}", text(&body["type"]))).await;
    for key in ["type", "title", "status"] {
        assert_eq!(explanation[key], body[key], "{key}");
    }
    assert!(!text(&explanation["meaning"]).is_empty() && !text(&explanation["remedy"]).is_empty());
    body
}

/// The problem of a request whose parameters could not be understood.
async fn refused(path: &str) -> Json {
    let answer = get(path).await;
    assert_eq!(answer.status, 400, "{path}: {}", answer.text());
    problem(&answer, 400, "invalid-parameters").await
}

fn text(value: &Json) -> &str {
    value.as_str().unwrap_or_else(|| panic!("no text: {value}"))
}

fn keys(object: &Json) -> Vec<&str> {
    object.as_object().expect("an object").keys().map(String::as_str).collect()
}

#[tokio::test]
async fn an_unknown_route_is_told_with_the_nearest_path() {
    for (asked, near) in [
        ("/v1/agreement", json!("/v1/agreements")),
        ("/v1/arms_sales", json!("/v1/arms-sales")),
        ("/v1/Deployments", json!("/v1/deployments")),
        ("/v2/zzzzzzzzzzzzzzzzzzzzzzzzz", json!(null)),
        ("/v1/agreements/col-us-acsa/more", json!(null)),
        ("/v1/problems/invalid-parameter", json!("/v1/problems/invalid-parameters")),
        ("/docs/nothing-here.js", json!(null)),
    ] {
        let body = problem(&get(asked).await, 404, "no-such-route").await;
        let error = &body["errors"][0];
        assert_eq!(error["parameter"], "path", "{asked}");
        assert_eq!(error["value"], asked);
        // A path that is near none is told alone; one that is near may name another than the first.
        if near.is_string() {
            assert_eq!(error["did_you_mean"], near, "{asked}");
        }
    }
}

#[tokio::test]
async fn an_unknown_record_is_told_with_a_near_id_in_every_collection() {
    for collection in collections().await {
        let first = data(&format!("/v1/{collection}?limit=1")).await;
        let id = text(&first["data"][0]["id"]);
        let asked = format!("{id}x");
        let answer = get(&format!("/v1/{collection}/{asked}")).await;
        let error = &problem(&answer, 404, "no-such-record").await["errors"][0];
        assert_eq!(error["parameter"], "id");
        assert_eq!(error["value"], asked);
        let near = text(&error["did_you_mean"]);
        assert_eq!(get(&format!("/v1/{collection}/{near}")).await.status, 200, "{near}");
        let far = get(&format!("/v1/{collection}/%C3%BC%C3%BC%C3%BC%C3%BC")).await;
        let error = &problem(&far, 404, "no-such-record").await["errors"][0];
        assert_eq!(error["did_you_mean"], Json::Null);
        let broken = get(&format!("/v1/{collection}/%FF%FE")).await;
        problem(&broken, 400, "invalid-parameters").await;
    }
}

#[tokio::test]
async fn every_route_refuses_methods_that_change_and_names_those_that_it_has() {
    let mut routes = paths().await;
    routes.extend(["/openapi.json", "/openapi.yaml", "/docs", "/docs/"].map(str::to_owned));
    for path in routes {
        for method in ["POST", "PUT", "DELETE", "PATCH"] {
            let answer = request(method, &path, &[]).await;
            assert_eq!(answer.status, 405, "{method} {path}");
            assert_eq!(answer.header("allow"), "GET, HEAD, OPTIONS", "{method} {path}");
            let body = problem(&answer, 405, "method-not-allowed").await;
            assert!(text(&body["detail"]).contains(method), "{body}");
        }
    }
}

#[tokio::test]
async fn a_problem_asked_for_with_head_has_its_headers_and_no_body() {
    for (path, status) in
        [("/v1/nothing", 404), ("/v1/agreements?signd=2012", 400), ("/v1/agreements/x", 404)]
    {
        let head = request("HEAD", path, &[]).await;
        assert_eq!(head.status, status, "{path}");
        assert_eq!(head.header("content-type"), "application/problem+json");
        assert_eq!(head.header("cache-control"), "no-store");
        assert!(head.bytes.is_empty(), "{path}");
    }
}

#[tokio::test]
async fn an_unknown_parameter_is_refused_with_what_was_meant_by_every_list() {
    for collection in collections().await {
        let body = refused(&format!("/v1/{collection}?limt=3")).await;
        let error = &body["errors"][0];
        assert_eq!(error["parameter"], "limt");
        assert_eq!(error["value"], Json::Null);
        assert_eq!(error["did_you_mean"], "limit", "{collection}");
        let allowed = error["allowed"].as_array().expect("names");
        for known in ["id", "q", "sort", "limit", "offset", "fields", "facets", "format", "bom"] {
            assert!(allowed.contains(&json!(known)), "{collection}: {known} is not in {allowed:?}");
        }
    }
}

#[tokio::test]
async fn routes_that_are_no_lists_refuse_unknown_parameters_too() {
    for path in paths().await {
        // Some ask for a parameter; without it they have a second fault.
        let mut asked = whole(&path);
        asked.push_str(if asked.contains('?') { "&zz=1" } else { "?zz=1" });
        let answer = get(&asked).await;
        assert_eq!(answer.status, 400, "{asked}");
        let body = problem(&answer, 400, "invalid-parameters").await;
        assert_eq!(body["errors"][0]["parameter"], "zz", "{asked}");
    }
}

/// A request with one fault: its address, the parameter and the value at fault, what was meant, and words
/// that its explanation holds.
type Fault = (&'static str, &'static str, &'static str, Option<&'static str>, &'static str);

const ONE_FAULT: &[Fault] = &[
    ("assistance-funding?fiscal_year=soon", "fiscal_year", "soon", None, "expected"),
    ("assistance-funding?fiscal_year=20201", "fiscal_year", "20201", None, "expected"),
    ("assistance-funding?fiscal_year_min=1e3", "fiscal_year_min", "1e3", None, "expected"),
    ("assistance-funding?amount_usd_min=1.5", "amount_usd_min", "1.5", None, "expected"),
    ("assistance-funding?amount_usd_max=-1", "amount_usd_max", "-1", None, "expected"),
    (
        "assistance-funding?amount_usd_max=99999999999999999999",
        "amount_usd_max",
        "99999999999999999999",
        None,
        "expected",
    ),
    ("deployments?personnel_min=many", "personnel_min", "many", None, "expected"),
    ("deployments?women_max=", "women_max", "", None, "expected a value"),
    ("memberships?active=yes", "active", "yes", None, "2 allowed values"),
    ("assistance-funding?stage=aproved", "stage", "aproved", None, "allowed values"),
    (
        "assistance-funding?stage=appropriatd",
        "stage",
        "appropriatd",
        Some("appropriated"),
        "allowed values",
    ),
    ("assistance-funding?stage=", "stage", "", None, "expected a value"),
    ("assistance-funding?program=", "program", "", None, "expected a value"),
    ("assistance-funding?program=FMF,,IMET", "program", "", None, "between the commas"),
    ("assistance-funding?program=FMFF", "program", "FMFF", Some("FMF"), "allowed values"),
    ("assistance-funding?partner=Colombia", "partner", "Colombia", Some("COL"), "ISO 3166-1"),
    ("assistance-funding?partner=SV", "partner", "SV", Some("SLV"), "ISO 3166-1"),
    (
        "assistance-funding?program=Foreign+Military+Financing",
        "program",
        "Foreign Military Financing",
        Some("FMF"),
        "allowed values",
    ),
    ("deployments?missions=MFO", "missions", "MFO", Some("MFO-SINAI"), "allowed values"),
    ("missions?areas=Kenia", "areas", "Kenia", None, "expected"),
    ("assistance-funding?component=nope", "component", "nope", None, "allowed values"),
    (
        "assistance-funding?id=col-fmf-2017-2032",
        "id",
        "col-fmf-2017-2032",
        Some("col-fmf-2017-2023"),
        "allowed values",
    ),
    (
        "assistance-funding?citations_source=seed-state-pm-columbia",
        "citations_source",
        "seed-state-pm-columbia",
        Some("seed-state-pm-colombia"),
        "allowed values",
    ),
    ("deployments?missions=MINUSKA", "missions", "MINUSKA", Some("MINUSCA"), "allowed values"),
    ("arms-sales?channel=FSM", "channel", "FSM", Some("FMS"), "allowed values"),
    ("agreements?signed=2012-13", "signed", "2012-13", None, "calendar"),
    ("agreements?signed_min=2012-02-30", "signed_min", "2012-02-30", None, "calendar"),
    ("agreements?signed_max=23.05.2022", "signed_max", "23.05.2022", None, "expected"),
    ("agreements?sort=-signd", "sort", "signd", Some("signed"), "allowed values"),
    ("agreements?sort=", "sort", "", None, "expected a value"),
    ("agreements?sort=summary", "sort", "summary", None, "allowed values"),
    ("agreements?sort=signed,-signed", "sort", "-signed", None, "named twice"),
    ("agreements?facets=knd", "facets", "knd", Some("kind"), "allowed values"),
    ("agreements?facets=", "facets", "", None, "expected a value"),
    ("agreements?fields=id,titel", "fields", "titel", Some("title"), "allowed values"),
    ("agreements?fields=", "fields", "", None, "expected a value"),
    ("agreements?limit=1001", "limit", "1001", None, "from 0 to 1000"),
    ("agreements?limit=-1", "limit", "-1", None, "from 0 to 1000"),
    ("agreements?limit=ten", "limit", "ten", None, "from 0 to 1000"),
    ("agreements?limit=", "limit", "", None, "expected a value"),
    ("agreements?limit=1&limit=2", "limit", "2", None, "more than once"),
    ("agreements?offset=-1", "offset", "-1", None, "from 0 to 4294967295"),
    ("agreements?offset=4294967296", "offset", "4294967296", None, "from 0 to 4294967295"),
    ("agreements?offset=0&offset=0", "offset", "0", None, "more than once"),
    ("agreements?q=", "q", "", None, "expected a value"),
    ("agreements?q=%2C%20%2E", "q", ", .", None, "letter or digit"),
    ("agreements?q=a&q=b", "q", "b", None, "more than once"),
    ("agreements?sort=id&sort=-id", "sort", "-id", None, "twice in one order"),
    ("agreements?dataset=", "dataset", "", None, "expected a value"),
    ("agreements?format=xml", "format", "xml", None, "allowed values"),
    ("agreements?format=cvs", "format", "cvs", Some("csv"), "allowed values"),
    ("agreements?format=", "format", "", None, "allowed values"),
    ("agreements?format=csv&format=json", "format", "json", None, "more than once"),
    ("agreements?bom=maybe&format=csv", "bom", "maybe", None, "allowed values"),
    ("agreements?bom=true", "bom", "true", None, "only with CSV"),
    ("agreements?bom=true&format=ndjson", "bom", "true", None, "only with CSV"),
    ("agreements?facets=kind&format=csv", "facets", "kind", None, "only with format=json"),
    ("agreements?kind=%FF", "kind", "%FF", None, "UTF-8"),
    ("agreements?%C3%28=1", "%C3%28", "1", None, "UTF-8"),
    ("agreements?kind=%00", "kind", "\u{0}", None, "allowed values"),
    ("agreements?id=%00", "id", "\u{0}", None, "expected"),
    ("agreements?partner=%00", "partner", "\u{0}", None, "allowed values"),
    ("agreements?signed=%00", "signed", "\u{0}", None, "expected"),
    ("agreements/col-us-acsa?format=csv", "format", "csv", None, "allowed values"),
    ("timeline?from=yesterday", "from", "yesterday", None, "expected"),
    ("timeline?from=", "from", "", None, "expected a value"),
    ("timeline?kind=agreement", "kind", "agreement", Some("agreements"), "allowed values"),
    ("timeline?partner=CO", "partner", "CO", Some("COL"), "allowed values"),
    ("timeline?limit=1001", "limit", "1001", None, "from 0 to 1000"),
    ("timeline?limit=1&limit=1", "limit", "1", None, "more than once"),
    ("search", "q", "", None, "words to search for"),
    ("search?q=-", "q", "-", None, "words to search for"),
    ("search?q=mine&collection=treaties", "collection", "treaties", None, "allowed values"),
    ("search?q=mine&offset=x", "offset", "x", None, "from 0 to 4294967295"),
    ("dataset?format=csv", "format", "csv", None, "allowed values"),
];

#[tokio::test]
async fn each_fault_names_its_parameter_its_value_and_what_was_meant() {
    let mut wrong = Vec::new();
    for (address, parameter, value, meant, words) in ONE_FAULT {
        let body = refused(&format!("/v1/{address}")).await;
        let found = body["errors"].as_array().expect("errors");
        let told = |error: &Json| {
            error["parameter"] == *parameter
                && error["value"] == *value
                && meant.is_none_or(|meant| error["did_you_mean"] == meant)
                && text(&error["detail"]).contains(words)
        };
        if found.len() != 1 || !told(&found[0]) {
            wrong.push(format!("{address}: {}", body["errors"]));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[tokio::test]
async fn a_value_that_is_none_of_a_short_list_comes_with_the_list() {
    let body = refused("/v1/arms-sales?channel=FSM").await;
    let allowed = body["errors"][0]["allowed"].as_array().expect("values");
    assert!(allowed.contains(&json!("FMS")) && allowed.contains(&json!("DCS")), "{allowed:?}");
    // What is allowed is accepted, word by word.
    for channel in allowed {
        let path = format!("/v1/arms-sales?channel={}", text(channel));
        assert_eq!(get(&path).await.status, 200, "{path}");
    }
    // Hundreds of ids help nobody: the first, and where the others are.
    for (asked, at) in [
        ("/v1/agreements?citations_source=nothing", "/v1/sources"),
        ("/v1/assistance-funding?partner=nobody", "/v1/partners"),
        ("/v1/sources?publisher=nobody", "/v1/sources?facets=publisher&limit=0"),
        ("/v1/assistance-funding?id=nothing", "/v1/assistance-funding"),
        ("/v1/coverage?partner=nobody", "/v1/partners"),
        ("/v1/coverage?program=nothing", "/v1/assistance-programs"),
    ] {
        let body = refused(asked).await;
        let error = &body["errors"][0];
        assert_eq!(error["allowed"].as_array().expect("values").len(), 30, "{asked}: {error}");
        assert_eq!(error["allowed_at"], at, "{asked}");
        assert_eq!(get(at).await.status, 200, "{at}");
    }
}

#[tokio::test]
async fn all_faults_of_a_request_are_told_at_once() {
    let asked = "/v1/assistance-funding?programm=FMF&stage=aktual&limit=2000&sort=amont_usd\
                 &fields=idd&facets=stge&format=cvs&bom=perhaps&fiscal_year=x";
    let body = refused(asked).await;
    let found: BTreeSet<_> = body["errors"]
        .as_array()
        .expect("errors")
        .iter()
        .map(|error| text(&error["parameter"]))
        .collect();
    let expected =
        ["programm", "stage", "limit", "sort", "fields", "facets", "format", "bom", "fiscal_year"];
    assert_eq!(found, BTreeSet::from(expected));
    let body = refused("/v1/timeline?from=x&to=y&kind=z&partner=nobody&limit=a&offset=b&d=1").await;
    assert_eq!(body["errors"].as_array().expect("errors").len(), 7);
}

#[tokio::test]
async fn a_hundred_parameters_are_read_and_one_more_is_refused() {
    let many = |count: usize| vec!["kind=agreement"; count].join("&");
    assert_eq!(get(&format!("/v1/agreements?{}", many(100))).await.status, 200);
    let body = refused(&format!("/v1/agreements?{}", many(101))).await;
    assert_eq!(body["errors"][0]["value"], "101");
    assert!(text(&body["errors"][0]["detail"]).contains("at most 100"));
}

#[tokio::test]
async fn an_address_of_8192_bytes_is_read_and_one_more_is_too_long() {
    let long = |length: usize| {
        let start = "/v1/agreements?q=";
        format!("{start}{}", "a".repeat(length - start.len()))
    };
    assert_eq!(get(&long(8192)).await.status, 200);
    let answer = get(&long(8193)).await;
    let body = problem(&answer, 414, "uri-too-long").await;
    assert!(text(&body["detail"]).contains("8192"));
    let path = format!("/{}", "a".repeat(8192));
    problem(&get(&path).await, 414, "uri-too-long").await;
}

#[tokio::test]
async fn a_media_type_that_is_not_served_is_answered_with_those_that_are() {
    for collection in collections().await {
        let path = format!("/v1/{collection}");
        let answer = get_with(&path, &[("accept", "text/html;q=1.0, image/png")]).await;
        let body = problem(&answer, 406, "not-acceptable").await;
        let error = &body["errors"][0];
        assert_eq!(error["parameter"], "Accept");
        for offered in error["allowed"].as_array().expect("media types") {
            let offered = text(offered);
            let served = get_with(&path, &[("accept", offered)]).await;
            assert_eq!(served.status, 200, "{path} as {offered}");
            assert!(served.header("content-type").starts_with(offered), "{path} as {offered}");
        }
        let format = format!("{path}?format=csv&limit=1");
        assert_eq!(get_with(&format, &[("accept", "text/html")]).await.status, 200, "{format}");
        let first = data(&format!("{path}?limit=1")).await;
        let item = format!("{path}/{}", text(&first["data"][0]["id"]));
        let answer = get_with(&item, &[("accept", "text/csv")]).await;
        let body = problem(&answer, 406, "not-acceptable").await;
        let allowed = json!([
            "application/json",
            "application/vnd.citationstyles.csl+json",
            "application/x-bibtex",
            "application/x-research-info-systems",
        ]);
        assert_eq!(body["errors"][0]["allowed"], allowed);
    }
    for path in ["/v1", "/v1/dataset"] {
        let answer = get_with(path, &[("accept", "application/pdf")]).await;
        problem(&answer, 406, "not-acceptable").await;
    }
}

#[tokio::test]
async fn a_walk_that_began_with_another_dataset_is_told_to_start_again() {
    let served = data("/v1/dataset").await["data"]["release"]["digest"].clone();
    let mut lists: Vec<_> =
        collections().await.into_iter().map(|name| format!("/v1/{name}?")).collect();
    lists.extend(["/v1/timeline?".to_owned(), "/v1/search?q=a&".to_owned()]);
    for list in lists {
        let same = format!("{list}dataset={}", text(&served));
        assert_eq!(get(&same).await.status, 200, "{same}");
        let answer = get(&format!("{list}dataset=0123456789abcdef")).await;
        let body = problem(&answer, 409, "dataset-changed").await;
        assert!(text(&body["detail"]).contains("start again"), "{body}");
        assert_eq!(body["errors"][0]["allowed"], json!([served]));
        // Records that an answer holds decide nothing: the pin is told before the validator.
        let conditions = [("if-none-match", "*")];
        let answer = get_with(&format!("{list}dataset=0"), &conditions).await;
        assert_eq!(answer.status, 409, "{list}");
    }
}

#[tokio::test]
async fn problems_read_as_they_were_agreed() {
    for (name, path, headers) in [
        ("unknown_route", "/v1/agrements", [("accept", "*/*")]),
        ("unknown_record", "/v1/agreements/col-us-acas", [("accept", "*/*")]),
        ("unknown_parameter", "/v1/memberships?rol=member", [("accept", "*/*")]),
        ("unknown_word", "/v1/memberships?role=membre", [("accept", "*/*")]),
        ("two_faults", "/v1/milestones?date_min=May&limit=5000", [("accept", "*/*")]),
        ("not_acceptable", "/v1/agreements", [("accept", "text/html")]),
        ("dataset_changed", "/v1/sources?dataset=0123456789abcdef", [("accept", "*/*")]),
        ("search_without_words", "/v1/search", [("accept", "*/*")]),
    ] {
        let mut body = get_with(path, &headers).await.json();
        body["instance"] = json!("[instance]");
        body["request_id"] = json!("[request id]");
        let digest = data("/v1/dataset").await["data"]["release"]["digest"].clone();
        let told = serde_json::to_string_pretty(&body).expect("JSON");
        insta::assert_snapshot!(name, told.replace(text(&digest), "[digest]"));
    }
    let mut body = request("DELETE", "/v1/agreements", &[]).await.json();
    body["instance"] = json!("[instance]");
    body["request_id"] = json!("[request id]");
    insta::assert_snapshot!(
        "method_not_allowed",
        serde_json::to_string_pretty(&body).expect("JSON")
    );
}

#[tokio::test]
async fn bytes_that_are_no_utf_8_in_a_path_are_a_fault_of_the_path() {
    for path in ["/v1/partners/%FF", "/v1/sources/a%C3", "/v1/codes/%80", "/v1/problems/%FF"] {
        let body = problem(&get(path).await, 400, "invalid-parameters").await;
        assert_eq!(body["errors"][0]["parameter"], "path", "{path}");
        assert!(text(&body["detail"]).contains("UTF-8"), "{body}");
    }
}

#[tokio::test]
async fn what_the_document_does_not_describe_refuses_unknown_parameters_too() {
    for path in [
        "/openapi.json",
        "/openapi.yaml",
        "/docs",
        "/docs/",
        "/docs/index.html",
        "/robots.txt",
        "/favicon.ico",
        "/.well-known/api-catalog",
        "/v1/",
    ] {
        let body = problem(&get(&format!("{path}?zz=1")).await, 400, "invalid-parameters").await;
        assert_eq!(body["errors"][0]["parameter"], "zz", "{path}");
    }
}
