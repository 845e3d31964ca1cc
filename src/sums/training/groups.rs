//! Printed totals by groups. Each group is added when it is read: there may be as many as there are totals, and all of
//! them at once take many times the memory of what they are made of.

use std::ops::Range;

use super::adding::{TrainingTotal, add, wanted_keys};
use super::answer::TrainingGroup;
use crate::model::Vocabulary;
use crate::sums::answer::Key;
use crate::sums::question::{GroupBy, TotalsQuestion};

/// Gives the printed total at a place, such as a row of a table.
type TotalAt = Box<dyn Fn(u32) -> TrainingTotal + Send + Sync>;

/// Printed totals of training, added by groups. See [the module](super) for the rule.
pub struct TrainingSums {
    total_at: TotalAt,
    question: TotalsQuestion,
    /// Where all the totals are.
    places: Vec<u32>,
    /// The same, those of each group together.
    grouped: Vec<u32>,
    groups: Vec<GroupPlaces>,
}

/// What the totals of a group have in common, in the order in which they were grouped.
type KeyValues = Vec<Option<String>>;

/// A group before it is added.
struct GroupPlaces {
    /// Which of the grouped places it has.
    members: Range<usize>,
    /// What it is called, where it has none.
    named: Option<KeyValues>,
}

impl TrainingSums {
    /// Groups the totals at some places.
    pub fn new(
        places: Vec<u32>,
        total_at: impl Fn(u32) -> TrainingTotal + Send + Sync + 'static,
        question: TotalsQuestion,
    ) -> Self {
        let (mut grouped, mut groups) = (Vec::new(), Vec::new());
        if !question.group_by.is_empty() {
            let with_values = |place: &u32| (values(&total_at(*place), &question.group_by), *place);
            let mut all: Vec<(KeyValues, u32)> = places.iter().map(with_values).collect();
            // Stable: within a group they keep their order.
            all.sort_by(|(one, _), (other, _)| one.cmp(other));
            grouped = all.iter().map(|(_, place)| *place).collect();
            groups = in_order(&all, &question);
        }
        Self { total_at: Box::new(total_at), question, places, grouped, groups }
    }

    /// How many groups there are; none where nothing is grouped.
    pub fn group_count(&self) -> usize {
        self.groups.len()
    }

    /// The groups, in the order of their keys; whoever was asked for by name has one, be it empty.
    pub fn groups(&self) -> impl Iterator<Item = TrainingGroup> + '_ {
        self.groups_in(0..self.groups.len())
    }

    /// Some of the groups, by their places in that order.
    pub fn groups_in(&self, range: Range<usize>) -> impl Iterator<Item = TrainingGroup> + '_ {
        self.groups[range].iter().map(|group| self.group(group))
    }

    /// Everything that matches, added.
    pub fn total(&self) -> TrainingGroup {
        self.add(&self.places, Key::new)
    }

    fn group(&self, group: &GroupPlaces) -> TrainingGroup {
        let places = &self.grouped[group.members.clone()];
        let mut sum = self.add(places, || {
            let values = group.named.clone().or_else(|| {
                let first = (self.total_at)(*places.first()?);
                Some(values(&first, &self.question.group_by))
            });
            let names = self.question.group_by.iter().map(|by| by.word().to_owned());
            names.zip(values.unwrap_or_default()).collect()
        });
        sum.adds_students = Some(sum.students.unwrap_or_default());
        sum.adds_usd = Some(sum.cost.map_or(0, |cost| cost.usd));
        sum
    }

    fn add(&self, places: &[u32], key: impl FnOnce() -> Key) -> TrainingGroup {
        let totals: Vec<TrainingTotal> =
            places.iter().map(|place| (self.total_at)(*place)).collect();
        add(key(), &totals.iter().collect::<Vec<_>>(), &self.question)
    }
}

fn values(total: &TrainingTotal, group_by: &[GroupBy]) -> KeyValues {
    group_by.iter().map(|by| total.value_of(*by)).collect()
}

