//! Choosing a set without overlap, exactly: a dynamic program over years and a tree of programs.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Add;

use super::containment::Lanes;
use super::time::Span;

/// What a set is worth: the first difference decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(super) struct Score(pub(super) [i64; 4]);

impl Add for Score {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self(std::array::from_fn(|place| self.0[place] + other.0[place]))
    }
}

/// What may be chosen.
#[derive(Debug, Clone, Copy)]
pub(super) struct Item {
    pub(super) lane: usize,
    pub(super) span: Span,
    pub(super) score: Score,
}

/// The positions of a set of most worth in which no two items share both a day and a program.
///
/// Any two lanes of the items are beside each other, or one is inside the other: a forest. One lane is solved in
/// n log n; a tree in the cube of its distinct years.
pub(super) fn choose(items: &[Item], lanes: &Lanes) -> Vec<usize> {
    let mut chosen = Vec::new();
    let mut open: Vec<Vec<usize>> = vec![(0..items.len()).collect()];
    while let Some(some) = open.pop() {
        for tree in trees(items, &some, lanes) {
            let first = items[tree[0]].lane;
            if tree.iter().all(|item| items[*item].lane == first) {
                chosen.extend(schedule(items, &tree));
                continue;
            }
            let mut clusters = clusters(items, tree);
            if clusters.len() > 1 {
                open.extend(clusters);
            } else if let Some(cluster) = clusters.pop() {
                chosen.extend(Tree::new(items, &cluster, lanes).solve());
            }
        }
    }
    chosen.sort_unstable();
    chosen
}

/// For each lane of some items, the smallest other one that holds it.
fn parents(items: &[Item], some: &[usize], lanes: &Lanes) -> BTreeMap<usize, Option<usize>> {
    let present: BTreeSet<usize> = some.iter().map(|item| items[*item].lane).collect();
    let parent = |lane: usize| {
        let outer = lanes.around[lane].iter().copied();
        let outer = outer.filter(|outer| *outer != lane && present.contains(outer));
        outer.min_by_key(|outer| (lanes.size[*outer], *outer))
    };
    present.iter().map(|lane| (*lane, parent(*lane))).collect()
}

/// Items by the tree that their lane stands in.
fn trees(items: &[Item], some: &[usize], lanes: &Lanes) -> Vec<Vec<usize>> {
    let parents = parents(items, some, lanes);
    let mut trees: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for item in some {
        let mut root = items[*item].lane;
        while let Some(Some(up)) = parents.get(&root) {
            root = *up;
        }
        trees.entry(root).or_default().push(*item);
    }
    trees.into_values().collect()
}

/// Items by stretches of time that nothing reaches across.
fn clusters(items: &[Item], mut some: Vec<usize>) -> Vec<Vec<usize>> {
    some.sort_by_key(|item| (items[*item].span, *item));
    let mut clusters: Vec<Vec<usize>> = Vec::new();
    let mut until = i32::MIN;
    for item in some {
        let span = items[item].span;
        match clusters.last_mut() {
            Some(last) if span.from <= until => last.push(item),
            _ => clusters.push(vec![item]),
        }
        until = until.max(span.to);
    }
    clusters
}

/// Weighted interval scheduling: one lane.
fn schedule(items: &[Item], some: &[usize]) -> Vec<usize> {
    let mut order = some.to_vec();
    order.sort_by_key(|item| (items[*item].span.to, items[*item].span.from, *item));
    let before = |item: usize| {
        let from = items[item].span.from;
        order.partition_point(|earlier| items[*earlier].span.to < from)
    };
    let mut best = vec![Score::default()];
    for (place, item) in order.iter().enumerate() {
        let with = best[before(*item)] + items[*item].score;
        best.push(with.max(best[place]));
    }
    let mut chosen = Vec::new();
    let mut place = order.len();
    while place > 0 {
        if best[place] == best[place - 1] {
            place -= 1;
        } else {
            let item = order[place - 1];
            chosen.push(item);
            place = before(item);
        }
    }
    chosen
}

/// One lane of a tree.
struct Node {
    /// Items by the point at which they end: where they begin, and which they are.
    ending: BTreeMap<usize, Vec<(usize, usize)>>,
    children: Vec<usize>,
    /// Most worth between two points, of this lane and those inside it.
    best: Vec<Score>,
    /// Most worth between two points, of those inside it only.
    inside: Vec<Score>,
}

