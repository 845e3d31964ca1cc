//! The service, its checks and its exports, as one binary.

use std::env;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::{Context as _, anyhow, bail};
use clap::error::ErrorKind;
use clap::{CommandFactory as _, Parser as _};
use partnership_api::collections::SeriesStage;
use partnership_api::config::{
    Check, Cli, Command, DocumentFormat, Export, ExportFormat, Healthcheck, Import, Openapi,
    ReleaseArgs, ReportFormat, Serve, TransactionType, UnknownVariable, unknown_variables,
};
use partnership_api::dataset::{ARCHIVE_FILE, Dataset, Faults, Package};
use partnership_api::export::{PartitionKeys, package_files, write_parquet};
use partnership_api::http::{self, App, Limits, Links};
use partnership_api::import::{self, ImportRequest, Series};
use partnership_api::model::{Iso3, PartialDate};
use partnership_api::server::{self, DirWatcher, Stopped};
use partnership_api::telemetry::Telemetry;

/// A page or chart is made of thousands of short texts: the C library's allocator takes a quarter of the time of one.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let cli = Cli::parse();
    let outcome = match cli.command {
        None => serve(&cli.serve),
        Some(Command::Serve(settings)) => serve(&settings),
        Some(Command::Check(what)) => check(&what),
        Some(Command::Openapi(how)) => openapi(&how),
        Some(Command::Export(to)) => export(&to),
        Some(Command::Import(what)) => import(&what),
        Some(Command::Release(what)) => release(&what),
        Some(Command::Healthcheck(which)) => healthcheck(&which),
    };
    match outcome {
        Ok(code) => code,
        Err(failure) => {
            // Nobody is left to tell when even this cannot be written.
            let _ = writeln!(std::io::stderr(), "partnership-api: {failure:#}");
            ExitCode::FAILURE
        }
    }
}

/// Reads a folder, or takes the embedded data.
fn package(folder: Option<&Path>) -> anyhow::Result<Package> {
    let Some(folder) = folder else { return Ok(Package::embedded()) };
    Package::read(folder)
        .with_context(|| format!("the folder `{}` cannot be read", folder.display()))
}

fn load(folder: Option<&Path>) -> anyhow::Result<Dataset> {
    load_package(&package(folder)?)
}

fn load_package(package: &Package) -> anyhow::Result<Dataset> {
    Dataset::load(package)
        .map_err(|faults| anyhow!("the data has faults, so nothing is done with it\n{faults}"))
}

fn serve(settings: &Serve) -> anyhow::Result<ExitCode> {
    let telemetry = Telemetry::start(settings)?;
    let outcome = serve_observed(settings, &telemetry);
    telemetry.finish();
    outcome
}

fn serve_observed(settings: &Serve, telemetry: &Telemetry) -> anyhow::Result<ExitCode> {
    for UnknownVariable { name, did_you_mean } in unknown_variables(
        &Cli::command(),
        env::vars_os().filter_map(|(name, _)| name.into_string().ok()),
    ) {
        tracing::warn!(name, did_you_mean, "this variable begins like a setting and is none");
    }
    let links = Links::to(&settings.public_url).map_err(anyhow::Error::msg)?;
    let links = links.with_contact(settings.contact.clone());
    // Before the folder is read, so that no change of it goes unnoticed.
    let watcher = settings.data.as_deref().map(DirWatcher::of);
    let dataset = load(settings.data.as_deref())?;
    let runtime = server::runtime(settings).context("the runtime could not be started")?;
    let stopped = runtime.block_on(async {
        let listener = server::bind(settings).await.with_context(|| {
            format!("cannot listen on {} (--listen takes another)", settings.listen)
        })?;
        let app = App::with_telemetry(dataset, links, limits(settings), telemetry.clone());
        let router = http::router(&app);
        server::serve(listener, router, app, settings, watcher).await.context("cannot serve")
    });
    // A thread that is stuck, as in a file system that does not answer, must not hold up the end.
    runtime.shutdown_background();
    Ok(match stopped? {
        Stopped::Drained => ExitCode::SUCCESS,
        Stopped::Cut => ExitCode::FAILURE,
    })
}

fn limits(settings: &Serve) -> Limits {
    Limits {
        request_timeout: settings.request_timeout(),
        uri_bytes: settings.max_uri_bytes.into(),
        parameters: settings.max_parameters.into(),
        in_flight: settings.max_in_flight as usize,
        cache_bytes: settings.cache_bytes,
        release_bytes: settings.release_bytes,
    }
}

