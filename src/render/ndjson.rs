//! Newline-delimited JSON: one record a line, each line ended by a line feed.

use super::RowCounts;
use super::json::write_row;
use crate::query::AnyTable;

/// Records as lines, whole or limited to some top-level keys, and what sums do with each. Parts follow each other
/// without more ado, so a large answer is written a part at a time.
pub fn rows(
    table: &dyn AnyTable,
    rows: &[u32],
    keys: Option<&[String]>,
    counts: Option<&RowCounts>,
) -> Vec<u8> {
    let whole: usize = rows.iter().map(|row| table.json(*row).len() + 1).sum();
    let mut lines = String::with_capacity(whole);
    for row in rows {
        write_row(&mut lines, table, *row, keys, counts);
        lines.push('\n');
    }
    // It may wait for a slow reader for long, and then in all of its capacity.
    lines.shrink_to_fit();
    lines.into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::sample::table;

    #[test]
    fn each_line_is_the_record_that_the_table_holds() {
        let table = table();
        let lines = String::from_utf8(rows(&table, &[2, 0], None, None)).expect("UTF-8");
        let expected: Vec<_> = [2, 0].map(|row| table.json(row)).into();
        assert_eq!(lines.lines().collect::<Vec<_>>(), expected);
        assert!(lines.ends_with('\n'));
    }

    #[test]
    fn keys_limit_each_line() {
        let keys = ["people".to_owned(), "id".to_owned()];
        let lines = rows(&table(), &[0, 2], Some(&keys), None);
        assert_eq!(lines, b"{\"id\":\"a\",\"people\":275}\n{\"id\":\"c\",\"people\":null}\n");
    }
}
