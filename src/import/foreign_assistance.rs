//! The files of ForeignAssistance.gov: all foreign assistance by country, or by country and funding account.
//!
//! A file by country has one row for each country, type and fiscal year: rows that share a key are all refused. A file by
//! account has transactions, which are added.

use std::collections::BTreeMap;

use super::countries::{Countries, Meaning};
use super::error::{ImportError, LineFaults};
use super::json_lines::JsonLine;
use super::mapping::{TypeMeaning, account, transaction_type, transaction_types};
use super::needs::{Needs, SourceText, citation, partner_line, text};
use super::official_file::{FileColumn, FileRow, Place, dollars, names, read_rows, year};
use super::package_dir::{NewPackage, PackageDir};
use super::report::{Account, Refusal, Report};
use super::request::ImportRequest;
use crate::collections::{ForeignAssistance, SeriesStage, SourceKind};
use crate::model::{Amount, Collection, LARGEST_USD, Qualifier, Usd, Vocabulary, Year};
use crate::query::nearest;

const COLUMNS: [FileColumn; 6] = [
    FileColumn::required("Country Code"),
    FileColumn::required("Country Name"),
    FileColumn::required("Transaction Type Name"),
    FileColumn::required("Fiscal Year"),
    FileColumn::required("current_amount").also(&["Current Dollar Amount"]),
    FileColumn::optional("Funding Account Name"),
];
const CODE: usize = 0;
const NAME: usize = 1;
const TYPE: usize = 2;
const YEAR: usize = 3;
const AMOUNT: usize = 4;
const ACCOUNT: usize = 5;

/// What one record is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    partner: &'static str,
    /// The code of the account; empty for all of them.
    account: &'static str,
    year: i16,
    stage: SeriesStage,
}

impl Key {
    fn id(self) -> String {
        let partner = self.partner.to_ascii_lowercase();
        let (year, stage) = (self.year, self.stage.word());
        match self.account {
            "" => format!("{partner}-{year}-{stage}"),
            account => format!("{partner}-{}-{year}-{stage}", account.to_ascii_lowercase()),
        }
    }
}

/// What the rows of a key add up to.
#[derive(Debug, Clone, Copy)]
struct Sum {
    usd: i128,
    rows: u32,
    first: Place,
}

/// The rows of the files, by key.
struct Rows<'r> {
    request: &'r ImportRequest,
    files: Vec<String>,
    countries: Countries,
    account: Account,
    sums: BTreeMap<Key, Sum>,
    /// The rows after the first of each key, in a file by country.
    repeats: Vec<(Key, Place)>,
    by_account: Option<bool>,
}

pub(super) fn import(request: &ImportRequest) -> Result<Report, ImportError> {
    let folder = PackageDir::open(&request.out)?;
    let mut rows = Rows {
        request,
        files: names(&request.files),
        countries: Countries::default(),
        account: Account::default(),
        sums: BTreeMap::new(),
        repeats: Vec::new(),
        by_account: None,
    };
    let mut faults = LineFaults::default();
    let files = read_rows(&request.files, &COLUMNS, &mut faults, |row, faults| {
        rows.take(row, faults);
    })?;
    let by_account = rows.by_account == Some(true);
    let (records, account) = rows.finish(&mut faults);
    faults.finish()?;
    let unmapped = account.has_unmapped() && !request.skip_unmapped;
    let mut report = account.finish(false, records.len());
    if unmapped {
        return Ok(report);
    }
    let newest = records.iter().map(|(key, _)| key.year).max();
    let source = source(by_account);
    let line = source.line(&files, request.retrieved);
    let mut needs = Needs { sources: line.into_iter().collect(), ..Needs::default() };
    for (key, _) in &records {
        if needs.partners.last().is_none_or(|line| line.id != key.partner) {
            let cited = citation(source.id, &format!("rows of Country Code {}", key.partner));
            needs.partners.extend(cited.and_then(|cited| partner_line(key.partner, cited)));
        }
    }
    let mut ids: Vec<(String, Key, Usd)> =
        records.into_iter().map(|(key, usd)| (key.id(), key, usd)).collect();
    ids.sort_unstable();
    let lines = ids.into_iter().filter_map(|(id, key, usd)| {
        let record = record(&id, key, usd, source.id, newest)?;
        Some(JsonLine::of(&id, &record))
    });
    let new = NewPackage {
        title: "Foreign assistance of the United States by country",
        description: "The official yearly series of all foreign assistance, as imported from a file of ForeignAssistance.gov.",
        released: request.released(newest),
    };
    let replaces = |line: &str| is_replaced(line, source.id, request);
    let written = folder.write(ForeignAssistance::NAME, lines, replaces, needs, &new)?;
    report.take(written);
    Ok(report)
}

