//! Tables, records and fields without their record's type: what is the same for every collection is compiled once.

mod field;
mod record;
mod table;

pub use field::AskedField;
pub use record::AnyRecord;
pub use table::AnyTable;
