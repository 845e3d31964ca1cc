//! The parameters of a question, as links repeat them.

/// The parameters of a query as links repeat them: in one order, without the page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct LinkParams(Vec<(String, String)>);

impl LinkParams {
    /// Adds a parameter.
    pub(crate) fn push(&mut self, name: &str, value: &str) {
        self.0.push((name.to_owned(), value.to_owned()));
    }

    /// Puts parameters before those that are there.
    pub(crate) fn prepend<'p>(&mut self, params: impl Iterator<Item = (&'p str, &'p str)>) {
        self.0.splice(0..0, params.map(|(name, value)| (name.to_owned(), value.to_owned())));
    }

    /// All but one.
    pub(crate) fn without(mut self, name: &str) -> Self {
        self.0.retain(|(known, _)| known != name);
        self
    }

    /// Each name with its value, as pages hold them.
    pub(crate) fn to_pairs(&self) -> Vec<(String, String)> {
        self.0.clone()
    }

    /// Each name with its value.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &str)> + Clone {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }
}
