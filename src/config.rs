//! Settings: by flag and by environment variable, all listed by `--help`.

mod addresses;
mod commands;
mod environment;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use clap::builder::FalseyValueParser;
use clap::{Args, Parser, Subcommand, ValueEnum, value_parser};

use addresses::{contact, socket_address};
pub use commands::{
    Check, DocumentFormat, Export, ExportFormat, Healthcheck, Import, ImportArgs, Openapi,
    ReleaseArgs, ReportFormat, TransactionType,
};
pub use environment::{UnknownVariable, unknown_variables};

/// The longest time that a setting may name: beyond a day a limit is none.
const SECONDS_OF_A_DAY: u64 = 86_400;

/// Open data on security partnerships, with every figure's qualifier, period, stage and source.
#[derive(Debug, Parser)]
#[command(name = "partnership-api", version, args_conflicts_with_subcommands = true)]
pub struct Cli {
    /// The command; `serve` when left out.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// The settings of `serve`.
    #[command(flatten)]
    pub serve: Serve,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve the dataset over HTTP (the default).
    Serve(Box<Serve>),
    /// Validate a data package and report every error; exit code 1 if there is one.
    Check(Check),
    /// Print the OpenAPI document.
    Openapi(Openapi),
    /// Write the dataset into a folder: as a Frictionless Data Package, or as Parquet.
    Export(Export),
    /// Import an official yearly series from its files into a data package.
    #[command(subcommand)]
    Import(Import),
    /// Archive the release that a folder holds beside the former ones, once it accounts for what it changed.
    Release(ReleaseArgs),
    /// Ask a running service whether it is ready; exit code 1 if it is not.
    Healthcheck(Healthcheck),
}

