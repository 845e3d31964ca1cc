//! The dots of a list: every amount of the page on one scale, on which each step is ten times the one before.

use maud::{Markup, html};

use crate::model::{Amount, Qualifier, Usd};
use crate::pages::site::Site;
use crate::words::usd_phrase;

/// A scale from one power of ten to another.
pub(super) struct DotScale {
    from: u32,
    to: u32,
}

impl DotScale {
    /// The scale that holds some amounts; none for fewer than two.
    pub(super) fn of<'a>(amounts: impl Iterator<Item = &'a Amount>) -> Option<Self> {
        let usd: Vec<u64> = amounts
            .filter_map(|amount| u64::try_from(amount.usd().dollars()).ok().filter(|usd| *usd > 0))
            .collect();
        let (least, most) = (usd.iter().min()?, usd.iter().max()?);
        let (from, to) = (least.ilog10(), most.ilog10() + 1);
        (usd.len() > 1).then_some(Self { from, to })
    }

    fn at(&self, usd: i64) -> Option<String> {
        #[expect(clippy::cast_precision_loss, reason = "a place on a scale of a hundred pixels")]
        let usd = usd as f64;
        (usd > 0.0).then(|| {
            let share = (usd.log10() - f64::from(self.from)) / f64::from(self.to - self.from);
            format!("{:.1}%", 4.0 + share.clamp(0.0, 1.0) * 92.0)
        })
    }

    /// What stands above the dots: both ends.
    pub(super) fn axis(&self, site: &Site<'_>) -> Markup {
        let end = |power: u32| {
            let usd = 10_i64.checked_pow(power).and_then(|usd| Usd::try_from(usd).ok());
            usd.map(|usd| usd_phrase(usd, site.language)).unwrap_or_default()
        };
        html! { span.ends { span { (end(self.from)) } span { (end(self.to)) } } }
    }

    /// The dot of an amount: with an arrow where it is more, hatched up to it where it is less.
    pub(super) fn mark(&self, amount: &Amount) -> Markup {
        let Some(at) = self.at(amount.usd().dollars()) else { return html! {} };
        html! {
            svg.dot-row height="14" width="100%" {
                @match amount.qualifier() {
                    Qualifier::MoreThan => {
                        line.red.dots x1=(at) y1="7" x2="98%" y2="7" {}
                        svg x="100%" y="7" overflow="visible" { path.red-fill d="M-7 -4 L0 0 L-7 4 Z" {} }
                        circle.ink cx=(at) cy="7" r="4" {}
                    }
                    Qualifier::LessThan => {
                        rect.open x="1" y="4" width=(at) height="6" {}
                        line.red x1=(at) y1="1" x2=(at) y2="13" {}
                    }
                    Qualifier::Approximately | Qualifier::Exact => circle.ink cx=(at) cy="7" r="4" {}
                }
            }
        }
    }
}
