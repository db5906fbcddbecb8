//! The UI's packages and its build, done again only when something changed.

use std::path::Path;
use std::time::SystemTime;

use anyhow::Result;

use crate::process::{self, say};
use crate::workspace::Workspace;

/// Installs the UI's packages unless they are as new as the lock file.
pub fn install(workspace: &Workspace) -> Result<()> {
    let ui = workspace.ui();
    let installed = modified(&ui.join("node_modules/.package-lock.json"));
    let locked = modified(&ui.join("package-lock.json"));
    if installed.is_some() && installed >= locked {
        say("UI packages: up to date");
        return Ok(());
    }
    say("UI packages: installing");
    let mut npm = workspace.npm();
    npm.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]);
    process::run("npm ci", &mut npm)
}

/// Builds the UI into `ui/dist`, which the app embeds, unless it is newer than its sources.
pub fn build(workspace: &Workspace) -> Result<()> {
    let ui = workspace.ui();
    let built = modified(&ui.join("dist/index.html"));
    if built.is_some() && built >= newest_source(&ui)? {
        say("UI: up to date");
        return Ok(());
    }
    say("UI: building");
    process::run(
        "npm run build",
        workspace.npm().args(["run", "--silent", "build"]),
    )
}

/// Builds the scenes, in which the window's views are tested and measured without the app.
pub fn build_scenes(workspace: &Workspace) -> Result<()> {
    say("UI: building the scenes");
    process::run(
        "npm run build:scenes",
        workspace.npm().args(["run", "--silent", "build:scenes"]),
    )
}

fn modified(path: &Path) -> Option<SystemTime> {
    std::fs::metadata(path)
        .and_then(|found| found.modified())
        .ok()
}

/// When the youngest file or folder that the build may read was changed.
fn newest_source(ui: &Path) -> Result<Option<SystemTime>> {
    let mut newest = None;
    let mut folders = vec![ui.to_owned()];
    while let Some(folder) = folders.pop() {
        if folder != ui {
            newest = newest.max(modified(&folder));
        }
        for entry in std::fs::read_dir(folder)? {
            let entry = entry?;
            let name = entry.file_name();
            let name = name.to_string_lossy();
            let source = name != "node_modules" && name != "tests" && !name.starts_with("dist");
            if !source {
                continue;
            }
            if entry.file_type()?.is_dir() {
                folders.push(entry.path());
            } else {
                newest = newest.max(modified(&entry.path()));
            }
        }
    }
    Ok(newest)
}

#[cfg(test)]
mod tests;