/// The settings of `serve`.
#[derive(Debug, Clone, Args)]
pub struct Serve {
    /// Listen on this address.
    #[arg(
        long,
        env = "PARTNERSHIP_API_LISTEN",
        value_name = "ADDR:PORT",
        default_value = "127.0.0.1:8080",
        value_parser = socket_address
    )]
    pub listen: SocketAddr,
    /// Serve the dataset in this folder, and reload it when it changes. Without it, the embedded dataset.
    #[arg(long, env = "PARTNERSHIP_API_DATA", value_name = "DIR")]
    pub data: Option<PathBuf>,
    /// Give up reading the folder after this long, when it is read again. What was served before is served on.
    #[arg(
        long,
        env = "PARTNERSHIP_API_RELOAD_TIMEOUT",
        value_name = "SECONDS",
        default_value_t = 120,
        value_parser = value_parser!(u64).range(1..=SECONDS_OF_A_DAY)
    )]
    pub reload_timeout: u64,
    /// Begin links with this path or URL, such as /security. It is never taken from a request's headers.
    #[arg(
        long,
        visible_alias = "base-path",
        env = "PARTNERSHIP_API_PUBLIC_URL",
        value_name = "URL",
        default_value = "",
        hide_default_value = true
    )]
    pub public_url: String,
    /// Publish where you can be reached, at /.well-known/security.txt: a mailto: or https: address.
    #[arg(long, env = "PARTNERSHIP_API_CONTACT", value_name = "URI", value_parser = contact)]
    pub contact: Option<String>,
    /// Answer requests on this many threads. Without it, one per core. Each has up to four more beside it for
    /// work that takes longer.
    #[arg(
        long,
        env = "PARTNERSHIP_API_WORKERS",
        value_name = "N",
        value_parser = value_parser!(u16).range(1..=1024)
    )]
    pub workers: Option<u16>,
    /// Hold at most this many connections. When all are taken, the longest idle ones are closed for the next. Lowered
    /// to the limit of open files, of which 64 are left for the rest of the process and at least 256 are needed. An
    /// idle connection costs a few KiB and one file.
    #[arg(
        long,
        env = "PARTNERSHIP_API_MAX_CONNECTIONS",
        value_name = "N",
        default_value_t = 10_000,
        value_parser = value_parser!(u32).range(1..=1_000_000)
    )]
    pub max_connections: u32,
    /// Read at most this many bytes of a request's address and headers. Longer headers get a 431.
    #[arg(
        long,
        env = "PARTNERSHIP_API_MAX_HEADER_BYTES",
        value_name = "BYTES",
        default_value_t = 32_768,
        value_parser = value_parser!(u32).range(1024..=262_144)
    )]
    pub max_header_bytes: u32,
    /// Close a connection whose client needs longer than this to send its headers. For a new connection, the
    /// time counts from its first moment.
    #[arg(
        long,
        env = "PARTNERSHIP_API_HEADER_TIMEOUT",
        value_name = "SECONDS",
        default_value_t = 10,
        value_parser = value_parser!(u64).range(1..=SECONDS_OF_A_DAY)
    )]
    pub header_timeout: u64,
    /// Close a connection that waits longer than this for its next request. Set it above the idle timeout of
    /// your gateway (usually 60), so that the gateway closes first.
    #[arg(
        long,
        env = "PARTNERSHIP_API_IDLE_TIMEOUT",
        value_name = "SECONDS",
        default_value_t = 75,
        value_parser = value_parser!(u64).range(1..=SECONDS_OF_A_DAY)
    )]
    pub idle_timeout: u64,
    /// Close a connection whose client reads nothing of its answer for this long.
    #[arg(
        long,
        env = "PARTNERSHIP_API_WRITE_TIMEOUT",
        value_name = "SECONDS",
        default_value_t = 30,
        value_parser = value_parser!(u64).range(1..=SECONDS_OF_A_DAY)
    )]
    pub write_timeout: u64,
    /// Close a connection whose client reads fewer bytes of its answers than this in 10 seconds, on average. 0 lets
    /// a client read as slowly as it likes.
    #[arg(
        long,
        env = "PARTNERSHIP_API_MIN_READ_BYTES",
        value_name = "BYTES",
        default_value_t = 8192,
        value_parser = value_parser!(u32).range(..=16 << 20)
    )]
    pub min_read_bytes: u32,
    /// Hold at most this many bytes of answers that no client has read yet, over all connections. Beyond it, the
    /// connections for which the most has waited the longest are closed.
    #[arg(
        long,
        env = "PARTNERSHIP_API_MAX_UNREAD_BYTES",
        value_name = "BYTES",
        default_value_t = 24 << 20,
        value_parser = value_parser!(u64).range(1 << 20..=1 << 40)
    )]
    pub max_unread_bytes: u64,
    /// Let a client have at most this many requests open at once on one connection of HTTP/2.
    #[arg(
        long,
        env = "PARTNERSHIP_API_MAX_STREAMS",
        value_name = "REQUESTS",
        default_value_t = 32,
        value_parser = value_parser!(u16).range(1..=1000)
    )]
    pub max_streams: u16,
    /// Answer a request within this time, or with a 503.
    #[arg(
        long,
        env = "PARTNERSHIP_API_REQUEST_TIMEOUT",
        value_name = "SECONDS",
        default_value_t = 30,
        value_parser = value_parser!(u64).range(1..=SECONDS_OF_A_DAY)
    )]
    pub request_timeout: u64,
    /// After a signal to stop, accept connections for this long, while `/readyz` answers 503. Behind a load
    /// balancer, set it to the time that it needs to notice.
    #[arg(
        long,
        env = "PARTNERSHIP_API_DRAIN_DELAY",
        value_name = "SECONDS",
        default_value_t = 0,
        value_parser = value_parser!(u64).range(..=SECONDS_OF_A_DAY)
    )]
    pub drain_delay: u64,
    /// After that, let running requests go on for this long. Kept below 30 seconds, the usual grace period of
    /// a container, so requests near their timeout may be cut off.
    #[arg(
        long,
        env = "PARTNERSHIP_API_DRAIN_TIMEOUT",
        value_name = "SECONDS",
        default_value_t = 20,
        value_parser = value_parser!(u64).range(..=SECONDS_OF_A_DAY)
    )]
    pub drain_timeout: u64,
    /// Work on at most this many requests at a time. The rest get a 503 with `Retry-After`. Answers from the
    /// response cache do not count.
    #[arg(
        long,
        env = "PARTNERSHIP_API_MAX_IN_FLIGHT",
        value_name = "REQUESTS",
        default_value_t = 512,
        value_parser = value_parser!(u32).range(1..=1_000_000)
    )]
    pub max_in_flight: u32,
    /// Read addresses of at most this many bytes. Longer ones get a 414. Browsers and gateways agree on 8192.
    #[arg(
        long,
        env = "PARTNERSHIP_API_MAX_URI_BYTES",
        value_name = "BYTES",
        default_value_t = 8192,
        value_parser = value_parser!(u16).range(64..=32_768)
    )]
    pub max_uri_bytes: u16,
    /// Read at most this many query parameters in a request.
    #[arg(
        long,
        env = "PARTNERSHIP_API_MAX_PARAMETERS",
        value_name = "PARAMETERS",
        default_value_t = 100,
        value_parser = value_parser!(u16).range(1..=10_000)
    )]
    pub max_parameters: u16,
    /// Cache at most this many bytes of whole responses, compressed ones too. 0 turns the cache off.
    #[arg(
        long,
        env = "PARTNERSHIP_API_CACHE_BYTES",
        value_name = "BYTES",
        default_value_t = 32 << 20,
        value_parser = value_parser!(u64).range(..=1 << 40)
    )]
    pub cache_bytes: u64,
    /// Hold at most this many bytes of former releases, which `release=` asks for, with their cached responses. The
    /// one that was not asked for the longest makes room; one that is larger than this is held alone.
    #[arg(
        long,
        env = "PARTNERSHIP_API_RELEASE_BYTES",
        value_name = "BYTES",
        default_value_t = 64 << 20,
        value_parser = value_parser!(u64).range(1 << 20..=1 << 40)
    )]
    pub release_bytes: u64,
    /// Serve metrics and health on this address, and nothing else there. Without it, metrics are on the main
    /// listener. Set it wherever the main listener can be reached by the public.
    #[arg(
        long,
        env = "PARTNERSHIP_API_METRICS_LISTEN",
        value_name = "ADDR:PORT",
        value_parser = socket_address
    )]
    pub metrics_listen: Option<SocketAddr>,
    /// Write the log in this format.
    #[arg(long, env = "PARTNERSHIP_API_LOG_FORMAT", value_enum, default_value_t = LogFormat::Auto)]
    pub log_format: LogFormat,
    /// Log what passes this `tracing` filter: `warn`, `info`, `partnership_api=debug`.
    #[arg(long, env = "PARTNERSHIP_API_LOG", value_name = "FILTER", default_value = "info")]
    pub log: String,
    /// Log the query string of each request, to find a slow or abusive question again. Off by default: it says
    /// what people look for.
    #[arg(long, env = "PARTNERSHIP_API_LOG_QUERY", value_parser = FalseyValueParser::new())]
    pub log_query: bool,
    /// Log the address that each request came from. Off by default: it is personal data. Behind a gateway it is
    /// the gateway's; `X-Forwarded-For` is never read.
    #[arg(long, env = "PARTNERSHIP_API_LOG_CLIENT", value_parser = FalseyValueParser::new())]
    pub log_client: bool,
}

