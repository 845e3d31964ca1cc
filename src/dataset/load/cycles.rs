//! Circles among records that name each other: who is part of itself, by whatever way.

use std::collections::{HashMap, HashSet};

/// The names that lead back to themselves. Each name comes with those that it leads to; of one that comes
/// twice, the last counts.
///
/// Names that cannot lie in a circle are taken away first, one after the other, so that long chains cost no
/// more than their length.
pub(crate) fn of<'n>(ways: &HashMap<&'n str, Vec<String>>) -> HashSet<&'n str> {
    let names: Vec<&str> = ways.keys().copied().collect();
    let number: HashMap<&str, usize> = (0..).zip(&names).map(|(at, name)| (*name, at)).collect();
    let onward: Vec<Vec<usize>> = names
        .iter()
        .map(|name| ways[name].iter().filter_map(|to| number.get(to.as_str()).copied()).collect())
        .collect();
    let back = reversed(&onward);
    let mut left = vec![true; names.len()];
    take_ends_away(&onward, &back, &mut left);
    take_ends_away(&back, &onward, &mut left);
    let leads_back = |start: &usize| {
        let (mut met, mut open) = (HashSet::new(), vec![*start]);
        while let Some(at) = open.pop() {
            for to in onward[at].iter().copied().filter(|to| left[*to]) {
                if to == *start {
                    return true;
                }
                if met.insert(to) {
                    open.push(to);
                }
            }
        }
        false
    };
    (0..names.len()).filter(|at| left[*at]).filter(leads_back).map(|at| names[at]).collect()
}

fn reversed(onward: &[Vec<usize>]) -> Vec<Vec<usize>> {
    let mut back = vec![Vec::new(); onward.len()];
    for (from, targets) in onward.iter().enumerate() {
        for to in targets {
            back[*to].push(from);
        }
    }
    back
}

/// Takes away what leads nowhere, and what then leads nowhere.
fn take_ends_away(onward: &[Vec<usize>], back: &[Vec<usize>], left: &mut [bool]) {
    let mut open: Vec<usize> =
        onward.iter().map(|targets| targets.iter().filter(|to| left[**to]).count()).collect();
    let mut ends: Vec<usize> = (0..open.len()).filter(|at| left[*at] && open[*at] == 0).collect();
    while let Some(end) = ends.pop() {
        left[end] = false;
        for from in back[end].iter().copied().filter(|from| left[*from]) {
            open[from] -= 1;
            if open[from] == 0 {
                ends.push(from);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::of;

    fn found(ways: &[(&'static str, &str)]) -> Vec<&'static str> {
        let named: HashMap<_, _> = ways
            .iter()
            .map(|(from, to)| (*from, to.split_whitespace().map(str::to_owned).collect()))
            .collect();
        let mut found: Vec<_> = of(&named).into_iter().collect();
        found.sort_unstable();
        found
    }

    #[test]
    fn what_leads_into_a_circle_or_from_one_to_the_next_lies_in_none() {
        let ways = [
            ("a", "b"),
            ("b", "c"),
            ("c", "b d"),
            ("d", "e"),
            ("e", "f x"),
            ("f", "e"),
            ("g", "g"),
        ];
        assert_eq!(found(&ways), ["b", "c", "e", "f", "g"]);
    }

    #[test]
    fn a_chain_and_two_ways_to_one_end_are_no_circle() {
        assert!(found(&[("a", "b c"), ("b", "d"), ("c", "d"), ("d", "gone")]).is_empty());
    }
}
