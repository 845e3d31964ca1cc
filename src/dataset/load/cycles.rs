//! Cycles among records that refer to each other: which records contain, or replace, themselves.

use std::collections::{HashMap, HashSet};

/// The nodes that lie on a cycle. Each node comes with the nodes that it points to; those that are no keys of the
/// map are passed over.
///
/// Strongly connected components by Kosaraju's algorithm, without recursion, so that neither long chains nor
/// large cycles cost more than the number of edges.
pub(crate) fn of<'n>(edges: &HashMap<&'n str, Vec<String>>) -> HashSet<&'n str> {
    let names: Vec<&str> = edges.keys().copied().collect();
    let number: HashMap<&str, usize> = (0..).zip(&names).map(|(at, name)| (*name, at)).collect();
    let forward: Vec<Vec<usize>> = names
        .iter()
        .map(|name| edges[name].iter().filter_map(|to| number.get(to.as_str()).copied()).collect())
        .collect();
    let backward = reversed(&forward);
    let mut visited = vec![false; names.len()];
    let mut finished = Vec::new();
    for node in 0..names.len() {
        finished.extend(post_order(node, &forward, &mut visited));
    }
    visited.fill(false);
    let mut on_cycles = HashSet::new();
    for node in finished.into_iter().rev() {
        let component = post_order(node, &backward, &mut visited);
        if component.len() > 1 || forward[node].contains(&node) {
            on_cycles.extend(component.into_iter().map(|node| names[node]));
        }
    }
    on_cycles
}

fn reversed(forward: &[Vec<usize>]) -> Vec<Vec<usize>> {
    let mut backward = vec![Vec::new(); forward.len()];
    for (from, targets) in forward.iter().enumerate() {
        for to in targets {
            backward[*to].push(from);
        }
    }
    backward
}

/// The unvisited nodes that a node reaches, itself included, each after those that it reaches.
fn post_order(start: usize, edges: &[Vec<usize>], visited: &mut [bool]) -> Vec<usize> {
    let mut order = Vec::new();
    // Each node of the path with the number of its edges that were followed.
    let mut path = Vec::new();
    if !std::mem::replace(&mut visited[start], true) {
        path.push((start, 0));
    }
    while let Some((node, followed)) = path.last_mut() {
        if let Some(next) = edges[*node].get(*followed) {
            *followed += 1;
            if !std::mem::replace(&mut visited[*next], true) {
                path.push((*next, 0));
            }
        } else {
            order.push(*node);
            path.pop();
        }
    }
    order
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::of;

    fn found(edges: &[(&'static str, &str)]) -> Vec<&'static str> {
        let edges: HashMap<_, _> = edges
            .iter()
            .map(|(from, to)| (*from, to.split_whitespace().map(str::to_owned).collect()))
            .collect();
        let mut found: Vec<_> = of(&edges).into_iter().collect();
        found.sort_unstable();
        found
    }

    #[test]
    fn what_leads_into_a_cycle_or_from_one_to_the_next_lies_on_none() {
        let edges = [
            ("a", "b"),
            ("b", "c"),
            ("c", "b d"),
            ("d", "e"),
            ("e", "f x"),
            ("f", "e"),
            ("g", "g"),
        ];
        assert_eq!(found(&edges), ["b", "c", "e", "f", "g"]);
    }

    #[test]
    fn a_chain_and_two_ways_to_one_end_are_no_cycle() {
        assert!(found(&[("a", "b c"), ("b", "d"), ("c", "d"), ("d", "gone")]).is_empty());
    }

    #[test]
    fn a_cycle_of_a_hundred_thousand_records_is_found() {
        let names: Vec<String> = (0..100_000).map(|number| number.to_string()).collect();
        let next = names.iter().cycle().skip(1);
        let edges: HashMap<_, _> =
            names.iter().zip(next).map(|(from, to)| (from.as_str(), vec![to.clone()])).collect();
        assert_eq!(of(&edges).len(), names.len());
    }
}
