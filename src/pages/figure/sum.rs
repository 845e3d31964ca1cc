//! A sum in words: never without its qualifier, and what is not whole says "at least" and "on record".

use maud::{Markup, html};

use crate::model::{Amount, Qualifier, Usd};
use crate::pages::site::Site;
use crate::pages::wording::grouped;
use crate::sums::{HeadcountSum, SumAmount, SumQualifier};
use crate::words::{amount_parts, usd_phrase};

/// A sum in words: what qualifies it before and behind, and the number.
pub(crate) struct SaidSum {
    /// `at least`; empty where nothing qualifies it.
    pub(crate) before: String,
    /// `$862.9 million`, `280 people`.
    pub(crate) number: String,
    /// `on record`; empty where nothing qualifies it.
    pub(crate) behind: String,
}

impl SaidSum {
    /// All of it, as a part of a sentence.
    pub(crate) fn whole(&self) -> String {
        let parts = [&self.before, &self.number, &self.behind].map(String::as_str);
        let said: Vec<_> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        said.join(" ")
    }
}

/// Whole dollars in words.
pub(crate) fn dollars(site: &Site<'_>, usd: i64) -> String {
    match Usd::try_from(usd) {
        Ok(usd) => usd_phrase(usd, site.language),
        // More than any amount may be: a sum of very many.
        Err(_) => format!("{} USD", grouped(site, usd.unsigned_abs())),
    }
}

/// A sum of money in words.
pub(crate) fn money(site: &Site<'_>, sum: &SumAmount) -> SaidSum {
    let qualifier = match sum.qualifier {
        SumQualifier::Exact => Qualifier::Exact,
        SumQualifier::Approximately => Qualifier::Approximately,
        SumQualifier::MoreThan => Qualifier::MoreThan,
        SumQualifier::LessThan => Qualifier::LessThan,
        SumQualifier::OnRecord => return on_record(site, sum),
    };
    match Usd::try_from(sum.usd) {
        Ok(usd) => {
            let (before, number) = amount_parts(&Amount::new(usd, qualifier, None), site.language);
            SaidSum { before: before.trim_end().to_owned(), number, behind: String::new() }
        }
        Err(_) => on_record(site, sum),
    }
}

fn on_record(site: &Site<'_>, sum: &SumAmount) -> SaidSum {
    let (before, usd, behind) = if let Some(min) = sum.min_usd {
        (site.say("at least", "al menos"), min, site.say("on record", "según consta"))
    } else {
        let behind = site
            .say("on record, no lower bound stated", "según consta, sin límite inferior declarado");
        ("", sum.usd, behind)
    };
    SaidSum { before: before.to_owned(), number: dollars(site, usd), behind: behind.to_owned() }
}

/// A number of people in words.
pub(crate) fn people(site: &Site<'_>, sum: &HeadcountSum) -> SaidSum {
    let least = sum.min_personnel.unwrap_or(sum.personnel);
    let (before, number, behind) = match sum.qualifier {
        SumQualifier::Exact => ("", sum.personnel, ""),
        SumQualifier::Approximately => (site.say("about", "cerca de"), sum.personnel, ""),
        SumQualifier::MoreThan => (site.say("more than", "más de"), sum.personnel, ""),
        SumQualifier::LessThan => (site.say("less than", "menos de"), sum.personnel, ""),
        SumQualifier::OnRecord => {
            (site.say("at least", "al menos"), least, site.say("on record", "según consta"))
        }
    };
    let number = match number {
        1 => site.say("1 person", "1 persona").to_owned(),
        number => format!("{} {}", grouped(site, number), site.say("people", "personas")),
    };
    SaidSum { before: before.to_owned(), number, behind: behind.to_owned() }
}

/// Entries in courses in words.
pub(crate) fn entries(site: &Site<'_>, students: u64, qualifier: SumQualifier) -> SaidSum {
    let on_record = qualifier == SumQualifier::OnRecord;
    let number = format!(
        "{} {}",
        grouped(site, students),
        site.say("entries in courses", "inscripciones en cursos")
    );
    let (before, behind) = if on_record {
        (site.say("at least", "al menos"), site.say("on record", "según consta"))
    } else {
        ("", "")
    };
    SaidSum { before: before.to_owned(), number, behind: behind.to_owned() }
}

/// A sum in a table.
pub(crate) fn said_sum(said: &SaidSum) -> Markup {
    let mark = if said.before.is_empty() && said.behind.is_empty() {
        "amount sum"
    } else {
        "amount more sum"
    };
    html! {
        span class=(mark) {
            @if !said.before.is_empty() { i { (said.before) } " " }
            b { (said.number) }
            @if !said.behind.is_empty() { " " i { (said.behind) } }
        }
    }
}

/// The bounds of a sum in a few words.
pub(crate) fn bounds_of_sum(site: &Site<'_>, sum: &SumAmount) -> String {
    match (sum.min_usd, sum.max_usd) {
        (Some(min), Some(max)) if min == max => {
            site.say("to the dollar", "exacto al dólar").to_owned()
        }
        (Some(min), Some(max)) => {
            let (min, max) = (dollars(site, min), dollars(site, max));
            site.say(format!("{min} to {max}"), format!("de {min} a {max}"))
        }
        (Some(_), None) => site.say("no upper bound", "sin límite superior").to_owned(),
        (None, Some(max)) => {
            let max = dollars(site, max);
            site.say(format!("up to {max}"), format!("hasta {max}"))
        }
        (None, None) => site.say("no bounds", "sin límites").to_owned(),
    }
}
