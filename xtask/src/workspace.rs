//! Where things are in the checkout, and how cargo is called.
//!
//! Every build of a test run uses the same features and profile on the whole workspace, so that
//! no dependency is built twice.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result};
use serde::Deserialize;

use crate::process;

/// Takes provider addresses from the environment. On in `run` and `test`, off in packages.
pub const DEV_FEATURES: &str = "dayline/dev-endpoints,dayline-cli/dev-endpoints";

/// Everything: with the tests in the real window as well.
pub const ALL_FEATURES: &str =
    "dayline/dev-endpoints,dayline-cli/dev-endpoints,dayline-e2e/real-window";

/// The checkout that xtask works on.
#[derive(Debug, Clone)]
pub struct Workspace {
    /// The folder with the workspace's Cargo.toml.
    pub root: PathBuf,
    /// The folder that cargo builds into.
    pub target: PathBuf,
}

/// What cargo built a binary for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Profile {
    /// Quick to build.
    Dev,
    /// As in packages.
    Release,
}

/// The part of `cargo metadata --no-deps` that xtask reads.
#[derive(Deserialize)]
struct Metadata {
    workspace_root: PathBuf,
    target_directory: PathBuf,
    packages: Vec<Package>,
}

#[derive(Deserialize)]
struct Package {
    name: String,
    targets: Vec<Target>,
}

#[derive(Deserialize)]
struct Target {
    name: String,
    kind: Vec<String>,
    #[serde(rename = "required-features", default)]
    required_features: Vec<String>,
}

impl Metadata {
    fn load() -> Result<Self> {
        let mut cargo = clean_cargo();
        cargo.args(["metadata", "--format-version", "1", "--no-deps"]);
        let json = process::output("cargo metadata", &mut cargo)?;
        serde_json::from_str(&json).context("cargo metadata is not understood")
    }
}

impl Workspace {
    /// Asks cargo where the checkout and its target folder are.
    pub fn find() -> Result<Self> {
        let metadata = Metadata::load()?;
        Ok(Self {
            root: metadata.workspace_root,
            target: metadata.target_directory,
        })
    }

    /// The integration tests of `package` that exist only with `feature`.
    pub fn tests_behind(package: &str, feature: &str) -> Result<Vec<String>> {
        let behind = |target: &Target| {
            target.kind.iter().any(|kind| kind == "test")
                && target
                    .required_features
                    .iter()
                    .any(|required| required == feature)
        };
        let packages = Metadata::load()?.packages;
        let packages = packages.into_iter().filter(|found| found.name == package);
        let targets = packages.flat_map(|found| found.targets).filter(behind);
        Ok(targets.map(|target| target.name).collect())
    }

    /// A cargo command in the root of the checkout.
    pub fn cargo(&self) -> Command {
        let mut command = clean_cargo();
        command.current_dir(&self.root);
        command
    }

    /// An npm command in the UI's folder.
    pub fn npm(&self) -> Command {
        let mut command = Command::new(if cfg!(windows) { "npm.cmd" } else { "npm" });
        command.current_dir(self.ui());
        command
    }

    /// The UI's folder.
    pub fn ui(&self) -> PathBuf {
        self.root.join("ui")
    }

    /// Where cargo puts the binary `name`.
    pub fn binary(&self, name: &str, profile: Profile) -> PathBuf {
        let folder = match profile {
            Profile::Dev => "debug",
            Profile::Release => "release",
        };
        let file = format!("{name}{}", std::env::consts::EXE_SUFFIX);
        self.target.join(folder).join(file)
    }

    /// Tells `command` where the programs are.
    pub fn point_to_programs(&self, command: &mut Command) {
        for (variable, binary) in [
            ("DAYLINE_DESKTOP_BIN", "dayline-desktop"),
            ("DAYLINE_BIN", "dayline"),
            ("DAYLINE_SIMULATOR_BIN", "dayline-simulator"),
            ("DAYLINE_RELAY_BIN", "dayline-relay"),
        ] {
            command.env(variable, self.binary(binary, Profile::Dev));
        }
    }
}

/// Cargo without the variables that `cargo run` sets for xtask itself: some build scripts watch
/// them and would run again on every change between `cargo xtask` and plain cargo.
fn clean_cargo() -> Command {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    for (name, _) in std::env::vars_os() {
        let Some(text) = name.to_str() else { continue };
        let own = text.starts_with("CARGO_PKG_")
            || text.starts_with("CARGO_MANIFEST_")
            || matches!(
                text,
                "CARGO" | "CARGO_BIN_NAME" | "CARGO_CRATE_NAME" | "LD_LIBRARY_PATH"
            );
        if own {
            command.env_remove(&name);
        }
    }
    if std::env::var_os("CI").is_some() {
        command.env("CARGO_INCREMENTAL", "0");
    }
    command
}
