//! The closed lists: what each code is called and what it means.

use maud::html;

use super::frame::WebPage;
use super::site::Site;
use super::snippets::answer_calls;
use super::wording::{capitalized, inline_code};
use crate::model::{CodeList, field_label};

/// The page of all lists, each with its name.
pub fn page(site: &Site<'_>, lists: &[(String, &'static CodeList)]) -> WebPage {
    let title = site.say("Codes", "Códigos");
    let about = site.say(
        "Fields that take one of a fixed set of codes, and parameters that do: what each list says.",
        "Campos y parámetros cuyo valor sale de un conjunto fijo de códigos: qué dice cada lista.",
    );
    let body = html! {
        h1 { (title) }
        p.lede { (about) }
        div.scrolls tabindex="0" role="region" aria-label=(title) {
            table {
                caption { (lists.len()) " " (site.say("lists", "listas")) }
                thead { tr {
                    th scope="col" { (site.say("List", "Lista")) }
                    th scope="col" { (site.say("What its codes say", "Qué dicen sus códigos")) }
                    th.number scope="col" { (site.say("Codes", "Códigos")) }
                } }
                tbody {
                    @for (name, list) in lists {
                        tr {
                            th scope="row" { a href=(site.page(&format!("/codes/{name}"))) { (capitalized(site.of(list.label))) } br; code { (name) } }
                            td { (inline_code(site.of(list.definition))) }
                            td.number { (list.codes.len()) }
                        }
                    }
                }
            }
        }
        (answer_calls(site, "/v1/codes", &[]))
    };
    let mut page = WebPage::new("/codes", title, body);
    about.clone_into(&mut page.description);
    page.data = Some("/v1/codes".to_owned());
    page
}

/// The page of one list, with the fields that have it: collection and name.
pub fn list_page(
    site: &Site<'_>,
    name: &str,
    list: &CodeList,
    fields: &[(&'static str, &'static str)],
) -> WebPage {
    let title = capitalized(site.of(list.label));
    let path = format!("/codes/{name}");
    let ranked = list.codes.iter().any(|code| code.rank.is_some());
    let body = html! {
        nav.crumbs aria-label=(site.say("Where this is", "Dónde está")) {
            a href=(site.page("/codes")) { (site.say("Codes", "Códigos")) } " / " span { (name) }
        }
        h1 { (title) }
        p.lede { (inline_code(site.of(list.definition))) }
        div.scrolls tabindex="0" role="region" aria-label=(title) {
            table {
                caption {
                    (list.codes.len()) " " (site.say("codes", "códigos"))
                    @if ranked { ". " (site.say("The lower the rank, the more it weighs.", "Cuanto menor el rango, más pesa.")) }
                }
                thead { tr {
                    th scope="col" { (site.say("Code", "Código")) }
                    th scope="col" { (site.say("Called", "Nombre")) }
                    th scope="col" { (site.say("What it means", "Qué significa")) }
                    @if ranked { th.number scope="col" { (site.say("Rank", "Rango")) } }
                } }
                tbody {
                    @for code in list.codes {
                        tr {
                            th scope="row" { code { (code.code) } }
                            td { (capitalized(site.of(code.label))) }
                            td { (inline_code(site.of(code.definition))) }
                            @if ranked { td.number { @if let Some(rank) = code.rank { (rank) } } }
                        }
                    }
                }
            }
        }
        @if !fields.is_empty() {
            section {
                h2 { (site.say("Where it is used", "Dónde se usa")) }
                ul {
                    @for (collection, field) in fields {
                        li {
                            a href=(site.page(&format!("/{collection}"))) { (collection_label(site, collection)) } ": "
                            (field_label(field).map_or(*field, |label| site.of(label))) " " code { (field) }
                        }
                    }
                }
            }
        }
        (answer_calls(site, &format!("/v1{path}"), &[]))
    };
    let mut page = WebPage::new(path.clone(), title, body);
    site.of(list.definition).clone_into(&mut page.description);
    page.data = Some(format!("/v1{path}"));
    page
}

fn collection_label(site: &Site<'_>, collection: &str) -> String {
    let tables = site.dataset.tables();
    let table = tables.iter().find(|table| table.name() == collection);
    table.map_or_else(|| collection.to_owned(), |table| capitalized(site.of(table.label())))
}
