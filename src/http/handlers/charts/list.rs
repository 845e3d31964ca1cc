//! `/v1/{name}.svg`: the figures of a list as dots, a yearly series as bars.

use std::sync::Arc;

use axum::response::Response;

use super::list_charts::{dots, series};
use super::{DrawnChart, address, country_name, file_name, publishers, response};
use crate::charts::Chart;
use crate::dataset::Stored;
use crate::http::app::links::Links;
use crate::http::app::pinned::PinnedApp;
use crate::http::request::chart_list::{ChartList, chart_path};
use crate::http::request::params::QueryParams;
use crate::http::request::question_words::as_title;
use crate::http::response::blocking::run_blocking;
use crate::http::response::conditional::{Conditions, conditional};
use crate::http::response::item_words::has_amounts;
use crate::http::response::problem::Problem;

/// What a chart of a list shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ListChart {
    /// Published figures as dots, nothing added.
    Dots,
    /// A yearly series as bars.
    Series,
}

impl ListChart {
    /// The chart of a collection's list; none where its records are no figures. What is printed in editions, which
    /// totals tell apart, is no series of one number a year.
    pub(crate) fn of<C: Stored>() -> Option<Self> {
        match (C::SERIES, C::COUNTED.is_some()) {
            (true, false) => Some(Self::Series),
            (false, true) if has_amounts::<C>() => Some(Self::Dots),
            _ => None,
        }
    }
}

/// `GET /v1/{name}.svg`
pub(crate) async fn chart<C: Stored>(
    app: PinnedApp,
    params: QueryParams,
    conditions: Conditions,
) -> Result<Response, Problem> {
    let list = ChartList::<C>::parse(&app, params)?;
    let (dataset, key, maker) = (Arc::clone(&list.dataset), list.key.clone(), app.clone());
    conditional(&app, &dataset.release, key, &conditions, async {
        let make = move || {
            let links = maker.links();
            response(draw(&list, links), &list.drawn, &list.dataset, links)
        };
        run_blocking(make).await
    })
    .await
}

fn draw<C: Stored>(list: &ChartList<C>, links: &Links) -> DrawnChart {
    let dataset = &list.dataset;
    let table = C::table(dataset);
    let selection = table.select(&list.query);
    let most = list.query.limit.map_or(usize::MAX, |limit| limit as usize);
    let rows = selection.rows().into_iter().skip(list.query.offset as usize).take(most);
    let rows: Vec<&C> = rows.map(|row| table.record(row)).collect();
    let (chart, shown) = if ListChart::of::<C>() == Some(ListChart::Series) {
        let (chart, shown) = series(dataset, &rows, list.drawn.language);
        (Chart::ByYear(chart), shown)
    } else {
        let sorted = list.links.iter().any(|(name, _)| name == "sort");
        let (chart, shown) = dots(dataset, rows, selection.total(), sorted, list.drawn.language);
        (Chart::Dots(chart), shown)
    };
    let question = || list.links.iter();
    DrawnChart {
        chart,
        title: as_title::<C>(dataset, question(), &[], list.drawn.language),
        answer: None,
        publishers: publishers::<C>(dataset, shown.into_iter()),
        address: address(links, &chart_path(C::PATH), question(), &list.drawn),
        cite_as: links.cited(C::PATH, question(), dataset.release.version.as_str()),
        name: file_name(C::NAME, &question(), country_name),
    }
}
