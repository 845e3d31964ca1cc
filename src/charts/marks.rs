//! The marks: form carries every meaning, colour never alone.

use super::draw::pen::{Pattern, Pen};
use super::reading::{Fill, Reading, Segment};
use crate::sums::SumQualifier;

/// The outline of a dot, around its middle.
pub(super) const DOT: &str = "M-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0Z";

/// Whether a mark has bounds that are drawn: two, and not the same.
pub(super) fn has_whisker(reading: &Reading) -> bool {
    let between = reading.least.zip(reading.most).is_some_and(|(least, most)| least < most);
    between && reading.qualifier != SumQualifier::LessThan
}

/// What is drawn at the end of a bar of several parts: their bounds together. That one of them is an upper limit shows in
/// that part.
pub(super) fn of_parts(reading: &Reading, parts: &[Segment]) -> Reading {
    let several = parts.len() > 1 && reading.qualifier == SumQualifier::LessThan;
    let qualifier = if several { SumQualifier::Approximately } else { reading.qualifier };
    Reading { qualifier, ..*reading }
}

/// Whether there may be more than is drawn, without a bound.
pub(super) fn is_open(reading: &Reading) -> bool {
    reading.qualifier == SumQualifier::MoreThan
}

/// Whether what is drawn is an upper limit.
pub(super) fn is_limit(reading: &Reading) -> bool {
    reading.qualifier == SumQualifier::LessThan
}

/// Whether it is "about" a number, and nothing tells how far it is rounded.
pub(super) fn is_vague(reading: &Reading) -> bool {
    reading.qualifier == SumQualifier::Approximately && !has_whisker(reading)
}

/// How many pixels what qualifies a bar takes above it.
pub(super) fn room_above(reading: &Reading) -> f64 {
    if is_open(reading) || is_vague(reading) { 13.0 } else { 0.0 }
}

/// A filled rectangle: from and width, top and height.
pub(super) fn fill(pen: &mut Pen, segment: &Segment, x: (f64, f64), y: (f64, f64)) {
    match segment.fill {
        Fill::Proposed => pen.rect("asked", x, y),
        Fill::Share => pen.patterned("share", Pattern::Gap, x, y),
        _ if segment.limit => pen.patterned("limit", Pattern::Limit, x, y),
        Fill::Given => pen.rect("given", x, y),
        Fill::Expected | Fill::Announced => pen.patterned("law", Pattern::Stripes, x, y),
    }
}

/// What qualifies an upright bar: at its top, around its middle, as wide as most of the bar.
pub(super) fn qualify_upright(
    pen: &mut Pen,
    reading: &Reading,
    (x, across): (f64, f64),
    y: &impl Fn(i64) -> f64,
) {
    let half = across * 0.4;
    let top = y(reading.value);
    if has_whisker(reading) {
        let (least, most) = (y(reading.least.unwrap_or(0)), y(reading.reach()));
        for class in ["casing", "bound"] {
            // Shorter than a few pixels it is a cap.
            if least - most < 3.0 {
                let y = f64::midpoint(least, most);
                pen.line(class, (x - half, y), (x + half, y));
            } else {
                pen.line(class, (x - half, most), (x + half, most));
                pen.line(class, (x, most), (x, least));
                pen.line(class, (x - half, least), (x + half, least));
            }
        }
    } else if is_open(reading) {
        pen.glyph("bound", (x, top), "M0 0V-11M-3.5 -7.5L0 -11L3.5 -7.5");
    } else if is_limit(reading) && reading.value > 0 {
        pen.line("bound", (x - across / 2.0, top), (x + across / 2.0, top));
    } else if is_vague(reading) {
        let wave = "M-4.5 -8.5Q-2.2 -11 0 -8.5T4.5 -8.5M-4.5 -4.5Q-2.2 -7 0 -4.5T4.5 -4.5";
        pen.glyph("bound", (x, top), wave);
    }
}

/// What qualifies a bar that lies, at its end: `x` is the place of a number.
pub(super) fn qualify_lying(
    pen: &mut Pen,
    reading: &Reading,
    (middle, half): (f64, f64),
    x: &impl Fn(i64) -> f64,
) {
    let end = x(reading.value);
    if has_whisker(reading) {
        let (least, most) = (x(reading.least.unwrap_or(0)), x(reading.reach()));
        let caps = format!("M0 {:.1}V{half:.1}", -half);
        let wide = (most - least) * pen.pixels;
        for class in ["casing", "bound"] {
            if wide < 3.0 {
                pen.glyph(class, (f64::midpoint(least, most), middle), &caps);
            } else {
                pen.line(class, (least, middle), (most, middle));
                pen.glyph(class, (least, middle), &caps);
                pen.glyph(class, (most, middle), &caps);
            }
        }
    } else if is_open(reading) {
        pen.glyph("bound", (end, middle), "M0 0H11M7.5 -3.5L11 0L7.5 3.5");
    } else if is_limit(reading) && reading.value > 0 {
        pen.glyph("bound", (end, middle), &format!("M0 {:.1}V{:.1}", -half - 2.0, half + 2.0));
    } else if is_vague(reading) {
        let wave = "M3 -2Q5.2 -4.5 7.5 -2T12 -2M3 2Q5.2 -.5 7.5 2T12 2";
        pen.glyph("bound", (end, middle), wave);
    }
}
