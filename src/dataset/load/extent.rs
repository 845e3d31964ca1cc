//! How much of a set of records there is to find is on record.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::model::{Iso3, Text, vocabulary};

vocabulary! {
    /// How much of a set is on record.
    #[es = "Cuánto de un conjunto está registrado."]
    pub enum Extent (en "extent", es "alcance") {
        /// All of it, as far as the sources named reach.
        #[es = "Todo, hasta donde llegan las fuentes nombradas."]
        Complete = "complete" (en "complete", es "completo"),
        /// Some of it. A count or a sum over it is no total.
        #[es = "Una parte. Un conteo o una suma sobre ella no es un total."]
        Sample = "sample" (en "sample", es "muestra"),
        /// Nobody looked.
        #[es = "Nadie lo ha revisado."]
        Unknown = "unknown" (en "unknown", es "desconocido"),
    }
}

/// What is known of one set of records: those of a collection, of one partner or any, of one kind or any.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SetExtent {
    /// The collection, such as `assistance-funding`.
    pub collection: Text,
    /// The partner, by ISO 3166-1 alpha-3 code. Null for those of any partner.
    pub partner: Option<Iso3>,
    /// The kind within the collection: a program of assistance, a measure of arms sales, an organization of
    /// memberships, a standing of partners. Null for all kinds.
    pub kind: Option<Text>,
    /// How much of the set is on record.
    pub extent: Extent,
    /// How that is known.
    pub note: Text,
}
