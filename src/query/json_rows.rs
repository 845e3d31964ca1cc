//! The JSON of records, one after the other in one text.

use serde::Serialize;

/// The JSON of each record of a table, in its order.
#[derive(Debug, Default)]
pub struct JsonRows {
    text: String,
    ends: Vec<usize>,
    /// Where a record is written before it is known to stay.
    draft: Vec<u8>,
}

impl JsonRows {
    /// Writes one more record.
    ///
    /// # Panics
    /// When a record cannot be written as JSON, which its type rules out.
    pub fn push(&mut self, record: &impl Serialize) {
        self.push_if(record, |_| true);
    }

    /// Writes one more record, unless its JSON is not what it should be; says whether it stays.
    ///
    /// # Panics
    /// As [`push`](Self::push).
    pub fn push_if(&mut self, record: &impl Serialize, stays: impl FnOnce(&[u8]) -> bool) -> bool {
        self.draft.clear();
        serde_json::to_writer(&mut self.draft, record)
            .expect("records hold only what JSON can hold");
        let stays = stays(&self.draft);
        if stays {
            let json = str::from_utf8(&self.draft).expect("what is written as JSON is UTF-8");
            self.text.push_str(json);
            self.ends.push(self.text.len());
        }
        stays
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// Gives back what was reserved for records that never came.
    pub(super) fn shrink(&mut self) {
        self.text.shrink_to_fit();
        self.ends.shrink_to_fit();
        self.draft = Vec::new();
    }

    /// The JSON of one.
    pub(super) fn get(&self, position: usize) -> &str {
        let start = if position == 0 { 0 } else { self.ends[position - 1] };
        &self.text[start..self.ends[position]]
    }
}
