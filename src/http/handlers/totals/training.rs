//! Totals of training: entries in courses and their cost.

use std::sync::Arc;

use axum::body::Body;
use axum::response::Response;
use futures_util::{StreamExt as _, stream};
use serde_json::Value as Json;

use super::answers::TrainingTotals;
use super::{charted, cited, citing, hand_over, meta, totals_links, with_records};
use crate::charts::Sayings;
use crate::collections::Training;
use crate::http::app::links::Links;
use crate::http::request::totals_query::{AddedUp, SumChart, Summed, TotalsQuery};
use crate::http::response::blocking::run_blocking;
use crate::http::response::envelope::{json, json_of};
use crate::http::response::problem::Problem;
use crate::model::RecordId;
use crate::render::{TotalsRows, groups, ledger};
use crate::sums::{TrainingGroup, TrainingSums};

/// The most groups of an answer that is made as a whole, and may be stored. One of more is sent in parts.
const MOST_WHOLE: usize = 1_024;
/// How many groups a part has: a client that does not read holds no more than about 100 KB of the answer.
const PART: usize = 128;
/// How many bytes a group is taken to have before it is written; a wrong guess costs one more allocation.
const GROUP: usize = 768;

impl Summed for Training {
    const HAS_PROGRAMS: bool = true;
    const SPREADS: bool = false;
    const WHAT: &'static str = "Adds the totals that the annual report on training prints: entries in courses, which are not \
         persons, and the value of the training. Where a later edition prints a country and year, nothing of an earlier \
         one is added. `prefer` changes nothing here: printed totals do not overlap.";
    const EXAMPLE: &'static str = "program=ASFF";
    type Sums = TrainingSums;
    type Answer = TrainingTotals;

    fn add(totals: &TotalsQuery<Self>) -> TrainingSums {
        let dataset = Arc::clone(&totals.dataset);
        let total_at = move |row| dataset.training_total(row);
        TrainingSums::new(totals.matching(), total_at, totals.of_money())
    }

    fn answer(totals: &TotalsQuery<Self>, sums: TrainingSums, links: &Links) -> TrainingTotals {
        answer_with(totals, &sums, sums.groups().collect(), links)
    }

    fn beginning(
        totals: &TotalsQuery<Self>,
        sums: TrainingSums,
        most: usize,
        links: &Links,
    ) -> TrainingTotals {
        let first = sums.groups_in(0..sums.group_count().min(most)).collect();
        answer_with(totals, &sums, first, links)
    }

    fn respond(totals: &Arc<TotalsQuery<Self>>, links: &Links) -> Result<Response, Problem> {
        let sums = Self::add(totals);
        if sums.group_count() > MOST_WHOLE {
            return Ok(json(streamed(Arc::clone(totals), sums, links.clone())));
        }
        json_of(&Self::answer(totals, sums, links))
    }

    fn csv(totals: &TotalsQuery<Self>, sums: &TrainingSums, rows: TotalsRows) -> Vec<u8> {
        match rows {
            TotalsRows::Groups => groups::training(sums),
            TotalsRows::Figures => {
                with_records::<Self, _>(&totals.dataset, |records| ledger::training(sums, records))
            }
        }
    }

    fn chart(totals: &TotalsQuery<Self>, sums: &TrainingSums, sayings: &Sayings<'_>) -> SumChart {
        let groups: Vec<TrainingGroup> = sums.groups_in(0..sums.group_count()).collect();
        charted::training(&groups, &sums.total(), totals, sayings)
    }
}

impl AddedUp for TrainingSums {
    fn group_count(&self) -> usize {
        Self::group_count(self)
    }

    fn visit_groups(self, visit: &mut dyn FnMut(&'static str, Json)) -> serde_json::Result<()> {
        hand_over("data", self.groups(), visit)?;
        hand_over("total", [self.total()], visit)
    }

    fn in_words(self) -> (String, Vec<RecordId>) {
        let total = self.total();
        (citing::training_in_words(&total), total.included)
    }
}

/// The answer with some of its groups.
fn answer_with(
    totals: &TotalsQuery<Training>,
    sums: &TrainingSums,
    data: Vec<TrainingGroup>,
    links: &Links,
) -> TrainingTotals {
    let total = sums.total();
    TrainingTotals {
        // What a group counts, the total counts too.
        sources: cited::<Training>(&totals.dataset, total.included.iter()),
        meta: meta(totals, total.included.len() + total.excluded.len()),
        links: totals_links(totals, links),
        data,
        total,
        shared: Vec::new(),
    }
}

/// The answer part by part, so that it never stands in memory as a whole: its groups, then all else.
fn streamed(totals: Arc<TotalsQuery<Training>>, sums: TrainingSums, links: Links) -> Body {
    let (sums, links) = (Arc::new(sums), Arc::new(links));
    let parts = sums.group_count().div_ceil(PART);
    let make = move |number: usize| {
        let (totals, sums, links) = (Arc::clone(&totals), Arc::clone(&sums), Arc::clone(&links));
        run_blocking(move || {
            if number < parts {
                groups_part(&sums, number)
            } else {
                last_part(&totals, &sums, &links)
            }
        })
    };
    let part = move |number| {
        let part = make(number);
        async move { part.await.and_then(|made| made).map_err(|_| Broken) }
    };
    Body::from_stream(stream::iter(0..=parts).then(part))
}

/// What the JSON of an answer begins with.
const BEGINNING: &str = r#"{"data":["#;

fn groups_part(sums: &TrainingSums, number: usize) -> Result<Vec<u8>, Problem> {
    let from = number * PART;
    let to = sums.group_count().min(from + PART);
    let mut part = Vec::with_capacity(PART * GROUP);
    for (place, group) in (from..to).zip(sums.groups_in(from..to)) {
        part.extend_from_slice(if place == 0 { BEGINNING } else { "," }.as_bytes());
        serde_json::to_writer(&mut part, &group).map_err(Problem::internal)?;
    }
    Ok(part)
}

fn last_part(
    totals: &TotalsQuery<Training>,
    sums: &TrainingSums,
    links: &Links,
) -> Result<Vec<u8>, Problem> {
    let without_groups = answer_with(totals, sums, Vec::new(), links);
    let mut part = serde_json::to_vec(&without_groups).map_err(Problem::internal)?;
    part.drain(..BEGINNING.len());
    Ok(part)
}

/// Says that an answer ends before it is whole; why stands in the log.
#[derive(Debug, thiserror::Error)]
#[error("a part of the answer could not be made")]
struct Broken;
