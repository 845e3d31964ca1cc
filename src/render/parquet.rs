//! Apache Parquet: typed columns, real lists, and the release, license and descriptions as metadata.
//!
//! Text, codes and dates are UTF-8 strings (a date keeps the precision of its source), whole numbers are
//! 64-bit integers, flags are booleans; a list has the three levels that the format's specification asks for.

use std::io::Write;
use std::sync::Arc;

use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DataType, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::types::{Type, TypePtr};

use super::{About, Error, FlatColumn};
use crate::model::{FieldValue, Kind};
use crate::query::AnyTable;

/// How many records a row group holds.
const ROW_GROUP: usize = 65_536;

/// What the files of a collection have in common: the columns, and what each file says of itself.
pub struct ParquetFiles<'c> {
    columns: &'c [FlatColumn],
    schema: TypePtr,
    properties: Arc<WriterProperties>,
}

impl<'c> ParquetFiles<'c> {
    /// Files of a collection that have these columns.
    ///
    /// # Errors
    /// [`Error::Parquet`] when two columns have one name.
    pub fn of(collection: &str, columns: &'c [FlatColumn], about: &About) -> Result<Self, Error> {
        let fields = columns.iter().map(field).collect::<Result<_, _>>()?;
        let schema = Type::group_type_builder("schema").with_fields(fields).build()?;
        let properties = WriterProperties::builder()
            .set_compression(Compression::SNAPPY)
            .set_key_value_metadata(Some(metadata(collection, columns, about)))
            .build();
        Ok(Self { columns, schema: Arc::new(schema), properties: Arc::new(properties) })
    }

    /// Writes a file of records. No more than a row group of them is held at a time.
    ///
    /// # Errors
    /// [`Error::Unfit`] when a record has no value where its column says that there is always one, and
    /// [`Error::Parquet`] when the bytes cannot be written.
    pub fn write(
        &self,
        to: &mut (dyn Write + Send),
        table: &dyn AnyTable,
        rows: &[u32],
    ) -> Result<(), Error> {
        let (schema, properties) = (Arc::clone(&self.schema), Arc::clone(&self.properties));
        let mut file = SerializedFileWriter::new(to, schema, properties)?;
        for rows in rows.chunks(ROW_GROUP) {
            let mut group = file.next_row_group()?;
            for column in self.columns {
                let writer = group.next_column()?.ok_or(Error::Unfit { column: column.name() })?;
                write(writer, table, rows, column)?;
            }
            group.close()?;
        }
        file.close()?;
        Ok(())
    }
}

/// A file of records.
///
/// # Errors
/// As [`ParquetFiles::of`] and [`ParquetFiles::write`].
pub fn file(
    table: &dyn AnyTable,
    rows: &[u32],
    columns: &[FlatColumn],
    about: &About,
) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    ParquetFiles::of(table.name(), columns, about)?.write(&mut bytes, table, rows)?;
    Ok(bytes)
}

fn metadata(collection: &str, columns: &[FlatColumn], about: &About) -> Vec<KeyValue> {
    let release = [
        ("title", &about.title),
        ("version", &about.version),
        ("released", &about.released),
        ("digest", &about.digest),
        ("licence", &about.licence_name),
        ("licence_url", &about.licence_url),
    ];
    let release = release.map(|(key, value)| KeyValue::new(key.to_owned(), value.clone()));
    let described = columns.iter().map(|column| {
        KeyValue::new(format!("column:{}", column.name()), column.description().to_owned())
    });
    let extents = about.extents_of(collection).map(|set| {
        let (which, note) = (set.in_words(), &set.note);
        KeyValue::new(format!("extent:{which}"), note.clone())
    });
    release.into_iter().chain(extents).chain(described).collect()
}

