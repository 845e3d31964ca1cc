//! The records that name another one.

use super::tables::Dataset;

/// Records of one collection that name a record in one way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamingRecords {
    /// The collection that they are in.
    pub collection: &'static str,
    /// The parameter that finds them.
    pub parameter: &'static str,
    /// How many there are; never none.
    pub count: u64,
}

/// The parameter that finds records which name one of any collection.
const ANY_COLLECTION: &str = "records_id";

impl Dataset {
    /// The records of all collections that name a record of one, in the order of the index.
    pub fn naming(&self, collection: &str, id: &str) -> Vec<NamingRecords> {
        let mut naming = Vec::new();
        for table in self.tables() {
            let mut found = |parameter: &'static str, count: u64| {
                if count > 0 {
                    naming.push(NamingRecords { collection: table.name(), parameter, count });
                }
            };
            for field in table.fields() {
                if field.refers_to == Some(collection) && field.uses.equals {
                    found(field.name, table.count_where(field.name, id));
                }
            }
            found(ANY_COLLECTION, table.count_naming(collection, id));
        }
        naming
    }
}
