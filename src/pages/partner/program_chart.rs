//! The figures of a program by year: small, on the axis that the rows of the page share.

use maud::{Markup, html};

use super::axis::Axis;
use crate::charts::{ByYear, Sayings, key_list, money_by_year};
use crate::collections::Partner;
use crate::model::RecordId;
use crate::pages::site::Site;
use crate::pages::wording::value_label;
use crate::query::{AnyRecord, AnyTable};
use crate::sums::{self, GroupBy, TotalsQuestion, YearsAsked};

/// What stands in the row of a program.
pub(super) struct ProgramChart {
    id: String,
    title: String,
    chart: ByYear,
}

impl ProgramChart {
    /// The published figures of a partner under a program: whatever their objective, none counted twice.
    pub(super) fn of(site: &Site<'_>, partner: &Partner, program: &RecordId) -> Self {
        let table: &dyn AnyTable = &site.dataset.assistance_funding;
        let of_partner = table.rows_where("partner", partner.id.as_str());
        let rows = of_partner & table.rows_where("program", program.as_str());
        let question = TotalsQuestion {
            group_by: vec![GroupBy::FiscalYear],
            partners: vec![partner.id.clone()],
            programs: vec![program.clone()],
            any_objective: true,
            list_excluded: false,
            ..TotalsQuestion::default()
        };
        let figures = site.dataset.assistance_figures();
        let groups = sums::group_figures(figures, rows, &question);
        let record = |id: &RecordId| {
            let found = AnyRecord::find(table, id.as_str());
            found.map_or_else(|| id.to_string(), |record| site.heading(&record.statement()))
        };
        let code = |name: &str, value: Option<&str>| {
            value_label(site, table, name, value.unwrap_or("null"))
        };
        let sayings = Sayings { language: site.language, record: &record, code: &code };
        Self {
            id: format!("{}/{program}", partner.id),
            title: site.called("assistance-programs", program.as_str()).into_owned(),
            chart: money_by_year(&groups, None, figures, YearsAsked::default(), &sayings),
        }
    }

    /// Its bars and brackets; nothing where no figure has a year.
    pub(super) fn drawn(self, axis: Axis) -> Option<Markup> {
        let Self { id, title, chart } = self;
        (!chart.panels.is_empty()).then(|| chart.compact(&id, &title, (axis.from, axis.to)))
    }
}

/// One key to the marks of all of them.
pub(super) fn key(charts: &[ProgramChart], axis: Axis) -> Markup {
    let Some(first) = charts.iter().find(|one| !one.chart.panels.is_empty()) else {
        return html! {};
    };
    let keys = ByYear::compact_keys(charts.iter().map(|one| &one.chart), (axis.from, axis.to));
    key_list(&keys, &first.id, first.chart.language)
}
