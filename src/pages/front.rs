//! The front page: what this is, a number to check, questions with their answers, who is covered, how far to trust it.

use maud::{Markup, html};

use super::check_number::{CheckedNumber, form};
use super::figure::{amount_in, bound_strip};
use super::frame::WebPage;
use super::site::Site;
use super::wording::{capitalized, grouped};
use crate::dataset::Question;
use crate::words::date_phrase;

/// How many partners are named.
const MOST_PARTNERS: usize = 23;

/// What the front page is made of, beside the dataset.
pub struct Front {
    /// JSON-LD of the dataset.
    pub json_ld: String,
    /// How to cite the dataset.
    pub apa: String,
}

/// The front page.
pub fn page(site: &Site<'_>, front: Front) -> WebPage {
    let release = &site.dataset.release;
    let body = html! {
        div.hero.front {
            div {
                h1 { (site.say(
                    "The figures on U.S. security partnerships, with the doubts left in",
                    "Las cifras de las relaciones de seguridad de Estados Unidos, con las dudas a la vista"
                )) }
                p.lede {
                    (site.say(
                        "Published figures of assistance, arms sales, deployments and agreements, each with the document that says so. Nothing is rounded up, filled in or averaged: ",
                        "Cifras publicadas de asistencia, ventas de armas, despliegues y acuerdos, cada una con el documento que la respalda. Nada se redondea hacia arriba, se completa ni se promedia: "
                    ))
                    i { (site.say("about", "unos")) }
                    (site.say(
                        " stays “about”, a gap stays a gap, and where sources contradict each other, both stand here.",
                        " sigue siendo «unos», un vacío sigue siendo un vacío y, donde las fuentes se contradicen, aquí están ambas."
                    ))
                }
                form.search action=(site.addresses.fixed(&site.localized("/search"))) method="get" role="search" {
                    label.vh for="s" { (site.say("Search everything", "Buscar en todo")) }
                    input #s type="search" name="q" maxlength="200" required placeholder=(site.say("demining, Black Hawk, Rio Treaty", "desminado, Black Hawk, Tratado de Río"));
                    button type="submit" { (site.say("Search", "Buscar")) }
                }
                p.muted { (held(site)) }
            }
            (key(site))
        }
        section.checker {
            h2 { (site.say("Check a number", "Verificar una cifra")) }
            p { (site.say(
                "Somebody printed a number. See which published figures say it, allow it, or come near it and are other money.",
                "Alguien publicó una cifra. Vea qué cifras registradas la dicen, la permiten, o se le acercan pero corresponden a otro dinero."
            )) }
            (form(site, &CheckedNumber::default()))
        }
        @if !release.questions.is_empty() {
            section {
                h2 { (site.say("Questions people have", "Preguntas frecuentes")) }
                div.cards { @for question in &release.questions { (answer(site, question)) } }
            }
        }
        (partners(site))
        (collections(site))
        section {
            h2 { (site.say("How far to trust it", "Hasta dónde confiar")) }
            dl.facts {
                div {
                    dt { (site.say("Release", "Versión")) }
                    dd {
                        b { (release.version.to_string()) }
                        span { (date_phrase(release.released, site.language)) ", " code { (release.digest) } ". " a href=(site.page("/releases")) { (site.say("What changed", "Qué cambió")) } }
                    }
                }
                div {
                    dt { (site.say("License", "Licencia")) }
                    dd {
                        b { (release.licence.name.to_string()) }
                        span { (site.say("Take it, no permission needed. ", "Tómelos sin pedir permiso. ")) a href=(site.data("/v1/datapackage.zip", [])) { (site.say("All files", "Todos los archivos")) } }
                    }
                }
                div {
                    dt { (site.say("Cite", "Citar")) }
                    dd {
                        b { (site.say("The figure, not the site", "La cifra, no el sitio")) }
                        span { (site.say("Each record has a citation of its own and an address that never changes.", "Cada registro tiene su propia cita y una dirección que no cambia.")) }
                    }
                }
                div {
                    dt { (site.say("Trust", "Confianza")) }
                    dd {
                        b { (site.say("As far as its source", "Hasta donde llegue su fuente")) }
                        span { (site.say("Figures are what documents say, not audits. ", "Las cifras son lo que dicen los documentos, no auditorías. ")) a href=(site.page("/methods/totals")) { (site.say("How we read and add", "Cómo leemos y sumamos")) } }
                    }
                }
            }
            div.box {
                h3 { "APA" }
                div data-copy { p lang=[site.lang_of_texts()] { (front.apa.trim_end()) } }
            }
        }
        section {
            h2 { (site.say("For developers", "Para desarrolladores")) }
            ul.row {
                li { a href=(site.addresses.fixed("/docs/")) { (site.say("Documentation", "Documentación")) } }
                li { a href=(site.data("/v1", [])) { (site.say("Index of the API", "Índice de la API")) } }
                li { a href=(site.addresses.fixed("/openapi.json")) { "OpenAPI 3.1" } }
                li { a href=(site.page("/coverage")) { (site.say("Coverage", "Cobertura")) } }
                li { a href=(site.data("/v1/datapackage.zip", [])) { (site.say("Data package", "Paquete de datos")) } }
            }
        }
    };
    let mut page = WebPage::new("/", release.title.to_string(), body);
    page.description = release.description.to_string();
    page.json_ld = Some(front.json_ld);
    page
}

