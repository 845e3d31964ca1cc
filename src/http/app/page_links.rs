//! Addresses of pages: on the host that was asked, so that they work wherever the service is reached; whole ones only
//! to cite, to share and to call.

use super::links::Links;
use crate::pages::Addresses;

/// Where the calls that a page shows lead when the service does not know its public address.
const THIS_MACHINE: &str = "http://127.0.0.1:8080";

impl Addresses for Links {
    fn local<'q>(&self, path: &str, query: &mut dyn Iterator<Item = (&'q str, &'q str)>) -> String {
        self.without_host(self.query(path, query))
    }

    fn fixed(&self, path: &str) -> String {
        self.without_host(self.path(path))
    }

    fn whole<'q>(&self, path: &str, query: &mut dyn Iterator<Item = (&'q str, &'q str)>) -> String {
        let address = self.query(path, query);
        if self.is_absolute() { address } else { format!("{THIS_MACHINE}{address}") }
    }

    fn is_public(&self) -> bool {
        self.is_absolute()
    }
}
