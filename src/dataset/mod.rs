//! The dataset: files to checked tables, all or nothing.
//!
//! Owns reading a data package, every fault of it, the references between records, and the release.
//! Knows no HTTP.

mod addends;
mod coverage;
mod depth;
mod editions;
mod figures;
mod labels;
mod load;
mod names;
mod naming;
mod own_years;
mod partner_depth;
mod profile;
mod releases;
mod source_rank;
mod spread;
mod tables;

pub use addends::Addends;
pub use coverage::{Found, FoundCounts, PartnerCoverage, ProgramCoverage, YearFound};
pub use depth::{CalendarYears, CollectionCoverage, FiscalYears};
pub use labels::Labels;
pub use load::embedded::{NAMES as DATA_FILES, TRANSLATIONS_DIR};
pub use load::extent::{Extent, SetExtent};
pub use load::fault::{Fault, Faults};
pub use load::package::{ARCHIVE_FILE, CHANGE_LOG_FILE, Package};
pub use load::release::{Licence, Question, Release};
pub use naming::NamingRecords;
pub use own_years::{OwnYear, OwnYears};
pub use profile::{
    AgreementSummary, ConflictSummary, DeploymentSummary, MembershipSummary, NewestAssistance,
    NewestSale, Profile,
};
pub use releases::archive::{Archive, ArchiveError, ArchivedRelease};
pub use releases::catalog::{ReleaseEntry, UnknownRelease};
pub use releases::change_log::{ChangeKind, ChangeLog, ChangeReason};
pub use releases::changes::{FieldChange, RecordChange, StatedValue};
pub use releases::check_status::CheckStatus;
pub use releases::former::FormerError;
pub use releases::history::History;
pub use releases::release_changes::{ChangedRelease, ReleaseChanges};
pub use source_rank::{is_proposal, stage_kind};
pub use tables::{Dataset, Stored, TablePairVisitor, TableVisitor};
