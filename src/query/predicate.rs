//! Conditions on fields, and sort keys.

use crate::model::Scalar;

/// A condition on one field.
pub(super) struct Condition {
    /// The field, as its position in the table of fields.
    pub field: usize,
    /// What its value must be.
    pub predicate: Predicate,
}

/// What a value must be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Predicate {
    /// Equal to any of these; a date must lie in one, a period touch one.
    AnyOf(Vec<Scalar>),
    /// At least this; a date or a period must reach it.
    AtLeast(Scalar),
    /// At most this; a date or a period must begin by then.
    AtMost(Scalar),
    /// Not there: no value, or an empty list.
    Absent,
    /// There, whatever it is.
    Present,
    /// As any of these say.
    Or(Vec<Predicate>),
}

impl Predicate {
    /// As any of some say; one of them alone is itself.
    pub(super) fn any(mut some: Vec<Self>) -> Self {
        match (some.pop(), some.is_empty()) {
            (Some(only), true) => only,
            (Some(last), false) => {
                some.push(last);
                Self::Or(some)
            }
            (None, _) => Self::AnyOf(Vec::new()),
        }
    }
}

/// Sorts records by one field; a record without a value comes last both ways.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SortKey {
    /// The field, as its position in the table of fields.
    pub field: usize,
    /// Whether the largest comes first.
    pub descending: bool,
}

/// One end of a range as the request has it: the name of its parameter, what it gave, and the value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bound<'p> {
    /// The parameter.
    pub name: &'p str,
    /// What was given.
    pub text: &'p str,
    /// The value.
    pub value: &'p Scalar,
}

impl Bound<'_> {
    /// Whether this, the least that is asked for, lies above the most: no value is in such a range. A date lies
    /// above another when no day that it may mean is one of the other or earlier.
    pub fn is_above(&self, most: &Self) -> bool {
        match (self.value, most.value) {
            (Scalar::Date(least), Scalar::Date(most)) => least.earliest() > most.latest(),
            (least, most) => least > most,
        }
    }
}
