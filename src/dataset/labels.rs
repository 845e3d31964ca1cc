//! What people call the values of a field, in English and Spanish.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::tables::Dataset;
use crate::model::{Bilingual, Collection, FieldSummary, FieldValue, Kind, fields};
use crate::words::{Language, country};

/// Labels of codes, by the name of their field.
pub type Labels = BTreeMap<&'static str, BTreeMap<String, Bilingual<String>>>;

const YES: Bilingual = Bilingual::new("yes", "sí");
const NO: Bilingual = Bilingual::new("no", "no");
const NO_VALUE: Bilingual = Bilingual::new("no value", "sin valor");

impl Dataset {
    /// What a value of a field is called; a value that is a text by itself is its own label. None is the absence of a
    /// value.
    pub fn label_of<'d>(
        &'d self,
        field: &FieldSummary,
        value: Option<&'d str>,
    ) -> Bilingual<Cow<'d, str>> {
        let Some(value) = value else { return NO_VALUE.map(Cow::Borrowed) };
        let named = match (field.kind, value) {
            (Kind::Flag, "true") => Some(YES.map(Cow::Borrowed)),
            (Kind::Flag, _) => Some(NO.map(Cow::Borrowed)),
            _ if field.name == "id" => self.called(field.collection, value),
            _ => self.code_label(field, value).or_else(|| self.called(field.refers_to?, value)),
        };
        named.unwrap_or_else(|| Bilingual::new(value, value).map(Cow::Borrowed))
    }

    /// What a record holds in a field, in words; none where it holds nothing.
    pub fn said(
        &self,
        field: &FieldSummary,
        held: &FieldValue<'_>,
        language: Language,
    ) -> Option<String> {
        let label = |value: &str| language.of(self.label_of(field, Some(value))).into_owned();
        match held {
            FieldValue::Missing | FieldValue::Years(_) => None,
            FieldValue::Text(text) => Some(label(text)),
            FieldValue::List(values) => {
                let said = values.iter().filter_map(|value| self.said(field, value, language));
                let said: Vec<String> = said.collect();
                (!said.is_empty()).then(|| said.join(", "))
            }
            FieldValue::Whole(_) | FieldValue::Flag(_) | FieldValue::Date(_) => {
                Some(label(&held.to_string()))
            }
        }
    }

    /// What a code is called: one of a closed list, a country's, or the id of a record that has a name.
    fn code_label(&self, field: &FieldSummary, code: &str) -> Option<Bilingual<Cow<'_, str>>> {
        if let Kind::Code(list) = field.kind {
            return list.get(code).map(|code| code.label.map(Cow::Borrowed));
        }
        if field.holds_countries
            && let Some(country) = country(code)
        {
            return Some(country.name.map(Cow::Borrowed));
        }
        let names = self.tables().into_iter().find(|table| Some(table.name()) == field.refers_to);
        names.filter(|table| table.has_names())?.called(code)
    }

    /// What the record of a collection is called.
    pub fn called(&self, collection: &str, id: &str) -> Option<Bilingual<Cow<'_, str>>> {
        self.tables().into_iter().find(|table| table.name() == collection)?.called(id)
    }

    /// The labels of all codes of some records; `is_wanted` says of which fields.
    pub fn labels<'c, C: Collection>(
        &self,
        records: &(impl Iterator<Item = &'c C> + Clone),
        is_wanted: impl Fn(&str) -> bool,
    ) -> Labels {
        let mut labels = Labels::new();
        for field in fields::<C>().filter(|field| is_wanted(field.name())) {
            let (mut of_field, summary) = (BTreeMap::new(), FieldSummary::of(field));
            for record in records.clone() {
                for code in field.value(record).texts() {
                    if !of_field.contains_key(code)
                        && let Some(label) = self.code_label(&summary, code)
                    {
                        of_field.insert(code.to_owned(), label.map(Cow::into_owned));
                    }
                }
            }
            if !of_field.is_empty() {
                labels.insert(field.name(), of_field);
            }
        }
        labels
    }
}
