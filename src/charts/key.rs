//! The key of a chart: each kind of mark that it has, with its meaning.

use super::draw::pen::{Anchor, Pattern, Pen};
use super::draw::text_width::Setting;
use super::phrases::pick;
use crate::words::Language;

/// A kind of mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum KeyMark {
    /// A full bar.
    Given,
    /// A striped bar.
    Expected,
    /// A striped bar of sales.
    Announced,
    /// Hatching without a height.
    Unstated,
    /// A dashed outline.
    Proposed,
    /// A dotted outline with hatching.
    Share,
    /// A whisker.
    Bounds,
    /// An arrow.
    MoreThan,
    /// A hatched bar under a line.
    LessThan,
    /// Two waves.
    Vague,
    /// A bracket.
    Bracket,
    /// A wash.
    OnlyInSum,
    /// A thick line.
    Zero,
    /// Light hatching over the whole height.
    Gap,
    /// A full dot.
    DotGiven,
    /// A ring.
    DotExpected,
    /// A dashed ring.
    DotProposed,
    /// A full cell with a number.
    CellFigures,
    /// A dashed cell with a number.
    CellProposed,
    /// A cell with a zero over a thick line.
    CellZero,
    /// A tan cell.
    CellInSum,
    /// A thin line.
    CellNone,
    /// A span.
    Span,
    /// A span with an arrow.
    OpenSpan,
}

/// The width of a sample, with the distance to its words, in pixels.
const SAMPLE: f64 = 24.0;

/// The distance of two entries, in pixels.
const APART: f64 = 16.0;

/// The height of a line of a key, in pixels.
const LINE: f64 = 19.0;

