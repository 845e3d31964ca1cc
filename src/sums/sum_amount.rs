//! Amounts of sums: intervals that add up.

use serde::Serialize;
use utoipa::ToSchema;

use crate::model::{Amount, Qualifier, vocabulary};

vocabulary! {
    /// How a sum is qualified. A sum that is not whole is `on_record`, whatever its figures are.
    #[es = "Cómo se califica una suma. Una suma que no está completa es `on_record`, sean como sean sus cifras."]
    pub enum SumQualifier (en "qualifier of a sum", es "calificador de una suma") {
        /// Every figure in it was printed without a qualifier. They may still be rounded: see the bounds.
        #[es = "Todas sus cifras se publicaron sin calificador. Aun así pueden estar redondeadas: véanse los límites."]
        Exact = "exact" (en "exact", es "exacta"),
        /// A figure in it is "approximately" or "about".
        #[es = "Una de sus cifras es «aproximadamente» o «cerca de»."]
        Approximately = "approximately" (en "about", es "cerca de"),
        /// A figure in it is "over" or "more than": there is no upper bound.
        #[es = "Una de sus cifras es «más de»: no hay límite superior."]
        MoreThan = "more_than" (en "more than", es "más de"),
        /// A figure in it is "less than", "nearly" or "up to".
        #[es = "Una de sus cifras es «menos de», «casi» o «hasta»."]
        LessThan = "less_than" (en "less than", es "menos de"),
        /// The sum is not known to be whole: at least `min_usd` are on record, and there may be more.
        #[es = "No se sabe si la suma está completa: constan al menos `min_usd` y puede haber más."]
        OnRecord = "on_record" (en "at least, on record", es "al menos, según consta"),
    }
}

impl SumQualifier {
    /// The qualifier of what holds both.
    pub(super) fn wider(self, other: Self) -> Self {
        let order = [Self::OnRecord, Self::MoreThan, Self::Approximately, Self::LessThan];
        let says = |wanted: &Self| self == *wanted || other == *wanted;
        order.into_iter().find(says).unwrap_or(Self::Exact)
    }
}

impl From<Qualifier> for SumQualifier {
    fn from(qualifier: Qualifier) -> Self {
        match qualifier {
            Qualifier::Exact => Self::Exact,
            Qualifier::Approximately => Self::Approximately,
            Qualifier::MoreThan => Self::MoreThan,
            Qualifier::LessThan => Self::LessThan,
        }
    }
}

/// A sum of amounts. Bounds add as intervals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct SumAmount {
    /// What the figures in the sum add up to, in whole US dollars of the years in which they were stated; read it
    /// together with `qualifier`.
    pub usd: i64,
    /// `on_record` when the sum is not known to be whole. Else `more_than` when an amount in it is; else
    /// `approximately`, else `less_than` when one is; else `exact`.
    pub qualifier: SumQualifier,
    /// The least that the amounts allow, in whole US dollars. Null when one of them sets no lower bound.
    pub min_usd: Option<i64>,
    /// The most that the amounts allow, in whole US dollars. Null when one of them sets no upper bound, and always
    /// when the sum is not known to be whole.
    pub max_usd: Option<i64>,
}

impl SumAmount {
    /// An amount as stated.
    pub fn of(amount: &Amount) -> Self {
        Self {
            usd: amount.usd().dollars(),
            qualifier: (*amount.qualifier()).into(),
            min_usd: amount.min_usd().map(|usd| usd.dollars()),
            max_usd: amount.max_usd().map(|usd| usd.dollars()),
        }
    }

    /// What is left when some is taken away: less than nothing is possible, and says that too much was taken.
    pub(super) fn less(self, other: Self) -> Self {
        let minus = |one: Option<i64>, other: Option<i64>| Some(one?.saturating_sub(other?));
        let qualifier = match other.qualifier {
            SumQualifier::MoreThan => SumQualifier::LessThan,
            qualifier => self.qualifier.wider(qualifier),
        };
        Self {
            usd: self.usd.saturating_sub(other.usd),
            qualifier,
            min_usd: minus(self.min_usd, other.max_usd).map(|usd| usd.max(0)),
            max_usd: minus(self.max_usd, other.min_usd).map(|usd| usd.max(0)),
        }
    }

    /// An even share: of `all` parts those from the `first`th up to the `last`th.
    ///
    /// Shares add up to the whole. The bounds are those of a part: nothing at least, the whole at most.
    pub(super) fn share(self, first: i64, last: i64, all: i64) -> Self {
        if first == 0 && last == all {
            return self;
        }
        let whole = i128::from(self.usd);
        let up_to = |parts: i64| whole * i128::from(parts) / i128::from(all.max(1));
        let qualifier = match self.qualifier {
            SumQualifier::MoreThan => SumQualifier::MoreThan,
            _ => SumQualifier::Approximately,
        };
        Self {
            usd: i64::try_from(up_to(last) - up_to(first)).unwrap_or(i64::MAX),
            qualifier,
            min_usd: Some(0),
            max_usd: self.max_usd,
        }
    }

    fn plus(self, other: Self) -> Self {
        let both = |one: Option<i64>, other: Option<i64>| Some(one?.saturating_add(other?));
        Self {
            usd: self.usd.saturating_add(other.usd),
            qualifier: self.qualifier.wider(other.qualifier),
            min_usd: both(self.min_usd, other.min_usd),
            max_usd: both(self.max_usd, other.max_usd),
        }
    }

    /// The sum of several; none of none.
    pub fn sum(amounts: impl IntoIterator<Item = Self>) -> Option<Self> {
        amounts.into_iter().reduce(Self::plus)
    }

    /// The same as a sum that is not known to be whole.
    pub(super) fn on_record(self) -> Self {
        Self { qualifier: SumQualifier::OnRecord, max_usd: None, ..self }
    }
}