fn check(what: &Check) -> anyhow::Result<ExitCode> {
    let loaded = Dataset::load(&package(Some(&what.folder))?.held_to_rules());
    let checked = loaded.and_then(|dataset| {
        if what.release {
            dataset.check_release()?;
        }
        Ok(dataset)
    });
    let faults = match checked {
        Ok(dataset) if what.format == ReportFormat::Text => {
            let records = dataset.record_count();
            let release = dataset.release;
            print(&format!(
                "{} {}: {records} records, no fault\n",
                release.title, release.version
            ))?;
            return Ok(ExitCode::SUCCESS);
        }
        Ok(_) => Faults::default(),
        Err(faults) => faults,
    };
    let report = match what.format {
        ReportFormat::Text => faults.to_string(),
        ReportFormat::Json => serde_json::to_string_pretty(&faults)?,
    };
    print(&(report + "\n"))?;
    Ok(if faults.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn openapi(how: &Openapi) -> anyhow::Result<ExitCode> {
    let document = http::document(load(None)?);
    print(match how.format {
        DocumentFormat::Json => &document.json,
        DocumentFormat::Yaml => &document.yaml,
    })?;
    Ok(ExitCode::SUCCESS)
}

fn export(to: &Export) -> anyhow::Result<ExitCode> {
    // What is wrong with the call is said before anything is read.
    let keys = match partition_keys(to) {
        Ok(keys) => keys,
        Err(wrong) => return called_wrongly("export", &wrong),
    };
    let dataset = load(to.data.as_deref())?;
    if to.format == ExportFormat::Parquet {
        write_parquet(&Arc::new(dataset), &to.folder, keys.as_ref())?;
        return Ok(ExitCode::SUCCESS);
    }
    let cannot = |path: &Path| format!("`{}` cannot be written", path.display());
    fs::create_dir_all(&to.folder).with_context(|| cannot(&to.folder))?;
    for (name, bytes) in package_files(&dataset) {
        let path = to.folder.join(&name);
        fs::write(&path, &bytes).with_context(|| cannot(&path))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// The keys to partition by; none where no partitions are asked for.
fn partition_keys(to: &Export) -> Result<Option<PartitionKeys>, String> {
    if to.partition_by.is_empty() {
        return Ok(None);
    }
    if to.format != ExportFormat::Parquet {
        return Err("--partition-by: expected only with `--format parquet`".to_owned());
    }
    let keys = PartitionKeys::parse(&to.partition_by);
    keys.map(Some).map_err(|bad| format!("--partition-by: {bad}"))
}

/// Says what is wrong with a call of a command, as what clap refuses is said.
fn called_wrongly(command: &str, wrong: &str) -> anyhow::Result<ExitCode> {
    let mut cli = Cli::command();
    cli.build();
    let usage = cli.find_subcommand_mut(command);
    let refusal = match usage {
        Some(usage) => usage.error(ErrorKind::ValueValidation, wrong),
        None => cli.error(ErrorKind::ValueValidation, wrong),
    };
    refusal.print().context("standard error cannot be written")?;
    Ok(ExitCode::from(2))
}

fn release(what: &ReleaseArgs) -> anyhow::Result<ExitCode> {
    let package = package(Some(&what.data))?.held_to_rules();
    let dataset = load_package(&package)?;
    let version = dataset.release.version.as_str();
    if version != what.version {
        bail!("the folder `{}` holds release {version}, not {}", what.data.display(), what.version);
    }
    let archive = dataset.history.archive.with(&package, &dataset.release, dataset.counts())?;
    dataset.check_release().map_err(|faults| {
        anyhow!("the release does not account for what it changed, so it is not archived\n{faults}")
    })?;
    // Beside it first, so that an archive is never half written.
    let (path, draft) = (what.data.join(ARCHIVE_FILE), what.data.join(".releases.zst.new"));
    let written = fs::write(&draft, &archive).and_then(|()| fs::rename(&draft, &path));
    written.with_context(|| format!("`{}` cannot be written", path.display()))?;
    let former = dataset.history.archive.releases().len();
    print(&format!(
        "release {version}, digest {}: archived beside {former} former releases, {} bytes in all\n",
        dataset.release.digest,
        archive.len()
    ))?;
    Ok(ExitCode::SUCCESS)
}

fn import(what: &Import) -> anyhow::Result<ExitCode> {
    let (series, args, types) = match what {
        Import::ForeignAssistance { files, types } => {
            (Series::ForeignAssistance, files, types.as_slice())
        }
        Import::UsPersonnel { files } => (Series::UsPersonnel, files, &[][..]),
        Import::Training { files } => (Series::Training, files, &[][..]),
    };
    for code in &args.partner {
        code.parse::<Iso3>().map_err(|expected| anyhow!("--partner {code}: {expected}"))?;
    }
    let retrieved = args.retrieved.as_deref().map(|date| {
        date.parse::<PartialDate>().map_err(|expected| anyhow!("--retrieved {date}: {expected}"))
    });
    let stage = |kind: &TransactionType| match kind {
        TransactionType::Obligations => SeriesStage::Obligated,
        TransactionType::Disbursements => SeriesStage::Disbursed,
        TransactionType::Planned => SeriesStage::Planned,
        TransactionType::Requests => SeriesStage::Request,
    };
    let request = ImportRequest {
        files: args.files.clone(),
        out: args.out.clone(),
        partners: args.partner.iter().cloned().collect(),
        since: args.since,
        stages: types.iter().map(stage).collect(),
        retrieved: retrieved.transpose()?,
        skip_unmapped: args.skip_unmapped,
    };
    let report = import::import(series, &request).context("nothing was imported")?;
    print(&match args.format {
        ReportFormat::Text => report.in_words(),
        ReportFormat::Json => serde_json::to_string_pretty(&report)? + "\n",
    })?;
    Ok(if report.imported { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn healthcheck(which: &Healthcheck) -> anyhow::Result<ExitCode> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .context("the runtime could not be started")?;
    runtime.block_on(server::healthcheck(which.metrics_listen.unwrap_or(which.listen)))?;
    Ok(ExitCode::SUCCESS)
}

/// Prints to standard output; a reader that went away, as `head` does, is no failure.
fn print(text: &str) -> anyhow::Result<()> {
    match std::io::stdout().write_all(text.as_bytes()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            Err(error).context("standard output cannot be written")
        }
        _ => Ok(()),
    }
}
