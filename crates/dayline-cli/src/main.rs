//! `dayline`: the engine on a terminal.
//!
//! It has the same engine as the window, so everything that it prints is what the window shows.
//! Beside a running app it reads, and asks it for the rest.

mod accounts;
mod agenda;
mod arguments;
mod audit;
mod calendars;
mod changes;
mod database;
mod doctor;
mod keys;
mod links;
mod output;
mod patterns;
mod push;
mod search;
mod settings;
mod stats;
mod sync;
mod views;
mod watch;

use std::process::ExitCode;

use anyhow::Context as _;
use clap::Parser as _;
use dayline_engine::{Config, Endpoints, Engine};
use dayline_host::Host;

use crate::arguments::{Arguments, Command, Database, Keys, Links};
use crate::output::Output;

/// Exit code of a command that another program interrupted, as shells expect it.
const INTERRUPTED: u8 = 130;

fn main() -> ExitCode {
    dayline_host::forbid_core_dumps();
    let arguments = Arguments::parse_from(arguments::sorted(std::env::args_os()));
    tracing_subscriber::fmt()
        .with_env_filter(
            tracing_subscriber::EnvFilter::try_from_env("DAYLINE_LOG")
                .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("warn")),
        )
        .with_writer(std::io::stderr)
        .init();
    let output = Output::new(arguments.json);
    // It has to put the pen down before it ends.
    let ends_by_itself = matches!(arguments.command, Command::Watch);
    let runtime = match tokio::runtime::Runtime::new() {
        Ok(runtime) => runtime,
        Err(error) => return output.fail(&error.into()),
    };
    runtime.block_on(async {
        tokio::select! {
            result = run(arguments, &output) => match result {
                Ok(true) => ExitCode::SUCCESS,
                Ok(false) => ExitCode::FAILURE,
                Err(error) => output.fail(&error),
            },
            _ = tokio::signal::ctrl_c(), if !ends_by_itself => ExitCode::from(INTERRUPTED),
        }
    })
}

/// Runs a command. True if everything that was asked for is done.
async fn run(arguments: Arguments, output: &Output) -> anyhow::Result<bool> {
    let folder = match arguments.data_dir {
        Some(folder) => folder,
        None => dirs::data_dir()
            .context("this system names no folder for data; use --data-dir")?
            .join("app.dayline.desktop"),
    };
    let config = Config {
        folder,
        endpoints: Endpoints::from_environment()?,
        zone: dayline_host::system_zone(),
        first_day_of_week: 1,
        sample: false,
        serve_others: true,
    };
    match arguments.command {
        Command::Db(Database::Verify) => database::verify(&config, output),
        Command::Db(Database::Rollback) => database::rollback(config, output).await,
        Command::Db(Database::Backup { file }) => database::backup(&reader(config)?, &file, output),
        Command::Accounts(command) => accounts::run(writer(config)?, command, output).await,
        Command::OpenUrl { url } => accounts::open_url(&writer(config)?, &url, output).await,
        Command::Sync(options) => sync::run(&writer(config)?, &options, output).await,
        Command::Calendars(command) => calendars::run(&reader(config)?, command, output).await,
        Command::Agenda(options) => agenda::run(&reader(config)?, &options, output).await,
        Command::Search(options) => search::run(&reader(config)?, &options, output).await,
        Command::Changes(options) => changes::run(&reader(config)?, &options, output),
        Command::Views(command) => views::run(&reader(config)?, command, output),
        Command::Patterns(command) => patterns::run(&reader(config)?, command, output).await,
        Command::Links(Links::Check(options)) => links::check(&config, &options, output),
        Command::Stats(options) => stats::run(&reader(config)?, &options, output),
        Command::Thread(options) => stats::thread(&reader(config)?, &options, output).await,
        Command::Doctor(arguments::Doctor { export: None }) => doctor::run(config, output).await,
        Command::Doctor(arguments::Doctor {
            export: Some(folder),
        }) => doctor::export(config, &folder, output).await,
        Command::Keys(Keys::Rotate) => keys::rotate(&reader(config)?, output).await,
        Command::Push(command) => push::run(&reader(config)?, command, output).await,
        Command::Settings(command) => settings::run(&writer(config)?, &command, output),
        Command::Watch => watch::run(&writer(config)?).await,
        Command::Audit(options) => audit::run(&reader(config)?, &options, output),
        Command::Db(Database::Maintain) => database::maintain(&reader(config)?, output).await,
    }
}

/// An engine that brings the database up to date.
fn writer(config: Config) -> anyhow::Result<Engine> {
    Ok(Engine::open(Host::real()?, config)?)
}

/// An engine that leaves the schema alone.
fn reader(config: Config) -> anyhow::Result<Engine> {
    Ok(Engine::open_existing(Host::real()?, config)?)
}
