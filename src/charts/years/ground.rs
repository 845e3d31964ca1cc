//! What stands behind and around the bars of a panel: gaps, the height scale, the years, the label of the tallest.

use super::{ByYear, Panel};
use crate::charts::draw::pen::{Anchor, Pattern, Pen};
use crate::charts::draw::scale::{Scale, labelled_years};
use crate::charts::draw::text_width::Setting;
use crate::charts::marks;
use crate::charts::phrases::{axis_labels, joined, pick, runs, said};
use crate::charts::picture::Picture;
use crate::charts::reading::Unit;

/// The label of the tallest bar, where it stands.
pub(super) struct TopLabel {
    text: String,
    x: f64,
    y: f64,
    anchor: Anchor,
    /// From where to where it reaches.
    across: (f64, f64),
}

impl TopLabel {
    /// Whether a line of text from one place to another, at a height, would lie on it.
    fn meets(&self, (from, to): (f64, f64), y: f64) -> bool {
        from < self.across.1 && self.across.0 < to && (y - self.y).abs() < 15.0
    }

    /// Writes it.
    pub(super) fn write(&self, pen: &mut Pen) {
        pen.text("strong halo", (self.x, self.y), 0.0, self.anchor, &self.text);
    }
}

impl ByYear {
    /// What lies behind the bars: years that only a sum covers, and years for which nothing was found.
    pub(super) fn ground(
        &self,
        pen: &mut Pen,
        panel: &Panel,
        label: Option<&TopLabel>,
        (begin, foot): (f64, f64),
    ) {
        let axis = self.axis();
        for (from, to) in joined(panel.only_in_sums(self.from, self.to)) {
            let x = axis.begin(from);
            pen.open(&format!(
                "{}: {}",
                runs(from..=to),
                pick(
                    self.language,
                    "only inside a sum of several years",
                    "solo dentro de una suma de varios años"
                )
            ));
            pen.rect("wash", (x, axis.end(to) - x), (begin, foot - begin));
            pen.close();
        }
        let gaps = joined(panel.gaps(self.from, self.to));
        let widest = gaps.iter().max_by_key(|(from, to)| to - from).copied();
        for (from, to) in gaps {
            let x = axis.begin(from);
            let width = axis.end(to) - x;
            pen.open(&format!(
                "{}: {}",
                runs(from..=to),
                pick(
                    self.language,
                    "not found, which does not mean zero",
                    "no se halló, lo que no significa cero"
                )
            ));
            pen.patterned("gap", Pattern::Gap, (x, width), (begin, foot - begin));
            pen.close();
            let none = pick(self.language, "none found", "sin datos");
            let half = pen.share(Setting::plain(12.5).width(none) / 2.0 + 6.0);
            let (middle, y) = (x + width / 2.0, begin + 24.0);
            let meets = label.is_some_and(|label| label.meets((middle - half, middle + half), y));
            let room = width > 2.0 * half && foot - begin > 70.0 && !meets;
            if widest == Some((from, to)) && room {
                pen.text("faint halo", (middle, y), 0.0, Anchor::Middle, none);
            }
        }
    }

    /// The height scale: a line and a number for each tick.
    pub(super) fn grid(
        &self,
        pen: &mut Pen,
        scale: &Scale,
        panel: &Panel,
        top_label: Option<&TopLabel>,
        (begin, foot): (f64, f64),
    ) {
        let unit = panel.unit;
        let ticks: Vec<i64> = scale.ticks().collect();
        let labels = axis_labels(&ticks, unit, self.language);
        let last = ticks.len().saturating_sub(1);
        // Above the label of the tallest bar, where that is near.
        let near = |label: &String| {
            let pixels = Setting::plain(11.5).width(label);
            top_label.is_some_and(|top| top.meets((0.0, pen.share(pixels)), begin - 7.0))
        };
        let raised = if labels.last().is_some_and(near) { 21.0 } else { 7.0 };
        for (at, (tick, label)) in ticks.iter().zip(&labels).enumerate() {
            let y = foot - (foot - begin) * scale.share(*tick);
            pen.line("hair", (0.0, y), (1.0, y));
            if at == last && unit == Unit::Dollars {
                // The unit stands on the top one alone, from the edge of the gutter on.
                let margin = self.margins(pen.pixels).left;
                let beside = if pen.is_fluid() { margin.min(38.0) } else { margin };
                pen.text("faint small", (0.0, y - raised), -beside, Anchor::Start, label);
            } else {
                pen.text("faint small num", (0.0, y + 4.0), -7.0, Anchor::End, label);
            }
        }
    }

    /// The label of the tallest bar of a panel; none of one that is a sliver.
    pub(super) fn top_label(
        &self,
        pen: &Pen,
        panel: &Panel,
        scale: &Scale,
        (begin, foot): (f64, f64),
    ) -> Option<TopLabel> {
        let height = foot - begin;
        let most = panel.bars.iter().map(|bar| bar.reading.value).max().filter(|most| *most > 0)?;
        let bar = panel.bars.iter().find(|bar| bar.reading.value == most)?;
        if height * scale.share(most) < 5.0 {
            return None;
        }
        let text = format!("{}, {}", said(&bar.reading, panel.unit, self.language), bar.year);
        let text = fitting(pen, text);
        let (middle, width) = (self.axis().middle(bar.year), Setting::bold(12.5).width(&text));
        let (anchor, x) = match Anchor::inside(middle, width, pen.pixels) {
            // As near to its bar as the narrowest drawing has room for it.
            Anchor::Start => (Anchor::Start, middle.min(1.0 - pen.share(width)).max(0.0)),
            Anchor::Middle => (Anchor::Middle, middle),
            Anchor::End => (Anchor::End, 1.0),
        };
        let width = pen.share(width);
        let from = match anchor {
            Anchor::Start => x,
            Anchor::Middle => middle - width / 2.0,
            Anchor::End => 1.0 - width,
        };
        let above = marks::room_above(&bar.reading);
        let mut y = foot - height * scale.share(bar.reading.reach()) - 6.0 - above;
        if panel.bars.iter().any(|bar| bar.reading.value == 0) {
            // Above the noughts of its neighbours.
            y = y.min(foot - 22.0);
        }
        let y = y.max(begin - 10.0 - above);
        Some(TopLabel { text, x, y, anchor, across: (from, from + width) })
    }

    /// The years that are labelled, below the axis.
    pub(super) fn years_below(&self, pen: &mut Pen, foot: f64) {
        let axis = self.axis();
        let setting = Setting::plain(11.5);
        for year in labelled_years(axis.from, axis.to, pen.pixels, 44.0) {
            let x = axis.middle(year);
            let text = year.to_string();
            pen.line("axis", (x, foot), (x, foot + 4.0));
            let anchor = Anchor::inside(x, setting.width(&text), pen.pixels);
            let x = match anchor {
                Anchor::Start => 0.0,
                Anchor::Middle => x,
                Anchor::End => 1.0,
            };
            pen.text("small num halo", (x, foot + 16.0), 0.0, anchor, &text);
        }
    }
}

/// The label of a mark, without its unit where it is wider than the drawing: what stands around it names the unit.
pub(super) fn fitting(pen: &Pen, label: String) -> String {
    if Setting::bold(12.5).width(&label) <= pen.pixels {
        return label;
    }
    label.replace(" de dólares", "")
}
