//! A question in words, for whoever cites its answer: which collection, and by which filters.

use crate::dataset::Dataset;
use crate::http::app::links::is_asked;
use crate::model::{Collection, Kind, field_label, fields};
use crate::query::split_list;
use crate::words::country;

/// `Assistance funding (partner: Colombia; fiscal year: 2020)`.
pub(crate) fn in_words<'p, C: Collection>(
    dataset: &Dataset,
    pairs: impl Iterator<Item = (&'p str, &'p str)>,
) -> String {
    let conditions = pairs.filter(|(name, _)| is_asked(name));
    let conditions: Vec<String> =
        conditions.map(|(name, value)| said::<C>(dataset, name, value)).collect();
    let mut label = C::LABEL.en.to_owned();
    if let Some(first) = label.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    if conditions.is_empty() { label } else { format!("{label} ({})", conditions.join("; ")) }
}

fn said<C: Collection>(dataset: &Dataset, name: &str, value: &str) -> String {
    let (field, range) = match (name.strip_suffix("_min"), name.strip_suffix("_max")) {
        (Some(field), _) => (field, "from "),
        (_, Some(field)) => (field, "up to "),
        _ => (name, ""),
    };
    let field = if field == "program_within" { "program" } else { field };
    let label = match name {
        "q" => "search".to_owned(),
        "program_within" => "program and what is inside it".to_owned(),
        _ => field_label(field).map_or_else(|| name.replace('_', " "), |label| label.en.to_owned()),
    };
    let values = split_list(value);
    let values: Vec<String> =
        values.iter().map(|value| value_in_words::<C>(dataset, field, value)).collect();
    format!("{label}: {range}{}", values.join(" or "))
}

fn value_in_words<C: Collection>(dataset: &Dataset, name: &str, value: &str) -> String {
    let field = fields::<C>().find(|field| field.name() == name);
    let (kind, refers_to) =
        field.map_or((Kind::Text, None), |field| (field.kind(), field.refers_to()));
    let known = match (kind, refers_to) {
        (Kind::Code(list), _) => list.get(value).map(|code| code.label.en.to_owned()),
        (_, Some("partners")) => country(value).map(|country| country.name.en.to_owned()),
        (_, Some(collection)) => dataset.name_of(collection, value).map(|name| name.en.to_owned()),
        _ => None,
    };
    known.unwrap_or_else(|| value.to_owned())
}
