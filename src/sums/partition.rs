//! Figures by what they are grouped by, and what became of each group.

use std::collections::{BTreeMap, HashMap};

use foldhash::fast::FixedState;

use super::counting::{Counting, NoAmountReason};
use super::decision::Rules;
use super::figure::Lane;
use super::figure_set::{Entry, FigureSet};
use super::figure_time::StatedYears;
use super::question::{GroupBy, Spread, TotalsQuestion};
use super::spread::spread;
use super::tally::{Share, Tally};
use crate::model::{Basis, Objective, Vocabulary};

/// The values of a key, in the order of what was grouped by.
pub(super) type Values = Vec<Option<String>>;

/// The value of a row's key; none where it is not grouped by that.
pub(super) fn value_of<'v>(keys: &[GroupBy], values: &'v Values, key: GroupBy) -> Option<&'v str> {
    let at = keys.iter().position(|one| *one == key)?;
    values.get(at)?.as_deref()
}

/// What the figures of a group have in common: the same as its [`Values`], and no text to be made of each figure.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct GroupKey {
    partners: Option<u32>,
    program: Option<u16>,
    channel: Option<&'static str>,
    measure: Option<&'static str>,
    years: Option<(i16, Option<i16>, Basis)>,
    stage: Option<&'static str>,
    objective: Option<Objective>,
}

impl GroupKey {
    fn of(set: &FigureSet, entry: &Entry, keys: &[GroupBy]) -> Self {
        let mut of = Self::default();
        for key in keys {
            match (key, set.lane_of(entry)) {
                (GroupBy::Partner, _) => of.partners = Some(entry.partners),
                (GroupBy::Program, Lane::Program(_)) => of.program = Some(entry.lane),
                (GroupBy::Channel, Lane::Sale { channel, .. }) => of.channel = Some(channel),
                (GroupBy::Measure, Lane::Sale { measure, .. }) => of.measure = Some(measure),
                (GroupBy::FiscalYear, _) => {
                    of.years = entry.time.years.map(|years| (years.from, years.to, years.basis));
                }
                (GroupBy::Stage, _) => of.stage = entry.stage.map(|stage| stage.word),
                (GroupBy::Objective, _) => of.objective = entry.objective,
                (GroupBy::Program | GroupBy::Channel | GroupBy::Measure, _) => {}
            }
        }
        of
    }

    /// What it says of a key, in words.
    fn value(self, set: &FigureSet, key: GroupBy) -> Option<String> {
        match key {
            GroupBy::Partner => self.partners.map(|number| set.partner_codes(number)),
            GroupBy::Program => self.program.map(|lane| set.lanes[usize::from(lane)].to_string()),
            GroupBy::Channel => self.channel.map(str::to_owned),
            GroupBy::Measure => self.measure.map(str::to_owned),
            GroupBy::FiscalYear => {
                self.years.map(|(from, to, basis)| StatedYears::label(from, to, basis))
            }
            GroupBy::Stage => self.stage.map(str::to_owned),
            GroupBy::Objective => self.objective.map(Objective::word).map(str::to_owned),
        }
    }
}

/// One group: what became of its figures.
pub(super) struct Part<'s> {
    /// Whether its figures cover several groups together.
    pub(super) shared: bool,
    pub(super) values: Values,
    pub(super) tally: Tally<'s>,
    /// Why it has no amount, though figures were counted at first.
    pub(super) incomparable: Option<NoAmountReason>,
}

impl Part<'_> {
    /// Where it stands among the groups.
    pub(super) fn place(&self) -> (bool, &Values) {
        (self.shared, &self.values)
    }
}

/// The figures of a question, by what they are grouped by.
pub(super) struct Partition<'s, 'q> {
    pub(super) set: &'s FigureSet,
    pub(super) question: &'q TotalsQuestion,
    pub(super) keys: Vec<GroupBy>,
    /// The figures, in the order of their numbers.
    figures: Vec<u32>,
}

