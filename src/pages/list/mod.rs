//! A list: what was asked in words, its records as a table, and the panel that asks for others.

mod dot_scale;
mod panel;
mod question;
mod table;
mod view;

use maud::{Markup, html};

use super::asking::{not_covered, skip_panel};
use super::frame::WebPage;
use super::paging::paging;
use super::site::Site;
use super::snippets::{Answer, Calls, calls};
use super::wording::grouped;
use crate::render::Format;

pub use panel::panel_fields;
pub(super) use question::chips;
pub use view::List;

/// The page of a list.
pub fn page(site: &Site<'_>, list: &List<'_>) -> WebPage {
    let table = list.table;
    let path = format!("/{}", table.name());
    let title = question::title(site, table, list.pairs());
    let body = html! {
            div.list-page {
                div.list-head {
                    h1 { (title) }
                    p.lede {
                        (counted(site, list.page.total)) " "
                        (site.of(table.about()))
                        @if table.counted_keys().is_some() {
                            " "
                            (site.say("They overlap: the rows must not be added up. ", "Se traslapan: las filas no deben sumarse. "))
                            a href=(site.page_with(&format!("{path}/totals"), summable(list.pairs()))) {
                                (site.say("Add them up without counting anything twice", "Sumarlas sin contar nada dos veces"))
                            }
                            "."
                        }
                    }
    (chips(site, table, &path, &list.pairs(), |name| name != "sort"))
                    (not_covered(site, list.not_covered))
                }
                (skip_panel(site))
                (panel::panel(site, &path, list))
                div.list-main #entries {
                    (downloads(site, table.path(), list))
                    @if list.page.rows.is_empty() {
                        p.empty { (site.say("No record matches all of these filters.", "Ningún registro cumple todos estos filtros.")) }
                    } @else {
                        (table::rows(site, list))
                    }
                    (paging(site, &path, list.pairs(), list.paged()))
                    (calls(site, Calls { path: table.path(), query: &list.paged().of_data(&list.pairs), answer: Answer::List }))
                }
            }
        };
    let mut page =
        WebPage::new(path, title, body).answering(table.path(), &list.pairs).at(list.paged());
    page.description = format!("{} {}", counted(site, list.page.total), site.of(table.about()));
    page.indexed = list.pairs.is_empty() && list.page.offset == 0;
    page
}

/// The parameters that a sum has, too.
fn summable<'p>(
    pairs: impl Iterator<Item = (&'p str, &'p str)>,
) -> impl Iterator<Item = (&'p str, &'p str)> {
    pairs.filter(|(name, _)| !matches!(*name, "q" | "sort" | "counted_by"))
}

fn counted(site: &Site<'_>, total: u64) -> String {
    match total {
        1 => site.say("1 record.", "1 registro.").to_owned(),
        total => site.say(
            format!("{} records.", grouped(site, total)),
            format!("{} registros.", grouped(site, total)),
        ),
    }
}

fn downloads(site: &Site<'_>, path: &str, list: &List<'_>) -> Markup {
    let file = |extension: &str| site.data(&format!("{path}.{extension}"), list.pairs());
    let formats = Format::ALL.into_iter().filter(|format| *format != Format::Json);
    html! {
        ul.row.downloads aria-label=(site.say("Download all of them", "Descargar todos")) {
            li.label { (site.say("Download all:", "Descargar todo:")) }
            @for format in formats {
                li { a href=(file(format.extension())) rel="nofollow" { (format.extension().to_uppercase()) } }
            }
            li { a href=(file("zip")) rel="nofollow" { "ZIP" } }
            @if list.has_chart {
                li { a href=(site.chart(path, list.pairs())) rel="nofollow" { (site.say("Chart (SVG)", "Gráfica (SVG)")) } }
            }
            li { a href=(site.data(path, list.pairs())) rel="nofollow" { "JSON" } }
        }
    }
}
