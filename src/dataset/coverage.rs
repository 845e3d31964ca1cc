//! How deep the data is: what was found for a partner, and for which years, so that nothing that is absent is
//! read as zero.

use std::collections::BTreeMap;

use serde::Serialize;
use utoipa::ToSchema;

use super::depth::{CalendarYears, CollectionCoverage, FiscalYears};
use super::tables::{Dataset, TableVisitor};
use crate::collections::{AssistanceFunding, Partner, PartnerDepth};
use crate::model::{
    Basis, Collection, FieldValue, Iso3, PartialDate, RecordId, Scope, Text, Years, fields,
    vocabulary, year_field,
};
use crate::query::Table;

vocabulary! {
    /// What was found for a program in a fiscal year. None of the three says that an amount was zero.
    #[es = "Qué se encontró para un programa en un año fiscal. Ninguno de los tres dice que el monto fuera cero."]
    pub enum Found (en "what was found", es "lo que se encontró") {
        /// A figure for that single fiscal year, of whatever stage.
        #[es = "Una cifra de ese solo año fiscal, en cualquier etapa."]
        Present = "present" (en "present", es "presente"),
        /// No figure for the year alone: only figures of several years, or of a year of the calendar, touch it.
        #[es = "Ninguna cifra de ese solo año: únicamente lo tocan cifras de varios años o de un año calendario."]
        InsideLongerPeriod = "inside_longer_period" (en "inside a longer period", es "dentro de un período más largo"),
        /// No source that we read gives a figure. Not a zero.
        #[es = "Ninguna fuente que leímos da una cifra. No es un cero."]
        NotFound = "not_found" (en "not found", es "no se encontró"),
    }
}

/// How many years of a row were found.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct FoundCounts {
    /// Years with a figure of their own.
    pub present: u32,
    /// Years that only longer periods touch.
    pub inside_longer_period: u32,
    /// Years without any figure.
    pub not_found: u32,
}

impl FoundCounts {
    fn count(&mut self, found: Found) {
        match found {
            Found::Present => self.present += 1,
            Found::InsideLongerPeriod => self.inside_longer_period += 1,
            Found::NotFound => self.not_found += 1,
        }
    }

    /// The two counts together.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self {
            present: self.present + other.present,
            inside_longer_period: self.inside_longer_period + other.inside_longer_period,
            not_found: self.not_found + other.not_found,
        }
    }
}

/// One cell of the matrix.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct YearFound {
    /// The fiscal year.
    pub fiscal_year: i16,
    /// What was found for it.
    pub found: Found,
    /// How many figures touch it, joint figures of several partners and replaced editions among them.
    pub figures: u32,
}

/// One row of the matrix: a program in every fiscal year of its partner.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ProgramCoverage {
    /// The program's code in `assistance-programs`.
    pub program: RecordId,
    /// How many figures there are.
    pub figures: u32,
    /// How many of them cover the partner together with others, and are split by no source.
    pub joint: u32,
    /// How many of them state no years, and touch no cell.
    pub undated: u32,
    /// The first and the last fiscal year that a figure touches. Null when none does.
    pub fiscal_years: Option<FiscalYears>,
    /// The runs of years between these that no figure touches: known gaps.
    pub gaps: Vec<FiscalYears>,
    /// How many years were found.
    pub counts: FoundCounts,
    /// The years, first to last.
    pub years: Vec<YearFound>,
}

/// How deep the data of one partner is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct PartnerCoverage {
    /// The partner, by ISO 3166-1 alpha-3 code.
    pub partner: Iso3,
    /// Its name.
    pub name: Text,
    /// What each collection holds of it.
    pub collections: Vec<CollectionCoverage>,
    /// The columns of the matrix: every fiscal year from the first to the last that any figure of assistance of
    /// the partner touches. Null when no figure states years.
    pub fiscal_years: Option<FiscalYears>,
    /// How many cells of the matrix were found.
    pub counts: FoundCounts,
    /// The rows of the matrix, by program.
    pub programs: Vec<ProgramCoverage>,
}

/// A figure's years, as far as they can be known.
#[derive(Debug, Clone, Copy)]
struct Touched {
    years: Years,
    /// Whether it is a figure of that one year.
    single: bool,
}

impl Dataset {
    /// What each collection holds of a partner.
    pub fn depth(&self, partner: &Iso3) -> &[CollectionCoverage] {
        let measured = self.lazy.depth.get_or_init(|| {
            let codes = self.partner_codes();
            let mut depth = DepthVisitor(codes.map(|code| (code.to_owned(), Vec::new())).collect());
            self.visit(&mut depth);
            depth.0
        });
        measured.get(partner.as_str()).map(Vec::as_slice).unwrap_or_default()
    }

