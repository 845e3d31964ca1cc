//! What cannot be in a sum, whatever is chosen.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Objective, PartialDate, Scope};
use crate::sums::counting::Counting;
use crate::sums::figure::SaleKind;
use crate::sums::figure_set::{Entry, FigureSet};
use crate::sums::figure_time::DaySpan;

/// What a sum allows.
#[derive(Debug, Clone)]
pub(crate) struct Rules {
    pub(crate) prefer: crate::sums::question::Prefer,
    /// The days that figures must lie in.
    pub(crate) days: DaySpan,
    /// The partners asked for, by number; none for all.
    pub(crate) partners: Option<BTreeSet<u16>>,
    /// Whether figures of any objective may stand in it, and not those of security alone.
    pub(crate) any_objective: bool,
    /// Whether requests and bills may.
    pub(crate) proposals: bool,
}

impl Rules {
    /// Whether a figure is for what the sum counts.
    pub(crate) fn allows_objective(&self, entry: &Entry, set: &FigureSet) -> bool {
        self.any_objective
            || set.sale_kind(entry).is_some()
            || entry.objective == Some(Objective::Security)
    }

    /// Whether a figure covers partners that were not asked for, together with some that were.
    pub(crate) fn covers_others(&self, entry: &Entry, set: &FigureSet) -> bool {
        let partners = set.partners_of(entry);
        let all_named =
            |named: &BTreeSet<u16>| partners.iter().all(|partner| named.contains(partner));
        partners.len() > 1 && !self.partners.as_ref().is_none_or(all_named)
    }
}

/// For each of some figures, why it cannot be in the sum; none where it may.
pub(crate) fn exclusion_reasons(
    set: &FigureSet,
    figures: &[u32],
    rules: &Rules,
) -> Vec<Option<Counting>> {
    let reasons = figures.iter().map(|figure| exclusion_reason(set, set.entry(*figure), rules));
    let mut reasons: Vec<Option<Counting>> = reasons.collect();
    exclude_credit(set, figures, &mut reasons);
    exclude_families(set, figures, &mut reasons);
    exclude_older_stocks(set, figures, &mut reasons);
    reasons
}

/// Why a figure cannot be in any sum that the rules allow.
fn exclusion_reason(set: &FigureSet, entry: &Entry, rules: &Rules) -> Option<Counting> {
    // It belongs to several together, and no source names the others.
    let alone = entry.scope == Scope::Group && set.partners_of(entry).len() < 2;
    [
        (entry.superseded, Counting::Superseded),
        (entry.waiver, Counting::Waiver),
        (entry.scope == Scope::Region, Counting::Region),
        (entry.amount.is_none(), Counting::NoAmount),
        (entry.per_year, Counting::PerYear),
        (!rules.allows_objective(entry, set), Counting::OtherObjective),
        (entry.is_proposal() && !rules.proposals, Counting::Proposal),
        (alone, Counting::Joint),
        (!entry.time.lies_in(rules.days), Counting::OutsideYears),
    ]
    .into_iter()
    .find_map(|(holds, reason)| holds.then_some(reason))
}

/// The positions of those that nothing excludes so far.
fn open<'r>(
    figures: &'r [u32],
    reasons: &'r [Option<Counting>],
) -> impl Iterator<Item = (usize, u32)> + 'r {
    let pairs = figures.iter().copied().enumerate().zip(reasons);
    pairs.filter(|(_, reason)| reason.is_none()).map(|(place, _)| place)
}

/// Credit is added to nothing but credit of the same program.
fn exclude_credit(set: &FigureSet, figures: &[u32], reasons: &mut [Option<Counting>]) {
    let (mut credit, mut programs, mut other) = (Vec::new(), BTreeSet::new(), false);
    for (position, figure) in open(figures, reasons) {
        let entry = set.entry(figure);
        if entry.credit {
            credit.push(position);
            programs.insert(entry.lane);
        } else {
            other = true;
        }
    }
    if other || programs.len() > 1 {
        for position in credit {
            reasons[position] = Some(Counting::Credit);
        }
    }
}

/// Money, else proposals, else mixed figures: never in one sum.
fn exclude_families(set: &FigureSet, figures: &[u32], reasons: &mut [Option<Counting>]) {
    let families = open(figures, reasons).map(|(_, figure)| set.entry(figure).family());
    let Some(family) = families.min() else { return };
    for (figure, reason) in figures.iter().zip(reasons) {
        let entry = set.entry(*figure);
        if reason.is_none() && entry.family() != family {
            let proposal = entry.is_proposal();
            *reason = Some(if proposal { Counting::Proposal } else { Counting::OtherStage });
        }
    }
}

/// Of stocks of the same partners and lane one stands: the newest, and one without a date counts as current.
fn exclude_older_stocks(set: &FigureSet, figures: &[u32], reasons: &mut [Option<Counting>]) {
    // A date, or none for what is current; greater is newer.
    let moment = |entry: &Entry| -> (bool, i32, Option<PartialDate>) {
        let days = entry.time.certain;
        (entry.as_of.is_none(), days.to, entry.as_of)
    };
    let mut newest: BTreeMap<(u32, u16), (bool, i32, Option<PartialDate>)> = BTreeMap::new();
    let stocks: Vec<(usize, u32)> = open(figures, reasons)
        .filter(|(_, figure)| set.sale_kind(set.entry(*figure)) == Some(SaleKind::Stock))
        .collect();
    for (_, figure) in &stocks {
        let entry = set.entry(*figure);
        let found = newest.entry((entry.partners, entry.lane)).or_insert_with(|| moment(entry));
        *found = (*found).max(moment(entry));
    }
    for (position, figure) in stocks {
        let entry = set.entry(figure);
        if newest[&(entry.partners, entry.lane)] != moment(entry) {
            reasons[position] = Some(Counting::OtherDate);
        }
    }
}
