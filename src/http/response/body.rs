//! The bodies of lists and records: what is answered of one dataset, whoever asks.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::envelope::{Facet, ItemLinks, ItemMeta, ItemTail, ListMeta, ListTail, Related, join};
use super::item_words::ItemWords;
use crate::dataset::{Dataset, NamingRecords, SetExtent, Stored};
use crate::http::app::links::{LinkParams, Links, PageLinks, PagePosition};
use crate::model::{Collection, FieldSummary, fields};
use crate::query::{FacetCount, Query};
use crate::render::RowCounts;
use crate::render::json::write_row;

/// What is said of the records of a list beside what they say themselves.
#[derive(Default)]
pub(crate) struct BesideRows<'a> {
    /// What sums do with each, where they are figures.
    pub(crate) counts: Option<&'a RowCounts>,
    /// What is known of the sets that they are of.
    pub(crate) extents: Vec<SetExtent>,
}

/// The body of a list and the links that it holds: what is asked of one dataset, whoever asks.
pub(crate) fn list_body<C: Stored>(
    dataset: &Dataset,
    links: &Links,
    path: &str,
    query: &Query<C>,
    params: &LinkParams,
    beside: BesideRows<'_>,
) -> (String, PageLinks) {
    let table = C::table(dataset);
    let selection = table.select(query);
    let page = selection.page(query);
    let mut data = String::from("[");
    for (position, row) in page.rows.iter().enumerate() {
        if position > 0 {
            data.push(',');
        }
        write_row(&mut data, table, *row, query.keys.as_deref(), beside.counts);
    }
    data.push(']');
    let facets = selection.facets(query).into_iter().map(|(name, counts)| {
        let field = fields::<C>().find(|field| field.name() == name).map(FieldSummary::of);
        let facet = |FacetCount { value, count }: FacetCount| {
            let label = field.map(|field| dataset.label_of(&field, value.as_deref()));
            let label = label.map(|label| label.map(Cow::into_owned));
            label.map(|label| Facet { value, label, count })
        };
        (name, counts.into_iter().filter_map(facet).collect())
    });
    let facets: BTreeMap<_, Vec<_>> = facets.collect();
    let stats: BTreeMap<_, _> = selection.stats(query).into_iter().collect();
    let is_sent = |field: &str| {
        let begins = |key: &String| field.strip_prefix(key.as_str()).is_some_and(is_end);
        query.keys.as_ref().is_none_or(|keys| keys.iter().any(begins))
    };
    let records = || page.rows.iter().map(|row| table.record(*row));
    let position = PagePosition {
        path,
        total: page.total,
        limit: query.limit,
        size: page.limit.into(),
        offset: page.offset,
        digest: &dataset.release.digest,
        version: dataset.release.version.as_str(),
    };
    let links = links.page(position, params);
    let tail = ListTail {
        meta: ListMeta {
            total: page.total,
            limit: page.limit,
            offset: page.offset,
            extents: beside.extents,
            not_covered: query.not_covered.clone(),
            dataset: (&dataset.release).into(),
        },
        labels: query.labels.then(|| dataset.labels(&records(), is_sent)),
        facets: Some(facets).filter(|facets| !facets.is_empty()),
        stats: Some(stats).filter(|stats| !stats.is_empty()),
        links: &links,
    };
    let sources = dataset.bibliography(&page.cited(table));
    (join(&data, &sources, &tail), links)
}

/// Whether a column's name ends so after the key that it is in: `amount` has `amount_usd`, and not `amounts`.
fn is_end(rest: &str) -> bool {
    rest.is_empty() || rest.starts_with('_')
}

/// The body of one record's answer; empty where there is no such record.
pub(crate) fn item_body<C: Stored>(
    dataset: &Dataset,
    links: &Links,
    id: &str,
    labels: bool,
) -> String {
    let table = C::table(dataset);
    let Some(record) = table.get(id) else { return String::new() };
    let cited = record.citations().iter().map(|citation| citation.source.as_str()).collect();
    let tail = ItemTail {
        words: ItemWords::of(dataset, record),
        labels: labels.then(|| dataset.labels(&std::iter::once(record), |_| true)),
        meta: ItemMeta { dataset: (&dataset.release).into() },
        links: ItemLinks {
            this: links.record(C::NAME, id),
            collection: links.data(C::PATH),
            related: related::<C>(dataset, links, id),
            cite_as: links.cited_record(C::NAME, id, dataset.release.version.as_str()),
        },
    };
    join(table.json_of(id).unwrap_or("null"), &dataset.bibliography(&cited), &tail)
}

/// The records of any collection that name a record of this one.
pub(crate) fn related<C: Collection>(dataset: &Dataset, links: &Links, id: &str) -> Vec<Related> {
    let related = |naming: NamingRecords| Related {
        href: links.query(&format!("/v1/{}", naming.collection), [(naming.parameter, id)]),
        collection: naming.collection.to_owned(),
        parameter: naming.parameter.to_owned(),
        count: naming.count,
    };
    dataset.naming(C::NAME, id).into_iter().map(related).collect()
}
