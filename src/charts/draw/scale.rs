//! A linear scale from zero, with ticks at round numbers.

/// A linear scale: 0 is at its beginning, `top` at its end.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Scale {
    /// The number at its end, the last tick.
    pub(crate) top: i64,
    /// The distance of two ticks.
    pub(crate) step: i64,
}

impl Scale {
    /// A scale that holds a number, with about so many ticks.
    pub(crate) fn up_to(most: i64, ticks: i64) -> Self {
        // Far above every amount, and far below what an integer holds.
        let most = most.clamp(1, 1 << 60);
        let rough = (most + ticks - 1) / ticks.max(1);
        let mut power: i64 = 1;
        while power.saturating_mul(10) <= rough {
            power *= 10;
        }
        let steps = [1, 2, 5, 10].map(|digit| power.saturating_mul(digit));
        let step = steps.into_iter().find(|step| *step >= rough).unwrap_or(i64::MAX / 16);
        let count = most.div_euclid(step) + i64::from(most.rem_euclid(step) != 0);
        Self { top: step.saturating_mul(count), step }
    }

    /// Where a number lies: 0 at the beginning, 1 at the end.
    pub(crate) fn share(&self, number: i64) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "a pixel is far coarser")]
        let share = number as f64 / self.top as f64;
        share
    }

    /// The ticks above zero, the last one at the end.
    pub(crate) fn ticks(&self) -> impl Iterator<Item = i64> + use<> {
        let (step, top) = (self.step, self.top);
        (1..).map(move |count: i64| count.saturating_mul(step)).take_while(move |tick| *tick <= top)
    }
}

/// The years that have a label on a time axis of so many pixels: multiples of a round step.
pub(crate) fn labelled_years(from: i16, to: i16, pixels: f64, least_apart: f64) -> Vec<i16> {
    let years = f64::from(to) - f64::from(from) + 1.0;
    let fits = |step: &i16| pixels / years * f64::from(*step) >= least_apart;
    let step = [1, 2, 5, 10, 20, 25, 50, 100].into_iter().find(fits).unwrap_or(200);
    (from..=to).filter(|year| year % step == 0).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_and_hold_the_largest_number() {
        for (most, top, step) in
            [(99_200_000, 100_000_000, 20_000_000), (7, 8, 2), (1, 1, 1), (0, 1, 1), (101, 150, 50)]
        {
            let scale = Scale::up_to(most, 5);
            assert_eq!((scale.top, scale.step), (top, step), "{most}");
            assert_eq!(scale.ticks().last(), Some(top));
        }
        let largest = Scale::up_to(i64::MAX, 5);
        assert!(largest.ticks().count() < 20);
    }

    #[test]
    fn years_are_labelled_no_closer_than_their_text_allows() {
        assert_eq!(
            labelled_years(1996, 2025, 700.0, 36.0),
            (1996..=2025).step_by(2).collect::<Vec<i16>>()
        );
        assert_eq!(labelled_years(1996, 2025, 300.0, 36.0), [2000, 2005, 2010, 2015, 2020, 2025]);
    }
}