struct Tree<'i> {
    items: &'i [Item],
    nodes: Vec<Node>,
    root: usize,
    /// How many points in time there are.
    points: usize,
}

impl<'i> Tree<'i> {
    fn new(items: &'i [Item], some: &[usize], lanes: &Lanes) -> Self {
        let ends = some.iter().flat_map(|item| {
            let span = items[*item].span;
            [span.from, span.to + 1]
        });
        let mut points: Vec<i32> = ends.collect();
        points.sort_unstable();
        points.dedup();
        let parents = parents(items, some, lanes);
        let numbers: BTreeMap<usize, usize> =
            parents.keys().enumerate().map(|(number, lane)| (*lane, number)).collect();
        let empty = || Node {
            ending: BTreeMap::new(),
            children: Vec::new(),
            best: Vec::new(),
            inside: Vec::new(),
        };
        let mut nodes: Vec<Node> = parents.keys().map(|_| empty()).collect();
        let mut root = 0;
        for (lane, parent) in &parents {
            match parent {
                Some(parent) => nodes[numbers[parent]].children.push(numbers[lane]),
                None => root = numbers[lane],
            }
        }
        let point = |at: i32| points.partition_point(|point| *point < at);
        for item in some {
            let Item { lane, span, .. } = items[*item];
            let ending = &mut nodes[numbers[&lane]].ending;
            ending.entry(point(span.to + 1)).or_default().push((point(span.from), *item));
        }
        Self { items, nodes, root, points: points.len() }
    }

    fn at(&self, from: usize, to: usize) -> usize {
        from * self.points + to
    }

    fn solve(mut self) -> Vec<usize> {
        // Parents before children; worked through backwards.
        let mut order = vec![self.root];
        let mut next = 0;
        while next < order.len() {
            order.extend(self.nodes[order[next]].children.iter().copied());
            next += 1;
        }
        for node in order.into_iter().rev() {
            self.fill(node);
        }
        self.trace()
    }

    /// Works out a node whose children are worked out: between any two points, either the lane has nothing of its
    /// own, or its last item ends somewhere, with the best before it and the best of the children after it.
    fn fill(&mut self, node: usize) {
        let cells = self.points * self.points;
        let mut inside = vec![Score::default(); cells];
        for child in &self.nodes[node].children {
            for (sum, part) in inside.iter_mut().zip(&self.nodes[*child].best) {
                *sum = *sum + *part;
            }
        }
        let mut best = inside.clone();
        let mut ended: Vec<(usize, Score)> = Vec::new();
        for from in 0..self.points {
            ended.clear();
            for to in from + 1..self.points {
                let items = self.nodes[node].ending.get(&to).into_iter().flatten();
                let worth = items
                    .filter(|(start, _)| *start >= from)
                    .map(|(start, item)| best[self.at(from, *start)] + self.items[*item].score)
                    .max();
                ended.extend(worth.map(|worth| (to, worth)));
                let with = ended.iter().map(|(end, worth)| *worth + inside[self.at(*end, to)]);
                if let Some(with) = with.max() {
                    let cell = self.at(from, to);
                    best[cell] = best[cell].max(with);
                }
            }
        }
        self.nodes[node].best = best;
        self.nodes[node].inside = inside;
    }

    /// Follows the best worth back to the items that make it.
    fn trace(&self) -> Vec<usize> {
        let mut chosen = Vec::new();
        let mut open = vec![(self.root, 0, self.points - 1)];
        while let Some((number, from, to)) = open.pop() {
            let node = &self.nodes[number];
            let worth = node.best[self.at(from, to)];
            let below = |open: &mut Vec<_>, from, to| {
                open.extend(node.children.iter().map(|child| (*child, from, to)));
            };
            if worth == node.inside[self.at(from, to)] {
                below(&mut open, from, to);
                continue;
            }
            let ends = node.ending.range(from..=to);
            let all = ends.flat_map(|(end, items)| items.iter().map(move |item| (*end, item)));
            let last = all.filter(|(_, (start, _))| *start >= from).find(|(end, (start, item))| {
                let before = node.best[self.at(from, *start)];
                worth == before + self.items[*item].score + node.inside[self.at(*end, to)]
            });
            if let Some((end, (start, item))) = last {
                chosen.push(*item);
                open.push((number, from, *start));
                below(&mut open, end, to);
            }
        }
        chosen
    }
}
