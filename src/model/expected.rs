//! What a value should have looked like, for messages about values that did not.

/// What a value should have looked like.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Expected {
    /// One of a closed list of words.
    #[error("expected one of {}", .0.join(", "))]
    OneOf(&'static [&'static str]),
    /// A form, in words: "whole US dollars, such as 278000000".
    #[error("expected {0}")]
    Form(&'static str),
    /// A reason that depends on the value: "from 2023 lies after to 2017".
    #[error("{0}")]
    Because(String),
}
