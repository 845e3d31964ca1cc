//! Parquet for engines: a file a collection, or a tree of partitions as Hive has them.

use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::about::about;
use super::counted_columns::{GROUPS, counted_columns};
use super::draft_dir::{DraftDir, ExportError};
use super::partition::{PARTNER, PartitionKeys};
use super::row_context::row_context;
use crate::dataset::{Dataset, TableVisitor};
use crate::model::{Collection, FieldValue};
use crate::query::{AnyTable, Table};
use crate::render::parquet::ParquetFiles;
use crate::render::{About, Compute, FlatColumn, columns};
use crate::words::Language;

/// The name of a list of partners where `partner` is a partition. Engines take the values of a partition from the path: a
/// column of the same name would hide behind it, or be of another type.
const PARTNERS: &str = "partners";

/// The one file of a partition.
const PART: &str = "part-0.parquet";

/// What a reader needs beside the files. Engines leave out what begins with an underscore.
const README: &str = "_README.md";

/// Writes every collection as Parquet into a new or empty folder: whole, or not at all. With keys as folders of
/// partitions, each record in one; a key that a collection lacks is left out for it.
///
/// One file is open at a time, and no more than a row group of records is held beside the dataset.
///
/// # Errors
/// When the folder holds something or cannot be written. It is then as it was.
pub fn write_parquet(
    dataset: &Arc<Dataset>,
    folder: &Path,
    keys: Option<&PartitionKeys>,
) -> Result<(), ExportError> {
    let draft = DraftDir::beside(folder)?;
    let about = about(&dataset.release);
    let mut fields = FieldColumns::default();
    dataset.visit(&mut fields);
    for (table, fields) in dataset.tables().into_iter().zip(fields.0) {
        let mut columns = without_keys(fields, keys);
        columns.extend(counted_columns(dataset, table));
        let url: Compute = Arc::new(|table, row| {
            FieldValue::Text(format!("{}/{}", table.path(), table.id(row)).into())
        });
        columns.extend(row_context(table, dataset, url, Language::En));
        let collection = PathBuf::from(table.name());
        let files = ParquetFiles::of(table.name(), &columns, &about)
            .map_err(|error| ExportError::Render(collection.clone(), error))?;
        match keys {
            None => {
                let every: Vec<u32> = (0..).take(table.count()).collect();
                write(&draft, &collection.with_extension("parquet"), &files, table, &every)?;
            }
            Some(keys) => {
                for (part, rows) in keys.folders(table) {
                    write(&draft, &collection.join(part).join(PART), &files, table, &rows)?;
                }
            }
        }
    }
    let readme = readme(&about, keys);
    let written = draft.file(Path::new(README))?.write_all(readme.as_bytes());
    written.map_err(|error| ExportError::Io(folder.join(README), error))?;
    draft.take_place()
}

fn write(
    draft: &DraftDir,
    path: &Path,
    files: &ParquetFiles<'_>,
    table: &dyn AnyTable,
    rows: &[u32],
) -> Result<(), ExportError> {
    let mut to = BufWriter::new(draft.file(path)?);
    let written = files.write(&mut to, table, rows);
    written.map_err(|error| ExportError::Render(path.to_owned(), error))?;
    to.flush().map_err(|error| ExportError::Io(path.to_owned(), error))
}

/// The columns of every collection's fields, in the order of the index.
#[derive(Default)]
struct FieldColumns(Vec<Vec<FlatColumn>>);

impl TableVisitor for FieldColumns {
    fn visit<C: Collection>(&mut self, _: &Table<C>) {
        self.0.push(columns::<C>(None));
    }
}

/// The columns that stand in files whose path holds the keys; the partners as a list stay, under a name of their own.
fn without_keys(columns: Vec<FlatColumn>, keys: Option<&PartitionKeys>) -> Vec<FlatColumn> {
    let keys = keys.map_or(&[][..], PartitionKeys::names);
    let kept = |column: FlatColumn| {
        if !keys.contains(&column.name()) {
            Some(column)
        } else if column.is_list() && column.name() == PARTNER {
            Some(column.named(PARTNERS))
        } else {
            None
        }
    };
    columns.into_iter().filter_map(kept).collect()
}

fn readme(about: &About, keys: Option<&PartitionKeys>) -> String {
    let About { title, version, released, digest, licence_title, licence_url, contact, .. } = about;
    let layout = match keys.map(|keys| keys.names().join(", ")) {
        None => "One Parquet file a collection.".to_owned(),
        Some(keys) => format!(
            "A folder a collection, partitioned as Hive does by {keys}; a key that a collection lacks is left out for it. Each \
             record stands once: several partners are one value, joined by `+`, and stand as a list in `{PARTNERS}`."
        ),
    };
    format!(
        "# {title}\n\nVersion {version}, released {released}, digest `{digest}`.\n\n{layout}\n\n\
         The metadata of each file say what every column means.\n\n\
         ## What may be added up\n\n\
         Add up no other columns, and each by these groups alone: others count money twice, or put together what does not \
         compare.\n\n\
         | collection | column | group by |\n|---|---|---|\n\
         | assistance-funding | `counted_usd` | {} |\n\
         | assistance-funding | `counted_usd_by_partner` | partner |\n\
         | assistance-funding | `counted_usd_by_program` | program |\n\
         | arms-sales | `counted_usd` | partner, channel, measure |\n\
         | deployments | `counted_personnel` | partner |\n\
         | training | `counted_usd` | anything |\n\n\
         ## Licence\n\n[{licence_title}]({licence_url})\n\n## Contact\n\n{contact}\n",
        GROUPS.join(", ")
    )
}
