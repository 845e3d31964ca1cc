//! Settings: by flag and by environment variable, all listed by `--help`.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, Parser, Subcommand, ValueEnum, value_parser};

/// The longest time that a setting may name: beyond a day a limit is none.
const SECONDS_OF_A_DAY: u64 = 86_400;

/// Open data on security partnerships, with every figure's qualifier, period, stage and source.
#[derive(Debug, Parser)]
#[command(name = "partnership-api", version, args_conflicts_with_subcommands = true)]
pub struct Cli {
    /// What to do; `serve` when nothing is said.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// The settings of `serve`.
    #[command(flatten)]
    pub serve: Serve,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve the dataset over HTTP (the default).
    Serve(Serve),
    /// Check a data package and print every fault; exit code 1 if there is one.
    Check(Check),
    /// Print the OpenAPI document.
    Openapi(Openapi),
    /// Write the dataset as a Frictionless Data Package into a folder.
    Export(Export),
    /// Ask a running service whether it is ready; exit code 1 if it is not.
    Healthcheck(Healthcheck),
}

/// How to serve.
#[derive(Debug, Clone, Args)]
pub struct Serve {
    /// Where to listen.
    #[arg(
        long,
        env = "PARTNERSHIP_API_LISTEN",
        value_name = "ADDR:PORT",
        default_value = "127.0.0.1:8080"
    )]
    pub listen: SocketAddr,
    /// The folder of the dataset; the embedded dataset when left out.
    #[arg(long, env = "PARTNERSHIP_API_DATA", value_name = "DIR")]
    pub data: Option<PathBuf>,
    /// What links begin with: a path such as /security, or a URL. Never taken from a request's headers.
    #[arg(
        long,
        visible_alias = "base-path",
        env = "PARTNERSHIP_API_PUBLIC_URL",
        value_name = "URL",
        default_value = "",
        hide_default_value = true
    )]
    pub public_url: String,
    /// How many threads answer requests; as many as the machine runs at once when left out, because answers
    /// are computed, not waited for. What takes long is made by up to four more beside each.
    #[arg(
        long,
        env = "PARTNERSHIP_API_WORKERS",
        value_name = "N",
        value_parser = value_parser!(u16).range(1..)
    )]
    pub workers: Option<u16>,
    /// How many connections are held at once; more wait in the system's queue. Bounds memory and files: an
    /// idle connection costs a few KiB and one file. Lowered when the process may not open as many files.
    #[arg(
        long,
        env = "PARTNERSHIP_API_MAX_CONNECTIONS",
        value_name = "N",
        default_value_t = 10_000,
        value_parser = value_parser!(u32).range(1..)
    )]
    pub max_connections: u32,
    /// How many bytes the address and headers of a request may have. The longest address, and as much again
    /// three times over for what browsers and gateways add.
    #[arg(
        long,
        env = "PARTNERSHIP_API_MAX_HEADER_BYTES",
        value_name = "BYTES",
        default_value_t = 32_768,
        value_parser = value_parser!(u32).range(1024..=262_144)
    )]
    pub max_header_bytes: u32,
    /// How long a client may take to send its headers, in seconds; on a new connection, counted from its
    /// first moment. Far more than a slow telephone needs, and short enough that half-sent ones do not pile up.
    #[arg(
        long,
        env = "PARTNERSHIP_API_HEADER_TIMEOUT",
        value_name = "SECONDS",
        default_value_t = 10,
        value_parser = value_parser!(u64).range(1..=SECONDS_OF_A_DAY)
    )]
    pub header_timeout: u64,
    /// How long a connection may wait for its next request, in seconds. Longer than the 60 seconds that
    /// gateways keep theirs, so that they are the first to close and never send into a closing one.
    #[arg(
        long,
        env = "PARTNERSHIP_API_IDLE_TIMEOUT",
        value_name = "SECONDS",
        default_value_t = 75,
        value_parser = value_parser!(u64).range(1..=SECONDS_OF_A_DAY)
    )]
    pub idle_timeout: u64,
    /// How long a client may go without reading any of its answer, in seconds. It counts from the last byte
    /// that went out, so a slow reader is served and one that stopped is not.
    #[arg(
        long,
        env = "PARTNERSHIP_API_WRITE_TIMEOUT",
        value_name = "SECONDS",
        default_value_t = 30,
        value_parser = value_parser!(u64).range(1..=SECONDS_OF_A_DAY)
    )]
    pub write_timeout: u64,
    /// How long a request may take to be answered, in seconds.
    #[arg(
        long,
        env = "PARTNERSHIP_API_REQUEST_TIMEOUT",
        value_name = "SECONDS",
        default_value_t = 30
    )]
    pub request_timeout: u64,
    /// How long new connections are still taken after a signal to stop, while `/readyz` answers 503, in
    /// seconds. None by default: a lone service has nobody to tell. Behind a gateway, the time in which it
    /// notices.
    #[arg(
        long,
        env = "PARTNERSHIP_API_DRAIN_DELAY",
        value_name = "SECONDS",
        default_value_t = 0,
        value_parser = value_parser!(u64).range(..=SECONDS_OF_A_DAY)
    )]
    pub drain_delay: u64,
    /// How long running requests may go on after that, in seconds. With the request timeout's worst case cut
    /// short, so that the usual 30 seconds of a container's grace suffice.
    #[arg(
        long,
        env = "PARTNERSHIP_API_DRAIN_TIMEOUT",
        value_name = "SECONDS",
        default_value_t = 20
    )]
    pub drain_timeout: u64,
    /// How many requests are worked on at a time; the rest are told to come back. A few hundred keep the wait of
    /// the last one below what a gateway takes for a fault. Answers that are kept are not counted.
    #[arg(
        long,
        env = "PARTNERSHIP_API_MAX_IN_FLIGHT",
        value_name = "REQUESTS",
        default_value_t = 512,
        value_parser = clap::value_parser!(u32).range(1..)
    )]
    pub max_in_flight: u32,
    /// The longest address that is read, in bytes: what browsers and gateways agree on.
    #[arg(
        long,
        env = "PARTNERSHIP_API_MAX_URI_BYTES",
        value_name = "BYTES",
        default_value_t = 8192
    )]
    pub max_uri_bytes: usize,
    /// How many parameters a request may have: more than any collection knows.
    #[arg(
        long,
        env = "PARTNERSHIP_API_MAX_PARAMETERS",
        value_name = "PARAMETERS",
        default_value_t = 100
    )]
    pub max_parameters: usize,
    /// How many bytes of whole answers are kept, compressed ones too; 0 keeps none. What is asked often is a small
    /// part of what can be asked.
    #[arg(
        long,
        env = "PARTNERSHIP_API_CACHE_BYTES",
        value_name = "BYTES",
        default_value_t = 32 << 20
    )]
    pub cache_bytes: u64,
    /// Where to serve metrics and health, and nothing else; metrics are on the main listener when left out.
    /// Behind a gateway that passes every path on, so that they do not reach the world.
    #[arg(long, env = "PARTNERSHIP_API_METRICS_LISTEN", value_name = "ADDR:PORT")]
    pub metrics_listen: Option<SocketAddr>,
    /// How to write the log.
    #[arg(long, env = "PARTNERSHIP_API_LOG_FORMAT", value_enum, default_value_t = LogFormat::Auto)]
    pub log_format: LogFormat,
    /// What to log, as `tracing` filters have it: `warn`, `info`, `partnership_api=debug`.
    #[arg(long, env = "PARTNERSHIP_API_LOG", value_name = "FILTER", default_value = "info")]
    pub log: String,
}

