//! What a record states, said in English and Spanish.
//!
//! One small grammar: a sentence with slots (see [`Statement`]), what stands in the slots, and two rules of Spanish,
//! *a el* → *al* and *de el* → *del*. Nothing is said that the record does not hold: the qualifier, the years, the
//! stage and the partners come from it as they are.

use std::borrow::Cow;

use super::capital::capitalized;
use super::countries::{Country, country, country_named};
use super::language::Language;
use super::money::{amount_phrase, hidden_rounding, spaced};
use super::time::{date_phrase, dated, on_phrase, period_phrase, years_phrase};
use crate::model::{
    Bilingual, Iso3, Organization, PartialDate, Qualifier, Slot, Statement, Vocabulary,
    grouped_digits,
};

/// What records of other collections are called: by collection and id.
pub type Names<'n> = &'n dyn Fn(&str, &str) -> Option<Bilingual<&'n str>>;

/// What a record states, as a sentence with a capital and a full stop.
pub fn sentence(statement: &Statement<'_>, names: Names<'_>) -> Bilingual<String> {
    in_both(|language| sentence_in(language, statement, names))
}

/// As [`sentence`], in one language alone.
pub fn sentence_in(language: Language, statement: &Statement<'_>, names: Names<'_>) -> String {
    let template = language.of(statement.sentence);
    let mut said = capitalized(&Speaker { language, statement, names }.fill(template));
    if !said.ends_with(['.', '?', '!']) {
        said.push('.');
    }
    said
}

/// What a record states, as a heading of a few words.
pub fn heading(statement: &Statement<'_>, names: Names<'_>) -> Bilingual<String> {
    in_both(|language| heading_in(language, statement, names))
}

/// As [`heading`], in one language alone.
pub fn heading_in(language: Language, statement: &Statement<'_>, names: Names<'_>) -> String {
    capitalized(&Speaker { language, statement, names }.fill(language.of(statement.heading)))
}

fn in_both(say: impl Fn(Language) -> String) -> Bilingual<String> {
    Bilingual::new(say(Language::En), say(Language::Es))
}

/// One who says a statement in a language.
struct Speaker<'s, 'n> {
    language: Language,
    statement: &'s Statement<'s>,
    names: Names<'n>,
}

