//! The question and the sum in words: the sentence of the page.

use super::sum::{Asked, Number, Sum};
use crate::model::{Bilingual, Iso3, Kind, Slot, Statement};
use crate::pages::figure::{SaidSum, entries, money, people};
use crate::pages::site::Site;
use crate::query::split_list;
use crate::sums::{NoAmountReason, YearRun};
use crate::words::date_phrase;

/// More partners or programs than these are counted, not named.
const MOST_NAMED: usize = 4;

/// What is added, as it stands in the middle of a sentence.
const MONEY: Bilingual = Bilingual::new(
    "figures of {what}[ for {partner}][ ({kind})]",
    "cifras publicadas de {what}[ para {partner}][ ({kind})]",
);
const SALES: Bilingual = Bilingual::new(
    "figures of arms sales[ to {partner}][ ({kind})]",
    "cifras publicadas de ventas de armas[ a {partner}][ ({kind})]",
);
const PEOPLE: Bilingual = Bilingual::new(
    "numbers of people deployed[ by {partner}][ in {what}][ ({kind})]",
    "cifras publicadas de personas desplegadas[ por {partner}][ en {what}][ ({kind})]",
);
const TRAINING: Bilingual = Bilingual::new(
    "totals of training[ of {partner}][ under {what}] in the annual report",
    "cifras publicadas de capacitación[ de {partner}][ con {what}] en el informe anual",
);

const ASSISTANCE: Bilingual = Bilingual::new("assistance", "asistencia");
const SECURITY: Bilingual = Bilingual::new("security assistance", "asistencia en seguridad");

/// The sum, as the sentence of the page says it.
pub(super) struct Said {
    /// Up to the sum.
    pub(super) before: String,
    /// The sum; none where there is none.
    pub(super) sum: Option<SaidSum>,
    /// A second sum of the same: the entries behind a cost.
    pub(super) also: Option<SaidSum>,
    /// The years or the date, with what ends the sentence.
    pub(super) after: String,
}

impl Said {
    /// All of it as one sentence.
    pub(super) fn whole(&self, site: &Site<'_>) -> String {
        let sum = self.sum.as_ref().map(|sum| format!(" {}", sum.whole())).unwrap_or_default();
        let also = self.also.as_ref().map(|also| {
            let also = also.whole();
            site.say(format!(" and {also}"), format!(" y {also}"))
        });
        format!("{}{sum}{}{}", self.before, also.unwrap_or_default(), self.after)
    }
}

/// The question and its sum in words.
pub(super) fn said(site: &Site<'_>, asked: &Asked<'_>, total: &Sum<'_>) -> Said {
    let (sum, also) = match total.number {
        Some(number) => in_words(site, number),
        None => (None, None),
    };
    let added = subject(site, asked);
    let before = match (&sum, total.reason) {
        (Some(_), _) => {
            site.say(format!("Published {added} add up to"), format!("Las {added} suman"))
        }
        (None, Some(NoAmountReason::NotFound | NoAmountReason::NotCovered)) => {
            let before = site.say("No published", "No se encontraron");
            site.say(format!("{before} {added} were found"), format!("{before} {added}"))
        }
        (None, _) => site.say(
            format!("Published {added} make no sum"),
            format!("Las {added} no forman una suma"),
        ),
    };
    Said { before, sum, also, after: when(site, total) }
}

/// What a sum comes to in words; of training the cost, and the entries behind it.
pub(super) fn in_words(site: &Site<'_>, number: Number) -> (Option<SaidSum>, Option<SaidSum>) {
    match number {
        Number::Money(sum) => (Some(money(site, &sum)), None),
        Number::People(sum) => (Some(people(site, &sum)), None),
        Number::Training { students, cost } => {
            let students = students.map(|(number, qualifier)| entries(site, number, qualifier));
            match cost {
                Some(cost) => (Some(money(site, &cost)), students),
                None => (students, None),
            }
        }
    }
}

/// What is added, of whom: in the middle of a sentence.
fn subject(site: &Site<'_>, asked: &Asked<'_>) -> String {
    let values = |name: &str| asked.value(name).map(split_list).unwrap_or_default();
    let codes = values("partner");
    let partners: Vec<Iso3> = codes.iter().filter_map(|code| code.parse().ok()).collect();
    let ids: Vec<String> =
        ["program", "program_within", "missions"].into_iter().flat_map(values).collect();
    let template = match asked.table.name() {
        "arms-sales" => SALES,
        "deployments" => PEOPLE,
        "training" => TRAINING,
        _ => MONEY,
    };
    let named = (1..=MOST_NAMED).contains(&ids.len());
    let statement = Statement::new(template, template)
        .with_some(
            "partner",
            (1..=MOST_NAMED).contains(&partners.len()).then_some(Slot::Partners(&partners)),
        )
        .with_some(
            "what",
            if named {
                let collection = if asked.table.name() == "deployments" {
                    "missions"
                } else {
                    "assistance-programs"
                };
                let ids = ids.iter().map(String::as_str).collect();
                Some(Slot::Named { collection, ids })
            } else if asked.table.name() == "assistance-funding" {
                let any = ["objective", "program", "program_within"];
                let grouped = values("group_by").iter().any(|word| word == "objective");
                let any = grouped || any.iter().any(|name| asked.value(name).is_some());
                Some(Slot::Words(if any { ASSISTANCE } else { SECURITY }))
            } else {
                None
            },
        )
        .with_some("kind", kind(asked).map(Slot::Words));
    let said = site.heading(&statement);
    let mut letters = said.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}

/// The one code that narrows what is added, where there is one: a stage, a measure, a role.
fn kind(asked: &Asked<'_>) -> Option<Bilingual> {
    ["stage", "objective", "measure", "channel", "role", "organization"].into_iter().find_map(
        |name| {
            let field = asked.table.field(name)?;
            let Kind::Code(list) = field.kind else { return None };
            Some(list.get(asked.value(name)?)?.label)
        },
    )
}

/// The years or the date of a sum, and the full stop.
fn when(site: &Site<'_>, total: &Sum<'_>) -> String {
    if let Some(date) = total.as_of {
        let date = date_phrase(date, site.language);
        return site.say(format!(", as of {date}."), format!(", con fecha de {date}."));
    }
    match total.window {
        (Some(from), Some(to)) if from == to => {
            site.say(format!(" for fiscal year {from}."), format!(" en el año fiscal {from}."))
        }
        (Some(from), Some(to)) => site.say(
            format!(" for fiscal years {from} to {to}."),
            format!(" en los años fiscales {from} a {to}."),
        ),
        _ => ".".to_owned(),
    }
}

/// Runs of years, the first few of them by name: `2011–2016, 2024 and 2 more`.
pub(super) fn runs(site: &Site<'_>, runs: &[YearRun]) -> String {
    let run = |run: &YearRun| match run.to {
        Some(to) if to == run.from => run.from.to_string(),
        Some(to) => format!("{}–{to}", run.from),
        None => site.say(format!("since {}", run.from), format!("desde {}", run.from)),
    };
    let shown: Vec<String> = runs.iter().take(MOST_NAMED).map(run).collect();
    let more = runs.len().saturating_sub(MOST_NAMED);
    let shown = shown.join(", ");
    match more {
        0 => shown,
        more => site
            .say(format!("{shown} and {more} more runs"), format!("{shown} y {more} períodos más")),
    }
}
