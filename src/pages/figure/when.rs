//! The time that a record speaks of, as a list and a record page show it.

use crate::model::{Slot, Statement};
use crate::pages::site::Site;
use crate::words::{date_phrase, years_phrase};

/// The years or the date of a record, in short; none where it states none.
pub(crate) fn when(site: &Site<'_>, statement: &Statement<'_>) -> Option<String> {
    statement.slots().find_map(|slot| match slot {
        Slot::Period { period, .. } | Slot::Years(period) => {
            Some(years_phrase(period, site.language))
        }
        Slot::Year(year) => Some(year.number().to_string()),
        Slot::Date(date) | Slot::On(date) | Slot::AsOf(date) | Slot::Since(date) => {
            Some(date_phrase(*date, site.language))
        }
        _ => None,
    })
}