/// The type of a column: `optional int64 x`, or
/// `required group x (LIST) { repeated group list { required binary element (STRING) } }`.
fn field(column: &FlatColumn) -> Result<TypePtr, ParquetError> {
    let occurs = if column.is_optional() { Repetition::OPTIONAL } else { Repetition::REQUIRED };
    if !column.is_list() {
        return primitive(column.name(), column.kind(), occurs);
    }
    let element = primitive("element", column.kind(), Repetition::REQUIRED)?;
    let repeated = Type::group_type_builder("list")
        .with_repetition(Repetition::REPEATED)
        .with_fields(vec![element])
        .build()?;
    Type::group_type_builder(column.name())
        .with_repetition(occurs)
        .with_logical_type(Some(LogicalType::List))
        .with_fields(vec![Arc::new(repeated)])
        .build()
        .map(Arc::new)
}

fn primitive(name: &str, kind: Kind, occurs: Repetition) -> Result<TypePtr, ParquetError> {
    let (physical, logical) = match kind {
        Kind::Whole => (Physical::INT64, None),
        Kind::Flag => (Physical::BOOLEAN, None),
        Kind::Text | Kind::Code(_) | Kind::Date | Kind::Years => {
            (Physical::BYTE_ARRAY, Some(LogicalType::String))
        }
    };
    Type::primitive_type_builder(name, physical)
        .with_repetition(occurs)
        .with_logical_type(logical)
        .build()
        .map(Arc::new)
}

fn write(
    mut writer: SerializedColumnWriter<'_>,
    table: &dyn AnyTable,
    rows: &[u32],
    column: &FlatColumn,
) -> Result<(), Error> {
    match column.kind() {
        Kind::Whole => Striped::of(table, rows, column, |value| match value {
            FieldValue::Whole(whole) => Some(*whole),
            _ => None,
        })?
        .write::<Int64Type>(&mut writer)?,
        Kind::Flag => Striped::of(table, rows, column, |value| match value {
            FieldValue::Flag(flag) => Some(*flag),
            _ => None,
        })?
        .write::<BoolType>(&mut writer)?,
        Kind::Text | Kind::Code(_) | Kind::Date | Kind::Years => {
            Striped::of(table, rows, column, |value| match value {
                FieldValue::Text(text) => Some(ByteArray::from(text.as_ref())),
                FieldValue::Date(_) | FieldValue::Years(_) => {
                    Some(ByteArray::from(value.to_string().into_bytes()))
                }
                _ => None,
            })?
            .write::<ByteArrayType>(&mut writer)?;
        }
    }
    Ok(writer.close()?)
}

/// A column's values with the levels that say which are missing and where a list begins
/// (Parquet specification, "Nested Encoding").
struct Striped<T> {
    values: Vec<T>,
    definition: Vec<i16>,
    repetition: Vec<i16>,
}

