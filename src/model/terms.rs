//! Terms that several collections share.

use super::vocabulary::vocabulary;

vocabulary! {
    /// How sure we are that a record says what happened.
    pub enum Confidence {
        /// An official or first-hand document was read, and it says so plainly.
        High = "high",
        /// A compilation, a press report or a reprint; or an official document whose doubts are explained in `note`.
        Medium = "medium",
        /// A weak or partisan witness, or a statement that could not be found again.
        Low = "low",
    }
}

vocabulary! {
    /// Whom a figure covers.
    pub enum Scope {
        /// The partners named, and nobody else.
        Country = "country",
        /// Several partners together; no source splits the figure.
        Group = "group",
        /// A region that the partner is part of; never added to the partner's own figures.
        Region = "region",
    }
}

vocabulary! {
    /// Who leads a mission or operation.
    pub enum Organization {
        /// United Nations.
        Un = "UN",
        /// United Nations Command in Korea.
        Unc = "UNC",
        /// Multinational Force and Observers.
        Mfo = "MFO",
        /// Organization of American States.
        Oas = "OAS",
        /// North Atlantic Treaty Organization.
        Nato = "NATO",
        /// European Union.
        Eu = "EU",
        /// Two states by agreement between them, or a group of states without a standing organization.
        Bilateral = "bilateral",
    }
}
