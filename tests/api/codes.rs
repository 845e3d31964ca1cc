//! Codes: closed lists with labels and definitions in English and Spanish.

use serde_json::json;

use crate::reading::{ids, refused};
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
