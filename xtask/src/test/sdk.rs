//! The vendors' own SDKs against the simulator, in plain HTTP and behind TLS.
//!
//! `tests/sdk` has a folder for each: `run.py` with its `requirements.txt`, `run.mjs` with its
//! `package.json`. Every script gets a simulator of its own, learns from the environment where
//! it is, and ends with a line such as `5 passed, 0 failed`.

use std::fs;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::{Context, Result, anyhow};
use serde_json::Value;

use super::bench::{Bench, counted};
use super::counts::Counts;
use crate::process::{self, Service, say};
use crate::workspace::{Profile, Workspace};

/// The folders below `tests/sdk`, and whether plain HTTP makes sense to them.
const FOLDERS: &[(&str, bool)] = &[("graph", true), ("google", true), ("signin", false)];

/// The day in which every script finds itself.
const NOW: &str = "2026-11-20T09:38:00Z";

/// How long the simulator may take until it is ready.
const PATIENCE: Duration = Duration::from_secs(30);

/// Runs every script of every folder.
pub fn run(bench: &mut Bench<'_>) -> Result<Counts> {
    bench.packages()?;
    bench.simulator()?;
    let workspace = bench.workspace;
    let python = python(workspace)?;
    let mut counts = Counts::default();
    for (name, plain) in FOLDERS {
        let folder = folder(workspace, name);
        install_npm(workspace, &folder)?;
        for tls in [false, true].into_iter().filter(|tls| *tls || *plain) {
            let mut by_python = Command::new(&python);
            by_python.arg("run.py");
            let mut by_node = Command::new("node");
            by_node.arg("run.mjs");
            for script in [by_python, by_node] {
                counts += one(workspace, &folder, script, tls).unwrap_or_else(|error| {
                    println!("failed: {name}: {error:#}");
                    Counts::one_failed()
                });
            }
        }
    }
    Ok(counts)
}

fn folder(workspace: &Workspace, name: &str) -> PathBuf {
    workspace.root.join("tests").join("sdk").join(name)
}

/// Runs one script against a simulator that has just started.
fn one(workspace: &Workspace, folder: &Path, mut script: Command, tls: bool) -> Result<Counts> {
    let program = workspace.binary("dayline-simulator", Profile::Dev);
    let mut command = Command::new(program);
    command.args(["--scenario", "sample", "--seed", "7", "--now", NOW]);
    if tls {
        command.arg("--tls");
    }
    let mut simulator = Service::spawn("the simulator", &command, Stdio::null(), Stdio::inherit())?;
    let line = simulator
        .lines()?
        .recv_timeout(PATIENCE)
        .context("the simulator said nothing")?;
    let ready: Value = serde_json::from_str(&line).context("its first line is not JSON")?;
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    let language = script.get_program().to_string_lossy();
    let language = Path::new(language.as_ref()).file_stem().unwrap_or_default();
    say(format!(
        "{name} with {}, {}",
        language.to_string_lossy(),
        if tls { "TLS" } else { "plain HTTP" }
    ));
    script.current_dir(folder).envs(environment(&ready)?);
    // A proxy of the machine has no say in what stays on it.
    for name in ["NO_PROXY", "no_proxy"] {
        script.env(name, "127.0.0.1,localhost");
    }
    if let Some(ca) = ready.get("ca").and_then(Value::as_str) {
        script.env("NODE_EXTRA_CA_CERTS", ca);
    }
    counted("the SDK", &script, Counts::of_own_line)
}

/// What the scripts are told: addresses, tokens, and the certificate authority (empty if none).
fn environment(ready: &Value) -> Result<Vec<(&'static str, String)>> {
    let address = |key: &str| {
        let found = ready.get(key).and_then(Value::as_str);
        found
            .map(str::to_owned)
            .with_context(|| format!("no {key}"))
    };
    let account = |provider: &str, key: &str| {
        ready
            .get("accounts")
            .and_then(Value::as_array)
            .and_then(|list| {
                list.iter()
                    .find(|one| one.get("provider").is_some_and(|name| name == provider))
            })
            .and_then(|found| found.get(key)?.as_str())
            .map(str::to_owned)
            .ok_or_else(|| anyhow!("no {key} for {provider}"))
    };
    Ok(vec![
        ("SIM_GRAPH", address("graph")?),
        ("SIM_GOOGLE", address("google_api")?),
        ("SIM_GOOGLE_AUTH_URI", address("google_auth")?),
        ("SIM_GOOGLE_TOKEN_URI", address("google_token")?),
        ("SIM_MICROSOFT_AUTHORITY", address("microsoft_authority")?),
        ("SIM_ADMIN", address("admin")?),
        ("SIM_CA", address("ca").unwrap_or_default()),
        ("SIM_TOKEN_MICROSOFT", account("microsoft", "access_token")?),
        ("SIM_TOKEN_GOOGLE", account("google", "access_token")?),
        ("SIM_EMAIL_MICROSOFT", account("microsoft", "email")?),
        ("SIM_EMAIL_GOOGLE", account("google", "email")?),
        (
            "SIM_CLIENT_ID_MICROSOFT",
            account("microsoft", "client_id")?,
        ),
        ("SIM_CLIENT_ID_GOOGLE", account("google", "client_id")?),
        (
            "SIM_CLIENT_SECRET_GOOGLE",
            account("google", "client_secret")?,
        ),
    ])
}

/// A Python with the SDKs of every folder, made anew when their requirements change.
fn python(workspace: &Workspace) -> Result<PathBuf> {
    let lists: Vec<PathBuf> = FOLDERS
        .iter()
        .map(|(name, _)| folder(workspace, name).join("requirements.txt"))
        .collect();
    let mut hasher = DefaultHasher::new();
    for list in &lists {
        fs::read(list)
            .with_context(|| list.display().to_string())?
            .hash(&mut hasher);
    }
    let home = workspace
        .target
        .join("sdk")
        .join(format!("python-{:016x}", hasher.finish()));
    let program = if cfg!(windows) {
        home.join("Scripts").join("python.exe")
    } else {
        home.join("bin").join("python")
    };
    let done = home.join("installed");
    if done.is_file() {
        say("Python SDKs: up to date");
        return Ok(program);
    }
    say("Python SDKs: installing");
    // What an interrupted installation left would not be complete.
    let _ = fs::remove_dir_all(&home);
    let system = if cfg!(windows) { "python" } else { "python3" };
    let mut venv = Command::new(system);
    venv.args(["-m", "venv"]).arg(&home);
    process::run("python3 -m venv", &mut venv)?;
    let mut pip = Command::new(&program);
    pip.args(["-m", "pip", "install", "--quiet"]);
    for list in &lists {
        pip.arg("-r").arg(list);
    }
    process::run("pip install", &mut pip)?;
    fs::write(&done, b"").with_context(|| done.display().to_string())?;
    Ok(program)
}

/// The folder's npm packages, unless they are as new as its lock file.
fn install_npm(workspace: &Workspace, folder: &Path) -> Result<()> {
    let modified = |path: &str| {
        fs::metadata(folder.join(path))
            .and_then(|found| found.modified())
            .ok()
    };
    let installed = modified("node_modules/.package-lock.json");
    if installed.is_some() && installed >= modified("package-lock.json") {
        return Ok(());
    }
    let mut npm = workspace.npm();
    npm.current_dir(folder);
    npm.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]);
    process::run("npm ci", &mut npm)
}

#[cfg(test)]
mod tests;