    /// How deep the data of a partner is. With `programs`, the matrix has exactly these rows, else one for each
    /// program with a figure.
    pub fn coverage(&self, partner: &Partner, programs: &[String]) -> PartnerCoverage {
        let mut rows: BTreeMap<&str, Vec<(&AssistanceFunding, Option<Touched>)>> =
            programs.iter().map(|program| (program.as_str(), Vec::new())).collect();
        let mut all: Vec<Years> = Vec::new();
        for figure in self.assistance_of(&partner.id) {
            let touched = self.touched(figure);
            all.extend(touched.map(|touched| touched.years));
            let program = figure.program.as_str();
            if programs.is_empty() {
                rows.entry(program).or_default().push((figure, touched));
            } else if let Some(row) = rows.get_mut(program) {
                row.push((figure, touched));
            }
        }
        let columns = around(&ended(&all, last(&all)));
        let codes = rows.into_iter().filter_map(|(code, figures)| {
            let program = self.assistance_programs.get(code)?;
            Some(row(&program.id, &figures, columns))
        });
        let programs: Vec<ProgramCoverage> = codes.collect();
        PartnerCoverage {
            partner: partner.id.clone(),
            name: partner.name.clone(),
            collections: self.depth(&partner.id).to_vec(),
            fiscal_years: columns,
            counts: programs.iter().fold(FoundCounts::default(), |sum, row| sum.plus(row.counts)),
            programs,
        }
    }

    /// The first and the last fiscal year that a figure of assistance of a partner touches; none where none states years.
    pub fn assistance_years(&self, partner: &Iso3) -> Option<FiscalYears> {
        let touched = self.assistance_of(partner).filter_map(|figure| self.touched(figure));
        let all: Vec<Years> = touched.map(|touched| touched.years).collect();
        around(&ended(&all, last(&all)))
    }

    /// Whether a record is of the facts: any but that of a partner of which only yearly series are on record.
    pub fn is_of_facts(&self, collection: &str, id: &str) -> bool {
        let partner = (collection == Partner::NAME).then(|| self.partners.get(id)).flatten();
        partner.is_none_or(|partner| partner.depth == PartnerDepth::Facts)
    }

    /// Whether a partner has a figure, alone or with others, under one of these programs.
    pub fn has_assistance(&self, partner: &Iso3, programs: &[String]) -> bool {
        let of = |figure: &AssistanceFunding| {
            programs.iter().any(|program| program == figure.program.as_str())
        };
        self.assistance_of(partner).any(of)
    }

    /// The figures of assistance that cover a partner, alone or with others; those of a whole region do not.
    pub(super) fn assistance_of(&self, partner: &Iso3) -> impl Iterator<Item = &AssistanceFunding> {
        let by_partner = self.lazy.assistance.get_or_init(|| {
            let mut by_partner: BTreeMap<Iso3, Vec<u32>> = BTreeMap::new();
            let figures = (0..).zip(self.assistance_funding.records());
            for (row, figure) in figures.filter(|(_, figure)| figure.scope != Scope::Region) {
                for partner in &figure.partner {
                    let rows = by_partner.entry(partner.clone()).or_default();
                    if rows.last() != Some(&row) {
                        rows.push(row);
                    }
                }
            }
            by_partner
        });
        let rows = by_partner.get(partner).into_iter().flatten();
        rows.map(|row| self.assistance_funding.record(*row))
    }

    /// The last fiscal year that a figure is known to reach: the one that is stated, else that of its date, else
    /// that in which its best source was published. None where nothing says.
    pub(super) fn last_year(
        years: Years,
        as_of: Option<PartialDate>,
        published: impl FnOnce() -> Option<PartialDate>,
    ) -> Option<i16> {
        let known = || as_of.or_else(published).map(|date| date.fiscal_years().from);
        years.to.or_else(known).map(|last| last.max(years.from))
    }

    fn touched(&self, figure: &AssistanceFunding) -> Option<Touched> {
        let years = figure.fiscal_years()?;
        let published = || self.source_rank(&figure.citations).0.published;
        let to = Self::last_year(years, figure.as_of, published);
        let single = years.to == Some(years.from);
        Some(Touched { years: Years { from: years.from, to }, single })
    }
}

fn row(
    program: &RecordId,
    figures: &[(&AssistanceFunding, Option<Touched>)],
    columns: Option<FiscalYears>,
) -> ProgramCoverage {
    let touched: Vec<Touched> = figures.iter().filter_map(|(_, touched)| *touched).collect();
    let all: Vec<Years> = touched.iter().map(|touched| touched.years).collect();
    // Where nothing says how far a period reaches, it may touch every year that follows.
    let all = ended(&all, columns.map(|columns| columns.to));
    let empty = |fiscal_year| YearFound { fiscal_year, found: Found::NotFound, figures: 0 };
    let columns = columns.into_iter().flat_map(|columns| columns.from..=columns.to);
    let mut years: Vec<YearFound> = columns.map(empty).collect();
    for (span, touched) in all.iter().zip(&touched) {
        let first = years.partition_point(|year| year.fiscal_year < span.from);
        for year in years[first..].iter_mut().take_while(|year| year.fiscal_year <= span.to) {
            year.figures += 1;
            if touched.single {
                year.found = Found::Present;
            } else if year.found == Found::NotFound {
                year.found = Found::InsideLongerPeriod;
            }
        }
    }
    let mut counts = FoundCounts::default();
    for year in &years {
        counts.count(year.found);
    }
    let joint = figures.iter().filter(|(figure, _)| figure.partner.len() > 1).count();
    ProgramCoverage {
        program: program.clone(),
        figures: whole(figures.len()),
        joint: whole(joint),
        undated: whole(figures.len() - touched.len()),
        fiscal_years: around(&all),
        gaps: gaps(&all),
        counts,
        years,
    }
}

