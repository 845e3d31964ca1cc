//! How a figure looks: its amount with its qualifier, its bounds in a few words, as a mark and as a strip.

mod amount;
mod bound_strip;
mod bounds;
mod count;
mod sum;
mod when;

pub(super) use amount::{amount, amount_in, stage_mark};
pub(super) use bound_strip::bound_strip;
pub(super) use bounds::{bounds_sentence, short_bounds};
pub(super) use count::count;
pub(super) use sum::{SaidSum, bounds_of_sum, dollars, entries, money, people, said_sum};
pub(super) use when::when;
