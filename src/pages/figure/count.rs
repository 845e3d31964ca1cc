//! A number of people, never without its qualifier.

use maud::{Markup, html};

use crate::model::Qualifier;
use crate::pages::site::Site;
use crate::pages::wording::grouped;

/// A number as its source qualifies it.
pub(crate) fn count(site: &Site<'_>, number: u32, qualifier: Qualifier) -> Markup {
    let (mark, qualifier) = match qualifier {
        Qualifier::Exact => ("amount exact", ""),
        Qualifier::Approximately => ("amount about", site.say("about", "cerca de")),
        Qualifier::MoreThan => ("amount more", site.say("more than", "más de")),
        Qualifier::LessThan => ("amount less", site.say("less than", "menos de")),
    };
    html! {
        span class=(mark) {
            @if !qualifier.is_empty() { i { (qualifier) } " " }
            b { (grouped(site, u64::from(number))) }
        }
    }
}
