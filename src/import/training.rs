//! The file of the program totals that the annual report to Congress on training prints.
//!
//! One row is one printed total: a country, a program, a fiscal year and an edition. Rows that share all four are all
//! refused: the report prints two, and nothing says which of them is right.

use std::collections::BTreeMap;

use super::countries::{Countries, Meaning};
use super::error::{ImportError, LineFaults};
use super::json_lines::JsonLine;
use super::needs::{Needs, citation, partner_line};
use super::official_file::{FileColumn, FileRow, Place, dollars, names, read_rows, year};
use super::package_dir::{NewPackage, PackageDir};
use super::programs::{program, program_with_id};
use super::report::{Account, Refusal, Report};
use super::request::ImportRequest;
use super::training_record::{PrintedTotal, SOURCES};
use crate::collections::Training;
use crate::model::Collection;

const COLUMNS: [FileColumn; 14] = [
    FileColumn::required("iso3"),
    FileColumn::required("country_as_printed"),
    FileColumn::required("fiscal_year"),
    FileColumn::required("edition"),
    FileColumn::required("region"),
    FileColumn::required("program_as_printed"),
    FileColumn::required("program"),
    FileColumn::required("students_printed"),
    FileColumn::required("cost_usd_printed"),
    FileColumn::required("agrees"),
    FileColumn::required("page_first"),
    FileColumn::required("page_last"),
    FileColumn::required("source_url"),
    FileColumn::optional("remark"),
];
const CODE: usize = 0;
const COUNTRY: usize = 1;
const YEAR: usize = 2;
const EDITION: usize = 3;
const SECTION: usize = 4;
const HEADING: usize = 5;
const PROGRAM: usize = 6;
const STUDENTS: usize = 7;
const COST: usize = 8;
const AGREES: usize = 9;
const FIRST_PAGE: usize = 10;
const LAST_PAGE: usize = 11;
const URL: usize = 12;
const REMARK: usize = 13;

struct Rows<'r> {
    request: &'r ImportRequest,
    files: Vec<String>,
    countries: Countries,
    account: Account,
    /// By id.
    found: BTreeMap<String, Vec<(PrintedTotal, Place)>>,
}

pub(super) fn import(request: &ImportRequest) -> Result<Report, ImportError> {
    let folder = PackageDir::open(&request.out)?;
    let mut rows = Rows {
        request,
        files: names(&request.files),
        countries: Countries::default(),
        account: Account::default(),
        found: BTreeMap::new(),
    };
    let mut faults = LineFaults::default();
    let files = read_rows(&request.files, &COLUMNS, &mut faults, |row, faults| {
        rows.take(row, faults);
    })?;
    faults.finish()?;
    let (totals, account) = rows.finish();
    let unmapped = account.has_unmapped() && !request.skip_unmapped;
    let mut report = account.finish(false, totals.len());
    if unmapped {
        return Ok(report);
    }
    let later = later_editions(&totals);
    let mut needs = Needs::default();
    let mut programs: BTreeMap<&str, (&str, String)> = BTreeMap::new();
    for total in totals.values() {
        let source = total.source_id();
        if needs.sources.iter().all(|line| line.id != source) {
            needs.sources.extend(total.source_line(&files, request.retrieved));
        }
        if needs.partners.last().is_none_or(|line| line.id != total.partner) {
            let cited = citation(&source, &total.locator());
            needs.partners.extend(cited.and_then(|cited| partner_line(total.partner, cited)));
        }
        // The newest edition that prints a program describes it best.
        let newest = (total.edition.as_str(), source);
        let mut next = Some(total.program);
        while let Some(one) = next {
            let known = programs.entry(one.id).or_insert_with(|| newest.clone());
            if *known < newest {
                known.clone_from(&newest);
            }
            next = program_with_id(one.part_of);
        }
    }
    for (id, (_, source)) in &programs {
        let cited = citation(source, "Section IV, headings of programs");
        let record = cited.and_then(|cited| program_with_id(id)?.record(cited));
        needs.programs.extend(record.map(|record| JsonLine::of(id, &record)));
    }
    let newest = totals.values().map(|total| total.fiscal_year).max();
    let lines = totals.iter().filter_map(|(id, total)| {
        let record = total.record(later.get(id).map(String::as_str))?;
        Some(JsonLine::of(id, &record))
    });
    let new = NewPackage {
        title: "Training by the United States, by country and program",
        description: "The program totals of the annual report to Congress on foreign military training, as imported from a file of them.",
        released: request.released(newest),
    };
    let replaces = |line: &str| is_replaced(line, request);
    let written = folder.write(Training::NAME, lines, replaces, needs, &new)?;
    report.take(written);
    Ok(report)
}