/// The groups of totals that are in the order of their values, with those that were asked for by name and have none.
fn in_order(totals: &[(KeyValues, u32)], question: &TotalsQuestion) -> Vec<GroupPlaces> {
    let mut groups: Vec<(&KeyValues, Range<usize>)> = Vec::new();
    for members in totals.chunk_by(|(one, _), (other, _)| one == other) {
        let from = groups.last().map_or(0, |(_, before)| before.end);
        groups.extend(members.first().map(|(values, _)| (values, from..from + members.len())));
    }
    let mut empty: Vec<KeyValues> = Vec::new();
    for wanted in wanted_keys(question) {
        let has = |known: &KeyValues| {
            known.iter().zip(&wanted).all(|(known, wanted)| wanted.is_none() || known == wanted)
        };
        if !groups.iter().any(|(known, _)| has(known)) && !empty.iter().any(has) {
            empty.push(wanted);
        }
    }
    groups.extend(empty.iter().map(|values| (values, 0..0)));
    groups.sort_by_key(|(values, _)| *values);
    let places = |(values, members): (&KeyValues, Range<usize>)| {
        let named = members.is_empty().then(|| values.clone());
        GroupPlaces { members, named }
    };
    groups.into_iter().map(places).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::RecordId;

    fn total(place: u32) -> TrainingTotal {
        let (partner, program, fiscal_year) = [
            ("PER", "IMET-1", 2010),
            ("COL", "IMET-1", 2011),
            ("COL", "FMF", 2010),
            ("COL", "IMET-1", 2010),
        ][place as usize];
        TrainingTotal {
            id: format!("t{place}").parse().expect("an id"),
            partner: partner.parse().expect("a code"),
            program: program.parse().expect("a code"),
            fiscal_year,
            students: Some(place + 1),
            cost: None,
            earlier_edition: false,
        }
    }

    fn sums(group_by: &[GroupBy], partners: &[&str]) -> TrainingSums {
        let question = TotalsQuestion {
            group_by: group_by.to_vec(),
            partners: partners.iter().map(|code| code.parse().expect("a code")).collect(),
            ..TotalsQuestion::default()
        };
        TrainingSums::new((0..4).collect(), total, question)
    }

    fn ids(group: &TrainingGroup) -> Vec<&str> {
        group.included.iter().map(RecordId::as_str).collect()
    }

    #[test]
    fn groups_are_in_the_order_of_their_keys_and_their_totals_in_the_order_that_they_had() {
        let sums = sums(&[GroupBy::Partner, GroupBy::Program], &[]);
        let groups: Vec<_> = sums.groups().collect();
        let keys: Vec<Vec<_>> =
            groups.iter().map(|one| one.key.values().flatten().collect()).collect();
        assert_eq!(keys, [["COL", "FMF"], ["COL", "IMET-1"], ["PER", "IMET-1"]]);
        assert_eq!(
            groups.iter().map(ids).collect::<Vec<_>>(),
            [vec!["t2"], vec!["t1", "t3"], vec!["t0"]]
        );
        assert_eq!(ids(&sums.total()), ["t0", "t1", "t2", "t3"]);
        let adds: Vec<_> = groups.iter().filter_map(|group| group.adds_students).collect();
        assert_eq!((adds, sums.total().students), (vec![3, 6, 1], Some(10)));
    }

    #[test]
    fn whoever_was_asked_for_by_name_has_a_group_in_its_place() {
        let sums = sums(&[GroupBy::Partner], &["COL", "ECU", "PER"]);
        let keys: Vec<_> = sums.groups().map(|group| group.key["partner"].clone()).collect();
        assert_eq!(keys.iter().flatten().collect::<Vec<_>>(), ["COL", "ECU", "PER"]);
        let empty = sums.groups_in(1..2).next().expect("a group");
        assert_eq!((empty.included.len(), empty.adds_students), (0, Some(0)));
    }

    #[test]
    fn without_a_grouping_there_is_the_total_alone() {
        let sums = sums(&[], &["COL"]);
        assert_eq!((sums.group_count(), sums.total().students), (0, Some(10)));
    }
}
