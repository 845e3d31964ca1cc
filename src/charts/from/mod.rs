//! Charts made of sums and of yearly series.

mod money;
mod money_years;
mod people;
mod series;
mod training;

pub use money::money_by_group;
pub use money_years::money_by_year;
pub use people::people_by_group;
pub use series::{YearNumber, series_panel};
pub use training::{training_by_group, training_by_year};
