//! Bars by year: one axis of years, a bar for what is of one year, a bracket for a sum of several.

mod axis;
mod compact;
mod ground;
mod panels;
mod picture;

use crate::charts::draw::scale::Scale;
use crate::charts::phrases::{pick, runs, said, years};
use crate::charts::reading::{Reading, Segment, Unit};
use crate::model::{Basis, RecordId};
use crate::words::Language;

/// What stands for one year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct YearBar {
    /// The year.
    pub year: i16,
    /// What it adds up to.
    pub reading: Reading,
    /// Its parts, from the axis up.
    pub segments: Vec<Segment>,
    /// The place, among the brackets of its panel, of a sum that contains it.
    pub inside: Option<usize>,
}

/// One sum for several years: it has no height.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bracket {
    /// The first year.
    pub from: i16,
    /// The last year; none where no end is stated.
    pub to: Option<i16>,
    /// What its years are.
    pub basis: Basis,
    /// The sum.
    pub reading: Reading,
    /// How final the money is, in a word; empty where nothing says.
    pub stage: String,
    /// The figures in it.
    pub figures: Vec<RecordId>,
    /// What the mark says of itself.
    pub said: String,
}

/// A year from which a series is counted in another way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Break {
    /// The first year that is counted so.
    pub from: i16,
    /// How it is counted before, and from then on.
    pub said: String,
    /// How it is counted from then on, in a few words.
    pub after: String,
}

/// Bars that share a height scale and a label.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Panel {
    /// What sets it apart from other panels; empty where there is one.
    pub label: String,
    /// What its numbers count.
    pub unit: Unit,
    /// What is of one year each, in the order of years.
    pub bars: Vec<YearBar>,
    /// Years for which money was only proposed. Never filled, never on top of money, and in no sum.
    pub proposals: Vec<YearBar>,
    /// Sums for several years.
    pub brackets: Vec<Bracket>,
    /// Where the way of counting changes.
    pub breaks: Vec<Break>,
}

/// Bars by year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ByYear {
    /// In which language it speaks.
    pub language: Language,
    /// The first year of the axis.
    pub from: i16,
    /// The last year of the axis.
    pub to: i16,
    /// What the years of the axis are.
    pub basis: Basis,
    /// The panels, one above the other.
    pub panels: Vec<Panel>,
    /// Whether each panel has a height scale of its own: they count different things.
    pub own_scales: bool,
    /// What is of no year that is known, in words.
    pub undated: Vec<String>,
    /// Further sentences for below the chart.
    pub notes: Vec<String>,
}

/// The heights of a panel, in pixels.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PanelSize {
    /// Of the bars.
    pub(crate) bars: f64,
    /// Above the bars: label of the tallest, arrows.
    pub(crate) above: f64,
    /// Of one row of brackets.
    pub(crate) bracket: f64,
    /// Whether it has gridlines with labels.
    pub(crate) full: bool,
    /// Whether it has years below it.
    pub(crate) years: bool,
    /// Whether the label of a bracket has a second line.
    pub(crate) two_lines: bool,
}

impl Panel {
    /// Whether a sum of several years covers a year; without an end, up to the last.
    fn is_in_sum(&self, year: i16, last: i16) -> bool {
        let mut sums = self.brackets.iter();
        sums.any(|one| (one.from..=one.to.unwrap_or(last).max(one.from)).contains(&year))
    }

    fn has_bar(&self, year: i16) -> bool {
        self.bars.binary_search_by_key(&year, |bar| bar.year).is_ok()
    }

    /// The years of an axis that have neither money of their own nor lie in a sum.
    pub(crate) fn gaps(&self, from: i16, to: i16) -> Vec<i16> {
        (from..=to).filter(|year| !self.has_bar(*year) && !self.is_in_sum(*year, to)).collect()
    }

    /// The years of an axis that only a sum of several covers.
    pub(crate) fn only_in_sums(&self, from: i16, to: i16) -> Vec<i16> {
        (from..=to).filter(|year| !self.has_bar(*year) && self.is_in_sum(*year, to)).collect()
    }

