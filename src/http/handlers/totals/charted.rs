//! Sums as charts.

use crate::charts::{
    self, AnswerLine, Chart, Reading, Sayings, Unit, money_by_group, people_by_group,
    training_by_group, training_by_year,
};
use crate::collections::{Deployment, Training};
use crate::http::request::totals_query::{SumChart, Summed, TotalsQuery};
use crate::model::{Bilingual, RecordId, Vocabulary};
use crate::sums::{
    FigureSet, Group, GroupFigures, HeadcountTotals, NoAmountReason, Totals, TrainingGroup,
};
use crate::words::Language;

pub(super) fn is_by_year<C>(totals: &TotalsQuery<C>) -> bool {
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
    sums: &Totals,
    figures: &FigureSet,
    sayings: &Sayings<'_>,
) -> SumChart {
    let rows = || sums.data.iter().chain(&sums.shared);
    if is_by_year(totals) {
        let rows: Vec<GroupFigures> = rows().map(GroupFigures::of).collect();
        return money_by_year(totals, &rows, &sums.total, figures, sayings);
    }
    SumChart {
        chart: Chart::ByGroup(money_by_group(sums, figures, sayings)),
        answer: money_answer(totals, &sums.total, sayings.language),
        records: rows().flat_map(|row| &row.included).cloned().collect(),
    }
}

/// Sums of money by year.
pub(super) fn money_by_year<C: Summed>(
    totals: &TotalsQuery<C>,
    rows: &[GroupFigures],
    total: &Group,
    figures: &FigureSet,
    sayings: &Sayings<'_>,
) -> SumChart {
    let years = totals.scope.years;
    SumChart {
        chart: Chart::ByYear(charts::money_by_year(rows, Some(total), figures, years, sayings)),
        answer: money_answer(totals, total, sayings.language),
        records: rows.iter().flat_map(|row| &row.included).cloned().collect(),
    }
}

/// The total below the title.
fn money_answer<C: Summed>(
    totals: &TotalsQuery<C>,
    total: &Group,
    language: Language,
) -> Option<AnswerLine> {
    let Some(amount) = &total.amount else { return without(total.reason, language) };
    let only_security = C::GROUP_BY.contains(&"objective") && !totals.of_money().any_objective;
    let in_all = if only_security {
        Bilingual::new("for security", "para seguridad")
    } else {
        Bilingual::new("in all", "en total")
    };
    Some(AnswerLine::of_sum(&amount.into(), Unit::Dollars, language.of(in_all), language))
}

/// Numbers of people.
pub(super) fn people(
    totals: &TotalsQuery<Deployment>,
    sums: &HeadcountTotals,
    sayings: &Sayings<'_>,
) -> SumChart {
    let number_of =
        |id: &RecordId| totals.dataset.deployments.get(id.as_str()).and_then(|one| one.personnel);
    let chart = Chart::ByGroup(people_by_group(sums, &number_of, sayings));
    let rows = sums.data.iter().chain(&sums.shared);
    let records = rows.flat_map(|row| &row.included).cloned().collect();
    SumChart { chart, answer: None, records }
}

/// Entries in courses, and their cost.
pub(super) fn training(
    groups: &[TrainingGroup],
    total: &TrainingGroup,
    totals: &TotalsQuery<Training>,
    sayings: &Sayings<'_>,
) -> SumChart {
    let language = sayings.language;
    let chart = if is_by_year(totals) {
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