fn held(site: &Site<'_>) -> String {
    let tables = site.dataset.tables();
    let records: usize = tables.iter().map(|table| table.count()).sum();
    let facts: usize =
        tables.iter().filter(|table| !table.is_series()).map(|table| table.count()).sum();
    let documents = site.dataset.sources.len();
    let number = |number: usize| grouped(site, number as u64);
    site.say(
        format!("{} records from {} documents; {} of them lines of three official yearly series. Covered unevenly.", number(records), number(documents), number(records - facts)),
        format!("{} registros de {} documentos; {} son líneas de tres series anuales oficiales. La cobertura es desigual.", number(records), number(documents), number(records - facts)),
    )
}

/// How the marks are read.
fn key(site: &Site<'_>) -> Markup {
    let mark = |class: &str, number: &str, qualifier: &str, means: &str| {
        html! { li { span class=(format!("amount {class}")) { @if !qualifier.is_empty() { i { (qualifier) } " " } b { (number) } } span.muted { (means) } } }
    };
    let million =
        |number: &str| site.say(format!("${number} million"), format!("{number} millones"));
    html! {
        aside.margin aria-label=(site.say("How to read a figure", "Cómo leer una cifra")) {
            h2 { (site.say("How to read a figure here", "Cómo leer aquí una cifra")) }
            p {
                (site.say("Ink is what a source printed. ", "La tinta es lo que publicó la fuente. "))
                i.red { (site.say("Red", "El rojo")) }
                (site.say(" is what qualifies it.", " es lo que la matiza."))
            }
            ul.key {
                (mark("rounded", &million("278"), site.say("about", "unos"), site.say("rounded: bounds on both sides", "redondeada: límites a ambos lados")))
                (mark("exact", &site.say("$38,525,112".to_owned(), "38\u{202f}525\u{202f}112".to_owned()), "", site.say("to the dollar", "exacta al dólar")))
                (mark("more", &million("90"), site.say("more than", "más de"), site.say("no upper bound", "sin límite superior")))
                (mark("less", &million("30"), site.say("less than", "menos de"), site.say("anything from zero", "cualquier monto desde cero")))
                (mark("vague", &million("450"), site.say("about", "unos"), site.say("no bounds stated", "sin límites declarados")))
            }
            ul.key {
                li { span.mark.stage-provided {} span { (site.say("given", "entregado")) } }
                li { span.mark.stage-appropriated {} span { (site.say("by law, or an estimate", "por ley, o una estimación")) } }
                li { span.mark.stage-request {} span { (site.say("only asked for", "solo solicitado")) } }
            }
        }
    }
}

/// A question with the record that answers it.
fn answer(site: &Site<'_>, question: &Question) -> Markup {
    let (collection, id) = (question.collection.as_str(), question.id.as_str());
    let tables = site.dataset.tables();
    let Some(table) = tables.iter().find(|table| table.name() == collection) else {
        return html! {};
    };
    let Some(row) = table.rows_where("id", id).min() else { return html! {} };
    let statement = table.statement(row);
    let sentence = site.sentence(&statement);
    html! {
        div.card {
            h3 { (site.say(question.en.as_str(), question.es.as_str())) }
            @match statement.amount() {
                Some(amount) => {
                    p.said { (amount_in(site, &sentence, amount).unwrap_or_else(|| html! { (sentence) })) }
                    @if let Some(strip) = bound_strip(site, amount) { (strip) }
                }
                None => p.said { (sentence) },
            }
            p.row { a href=(site.record(collection, id)) { (site.say("The record and its source", "El registro y su fuente")) span.vh { ": " (site.say(question.en.as_str(), question.es.as_str())) } } }
        }
    }
}

fn partners(site: &Site<'_>) -> Markup {
    let counts = site.dataset.partners_by_records();
    let all = counts.len();
    let label = |code: &str| site.called("partners", code);
    html! {
        section {
            h2 { (site.say("Partners", "Socios")) }
            p { (site.say(
                "By number of records. A small number means that little was read, not that little was given.",
                "Por número de registros. Un número pequeño significa que se leyó poco, no que se dio poco."
            )) }
            ul.columns {
                @for (code, count) in counts.iter().take(MOST_PARTNERS) {
                    li { a href=(site.record("partners", code)) { (label(code)) } " " span.muted { (grouped(site, *count)) } }
                }
                li { a href=(site.page("/partners")) { b { (site.say("All ", "Los ")) (all) (site.say(" partners", " socios")) } } }
            }
        }
    }
}

fn collections(site: &Site<'_>) -> Markup {
    html! {
        section {
            h2 { (site.say("What is on record", "Qué está registrado")) }
            dl.collections {
                @for table in site.dataset.tables() {
                    div {
                        dt { a href=(site.page(&format!("/{}", table.name()))) { (capitalized(site.of(table.label()))) } " " span.muted { (grouped(site, table.count() as u64)) } }
                        dd { (site.of(table.about())) }
                    }
                }
            }
        }
    }
}