impl<'s> Speaker<'s, '_> {
    fn fill(&self, template: &str) -> String {
        let mut said = String::with_capacity(2 * template.len());
        let mut rest = template;
        while !rest.is_empty() {
            let (piece, _, after) = split_at_sign(rest, *b"[]").unwrap_or((rest, 0, ""));
            // What it says of nothing is left out whole.
            let before = said.len();
            if self.push_slots(piece, &mut said).is_none() {
                said.truncate(before);
            }
            rest = after;
        }
        match self.language {
            Language::En => said,
            Language::Es => said.replace(" a el ", " al ").replace(" de el ", " del "),
        }
    }

    /// Adds a text with its slots filled; none where one of them is empty.
    fn push_slots(&self, text: &str, said: &mut String) -> Option<()> {
        let mut rest = text;
        while let Some((before, opening, part)) = split_at_sign(rest, *b"{<") {
            said.push_str(before);
            let (inside, _, after) = split_at_sign(part, *b"}>")?;
            if opening == b'{' {
                said.push_str(&self.slot(inside)?);
            } else {
                let (one, several) = inside.split_once('|')?;
                said.push_str(if self.is_plural() { several } else { one });
            }
            rest = after;
        }
        said.push_str(rest);
        Some(())
    }

    fn slot(&self, name: &str) -> Option<Cow<'_, str>> {
        let language = self.language;
        let of_date = |date: &PartialDate, before| Some(dated(*date, before, language).into());
        match self.statement.slot(name)? {
            Slot::Partners(codes) => Some(self.partners(codes)),
            Slot::Areas([]) => None,
            Slot::Areas(codes) => Some(self.list(codes.iter().map(|code| self.country(code)))),
            Slot::Named { ids, .. } if ids.is_empty() => None,
            Slot::Named { collection, ids } => {
                let named = |id: &&'s str| {
                    (self.names)(collection, id).map_or(*id, |name| self.language.of(name))
                };
                Some(self.list(ids.iter().map(|id| named(id).into())))
            }
            Slot::Amount { amount, per_year } => {
                let phrase = amount_phrase(amount, language);
                let a_year = self.language.of(Bilingual::new(" a year", " al año"));
                Some(if *per_year { (phrase + a_year).into() } else { phrase.into() })
            }
            Slot::Rounding(amount) => hidden_rounding(amount, language).map(Cow::from),
            Slot::Count { number, qualifier } => Some(self.count(*number, *qualifier).into()),
            Slot::Period { period, figure } => {
                Some(period_phrase(period, *figure, language).into())
            }
            Slot::Year(year) => Some(year.number().to_string().into()),
            Slot::Years(period) => Some(years_phrase(period, language).into()),
            Slot::Date(date) => Some(date_phrase(*date, language).into()),
            Slot::On(date) => Some(on_phrase(*date, language).into()),
            Slot::AsOf(date) => of_date(date, Bilingual::new("as of", "con corte a")),
            Slot::Since(date) => of_date(date, Bilingual::new("since", "desde")),
            Slot::Until(date) => of_date(date, Bilingual::new("until", "hasta")),
            Slot::Words(words) => Some(self.language.of(*words).into()),
            Slot::Article { el, name } => Some(match self.language {
                Language::En => format!("the {}", name.en).into(),
                Language::Es => format!("{el} {}", name.es).into(),
            }),
            Slot::Counterpart(name) => Some(self.counterpart(name).into()),
            Slot::Quoted(texts) if texts.is_empty() => None,
            Slot::Quoted(texts) => {
                let quoted = |text: &&'s str| match self.language {
                    Language::En => Cow::Borrowed(*text),
                    // It stays in its language, and says so by its marks.
                    Language::Es => format!("«{text}»").into(),
                };
                Some(match texts.as_slice() {
                    [only] => quoted(only),
                    several => several.iter().map(quoted).collect::<Vec<_>>().join("; ").into(),
                })
            }
            Slot::Code(code) => Some((*code).into()),
        }
    }

    /// Whether the verb is of several.
    fn is_plural(&self) -> bool {
        let Some(Slot::Partners(codes)) = self.statement.partners() else { return false };
        match codes {
            [one] => {
                self.language == Language::Es
                    && country(one.as_str())
                        .is_some_and(|one| ["los", "las"].contains(&one.article.es))
            }
            _ => true,
        }
    }

    /// One partner, or several together: no source splits what it says of them.
    fn partners(&self, codes: &'s [Iso3]) -> Cow<'s, str> {
        let named = self.list(codes.iter().map(|code| self.country(code)));
        match (codes.len(), self.language) {
            (0 | 1, _) => named,
            (_, Language::En) => format!("{named} together").into(),
            (_, Language::Es) => format!("{named} en conjunto").into(),
        }
    }

    /// A country with its article.
    fn country(&self, code: &'s Iso3) -> Cow<'s, str> {
        country(code.as_str())
            .map_or_else(|| code.as_str().into(), |known| self.with_article(known))
    }

    fn with_article(&self, country: &Country) -> Cow<'static, str> {
        let (article, name) = (self.language.of(country.article), self.language.of(country.name));
        if article.is_empty() { name.into() } else { format!("{article} {name}").into() }
    }

    /// A country or an organization, known by its name or code.
    fn counterpart(&self, name: &str) -> String {
        let organization = || {
            let codes = Organization::CODES.codes.iter();
            let known =
                codes.into_iter().find(|code| code.code == name || code.label.en == name)?;
            Some(match self.language {
                Language::En => name.to_owned(),
                Language::Es => {
                    let name = known.label.es;
                    match Organization::from_word(known.code).map(article) {
                        None | Some("") => name.to_owned(),
                        Some(article) => format!("{article} {name}"),
                    }
                }
            })
        };
        match country_named(name) {
            Some(known) => self.with_article(known).into_owned(),
            None => organization().unwrap_or_else(|| match self.language {
                Language::En => name.to_owned(),
                Language::Es => format!("«{name}»"),
            }),
        }
    }

    fn count(&self, number: u32, qualifier: Qualifier) -> String {
        let number = i64::from(number);
        let (number, words) = match self.language {
            Language::En => {
                (grouped_digits(number, ',', 4), ["", "about ", "more than ", "less than "])
            }
            Language::Es => (spaced(number), ["", "cerca de ", "más de ", "menos de "]),
        };
        let at = match qualifier {
            Qualifier::Exact => 0,
            Qualifier::Approximately => 1,
            Qualifier::MoreThan => 2,
            Qualifier::LessThan => 3,
        };
        format!("{}{number}", words[at])
    }

    /// `Estonia, Latvia and Lithuania`; in Spanish `e` before an i: `Kuwait e Israel`.
    fn list<'i>(&self, mut items: impl Iterator<Item = Cow<'i, str>>) -> Cow<'i, str> {
        let Some(first) = items.next() else { return Cow::default() };
        let mut items: Vec<Cow<'_, str>> = items.collect();
        let Some(last) = items.pop() else { return first };
        items.insert(0, first);
        let and = match self.language {
            Language::En => "and",
            Language::Es if begins_with_i(&last) => "e",
            Language::Es => "y",
        };
        format!("{} {and} {last}", items.join(", ")).into()
    }
}

