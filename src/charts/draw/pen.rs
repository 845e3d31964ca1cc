//! Writes marks as SVG. A place is a share of the width and a number of pixels down, so that one drawing is written
//! both ways: in pixels where a chart stands alone, in percent where it grows with a page.

use std::fmt::Write;

use super::written::{Across, Escaped, Pixels};

/// Which side of a place a text stands on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Anchor {
    /// To the right of it.
    Start,
    /// On both sides.
    Middle,
    /// To the left of it.
    End,
}

impl Anchor {
    const fn attribute(self) -> &'static str {
        match self {
            Self::Start => "",
            Self::Middle => " text-anchor=\"middle\"",
            Self::End => " text-anchor=\"end\"",
        }
    }

    /// The side on which a text of some width stays inside, centred where there is room.
    pub(crate) fn inside(place: f64, text: f64, pixels: f64) -> Self {
        let (at, half) = (place * pixels, text / 2.0);
        if at - half < 0.0 {
            Self::Start
        } else if at + half > pixels {
            Self::End
        } else {
            Self::Middle
        }
    }
}

/// A pattern that a mark is filled with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Pattern {
    /// Vertical stripes: by law, or expected.
    Stripes,
    /// Light hatching over the whole height: nothing found.
    Gap,
    /// Hatching up to a limit.
    Limit,
}

impl Pattern {
    const fn id(self) -> &'static str {
        match self {
            Self::Stripes => "s",
            Self::Gap => "g",
            Self::Limit => "l",
        }
    }
}

/// The bytes that a small drawing takes.
const ROOM: usize = 4096;

/// Writes marks.
pub(crate) struct Pen {
    out: String,
    /// The width in pixels; where a page decides it, the least that is reckoned with.
    pub(crate) pixels: f64,
    /// Whether places are written in percent.
    fluid: bool,
    /// What its ids begin with, so that two charts can share a page.
    prefix: String,
}

impl Pen {
    /// Of a drawing that is so many pixels wide.
    pub(crate) fn fixed(pixels: f64, prefix: &str) -> Self {
        Self { out: String::with_capacity(ROOM), pixels, fluid: false, prefix: prefix.to_owned() }
    }

    /// Of a drawing as wide as its place in a page, which is at least so many pixels.
    pub(crate) fn fluid(least: f64, prefix: &str) -> Self {
        let out = String::with_capacity(ROOM);
        Self { out, pixels: least, fluid: true, prefix: prefix.to_owned() }
    }

    /// A pen of the same width, unit and patterns, for what is to be placed later.
    pub(crate) fn beside(&self) -> Self {
        Self { out: String::new(), prefix: self.prefix.clone(), ..*self }
    }

    /// Whether a page decides the width.
    pub(crate) const fn is_fluid(&self) -> bool {
        self.fluid
    }

    /// What was drawn.
    pub(crate) fn finish(self) -> String {
        self.out
    }

    /// A place, or a width, as it is written.
    const fn across(&self, share: f64) -> Across {
        if self.fluid { Across::Share(share) } else { Across::Pixels(Pixels(share * self.pixels)) }
    }

    /// A share of the width that is so many pixels.
    pub(crate) fn share(&self, pixels: f64) -> f64 {
        pixels / self.pixels
    }

    fn write(&mut self, markup: std::fmt::Arguments<'_>) {
        // Writing to a string does not fail.
        let _ = self.out.write_fmt(markup);
    }

    /// Begins a mark, which says what it is.
    pub(crate) fn open(&mut self, said: &str) {
        self.write(format_args!("<g><title>{}</title>", Escaped(said)));
    }

    /// Ends a mark.
    pub(crate) fn close(&mut self) {
        self.out.push_str("</g>");
    }

    /// A rectangle: from, width, top, height.
    pub(crate) fn rect(&mut self, class: &str, (x, width): (f64, f64), (y, height): (f64, f64)) {
        self.shape(class, None, (x, width), (y, height));
    }

    /// A rectangle that is filled with a pattern.
    pub(crate) fn patterned(
        &mut self,
        class: &str,
        pattern: Pattern,
        (x, width): (f64, f64),
        (y, height): (f64, f64),
    ) {
        self.shape(class, Some(pattern), (x, width), (y, height));
    }

    fn shape(
        &mut self,
        class: &str,
        pattern: Option<Pattern>,
        (x, width): (f64, f64),
        (y, height): (f64, f64),
    ) {
        let (x, width) = (self.across(x), self.across(width.max(0.0)));
        let (y, height) = (Pixels(y), Pixels(height.max(0.0)));
        self.write(format_args!("<rect class=\"{class}\""));
        if let Some(pattern) = pattern {
            // Writing to a string does not fail.
            let _ = write!(self.out, " fill=\"url(#{}{})\"", self.prefix, pattern.id());
        }
        self.write(format_args!(" x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\"/>"));
    }

