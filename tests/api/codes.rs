//! Codes: closed lists with labels and definitions in English and Spanish.

use partnership_api::words::country;
use serde_json::json;

use crate::reading::{ids, records, refused, text};
use crate::service::{data, get};

#[tokio::test]
async fn an_organization_is_found_by_its_code() {
    let nato = data("/v1/memberships?organization=NATO&limit=1000").await;
    assert_eq!(nato["meta"]["total"], 32);
    assert!(ids(&nato).contains(&"col-nato".to_owned()));
    let facets = data("/v1/memberships?facets=organization&limit=0").await;
    assert_eq!(facets["facets"]["organization"][0]["value"], "NATO");
}

#[tokio::test]
async fn an_organization_that_no_list_has_is_refused_with_the_nearest() {
    refused("/v1/memberships?organization=NATOO", "organization").await;
    let problem = get("/v1/memberships?organization=NATOO").await.json();
    assert_eq!(problem["errors"][0]["did_you_mean"], json!("NATO"));
}

#[tokio::test]
async fn partners_programs_and_missions_have_a_name_in_spanish() {
    for list in ["/v1/partners", "/v1/assistance-programs", "/v1/missions"] {
        for record in records(list).await {
            assert!(record["name_es"].is_string(), "{list}: {}", record["id"]);
        }
    }
    for partner in records("/v1/partners").await {
        let country = country(&text(&partner["id"])).expect("a country");
        assert_eq!(partner["name_es"], country.name.es);
        assert_eq!(partner["name"], country.name.en);
        assert_eq!(partner["alpha_2"], country.alpha_2);
    }
}
