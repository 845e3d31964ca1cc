//! What a published figure is to a number that somebody printed.

use crate::model::{Amount, Qualifier};

/// What a figure is to the number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Against {
    /// It states the number.
    States,
    /// Its rounding allows the number.
    Allows,
    /// It is near, and other money.
    Near,
    /// It sets no bound on one side, and so allows the number.
    AllowsOpen,
    /// It states the number for other years.
    OtherYears,
}

/// What a figure is to a number, and by how much it is off; none where it has nothing to do with it.
pub(super) fn against(stated: &Amount, usd: i64, in_year: bool) -> Option<(Against, i64)> {
    let number = stated.usd().dollars();
    let off = number - usd;
    let is_open = matches!(stated.qualifier(), Qualifier::MoreThan | Qualifier::LessThan);
    let least = stated.min_usd().map_or(i64::MIN, |least| least.dollars());
    let most = stated.max_usd().map_or(i64::MAX, |most| most.dollars());
    let fits = (least..=most).contains(&usd);
    let unbounded = stated.min_usd().is_none() && stated.max_usd().is_none();
    if off == 0 {
        return Some((if in_year { Against::States } else { Against::OtherYears }, 0));
    }
    if !in_year {
        return None;
    }
    match (fits && !unbounded, is_open) {
        // Nearly every number is more than a small one; a figure within ten times it is worth a look.
        (true, true) => {
            let worth = number > 0 && usd / number.max(1) < 10 && number / usd.max(1) < 10;
            worth.then_some((Against::AllowsOpen, off))
        }
        (true, false) => Some((Against::Allows, off)),
        (false, _) => (off.abs() <= usd / 5).then_some((Against::Near, off)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Usd;

    fn stated(usd: i64, qualifier: Qualifier, unit: Option<i64>) -> Amount {
        let dollars = |usd: i64| Usd::try_from(usd).expect("dollars");
        Amount::new(dollars(usd), qualifier, unit.map(dollars))
    }

    #[test]
    fn a_figure_says_a_number_allows_it_or_is_other_money() {
        let is = |amount: Amount, usd, in_year| against(&amount, usd, in_year).map(|(is, _)| is);
        let exact = stated(450, Qualifier::Exact, None);
        assert_eq!(is(exact, 450, true), Some(Against::States));
        assert_eq!(is(exact, 450, false), Some(Against::OtherYears));
        assert_eq!(is(exact, 440, true), Some(Against::Near));
        assert_eq!(is(exact, 440, false), None);
        assert_eq!(is(exact, 4_500, true), None);
        let rounded = stated(450, Qualifier::Approximately, Some(20));
        assert_eq!(is(rounded, 441, true), Some(Against::Allows));
        let open = stated(90, Qualifier::MoreThan, None);
        assert_eq!(is(open, 450, true), Some(Against::AllowsOpen));
        assert_eq!(is(open, 45_000, true), None);
        assert_eq!(is(open, 80, true), Some(Against::Near));
        let vague = stated(450, Qualifier::Approximately, None);
        assert_eq!(is(vague, 449, true), Some(Against::Near));
    }
}
