//! Dayline's window: it starts the engine, shows the UI and translates between the two.
//!
//! No rule of a calendar lives here; everything that the app can do is the engine's, and can be
//! tested without a window.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]
#![warn(missing_docs)]

mod args;
#[cfg(test)]
mod command_names;
mod commands;
mod data_dir;
mod deep_link;
mod events;
mod ipc;
mod locale;
mod logging;
mod navigation;
#[cfg(target_os = "linux")]
mod rendering;
mod sample;
mod session;
mod shell;
mod state;
mod summary;
mod visits;

use std::process::ExitCode;
use std::time::Instant;

use clap::Parser as _;

fn main() -> ExitCode {
    let started = Instant::now();
    let args = args::Args::parse();
    logging::start();
    dayline_host::forbid_core_dumps();
    let wants_summary = args.summary;
    match shell::run(args, started) {
        Ok(code) => u8::try_from(code).map_or(ExitCode::FAILURE, ExitCode::from),
        Err(error) => {
            tracing::error!("Dayline could not start: {error:#}");
            if wants_summary {
                summary::print_failure(&format!("{error:#}"));
            }
            ExitCode::FAILURE
        }
    }
}