    /// A line between two places.
    pub(crate) fn line(&mut self, class: &str, from: (f64, f64), to: (f64, f64)) {
        let (x1, x2) = (self.across(from.0), self.across(to.0));
        let (y1, y2) = (Pixels(from.1), Pixels(to.1));
        self.write(format_args!(
            "<line class=\"{class}\" x1=\"{x1}\" y1=\"{y1}\" x2=\"{x2}\" y2=\"{y2}\"/>"
        ));
    }

    /// A small shape of its own size, in pixels around a place.
    pub(crate) fn glyph(&mut self, class: &str, (x, y): (f64, f64), path: &str) {
        let (x, y) = (self.across(x), Pixels(y));
        if self.fluid {
            self.write(format_args!(
                "<svg x=\"{x}\" y=\"{y}\" overflow=\"visible\"><path class=\"{class}\" d=\"{path}\"/></svg>"
            ));
        } else {
            self.write(format_args!(
                "<path class=\"{class}\" transform=\"translate({x} {y})\" d=\"{path}\"/>"
            ));
        }
    }

    /// A circle around a place.
    pub(crate) fn circle(&mut self, class: &str, (x, y): (f64, f64), radius: f64) {
        let (x, y, radius) = (self.across(x), Pixels(y), Pixels(radius));
        self.write(format_args!(
            "<circle class=\"{class}\" cx=\"{x}\" cy=\"{y}\" r=\"{radius}\"/>"
        ));
    }

    /// A circle that is a mark by itself, and says what it is.
    pub(crate) fn circle_said(&mut self, class: &str, (x, y): (f64, f64), said: &str) {
        let (x, y, said) = (self.across(x), Pixels(y), Escaped(said));
        self.write(format_args!(
            "<circle class=\"{class}\" cx=\"{x}\" cy=\"{y}\" r=\"4\"><title>{said}</title></circle>"
        ));
    }

    /// A text at a place, some pixels beside it.
    pub(crate) fn text(
        &mut self,
        class: &str,
        (x, y): (f64, f64),
        beside: f64,
        anchor: Anchor,
        text: &str,
    ) {
        self.out.push_str("<text");
        if !class.is_empty() {
            self.write(format_args!(" class=\"{class}\""));
        }
        if self.fluid {
            self.write(format_args!(" x=\"{}\"", self.across(x)));
            if beside != 0.0 {
                self.write(format_args!(" dx=\"{}\"", Pixels(beside)));
            }
        } else {
            self.write(format_args!(" x=\"{}\"", Pixels(x * self.pixels + beside)));
        }
        let (y, anchor, text) = (Pixels(y), anchor.attribute(), Escaped(text));
        self.write(format_args!(" y=\"{y}\"{anchor}>{text}</text>"));
    }

    /// A text whose beginning is marked in red: a qualifier.
    pub(crate) fn qualified(&mut self, (x, y): (f64, f64), class: &str, red: &str, rest: &str) {
        let (x, y) = (self.across(x), Pixels(y));
        let red = if red.is_empty() {
            String::new()
        } else {
            format!("<tspan class=\"red\">{}</tspan> ", Escaped(red))
        };
        self.write(format_args!(
            "<text class=\"{class}\" x=\"{x}\" y=\"{y}\">{red}{}</text>",
            Escaped(rest)
        ));
    }

    /// What was drawn with another pen.
    pub(crate) fn place(&mut self, drawn: &str) {
        self.out.push_str(drawn);
    }

    /// The patterns, which every mark of this pen may be filled with.
    pub(crate) fn patterns(&mut self) {
        let p = self.prefix.clone();
        self.write(format_args!(
            "<defs><pattern id=\"{p}s\" width=\"3.6\" height=\"8\" patternUnits=\"userSpaceOnUse\">\
             <path class=\"pb\" d=\"M1.8 0V8\"/></pattern>\
             <pattern id=\"{p}g\" width=\"7\" height=\"7\" patternUnits=\"userSpaceOnUse\">\
             <path class=\"pe\" d=\"M-1 8L8 -1M-1 1L1 -1M6 8L8 6\"/></pattern>\
             <pattern id=\"{p}l\" width=\"5\" height=\"5\" patternUnits=\"userSpaceOnUse\">\
             <path class=\"pl\" d=\"M-1 6L6 -1M-1 1L1 -1M4 6L6 4\"/></pattern></defs>"
        ));
    }
}
