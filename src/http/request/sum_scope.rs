//! What the filters of a list say of a sum over it.

use crate::dataset::{Dataset, Extent, SetExtent, is_proposal};
use crate::model::{Collection, Iso3, RecordId, Scalar};
use crate::query::{Query, split_list};
use crate::sums::{HeadcountQuestion, TotalsQuestion, YearsAsked};

/// Filters that choose what is added up; any other leaves figures out that belong to it.
const OF_A_WHOLE: [&str; 14] = [
    "partner",
    "program",
    "objective",
    "fiscal_year",
    "fiscal_year_min",
    "fiscal_year_max",
    "stage",
    "scope",
    "channel",
    "measure",
    "organization",
    "missions",
    "role",
    "direction",
];

/// Filters that leave out what no sum counts.
const OF_NOTHING: [(&str, &str); 3] =
    [("superseded_by", "null"), ("per_year", "false"), ("status", "deployed")];

/// What the filters of a list say of a sum over it.
#[derive(Debug, Clone, Default)]
pub(crate) struct SumScope {
    pub(crate) years: YearsAsked,
    /// The partners that are named; empty for all.
    partners: Vec<Iso3>,
    /// Those of them that the dataset does not cover.
    pub(crate) not_covered: Vec<Iso3>,
    /// The programs, and the kinds of other records, that are named; empty for all.
    programs: Vec<RecordId>,
    kinds: Vec<String>,
    /// The programs that are named with all that is inside them.
    programs_within: Vec<RecordId>,
    any_objective: bool,
    proposals: bool,
    filtered: bool,
}

impl SumScope {
    /// Reads the filters of a query; `programs_within` are programs that it was narrowed to, with all inside them.
    pub(crate) fn of<C: Collection>(
        dataset: &Dataset,
        query: &Query<C>,
        programs_within: Vec<RecordId>,
    ) -> Self {
        let pairs: Vec<_> = query.canonical_pairs().collect();
        Self::of_pairs(dataset, query.fiscal_years(), &pairs, programs_within)
    }

    fn of_pairs(
        dataset: &Dataset,
        (from, to): (Option<i16>, Option<i16>),
        pairs: &[(&str, &str)],
        programs_within: Vec<RecordId>,
    ) -> Self {
        let inside = programs_inside(dataset, &programs_within);
        let mut scope = Self {
            years: YearsAsked { from, to },
            kinds: inside.iter().map(Scalar::to_string).collect(),
            any_objective: !programs_within.is_empty(),
            programs_within,
            ..Self::default()
        };
        for (name, value) in pairs.iter().copied() {
            let values = split_list(value);
            match name {
                "partner" => {
                    scope.partners.extend(values.iter().filter_map(|code| code.parse().ok()));
                }
                "program" => {
                    scope.any_objective = true;
                    scope.programs.extend(values.iter().filter_map(|code| code.parse().ok()));
                    scope.kinds.extend(values);
                }
                "measure" | "organization" | "status_current" | "statuses_status" => {
                    scope.kinds.extend(values);
                }
                "objective" => scope.any_objective = true,
                "stage" => scope.proposals |= values.iter().any(|stage| is_proposal(stage)),
                _ => {}
            }
            let harmless = OF_A_WHOLE.contains(&name) || OF_NOTHING.contains(&(name, value));
            let filters = !["sort", "fields", "facets", "stats", "include", "q"].contains(&name);
            scope.filtered |= filters && !harmless;
        }
        let mut seen = std::collections::BTreeSet::new();
        scope.partners.retain(|code| seen.insert(code.clone()));
        let unknown = |code: &&Iso3| dataset.partners.get(code.as_str()).is_none();
        scope.not_covered = scope.partners.iter().filter(unknown).cloned().collect();
        scope
    }

    /// As a question about money; how it is grouped and what is preferred stands in `switches`.
    pub(crate) fn money(&self, switches: TotalsQuestion) -> TotalsQuestion {
        TotalsQuestion {
            years: self.years,
            partners: self.partners.clone(),
            not_covered: self.not_covered.clone(),
            programs: self.programs.clone(),
            programs_within: self.programs_within.clone(),
            any_objective: self.any_objective,
            proposals: self.proposals,
            filtered: self.filtered,
            ..switches
        }
    }

    /// As a question about people.
    pub(crate) fn people(&self, switches: HeadcountQuestion) -> HeadcountQuestion {
        HeadcountQuestion {
            years: self.years,
            partners: self.partners.clone(),
            not_covered: self.not_covered.clone(),
            filtered: self.filtered,
            ..switches
        }
    }

    /// What is known of the sets that are asked of.
    pub(crate) fn extents<C: Collection>(&self, dataset: &Dataset) -> Vec<SetExtent> {
        self.extents_of(C::NAME, dataset)
    }

    fn extents_of(&self, collection: &str, dataset: &Dataset) -> Vec<SetExtent> {
        let extents = dataset.release.extents.iter().filter(|set| {
            let partner = set.partner.as_ref();
            let kind = set.kind.as_ref().map(|kind| kind.as_str());
            let named = |kind: &str| self.kinds.iter().any(|word| word == kind);
            set.collection.as_str() == collection
                && set.extent != Extent::Unknown
                && (self.partners.is_empty()
                    || partner.is_none_or(|code| self.partners.contains(code)))
                && (self.kinds.is_empty() || kind.is_none_or(named))
        });
        extents.cloned().collect()
    }
}

/// The programs inside some, as a filter takes them.
pub(crate) fn programs_inside(dataset: &Dataset, programs: &[RecordId]) -> Vec<Scalar> {
    let inside = programs.iter().flat_map(|code| dataset.containment().inside(code.as_str()));
    inside.map(|code| Scalar::Text(code.to_string())).collect()
}