impl Serve {
    /// How long a client may take to send its headers.
    pub const fn header_timeout(&self) -> Duration {
        Duration::from_secs(self.header_timeout)
    }

    /// How long a connection may wait for its next request.
    pub const fn idle_timeout(&self) -> Duration {
        Duration::from_secs(self.idle_timeout)
    }

    /// How long a client may go without reading any of its answer.
    pub const fn write_timeout(&self) -> Duration {
        Duration::from_secs(self.write_timeout)
    }

    /// How long new connections are still accepted after a signal to stop.
    pub const fn drain_delay(&self) -> Duration {
        Duration::from_secs(self.drain_delay)
    }

    /// How long a request may take to be answered.
    pub const fn request_timeout(&self) -> Duration {
        Duration::from_secs(self.request_timeout)
    }

    /// How long reading the folder again may take.
    pub const fn reload_timeout(&self) -> Duration {
        Duration::from_secs(self.reload_timeout)
    }

    /// How long running requests may go on after a signal to stop.
    pub const fn drain_timeout(&self) -> Duration {
        Duration::from_secs(self.drain_timeout)
    }
}

/// The format of the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// Text on a terminal, JSON elsewhere.
    Auto,
    /// One line per request, for people.
    Text,
    /// One JSON object per request.
    Json,
}
