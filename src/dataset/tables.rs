//! The dataset: a table a collection, loaded whole or not at all.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use super::addends::Addends;
use super::depth::LazyViews;
use super::load::check::PackageReader;
use super::load::embedded;
use super::load::fault::Faults;
use super::load::package::Package;
use super::load::parsed_lines::ParsedLines;
use super::load::release::Release;
use super::load::rules::{self, RecordRules};
use super::load::translations::{self, TranslationLines};
use super::partner_depth::{add_partners, with_depth};
use super::releases::history::History;
use super::spread::with_spreads;
use crate::collections::{
    Agreement, ArmsSale, AssistanceFunding, AssistanceProgram, Conflict, Cooperation, Deployment,
    ForeignAssistance, Membership, Milestone, Mission, Partner, ProgramKind, Source, Training,
    UsPersonnel,
};
use crate::model::{Collection, FieldSummary, fields};
use crate::query::{AnyTable, IdSets, Table, Timeline};

/// Something to do with every table, whatever its collection.
pub trait TableVisitor {
    /// Visits one table.
    fn visit<C: Collection>(&mut self, table: &Table<C>);
}

/// What is done with the tables of two releases, collection by collection.
pub trait TablePairVisitor {
    /// Visits the tables of one collection.
    fn visit_pair<C: Stored>(&mut self, former: &Table<C>, latter: &Table<C>);
}

/// A collection that the dataset holds.
pub trait Stored: Collection {
    /// The table of its records.
    fn table(dataset: &Dataset) -> &Table<Self>;

    /// Its records as what sums add; none where they are no figures.
    fn addends(_: &Dataset) -> Option<Addends<'_>> {
        None
    }
}

/// Declares the tables of the dataset: a field, its record, its file. The one list of collections.
macro_rules! tables {
    ( $( $field:ident: $record:ident = $file:literal $( adds $addends:expr )?, )+ => with $in_facts:ident $($inherit:tt)+ ) => {
        /// Every table of one release, indexed for queries. Immutable; a reload makes another.
        pub struct Dataset {
            /// Which release it is.
            pub release: Release,
            /// What is known of earlier releases.
            pub history: History,
            /// Every dated thing, in order.
            pub timeline: Timeline,
            pub(super) lazy: LazyViews,
            $(
                #[doc = concat!("The records of `", $file, "`.")]
                pub $field: Table<$record>,
            )+
        }

        impl Dataset {
            /// Reads and checks a package.
            ///
            /// # Errors
            /// Every fault of it, in the order of files and lines; a package with a fault is refused whole.
            pub fn load(package: &Package) -> Result<Self, Faults> {
                let mut reader = PackageReader::new(package);
                let release = reader.release();
                $( let $field = reader.read::<$record>(); )+
                $( reader.check(&$field); )+
                let mut spanish = BTreeMap::new();
                $( spanish.insert($record::NAME, translations::read(package, &$field, &mut reader)); )+
                reader.check_extents(release.as_ref());
                reader.check_questions(release.as_ref());
                if package.is_held_to_rules() {
                    let mut rules = RecordRules::default();
                    $( rules.learn_dates(&$field); )+
                    $( rules.check(&$field, reader.faults()); )+
                    $( rules::check_spanish(&$field, &spanish[$record::NAME], reader.faults()); )+
                    rules::check_release(release.as_ref(), reader.faults());
                }
                let history = History::read(package, reader.faults());
                let id_sets = reader.id_sets();
                let release = reader.finish(release)?;
                let mut $in_facts = HashSet::new();
                $( add_partners(&$field, &mut $in_facts); )+
                $($inherit)+
                $( let $field = table($field, spanish.remove($record::NAME), &id_sets); )+
                let tables: [&dyn AnyTable; COUNT] = [$( &$field ),+];
                let timeline = Timeline::new(&tables);
                let lazy = LazyViews::default();
                Ok(Self { release, history, timeline, lazy, $( $field ),+ })
            }

            /// Shows every table to a visitor, in the order of the index.
            pub fn visit(&self, visitor: &mut impl TableVisitor) {
                $( visitor.visit(&self.$field); )+
            }

            /// Shows the tables of a former release and of this one to a visitor, in the order of the index.
            pub fn visit_with(&self, former: &Self, visitor: &mut impl TablePairVisitor) {
                $( visitor.visit_pair(&former.$field, &self.$field); )+
            }

            /// The records of a collection as what sums add; none where they are no figures.
            pub fn addends(&self, collection: &str) -> Option<Addends<'_>> {
                $( if collection == $record::NAME {
                    return <$record as Stored>::addends(self);
                } )+
                None
            }

            /// The fields of every collection, in the order of the index: known before any package is read.
            pub fn fields() -> [Vec<FieldSummary>; COUNT] {
                [$( fields::<$record>().map(FieldSummary::of).collect() ),+]
            }

            /// Every table, in the order of the index.
            pub fn tables(&self) -> [&dyn AnyTable; COUNT] {
                [$( &self.$field ),+]
            }
        }

        $( const _: () = assert!(embedded::contains($file), "a line in `load/embedded.rs` is missing"); )+

        $( const _: () = assert!(
            $record::TRANSLATED.is_none() || embedded::has_translations($file),
            "a line of `TRANSLATIONS` in `load/embedded.rs` is missing"
        ); )+

        const COUNT: usize = [$( $file ),+].len();

        $(
            impl Stored for $record {
                fn table(dataset: &Dataset) -> &Table<Self> {
                    &dataset.$field
                }
                $(
                    fn addends(dataset: &Dataset) -> Option<Addends<'_>> {
                        let addends: fn(&Dataset) -> Addends<'_> = $addends;
                        Some(addends(dataset))
                    }
                )?
            }
        )+
    };
}

