//! A closed list of codes, with what each means.

use super::bilingual::Bilingual;

/// A closed list of codes.
#[derive(Debug, PartialEq, Eq)]
pub struct CodeList {
    /// The name of its schema: `AgreementKind`.
    pub schema: &'static str,
    /// What the list is called.
    pub label: Bilingual,
    /// What its codes say of a record.
    pub definition: Bilingual,
    /// The codes alone, in the order of `codes`.
    pub words: &'static [&'static str],
    /// The codes, in the order in which the list declares them.
    pub codes: &'static [Code],
}

/// One code of a closed list.
#[derive(Debug, PartialEq, Eq)]
pub struct Code {
    /// The code, as data, JSON, CSV and parameters have it.
    pub code: &'static str,
    /// What people call it.
    pub label: Bilingual,
    /// What it says of a record.
    pub definition: Bilingual,
    /// Its place where the list has an order of weight: 1 is the most final, the most official, the surest.
    /// Codes may share a rank.
    pub rank: Option<u8>,
}

impl CodeList {
    /// The name of the list in addresses: its schema's name in kebab case, `agreement-kind`.
    pub fn name(&self) -> String {
        let mut name = String::new();
        for letter in self.schema.chars() {
            if letter.is_ascii_uppercase() && !name.is_empty() {
                name.push('-');
            }
            name.push(letter.to_ascii_lowercase());
        }
        name
    }

    /// The entry of a code.
    pub fn get(&self, code: &str) -> Option<&'static Code> {
        self.codes.iter().find(|one| one.code == code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_named_as_its_schema_in_kebab_case() {
        let nothing = Bilingual::new("", "");
        let list = |schema| CodeList {
            schema,
            label: nothing,
            definition: nothing,
            words: &[],
            codes: &[],
        };
        assert_eq!(list("AgreementKind").name(), "agreement-kind");
        assert_eq!(list("Stage").name(), "stage");
    }
}