impl<'s, 'q> Partition<'s, 'q> {
    pub(super) fn new(
        set: &'s FigureSet,
        figures: impl IntoIterator<Item = u32>,
        question: &'q TotalsQuestion,
    ) -> Self {
        let mut figures: Vec<u32> = figures.into_iter().collect();
        if !figures.is_sorted() {
            figures.sort_unstable();
        }
        figures.dedup();
        let always: &[GroupBy] =
            if set.is_of_sales() { &[GroupBy::Channel, GroupBy::Measure] } else { &[] };
        let mut keys: Vec<GroupBy> = Vec::new();
        for key in question.group_by.iter().chain(always) {
            if !keys.contains(key) {
                keys.push(*key);
            }
        }
        Self { set, question, keys, figures }
    }

    /// Whether rows by year hold shares of figures of several years.
    fn is_yearly(&self) -> bool {
        self.question.spread == Spread::Even && self.keys.contains(&GroupBy::FiscalYear)
    }

    /// What a sum allows: a group, or the total.
    pub(super) fn rules(&self, of_total: bool) -> Rules {
        let question = self.question;
        let by = |key: GroupBy| question.group_by.contains(&key);
        let partners = question.partners.iter().filter_map(|code| self.set.partner(code));
        let of_one_program = by(GroupBy::Program) && !of_total;
        Rules {
            prefer: question.prefer,
            days: question.years.span(),
            partners: (!question.partners.is_empty()).then(|| partners.collect()),
            any_objective: question.any_objective
                || by(GroupBy::Objective)
                || of_one_program
                || !self.set.has_objectives,
            proposals: question.proposals || by(GroupBy::Stage),
        }
    }

