//! The panels of bars: the bars themselves, and the brackets below them.

use super::axis::{Placed, placed};
use super::ground::fitting;
use super::{Bracket, ByYear, Panel, PanelSize, YearBar};
use crate::charts::draw::pen::{Anchor, Pen};
use crate::charts::draw::scale::Scale;
use crate::charts::draw::text_width::Setting;
use crate::charts::marks;
use crate::charts::phrases::{pick, said, years};
use crate::charts::reading::{Fill, Unit};
use crate::model::Basis;

/// How much of a year's place its bar takes.
const BAR: f64 = 0.74;

impl ByYear {
    /// Draws a panel from a height on, and says how much it took.
    pub(crate) fn draw_panel(
        &self,
        pen: &mut Pen,
        panel: &Panel,
        top: f64,
        size: PanelSize,
    ) -> f64 {
        let axis = self.axis();
        let mut y = top;
        if !panel.label.is_empty() && size.full {
            for line in Setting::bold(12.5).wrap(&panel.label, pen.pixels, 2) {
                y += 16.0;
                pen.text("strong", (0.0, y), 0.0, Anchor::Start, &line);
            }
            y += 2.0;
        }
        // A panel without bars is a strip of years.
        let has_bars = panel.reach() > 0 || !panel.bars.is_empty();
        let size = if has_bars { size } else { PanelSize { bars: 16.0, above: 6.0, ..size } };
        // Many sums of several years have one line each.
        let many = panel.brackets.len() > 10;
        let size = if many { PanelSize { bracket: 24.0, two_lines: false, ..size } } else { size };
        let begin = y + size.above;
        let foot = begin + size.bars;
        let scale = self.scale(panel, Self::ticks(size));
        let top_label = self.top_label(pen, panel, &scale, (begin, foot));
        self.ground(pen, panel, top_label.as_ref(), (begin, foot));
        if size.full && has_bars {
            self.grid(pen, &scale, panel, top_label.as_ref(), (begin, foot));
        }
        let label = |bracket: &Bracket| {
            let (first, second) = self.bracket_words(pen, bracket, size);
            Setting::bold(12.5).width(&first).max(Setting::plain(11.5).width(&second))
        };
        let brackets = placed(axis, &panel.brackets, pen, label);
        let years_below = if size.years { 22.0 } else { 6.0 };
        let row = |at: usize| {
            #[expect(clippy::cast_precision_loss, reason = "rows are few")]
            let at = at as f64;
            foot + years_below + 6.0 + at * size.bracket
        };
        for bar in panel.bars.iter().filter(|bar| bar.inside.is_some()) {
            let found = brackets.iter().zip(0..).find(|(_, at)| Some(*at) == bar.inside);
            if let Some((one, _)) = found {
                let x = axis.middle(bar.year);
                pen.line("inside", (x, foot), (x, row(one.row)));
            }
        }
        for bar in &panel.proposals {
            self.bar(pen, bar, &scale, (foot, size.bars));
        }
        for bar in &panel.bars {
            self.bar(pen, bar, &scale, (foot, size.bars));
        }
        pen.line("axis", (0.0, foot), (1.0, foot));
        self.zeros(pen, panel, foot);
        self.breaks(pen, panel, (begin - 10.0, foot));
        if let Some(label) = top_label {
            label.write(pen);
        }
        if size.years {
            self.years_below(pen, foot);
        }
        for one in &brackets {
            self.bracket(pen, one, row(one.row), size);
        }
        let rows = brackets.iter().map(|one| one.row + 1).max().unwrap_or(0);
        row(rows) + if size.full { 4.0 } else { 0.0 } - top
    }