impl Rows<'_> {
    fn take(&mut self, row: &FileRow<'_>, faults: &mut LineFaults) {
        let by_account = row.has(ACCOUNT);
        if *self.by_account.get_or_insert(by_account) != by_account {
            faults.add(row.file, 1, "expected files of one layout: with accounts, or without");
            return;
        }
        let Some(usd) = dollars(row.value(AMOUNT)) else {
            let found = row.value(AMOUNT);
            let expected =
                format!("expected whole US dollars in `current_amount`, found `{found}`");
            faults.add(row.file, row.line, expected);
            return;
        };
        let printed = row.value(TYPE);
        let Some(kind) = transaction_type(printed) else {
            let meant = nearest(printed, transaction_types());
            let hint = meant.map_or_else(String::new, |name| format!("; is it `{name}`?"));
            faults.add(row.file, row.line, format!("unknown transaction type `{printed}`{hint}"));
            return;
        };
        let printed = row.value(YEAR);
        let quarter = printed.strip_suffix("tq").and_then(year);
        let Some(fiscal_year) = quarter.or_else(|| year(printed)) else {
            let expected = format!("expected a fiscal year of four digits, found `{printed}`");
            faults.add(row.file, row.line, expected);
            return;
        };
        let usd = i128::from(usd);
        self.account.read(usd);
        let place = Place::of(row);
        match self.key(row, kind, fiscal_year, quarter.is_some()) {
            Ok(key) => self.add(key, usd, place, by_account),
            Err(None) => self.account.pass_over(usd),
            Err(Some((why, what))) => {
                self.account.refuse(why, what, (1, usd), [place.shown(&self.files)]);
            }
        }
    }

    /// The key of a row; an error with nothing for a row that was not asked for.
    fn key(
        &mut self,
        row: &FileRow<'_>,
        kind: TypeMeaning,
        fiscal_year: i16,
        is_quarter: bool,
    ) -> Result<Key, Option<(Refusal, String)>> {
        let wants_type = match kind {
            TypeMeaning::Stage(stage) => self.request.wants_stage(stage),
            TypeMeaning::Refused(_) => self.request.stages.is_empty(),
        };
        let name = row.value(NAME);
        let means = self.countries.find(row.value(CODE), name);
        let wants = self.request.wants_meaning(means) && self.request.wants_year(fiscal_year);
        if !wants_type || !wants {
            return Err(None);
        }
        let stage = match kind {
            TypeMeaning::Stage(stage) => stage,
            TypeMeaning::Refused(why) => return Err(Some((why, row.value(TYPE).to_owned()))),
        };
        if is_quarter {
            return Err(Some((Refusal::TransitionQuarter, row.value(YEAR).to_owned())));
        }
        let partner = match means {
            Some(Meaning::Partner(code)) => code,
            Some(Meaning::Refused(why)) => return Err(Some((why, name.to_owned()))),
            None => {
                let what = format!("{} {name}", row.value(CODE));
                return Err(Some((Refusal::UnmappedCountry, what)));
            }
        };
        let account = if row.has(ACCOUNT) {
            let printed = row.value(ACCOUNT);
            account(printed).ok_or_else(|| Some((Refusal::UnmappedAccount, printed.to_owned())))?
        } else {
            ""
        };
        Ok(Key { partner, account, year: fiscal_year, stage })
    }

    fn add(&mut self, key: Key, usd: i128, place: Place, by_account: bool) {
        let known = self.sums.get_mut(&key);
        match known {
            None => {
                self.sums.insert(key, Sum { usd, rows: 1, first: place });
            }
            Some(sum) => {
                sum.usd += usd;
                sum.rows += 1;
                if !by_account {
                    self.repeats.push((key, place));
                }
            }
        }
    }

    /// The records, and the account of every row.
    fn finish(mut self, faults: &mut LineFaults) -> (Vec<(Key, Usd)>, Account) {
        let by_account = self.by_account == Some(true);
        self.repeats.sort_by_key(|(key, _)| *key);
        let mut records = Vec::new();
        for (key, sum) in &self.sums {
            let rows = (sum.rows, sum.usd);
            let first = sum.first.shown(&self.files);
            if !by_account && sum.rows > 1 {
                let from = self.repeats.partition_point(|(known, _)| known < key);
                let repeats = self.repeats[from..].iter().take_while(|(known, _)| known == key);
                let repeats = repeats.map(|(_, place)| place.shown(&self.files));
                let lines = std::iter::once(first).chain(repeats);
                self.account.refuse(Refusal::DuplicateKey, key.id(), rows, lines);
            } else if sum.usd < 0 {
                self.account.refuse(Refusal::Negative, key.id(), rows, [first]);
            } else if let Some(usd) =
                i64::try_from(sum.usd).ok().and_then(|usd| Usd::try_from(usd).ok())
            {
                self.account.write(sum.rows, sum.usd);
                records.push((*key, usd));
            } else {
                let expected = format!(
                    "expected sums of at most {LARGEST_USD} US dollars; `{}` has {}",
                    key.id(),
                    sum.usd
                );
                faults.add(&self.files.join(", "), sum.first.line(), expected);
            }
        }
        (records, self.account)
    }
}

