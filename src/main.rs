//! The service, its checks and its exports, as one binary.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

use clap::Parser;
use partnership_api::config::{
    Check, Cli, Command, DocumentFormat, Export, Healthcheck, Openapi, ReportFormat, Serve,
};
use partnership_api::dataset::{Dataset, Faults, Package};
use partnership_api::http::{self, App, Limits, Links};
use partnership_api::server::{self, Changes, Stopped};
use partnership_api::telemetry::Telemetry;

/// Why a command failed: one sentence, or a report of many lines.
type Failure = String;

fn main() -> ExitCode {
    let cli = Cli::parse();
    let done = match cli.command {
        None => serve(&cli.serve),
        Some(Command::Serve(settings)) => serve(&settings),
        Some(Command::Check(what)) => check(&what),
        Some(Command::Openapi(how)) => openapi(&how),
        Some(Command::Export(to)) => export(&to),
        Some(Command::Healthcheck(whom)) => healthcheck(&whom),
    };
    match done {
        Ok(code) => code,
        Err(failure) => {
            // Nobody is left to tell when even this cannot be written.
            let _ = writeln!(std::io::stderr(), "partnership-api: {failure}");
            ExitCode::FAILURE
        }
    }
}

/// Reads a folder, or takes the embedded data.
fn package(folder: Option<&Path>) -> Result<Package, Failure> {
    let Some(folder) = folder else { return Ok(Package::embedded()) };
    Package::read(folder)
        .map_err(|error| format!("the folder `{}` cannot be read: {error}", folder.display()))
}

fn load(folder: Option<&Path>) -> Result<Dataset, Failure> {
    Dataset::load(&package(folder)?)
        .map_err(|faults| format!("the data has faults, so nothing is done with it\n{faults}"))
}

fn serve(settings: &Serve) -> Result<ExitCode, Failure> {
    let telemetry = Telemetry::start(settings)?;
    let done = serve_observed(settings, &telemetry);
    telemetry.finish();
    done
}

fn serve_observed(settings: &Serve, telemetry: &Telemetry) -> Result<ExitCode, Failure> {
    let links = Links::to(&settings.public_url)?;
    // Before the folder is read, so that no change of it goes unnoticed.
    let changes = settings.data.clone().map(Changes::of);
    let dataset = load(settings.data.as_deref())?;
    let runtime = server::runtime(settings)
        .map_err(|error| format!("the runtime could not be started: {error}"))?;
    let stopped = runtime.block_on(async {
        let listener = server::bind(settings)
            .await
            .map_err(|error| format!("cannot listen on {}: {error}", settings.listen))?;
        let app = App::observed(dataset, links, limits(settings), telemetry.clone());
        let router = http::router(&app);
        server::serve(listener, router, app, settings, changes)
            .await
            .map_err(|error| error.to_string())
    })?;
    Ok(match stopped {
        Stopped::Drained => ExitCode::SUCCESS,
        Stopped::Cut => ExitCode::FAILURE,
    })
}

fn limits(settings: &Serve) -> Limits {
    Limits {
        patience: settings.request_patience(),
        uri_bytes: settings.max_uri_bytes,
        parameters: settings.max_parameters,
        in_flight: settings.max_in_flight as usize,
        cache_bytes: settings.cache_bytes,
    }
}

fn check(what: &Check) -> Result<ExitCode, Failure> {
    let faults = match Dataset::load(&package(Some(&what.folder))?) {
        Ok(dataset) if what.format == ReportFormat::Text => {
            let records: usize = dataset.tables().iter().map(|table| table.count()).sum();
            let release = dataset.release;
            print(&format!(
                "{} {}: {records} records, no fault\n",
                release.title, release.version
            ))?;
            return Ok(ExitCode::SUCCESS);
        }
        Ok(_) => Faults(Vec::new()),
        Err(faults) => faults,
    };
    let report = match what.format {
        ReportFormat::Text => faults.to_string(),
        ReportFormat::Json => {
            serde_json::to_string_pretty(&faults).map_err(|error| error.to_string())?
        }
    };
    print(&(report + "\n"))?;
    Ok(if faults.0.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn openapi(how: &Openapi) -> Result<ExitCode, Failure> {
    let document = http::document(load(None)?);
    print(match how.format {
        DocumentFormat::Json => &document.json,
        DocumentFormat::Yaml => &document.yaml,
    })?;
    Ok(ExitCode::SUCCESS)
}

fn export(to: &Export) -> Result<ExitCode, Failure> {
    let dataset = load(to.data.as_deref())?;
    let cannot = |path: &Path, error: std::io::Error| {
        format!("`{}` cannot be written: {error}", path.display())
    };
    fs::create_dir_all(&to.folder).map_err(|error| cannot(&to.folder, error))?;
    for (name, bytes) in http::package_files(&dataset) {
        let path = to.folder.join(&name);
        fs::write(&path, &bytes).map_err(|error| cannot(&path, error))?;
    }
    Ok(ExitCode::SUCCESS)
}

fn healthcheck(whom: &Healthcheck) -> Result<ExitCode, Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| format!("the runtime could not be started: {error}"))?;
    runtime.block_on(server::healthcheck(whom.listen))?;
    Ok(ExitCode::SUCCESS)
}

/// Prints to standard output; a reader that went away, as `head` does, is no failure.
fn print(text: &str) -> Result<(), Failure> {
    match std::io::stdout().write_all(text.as_bytes()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            Err(format!("standard output cannot be written: {error}"))
        }
        _ => Ok(()),
    }
}
