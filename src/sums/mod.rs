//! How sums are made, and what they may be used for.
//!
//! A sum adds published figures. It counts no dollar twice, and it says what it may leave out. Read this page before you
//! print one. The examples are answers of the service; the figures in them are records that you can look up.
//!
//! # What a sum tells you
//!
//! - `amount` is what the figures in the sum add up to, with `min_usd`, `max_usd` and a `qualifier`.
//! - `completeness` says whether that is all there was: `whole`, `partial` or `unknown`.
//! - `included` and `excluded` name every figure, with the reason for each that is left out.
//! - `larger_figures` names published figures of the same money that are larger than the sum.
//!
//! **Only a whole sum is a total.** It has an upper bound, and its qualifier is that of its figures. Every other sum has
//! the qualifier `on_record` and no upper bound: print it as "at least `min_usd` on record", never as "a total of".
//!
//! Example. `program=DRAWDOWN-506` for Ukraine adds up to $31.563 billion, in 54 figures. That is no total of aid given: 52 of
//! them are ceilings ("up to"), for eight months no memorandum was found, and one figure keeps an authority alive from which
//! later packages may come. So the answer says `partial` and `on_record`, has no upper bound, and no lower one either: of
//! one figure, "approximately" a sum without a unit, nothing tells how far it is rounded. For Israel $3.4 billion are on
//! record, and `larger_figures` names the memorandum of $38 billion.
//!
//! # The years
//!
//! The *window* is the years asked for. A side that you leave open ends with the first year, or with the newest, of the
//! figures that match the question. Figures that were replaced, that recur yearly, that are proposals or have another
//! objective do not stretch it. A group by year has its own years. `fiscal_year_from` and `fiscal_year_to` show the window.
//!
//! A US fiscal year N runs from 1 October N-1 to 30 September N. A calendar year lies in two fiscal years. Figures of both
//! kinds overlap where their days do.
//!
//! A period without an end ("since FY 2017") reaches as far as its source knew: `known_through`. Where nothing tells, it
//! covers its first year for certain and may cover every later one.
//!
//! # When a sum is whole
//!
//! A year is *covered* by a figure in the sum that is of money given or enacted, for the program that was asked, and for all
//! of it. An estimate covers no year. Nor does a figure of one `component`, or one that has a date and no period: an
//! announcement is no year's total. Of several programs each must be covered. With `program_within=` a figure of the
//! program named, or of one around it, covers those inside.
//!
//! A sum is `whole` when
//!
//! 1. every year of its window is covered,
//! 2. no set of figures in it is known to be a sample (`extents` of the dataset),
//! 3. no figure of the same money that was left out has a minimum above the sum's upper bound,
//! 4. and a program is named, by `program=`, `program_within=` or `group_by=program`. Without one nobody can say what
//!    the whole would be.
//!
//! It is `unknown` when a side of the window cannot be told: a figure in it has no date, or no end and nothing that tells
//! how far it reaches. It is `partial` in every other case. `completeness_reasons` says which:
//!
//! | reason | what it says |
//! |---|---|
//! | `no_program_named` | the question names no program |
//! | `years_missing` | `years_missing` are not covered |
//! | `sample` | a set in the sum is known to be a sample |
//! | `larger_figure` | a figure that was left out is larger than the sum allows |
//! | `without_amount` | a partner or program that was asked for, or that has figures, has no amount in the sum |
//! | `filtered` | the question also filters by something else, such as the amount or the confidence |
//! | `not_a_total` | arms sales of a measure that never is a total, such as notices |
//! | `undated` | nothing tells the years, or the date, of a figure in the sum |
//! | `no_partner_named` | of training: the question names no partner, and the report leaves countries out |
//! | `not_printed` | of training: a total in the sum prints no cost, or no number of students |
//! | `other_dates` | numbers of people of other dates are left out |
//!
//! Example. `program=FMF` for Colombia in FY 2008 is whole: $52.57 million were provided. That $55.05 million had been
//! appropriated is no reason against it. It is the same money at an earlier stage. Over all years FMF is `partial`: for
//! FY 2011 to 2016 only requests are on record, and for FY 2010 an estimate.
//!
//! A figure that was left out is *of the same money* if, for the same partner, it shares a year of a program with the sum,
//! or lies in a year that is not covered. It is not, if it lies outside the years asked; was replaced by a newer edition;
//! recurs each year; speaks for a region, or for several partners together; is a proposal, credit or of another objective;
//! or if more final figures in the sum stand in all its years. Totals over several stages (`mixed`) always count.
//!
//! # What money is for
//!
//! A figure has an `objective`: its own, else its program's. A sum counts `security` and leaves the others out as
//! `other_objective`, unless you ask for more: with `objective=`, by naming a program (`program=`, `program_within=`), or with
//! `group_by=objective`. With `group_by=program` each group holds whatever its program is for, and only the total keeps to
//! security. `objectives` lists what a sum holds. `scope_changes` is true when its figures do not count the same programs in
//! each year: such a sum makes no curve. The releases 1.0.0 and 1.1.0 do not say what money is for: their sums hold every
//! objective, and a note says so.
//!
//! Example. For Colombia the records of all U.S. aid ("over $10 billion" in FY 2000-2016, economic aid included) are not in
//! the sum. The record of all military and police aid in these years ($7.06 billion) is.
//!
//! # What is never added
//!
//! - Requests and bills, unless you ask for such a stage (`stage=request`, or `group_by=stage`), and then never to money.
//! - A total over several stages (`mixed`) to anything else.
//! - Figures that recur each year (`per_year`), or were replaced (`superseded`), or speak for a region.
//! - Figures that reach out of the years asked for: no source splits them.
//! - Loans and guarantees to grants, or to credit of another program.
//! - The limits of waivers to anything: they are no money. What is given under a waiver stands under other programs.
//! - Arms sales of different channels or measures: a stock, licenses and goods make no sum.
//! - Figures of several partners together to figures of one of them.
//!
//! # What is chosen when figures overlap
//!
//! Two figures overlap when they share a partner, a program and a day. A program holds itself and every program inside it. A
//! figure that is recorded as `part_of` another overlaps it always.
//!
//! A *notice* to Congress of a possible sale is one case: two notices are different sales, be they of one day, unless a record
//! says that one repeats or replaces the other.
//!
//! A drawdown ordered, or aid announced, is one *act*, if its date is known to the day or the month and no source prints its
//! fiscal year. An act is of its day alone: two of different days are different money, though they fall in one year. A
//! figure of the year holds the acts of the year.
//!
//! Of two that overlap one is taken; the other is left out. In this order:
//!
//! 1. A partner's own figures come before those of several partners together.
//! 2. Money given comes before money enacted, that before estimates and plans. What was spent says more than what was
//!    meant.
//! 3. For one program and one period: the most final stage, then the most official source, then the newest.
//! 4. `prefer=broad`, the default: a figure inside another one waits. In each program those figures stand that do not overlap
//!    and together cover most days. Then, over all programs, the one that covers most program-years is taken first. Those
//!    that waited fill what is left.
//! 5. `prefer=detail`: nothing waits. In each program stand the most figures that do not overlap; then the one that covers
//!    least is taken first.
//!
//! What still ties is taken in the order of ids: same figures, same answer. With `prefer=broad` a part of what is included
//! never changes a sum.
//!
//! # A year's own figure, and spreading
//!
//! Grouped by fiscal year, a figure of one year is that year's amount. A figure of several years stands in a row of its own
//! (`2017-2023`; `2017-` without an end; `CY2016` for years of the calendar). It is not divided, unless you ask.
//!
//! `spread=even` divides what is left of it over the years that have no figure of their own. This is an estimate: no source
//! says it, and `estimate` is true. A year has its own when a figure of that year alone, of money given or enacted, shares
//! programs with the longer one. From the longer amount are taken, year by year, the figures of that year that lie inside it;
//! where only a wider one stands, an even share. Estimates of the other years are left out. If less than nothing is left,
//! nothing is spread, and the figure is left out as `nothing_left`. The total is the sum of the rows.
//!
//! Example: `partner=COL&group_by=fiscal_year&spread=even`. One record counts all military and police aid of FY 2000-2016:
//! $7,060,000,000. These years have figures of their own:
//!
//! | year | dollars | which figures |
//! |---|---:|---|
//! | 2000 | 743,050,000 | INCLE 666.25, Section 1004 68.7, Section 1033 7.2, IMET 0.9 and FMF 0 million |
//! | 2001 | 236,200,000 | Section 1004 188.3, INCLE 42.4, FMF 4.5, IMET 1.0 |
//! | 2002 | 396,500,000 | ACI 253.0, Section 1004 117.3, NADR-ATA 25.0, IMET 1.2, FMF 0 |
//! | 2003 | 620,800,000 | ACI 433.5, Section 1004 164.8, FMF 17.1, NADR-ATA 3.3, IMET 1.2, CTFP 0.9 |
//! | 2004 | 555,100,000 | all military and police aid |
//! | 2005 | 597,400,000 | ACI 336.1, Section 1004 155.3, FMF 99.2, NADR-ATA 5.1, IMET 1.7 |
//! | 2006 | 581,832,053 | all military and police aid |
//! | 2007 | 602,625,053 | all military and police aid |
//! | 2008 | 395,205,402 | all military and police aid |
//! | 2009 | 400,453,053 | all military and police aid |
//! | 2010 | 423,454,053 | INCLE 200.0 as enacted ("almost"), and estimates of eleven other rows for which nothing better is on record |
//!
//! Together 5,552,619,614. Left are 7,060,000,000 - 5,552,619,614 = 1,507,380,386. Six years have no figure of their own:
//! FY 2011 to 2016. For 2011 and 2016 there are estimates, which are left out. Each of the six gets a sixth: 251,230,064, and
//! two of them a dollar more, so that the rows add up. For FMF, $278 million in FY 2017-2023: FY 2018 and 2023 keep their own
//! $38.5 million, and the five other years get (278 - 77) / 5 = 40.2 million each.
//!
//! # Partners
//!
//! Whoever is asked for is answered. A partner or a program without an amount has its row, with the `reason`:
//!
//! | reason | what it says |
//! |---|---|
//! | `not_covered` | the dataset has no such partner. That says nothing about the world |
//! | `not_found` | no figure matches the question |
//! | `only_proposals` | there are requests or bills only |
//! | `other_objective` | there are only figures for another objective than security |
//! | `none_counted` | there are figures, and none can be added: see `excluded` |
//!
//! Partners are added up only where they compare: all that have an amount cover the same programs and the same years. Else the
//! amount is null, with the reason `not_comparable`. One without an amount makes the sum `partial`. A figure for several
//! partners together is never split. It stands once, in `shared`.
//!
//! # Arms sales, and people
//!
//! Arms sales are grouped by channel and measure whatever you ask. Deliveries, agreements and authorized exports count as
//! given. A stock (`active_cases`) is whole at its date: of several dates the newest stands, and the stocks of several
//! partners are added only if all are of one date (else `different_dates`). Every other measure, such as a notice to
//! Congress, is a ceiling or an intention, and never whole.
//!
//! Numbers of people are counted at one date, the newest: see `people` below. Partners whose number is of another date, or
//! missing, are listed in `without_amount`, and the sum is `partial`.
//!
//! # Lists that are safe to add up: `counting` and `counted_usd`
//!
//! Each row of `/v1/assistance-funding` and `/v1/arms-sales`, in every format, says what the sum of the same question does
//! with its figure: `counting` is `counted`, or the reason why it is left out, the code that `excluded` has; `counted_usd` is
//! what it adds, and empty where it adds nothing. Rows of `/v1/deployments` have `counting` and `counted_personnel`.
//!
//! **Add up this column and no other.** For all filters, `program_within=` and `prefer=`: the `counted_usd` of
//! `/v1/assistance-funding.csv?Q` makes the total of `/v1/assistance-funding/totals?Q`. Whether that is all there was, the
//! total says, not the column.
//!
//! Example. `/v1/assistance-funding.csv?partner=COL&program=NADR-CWD&fiscal_year_min=2017` has three rows. The $147 million
//! since FY 2017 is `counted`. The $21 million of FY 2023 is `inside_another`, the figure since FY 2006 `outside_years`. Both
//! have an empty `counted_usd`: the column makes 147 million, the column of amounts would not.
//!
//! `counted_by=partner,program` decides each group for itself, as `group_by` does for totals: then the rows of a group make
//! that group's amount. A figure for several partners together is a group of its own. Groups may hold the same money: add
//! within a group, never over groups.
//!
//! Where the total has no amount, no row has a `counted_usd`, and `counting` says why. Both are empty where the question has
//! `q` or `limit`, and in files where it has `offset`: a part of an answer is no sum. JSON is answered in pages of fifty. They
//! are decided over all that match, not over the page: the pages together make the total.
//!
//! With `format=csv&rows=figures` of totals each figure says the same in `counting`. There `adds_usd` is what it adds to its
//! group.
//!
//! # Tables
//!
//! `format=csv` (`rows=groups`) has one row for each group and no row for the total. `adds_usd` is what a row adds to the
//! total: the column makes the total, and a figure that stands in two rows adds in one of them. It is empty where the total
//! has no amount. `rows=figures` has one row for each figure with its program, period, stage and source, so that you can add
//! every sum up again.

