//! The timeline: years in the margin, one line an event, the years of which nothing is dated.

use maud::{Markup, html};

use crate::collections::DateEvent;
use crate::model::{PartialDate, Vocabulary, field_label};
use crate::pages::asking::{
    Choice, boxes, not_covered, partner_field, pinned, skip_panel, text_field,
};
use crate::pages::figure::short_bounds;
use crate::pages::frame::WebPage;
use crate::pages::paging::{Paged, paging};
use crate::pages::reading::{first_source, is_disputed};
use crate::pages::site::Site;
use crate::pages::snippets::answer_calls;
use crate::pages::wording::{capitalized, country_name, grouped};
use crate::query::TimelineEvent;
use crate::words::date_phrase;

/// The path of the page.
const PATH: &str = "/timeline";

/// The timeline that was asked for.
pub struct TimelinePage {
    /// The parameters as links repeat them, without the page.
    pub pairs: Vec<(String, String)>,
    /// The event before those of this page, which says where a gap began.
    pub before: Option<TimelineEvent>,
    /// The events of this page, earliest first.
    pub events: Vec<TimelineEvent>,
    /// How many events each collection has among those that match but for `kind`; those with none are left out.
    pub counts: Vec<(&'static str, u64)>,
    /// The collections that were asked for.
    pub kinds: Vec<String>,
    /// The page.
    pub paged: Paged,
    /// The countries that were asked for and of which nothing is on record.
    pub not_covered: Vec<String>,
}

impl TimelinePage {
    fn pairs(&self) -> impl Iterator<Item = (&str, &str)> + Clone {
        self.pairs.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    fn value(&self, wanted: &str) -> Option<&str> {
        self.pairs().find(|(name, _)| *name == wanted).map(|(_, value)| value)
    }
}

/// The page.
pub fn page(site: &Site<'_>, timeline: &TimelinePage) -> WebPage {
    let title = title(site, timeline);
    let total = timeline.paged.total;
    let said = match total {
        1 => site.say("One date on record.", "Una fecha registrada.").to_owned(),
        total => site.say(
            format!("{} dates on record.", grouped(site, total)),
            format!("{} fechas registradas.", grouped(site, total)),
        ),
    };
    let body = html! {
        div.list-page {
            div.list-head {
                h1 { (title) }
                p.lede {
                    (said) " "
                    (site.say(
                        "Each is as precise as its source; a period stands at its first year, fiscal or of the calendar. ",
                        "Cada una es tan precisa como su fuente; un período figura en su primer año, fiscal o calendario. "
                    ))
                    (site.say(
                        "A year without an entry is one of which nothing was found, not one in which nothing happened.",
                        "Un año sin entradas es uno del que no se encontró nada, no uno en el que nada ocurrió."
                    ))
                }
                (not_covered(site, &timeline.not_covered))
                (dates(site, timeline))
                ul.row.downloads { li { a href=(site.chart("/v1/timeline", timeline.pairs())) rel="nofollow" { (site.say("This timeline as a chart (SVG)", "Esta cronología como gráfica (SVG)")) } } }
            }
            (skip_panel(site))
            (panel(site, timeline))
            div.list-main #entries {
                @if let Some((first, last)) = timeline.paged.range() {
                    p.muted { (grouped(site, first)) "–" (grouped(site, last)) " " (site.say("of", "de")) " " (grouped(site, total)) }
                }
                (years(site, timeline))
                (paging(site, PATH, timeline.pairs(), timeline.paged))
                (answer_calls(site, "/v1/timeline", &timeline.paged.of_data(&timeline.pairs)))
            }
        }
    };
    let mut page = WebPage::new(PATH, title, body)
        .answering("/v1/timeline", &timeline.pairs)
        .at(timeline.paged);
    page.description = said;
    page.indexed = timeline.pairs.is_empty() && timeline.paged.is_first();
    page
}

fn title(site: &Site<'_>, timeline: &TimelinePage) -> String {
    let title = site.say("Timeline", "Cronología");
    match timeline.value("partner") {
        Some(partners) => {
            let partners = crate::query::split_list(partners);
            let names: Vec<_> = partners.iter().map(|code| country_name(site, code)).collect();
            format!("{title}: {}", names.join(", "))
        }
        None => title.to_owned(),
    }
}

/// The dates that the timeline was asked to lie between.
fn dates(site: &Site<'_>, timeline: &TimelinePage) -> Markup {
    let said = |name: &str| {
        let date: PartialDate = timeline.value(name)?.parse().ok()?;
        Some(date_phrase(date, site.language))
    };
    let time = match (said("from"), said("to")) {
        (None, None) => return html! {},
        (Some(from), None) => site.say(format!("{from} or later"), format!("{from} o después")),
        (None, Some(to)) => site.say(format!("{to} or earlier"), format!("{to} o antes")),
        (Some(from), Some(to)) => site.say(format!("{from} to {to}"), format!("{from} a {to}")),
    };
    html! {
        p {
                (site.say("What may touch this time: ", "Lo que puede caer en este período: ")) b { (time) } ". "
                a href=(site.page_with(PATH, timeline.pairs().filter(|(name, _)| !["from", "to"].contains(name)))) rel="nofollow" {
                    (site.say("All years", "Todos los años"))
                }
        }
    }
}

/// The events of one year.
struct YearEvents<'t> {
    /// The year of the event before them.
    before: Option<i16>,
    year: i16,
    events: Vec<&'t TimelineEvent>,
}

