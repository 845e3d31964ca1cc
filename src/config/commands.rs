//! The settings of the commands other than `serve`.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum, value_parser};

use super::addresses::socket_address;

/// How to check a data package.
#[derive(Debug, Clone, Args)]
pub struct Check {
    /// The folder of the package.
    pub folder: PathBuf,
    /// Print errors in this format.
    #[arg(long, value_enum, default_value_t = ReportFormat::Text)]
    pub format: ReportFormat,
    /// Also hold it against its former releases: a changed or removed record without a line in changes.jsonl, and
    /// a line without such a record, are faults.
    #[arg(long)]
    pub release: bool,
}

/// The format of a report of errors.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ReportFormat {
    /// One line per error.
    Text,
    /// A list of objects with file, line, key, value, expected and hint.
    Json,
}

/// How to print the OpenAPI document.
#[derive(Debug, Clone, Args)]
pub struct Openapi {
    /// The format.
    #[arg(long, value_enum, default_value_t = DocumentFormat::Json)]
    pub format: DocumentFormat,
}

/// A format of the OpenAPI document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum DocumentFormat {
    /// JSON.
    Json,
    /// YAML.
    Yaml,
}

/// Where to write the dataset, and how.
#[derive(Debug, Clone, Args)]
pub struct Export {
    /// Write into this folder. It is made if it does not exist. For Parquet it must be new or empty.
    pub folder: PathBuf,
    /// The format of the files.
    #[arg(long, value_enum, default_value_t = ExportFormat::Csv)]
    pub format: ExportFormat,
    /// Divide each collection into folders by these fields, as Hive does: DIR/assistance-funding/partner=COL/…. A field
    /// that a collection lacks is left out for it. Commas separate them; only with --format parquet.
    #[arg(long, value_delimiter = ',', value_name = "FIELD,…")]
    pub partition_by: Vec<String>,
    /// Export the dataset in this folder. Without it, the embedded dataset.
    #[arg(long, env = "PARTNERSHIP_API_DATA", value_name = "DIR")]
    pub data: Option<PathBuf>,
}

/// The format of an exported dataset.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ExportFormat {
    /// A Frictionless Data Package: a CSV file a collection, and a description of all.
    Csv,
    /// Parquet: a file a collection, or partitions.
    Parquet,
}

/// Which release to archive.
#[derive(Debug, Clone, Args)]
pub struct ReleaseArgs {
    /// The version that is to be archived, as the folder's dataset.json says it. A release that is archived already
    /// is never overwritten.
    pub version: String,
    /// The folder of the dataset; its releases.zst is written.
    #[arg(long, env = "PARTNERSHIP_API_DATA", value_name = "DIR", default_value = "data")]
    pub data: PathBuf,
}

/// Which official series to import.
#[derive(Debug, Clone, Subcommand)]
pub enum Import {
    /// All foreign assistance by country, or by country and funding account: files of ForeignAssistance.gov.
    ForeignAssistance {
        /// What to import, and into which folder.
        #[command(flatten)]
        files: ImportArgs,
        /// Import these types of transactions; all of them when left out. Commas separate them.
        #[arg(long = "type", value_enum, value_delimiter = ',', value_name = "TYPE,…")]
        types: Vec<TransactionType>,
    },
    /// U.S. personnel by country and year: a file compiled from reports of the Defense Manpower Data Center.
    UsPersonnel {
        /// What to import, and into which folder.
        #[command(flatten)]
        files: ImportArgs,
    },
    /// Training by country and program: a file of the totals that the annual report to Congress prints.
    Training {
        /// What to import, and into which folder.
        #[command(flatten)]
        files: ImportArgs,
    },
}

/// A type of transactions of foreign assistance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum TransactionType {
    /// Legally committed in the year.
    Obligations,
    /// Paid out in the year.
    Disbursements,
    /// "Appropriated and Planned": appropriated for the year, or planned to be given.
    Planned,
    /// "President's Budget Requests": asked for by the President.
    Requests,
}

/// What to import, and into which folder.
#[derive(Debug, Clone, Args)]
pub struct ImportArgs {
    /// The files of the series, as they were published.
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// Write into this folder: a new or empty one becomes a data package; in a package the importer's records are
    /// replaced. Whatever goes wrong, it stays as it was.
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
    /// Import these partners only, by ISO 3166-1 alpha-3 code. Commas separate them.
    #[arg(long, value_delimiter = ',', value_name = "CODE,…")]
    pub partner: Vec<String>,
    /// Import this year and later ones only.
    #[arg(long, value_name = "YEAR", value_parser = value_parser!(i16).range(1776..=2100))]
    pub since: Option<i16>,
    /// When the files were retrieved: a day, month or year, such as 2023-10. It goes into the record of the source.
    #[arg(long, value_name = "DATE")]
    pub retrieved: Option<String>,
    /// Leave out rows of countries, accounts or programs that no table maps. Without it they stop the import.
    #[arg(long)]
    pub skip_unmapped: bool,
    /// Print the report in this format.
    #[arg(long, value_enum, default_value_t = ReportFormat::Text)]
    pub format: ReportFormat,
}

/// Which service to ask.
#[derive(Debug, Clone, Args)]
pub struct Healthcheck {
    /// The address that the service listens on.
    #[arg(
        long,
        env = "PARTNERSHIP_API_LISTEN",
        value_name = "ADDR:PORT",
        default_value = "127.0.0.1:8080",
        value_parser = socket_address
    )]
    pub listen: SocketAddr,
    /// The address of its metrics and health, where it has one. It is asked instead.
    #[arg(
        long,
        env = "PARTNERSHIP_API_METRICS_LISTEN",
        value_name = "ADDR:PORT",
        value_parser = socket_address
    )]
    pub metrics_listen: Option<SocketAddr>,
}
