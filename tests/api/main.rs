//! What the crate promises, told from outside.

mod loading;
