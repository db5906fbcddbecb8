//! `cargo xtask run`: from a clone to the window.
//!
//! With a display it starts the app and leaves the rest to it. Without one it starts a session of
//! its own, has the app sync and paint the sample data there, and keeps the picture.

use std::path::PathBuf;
use std::process::{Command, ExitCode};

use anyhow::{Context, Result};
use clap::Args;

use crate::packages::{self, Need};
use crate::process::{self, say};
use crate::ui;
use crate::workspace::{DEV_FEATURES, Profile, Workspace};

mod picture;
mod summary;

pub use summary::Summary;

/// How to start the app.
#[derive(Debug, Args)]
pub struct Options {
    /// Starts with sample data in a temporary folder: no account, no network.
    #[arg(long)]
    sample: bool,
    /// Writes a picture of the window to FILE; implies --headless.
    #[arg(long, value_name = "FILE")]
    screenshot: Option<PathBuf>,
    /// Uses a virtual display although there is a real one.
    #[arg(long)]
    headless: bool,
    /// Builds the app as in packages: slower to build, quicker to run.
    #[arg(long)]
    release: bool,
    /// Starts this binary instead of building one.
    #[arg(long, value_name = "FILE", conflicts_with = "release")]
    app: Option<PathBuf>,
    /// Arguments for the app.
    #[arg(last = true)]
    args: Vec<String>,
}

/// Installs, builds and starts.
pub fn run(workspace: &Workspace, options: &Options) -> Result<ExitCode> {
    let headless = options.headless || options.screenshot.is_some() || !has_display();
    if headless && !options.headless && options.screenshot.is_none() {
        say("there is no display: the sample data will be painted on a virtual one");
    }
    let app = match &options.app {
        Some(app) => app.clone(),
        None => build(
            workspace,
            options,
            if headless {
                Need::Headless
            } else {
                Need::Window
            },
        )?,
    };
    if headless {
        let default = workspace.target.join("dayline.png");
        let screenshot = options.screenshot.clone().unwrap_or(default);
        let summary = summary::of_sample(&app, &options.args, &screenshot)?;
        println!("{}", serde_json::to_string(&summary)?);
        return Ok(ExitCode::SUCCESS);
    }
    say("starting Dayline");
    let mut command = Command::new(&app);
    if options.sample {
        command.arg("--sample");
    }
    let status = command
        .args(&options.args)
        .status()
        .with_context(|| format!("{} could not be started", app.display()))?;
    anyhow::ensure!(status.success(), "Dayline ended with an error ({status})");
    Ok(ExitCode::SUCCESS)
}

fn build(workspace: &Workspace, options: &Options, need: Need) -> Result<PathBuf> {
    packages::ensure(need)?;
    ui::install(workspace)?;
    ui::build(workspace)?;
    say("app: building (about five minutes the first time)");
    let mut cargo = workspace.cargo();
    // The whole workspace chooses the features of dependencies, as in `cargo xtask test`.
    cargo.args([
        "build",
        "--workspace",
        "--bin",
        "dayline-desktop",
        "--features",
        DEV_FEATURES,
    ]);
    let profile = if options.release {
        cargo.arg("--release");
        Profile::Release
    } else {
        Profile::Dev
    };
    process::run("the build of the app", &mut cargo)?;
    Ok(workspace.binary("dayline-desktop", profile))
}

/// Whether there is a screen to show a window on.
fn has_display() -> bool {
    let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    !cfg!(target_os = "linux") || set("DISPLAY") || set("WAYLAND_DISPLAY")
}