impl<T> Striped<T> {
    fn of(
        table: &dyn AnyTable,
        rows: &[u32],
        column: &FlatColumn,
        read: impl Fn(&FieldValue<'_>) -> Option<T>,
    ) -> Result<Self, Error> {
        let unfit = || Error::Unfit { column: column.name() };
        let present = i16::from(column.is_optional());
        let mut striped =
            Self { values: Vec::new(), definition: Vec::new(), repetition: Vec::new() };
        for row in rows {
            match column.value(table, *row) {
                FieldValue::Missing if column.is_optional() => striped.none(0),
                FieldValue::List(values) if column.is_list() => {
                    if values.is_empty() {
                        striped.none(present);
                    }
                    for (position, value) in values.iter().enumerate() {
                        let repeats = i16::from(position > 0);
                        striped.some(read(value).ok_or_else(unfit)?, present + 1, repeats);
                    }
                }
                value if !column.is_list() => {
                    striped.some(read(&value).ok_or_else(unfit)?, present, 0);
                }
                _ => return Err(unfit()),
            }
        }
        Ok(striped)
    }

    fn none(&mut self, defined: i16) {
        self.definition.push(defined);
        self.repetition.push(0);
    }

    fn some(&mut self, value: T, defined: i16, repeats: i16) {
        self.values.push(value);
        self.definition.push(defined);
        self.repetition.push(repeats);
    }

    /// The writer ignores levels that the column's type has no use for.
    fn write<D: DataType<T = T>>(
        &self,
        writer: &mut SerializedColumnWriter<'_>,
    ) -> Result<(), ParquetError> {
        writer
            .typed::<D>()
            .write_batch(&self.values, Some(&self.definition), Some(&self.repetition))
            .map(drop)
    }
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use parquet::file::reader::{FileReader, SerializedFileReader};
    use parquet::record::Row;

    use super::*;
    use crate::render::columns;
    use crate::render::sample::{Sample, about, table};

    fn read(rows: &[u32]) -> SerializedFileReader<Bytes> {
        let bytes = file(&table(), rows, &columns::<Sample>(None), &about()).expect("a file");
        SerializedFileReader::new(Bytes::from(bytes)).expect("a file")
    }

    fn rows(reader: &SerializedFileReader<Bytes>) -> Vec<serde_json::Value> {
        let rows = reader.get_row_iter(None).expect("rows");
        let shown = |row: Row| {
            let shown: serde_json::Map<_, _> = row
                .into_columns()
                .into_iter()
                .map(|(name, field)| (name, field.to_string().into()))
                .collect();
            shown.into()
        };
        rows.map(|row| shown(row.expect("a row"))).collect()
    }

    #[test]
    fn records_read_back_as_they_are() {
        let read = rows(&read(&[0, 2]));
        let (full, bare) = (&read[0], &read[1]);
        assert_eq!(full["amount_usd"], "9007199254740991");
        assert_eq!(full["tags"], "[\"one\", \"two; three\"]");
        assert_eq!(full["years"], "[2016, 2017]");
        assert_eq!(full["since"], "\"2017-05\"");
        assert_eq!(full["people_known"], "true");
        assert_eq!(bare["id"], "\"c\"");
        assert_eq!(bare["tags"], "[]");
        assert_eq!(bare["years"], "[2020]");
        assert_eq!(bare["amount_usd"], "null");
        assert_eq!(bare["people_known"], "false");
    }

    #[test]
    fn text_is_not_changed_for_the_sake_of_spreadsheets() {
        assert_eq!(rows(&read(&[1]))[0]["title"], "\"=HYPERLINK(\"x\")\"");
    }

    #[test]
    fn columns_have_their_types() {
        let reader = read(&[0]);
        let schema = reader.metadata().file_metadata().schema_descr();
        let leaves: Vec<_> = schema
            .columns()
            .iter()
            .map(|leaf| (leaf.path().string(), leaf.physical_type()))
            .collect();
        let has = |path: &str, physical| {
            assert!(leaves.contains(&(path.to_owned(), physical)), "{path}: {leaves:?}");
        };
        has("people", Physical::INT64);
        has("people_known", Physical::BOOLEAN);
        has("title", Physical::BYTE_ARRAY);
        has("years.list.element", Physical::INT64);
        let group = &schema.root_schema().get_fields()[3];
        assert_eq!(group.get_basic_info().logical_type_ref(), Some(&LogicalType::List));
        assert_eq!(group.get_basic_info().repetition(), Repetition::REQUIRED);
    }

    #[test]
    fn the_file_tells_its_release_and_what_its_columns_mean() {
        let reader = read(&[]);
        let pairs = reader.metadata().file_metadata().key_value_metadata().expect("metadata");
        let value_of = |key: &str| pairs.iter().find(|pair| pair.key == key)?.value.as_deref();
        assert_eq!(value_of("version"), Some("1.2.3"));
        assert_eq!(value_of("licence"), Some("CC0-1.0"));
        assert_eq!(value_of("extent:sample: XAA"), Some("Three of many."));
        assert_eq!(value_of("column:people"), Some("A count of people. Null when nobody counted."));
    }

    #[test]
    fn rows_beyond_a_group_begin_another() {
        let columns = columns::<Sample>(Some(&["id".to_owned()]));
        let bytes = file(&table(), &vec![0; ROW_GROUP + 1], &columns, &about()).expect("a file");
        let reader = SerializedFileReader::new(Bytes::from(bytes)).expect("a file");
        let sizes: Vec<_> =
            reader.metadata().row_groups().iter().map(|group| group.num_rows()).collect();
        assert_eq!(sizes, [65_536, 1]);
    }
}
