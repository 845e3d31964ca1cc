//! Dates and years in words.

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
pub fn date_phrase(date: PartialDate) -> Bilingual<String> {
    let (year, month, day) = date.parts();
    let of_year = |month: i8| usize::try_from(month - 1).ok().filter(|at| *at < ENGLISH.len());
    match (of_year(month), day) {
        (None, _) => Bilingual::new(year.to_string(), year.to_string()),
        (Some(at), 0) => {
            Bilingual::new(format!("{} {year}", ENGLISH[at]), format!("{} de {year}", SPANISH[at]))
        }
        (Some(at), day) => Bilingual::new(
            format!("{day} {} {year}", ENGLISH[at]),
            format!("{day} de {} de {year}", SPANISH[at]),
        ),
    }
}

/// `on 23 May 2022`, `en mayo de 2017`, `in 2012`.
pub(super) fn on_phrase(date: PartialDate) -> Bilingual<String> {
    let (.., day) = date.parts();
    let said = date_phrase(date);
    if day > 0 {
        Bilingual::new(format!("on {}", said.en), format!("el {}", said.es))
    } else {
        Bilingual::new(format!("in {}", said.en), format!("en {}", said.es))
    }
}

/// `FY 2017–2023`, `since FY 2017`; in Spanish `años fiscales 2017–2023`.
pub fn years_phrase(period: &Period) -> Bilingual<String> {
    let from = period.from().number();
    let fiscal = *period.basis() == Basis::FiscalYear;
    let en = period.to_string();
    let es = match (fiscal, period.to().map(|to| to.number())) {
        (true, None) => format!("desde el año fiscal {from}"),
        (false, None) => format!("desde {from}"),
        (true, Some(to)) if to == from => format!("año fiscal {from}"),
        (true, Some(to)) => format!("años fiscales {from}–{to}"),
        (false, Some(to)) if to == from => from.to_string(),
        (false, Some(to)) => format!("{from}–{to}"),
    };
    Bilingual::new(en, es)
}

/// The years of a statement: `from FY 2017 to FY 2023, in one sum`, `desde el año fiscal 2017 (que empezó en octubre de
/// 2016), sin fin declarado`. A reader of Spanish is told when a fiscal year begins and ends.
pub(super) fn period_phrase(period: &Period, figure: PeriodFigure) -> Bilingual<String> {
    let from = period.from().number();
    let to = period.to().map(|to| to.number());
    let fiscal = *period.basis() == Basis::FiscalYear;
    let open = to.is_none();
    let single = to == Some(from);
    let year = |year: i16| if fiscal { format!("FY {year}") } else { year.to_string() };
    let mut en = match to {
        None => format!("since {}", year(from)),
        Some(_) if single => format!("in {}", year(from)),
        Some(to) => format!("from {} to {}", year(from), year(to)),
    };
    let mut es = match (fiscal, to) {
        (true, None) => {
            format!("desde el año fiscal {from} (que empezó en octubre de {})", from - 1)
        }
        (false, None) => format!("desde {from}"),
        (true, Some(to)) if single => {
            format!("en el año fiscal {from} (octubre de {} a septiembre de {to})", from - 1)
        }
        (true, Some(to)) => format!(
            "entre los años fiscales {from} y {to} (octubre de {} a septiembre de {to})",
            from - 1
        ),
        (false, Some(_)) if single => format!("en {from}"),
        (false, Some(to)) => format!("entre {from} y {to}"),
    };
    if open {
        en.push_str(", end not stated");
        es.push_str(", sin fin declarado");
        if let Some(known) = period.known_through() {
            let date = dated(known.date, "known through", "con datos hasta");
            en = format!("{en} ({})", date.en);
            es = format!("{es} ({})", date.es);
        }
    } else if figure == PeriodFigure::OneSum && !single {
        en.push_str(", in one sum");
        es.push_str(", en una sola suma");
    }
    Bilingual::new(en, es)
}

/// A date behind a preposition: `as of 23 May 2022`, `con corte al 23 de mayo de 2022`. In Spanish a day has an article; a
/// month and a year have none.
pub(super) fn dated(date: PartialDate, english: &str, spanish: &str) -> Bilingual<String> {
    let (.., day) = date.parts();
    let said = date_phrase(date);
    let es = match (day > 0, spanish.strip_suffix(" a")) {
        (false, _) => format!("{spanish} {}", said.es),
        (true, Some(before)) => format!("{before} al {}", said.es),
        (true, None) => format!("{spanish} el {}", said.es),
    };
    Bilingual::new(format!("{english} {}", said.en), es)
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
            let said = on_phrase(date(text));
            assert_eq!((said.en.as_str(), said.es.as_str()), (en, es));
        }
    }

    #[test]
    fn a_period_says_its_basis_its_end_and_what_the_figure_is_to_its_years() {
        let period = |json: &str| -> Period { serde_json::from_str(json).expect("a period") };
        let fiscal = period(
            r#"{"from":2017,"to":2023,"basis":"fiscal_year","basis_stated":true,"known_through":null}"#,
        );
        let said = period_phrase(&fiscal, PeriodFigure::OneSum);
        assert_eq!(said.en, "from FY 2017 to FY 2023, in one sum");
        assert_eq!(
            said.es,
            "entre los años fiscales 2017 y 2023 (octubre de 2016 a septiembre de 2023), en una sola suma"
        );
        let said = period_phrase(&fiscal, PeriodFigure::EachYear);
        assert_eq!(said.en, "from FY 2017 to FY 2023");
        let open = period(
            r#"{"from":2017,"to":null,"basis":"calendar_year","basis_stated":true,"known_through":{"date":"2023-05-02","how":"printed"}}"#,
        );
        let said = period_phrase(&open, PeriodFigure::OneSum);
        assert_eq!(said.en, "since 2017, end not stated (known through 2 May 2023)");
        assert_eq!(said.es, "desde 2017, sin fin declarado (con datos hasta el 2 de mayo de 2023)");
    }
}
