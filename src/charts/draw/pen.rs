//! Writes marks as SVG. A place is a share of the width and a number of pixels down, so that one drawing is written
//! both ways: in pixels where a chart stands alone, in percent where it grows with a page.

use std::fmt::Write;

use super::written::{Across, Escaped, Pixels, Written};

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

    /// Writes what is before something, and that.
    fn put(&mut self, before: &str, written: impl Written) {
        self.out.push_str(before);
        // Writing to a string does not fail.
        let _ = written.write(&mut self.out);
    }

    /// Begins a mark, which says what it is.
    pub(crate) fn open(&mut self, said: &str) {
        self.put("<g><title>", Escaped(said));
        self.out.push_str("</title>");
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
        self.put("<rect class=\"", class);
        if let Some(pattern) = pattern {
            self.out.push_str("\" fill=\"url(#");
            self.out.push_str(&self.prefix);
            self.put(pattern.id(), ")");
        }
        self.put("\" x=\"", x);
        self.put("\" y=\"", y);
        self.put("\" width=\"", width);
        self.put("\" height=\"", height);
        self.out.push_str("\"/>");
    }

    /// A line between two places.
    pub(crate) fn line(&mut self, class: &str, from: (f64, f64), to: (f64, f64)) {
        let (x1, x2) = (self.across(from.0), self.across(to.0));
        let (y1, y2) = (Pixels(from.1), Pixels(to.1));
        self.put("<line class=\"", class);
        self.put("\" x1=\"", x1);
        self.put("\" y1=\"", y1);
        self.put("\" x2=\"", x2);
        self.put("\" y2=\"", y2);
        self.out.push_str("\"/>");
    }

    /// A small shape of its own size, in pixels around a place.
    pub(crate) fn glyph(&mut self, class: &str, (x, y): (f64, f64), path: &str) {
        let (x, y) = (self.across(x), Pixels(y));
        if self.fluid {
            self.put("<svg x=\"", x);
            self.put("\" y=\"", y);
            self.put("\" overflow=\"visible\"><path class=\"", class);
            self.put("\" d=\"", path);
            self.out.push_str("\"/></svg>");
        } else {
            self.put("<path class=\"", class);
            self.put("\" transform=\"translate(", x);
            self.put(" ", y);
            self.put(")\" d=\"", path);
            self.out.push_str("\"/>");
        }
    }

    /// A circle around a place.
    pub(crate) fn circle(&mut self, class: &str, (x, y): (f64, f64), radius: f64) {
        let (x, y, radius) = (self.across(x), Pixels(y), Pixels(radius));
        self.put("<circle class=\"", class);
        self.put("\" cx=\"", x);
        self.put("\" cy=\"", y);
        self.put("\" r=\"", radius);
        self.out.push_str("\"/>");
    }

    /// A circle that is a mark by itself, and says what it is.
    pub(crate) fn circle_said(&mut self, class: &str, (x, y): (f64, f64), said: &str) {
        let (x, y, said) = (self.across(x), Pixels(y), Escaped(said));
        self.put("<circle class=\"", class);
        self.put("\" cx=\"", x);
        self.put("\" cy=\"", y);
        self.put("\" r=\"4\"><title>", said);
        self.out.push_str("</title></circle>");
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
            self.put(" class=\"", class);
            self.out.push('"');
        }
        if self.fluid {
            self.put(" x=\"", self.across(x));
            if beside != 0.0 {
                self.put("\" dx=\"", Pixels(beside));
            }
        } else {
            self.put(" x=\"", Pixels(x * self.pixels + beside));
        }
        self.put("\" y=\"", Pixels(y));
        self.put("\"", anchor.attribute());
        self.put(">", Escaped(text));
        self.out.push_str("</text>");
    }

    /// A text whose beginning is marked in red: a qualifier.
    pub(crate) fn qualified(&mut self, (x, y): (f64, f64), class: &str, red: &str, rest: &str) {
        let (x, y) = (self.across(x), Pixels(y));
        self.put("<text class=\"", class);
        self.put("\" x=\"", x);
        self.put("\" y=\"", y);
        self.out.push_str("\">");
        if !red.is_empty() {
            self.put("<tspan class=\"red\">", Escaped(red));
            self.out.push_str("</tspan> ");
        }
        self.put("", Escaped(rest));
        self.out.push_str("</text>");
    }

    /// What was drawn with another pen.
    pub(crate) fn place(&mut self, drawn: &str) {
        self.out.push_str(drawn);
    }

    /// The patterns, which every mark of this pen may be filled with.
    pub(crate) fn patterns(&mut self) {
        let p = &self.prefix;
        // Writing to a string does not fail.
        let _ = write!(
            self.out,
            "<defs><pattern id=\"{p}s\" width=\"3.6\" height=\"8\" patternUnits=\"userSpaceOnUse\">\
             <path class=\"pb\" d=\"M1.8 0V8\"/></pattern>\
             <pattern id=\"{p}g\" width=\"7\" height=\"7\" patternUnits=\"userSpaceOnUse\">\
             <path class=\"pe\" d=\"M-1 8L8 -1M-1 1L1 -1M6 8L8 6\"/></pattern>\
             <pattern id=\"{p}l\" width=\"5\" height=\"5\" patternUnits=\"userSpaceOnUse\">\
             <path class=\"pl\" d=\"M-1 6L6 -1M-1 1L1 -1M4 6L6 4\"/></pattern></defs>"
        );
    }
}
