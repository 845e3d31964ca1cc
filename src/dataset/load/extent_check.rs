//! Holding what a release says of its sets against the records that there are.

use serde_json::Value as Json;

use super::check::PackageReader;
use super::fault::Fault;
use super::release::Release;
use crate::collections::{
    ArmsSale, AssistanceFunding, AssistanceProgram, Measure, Membership, MembershipOrganization,
    Partner, PartnerStatus,
};
use crate::model::{Collection, Text, Vocabulary};
use crate::query::nearest;

impl PackageReader<'_> {
    /// Checks that the questions of a release are answered by records that there are.
    pub(crate) fn check_questions(&mut self, release: Option<&Release>) {
        const FILE: &str = "dataset.json";
        let Some(release) = release else { return };
        for (position, question) in release.questions.iter().enumerate() {
            let object = format!("questions[{position}]");
            let collection = question.collection.as_str();
            if self.names_collection(FILE, None, &object, collection) {
                let key = || format!("{object}.id");
                self.exists(FILE, None, key, collection, question.id.as_str());
            }
        }
    }

    /// Checks that what a release says of its sets names collections, partners and kinds that exist.
    pub(crate) fn check_extents(&mut self, release: Option<&Release>) {
        const FILE: &str = "dataset.json";
        let Some(release) = release else { return };
        for (position, set) in release.extents.iter().enumerate() {
            let object = format!("extents[{position}]");
            let key = |name: &str| format!("{object}.{name}");
            let collection = set.collection.as_str();
            if !self.names_collection(FILE, None, &object, collection) {
                continue;
            }
            if let Some(partner) = &set.partner {
                self.exists(FILE, None, || key("partner"), Partner::NAME, partner.as_str());
            }
            let Some(kind) = set.kind.as_ref().map(Text::as_str) else { continue };
            let (words, expected) = match collection {
                AssistanceFunding::NAME => {
                    self.exists(FILE, None, || key("kind"), AssistanceProgram::NAME, kind);
                    continue;
                }
                ArmsSale::NAME => (Measure::WORDS, "expected a measure of arms sales"),
                Membership::NAME => {
                    (MembershipOrganization::WORDS, "expected an organization of memberships")
                }
                Partner::NAME => (PartnerStatus::WORDS, "expected a standing of partners"),
                _ => continue,
            };
            if !words.contains(&kind) {
                self.add(|| {
                    let hint = nearest(kind, words.iter().copied());
                    let fault = Fault::of_file(FILE, expected);
                    fault.key(key("kind")).value(Json::from(kind)).meant(hint)
                });
            }
        }
    }
}
