//! Bars by year as a picture: margins, key, notes.

use std::collections::BTreeSet;

use super::{ByYear, Panel, PanelSize};
use crate::charts::draw::pen::Pen;
use crate::charts::draw::text_width::Setting;
use crate::charts::key::KeyMark;
use crate::charts::marks;
use crate::charts::phrases::{and_more, axis_labels, nothing, pick};
use crate::charts::picture::{Margins, Picture};
use crate::charts::reading::{Fill, Reading, Unit};
use crate::words::Language;

impl Picture for ByYear {
    fn language(&self) -> Language {
        self.language
    }

    fn margins(&self, _: f64) -> Margins {
        let size = self.size();
        let mut widest: f64 = 0.0;
        for panel in &self.panels {
            let ticks: Vec<i64> = self.scale(panel, Self::ticks(size)).ticks().collect();
            let labels = axis_labels(&ticks, panel.unit, self.language);
            // The top one hangs over the bars.
            let beside = labels.len().saturating_sub(1);
            let labels =
                labels.iter().take(if panel.unit == Unit::Dollars { beside } else { labels.len() });
            widest = labels.map(|label| Setting::plain(11.5).width(label)).fold(widest, f64::max);
        }
        Margins { left: widest.max(14.0) + 8.0, right: 0.0 }
    }

    fn draw(&self, pen: &mut Pen) -> f64 {
        let size = self.size();
        let mut y = 0.0;
        for (at, panel) in self.panels.iter().enumerate() {
            // Of many panels the last has the years of all.
            let last = at + 1 == self.panels.len();
            let size = PanelSize { years: last || self.panels.len() <= 4, ..size };
            y += self.draw_panel(pen, panel, y, size);
        }
        y
    }

    fn keys(&self) -> Vec<KeyMark> {
        keys(&self.panels.iter().collect::<Vec<_>>(), (self.from, self.to))
    }

    fn finding(&self) -> String {
        if self.is_empty() {
            return nothing(self.language).to_owned();
        }
        let panels = self.panels.iter().take(6).map(|panel| self.panel_in_words(panel));
        panels.chain(self.notes.clone()).collect::<Vec<_>>().join(" ")
    }

    fn notes(&self) -> Vec<String> {
        let language = self.language;
        let mut notes = Vec::new();
        if self.is_empty() {
            return self.notes.clone();
        }
        if self.panels.iter().any(|panel| panel.unit == Unit::Dollars) {
            notes.push(
                pick(
                    language,
                    "U.S. dollars of the day, never adjusted for prices.",
                    "Dólares corrientes, sin ajuste por inflación.",
                )
                .to_owned(),
            );
        }
        if self.own_scales && self.panels.len() > 1 {
            notes.push(
                pick(
                    language,
                    "Each panel has a height scale of its own: compare shapes, not heights.",
                    "Cada panel tiene su propia escala de altura: compare las formas, no las alturas.",
                )
                .to_owned(),
            );
        }
        let undated = &self.undated;
        if !undated.is_empty() {
            let label =
                pick(language, "Of no fiscal year, and not drawn", "Sin año fiscal, y sin dibujar");
            let more = undated.len().saturating_sub(4);
            let mut list = undated.iter().take(4).cloned().collect::<Vec<_>>().join("; ");
            if more > 0 {
                list = format!("{list}; {}", and_more(more, language));
            }
            notes.push(format!("{label}: {list}."));
        }
        notes.extend(self.notes.iter().cloned());
        notes
    }

    fn is_empty(&self) -> bool {
        self.is_empty()
    }
}

/// The kinds of marks in panels on an axis of some years.
pub(super) fn keys(panels: &[&Panel], (from, to): (i16, i16)) -> Vec<KeyMark> {
    let bars = || panels.iter().flat_map(|panel| panel.bars.iter().chain(&panel.proposals));
    let own = panels.iter().flat_map(|panel| &panel.bars).flat_map(|bar| &bar.segments);
    let fills: BTreeSet<Fill> = own.map(|segment| segment.fill).collect();
    let proposals = panels.iter().any(|panel| !panel.proposals.is_empty());
    let has = |wanted: fn(&Reading) -> bool| bars().any(|bar| wanted(&bar.reading));
    let alone = fills.len() == 1 && !proposals;
    let whiskers =
        bars().any(|bar| marks::has_whisker(&marks::of_parts(&bar.reading, &bar.segments)));
    let limits = bars().flat_map(|bar| &bar.segments).any(|segment| segment.limit);
    let zeros = bars().any(|bar| {
        bar.reading.value == 0 && bar.segments.iter().any(|segment| segment.fill != Fill::Share)
    });
    let any = |wanted: &dyn Fn(&Panel) -> bool| panels.iter().any(|panel| wanted(panel));
    let found = [
        (fills.contains(&Fill::Given) && !alone, KeyMark::Given),
        (fills.contains(&Fill::Announced), KeyMark::Announced),
        (fills.contains(&Fill::Expected), KeyMark::Expected),
        (fills.contains(&Fill::Proposed) || proposals, KeyMark::Proposed),
        (fills.contains(&Fill::Share), KeyMark::Share),
        (whiskers, KeyMark::Bounds),
        (has(marks::is_open), KeyMark::MoreThan),
        (limits, KeyMark::LessThan),
        (has(marks::is_vague), KeyMark::Vague),
        (any(&|panel| !panel.brackets.is_empty()), KeyMark::Bracket),
        (any(&|panel| !panel.only_in_sums(from, to).is_empty()), KeyMark::OnlyInSum),
        (zeros, KeyMark::Zero),
        (any(&|panel| !panel.gaps(from, to).is_empty()), KeyMark::Gap),
    ];
    found.into_iter().filter(|(is_there, _)| *is_there).map(|(_, key)| key).collect()
}
