//! A chart, and its ways out: alone, as a file that may stand in an article; in a page, in the page's own style.

use maud::{Markup, PreEscaped};

use super::by_group::ByGroup;
use super::dots::Dots;
use super::draw::pen::Pen;
use super::frame::{self, Frame};
use super::grid::Grid;
use super::key::KeyMark;
use super::picture::{Picture, prefix, svg_in_page};
use super::spans::Spans;
use super::years::ByYear;
use crate::words::Language;

/// The width that a drawing in a page is reckoned with, in pixels: that of a narrow phone.
const NARROW: f64 = 234.0;

/// A chart as a page has it.
#[derive(Debug, Clone)]
pub struct InPage {
    /// The `svg`.
    pub markup: Markup,
    /// How high it is, in pixels, however wide it becomes.
    pub height: f64,
}

/// A chart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Chart {
    /// Bars by year.
    ByYear(ByYear),
    /// Bars of groups, the longest first.
    ByGroup(ByGroup),
    /// Published figures as dots, nothing added.
    Dots(Dots),
    /// What was when.
    Spans(Spans),
    /// What was found for which year.
    Grid(Grid),
}

impl Chart {
    pub(super) fn picture(&self) -> &dyn Picture {
        match self {
            Self::ByYear(chart) => chart,
            Self::ByGroup(chart) => chart,
            Self::Dots(chart) => chart,
            Self::Spans(chart) => chart,
            Self::Grid(chart) => chart,
        }
    }

    /// The chart as a file: `image/svg+xml` with its style, title, description, source line, release and address.
    pub fn alone(&self, frame: &Frame) -> String {
        frame::alone(self.picture(), frame)
    }

    /// The chart as an `svg.chart` as wide as its place in a page, without style: the page has
    /// [`STYLE`](super::STYLE). The labels of its height scale hang to the left of it, in a gutter of 3.2rem that the
    /// page leaves free. `id` tells it from other charts of the page; `title` names it for who does not see it.
    pub fn in_page(&self, id: &str, title: &str) -> InPage {
        let picture = self.picture();
        let prefix = prefix(id);
        let mut pen = Pen::fluid(NARROW, &prefix);
        pen.patterns();
        let height = picture.draw(&mut pen);
        let markup = svg_in_page(pen, &prefix, height, title, &picture.finding());
        InPage { markup, height }
    }

    /// The key as an HTML list. Its samples use the patterns of the chart with this id, which the page must hold.
    pub fn key_list(&self, id: &str) -> Markup {
        let picture = self.picture();
        key_list(&picture.keys(), id, picture.language())
    }

    /// What the marks of its key mean.
    pub fn key_meanings(&self) -> Vec<&'static str> {
        let picture = self.picture();
        picture.keys().into_iter().map(|key| key.meaning(picture.language())).collect()
    }

    /// What it shows, in sentences: finding, range and gaps.
    pub fn finding(&self) -> String {
        self.picture().finding()
    }

    /// What belongs below it, in sentences.
    pub fn notes(&self) -> Vec<String> {
        self.picture().notes()
    }

    /// Whether there is nothing to show.
    pub fn is_empty(&self) -> bool {
        self.picture().is_empty()
    }
}

/// A key as an HTML list, with samples in the patterns of the chart with this id.
pub fn key_list(keys: &[KeyMark], id: &str, language: Language) -> Markup {
    let prefix = prefix(id);
    maud::html! {
        ul class="chart-key" {
            @for key in keys {
                li { (PreEscaped(key.alone(&prefix))) " " (key.meaning(language)) }
            }
        }
    }
}