/// The source of a layout.
const fn source(by_account: bool) -> SourceText<'static> {
    let (id, title) = if by_account {
        ("foreignassistance-gov-complete", "ForeignAssistance.gov: complete data set")
    } else {
        ("foreignassistance-gov-country", "ForeignAssistance.gov: data set by country")
    };
    SourceText {
        id,
        title,
        publisher: "U.S. Department of State and U.S. Agency for International Development",
        url: "https://foreignassistance.gov/data",
        kind: SourceKind::OfficialUs,
        note: "All foreign assistance, economic and military, in dollars of the day. The last two fiscal years of a file are partly reported.",
    }
}

/// How the file calls a stage.
const fn type_name(stage: SeriesStage) -> &'static str {
    match stage {
        SeriesStage::Obligated => "Obligations",
        SeriesStage::Disbursed => "Disbursements",
        SeriesStage::Planned => "Appropriated and Planned",
        SeriesStage::Request => "President's Budget Requests",
    }
}

fn record(
    id: &str,
    key: Key,
    usd: Usd,
    source: &str,
    newest: Option<i16>,
) -> Option<ForeignAssistance> {
    let account = match key.account {
        "" => String::new(),
        account => format!(", account {account}"),
    };
    let locator = format!(
        "Country Code {}, Transaction Type {}, Fiscal Year {}{account}",
        key.partner,
        type_name(key.stage),
        key.year
    );
    let partly = newest.is_some_and(|newest| key.year + 1 >= newest);
    Some(ForeignAssistance {
        id: id.parse().ok()?,
        partner: key.partner.parse().ok()?,
        fiscal_year: Year::try_from(i64::from(key.year)).ok()?,
        stage: key.stage,
        account: text(key.account),
        amount: Amount::new(usd, Qualifier::Exact, None),
        note: partly.then(|| text("Partly reported when the file was published.")).flatten(),
        citations: Box::new([citation(source, &locator)?]),
    })
}

/// Whether a record of the package is the importer's own, and asked for.
fn is_replaced(line: &str, source: &str, request: &ImportRequest) -> bool {
    let Ok(record) = serde_json::from_str::<ForeignAssistance>(line) else { return false };
    record.citations.iter().any(|citation| citation.source.as_str() == source)
        && request.wants_partner(record.partner.as_str())
        && request.wants_year(record.fiscal_year.number())
        && request.wants_stage(record.stage)
}
