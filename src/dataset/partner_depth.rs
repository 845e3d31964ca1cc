//! How much is on record of each partner: facts of the partnership, or official yearly series alone.

use std::collections::HashSet;

use super::load::parsed_lines::ParsedLines;
use crate::collections::{Partner, PartnerDepth};
use crate::model::{Collection, fields};
use crate::query::JsonRows;

/// Adds the partners that the records of a collection name, unless it is a yearly series.
pub(super) fn add_partners<C: Collection>(lines: &ParsedLines<C>, to: &mut HashSet<String>) {
    if C::SERIES {
        return;
    }
    for field in fields::<C>().filter(|field| field.refers_to() == Some(Partner::NAME)) {
        for record in &lines.records {
            for code in field.value(record).texts() {
                if !to.contains(code) {
                    to.insert(code.to_owned());
                }
            }
        }
    }
}

/// Gives each partner its depth, in its record and in its JSON.
pub(super) fn with_depth(
    mut partners: ParsedLines<Partner>,
    in_facts: &HashSet<String>,
) -> ParsedLines<Partner> {
    let mut json = JsonRows::default();
    for partner in &mut partners.records {
        let known = in_facts.contains(partner.id.as_str()) || !partner.statuses.is_empty();
        partner.depth = if known { PartnerDepth::Facts } else { PartnerDepth::Series };
        json.push(partner);
    }
    partners.json = json;
    partners
}
