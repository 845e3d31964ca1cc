//! Small multiples: one row of bars without a height scale, on a time axis that a whole page shares.

use maud::Markup;

use super::picture::keys;
use super::{ByYear, PanelSize};
use crate::charts::draw::pen::Pen;
use crate::charts::key::KeyMark;
use crate::charts::marks::room_above;
use crate::charts::picture::{Picture, prefix, svg_in_page};

impl ByYear {
    /// One row of a page's small multiples, about 60 pixels high without its brackets: the years from `from` to `to`,
    /// which its rows share; its own height scale, whose tallest bar has its number; no label, which is the page's.
    pub fn compact(self, id: &str, title: &str, (from, to): (i16, i16)) -> Markup {
        let prefix = prefix(id);
        let mut pen = Pen::fluid(360.0, &prefix);
        pen.patterns();
        let row = Self { from, to, own_scales: true, ..self };
        // The label of a bar stands above what is drawn on top of it.
        let bars = row.panels.iter().flat_map(|panel| &panel.bars);
        let on_top = bars.map(|bar| room_above(&bar.reading)).fold(0.0, f64::max);
        let size = PanelSize {
            bars: 38.0,
            above: 18.0 + on_top,
            bracket: 22.0,
            full: false,
            years: false,
            two_lines: false,
        };
        let mut y = 0.0;
        for panel in &row.panels {
            y += row.draw_panel(&mut pen, panel, y, size);
        }
        svg_in_page(pen, &prefix, y, title, &row.finding())
    }

    /// The kinds of marks in the rows of a page's small multiples, on the years that they share.
    pub fn compact_keys<'r>(
        rows: impl Iterator<Item = &'r Self>,
        years: (i16, i16),
    ) -> Vec<KeyMark> {
        keys(&rows.flat_map(|row| &row.panels).collect::<Vec<_>>(), years)
    }
}