mod answer;
mod assessment;
mod comparison;
mod containment;
mod counting;
mod decision;
mod figure;
mod figure_set;
mod figure_time;
mod grouping;
pub mod headcount;
mod notes;
mod partition;
mod question;
mod spread;
mod sum_amount;
mod tally;
#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test that fails says where")]
mod tests;
pub mod training;

pub use answer::{
    Excluded, Group, GroupFigures, Key, LargerFigure, RecordCount, Totals, WithoutAmount,
};
pub use containment::Containment;
pub use counting::{Completeness, CompletenessReason, Counting, NoAmountReason};
pub use figure::{Figure, FigureFact, Finality, Lane, SaleKind, SourceRank, StageKind};
pub use figure_set::FigureSet;
pub use figure_time::YearRun;
pub use grouping::{add, count_records, group_figures, group_figures_and_total};
pub use headcount::{
    Headcount, HeadcountGroup, HeadcountQuestion, HeadcountRole, HeadcountSum, HeadcountTotals,
    count_headcount_records, count_people,
};
pub use question::{GroupBy, PeopleBy, Prefer, Spread, TotalsQuestion, YearsAsked};
pub use sum_amount::{SumAmount, SumQualifier};
pub use training::{
    TrainingCost, TrainingGroup, TrainingPart, TrainingSums, TrainingTotal, training_costs,
};
