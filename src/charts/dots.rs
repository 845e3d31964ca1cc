//! Published figures as dots, each with its bounds: nothing is added, so what overlaps is seen beside each other.

use super::draw::pen::{Anchor, Pattern, Pen};
use super::draw::scale::Scale;
use super::draw::text_width::Setting;
use super::key::KeyMark;
use super::marks;
use super::phrases::{axis_labels, nothing, pick, said};
use super::picture::{Margins, Picture};
use super::reading::{Fill, Reading, Unit};
use super::rows::RowLayout;
use crate::words::Language;

/// The most figures that are drawn.
const MOST: usize = 200;

/// From how many figures on the rows stand closer and say less.
const MANY: usize = 60;

/// One figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dot {
    /// What sets it apart from the figures that it stands under: a heading such as its program.
    pub group: String,
    /// Its years and its stage.
    pub label: String,
    /// Its amount.
    pub reading: Reading,
    /// How final it is.
    pub fill: Fill,
    /// What the mark says of itself; it is not read in a chart of more than [`Dots::NAMED`], where it is the number.
    pub said: String,
}

/// Published figures as dots.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dots {
    /// In which language it speaks.
    pub language: Language,
    /// The figures, in the order of the list.
    pub figures: Vec<Dot>,
    /// How many figures the question finds.
    pub found: u64,
}

impl Dots {
    /// The most figures that are drawn.
    pub const MOST: usize = MOST;
    /// The most figures of a chart in which each mark says what its record is.
    pub const NAMED: usize = MANY;

    /// Of the figures of a list, of which some hundred are drawn.
    pub fn new(language: Language, mut figures: Vec<Dot>, found: u64) -> Self {
        figures.truncate(MOST);
        Self { language, figures, found }
    }

    fn number(&self, dot: &Dot) -> String {
        said(&dot.reading, Unit::Dollars, self.language)
    }

    /// The number of a figure in a chart of many, whose unit is said once below them.
    fn close_number(&self, dot: &Dot) -> String {
        let number = self.number(dot);
        let bare = number.strip_suffix(" de dólares").or_else(|| number.strip_suffix(" dólares"));
        bare.map_or(number.clone(), str::to_owned)
    }

    fn dot(
        &self,
        pen: &mut Pen,
        (dot, number): (&Dot, &str),
        middle: f64,
        x: &impl Fn(i64) -> f64,
    ) {
        let reading = &dot.reading;
        let class = match dot.fill {
            Fill::Given => "dot",
            Fill::Expected | Fill::Announced | Fill::Share => "ring",
            Fill::Proposed => "open",
        };
        // Bounds that lie inside the dot are not seen.
        let wide = reading
            .least
            .zip(reading.most)
            .map_or(9.0, |(least, most)| (x(most) - x(least)) * pen.pixels);
        let whisker = marks::has_whisker(reading) && wide > 8.0;
        let place = (x(reading.value), middle);
        let many = self.figures.len() > MANY;
        if many && !whisker && !marks::is_limit(reading) && !marks::is_open(reading) {
            // Where there are many, what stands above them is not said again.
            pen.circle_said(class, place, number);
            return;
        }
        pen.open(if many { number } else { &dot.said });
        if marks::is_limit(reading) {
            let to = x(reading.value) - x(0);
            pen.patterned("limit", Pattern::Limit, (x(0), to), (middle - 3.5, 7.0));
        }
        if whisker || !marks::has_whisker(reading) {
            marks::qualify_lying(pen, reading, (middle, 4.0), x);
        }
        if !marks::is_limit(reading) {
            pen.circle(class, place, 4.0);
        }
        pen.close();
    }
}

impl Picture for Dots {
    fn language(&self) -> Language {
        self.language
    }

    fn margins(&self, _: f64) -> Margins {
        Margins { left: 0.0, right: 0.0 }
    }

