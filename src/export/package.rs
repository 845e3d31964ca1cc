//! The whole dataset as a Frictionless Data Package.

use super::about::about;
use crate::dataset::{Dataset, TableVisitor};
use crate::model::Collection;
use crate::query::Table;
use crate::render::package::{PackageFile, Resource, package, resource, spanish_resource};

/// The files of the package: the descriptor first.
pub fn package_files(dataset: &Dataset) -> Vec<PackageFile> {
    let mut tables = Resources::default();
    dataset.visit(&mut tables);
    let resources = tables.collections.into_iter().chain(tables.spanish).collect();
    let sources: Vec<_> = dataset
        .sources
        .records()
        .iter()
        .filter_map(|source| dataset.sources.json_of(source.id()))
        .collect();
    package(&about(&dataset.release), &sources, resources)
}

/// The tables of the package: those of the collections come first.
#[derive(Default)]
struct Resources {
    collections: Vec<Resource>,
    spanish: Vec<Resource>,
}

impl TableVisitor for Resources {
    fn visit<C: Collection>(&mut self, table: &Table<C>) {
        self.collections.push(resource(table));
        self.spanish.extend(spanish_resource(table));
    }
}
