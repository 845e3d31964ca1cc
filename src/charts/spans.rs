//! What was when: one row each, a point for a day, a bar for a span, an arrow where no end is stated.

use super::draw::pen::{Anchor, Pen};
use super::draw::scale::labelled_years;
use super::draw::text_width::Setting;
use super::key::KeyMark;
use super::marks::DOT;
use super::phrases::nothing;
use super::picture::{Margins, Picture};
use super::rows::RowLayout;
use crate::model::PartialDate;
use crate::words::Language;

/// The most rows that are drawn.
const MOST: usize = 80;

/// One thing with a date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// What it is.
    pub label: String,
    /// When, in words.
    pub when: String,
    /// When it was, or began.
    pub from: PartialDate,
    /// When it ended; none for a moment, and where no end is stated.
    pub until: Option<PartialDate>,
    /// Whether it goes on without a stated end.
    pub open: bool,
    /// What the mark says of itself.
    pub said: String,
}

/// What was when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spans {
    /// In which language it speaks.
    pub language: Language,
    /// The rows, earliest first.
    pub rows: Vec<Span>,
    /// How many answer the question.
    pub found: usize,
}

/// A day as a number of years: the earliest, or the latest, that a date may mean.
fn in_years((year, month, day): (i16, i8, i8)) -> f64 {
    f64::from(year) + (f64::from(month.max(1)) - 1.0) / 12.0 + (f64::from(day.max(1)) - 1.0) / 372.0
}

impl Spans {
    /// Of the entries of a page, of which some dozens are drawn.
    pub fn new(language: Language, mut rows: Vec<Span>, found: usize) -> Self {
        rows.truncate(MOST);
        Self { language, rows, found }
    }

    /// The first and the last year of the axis.
    fn years(&self) -> (i16, i16) {
        let from = self.rows.iter().map(|row| row.from.year()).min().unwrap_or(2000);
        let ends = self.rows.iter().map(|row| row.until.unwrap_or(row.from).year());
        let to = ends.max().unwrap_or(from);
        (from, to.max(from.saturating_add(1)))
    }
}

impl Picture for Spans {
    fn language(&self) -> Language {
        self.language
    }

    fn margins(&self, _: f64) -> Margins {
        Margins { left: 0.0, right: 12.0 }
    }

    fn draw(&self, pen: &mut Pen) -> f64 {
        let labels = self.rows.iter().map(|row| row.label.as_str());
        let whens = self.rows.iter().map(|row| row.when.as_str());
        let layout = RowLayout::of(pen, labels, whens, (11.0, 6.0), 0.44);
        let (from, to) = self.years();
        let all = f64::from(to) - f64::from(from) + 1.0;
        let x = |year: f64| layout.place(((year - f64::from(from)) / all).clamp(0.0, 1.0));
        let pixels = (x(f64::from(to) + 1.0) - x(f64::from(from))) * pen.pixels;
        let years = labelled_years(from, to, pixels, 40.0);
        for year in &years {
            let (text, at) = (year.to_string(), x(f64::from(*year)));
            let anchor = Anchor::inside(at, Setting::plain(11.5).width(&text), pen.pixels);
            pen.text("faint small num", (at, 12.0), 0.0, anchor, &text);
        }
        let begin = 18.0;
        let mut y = begin + 6.0;
        let mut rows = pen.beside();
        for row in &self.rows {
            let placed = layout.row(&mut rows, y, &row.label, &row.when);
            let start = in_years(row.from.earliest());
            rows.open(&row.said);
            if row.until.is_none() && !row.open {
                let at = f64::midpoint(start, in_years(row.from.latest()));
                rows.glyph("dot", (x(at), placed.middle), DOT);
            } else {
                let end = match row.until {
                    Some(until) => in_years(until.latest()),
                    None => f64::from(to) + 1.0,
                };
                let wide = (x(end) - x(start)).max(pen.share(2.0));
                rows.rect("given", (x(start), wide), (placed.middle - 3.5, 7.0));
                if row.open && row.until.is_none() {
                    rows.glyph("bound", (x(end), placed.middle), "M0 0H9M5.5 -3.5L9 0L5.5 3.5");
                }
            }
            rows.close();
            y = placed.end;
        }
        for year in years {
            let at = x(f64::from(year));
            pen.line("hair", (at, begin), (at, y));
        }
        pen.place(&rows.finish());
        y + 4.0
    }

    fn keys(&self) -> Vec<KeyMark> {
        let open = self.rows.iter().any(|row| row.open && row.until.is_none());
        let closed = self.rows.iter().any(|row| row.until.is_some());
        let found = [(closed, KeyMark::Span), (open, KeyMark::OpenSpan)];
        found.into_iter().filter(|(is_there, _)| *is_there).map(|(_, key)| key).collect()
    }

    fn finding(&self) -> String {
        let Some((first, last)) = self.rows.first().zip(self.rows.last()) else {
            return nothing(self.language).to_owned();
        };
        let count = self.rows.len();
        match self.language {
            Language::En => format!(
                "{count} dated entries. The first: {}, {}. The last to begin: {}, {}.",
                first.label, first.when, last.label, last.when
            ),
            Language::Es => format!(
                "{count} entradas con fecha. La primera: {}, {}. La última en comenzar: {}, {}.",
                first.label, first.when, last.label, last.when
            ),
        }
    }

    fn notes(&self) -> Vec<String> {
        let more = self.found.saturating_sub(self.rows.len());
        if more == 0 {
            return Vec::new();
        }
        vec![match self.language {
            Language::En => format!("{more} more entries answer the question and are not drawn."),
            Language::Es => {
                format!("Otras {more} entradas responden a la pregunta y no se dibujan.")
            }
        }]
    }

    fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }
}