    fn draw(&self, pen: &mut Pen) -> f64 {
        let close = self.figures.len() > MANY;
        let number = |dot| if close { self.close_number(dot) } else { self.number(dot) };
        let numbers: Vec<String> = self.figures.iter().map(number).collect();
        let one_text = |(dot, number): (&Dot, &String)| format!("{}: {number}", dot.label);
        let together: Vec<String> = if close {
            self.figures.iter().zip(&numbers).map(one_text).collect()
        } else {
            Vec::new()
        };
        // Where there are many, label and number of a row are one text.
        let texts = self.figures.iter().zip(&numbers).enumerate().map(|(at, (dot, number))| {
            together.get(at).map_or((&*dot.label, &**number), |text| (&**text, ""))
        });
        let texts: Vec<(&str, &str)> = texts.collect();
        let (apart, share) = if close { (1.0, 0.52) } else { (4.0, 0.36) };
        let layout = RowLayout::of(
            pen,
            texts.iter().map(|(label, _)| *label),
            texts.iter().map(|(_, number)| *number),
            (if close { 10.0 } else { 11.0 }, apart),
            share,
        );
        let reach = self.figures.iter().map(|dot| dot.reading.reach()).max().unwrap_or(0);
        let scale = Scale::up_to(reach, if pen.pixels < 520.0 { 2 } else { 4 });
        let x = |number: i64| layout.place(scale.share(number) * 0.97);
        let mut y = 16.0;
        let ticks: Vec<i64> = scale.ticks().collect();
        let words = axis_labels(&ticks, Unit::Dollars, self.language);
        let mut marked = String::new();
        let begin = y + 6.0;
        for (tick, word) in ticks.iter().zip(&words) {
            let anchor = if Some(tick) == ticks.last() { Anchor::End } else { Anchor::Middle };
            let room = Setting::plain(11.5).width(word);
            if anchor == Anchor::End || (x(scale.top) - x(*tick)) * pen.pixels > room / 2.0 + 110.0
            {
                pen.text("faint small num", (x(*tick), y), 0.0, anchor, word);
            }
        }
        pen.text("faint small num", (x(0), y), 0.0, Anchor::Start, "0");
        y += 12.0;
        // Lines lie behind the rows, whose height is known when they are drawn.
        let mut rows = pen.beside();
        for ((dot, number), (label, beside)) in self.figures.iter().zip(&numbers).zip(texts) {
            if dot.group != marked {
                marked.clone_from(&dot.group);
                y += 8.0;
                for line in Setting::bold(12.5).wrap(&dot.group, rows.pixels, 2) {
                    y += 14.0;
                    rows.text("strong halo", (0.0, y), 0.0, Anchor::Start, &line);
                }
                y += 6.0;
            }
            let placed = layout.row(&mut rows, y, label, beside);
            self.dot(&mut rows, (dot, number), placed.middle, &x);
            y = placed.end;
        }
        for tick in std::iter::once(0).chain(ticks) {
            let class = if tick == 0 { "axis" } else { "hair" };
            pen.line(class, (x(tick), begin), (x(tick), y));
        }
        pen.place(&rows.finish());
        y + 4.0
    }

    fn keys(&self) -> Vec<KeyMark> {
        let fill = |wanted: &[Fill]| {
            self.figures
                .iter()
                .any(|dot| wanted.contains(&dot.fill) && !marks::is_limit(&dot.reading))
        };
        let has =
            |wanted: fn(&Reading) -> bool| self.figures.iter().any(|dot| wanted(&dot.reading));
        let found = [
            (fill(&[Fill::Given]), KeyMark::DotGiven),
            (fill(&[Fill::Expected, Fill::Announced, Fill::Share]), KeyMark::DotExpected),
            (fill(&[Fill::Proposed]), KeyMark::DotProposed),
            (has(marks::has_whisker), KeyMark::Bounds),
            (has(marks::is_open), KeyMark::MoreThan),
            (has(marks::is_limit), KeyMark::LessThan),
            (has(marks::is_vague), KeyMark::Vague),
        ];
        found.into_iter().filter(|(is_there, _)| *is_there).map(|(_, key)| key).collect()
    }

    fn finding(&self) -> String {
        let largest = self.figures.iter().max_by_key(|dot| dot.reading.value);
        let smallest = self.figures.iter().min_by_key(|dot| dot.reading.value);
        let Some((largest, smallest)) = largest.zip(smallest) else {
            return nothing(self.language).to_owned();
        };
        let of = |dot: &Dot| [&dot.group, &dot.label].map(String::as_str).join(", ");
        let count = self.figures.len();
        match self.language {
            Language::En => format!(
                "{count} published figures, which overlap and are not added. The largest is {} ({}), the smallest {} ({}).",
                self.number(largest),
                of(largest),
                self.number(smallest),
                of(smallest)
            ),
            Language::Es => format!(
                "{count} cifras publicadas, que se traslapan y no se suman. La mayor es {} ({}), la menor {} ({}).",
                self.number(largest),
                of(largest),
                self.number(smallest),
                of(smallest)
            ),
        }
    }

    fn notes(&self) -> Vec<String> {
        let language = self.language;
        let mut notes = vec![
            pick(
                language,
                "One row a figure, as published. They overlap: nothing is added. U.S. dollars of the day.",
                "Una fila por cifra, tal como se publicó. Se traslapan: nada se suma. Dólares corrientes.",
            )
            .to_owned(),
        ];
        let more = self.found.saturating_sub(self.figures.len() as u64);
        if more > 0 {
            notes.push(match language {
                Language::En => {
                    format!("{more} more figures answer the question and are not drawn.")
                }
                Language::Es => {
                    format!("Otras {more} cifras responden a la pregunta y no se dibujan.")
                }
            });
        }
        if self.figures.is_empty() { Vec::new() } else { notes }
    }

    fn is_empty(&self) -> bool {
        self.figures.is_empty()
    }
}
