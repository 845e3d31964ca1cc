//! What a record states, before it is said in a language.

mod slot;

pub use slot::{PeriodFigure, Slot};

use super::amount::Amount;
use super::labels::Bilingual;

/// How many slots a statement has room for at once: as many as that of a figure of assistance.
const MOST_SLOTS: usize = 11;

/// What a record states: a sentence in two languages with slots, and what stands in the slots.
///
/// In a sentence `{name}` is a slot. What stands between square brackets is left out where one of its slots is
/// empty. `<one|several>` agrees in number with the partners that the sentence is about.
#[derive(Debug, Clone)]
pub struct Statement<'r> {
    /// The sentence, without a full stop.
    pub sentence: Bilingual,
    /// A heading of a few words that says the same, for titles of citations.
    pub heading: Bilingual,
    slots: Vec<(&'static str, Slot<'r>)>,
}

impl<'r> Statement<'r> {
    /// A sentence with a heading of its own.
    pub const fn new(sentence: Bilingual, heading: Bilingual) -> Self {
        Self { sentence, heading, slots: Vec::new() }
    }

    /// A title that stands for the whole record.
    pub fn titled(title: &'r str) -> Self {
        let titled = Bilingual::new("{title}", "{title}");
        Self::new(titled, titled).with("title", Slot::Quoted(vec![title]))
    }

    /// Fills a slot.
    pub fn with(mut self, name: &'static str, slot: Slot<'r>) -> Self {
        if self.slots.capacity() == 0 {
            self.slots.reserve_exact(MOST_SLOTS);
        }
        self.slots.push((name, slot));
        self
    }

    /// Fills a slot if there is something to stand in it.
    pub fn with_some(self, name: &'static str, slot: Option<Slot<'r>>) -> Self {
        match slot {
            Some(slot) => self.with(name, slot),
            None => self,
        }
    }

    /// Says a text of ours in Spanish too, where it stands in a slot.
    pub fn with_spanish(mut self, name: &str, es: &'r str) -> Self {
        let mut slots = self.slots.iter_mut();
        let slot = slots.find(|(known, _)| *known == name).map(|(_, slot)| slot);
        if let Some(slot) = slot
            && let Slot::Quoted(texts) = &*slot
            && let [en] = texts.as_slice()
        {
            *slot = Slot::Words(Bilingual::new(*en, es));
        }
        self
    }

    /// What stands in a slot.
    pub fn slot(&self, name: &str) -> Option<&Slot<'r>> {
        self.slots.iter().find(|(known, _)| *known == name).map(|(_, slot)| slot)
    }

    /// What stands in its slots, in their order.
    pub fn slots(&self) -> impl Iterator<Item = &Slot<'r>> {
        self.slots.iter().map(|(_, slot)| slot)
    }

    /// Whether its verb is of several.
    pub fn partners(&self) -> Option<&Slot<'r>> {
        self.slots.iter().map(|(_, slot)| slot).find(|slot| matches!(slot, Slot::Partners(_)))
    }

    /// The amount that it states.
    pub fn amount(&self) -> Option<&Amount> {
        self.slots.iter().find_map(|(_, slot)| match slot {
            Slot::Amount { amount, .. } => Some(amount),
            _ => None,
        })
    }
}