impl KeyMark {
    /// What the mark means.
    pub fn meaning(self, language: Language) -> &'static str {
        match self {
            Self::Given | Self::DotGiven => pick(language, "given", "entregado"),
            Self::Expected | Self::DotExpected => {
                pick(language, "by law, or estimate", "por ley o estimado")
            }
            Self::Announced => pick(language, "announced or approved", "anunciado o aprobado"),
            Self::Unstated => pick(language, "number not stated", "número no indicado"),
            Self::Proposed | Self::DotProposed => pick(language, "only proposed", "solo propuesto"),
            Self::Share => pick(
                language,
                "even share of a sum, an estimate",
                "parte igual de una suma, una estimación",
            ),
            Self::Bounds => pick(language, "bounds", "límites"),
            Self::MoreThan => pick(language, "more than", "más de"),
            Self::LessThan => pick(language, "less than, or up to", "menos de, o hasta"),
            Self::Vague => pick(language, "about, no bounds stated", "aproximado, sin límites"),
            Self::Bracket => pick(language, "sum of several years", "suma de varios años"),
            Self::OnlyInSum => pick(language, "only inside a sum", "solo dentro de una suma"),
            Self::Zero | Self::CellZero => pick(language, "zero, stated", "cero, declarado"),
            Self::Gap | Self::CellNone => {
                pick(language, "not found, not zero", "no hallado, no es cero")
            }
            Self::CellFigures => pick(language, "figures of that year", "cifras de ese año"),
            Self::CellProposed => pick(language, "only proposals", "solo propuestas"),
            Self::CellInSum => pick(
                language,
                "only inside a sum of several years",
                "solo en una suma de varios años",
            ),
            Self::Span => pick(language, "from and to", "desde y hasta"),
            Self::OpenSpan => pick(language, "end not stated", "fin no indicado"),
        }
    }

    /// Draws a sample of the mark into a box of 15 by 12 pixels whose middle is at a height.
    fn sample(self, pen: &mut Pen, x: f64, y: f64) {
        let to = |pixels: f64| pixels;
        let unit = pen.share(1.0);
        let at = |pixels: f64| x + unit * to(pixels);
        let wide = |pixels: f64| unit * pixels;
        match self {
            Self::Given => pen.rect("given", (at(1.0), wide(10.0)), (y - 6.0, 12.0)),
            Self::Expected | Self::Announced => {
                pen.patterned("law", Pattern::Stripes, (at(1.0), wide(10.8)), (y - 6.0, 12.0));
            }
            Self::Proposed => pen.rect("asked", (at(1.0), wide(10.0)), (y - 6.0, 12.0)),
            Self::Share => {
                pen.patterned("share", Pattern::Gap, (at(1.0), wide(11.0)), (y - 6.0, 12.0));
            }
            Self::Bounds => pen.glyph("bound", (at(6.0), y), "M-4.5 -6H4.5M0 -6V6M-4.5 6H4.5"),
            Self::MoreThan => pen.glyph("bound", (at(6.0), y), "M0 6V-6M-3.5 -2.5L0 -6L3.5 -2.5"),
            Self::LessThan => {
                pen.patterned("limit", Pattern::Limit, (at(1.0), wide(11.0)), (y - 6.0, 12.0));
                pen.glyph("bound", (at(1.0), y - 6.0), "M0 0H11");
            }
            Self::Vague => pen.glyph(
                "bound",
                (at(6.0), y + 6.0),
                "M-4.5 -8.5Q-2.2 -11 0 -8.5T4.5 -8.5M-4.5 -4.5Q-2.2 -7 0 -4.5T4.5 -4.5",
            ),
            Self::Bracket => pen.glyph("bound", (at(0.0), y + 2.0), "M0 -5V0H16V-5"),
            Self::OnlyInSum => {
                pen.rect("wash", (at(0.0), wide(16.0)), (y - 6.0, 12.0));
                pen.glyph("hair", (at(0.0), y - 6.0), "M0 0H16V12H0Z");
            }
            Self::Zero | Self::CellZero => {
                pen.line("zero", (at(0.0), y + 1.0), (at(15.0), y + 1.0));
            }
            Self::Gap | Self::Unstated => {
                pen.patterned("gap", Pattern::Gap, (at(0.0), wide(16.0)), (y - 6.0, 12.0));
            }
            Self::DotGiven => pen.glyph("dot", (at(7.0), y), super::marks::DOT),
            Self::DotExpected => pen.glyph("ring", (at(7.0), y), super::marks::DOT),
            Self::DotProposed => pen.glyph("open", (at(7.0), y), super::marks::DOT),
            Self::CellFigures => {
                pen.rect("given", (at(1.0), wide(14.0)), (y - 7.0, 14.0));
                pen.text("on small", (at(8.0), y + 4.0), 0.0, Anchor::Middle, "3");
            }
            Self::CellProposed => {
                pen.rect("asked", (at(1.0), wide(14.0)), (y - 7.0, 14.0));
                pen.text("small", (at(8.0), y + 4.0), 0.0, Anchor::Middle, "2");
            }
            Self::CellInSum => {
                pen.rect("cell", (at(1.0), wide(14.0)), (y - 7.0, 14.0));
            }
            Self::CellNone => pen.line("hair", (at(0.0), y), (at(16.0), y)),
            Self::Span => pen.rect("given", (at(0.0), wide(15.0)), (y - 3.5, 7.0)),
            Self::OpenSpan => {
                pen.rect("given", (at(0.0), wide(11.0)), (y - 3.5, 7.0));
                pen.glyph("bound", (at(11.0), y), "M0 0H6M2.5 -3.5L6 0L2.5 3.5");
            }
        }
    }

    /// The sample as an `svg.chart` of its own, for a key in HTML. The patterns are those of a chart on the page.
    pub(super) fn alone(self, prefix: &str) -> String {
        let mut pen = Pen::fixed(18.0, prefix);
        self.sample(&mut pen, 0.0, 8.0);
        format!(
            "<svg class=\"chart\" width=\"18\" height=\"16\" aria-hidden=\"true\" focusable=\"false\">{}</svg>",
            pen.finish()
        )
    }
}

/// Draws a key in lines as wide as the pen, and says how high it is.
pub(super) fn draw(pen: &mut Pen, keys: &[KeyMark], language: Language, top: f64) -> f64 {
    let setting = Setting::plain(12.5);
    let (mut x, mut y) = (0.0, top + LINE / 2.0);
    for key in keys {
        let text = key.meaning(language);
        let width = SAMPLE + setting.width(text);
        if x > 0.0 && x + width > pen.pixels {
            (x, y) = (0.0, y + LINE);
        }
        let at = pen.share(x);
        key.sample(pen, at, y);
        pen.text("", (at, y + 4.5), SAMPLE, Anchor::Start, text);
        x += width + APART;
    }
    if keys.is_empty() { 0.0 } else { y + LINE / 2.0 - top }
}
