//! The file of U.S. personnel by country and year, compiled from the reports of the Defense Manpower Data Center.
//!
//! One row is a country and year. Numbers that a table doubts are refused with the reason; so are both rows of a country
//! that stands under two spellings in one year.

use std::collections::{BTreeMap, BTreeSet};

use super::countries::{Countries, Meaning};
use super::error::{ImportError, LineFaults};
use super::json_lines::JsonLine;
use super::mapping::doubt;
use super::needs::{Needs, SourceText, citation, partner_line};
use super::official_file::{FileColumn, FileRow, Place, names, read_rows, year};
use super::package_dir::{NewPackage, PackageDir};
use super::report::{Account, Refusal, Report};
use super::request::ImportRequest;
use crate::collections::{PersonnelCounted, SourceKind, UsPersonnel};
use crate::model::{Collection, PartialDate, Year};

const COLUMNS: [FileColumn; 6] = [
    FileColumn::required("iso3c"),
    FileColumn::required("countryname"),
    FileColumn::required("year"),
    FileColumn::required("troops_ad"),
    FileColumn::required("total_selected_reserve"),
    FileColumn::required("dod_civilian"),
];
const CODE: usize = 0;
const NAME: usize = 1;
const YEAR: usize = 2;
const ACTIVE: usize = 3;
const RESERVE: usize = 4;
const CIVILIANS: usize = 5;

/// The first year in which those who rotate through are not counted any more.
const ASSIGNED_SINCE: i16 = 2018;

/// The reports that were compiled.
const DMDC: SourceText<'_> = SourceText {
    id: "dmdc-personnel",
    title: "DoD Personnel, Workforce Reports: Military and Civilian Personnel by Service/Agency by State/Country",
    publisher: "Defense Manpower Data Center, U.S. Department of Defense",
    url: "https://dwp.dmdc.osd.mil/dwp/app/dod-data-reports/workforce-reports",
    kind: SourceKind::OfficialUs,
    note: "Read by way of a compilation by country and year, which gives no day.",
};

/// The compilation.
const COMPILATION: SourceText<'_> = SourceText {
    id: "troopdata-country-year",
    title: "troopdata: U.S. military personnel by country and year",
    publisher: "troopdata, a compilation for research",
    url: "https://github.com/meflynn/troopdata",
    kind: SourceKind::Academic,
    note: "Compiled from reports of the Defense Manpower Data Center.",
};

type Key = (&'static str, i16);

/// The numbers of a row: active duty, reserve, civilians.
type Numbers = [Option<u32>; 3];

struct Rows<'r> {
    request: &'r ImportRequest,
    files: Vec<String>,
    countries: Countries,
    account: Account,
    found: BTreeMap<Key, Vec<(Numbers, Place)>>,
}

fn people(numbers: &Numbers) -> i128 {
    numbers.iter().flatten().map(|number| i128::from(*number)).sum()
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
    let (records, account) = rows.finish(&folder.partners()?);
    let unmapped = account.has_unmapped() && !request.skip_unmapped;
    let mut report = account.finish(true, records.len());
    if unmapped {
        return Ok(report);
    }
    let mut needs = Needs::default();
    needs.sources.extend(DMDC.line(&files, request.retrieved));
    needs.sources.extend(COMPILATION.line(&files, request.retrieved));
    for (code, _) in records.keys() {
        if needs.partners.last().is_none_or(|line| line.id != *code) {
            let cited = citation(COMPILATION.id, &format!("rows of iso3c {code}"));
            needs.partners.extend(cited.and_then(|cited| partner_line(code, cited)));
        }
    }
    let newest = records.keys().map(|(_, year)| *year).max();
    let lines = records.into_iter().filter_map(|((code, year), numbers)| {
        let record = record(code, year, numbers)?;
        Some(JsonLine::of(record.id.as_str(), &record))
    });
    let new = NewPackage {
        title: "U.S. personnel by country",
        description: "The yearly series of U.S. personnel, as imported from a compilation of the reports of the Defense Manpower Data Center.",
        released: request.released(newest),
    };
    let replaces = |line: &str| is_replaced(line, request);
    let written = folder.write(UsPersonnel::NAME, lines, replaces, needs, &new)?;
    report.take(written);
    Ok(report)
}

