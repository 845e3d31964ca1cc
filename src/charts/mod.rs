//! Charts: sums, series and figures as SVG, computed from values and drawn by rules that cannot lie.
//!
//! - The axis begins at zero and is linear; there is no second one.
//! - Each figure that a sum includes has one mark. A figure of several years has no height: it is a bracket under its
//!   years. `spread=even` draws its shares in an outline of their own, called an estimate.
//! - Bounds are drawn: a whisker, an arrow for *more than*, hatching for *less than*, two waves for *about* without bounds.
//! - What was only proposed is an outline, never filled and never on top of money.
//! - A year without a figure is hatched over its whole height. A stated zero is a thick line. Neither is a bar.
//!
//! # For a page
//!
//! ```ignore
//! let chart = charts::money_by_year(&rows, Some(&total), figures, years, &sayings);   // a `ByYear`
//! let chart = Chart::ByYear(chart);
//! chart.in_page("fmf", &title).markup // an `svg.chart`, fluid, without style; `STYLE` is in the page's stylesheet
//! chart.key_list("fmf")               // its key, as `ul.chart-key`
//! chart.notes()                       // what stands below it, in sentences
//! by_year.compact("fmf", &title, (1996, 2026))     // a row of small multiples on a shared axis
//! key_list(&ByYear::compact_keys(rows, (1996, 2026)), "fmf", language)    // one key to all rows
//! chart.alone(&frame)                 // the file
//! ```
//!
//! An `id` is any text, such as the address of the chart: ids in the markup are a hash of it. A page needs no script and
//! no inline style: all rules are in [`STYLE`], which reads the colours that [`LIGHT`] and [`DARK`] set. The labels of
//! a height scale hang left of the drawing, so its box has a padding of 3.2rem there.
//!
//! A chart speaks one language, and knows no collection: the words of records and codes come in as [`Sayings`].

mod by_group;
mod chart;
mod dots;
mod draw;
mod frame;
mod from;
mod grid;
mod key;
mod marks;
mod phrases;
mod picture;
mod reading;
mod rows;
mod spans;
mod years;

pub use by_group::{ByGroup, GroupPanel, GroupRow};
pub use chart::{Chart, InPage, key_list};
pub use dots::{Dot, Dots};
pub use draw::text_width::{most_lines, most_pixels};
pub use draw::theme::{DARK, LIGHT, STYLE, Theme};
pub use draw::written::{Across, Pixels};
pub use frame::{AnswerLine, Frame};
pub use from::{
    YearNumber, money_by_group, money_by_year, people_by_group, series_panel, training_by_group,
    training_by_year,
};
pub use grid::{Cell, CellState, Grid, GridRow};
pub use key::KeyMark;
pub use reading::{Fill, Reading, Sayings, Segment, Unit};
pub use spans::{Span, Spans};
pub use years::{Bracket, Break, ByYear, Panel, YearBar};
