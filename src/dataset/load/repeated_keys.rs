//! Keys that occur twice in one JSON object: JSON readers keep one of the values and silently drop the other.

use std::collections::BTreeSet;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};

/// The path of every key that its object has already, in the order of the text; none when it is no JSON.
pub(crate) fn repeated_keys(text: &str) -> Vec<Vec<String>> {
    let (mut path, mut repeated) = (Vec::new(), Vec::new());
    let mut json = serde_json::Deserializer::from_str(text);
    let seed = Keys { path: &mut path, repeated: &mut repeated };
    match seed.deserialize(&mut json) {
        Ok(()) => repeated,
        Err(_) => Vec::new(),
    }
}

struct Keys<'k> {
    path: &'k mut Vec<String>,
    repeated: &'k mut Vec<Vec<String>>,
}

impl Keys<'_> {
    fn within(&mut self, part: String) -> Keys<'_> {
        self.path.push(part);
        Keys { path: self.path, repeated: self.repeated }
    }
}

impl<'de> DeserializeSeed<'de> for Keys<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        from.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Keys<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any JSON")
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        Ok(())
    }

    fn visit_str<E>(self, _: &str) -> Result<(), E> {
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut elements: A) -> Result<(), A::Error> {
        let mut position = 0;
        while elements.next_element_seed(self.within(format!("[{position}]")))?.is_some() {
            self.path.pop();
            position += 1;
        }
        // The path of the element after the last.
        self.path.pop();
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut entries: A) -> Result<(), A::Error> {
        let mut seen = BTreeSet::new();
        while let Some(key) = entries.next_key::<String>()? {
            let value = self.within(key.clone());
            if !seen.insert(key) {
                let path = value.path.clone();
                value.repeated.push(path);
            }
            entries.next_value_seed(value)?;
            self.path.pop();
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::repeated_keys;

    #[test]
    fn a_key_that_stands_twice_is_found_at_every_depth() {
        let found = repeated_keys(r#"{"a":[1,{"b":null,"b":2}],"c":{"b":1},"a":0.5}"#);
        let found: Vec<_> = found.iter().map(|path| path.join(" ")).collect();
        assert_eq!(found, ["a [1] b", "a"]);
    }
}
