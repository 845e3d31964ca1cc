//! Sums as charts.

use crate::charts::{
    AnswerLine, Chart, Reading, Sayings, Unit, money_by_group, money_by_year, people_by_group,
    training_by_group, training_by_year,
};
use crate::collections::{Deployment, Training};
use crate::http::request::totals_query::{SumChart, Summed, TotalsQuery};
use crate::model::{Bilingual, RecordId, Vocabulary};
use crate::sums::{FigureSet, HeadcountTotals, NoAmountReason, Totals, TrainingGroup};
use crate::words::Language;

fn by_year<C>(totals: &TotalsQuery<C>) -> bool {
    totals.group_by.iter().any(|name| name == "fiscal_year")
}

/// Why there is no total, below the title.
fn without(reason: Option<NoAmountReason>, language: Language) -> Option<AnswerLine> {
    let reason = reason.filter(|reason| *reason != NoAmountReason::NotFound)?;
    let no_total = language.of(Bilingual::new("No total", "Sin total"));
    let rest = format!("{no_total}: {}", language.of(reason.entry().label));
    Some(AnswerLine { qualifier: String::new(), rest })
}

/// Sums of money.
pub(super) fn money<C: Summed>(
    totals: &TotalsQuery<C>,
    added: Totals,
    figures: &FigureSet,
    sayings: &Sayings<'_>,
) -> SumChart {
    let chart = if by_year(totals) {
        Chart::ByYear(money_by_year(&added, figures, totals.scope.years, sayings))
    } else {
        Chart::ByGroup(money_by_group(&added, figures, sayings))
    };
    let answer = match &added.total.amount {
        Some(amount) => {
            let only_security =
                C::GROUP_BY.contains(&"objective") && !totals.of_money().any_objective;
            let in_all = if only_security {
                Bilingual::new("for security", "para seguridad")
            } else {
                Bilingual::new("in all", "en total")
            };
            let in_all = sayings.language.of(in_all);
            Some(AnswerLine::of_sum(&amount.into(), Unit::Dollars, in_all, sayings.language))
        }
        None => without(added.total.reason, sayings.language),
    };
    let rows = added.data.into_iter().chain(added.shared);
    SumChart { chart, answer, records: rows.flat_map(|row| row.included).collect() }
}

/// Numbers of people.
pub(super) fn people(
    totals: &TotalsQuery<Deployment>,
    counted: HeadcountTotals,
    sayings: &Sayings<'_>,
) -> SumChart {
    let number_of =
        |id: &RecordId| totals.dataset.deployments.get(id.as_str()).and_then(|one| one.personnel);
    let chart = Chart::ByGroup(people_by_group(&counted, &number_of, sayings));
    let rows = counted.data.into_iter().chain(counted.shared);
    SumChart { chart, answer: None, records: rows.flat_map(|row| row.included).collect() }
}

/// Entries in courses, and their cost.
pub(super) fn training(
    groups: &[TrainingGroup],
    total: &TrainingGroup,
    totals: &TotalsQuery<Training>,
    sayings: &Sayings<'_>,
) -> SumChart {
    let language = sayings.language;
    let chart = if by_year(totals) {
        Chart::ByYear(training_by_year(groups, totals.scope.years, sayings))
    } else {
        Chart::ByGroup(training_by_group(groups, sayings))
    };
    let students = total.students.and_then(|students| i64::try_from(students).ok());
    let answer = students.zip(total.students_qualifier).map(|(value, qualifier)| {
        let reading = Reading { value, least: Some(value), most: Some(value), qualifier };
        let entries = language.of(Bilingual::new("entries in courses", "inscripciones en cursos"));
        AnswerLine::of_sum(&reading, Unit::Number, entries, language)
    });
    let records = groups.iter().flat_map(|row| row.included.iter().cloned()).collect();
    SumChart { chart, answer, records }
}
