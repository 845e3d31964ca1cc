//! Sums that do not count a dollar, or a person, twice.
//!
//! # What a figure covers
//!
//! A published figure covers *program-years*: its program and every program inside it (`part_of`, followed to
//! the end), in each year of its period. An arms sale covers its channel and measure, and nothing inside
//! them.
//!
//! Two figures of one partner **overlap** when they share a program-year: same program, one inside the other,
//! or both holding a third, in a year of both. A figure recorded as `part_of` another overlaps it always. A
//! fiscal year and a calendar year overlap where their days do; a sum that holds both says so.
//!
//! One figure **contains** another when it covers all of its program-years and more, for the same partners,
//! at a stage that is no less final; or when the other is recorded as part of it, or is a `component` of its
//! program.
//!
//! A period without an end covers for certain its first year, and on to the last year of any figure recorded
//! as part of it. It may go on: to its `as_of`, else to the fiscal year in which its source was published,
//! else without end. What it may cover decides what overlaps it; what it covers for certain decides what it
//! contains and how much it counts for. Nothing here depends on which other figures are asked for.
//!
//! # What is never added
//!
//! What recurs (`per_year`), is `superseded`, has `no_amount`, speaks for a `region`, or reaches out of the
//! years asked for (`outside_years`). Stages are of five kinds: given (`actual`, `provided`, `obligated`,
//! `ordered`, `reported`), enacted (`appropriated`), expected (`estimate`, `planned`), proposed (requests and
//! bills), and `mixed`. Money that was given, enacted or expected may stand in one sum for *different*
//! program-years, and the sum lists its stages; proposals are added only where there is nothing but
//! proposals, mixed figures only where there is nothing else. Arms sales of another channel or measure are
//! never in one sum. Of stocks, only the one of the newest date stands.
//!
//! Credit is paid back. Figures of programs of kind `credit` (loans, guarantees) are added only where there is
//! nothing but credit of one and the same program; beside grants, proposals or another kind of credit they are
//! left out as `credit`. What a loan costs the lender is a grant of the program that pays it, and is added.
//!
//! A running total of kind `mixed` that is left out beside money, though it is larger than all that the sum
//! holds of its partners, is named in the notes: single announcements may be far from complete.
//!
//! # What is preferred, and why
//!
//! 1. **The more final kind of stage.** Given money is chosen first; enacted fills what is left; then
//!    expected. What was spent says more than what was planned.
//! 2. **For one program and period, one figure**: the most final stage, then the most official source, then
//!    the newest, then the first id. Components that one record lists side by side stand together, as one.
//! 3. `prefer=broad`: **a figure inside another waits.** Only figures that no other contains compete; of
//!    those, the set without overlap that covers most program-years is found exactly, then with the fewest
//!    figures, the more official, the newer sources. Figures that waited then compete for what is left, in
//!    the same way. So a part of what is included never changes a sum. `prefer=detail`: nothing waits; the
//!    set with most figures is found exactly, then the one that covers most.
//! 4. **Totals that cut across each other** make no tree, and choosing among them exactly has no fast
//!    solution. Programs are taken, the broadest first (the finest first with `prefer=detail`), into a tree
//!    for as long as each is inside, around or beside all others in it. The tree is chosen from exactly;
//!    those that cut across it stand only where nothing that they overlap was chosen, and make the next tree.
//! 5. **A partner's own figures come before joint ones.** A figure of several partners is never split; it
//!    stands where no figure of one of them was chosen. It is `shared`.
//!
//! Figures are taken in the order of their ids wherever all this leaves a tie: same figures, same answer.
//!
//! # What adds up
//!
//! Bounds add as intervals: a sum has a bound where all of its figures have one. A sum that holds a
//! `more_than` is one. Each group is chosen for itself; the total is chosen anew over all figures, by the
//! same rule. Groups and `shared` make the total whenever no figure of one group overlaps one of another and
//! no group is of proposals or credit beside money: always so when grouping by partner alone. Where it is not so, the
//! total says it. A figure of several years is not spread over them: grouped by year, it stands under its
//! period (`2017-2023`; `2017-` without an end; `CY2016` for years of the calendar). `spread=even` divides it
//! over its years as an estimate, which is marked.
//!
//! Grouped by partner, the total's notes say where the groups of different partners are not alike: in what they
//! count (programs, or channel and measure), in the years that they cover, or in their stages. Such groups may
//! stand side by side, but their sums do not compare.
//!
//! People are another matter: numbers of different dates are never added. See [`people`].

mod answer;
mod choice;
mod comparison;
mod containment;
mod decide;
mod figure;
mod grouping;
mod overlap;
pub mod people;
mod question;
#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test that fails says where")]
mod tests;
mod time;
mod total;

pub use answer::{Excluded, Group, Reason, Totals};
pub use containment::Containment;
pub use figure::{Figure, Lane, Stage, StageKind, Standing};
pub use grouping::add;
pub use people::{Counted, HeadGroup, HeadTotals, PeopleQuestion, Posting, Role, count};
pub use question::{GroupBy, PeopleBy, Prefer, Question, Spread, Window};
pub use time::Run;
pub use total::SumAmount;