    /// One bar, with what qualifies it.
    fn bar(&self, pen: &mut Pen, bar: &YearBar, scale: &Scale, (foot, height): (f64, f64)) {
        let axis = self.axis();
        let place = axis.end(bar.year) - axis.begin(bar.year);
        let x = (axis.begin(bar.year) + place * (1.0 - BAR) / 2.0, place * BAR);
        let y = |number: i64| foot - height * scale.share(number);
        let mut below: i64 = 0;
        let parts = bar.segments.iter().filter(|segment| segment.value > 0).count();
        for segment in &bar.segments {
            let upper = below.saturating_add(segment.value);
            let (from, to) = (y(below), y(upper));
            if segment.value > 0 {
                pen.open(&segment.said);
                // A single figure that is less than a pixel high is still seen.
                let tall = if parts == 1 { (from - to).max(0.8) } else { from - to };
                marks::fill(pen, segment, x, (from - tall, tall));
                if below > 0 && parts > 1 && from - to > 2.0 {
                    pen.line("cut", (x.0, from), (x.0 + x.1, from));
                }
                pen.close();
            }
            below = upper;
        }
        let reading = marks::of_parts(&bar.reading, &bar.segments);
        marks::qualify_upright(pen, &reading, (x.0 + x.1 / 2.0, x.1), &y);
    }

    /// Stated zeros, on the axis and never below it.
    fn zeros(&self, pen: &mut Pen, panel: &Panel, foot: f64) {
        let axis = self.axis();
        for bar in panel.bars.iter().chain(&panel.proposals).filter(|bar| bar.reading.value == 0) {
            let stated = bar.segments.iter().any(|segment| segment.fill != Fill::Share);
            let place = axis.end(bar.year) - axis.begin(bar.year);
            let x = axis.begin(bar.year) + place * (1.0 - BAR) / 2.0;
            let said = bar.segments.first().map_or("0", |segment| segment.said.as_str());
            pen.open(said);
            let (class, y) = if stated { ("zero", foot - 1.5) } else { ("share", foot - 1.0) };
            pen.line(class, (x, y), (x + place * BAR, y));
            if stated && place * pen.pixels >= 9.0 {
                pen.text("small", (x + place * BAR / 2.0, foot - 7.0), 0.0, Anchor::Middle, "0");
            }
            pen.close();
        }
    }

    fn breaks(&self, pen: &mut Pen, panel: &Panel, (begin, foot): (f64, f64)) {
        for one in panel.breaks.iter().filter(|one| (self.from..=self.to).contains(&one.from)) {
            let x = self.axis().begin(one.from);
            pen.open(&one.said);
            pen.line("break", (x, begin), (x, foot));
            if pen.pixels * (1.0 - x) > Setting::plain(11.5).width(&one.after) + 8.0 {
                pen.text("faint small halo", (x, begin + 5.0), 5.0, Anchor::Start, &one.after);
            }
            pen.close();
        }
    }

    /// The two lines of a bracket's label; one, where there is no room for two.
    fn bracket_words(&self, pen: &Pen, bracket: &Bracket, size: PanelSize) -> (String, String) {
        let amount = said(&bracket.reading, Unit::Dollars, self.language);
        // In a row without a scale the page says of all rows what years they are of: years of the calendar have no word.
        let said_basis = if size.full { bracket.basis } else { Basis::CalendarYear };
        let mut span = years(bracket.from, bracket.to, said_basis, self.language);
        if bracket.basis != self.basis {
            let kind = match bracket.basis {
                Basis::CalendarYear => pick(self.language, "calendar", "calendario"),
                Basis::FiscalYear => pick(self.language, "fiscal", "fiscal"),
            };
            span = format!("{span} ({kind})");
        }
        if !size.two_lines {
            return (fitting(pen, format!("{amount}, {span}")), String::new());
        }
        let second =
            if bracket.stage.is_empty() { span } else { format!("{span}, {}", bracket.stage) };
        (amount, second)
    }

    fn bracket(&self, pen: &mut Pen, one: &Placed<'_>, y: f64, size: PanelSize) {
        let (from, to) = one.span;
        let inset = pen.share(1.5).min((to - from) / 4.0);
        let (from, to) = (from + inset, to - inset);
        pen.open(&one.bracket.said);
        pen.line("bound", (from, y), (to, y));
        pen.glyph("bound", (from, y), "M0 -5V.8");
        if one.bracket.to.is_some() {
            pen.glyph("bound", (to, y), "M0 -5V.8");
        } else {
            pen.glyph("bound", (to, y), "M-5 -4L0 0L-5 4");
        }
        let (first, second) = self.bracket_words(pen, one.bracket, size);
        let (at, anchor) = one.label;
        pen.text("strong halo", (at, y + 14.0), 0.0, anchor, &first);
        if !second.is_empty() {
            pen.text("small halo", (at, y + 27.0), 0.0, anchor, &second);
        }
        pen.close();
    }
}
