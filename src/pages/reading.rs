//! What pages read of a record by the names of its fields, whatever its collection.

use super::site::Site;
use crate::model::{Collection, FieldValue, fields};

/// Whether a field of a record has a value.
pub(super) fn has_value<C: Collection>(record: &C, name: &str) -> bool {
    value(record, name).is_some_and(|value| !matches!(value, FieldValue::Missing))
}

/// Whether a field of a record says yes.
pub(super) fn is_flag<C: Collection>(record: &C, name: &str) -> bool {
    matches!(value(record, name), Some(FieldValue::Flag(true)))
}

/// The text of a field; none where the collection has no such field, or the record no such value.
pub(super) fn text<C: Collection>(record: &C, name: &str) -> Option<String> {
    match value(record, name)? {
        FieldValue::Text(text) => Some(text.into_owned()),
        _ => None,
    }
}

/// Whether sources disagree on a record: a record of another collection names it.
pub(super) fn is_disputed<C: Collection>(site: &Site<'_>, id: &str) -> bool {
    site.dataset.tables().iter().any(|table| table.count_naming(C::NAME, id) > 0)
}

fn value<'r, C: Collection>(record: &'r C, name: &str) -> Option<FieldValue<'r>> {
    Some(fields::<C>().find(|field| field.name() == name)?.value(record))
}
