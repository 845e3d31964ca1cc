//! Refusals: which parameters are at fault, what may be given instead, and what was most likely meant.
//!
//! Whoever asks wrongly is told at once, and costs next to nothing: the first faults are told and the rest counted,
//! what is allowed stands once a parameter, and a word is compared with those only that may be near it.

mod bad_parameter;
mod meaning;
mod nearest;

pub use bad_parameter::{BadParameter, BadParameters, MOST_REPORTED, Offered, Tell, shown};
pub(crate) use meaning::{code_meant, country_meant};
pub use nearest::nearest;
pub(crate) use nearest::nearest_by;