    fn tally(&self, figures: &[u32], rules: &Rules) -> Tally<'s> {
        match self.question.spread {
            Spread::Even => spread(self.set, figures, rules, self.question.years),
            Spread::None => Tally::whole(self.set, figures, rules),
        }
    }

    /// What became of all figures together.
    pub(super) fn total(&self) -> Part<'s> {
        let rules = self.rules(true);
        part(false, Vec::new(), self.tally(&self.figures, &rules), &rules)
    }

    /// The groups, in the order of their keys, each decided for itself; none where nothing is grouped by.
    pub(super) fn groups(&self) -> Vec<Part<'s>> {
        let mut groups = Vec::new();
        self.each_group(|part| groups.push(part));
        groups.sort_by(|one, other| one.place().cmp(&other.place()));
        groups
    }

    /// Calls `visit` with each group, in no order. What was decided over the figures of one scope is let go before the
    /// next: of very many figures that takes more memory than all that is asked of them.
    pub(super) fn each_group(&self, mut visit: impl FnMut(Part<'s>)) {
        let rules = self.rules(false);
        for figures in self.scopes() {
            for (year, tally) in self.groups_of(&figures, &rules) {
                let (shared, values) = self.place(self.set.entry(tally.figures[0]), year);
                visit(part(shared, values, tally, &rules));
            }
        }
    }

    /// The figures that are decided over together, in no order; none where nothing is grouped by.
    fn scopes(&self) -> impl Iterator<Item = Vec<u32>> + use<> {
        // Partners are told apart by the decision itself; years come after it when figures are divided.
        let apart = |key: &&GroupBy| {
            **key != GroupBy::Partner && !(self.is_yearly() && **key == GroupBy::FiscalYear)
        };
        let apart: Vec<GroupBy> = self.keys.iter().filter(apart).copied().collect();
        let mut scopes: HashMap<GroupKey, Vec<u32>, FixedState> = HashMap::default();
        for figure in self.figures.iter().filter(|_| !self.keys.is_empty()) {
            let scope = GroupKey::of(self.set, self.set.entry(*figure), &apart);
            scopes.entry(scope).or_default().push(*figure);
        }
        scopes.into_values()
    }

    /// The groups of the figures of one scope, each with the year whose shares it holds, if it holds shares.
    fn groups_of(&self, figures: &[u32], rules: &Rules) -> Vec<(Option<i16>, Tally<'s>)> {
        let whole = self.tally(figures, rules);
        if !self.is_yearly() && !self.keys.contains(&GroupBy::Partner) {
            // They have all keys in common.
            return vec![(None, whole)];
        }
        let mut parts: BTreeMap<(GroupKey, Option<i16>), Tally<'s>> = BTreeMap::new();
        self.split(&whole, &mut parts);
        parts.into_iter().map(|((_, year), tally)| (year, tally)).collect()
    }

    /// Sorts what became of the figures of one scope into its groups.
    fn split(&self, whole: &Tally<'s>, groups: &mut BTreeMap<(GroupKey, Option<i16>), Tally<'s>>) {
        let mut shares = whole.shares.chunk_by(|one, other| one.figure == other.figure).peekable();
        for (figure, counting) in whole.figures.iter().zip(&whole.counting) {
            let entry = self.set.entry(*figure);
            let own = shares.next_if(|shares| shares[0].figure == *figure).unwrap_or_default();
            let key = GroupKey::of(self.set, entry, &self.keys);
            let mut put = |year: Option<i16>, shares: &[Share]| {
                // A share stands under its own year.
                let years = key.years.filter(|_| year.is_none());
                let key = GroupKey { years, ..key };
                let group = groups.entry((key, year)).or_insert_with(|| whole.emptied());
                group.figures.push(*figure);
                group.counting.push(*counting);
                group.shares.extend_from_slice(shares);
            };
            if !self.is_yearly() {
                put(None, own);
            } else if *counting == Counting::Counted {
                own.chunk_by(|one, other| one.year == other.year)
                    .for_each(|of_year| put(of_year[0].year, of_year));
            } else if let Some(year) = entry.time.single_year() {
                // What stands in no year is left out of the total alone.
                put(Some(year), own);
            }
        }
    }

    /// Where a figure, or its share of a year, stands.
    fn place(&self, entry: &Entry, year: Option<i16>) -> (bool, Values) {
        let several = self.set.partners_of(entry).len() > 1;
        let group = GroupKey::of(self.set, entry, &self.keys);
        let value = |key: &GroupBy| match (key, year) {
            (GroupBy::FiscalYear, Some(year)) => Some(year.to_string()),
            _ => group.value(self.set, *key),
        };
        let shared = several && self.keys.contains(&GroupBy::Partner);
        (shared, self.keys.iter().map(value).collect())
    }

    /// What shares of the total add to the groups that they stand in, by their places.
    pub(super) fn added_to_places(&self, shares: &[Share]) -> BTreeMap<(bool, Values), i64> {
        let mut added: BTreeMap<(GroupKey, Option<i16>), (u32, i64)> = BTreeMap::new();
        for Share { figure, year, amount, .. } in shares {
            let key = GroupKey::of(self.set, self.set.entry(*figure), &self.keys);
            let year = year.filter(|_| self.is_yearly());
            added.entry((key, year)).or_insert((*figure, 0)).1 += amount.usd;
        }
        // Shares of one year stand together, whatever years their figures have.
        let mut places = BTreeMap::new();
        for ((_, year), (figure, usd)) in added {
            *places.entry(self.place(self.set.entry(figure), year)).or_default() += usd;
        }
        places
    }
}

fn part<'s>(shared: bool, values: Values, mut tally: Tally<'s>, rules: &Rules) -> Part<'s> {
    tally.prefer_own(rules);
    let incomparable = tally.incomparable();
    if let Some(reason) = incomparable {
        tally.discount(match reason {
            NoAmountReason::DifferentMeasures => Counting::DifferentMeasure,
            _ => Counting::NotComparable,
        });
    }
    Part { shared, values, tally, incomparable }
}
