//! A chart that stands alone: title, answer and key above it, sources, release and address below.

use serde_json::json;

use super::draw::pen::{Anchor, Pen};
use super::draw::text_width::Setting;
use super::draw::theme::{Theme, style_alone};
use super::draw::written::Escaped;
use super::key;
use super::phrases::{and_more, bounds, nothing, pick, printed, qualifier, short};
use super::picture::{Picture, prefix};
use super::reading::{Reading, Unit};
use crate::sums::SumQualifier;
use crate::words::Language;

/// The most publishers that the source line names.
const PUBLISHERS: usize = 3;

/// What stands around a chart.
#[derive(Debug, Clone)]
pub struct Frame {
    /// How wide it is, in pixels: 320 to 2400.
    pub width: u32,
    /// On which ground.
    pub theme: Theme,
    /// The title that was made from the question. It stays in `<title>` whatever is drawn.
    pub made_title: String,
    /// A title of the reader's own, to be drawn instead.
    pub own_title: Option<String>,
    /// The answer below the title.
    pub answer: Option<AnswerLine>,
    /// Who published the figures, the one with most of them first.
    pub publishers: Vec<String>,
    /// The version of the data.
    pub release: String,
    /// The digest of the data.
    pub digest: String,
    /// The licence of the data.
    pub licence: String,
    /// The address of the chart.
    pub address: String,
}

/// One line that answers the question: the number with its qualifier, and its bounds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnswerLine {
    /// The qualifier, in red; empty for an exact number.
    pub qualifier: String,
    /// The rest.
    pub rest: String,
}

impl AnswerLine {
    /// Of a sum: `about $862.9 million in all, between … and …`; of one that may not be whole what is on record.
    pub fn of_sum(reading: &Reading, unit: Unit, counted: &str, language: Language) -> Self {
        let word = qualifier(reading.qualifier, language);
        let number = short(printed(reading), unit, language);
        let number = if counted.is_empty() { number } else { format!("{number} {counted}") };
        let (word, number) = match (word, language) {
            ("unos", _) if number.starts_with("un ") || number.starts_with("1 ") => {
                ("cerca de", number)
            }
            _ => (word, number),
        };
        let rest = match (reading.qualifier, bounds(reading, unit, language)) {
            (SumQualifier::OnRecord, _) => match language {
                Language::En => format!("{number} on record; the sum may not be whole"),
                Language::Es => format!("{number} según consta; la suma puede no estar completa"),
            },
            (_, Some(bounds)) => format!("{number}, {bounds}"),
            (_, None) => number,
        };
        let mut qualifier = word.to_owned();
        let mut rest = rest;
        let first = if qualifier.is_empty() { &mut rest } else { &mut qualifier };
        if let Some(letter) = first.get_mut(..1) {
            letter.make_ascii_uppercase();
        }
        Self { qualifier, rest }
    }
}