tables! {
    partners: Partner = "partners.jsonl",
    assistance_programs: AssistanceProgram = "assistance-programs.jsonl",
    assistance_funding: AssistanceFunding = "assistance-funding.jsonl"
        adds |dataset| Addends::Money(dataset.assistance_figures()),
    arms_sales: ArmsSale = "arms-sales.jsonl"
        adds |dataset| Addends::Money(dataset.sale_figures()),
    deployments: Deployment = "deployments.jsonl" adds |_| Addends::People,
    foreign_assistance: ForeignAssistance = "foreign-assistance.jsonl",
    training: Training = "training.jsonl" adds |_| Addends::Training,
    us_personnel: UsPersonnel = "us-personnel.jsonl",
    missions: Mission = "missions.jsonl",
    agreements: Agreement = "agreements.jsonl",
    memberships: Membership = "memberships.jsonl",
    cooperation: Cooperation = "cooperation.jsonl",
    milestones: Milestone = "milestones.jsonl",
    conflicts: Conflict = "conflicts.jsonl",
    sources: Source = "sources.jsonl",
    => with partners_in_facts
    let conflicts = with_spreads(&assistance_funding, &arms_sales, conflicts);
    let assistance_funding = with_program_facts(&assistance_programs, assistance_funding);
    let partners = with_depth(partners, &partners_in_facts);
}

/// Gives each figure what it takes from its program: the objective, where it has none of its own, and whether it is the
/// limit of a waiver.
fn with_program_facts(
    programs: &ParsedLines<AssistanceProgram>,
    mut figures: ParsedLines<AssistanceFunding>,
) -> ParsedLines<AssistanceFunding> {
    let of: HashMap<&str, &AssistanceProgram> =
        programs.records.iter().map(|program| (program.id.as_str(), program)).collect();
    for figure in &mut figures.records {
        let program = of.get(figure.program.as_str());
        figure.effective_objective = figure.objective.or_else(|| program?.objective);
        figure.is_waiver = program.is_some_and(|program| program.kind == ProgramKind::Waiver);
    }
    figures
}

fn table<C: Collection>(
    lines: ParsedLines<C>,
    spanish: Option<TranslationLines>,
    id_sets: &Arc<IdSets>,
) -> Table<C> {
    let spanish = spanish.into_iter().flatten().map(|(_, translation)| translation).collect();
    Table::with_json(lines.records, lines.json, spanish, Arc::clone(id_sets))
}

impl Dataset {
    /// The dataset that the binary carries.
    ///
    /// # Errors
    /// As [`Dataset::load`]; a test rules faults out.
    pub fn embedded() -> Result<Self, Faults> {
        Self::load(&Package::embedded())
    }

    /// This dataset if it is the one that the binary carries, else that one.
    ///
    /// # Panics
    /// When the embedded data has a fault, which a test rules out.
    pub fn or_embedded(self: Arc<Self>) -> Arc<Self> {
        let embedded = Package::embedded();
        if self.release.digest == embedded.digest() {
            return self;
        }
        let embedded = Self::load(&embedded).ok();
        Arc::new(embedded.expect("a test holds the embedded data to be without fault"))
    }

    /// How many records there are in all tables.
    pub fn record_count(&self) -> usize {
        self.tables().iter().map(|table| table.count()).sum()
    }

    /// The codes of the partners.
    pub fn partner_codes(&self) -> impl Iterator<Item = &str> + Clone {
        self.partners.records().iter().map(Collection::id)
    }

    /// The JSON of the sources with these ids, in the order of ids.
    pub fn bibliography(&self, ids: &BTreeSet<&str>) -> Vec<&str> {
        ids.iter().filter_map(|id| self.sources.json_of(id)).collect()
    }
}
