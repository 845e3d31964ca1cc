//! The collections: one file each, with the record, its vocabularies and its table of fields.
//!
//! Declarations only. A collection knows the model and no other collection.

mod agreement;
mod arms_sale;
mod assistance_funding;
mod assistance_program;
mod conflict;
mod cooperation;
mod deployment;
mod foreign_assistance;
mod membership;
mod milestone;
mod mission;
mod partner;
mod source;
mod training;
mod us_personnel;

pub use agreement::{Agreement, AgreementKind, AgreementStatus, DateEvent};
pub use arms_sale::{ArmsSale, Channel, Measure};
pub use assistance_funding::{AssistanceFunding, Stage};
pub use assistance_program::{AssistanceProgram, ProgramKind};
pub use conflict::{Conflict, ConflictKind, ConflictState};
pub use cooperation::{Cooperation, CooperationArea};
pub use deployment::{Deployment, DeploymentRole, DeploymentStatus, Direction};
pub use foreign_assistance::{ForeignAssistance, SeriesStage};
pub use membership::{Membership, MembershipOrganization, MembershipRole};
pub use milestone::Milestone;
pub use mission::Mission;
pub use partner::{CurrentStatuses, Partner, PartnerDepth, PartnerStatus, Region, StatusHeld};
pub use source::{Source, SourceKind};
pub use training::Training;
pub use us_personnel::{PersonnelCounted, UsPersonnel};