/// Draws a chart that stands alone.
pub(super) fn alone(picture: &dyn Picture, frame: &Frame) -> String {
    let language = picture.language();
    let prefix = prefix(&format!("{} {}", frame.address, frame.digest));
    let width = f64::from(frame.width);
    let pad = if frame.width < 480 { 12.0 } else { 18.0 };
    let inner = width - 2.0 * pad;
    let mut pen = Pen::fixed(inner, &prefix);
    let mut y = head(&mut pen, frame, language);
    let finding = picture.finding();
    if picture.is_empty() {
        y += 30.0;
        for line in Setting::bold(16.0).wrap(nothing(language), inner, 4) {
            pen.text("answer", (0.0, y), 0.0, Anchor::Start, &line);
            y += 22.0;
        }
    } else {
        y += 6.0;
        y += key::draw(&mut pen, &picture.keys(), language, y) + 8.0;
        let margins = picture.margins(inner);
        let mut plot = Pen::fixed(inner - margins.left - margins.right, &prefix);
        let height = picture.draw(&mut plot);
        pen.place(&format!(
            "<g transform=\"translate({:.1} {y:.1})\">{}</g>",
            margins.left,
            plot.finish()
        ));
        y += height;
    }
    y = foot(&mut pen, picture, frame, y + 10.0);
    let height = (y + pad).ceil();
    let mut defs = Pen::fixed(inner, &prefix);
    defs.patterns();
    let metadata = json!({
        "address": frame.address,
        "release": frame.release,
        "digest": frame.digest,
        "licence": frame.licence,
    });
    let title = Escaped(&frame.made_title);
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"chart\" width=\"{0}\" height=\"{height}\" \
         viewBox=\"0 0 {0} {height}\" role=\"img\" aria-labelledby=\"{prefix}t {prefix}d\" lang=\"{1}\">\
         <title id=\"{prefix}t\">{title}</title><desc id=\"{prefix}d\">{2}</desc><metadata>{3}</metadata>\
         <style>{4}</style>{5}<rect class=\"paper\" width=\"{0}\" height=\"{height}\"/>\
         <g transform=\"translate({pad} {pad})\">{6}</g></svg>\n",
        frame.width,
        pick(language, "en", "es"),
        Escaped(&finding),
        Escaped(&metadata.to_string()),
        style_alone(frame.theme),
        defs.finish(),
        pen.finish(),
    )
}

/// Title and answer; the height that they take.
fn head(pen: &mut Pen, frame: &Frame, language: Language) -> f64 {
    let title = frame.own_title.as_deref().unwrap_or(&frame.made_title);
    let mut y = 0.0;
    for line in Setting::bold(19.0).wrap(title, pen.pixels, 4) {
        y += if y == 0.0 { 16.0 } else { 24.0 };
        pen.text("title", (0.0, y), 0.0, Anchor::Start, &line);
    }
    if let Some(AnswerLine { qualifier, rest }) = &frame.answer {
        let setting = Setting::plain(15.0);
        let whole = if qualifier.is_empty() { rest.clone() } else { format!("{qualifier} {rest}") };
        for (at, line) in setting.wrap(&whole, pen.pixels, 3).iter().enumerate() {
            y += if at == 0 { 24.0 } else { 19.0 };
            let rest =
                line.strip_prefix(qualifier.as_str()).filter(|_| at == 0).map(str::trim_start);
            let red = if rest.is_some() { qualifier.as_str() } else { "" };
            pen.qualified((0.0, y), "answer", red, rest.unwrap_or(line));
        }
    }
    let _ = language;
    y + 8.0
}

/// Notes, sources, release and address; the height at which they end.
fn foot(pen: &mut Pen, picture: &dyn Picture, frame: &Frame, mut y: f64) -> f64 {
    let language = picture.language();
    let setting = Setting::plain(11.5);
    let mut lines: Vec<String> = Vec::new();
    for note in picture.notes() {
        lines.extend(setting.wrap(&note, pen.pixels, 14));
    }
    if !frame.publishers.is_empty() {
        let named = frame.publishers.iter().take(PUBLISHERS).cloned();
        let more = frame.publishers.len().saturating_sub(PUBLISHERS);
        let more = (more > 0).then(|| and_more(more, language));
        let label = pick(language, "Sources", "Fuentes");
        let sources = named.chain(more).collect::<Vec<_>>().join("; ");
        lines.extend(setting.wrap(&format!("{label}: {sources}."), pen.pixels, 4));
    }
    let release = pick(language, "Release", "Versión");
    lines.extend(setting.wrap(
        &format!("{release} {}, {}.", frame.release, frame.licence),
        pen.pixels,
        2,
    ));
    lines.extend(setting.wrap(&frame.address, pen.pixels, 4));
    pen.line("hair", (0.0, y), (1.0, y));
    y += 4.0;
    for line in lines {
        y += 15.5;
        pen.text("source", (0.0, y), 0.0, Anchor::Start, &line);
    }
    y + 6.0
}