fn whole(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// The last year that is stated, or that a period begins with.
fn last(all: &[Years]) -> Option<i16> {
    all.iter().map(|years| years.to.unwrap_or(years.from)).max()
}

/// Runs of years with an end: those without one go on to `last`.
fn ended(all: &[Years], last: Option<i16>) -> Vec<FiscalYears> {
    let end = |years: &Years| FiscalYears {
        from: years.from,
        to: years.to.or(last).unwrap_or(years.from).max(years.from),
    };
    all.iter().map(end).collect()
}

/// From the first of some years to the last.
fn around(all: &[FiscalYears]) -> Option<FiscalYears> {
    let from = all.iter().map(|years| years.from).min()?;
    let to = all.iter().map(|years| years.to).max()?;
    Some(FiscalYears { from, to })
}

/// The runs of years between the first and the last that none touches.
fn gaps(all: &[FiscalYears]) -> Vec<FiscalYears> {
    let mut runs = all.to_vec();
    runs.sort_unstable_by_key(|run| run.from);
    let mut gaps = Vec::new();
    let mut touched = runs.first().map_or(i16::MAX, |first| first.to);
    for run in runs {
        if run.from > touched.saturating_add(1) {
            gaps.push(FiscalYears { from: touched + 1, to: run.from - 1 });
        }
        touched = touched.max(run.to);
    }
    gaps
}

/// What each collection holds, by partner.
struct DepthVisitor(BTreeMap<String, Vec<CollectionCoverage>>);

impl TableVisitor for DepthVisitor {
    fn visit<C: Collection>(&mut self, table: &Table<C>) {
        let Some(partner) = fields::<C>().find(|field| field.refers_to() == Some("partners"))
        else {
            return;
        };
        let (years, basis) = year_field::<C>().unzip();
        let mut found: BTreeMap<String, (u32, Vec<Years>)> = BTreeMap::new();
        for record in table.records() {
            let touched = years.and_then(|field| match field.value(record) {
                FieldValue::Years(years) => Some(years),
                FieldValue::Whole(year) => {
                    let year = i16::try_from(year).ok()?;
                    Some(Years { from: year, to: Some(year) })
                }
                _ => None,
            });
            for code in partner.value(record).scalars() {
                let (count, all) = found.entry(code.to_string()).or_default();
                *count += 1;
                all.extend(touched);
            }
        }
        for (code, collections) in &mut self.0 {
            let (count, all) = found.remove(code).unwrap_or_default();
            let all = ended(&all, last(&all));
            collections.push(CollectionCoverage {
                collection: C::NAME.to_owned(),
                count,
                fiscal_years: around(&all).filter(|_| basis == Some(Basis::FiscalYear)),
                calendar_years: around(&all)
                    .filter(|_| basis == Some(Basis::CalendarYear))
                    .map(|FiscalYears { from, to }| CalendarYears { from, to }),
                gaps: gaps(&all),
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(from: i16, to: i16) -> FiscalYears {
        FiscalYears { from, to }
    }

    #[test]
    fn gaps_are_the_runs_between_the_first_and_the_last_year() {
        let all = [run(2010, 2010), run(2004, 2005), run(2008, 2010), run(2013, 2013)];
        assert_eq!(gaps(&all), [run(2006, 2007), run(2011, 2012)]);
        assert!(gaps(&[]).is_empty());
        assert!(gaps(&[run(2001, 2003), run(2004, 2004)]).is_empty());
    }

    #[test]
    fn every_cell_of_every_matrix_is_counted_once() {
        let data = Dataset::embedded().expect("the embedded dataset loads");
        for partner in data.partners.records() {
            let coverage = data.coverage(partner, &[]);
            let columns = coverage
                .fiscal_years
                .map_or(0, |years| usize::from(years.to.abs_diff(years.from)) + 1);
            let FoundCounts { present, inside_longer_period, not_found } = coverage.counts;
            let values = present + inside_longer_period + not_found;
            assert_eq!(values as usize, columns * coverage.programs.len(), "{}", coverage.partner);
            for row in &coverage.programs {
                let edges = row.fiscal_years.map(|years| (years.from, years.to));
                let found = row.years.iter().filter(|year| year.found != Found::NotFound);
                let found: Vec<i16> = found.map(|year| year.fiscal_year).collect();
                assert_eq!(edges, found.first().copied().zip(found.last().copied()));
            }
        }
    }
}