    /// The highest number that a mark reaches.
    pub(crate) fn reach(&self) -> i64 {
        let bars = self.bars.iter().chain(&self.proposals);
        bars.map(|bar| bar.reading.reach()).max().unwrap_or(0)
    }

    fn tallest(&self) -> Option<&YearBar> {
        let most = self.bars.iter().map(|bar| bar.reading.value).max()?;
        self.bars.iter().find(|bar| bar.reading.value == most && most > 0)
    }
}

impl ByYear {
    /// Whether there is anything to draw.
    pub fn is_empty(&self) -> bool {
        let blank = |panel: &Panel| {
            panel.bars.is_empty() && panel.brackets.is_empty() && panel.proposals.is_empty()
        };
        self.panels.iter().all(blank)
    }

    /// The heights of its panels.
    pub(crate) fn size(&self) -> PanelSize {
        let bars = match self.panels.len() {
            0 | 1 => 190.0,
            2 => 120.0,
            3 | 4 => 84.0,
            _ => 60.0,
        };
        PanelSize { bars, above: 34.0, bracket: 38.0, full: true, years: true, two_lines: true }
    }

    /// The height scale of a panel.
    pub(crate) fn scale(&self, panel: &Panel, ticks: i64) -> Scale {
        let all = self.panels.iter().map(Panel::reach).max().unwrap_or(0);
        Scale::up_to(if self.own_scales { panel.reach() } else { all }, ticks)
    }

    /// About how many ticks a height scale has; without a scale, so many that the tallest bar fills its panel.
    pub(crate) fn ticks(size: PanelSize) -> i64 {
        if !size.full {
            100
        } else if size.bars > 150.0 {
            5
        } else if size.bars > 100.0 {
            3
        } else {
            2
        }
    }

    /// What a panel shows, in sentences.
    fn panel_in_words(&self, panel: &Panel) -> String {
        let mut sentences: Vec<String> = Vec::new();
        let language = self.language;
        let number = |reading: &Reading| said(reading, panel.unit, language);
        let bars: Vec<&YearBar> = panel.bars.iter().collect();
        let of = |year: i16| years(year, Some(year), self.basis, language);
        if let (Some(first), Some(last)) = (bars.first(), bars.last()) {
            sentences.push(match language {
                Language::En => format!(
                    "{} with a number of their own, the first {}: {}, the last {}: {}",
                    counted(bars.len(), "year", "years"),
                    of(first.year),
                    number(&first.reading),
                    of(last.year),
                    number(&last.reading)
                ),
                Language::Es => format!(
                    "{} con número propio, el primero {}: {}, el último {}: {}",
                    counted(bars.len(), "año", "años"),
                    of(first.year),
                    number(&first.reading),
                    of(last.year),
                    number(&last.reading)
                ),
            });
        }
        if let Some(tallest) = panel.tallest().filter(|_| bars.len() > 1) {
            let most = pick(language, "The highest is", "El más alto es");
            sentences.push(format!("{most} {}: {}", of(tallest.year), number(&tallest.reading)));
        }
        for bracket in panel.brackets.iter().take(12) {
            let several = pick(language, "In one sum for", "En una sola suma para");
            let span = years(bracket.from, bracket.to, bracket.basis, language);
            sentences.push(format!("{several} {span}: {}", number(&bracket.reading)));
        }
        if !panel.proposals.is_empty() {
            let only =
                pick(language, "Only proposed, in no sum", "Solo propuesto, en ninguna suma");
            sentences.push(format!("{only}: {}", runs(panel.proposals.iter().map(|bar| bar.year))));
        }
        let gaps = panel.gaps(self.from, self.to);
        if !gaps.is_empty() {
            let none = pick(
                language,
                "No number was found, which does not mean zero, for",
                "No se halló ningún número, lo que no significa cero, para",
            );
            sentences.push(format!("{none} {}", runs(gaps)));
        }
        sentences.extend(panel.breaks.iter().map(|one| one.said.clone()));
        let label =
            if panel.label.is_empty() { String::new() } else { format!("{}. ", panel.label) };
        format!("{label}{}.", sentences.join(". "))
    }
}

fn counted(count: usize, one: &str, several: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { several })
}
