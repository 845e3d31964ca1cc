//! Citations of sums: the question, the total with its qualifier, and the documents behind the figures in it.

use axum::response::Response;

use crate::http::app::links::Links;
use crate::http::request::question_words;
use crate::http::request::totals_query::{AddedUp, Summed, TotalsQuery};
use crate::http::response::citation::{CitedPart, citation, work};
use crate::model::{Collection, RecordId, Usd};
use crate::render::{CitationFormat, CitedWork};
use crate::sums::{HeadcountSum, SumAmount, SumQualifier, TrainingGroup};
use crate::words::{Language, usd_phrase};

/// The sum, cited.
pub(super) fn answer<C: Summed>(
    totals: &TotalsQuery<C>,
    form: CitationFormat,
    links: &Links,
) -> Response {
    citation(&work_of(totals, links), form, &format!("{}-totals", C::NAME))
}

/// The sum as a work to cite.
pub(super) fn work_of<C: Summed>(totals: &TotalsQuery<C>, links: &Links) -> CitedWork {
    let (said, included) = C::add(totals).in_words();
    work_saying(totals, links, &said, &included)
}

/// As [`work_of`], of a sum that is in words already; `included` are the records in it.
pub(crate) fn work_saying<C: Summed>(
    totals: &TotalsQuery<C>,
    links: &Links,
    said: &str,
    included: &[RecordId],
) -> CitedWork {
    let dataset = &totals.dataset;
    let table = C::table(dataset);
    let records = included.iter().filter_map(|id| table.get(id.as_str()));
    let sources = records.flat_map(C::citations).map(|citation| citation.source.as_str());
    let question = question_words::in_words::<C>(dataset, totals.links.iter());
    let part = CitedPart {
        title: format!(
            "Sum of {}{}: {said}",
            question.get(..1).unwrap_or_default().to_lowercase(),
            question.get(1..).unwrap_or_default()
        ),
        part: format!(
            "sum {}",
            Links::question(&format!("{}/totals", C::PATH), totals.links.iter())
        ),
        address: address(totals, links),
        sources: sources.collect(),
    };
    work(dataset, links, part)
}

/// The address to cite the sum by.
pub(super) fn address<C: Collection>(totals: &TotalsQuery<C>, links: &Links) -> String {
    let version = totals.dataset.release.version.as_str();
    links.cited(&format!("{}/totals", C::PATH), totals.links.iter(), version)
}

/// A sum of money in words; one that is not known to be whole says what is on record at least.
pub(super) fn money_in_words(amount: Option<&SumAmount>) -> String {
    let dollars = |usd: i64| Usd::try_from(usd).map(|usd| usd_phrase(usd, Language::En));
    let said = amount.map(|amount| {
        let usd = match amount.qualifier {
            SumQualifier::OnRecord => amount.min_usd.unwrap_or(0),
            _ => amount.usd,
        };
        dollars(usd).map(|dollars| qualified(amount.qualifier, &dollars))
    });
    match said {
        Some(Ok(said)) => said,
        _ => "no amount".to_owned(),
    }
}

/// A number of people in words.
pub(super) fn people_in_words(amount: Option<&HeadcountSum>) -> String {
    amount.map_or("no number".to_owned(), |amount| {
        let people = match amount.qualifier {
            SumQualifier::OnRecord => amount.min_personnel.unwrap_or(0),
            _ => amount.personnel,
        };
        qualified(amount.qualifier, &format!("{people} people"))
    })
}

/// Entries in courses and their cost in words.
pub(super) fn training_in_words(total: &TrainingGroup) -> String {
    let cost = money_in_words(total.cost.as_ref());
    match total.students {
        Some(students) => format!("{students} entries in courses, {cost}"),
        None => cost,
    }
}

fn qualified(qualifier: SumQualifier, said: &str) -> String {
    match qualifier {
        SumQualifier::Exact => said.to_owned(),
        SumQualifier::Approximately => format!("about {said}"),
        SumQualifier::MoreThan => format!("more than {said}"),
        SumQualifier::LessThan => format!("less than {said}"),
        SumQualifier::OnRecord => format!("at least {said} on record"),
    }
}