impl Rows<'_> {
    fn take(&mut self, row: &FileRow<'_>, faults: &mut LineFaults) {
        let mut number = |column: usize| match row.value(column) {
            "" | "NA" => None,
            text => text.parse::<u32>().ok().or_else(|| {
                let expected = format!("expected a number of people, found `{text}`");
                faults.add(row.file, row.line, expected);
                None
            }),
        };
        let numbers = [number(ACTIVE), number(RESERVE), number(CIVILIANS)];
        let printed = row.value(YEAR);
        let Some(year) = year(printed) else {
            let expected = format!("expected a year of four digits, found `{printed}`");
            faults.add(row.file, row.line, expected);
            return;
        };
        let people = people(&numbers);
        self.account.read(people);
        let (code, name) = (row.value(CODE), row.value(NAME));
        let means = self.countries.find(code, name);
        if !self.request.wants_meaning(means) || !self.request.wants_year(year) {
            self.account.pass_over(people);
            return;
        }
        let place = Place::of(row);
        let mut refuse = |why: Refusal, what: String| {
            self.account.refuse(why, what, (1, people), [place.shown(&self.files)]);
        };
        match means {
            Some(Meaning::Partner(partner)) => match doubt(partner, year) {
                Some(reason) => refuse(Refusal::Doubtful, reason.to_owned()),
                None => self.found.entry((partner, year)).or_default().push((numbers, place)),
            },
            Some(Meaning::Refused(why)) => refuse(why, name.to_owned()),
            None => refuse(Refusal::UnmappedCountry, format!("{code} {name}")),
        }
    }

    /// The records, and the account of every row. `known` are the partners of the package: no other is made for zeros.
    fn finish(mut self, known: &BTreeSet<String>) -> (BTreeMap<Key, Numbers>, Account) {
        let mut single = BTreeMap::new();
        for ((code, year), rows) in self.found {
            let sum = rows.iter().map(|(numbers, _)| people(numbers)).sum();
            let mut lines = rows.iter().map(|(_, place)| place.shown(&self.files));
            match rows[..] {
                [(numbers, place)] if numbers.iter().any(Option::is_some) => {
                    single.insert((code, year), (numbers, place));
                }
                [_] => {
                    let why = "A row without any number.";
                    self.account.refuse(Refusal::Doubtful, why, (1, sum), lines.next());
                }
                _ => {
                    let count = u32::try_from(rows.len()).unwrap_or(u32::MAX);
                    self.account.refuse(Refusal::DuplicateKey, id(code, year), (count, sum), lines);
                }
            }
        }
        let there: BTreeSet<&str> = single
            .iter()
            .filter(|(_, (numbers, _))| people(numbers) > 0)
            .map(|((code, _), _)| *code)
            .collect();
        let mut records = BTreeMap::new();
        for ((code, year), (numbers, place)) in single {
            if there.contains(code) || known.contains(code) {
                self.account.write(1, people(&numbers));
                records.insert((code, year), numbers);
            } else {
                let lines = [place.shown(&self.files)];
                self.account.refuse(Refusal::OnlyZeros, code, (1, 0), lines);
            }
        }
        (records, self.account)
    }
}

fn id(code: &str, year: i16) -> String {
    format!("{}-{year}", code.to_ascii_lowercase())
}

fn record(code: &str, year: i16, numbers: Numbers) -> Option<UsPersonnel> {
    let [active_duty, reserve, civilians] = numbers;
    let counted = if year < ASSIGNED_SINCE {
        PersonnelCounted::Present
    } else {
        PersonnelCounted::PermanentlyAssigned
    };
    Some(UsPersonnel {
        id: id(code, year).parse().ok()?,
        partner: code.parse().ok()?,
        year: Year::try_from(i64::from(year)).ok()?,
        active_duty,
        reserve,
        civilians,
        counted,
        as_of: PartialDate::of_year(year),
        note: None,
        citations: Box::new([
            citation(DMDC.id, &format!("{year}, as compiled"))?,
            citation(COMPILATION.id, &format!("iso3c {code}, year {year}"))?,
        ]),
    })
}

/// Whether a record of the package is the importer's own, and asked for.
fn is_replaced(line: &str, request: &ImportRequest) -> bool {
    let Ok(record) = serde_json::from_str::<UsPersonnel>(line) else { return false };
    record.citations.iter().any(|citation| citation.source.as_str() == COMPILATION.id)
        && request.wants_partner(record.partner.as_str())
        && request.wants_year(record.year.number())
}
