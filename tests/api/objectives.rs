//! What money is for, and how far an open period is known: asked of the embedded data over HTTP.

use serde_json::json;

use crate::reading::{ids, records};
use crate::service::data;

#[tokio::test]
async fn the_objective_of_a_figure_is_its_own_and_else_its_programs() {
    let share = data("/v1/assistance-funding/col-incle-2006").await["data"].clone();
    assert_eq!(share["objective"], "security");
    let whole = data("/v1/assistance-funding/col-incle-2016").await["data"].clone();
    assert_eq!(whole["objective"], json!(null));
    assert_eq!(data("/v1/assistance-programs/INCLE").await["data"]["objective"], "mixed");
    let found = |objective: &str| {
        let path = format!("/v1/assistance-funding?program=INCLE&objective={objective}&limit=1000");
        async move { ids(&data(&path).await) }
    };
    let (security, mixed) = (found("security").await, found("mixed").await);
    assert!(security.contains(&"col-incle-2006".to_owned()), "{security:?}");
    assert!(mixed.contains(&"col-incle-2016".to_owned()), "{mixed:?}");
    assert!(security.iter().all(|id| !mixed.contains(id)));
    let all = records("/v1/assistance-funding?program=INCLE").await.len();
    assert_eq!(security.len() + mixed.len(), all);
}

#[tokio::test]
async fn every_open_period_is_known_through_a_date_or_its_note_says_that_nothing_tells() {
    let mut open = 0;
    for list in ["assistance-funding", "arms-sales", "deployments", "cooperation", "missions"] {
        for record in records(&format!("/v1/{list}")).await {
            let period = &record["period"];
            if period.is_null() || !period["to"].is_null() {
                continue;
            }
            open += 1;
            let note = record["note"].as_str().unwrap_or_default();
            let told = !period["known_through"].is_null();
            assert!(told || note.contains("Nothing tells how far"), "{}", record["id"]);
        }
    }
    assert!(open > 50, "{open} open periods");
}
