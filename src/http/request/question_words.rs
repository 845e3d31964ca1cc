//! A question in words, for whoever cites its answer: which collection, and by which filters.

use crate::dataset::Dataset;
use crate::http::app::links::is_asked;
use crate::model::{
    Basis, Bilingual, Collection, Kind, Vocabulary, field_label, fields, year_field,
};
use crate::query::split_list;
use crate::sums::{GroupBy, PeopleBy};
use crate::words::{Language, capitalized, country};

/// `Assistance funding (partner: Colombia; fiscal year: 2020)`.
pub(crate) fn in_words<'p, C: Collection>(
    dataset: &Dataset,
    pairs: impl Iterator<Item = (&'p str, &'p str)>,
) -> String {
    let conditions = pairs.filter(|(name, _)| is_asked(name));
    let conditions: Vec<String> =
        conditions.map(|(name, value)| said::<C>(dataset, name, value, Language::En)).collect();
    let mut label = C::LABEL.en.to_owned();
    if let Some(first) = label.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    if conditions.is_empty() { label } else { format!("{label} ({})", conditions.join("; ")) }
}

/// The question as the title of a chart: `Foreign Military Financing, Colombia, FY 2017–2023, by fiscal year`. What is
/// neither program, partner nor years stands behind it in brackets.
pub(crate) fn as_title<'p, C: Collection>(
    dataset: &Dataset,
    pairs: impl Iterator<Item = (&'p str, &'p str)>,
    group_by: &[String],
    language: Language,
) -> String {
    let (mut programs, mut partners, mut years, mut others) =
        (vec![], vec![], [None, None], vec![]);
    let values = |name: &str, value: &str| -> Vec<String> {
        let values = split_list(value);
        values.iter().map(|value| value_in_words::<C>(dataset, name, value, language)).collect()
    };
    for (name, value) in pairs.filter(|(name, _)| is_asked(name)) {
        match name {
            "program" => programs.extend(values("program", value)),
            "program_within" => {
                let inside =
                    language.of(Bilingual::new("with all inside it", "con todo lo que incluye"));
                let named = values("program", value).into_iter();
                programs.extend(named.map(|name| format!("{name} {inside}")));
            }
            "partner" => partners.extend(values("partner", value)),
            "fiscal_year_min" | "year_min" => years[0] = Some(value),
            "fiscal_year_max" | "year_max" => years[1] = Some(value),
            "fiscal_year" | "year" => years = [Some(value), Some(value)],
            "group_by" | "prefer" | "spread" | "sort" => {}
            _ => others.push(said::<C>(dataset, name, value, language)),
        }
    }
    let mut parts = if programs.is_empty() {
        vec![capitalized(language.of(C::LABEL))]
    } else {
        vec![programs.join(" + ")]
    };
    if !partners.is_empty() {
        parts.push(partners.join(", "));
    }
    let fiscal = year_field::<C>().is_none_or(|(_, basis)| basis == Basis::FiscalYear);
    let year = language.of(if fiscal {
        Bilingual::new("FY ", "año fiscal ")
    } else {
        Bilingual::new("", "")
    });
    parts.extend(match years {
        [Some(from), Some(to)] if from == to => Some(format!("{year}{}", from.replace(',', ", "))),
        [Some(from), Some(to)] => Some(format!("{year}{from}\u{2013}{to}")),
        [Some(from), None] => {
            Some(format!("{} {year}{from}", language.of(Bilingual::new("since", "desde"))))
        }
        [None, Some(to)] => {
            Some(format!("{} {year}{to}", language.of(Bilingual::new("up to", "hasta"))))
        }
        [None, None] => None,
    });
    let groups = group_by.iter().filter_map(|word| {
        let people = || PeopleBy::from_word(word).map(|by| by.entry().label);
        GroupBy::from_word(word).map(|by| by.entry().label).or_else(people)
    });
    let groups: Vec<&str> = groups.map(|label| language.of(label)).collect();
    if !groups.is_empty() {
        let (by, and) = language.of(Bilingual::new(("by", " and "), ("por", " y ")));
        parts.push(format!("{by} {}", groups.join(and)));
    }
    let title = parts.join(", ");
    if others.is_empty() { title } else { format!("{title} ({})", others.join("; ")) }
}

fn said<C: Collection>(dataset: &Dataset, name: &str, value: &str, language: Language) -> String {
    let (field, range) = match (name.strip_suffix("_min"), name.strip_suffix("_max")) {
        (Some(field), _) => (field, Bilingual::new("from ", "desde ")),
        (_, Some(field)) => (field, Bilingual::new("up to ", "hasta ")),
        _ => (name, Bilingual::new("", "")),
    };
    let field = if field == "program_within" { "program" } else { field };
    let label = match name {
        "q" => language.of(Bilingual::new("search", "búsqueda")).to_owned(),
        "program_within" => {
            let words =
                Bilingual::new("program and what is inside it", "programa y lo que incluye");
            language.of(words).to_owned()
        }
        _ => {
            let label = field_label(field).map(|label| language.of(label).to_owned());
            label.unwrap_or_else(|| name.replace('_', " "))
        }
    };
    let values = split_list(value);
    let values: Vec<String> =
        values.iter().map(|value| value_in_words::<C>(dataset, field, value, language)).collect();
    let or = language.of(Bilingual::new(" or ", " o "));
    format!("{label}: {}{}", language.of(range), values.join(or))
}

fn value_in_words<C: Collection>(
    dataset: &Dataset,
    name: &str,
    value: &str,
    language: Language,
) -> String {
    let field = fields::<C>().find(|field| field.name() == name);
    let (kind, refers_to) =
        field.map_or((Kind::Text, None), |field| (field.kind(), field.refers_to()));
    let known = match (kind, refers_to) {
        (Kind::Code(list), _) => list.get(value).map(|code| language.of(code.label).to_owned()),
        (_, Some("partners")) => country(value).map(|country| language.of(country.name).to_owned()),
        (_, Some(collection)) => {
            dataset.name_of(collection, value).map(|name| language.of(name).to_owned())
        }
        _ => None,
    };
    known.unwrap_or_else(|| value.to_owned())
}
