//! The settings of the commands other than `serve`.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, ValueEnum};

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

/// Where to write the data package.
#[derive(Debug, Clone, Args)]
pub struct Export {
    /// Write into this folder. It is made if it does not exist.
    pub folder: PathBuf,
    /// Export the dataset in this folder. Without it, the embedded dataset.
    #[arg(long, env = "PARTNERSHIP_API_DATA", value_name = "DIR")]
    pub data: Option<PathBuf>,
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
