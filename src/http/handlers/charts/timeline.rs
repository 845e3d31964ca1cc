//! `/v1/timeline.svg`: what was when.

use axum::response::Response;

use super::{DrawnChart, address, country_name, file_name, of_view};
use crate::charts::{Chart, Span, Spans};
use crate::dataset::Dataset;
use crate::http::app::links::Links;
use crate::http::app::pinned::PinnedApp;
use crate::http::handlers::timeline::filter;
use crate::http::handlers::view::PageRequest;
use crate::http::request::chart_params::ChartParams;
use crate::http::request::params::QueryParams;
use crate::http::response::conditional::Conditions;
use crate::http::response::problem::Problem;
use crate::model::{Bilingual, field_label};
use crate::query::{TimelineEvent, TimelineFilter};
use crate::words::{Language, country, date_phrase};

/// The path of the chart.
pub(crate) const PATH: &str = "/v1/timeline.svg";

/// `GET /v1/timeline.svg`
pub(crate) async fn chart(
    app: PinnedApp,
    params: QueryParams,
    conditions: Conditions,
) -> Result<Response, Problem> {
    of_view(app, params, conditions, PATH, filter, draw).await
}

fn draw(
    dataset: &Dataset,
    between: &TimelineFilter,
    page: &PageRequest,
    params: &ChartParams,
    links: &Links,
) -> DrawnChart {
    let language = params.language;
    let (found, moments) = dataset.timeline.page(&dataset.tables(), between, page.range());
    let several = between.partners.len() != 1;
    let rows =
        moments.into_iter().map(|moment| span(dataset, &moment, several, language)).collect();
    let partners: Vec<&str> = between.partners.iter().map(String::as_str).collect();
    let name = language.of(Bilingual::new("Timeline", "Cronología"));
    let version = dataset.release.version.as_str();
    DrawnChart {
        chart: Chart::Spans(Spans::new(language, rows, found)),
        title: titled(name, &partners, language),
        answer: None,
        publishers: Vec::new(),
        address: address(links, PATH, page.links().iter(), params),
        cite_as: links.cited("/v1/timeline", page.links().iter(), version),
        name: file_name("timeline", &page.links().iter(), country_name),
    }
}

/// A name with the partners that it is about.
pub(super) fn titled(name: &str, partners: &[&str], language: Language) -> String {
    let named = partners.iter().map(|code| {
        country(code)
            .map_or_else(|| (*code).to_owned(), |country| language.of(country.name).to_owned())
    });
    std::iter::once(name.to_owned()).chain(named).collect::<Vec<_>>().join(", ")
}

fn span(dataset: &Dataset, moment: &TimelineEvent, several: bool, language: Language) -> Span {
    let table = dataset.tables().into_iter().find(|table| table.name() == moment.kind);
    let names = |collection: &str, id: &str| dataset.name_of(collection, id);
    // A title is shorter than a heading, where a record has one.
    let titled =
        table.is_some_and(|table| table.fields().iter().any(|field| field.name == "title"));
    let heading = table.and_then(|table| {
        if titled {
            table.called(&moment.id).map(|called| language.of(called).into_owned())
        } else {
            table.heading(&moment.id, &names).map(|heading| language.of(heading))
        }
    });
    let heading = heading.unwrap_or_else(|| moment.title.clone());
    // The partner that the chart is of is in its title.
    let of_one = moment.partner.first().and_then(|code| country(code)).filter(|_| !several);
    let prefix = of_one.map(|country| format!("{}: ", language.of(country.name)));
    let title =
        prefix.and_then(|prefix| heading.strip_prefix(&prefix)).unwrap_or(&heading).to_owned();
    let event = field_label(&moment.event).map(|label| language.of(label));
    let partners = moment.partner.iter().map(|code| {
        country(code).map_or_else(|| code.clone(), |country| language.of(country.name).to_owned())
    });
    let partners: Vec<String> = partners.take(if several { 3 } else { 0 }).collect();
    let says_whom = partners.first().is_none_or(|first| title.starts_with(first.as_str()));
    let label = if says_whom { title } else { format!("{}: {title}", partners.join(", ")) };
    let from = date_phrase(moment.date, language);
    let when = match (moment.until, language) {
        (Some(until), _) if until == moment.date => from,
        (Some(until), _) => format!("{from}\u{2013}{}", date_phrase(until, language)),
        (None, Language::En) if moment.open => format!("since {from}"),
        (None, Language::Es) if moment.open => format!("desde {from}"),
        (None, _) => from,
    };
    let plain = ["period", "as_of", "date", "from"].contains(&moment.event.as_str());
    let label = match event.filter(|_| !plain) {
        Some(event) => format!("{label} ({event})"),
        None => label,
    };
    Span {
        said: format!("{label}, {when}"),
        label,
        when,
        from: moment.date,
        until: moment.until,
        open: moment.open,
    }
}