impl Serve {
    /// How long a client may take to send its headers.
    pub const fn header_patience(&self) -> Duration {
        Duration::from_secs(self.header_timeout)
    }

    /// How long a connection may wait for its next request.
    pub const fn idle_patience(&self) -> Duration {
        Duration::from_secs(self.idle_timeout)
    }

    /// How long a client may go without reading any of its answer.
    pub const fn write_patience(&self) -> Duration {
        Duration::from_secs(self.write_timeout)
    }

    /// How long new connections are still taken after a signal to stop.
    pub const fn drain_delay(&self) -> Duration {
        Duration::from_secs(self.drain_delay)
    }

    /// How long a request may take to be answered.
    pub const fn request_patience(&self) -> Duration {
        Duration::from_secs(self.request_timeout)
    }

    /// How long running requests may go on after a signal to stop.
    pub const fn drain_patience(&self) -> Duration {
        Duration::from_secs(self.drain_timeout)
    }
}

/// How to write the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// For people on a terminal, JSON elsewhere.
    Auto,
    /// One line a request, for people.
    Text,
    /// One JSON object a request.
    Json,
}

/// How to check a data package.
#[derive(Debug, Clone, Args)]
pub struct Check {
    /// The folder of the package.
    pub folder: PathBuf,
    /// How to print faults.
    #[arg(long, value_enum, default_value_t = ReportFormat::Text)]
    pub format: ReportFormat,
}

/// How to print faults.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ReportFormat {
    /// One line a fault.
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
    /// The folder to write into; made if it does not exist.
    pub folder: PathBuf,
    /// The folder of the dataset; the embedded dataset when left out.
    #[arg(long, env = "PARTNERSHIP_API_DATA", value_name = "DIR")]
    pub data: Option<PathBuf>,
}

/// Whom to ask.
#[derive(Debug, Clone, Args)]
pub struct Healthcheck {
    /// The address that the service listens on.
    #[arg(
        long,
        env = "PARTNERSHIP_API_LISTEN",
        value_name = "ADDR:PORT",
        default_value = "127.0.0.1:8080"
    )]
    pub listen: SocketAddr,
}
