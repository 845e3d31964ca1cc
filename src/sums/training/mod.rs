//! Adding printed totals of training.
//!
//! Each is what one edition of the annual report prints for a program in a country and fiscal year. The totals of one
//! edition share nothing, so they add up. Where a later edition prints a country and year, no total of an earlier one is
//! added, be its program printed again or not.
//!
//! A sum is whole when partners and programs are named (or grouped by), every year of its window has a total of each,
//! each prints both numbers, and nothing else filters. What the report leaves out is no zero.

mod adding;
mod answer;
mod costs;
mod groups;

pub use adding::TrainingTotal;
pub use answer::{TrainingGroup, TrainingPart};
pub use costs::{TrainingCost, training_costs};
pub use groups::TrainingSums;
