//! What never stands in one sum, or in none, over figures at random.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::made::{ask, figures, groups, totals};
use super::promises::{groupings, prefers};
use crate::model::{Objective, Scope};
use crate::sums::{Figure, Group, GroupBy, Spread, StageKind, TotalsQuestion};

/// The figures of a sum.
fn included<'f>(group: &Group, figures: &'f [Figure]) -> Vec<&'f Figure> {
    figures.iter().filter(|figure| group.included.contains(&figure.id)).collect()
}

proptest! {
    #[test]
    fn what_was_replaced_recurs_waives_or_speaks_for_a_region_is_in_no_sum(
        figures in figures(1..14, 7, 6), flags in prop::collection::vec(0_u8..8, 14),
        group_by in groupings(), prefer in prefers(), even in any::<bool>(),
    ) {
        let mut figures = figures;
        for (figure, flag) in figures.iter_mut().zip(flags) {
            match flag {
                1 => figure.superseded = true,
                2 => figure.per_year = true,
                3 => figure.scope = Scope::Region,
                // Of several together, of whom no source names the others.
                4 => {
                    figure.scope = Scope::Group;
                    figure.partners.truncate(1);
                }
                5 => figure.amount = None,
                6 => figure.waiver = true,
                _ => {}
            }
        }
        let spread = if even { Spread::Even } else { Spread::None };
        let totals = totals(&figures, &TotalsQuestion { spread, ..ask(&group_by, prefer) });
        for group in groups(&totals) {
            for figure in included(group, &figures) {
                prop_assert!(!figure.superseded && !figure.per_year && figure.amount.is_some());
                prop_assert!(!figure.waiver);
                prop_assert!(figure.scope == Scope::Country || figure.partners.len() > 1);
            }
        }
    }

    #[test]
    fn a_sum_is_of_security_assistance_unless_an_objective_or_a_program_is_asked_for(
        figures in figures(1..14, 7, 6), objectives in prop::collection::vec(0_u8..4, 14),
        group_by in prop::sample::subsequence(vec![GroupBy::Partner, GroupBy::FiscalYear, GroupBy::Stage], 0..=3),
        prefer in prefers(),
    ) {
        let mut figures = figures;
        for (figure, objective) in figures.iter_mut().zip(objectives) {
            figure.objective = match objective {
                0 => None,
                1 => Some(Objective::Economic),
                2 => Some(Objective::Mixed),
                _ => Some(Objective::Security),
            };
        }
        // Where nothing says what money is for, nothing can be left out for it.
        prop_assume!(figures.iter().any(|figure| figure.objective.is_some()));
        let question = TotalsQuestion { any_objective: false, ..ask(&group_by, prefer) };
        for group in groups(&totals(&figures, &question)) {
            for figure in included(group, &figures) {
                prop_assert_eq!(figure.objective, Some(Objective::Security));
            }
        }
    }

    #[test]
    fn money_proposals_and_totals_over_several_stages_are_never_in_one_sum(
        figures in figures(1..14, 7, 6), group_by in groupings(), prefer in prefers(), proposals in any::<bool>(),
    ) {
        let question = TotalsQuestion { proposals, ..ask(&group_by, prefer) };
        for group in groups(&totals(&figures, &question)) {
            let kinds = included(group, &figures).into_iter().filter_map(|figure| figure.stage);
            let families: BTreeSet<u8> = kinds
                .map(|stage| match stage.kind {
                    StageKind::Proposed => 1,
                    StageKind::Mixed => 2,
                    _ => 0,
                })
                .collect();
            prop_assert!(families.len() < 2, "{families:?} in one sum");
        }
    }
}