/// The text before the first of two signs, that sign, and the text after it. The signs are ASCII: a heading has some
/// twenty, and to look for bytes takes a fraction of the time that letters take.
fn split_at_sign(text: &str, [one, other]: [u8; 2]) -> Option<(&str, u8, &str)> {
    let at = memchr::memchr2(one, other, text.as_bytes())?;
    Some((&text[..at], text.as_bytes()[at], &text[at + 1..]))
}

/// The Spanish article of an organization.
const fn article(organization: Organization) -> &'static str {
    match organization {
        Organization::Un => "las",
        Organization::Unc => "el",
        Organization::Mfo | Organization::Oas | Organization::Nato | Organization::Eu => "la",
        Organization::Bilateral => "",
    }
}

/// Whether a Spanish word begins with the sound of an i: not `hierro`, which begins with the sound of a y.
fn begins_with_i(word: &str) -> bool {
    let plain = deunicode::deunicode(word).to_ascii_lowercase();
    let rest = plain.strip_prefix('h').unwrap_or(&plain);
    rest.strip_prefix('i').is_some_and(|rest| !rest.starts_with(['e', 'a', 'o', 'u']))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(codes: &[&str]) -> Vec<Iso3> {
        codes.iter().map(|code| code.parse().expect("a code")).collect()
    }

    fn said(template: Bilingual, partners: &[Iso3]) -> (String, String) {
        let statement =
            Statement::new(template, template).with("partner", Slot::Partners(partners));
        let said = sentence(&statement, &|_, _| None);
        (said.en, said.es)
    }

    #[test]
    fn countries_have_their_articles_and_the_verb_agrees_with_them() {
        let template = Bilingual::new(
            "{partner} <was|were> there; aid to {partner}",
            "{partner} <estuvo|estuvieron> ahí; ayuda a {partner} y de {partner} ahora",
        );
        let (en, es) = said(template, &codes(&["LBN"]));
        assert_eq!(en, "Lebanon was there; aid to Lebanon.");
        assert_eq!(es, "El Líbano estuvo ahí; ayuda al Líbano y del Líbano ahora.");
        let (en, es) = said(template, &codes(&["NLD"]));
        assert!(en.starts_with("The Netherlands was there; aid to the Netherlands"), "{en}");
        assert!(es.starts_with("Los Países Bajos estuvieron ahí; ayuda a los Países"), "{es}");
        let (en, es) = said(template, &codes(&["EST", "LVA", "LTU"]));
        assert!(en.starts_with("Estonia, Latvia and Lithuania together were there"), "{en}");
        assert!(es.starts_with("Estonia, Letonia y Lituania en conjunto estuvieron"), "{es}");
        assert!(said(template, &codes(&["KWT", "ISR"])).1.starts_with("Kuwait e Israel"));
        let (_, es) = said(template, &codes(&["SLV"]));
        assert!(es.contains("a El Salvador y de El Salvador"), "{es}");
    }

    #[test]
    fn what_a_group_says_of_nothing_is_left_out() {
        let template =
            Bilingual::new("{partner}[ in {areas}][ ({code})]", "{partner}[ en {areas}]");
        let partners = codes(&["COL"]);
        let statement = Statement::new(template, template)
            .with("partner", Slot::Partners(&partners))
            .with("areas", Slot::Areas(&[]))
            .with("code", Slot::Code("FMF"));
        assert_eq!(sentence(&statement, &|_, _| None).en, "Colombia (FMF).");
    }
}
