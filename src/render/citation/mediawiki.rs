//! The templates by which Wikipedia cites.

use super::work::CitedWork;

/// `{{cite web}}`; `{{citation}}` where there is no address, without which the former is an error. `access-date` is for
/// whoever reads it to fill in.
pub(super) fn write(work: &CitedWork) -> String {
    let mut fields = vec![("title", escape(&work.title))];
    if let Some(url) = &work.url {
        fields.push(("url", escape_address(url)));
    }
    fields.push(("website", escape(&work.author)));
    fields.push(("version", escape(&work.version)));
    fields.push(("date", work.released.to_string()));
    if work.url.is_some() {
        fields.push(("access-date", String::new()));
    } else {
        let id = format!("{}, digest {}", work.part, work.digest);
        fields.push(("id", escape(&id)));
    }
    let template = if work.url.is_some() { "cite web" } else { "citation" };
    let fields: String =
        fields.iter().flat_map(|(name, value)| [" |", name, "=", value.as_str()]).collect();
    let source = work.source_note().map(|note| format!(" {}.", escape(&note)));
    format!("{{{{{template}{fields} }}}}{}\n", source.unwrap_or_default())
}

/// Text without any mark of wiki markup.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '|' => escaped.push_str("{{!}}"),
            '[' | ']' | '{' | '}' | '<' | '>' | '\'' | '~' | '&' | '#' | '*' => {
                escaped.extend(["&#", &u32::from(letter).to_string(), ";"]);
            }
            letter if letter.is_control() => escaped.push(' '),
            letter => escaped.push(letter),
        }
    }
    escaped
}

/// An address in which nothing ends the field.
fn escape_address(url: &str) -> String {
    let mut escaped = url.to_owned();
    for (mark, code) in [
        ('|', "%7C"),
        ('{', "%7B"),
        ('}', "%7D"),
        ('[', "%5B"),
        (']', "%5D"),
        (' ', "%20"),
        ('<', "%3C"),
        ('>', "%3E"),
    ] {
        escaped = escaped.replace(mark, code);
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_wiki_would_take_for_markup_is_escaped() {
        assert_eq!(escape("a|b"), "a{{!}}b");
        assert_eq!(
            escape("[x] {{y}} ''z'' ~~~~"),
            "&#91;x&#93; &#123;&#123;y&#125;&#125; &#39;&#39;z&#39;&#39; &#126;&#126;&#126;&#126;"
        );
        assert_eq!(escape_address("https://a/b|c d"), "https://a/b%7Cc%20d");
    }
}