/// The id of the same program, country and year in the latest later edition, by the id of the earlier.
fn later_editions(totals: &BTreeMap<String, PrintedTotal>) -> BTreeMap<String, String> {
    let mut latest: BTreeMap<(&str, &str, i16), (&str, &String)> = BTreeMap::new();
    let key = |total: &PrintedTotal| (total.partner, total.program.id, total.fiscal_year);
    for (id, total) in totals {
        let edition = (total.edition.as_str(), id);
        let known = latest.entry(key(total)).or_insert(edition);
        *known = edition.max(*known);
    }
    let later = |(id, total): (&String, &PrintedTotal)| {
        let (_, last) = latest.get(&key(total))?;
        (*last != id).then(|| (id.clone(), (*last).clone()))
    };
    totals.iter().filter_map(later).collect()
}

/// Whether a text names an edition: two years in a row, such as `2003-2004`.
fn is_edition(text: &str) -> bool {
    text.split_once('-')
        .and_then(|(first, second)| Some((year(first)?, year(second)?)))
        .is_some_and(|(first, second)| second == first + 1)
}

impl Rows<'_> {
    fn take(&mut self, row: &FileRow<'_>, faults: &mut LineFaults) {
        let mut refuse = |expected: String| faults.add(row.file, row.line, expected);
        let (printed, edition) = (row.value(YEAR), row.value(EDITION));
        let Some(fiscal_year) = year(printed) else {
            return refuse(format!("expected a fiscal year of four digits, found `{printed}`"));
        };
        if !is_edition(edition) {
            return refuse(format!("expected an edition such as 2003-2004, found `{edition}`"));
        }
        let (students, cost) = (row.value(STUDENTS), row.value(COST));
        let (Some(people), Some(usd)) = (
            if students.is_empty() { Some(None) } else { students.parse::<u32>().ok().map(Some) },
            if cost.is_empty() { Some(None) } else { dollars(cost).map(Some) },
        ) else {
            return refuse(format!(
                "expected a number of students and whole US dollars, found `{students}` and `{cost}`"
            ));
        };
        let rows_agree = match row.value(AGREES) {
            "yes" => true,
            "students_differ" | "cost_differ" | "both_differ" => false,
            other => {
                return refuse(format!(
                    "expected `yes` or what differs in `agrees`, found `{other}`"
                ));
            }
        };
        let value = i128::from(usd.unwrap_or_default());
        self.account.read(value);
        let place = Place::of(row);
        let (code, name) = (row.value(CODE), row.value(COUNTRY));
        let means = self.countries.find(code, name);
        if !self.request.wants_meaning(means) || !self.request.wants_year(fiscal_year) {
            return self.account.pass_over(value);
        }
        let files = &self.files;
        let mut leave = |why: Refusal, what: String| {
            self.account.refuse(why, what, (1, value), [place.shown(files)]);
        };
        let partner = match means {
            Some(Meaning::Partner(partner)) => partner,
            Some(Meaning::Refused(why)) => return leave(why, name.to_owned()),
            None => return leave(Refusal::UnmappedCountry, format!("{code} {name}")),
        };
        let Some(program) = program(row.value(PROGRAM)) else {
            return leave(Refusal::UnmappedProgram, row.value(PROGRAM).to_owned());
        };
        let owned = |column: usize| row.value(column).to_owned();
        let total = PrintedTotal {
            partner,
            program,
            fiscal_year,
            edition: edition.to_owned(),
            students: people,
            usd,
            rows_agree,
            country: name.to_owned(),
            heading: owned(HEADING),
            section: owned(SECTION),
            pages: (owned(FIRST_PAGE), owned(LAST_PAGE)),
            url: owned(URL),
            remark: owned(REMARK),
        };
        if people.is_none() && usd.is_none() {
            return leave(Refusal::Doubtful, "A total without any number.".to_owned());
        }
        if usd.is_some_and(|usd| usd < 0) {
            return leave(Refusal::Negative, total.id());
        }
        if total.record(None).is_none() || total.source_line(&[], None).is_none() {
            return faults.add(row.file, row.line, "expected an address and words of one line");
        }
        self.found.entry(total.id()).or_default().push((total, place));
    }

    /// The totals by id, and the account of every row.
    fn finish(mut self) -> (BTreeMap<String, PrintedTotal>, Account) {
        let mut totals = BTreeMap::new();
        for (id, mut rows) in self.found {
            let usd = rows.iter().map(|(total, _)| i128::from(total.usd.unwrap_or_default())).sum();
            if rows.len() > 1 {
                let lines = rows.iter().map(|(_, place)| place.shown(&self.files));
                let count = u32::try_from(rows.len()).unwrap_or(u32::MAX);
                self.account.refuse(Refusal::DuplicateKey, id, (count, usd), lines);
            } else if let Some((total, _)) = rows.pop() {
                self.account.write(1, usd);
                totals.insert(id, total);
            }
        }
        (totals, self.account)
    }
}

/// Whether a record of the package is the importer's own, and asked for.
fn is_replaced(line: &str, request: &ImportRequest) -> bool {
    let Ok(record) = serde_json::from_str::<Training>(line) else { return false };
    record.citations.iter().any(|citation| citation.source.as_str().starts_with(SOURCES))
        && request.wants_partner(record.partner.as_str())
        && request.wants_year(record.fiscal_year.number())
}
