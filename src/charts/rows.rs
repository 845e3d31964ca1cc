//! Rows, each with a label, a strip and a number: beside each other where there is room, else one below the other.

use super::draw::pen::{Anchor, Pen};
use super::draw::text_width::Setting;

/// From how many pixels on label, strip and number stand beside each other.
const BESIDE: f64 = 520.0;

/// The size of labels and numbers, in pixels.
const LABEL: Setting = Setting::plain(12.5);

/// The height of a line of a label, in pixels.
const LINE: f64 = 15.0;

/// How the rows of a chart are laid out.
#[derive(Debug, Clone, Copy)]
pub(super) struct RowLayout {
    /// The pixels of the labels; none where the strip stands below.
    labels: Option<f64>,
    /// The pixels of the numbers.
    numbers: f64,
    /// The height of a strip, in pixels.
    strip: f64,
    /// The pixels between two rows.
    apart: f64,
    pixels: f64,
}

/// One row as it was placed.
#[derive(Debug, Clone, Copy)]
pub(super) struct PlacedRow {
    /// The middle of its strip.
    pub(super) middle: f64,
    /// Where the next row begins.
    pub(super) end: f64,
}

impl RowLayout {
    /// For these labels and numbers, with strips of so many pixels, so far from each other. Labels take at most that
    /// share of the width.
    pub(super) fn of<'t>(
        pen: &Pen,
        labels: impl Iterator<Item = &'t str>,
        numbers: impl Iterator<Item = &'t str>,
        (strip, apart): (f64, f64),
        share: f64,
    ) -> Self {
        let widest = |texts: &mut dyn Iterator<Item = &'t str>| {
            texts.map(|text| LABEL.width(text)).fold(0.0, f64::max)
        };
        let (mut labels, mut numbers) = (labels, numbers);
        let (labels, numbers) = (widest(&mut labels), widest(&mut numbers));
        let beside = !pen.is_fluid() && pen.pixels >= BESIDE;
        let labels = beside.then(|| (labels + 2.0).min(pen.pixels * share));
        Self { labels, numbers: numbers.min(pen.pixels * 0.45), strip, apart, pixels: pen.pixels }
    }

    /// Where a share of the strip lies.
    pub(super) fn place(&self, share: f64) -> f64 {
        let (from, to) = match self.labels {
            None => (0.0, 1.0),
            Some(labels) => {
                let numbers = if self.numbers > 0.0 { self.numbers + 16.0 } else { 8.0 };
                ((labels + 12.0) / self.pixels, (self.pixels - numbers) / self.pixels)
            }
        };
        from + (to - from) * share
    }

    /// Writes label and number of a row that begins at a height.
    pub(super) fn row(&self, pen: &mut Pen, top: f64, label: &str, number: &str) -> PlacedRow {
        // A long number has a line of its own.
        let beside = self.pixels - LABEL.width(number) - 12.0;
        let own_line = beside < self.pixels * 0.4 && LABEL.width(label) > beside;
        let lines = match self.labels {
            Some(labels) => LABEL.wrap(label, labels, 2),
            None => LABEL.wrap(label, if own_line { self.pixels } else { beside }, 2),
        };
        #[expect(clippy::cast_precision_loss, reason = "two lines at most")]
        let count = lines.len() as f64;
        let height = count * LINE;
        if self.labels.is_some() {
            let tall = height.max(self.strip);
            let middle = top + tall / 2.0;
            write_lines(pen, middle - height / 2.0 + 12.0, &lines);
            if !number.is_empty() {
                pen.text("num", (1.0, middle + 4.5), 0.0, Anchor::End, number);
            }
            return PlacedRow { middle, end: top + tall + self.apart };
        }
        write_lines(pen, top + 12.0, &lines);
        let below = if own_line { LABEL.wrap(number, self.pixels, 2) } else { Vec::new() };
        write_lines(pen, top + height + 12.0, &below);
        if !number.is_empty() && !own_line {
            pen.text("num", (1.0, top + 12.0), 0.0, Anchor::End, number);
        }
        #[expect(clippy::cast_precision_loss, reason = "two lines at most")]
        let height = height + below.len() as f64 * LINE;
        let middle = top + height + 3.0 + self.strip / 2.0;
        PlacedRow { middle, end: middle + self.strip / 2.0 + self.apart + 4.0 }
    }
}

fn write_lines(pen: &mut Pen, first: f64, lines: &[String]) {
    let mut y = first;
    for line in lines {
        pen.text("", (0.0, y), 0.0, Anchor::Start, line);
        y += LINE;
    }
}
