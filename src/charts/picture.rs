//! What every kind of chart can do, and its way into a page.

use std::fmt::Write as _;

use maud::{Markup, PreEscaped};

use super::draw::pen::Pen;
use super::draw::written::Escaped;
use super::key::KeyMark;
use crate::words::Language;

/// What a drawing needs beside its plot, in pixels.
#[derive(Debug, Clone, Copy)]
pub(super) struct Margins {
    /// For the labels of the height scale.
    pub(super) left: f64,
    /// For what hangs over the end.
    pub(super) right: f64,
}

/// What every kind of chart can do.
pub(super) trait Picture {
    /// In which language it speaks.
    fn language(&self) -> Language;
    /// What it needs beside its plot, in a room of so many pixels.
    fn margins(&self, width: f64) -> Margins;
    /// Draws the plot from the top of the pen down, and says how high it is.
    fn draw(&self, pen: &mut Pen) -> f64;
    /// The kinds of marks in it.
    fn keys(&self) -> Vec<KeyMark>;
    /// What it shows, in sentences: finding, range and gaps.
    fn finding(&self) -> String;
    /// What belongs below it.
    fn notes(&self) -> Vec<String>;
    /// Whether there is nothing to show.
    fn is_empty(&self) -> bool;
}

/// What ids begin with: a letter and eight digits of a hash (FNV-1a), so that no text of an address gets into one.
pub(super) fn prefix(id: &str) -> String {
    let hash = id
        .bytes()
        .fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    format!("c{hash:08x}")
}

/// Puts a drawing into an `svg` of a page.
pub(super) fn svg_in_page(
    pen: Pen,
    prefix: &str,
    height: f64,
    title: &str,
    finding: &str,
) -> Markup {
    let drawn = pen.finish();
    let mut svg = String::with_capacity(drawn.len() + title.len() + finding.len() + 256);
    // Writing to a string does not fail.
    let _ = write!(
        svg,
        "<svg class=\"chart\" width=\"100%\" height=\"{}\" role=\"img\" aria-labelledby=\"{prefix}t\" \
         aria-describedby=\"{prefix}d\"><title id=\"{prefix}t\">{}</title><desc id=\"{prefix}d\">{}</desc>",
        height.ceil(),
        Escaped(title),
        Escaped(finding),
    );
    svg.push_str(&drawn);
    svg.push_str("</svg>");
    PreEscaped(svg)
}
