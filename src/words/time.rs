//! Dates and years in words.

use super::language::Language;
use crate::model::{Basis, Bilingual, PartialDate, Period, PeriodFigure};

const ENGLISH: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

const SPANISH: [&str; 12] = [
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
];

/// `23 May 2022`, `mayo de 2017`, `2012`: as precise as it is known.
pub fn date_phrase(date: PartialDate, language: Language) -> String {
    let (year, month, day) = date.parts();
    let months = match language {
        Language::En => &ENGLISH,
        Language::Es => &SPANISH,
    };
    let month = usize::try_from(month - 1).ok().and_then(|at| months.get(at));
    match (month, day, language) {
        (None, ..) => year.to_string(),
        (Some(month), 0, Language::En) => format!("{month} {year}"),
        (Some(month), 0, Language::Es) => format!("{month} de {year}"),
        (Some(month), day, Language::En) => format!("{day} {month} {year}"),
        (Some(month), day, Language::Es) => format!("{day} de {month} de {year}"),
    }
}

/// `on 23 May 2022`, `en mayo de 2017`, `in 2012`.
pub(super) fn on_phrase(date: PartialDate, language: Language) -> String {
    let (.., day) = date.parts();
    let before = match (day > 0, language) {
        (true, Language::En) => "on",
        (true, Language::Es) => "el",
        (false, Language::En) => "in",
        (false, Language::Es) => "en",
    };
    format!("{before} {}", date_phrase(date, language))
}

/// `FY 2017–2023`, `since FY 2017`; in Spanish `años fiscales 2017–2023`.
pub fn years_phrase(period: &Period, language: Language) -> String {
    if language == Language::En {
        return period.to_string();
    }
    let from = period.from().number();
    let fiscal = *period.basis() == Basis::FiscalYear;
    match (fiscal, period.to().map(|to| to.number())) {
        (true, None) => format!("desde el año fiscal {from}"),
        (false, None) => format!("desde {from}"),
        (true, Some(to)) if to == from => format!("año fiscal {from}"),
        (true, Some(to)) => format!("años fiscales {from}–{to}"),
        (false, Some(to)) if to == from => from.to_string(),
        (false, Some(to)) => format!("{from}–{to}"),
    }
}

/// The years of a statement: `from FY 2017 to FY 2023, in one sum`, `desde el año fiscal 2017 (que empezó en octubre de
/// 2016), sin fin declarado`.
pub(super) fn period_phrase(period: &Period, figure: PeriodFigure, language: Language) -> String {
    let said = match language {
        Language::En => from_and_to(period),
        Language::Es => desde_y_hasta(period),
    };
    let Some(to) = period.to() else {
        let open = language.of(Bilingual::new("end not stated", "sin fin declarado"));
        let known = period.known_through().map(|known| {
            let through = Bilingual::new("known through", "con datos hasta");
            format!(" ({})", dated(known.date, through, language))
        });
        return format!("{said}, {open}{}", known.unwrap_or_default());
    };
    if figure == PeriodFigure::OneSum && to != period.from() {
        let one_sum = language.of(Bilingual::new("in one sum", "en una sola suma"));
        format!("{said}, {one_sum}")
    } else {
        said
    }
}

fn from_and_to(period: &Period) -> String {
    let from = period.from().number();
    let basis = if *period.basis() == Basis::FiscalYear { "FY " } else { "" };
    match period.to().map(|to| to.number()) {
        None => format!("since {basis}{from}"),
        Some(to) if to == from => format!("in {basis}{from}"),
        Some(to) => format!("from {basis}{from} to {basis}{to}"),
    }
}

/// A reader of Spanish is told when a fiscal year begins and ends.
fn desde_y_hasta(period: &Period) -> String {
    let from = period.from().number();
    let fiscal = *period.basis() == Basis::FiscalYear;
    match (fiscal, period.to().map(|to| to.number())) {
        (true, None) => {
            format!("desde el año fiscal {from} (que empezó en octubre de {})", from - 1)
        }
        (false, None) => format!("desde {from}"),
        (true, Some(to)) if to == from => {
            format!("en el año fiscal {from} (octubre de {} a septiembre de {to})", from - 1)
        }
        (true, Some(to)) => format!(
            "entre los años fiscales {from} y {to} (octubre de {} a septiembre de {to})",
            from - 1
        ),
        (false, Some(to)) if to == from => format!("en {from}"),
        (false, Some(to)) => format!("entre {from} y {to}"),
    }
}

/// A date behind a preposition: `as of 23 May 2022`, `con corte al 23 de mayo de 2022`. In Spanish a day has an article; a
/// month and a year have none.
pub(super) fn dated(date: PartialDate, before: Bilingual, language: Language) -> String {
    let (.., day) = date.parts();
    let (said, before) = (date_phrase(date, language), language.of(before));
    match (language, before.strip_suffix(" a")) {
        (Language::Es, Some(before)) if day > 0 => format!("{before} al {said}"),
        (Language::Es, None) if day > 0 => format!("{before} el {said}"),
        _ => format!("{before} {said}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> PartialDate {
        text.parse().expect("a date")
    }

    #[test]
    fn a_date_is_said_as_precisely_as_it_is_known() {
        for (text, en, es) in [
            ("2012", "in 2012", "en 2012"),
            ("2017-05", "in May 2017", "en mayo de 2017"),
            ("2022-05-23", "on 23 May 2022", "el 23 de mayo de 2022"),
        ] {
            let said = [Language::En, Language::Es].map(|language| on_phrase(date(text), language));
            assert_eq!(said, [en, es]);
        }
    }

    #[test]
    fn a_period_says_its_basis_its_end_and_what_the_figure_is_to_its_years() {
        let period = |json: &str| -> Period { serde_json::from_str(json).expect("a period") };
        let fiscal = period(
            r#"{"from":2017,"to":2023,"basis":"fiscal_year","basis_stated":true,"known_through":null}"#,
        );
        let said = |period, figure| {
            [Language::En, Language::Es].map(|language| period_phrase(period, figure, language))
        };
        assert_eq!(
            said(&fiscal, PeriodFigure::OneSum),
            [
                "from FY 2017 to FY 2023, in one sum",
                "entre los años fiscales 2017 y 2023 (octubre de 2016 a septiembre de 2023), en una sola suma"
            ]
        );
        assert_eq!(said(&fiscal, PeriodFigure::EachYear)[0], "from FY 2017 to FY 2023");
        let open = period(
            r#"{"from":2017,"to":null,"basis":"calendar_year","basis_stated":true,"known_through":{"date":"2023-05-02","how":"printed"}}"#,
        );
        assert_eq!(
            said(&open, PeriodFigure::OneSum),
            [
                "since 2017, end not stated (known through 2 May 2023)",
                "desde 2017, sin fin declarado (con datos hasta el 2 de mayo de 2023)"
            ]
        );
    }
}