fn years(site: &Site<'_>, timeline: &TimelinePage) -> Markup {
    if timeline.events.is_empty() {
        return html! {
            p.empty { (site.say("Nothing on record has a date like that. Not found is not zero.", "Nada de lo registrado tiene una fecha así. No encontrado no es cero.")) }
        };
    }
    let year = |event: &TimelineEvent| event.date.parts().0;
    let mut groups: Vec<YearEvents<'_>> = Vec::new();
    for event in &timeline.events {
        match groups.last_mut() {
            Some(group) if group.year == year(event) => group.events.push(event),
            last => {
                let before = last.map(|group| group.year).or(timeline.before.as_ref().map(year));
                groups.push(YearEvents { before, year: year(event), events: vec![event] });
            }
        }
    }
    html! {
        div.timeline {
            @for YearEvents { before, year, events } in &groups {
                @if let Some(before) = before { (gap(site, timeline, *before, *year)) }
                section.year aria-labelledby=(format!("y{year}")) {
                    h2 id=(format!("y{year}")) {
                        (year)
                        @if *before == Some(*year) { span.vh { " " (site.say("continued", "continuación")) } }
                    }
                    ol { @for event in events { (line(site, event)) } }
                }
            }
        }
    }
}

/// What is said of the years between two events of which nothing is dated. Of years before those that were asked for nothing
/// is said: what is on record of them may not match.
fn gap(site: &Site<'_>, timeline: &TimelinePage, before: i16, year: i16) -> Markup {
    let (from, to) = (before + 1, year - 1);
    let begin: Option<PartialDate> = timeline.value("from").and_then(|from| from.parse().ok());
    if from > to || begin.is_some_and(|begin| from < begin.parts().0) {
        return html! {};
    }
    let such = timeline.pairs.is_empty();
    let (en, es) =
        if such { ("No date", "Ninguna fecha") } else { ("No such date", "Ninguna fecha así") };
    let said = if from == to {
        site.say(
            format!("{en} is on record for {from}."),
            format!("{es} está registrada para {from}."),
        )
    } else {
        site.say(
            format!("{en} is on record for {from}–{to}."),
            format!("{es} está registrada para {from}–{to}."),
        )
    };
    html! { p.gap { (said) } }
}

