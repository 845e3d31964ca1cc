//! What files say of the release that they hold.

use crate::dataset::{Release, SetExtent};
use crate::model::Vocabulary;
use crate::render::{About, AboutSet};

/// What the files say of themselves.
pub fn about(release: &Release) -> About {
    About {
        title: release.title.to_string(),
        description: release.description.to_string(),
        version: release.version.to_string(),
        released: release.released.to_string(),
        digest: release.digest.clone(),
        licence_name: release.licence.name.to_string(),
        licence_title: release.licence.title.to_string(),
        licence_url: release.licence.url.to_string(),
        contact: release.contact.to_string(),
        extents: release.extents.iter().map(about_set).collect(),
    }
}

fn about_set(set: &SetExtent) -> AboutSet {
    AboutSet {
        collection: set.collection.to_string(),
        partner: set.partner.as_ref().map(ToString::to_string),
        kind: set.kind.as_ref().map(ToString::to_string),
        extent: set.extent.word(),
        note: set.note.to_string(),
    }
}
