//! The chart of a sum: on the sum's page, and alone, to stand in a page of another.

use maud::{Markup, html};

use super::groups;
use super::sum::{Asked, ShownTotals};
use super::words::said;
use crate::charts::{Chart, most_lines, most_pixels};
use crate::pages::frame::WebPage;
use crate::pages::site::Site;

/// The chart of a sum.
pub struct Drawn {
    /// The chart.
    pub chart: Chart,
    /// What it shows, as its title.
    pub title: String,
    /// The path of the data of the sum.
    pub data: String,
    /// The path of the page that it stands in.
    pub page: String,
    /// Its question.
    pub query: Vec<(String, String)>,
    /// What its file is called.
    pub name: String,
}

/// The chart of a sum to stand in a page of another: its table, and one link back.
pub fn embedded(
    site: &Site<'_>,
    asked: &Asked<'_>,
    totals: &ShownTotals<'_>,
    drawn: &Drawn,
) -> WebPage {
    let path = format!("/{}/totals", asked.table.name());
    let csv = site
        .data(&format!("{}/totals", asked.table.path()), asked.pairs().chain([("format", "csv")]));
    let body = html! {
        h1 { (drawn.title) }
        p.lede { (said(site, asked, &totals.total).whole(site)) }
        (drawn.chart.key_list(&drawn.data))
        div.drawing { (drawn.chart.in_page(&drawn.data, &drawn.title).markup) }
        @for note in drawn.chart.notes() { p.muted { (note) } }
        details {
            summary { (site.say("The numbers", "Los números")) }
            (groups::table(site, asked, totals, &csv))
        }
        p.muted {
            a href=(site.page_with(&path, asked.pairs())) target="_top" { (site.dataset.release.title.to_string()) }
            (release(site))
        }
    };
    let mut page = WebPage::new(format!("/embed{path}"), drawn.title.clone(), body);
    page.indexed = false;
    page.embedded = true;
    page.query.clone_from(&asked.pairs);
    page
}

fn release(site: &Site<'_>) -> String {
    format!("{}{}", site.say(", release ", ", versión "), site.dataset.release.version)
}

/// The height of [`embedded`] with its details closed, in pixels, on the narrowest screen. Where it is wider, less is needed:
/// texts have fewer lines.
fn embedded_height(site: &Site<'_>, drawn: &Drawn, sentence: &str, drawing: f64) -> f64 {
    // What `.embedded` has in the stylesheet, at 320 pixels.
    const ROOM: f64 = 288.0;
    const AROUND: f64 = 22.4 + 48.0;
    const DETAILS: f64 = 38.4;
    const KEY_GAPS: (f64, f64) = (16.0, 5.0);
    const KEY_SAMPLE: f64 = 36.0;
    #[expect(clippy::cast_precision_loss, reason = "a page has few lines")]
    let tall = |text: &str, size: f64, bold: bool, line: f64| {
        most_lines(text, size, bold, ROOM) as f64 * line + 9.6
    };
    let mut key_rows = (1.0, 0.0);
    for meaning in drawn.chart.key_meanings() {
        let width = KEY_SAMPLE + most_pixels(meaning, 14.0, false);
        let (rows, taken) = key_rows;
        let beside = taken + KEY_GAPS.0 + width;
        key_rows = match taken > 0.0 {
            true if beside > ROOM => (rows + 1.0, width),
            true => (rows, beside),
            false => (rows, width),
        };
    }
    let key = key_rows.0 * (21.0 + KEY_GAPS.1) + 16.0;
    let notes: f64 = drawn.chart.notes().iter().map(|note| tall(note, 16.0, false, 24.0)).sum();
    let back = format!("{}{}", site.dataset.release.title, release(site));
    let height = AROUND
        + tall(&drawn.title, 23.2, true, 26.7)
        + tall(sentence, 16.0, false, 23.2)
        + key
        + drawing
        + 32.0
        + notes
        + DETAILS
        + tall(&back, 16.0, false, 24.0);
    height.ceil()
}

/// The lines that put the chart into an article: one that follows corrections, one that stays as it is.
fn codes(site: &Site<'_>, drawn: &Drawn, height: f64) -> Markup {
    let path = format!("/embed{}", drawn.page);
    let path = site.localized(&path);
    let version = site.dataset.release.version.to_string();
    let pairs = || drawn.query.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    let live = site.addresses.whole(&path, &mut pairs());
    let pinned =
        pairs().filter(|(name, _)| *name != "release").chain([("release", version.as_str())]);
    let pinned = site.addresses.whole(&path, &mut pinned.into_iter());
    let framed = |address: &str| {
        format!(
            "<iframe src=\"{address}\" title=\"{}\" width=\"100%\" height=\"{height}\" loading=\"lazy\"></iframe>",
            drawn.title.replace('"', "”")
        )
    };
    html! {
        details {
            summary { (site.say("Put this chart into an article", "Incluir esta gráfica en un artículo")) }
            @if !site.addresses.is_public() {
                p { (site.say(
                    "This service does not know its public address: put it in place of the host below.",
                    "Este servicio no conoce su dirección pública: póngala en lugar del servidor que aparece abajo."
                )) }
            }
            p { (site.say("It follows corrections:", "Sigue las correcciones:")) }
            div data-copy { pre tabindex="0" { code { (framed(&live)) } } }
            p { (site.say("It stays as this release has it:", "Queda como está en esta versión:")) }
            div data-copy { pre tabindex="0" { code { (framed(&pinned)) } } }
        }
    }
}

/// The chart, its key and what belongs below it; nothing where there is nothing to draw.
pub(super) fn chart(site: &Site<'_>, drawn: &Drawn, sentence: &str) -> Markup {
    if drawn.chart.is_empty() {
        return html! {};
    }
    let pairs = || drawn.query.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    let file = site.chart(&drawn.data, pairs());
    let picture = drawn.chart.in_page(&drawn.data, &drawn.title);
    html! {
        section.chart-section {
            h2 { (drawn.title) }
            (drawn.chart.key_list(&drawn.data))
            div.drawing { (picture.markup) }
            @for note in drawn.chart.notes() { p.muted { (note) } }
            ul.row.downloads {
                li { a href=(file) rel="nofollow" { (site.say("This chart as SVG", "Esta gráfica en SVG")) } }
                li { a href=(file) data-png=(drawn.name) hidden { (site.say("Save as an image", "Guardar como imagen")) } }
            }
            (codes(site, drawn, embedded_height(site, drawn, sentence, picture.height)))
        }
    }
}