fn line(site: &Site<'_>, event: &TimelineEvent) -> Markup {
    let tables = site.dataset.tables();
    let table = tables.iter().find(|table| table.name() == event.kind);
    let row = table.and_then(|table| Some((*table, table.row(&event.id)?)));
    html! {
        li {
            span.date { (day_of_year(site, event.date)) }
            div {
                @match row {
                    Some((table, row)) => {
                        @let statement = table.statement(row);
                        a href=(site.record(&event.kind, &event.id)) { (site.heading(&statement)) }
                        @if let Some(amount) = statement.amount() {
                            " " span.muted { (short_bounds(site, amount)) }
                        }
                    }
                    None => a href=(site.record(&event.kind, &event.id)) { (event.title) },
                }
                (end(site, event))
                p.about {
                    span { (happened(site, &event.event)) }
                    @if let Some((table, row)) = row {
                        span { (capitalized(site.of(table.label()))) }
                        (first_source(site, table, row))
                        @if is_disputed(site, &event.kind, &event.id) { span.boxed { (site.say("Disputed", "En disputa")) } }
                    }
                }
            }
        }
    }
}

/// The day and month of a date within its year, as far as they are known.
fn day_of_year(site: &Site<'_>, date: PartialDate) -> String {
    let (year, month, day) = date.parts();
    let said = date_phrase(date, site.language);
    if month == 0 {
        return String::new();
    }
    let year = year.to_string();
    let said = said.trim_end_matches(&*year).trim_end_matches(" de ").trim_end();
    if day == 0 { capitalized(said) } else { said.to_owned() }
}

/// How long it goes on: to a year, or on without a stated end.
fn end(site: &Site<'_>, event: &TimelineEvent) -> Markup {
    let until = event.until.filter(|until| *until != event.date);
    html! {
        @if event.open {
            " " span.open-end {
                svg.arrow width="34" height="10" aria-hidden="true" { line.red x1="0" y1="5" x2="26" y2="5" {} path.red-fill d="M25 0 L34 5 L25 10 Z" {} }
                " " (site.say("end not stated", "sin fin declarado"))
            }
        } @else if let Some(until) = until {
            " " span.muted { (site.say("to ", "hasta ")) (date_phrase(until, site.language)) }
        }
    }
}

/// What happened on a date, by the key that holds it.
fn happened(site: &Site<'_>, event: &str) -> String {
    let text = match event {
        "period" => site.say("begins", "comienza"),
        "as_of" => site.say("stands as of then", "vigente a esa fecha"),
        "status" => site.say("standing granted", "estatus otorgado"),
        "since" => site.say("tie since then", "vínculo desde entonces"),
        "date" => site.say("happened", "ocurrió"),
        "in_force" => site.say("in force", "en vigor"),
        other => {
            let code = DateEvent::CODES.get(other);
            let label = code.map(|code| code.label).or_else(|| field_label(other));
            return label.map_or_else(|| other.to_owned(), |label| site.of(label).to_owned());
        }
    };
    text.to_owned()
}

fn panel(site: &Site<'_>, timeline: &TimelinePage) -> Markup {
    let tables = site.dataset.tables();
    let labelled = |name: &str| {
        let table = tables.iter().find(|table| table.name() == name);
        table.map_or_else(|| name.to_owned(), |table| capitalized(site.of(table.label())))
    };
    let choices: Vec<_> = timeline
        .counts
        .iter()
        .map(|(name, count)| Choice { value: name, label: labelled(name), count: Some(*count) })
        .collect();
    html! {
        details.panel {
            summary { (site.say("Filter", "Filtrar")) }
            form action=(site.addresses.fixed(&site.localized(PATH))) method="get" {
                (pinned(site))
                (partner_field(site, timeline.value("partner")))
                (text_field("from", site.say("From", "Desde"), timeline.value("from"), "1999"))
                (text_field("to", site.say("To", "Hasta"), timeline.value("to"), "2022-05"))
                (boxes("kind", site.say("Kind of record", "Tipo de registro"), &timeline.kinds, &choices))
                button type="submit" { (site.say("Show dates", "Mostrar fechas")) }
            }
        }
    }
}
