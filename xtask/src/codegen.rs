//! `cargo xtask codegen`: writes the generated files that are checked in.
//!
//! The generators are the tests that compare those files with the code: told to update, they write
//! instead of failing.

use std::process::Command;
use std::time::Duration;

use anyhow::{Result, ensure};

use crate::process::{self, say};
use crate::test::counts::Counts;
use crate::workspace::{DEV_FEATURES, Workspace};
use crate::{packages, ui};

/// A generator may have to build the shell first.
const LIMIT: Duration = Duration::from_mins(40);

/// Writes docs/schema.sql and ui/src/ipc/bindings.ts.
pub fn run(workspace: &Workspace) -> Result<()> {
    say("docs/schema.sql, from the migrations");
    let mut schema = workspace.cargo();
    schema.args(["test", "-p", "dayline-store", "schema"]);
    generate("the schema's generator", schema.env("UPDATE_SCHEMA", "1"))?;

    // The shell embeds the built UI, so there has to be one.
    packages::ensure(packages::Need::Window)?;
    ui::install(workspace)?;
    ui::build(workspace)?;
    say("ui/src/ipc/bindings.ts, from the shell's commands");
    let mut bindings = workspace.cargo();
    bindings.args(["test", "--workspace", "--features", DEV_FEATURES]);
    bindings.args(["--bin", "dayline-desktop", "bindings"]);
    generate(
        "the bindings' generator",
        bindings.env("UPDATE_BINDINGS", "1"),
    )
}

/// Runs a generator, and makes sure that there is one.
fn generate(what: &'static str, command: &mut Command) -> Result<()> {
    let mut counts = Counts::default();
    let status = process::watch(what, command, LIMIT, |line| {
        if let Some(more) = Counts::of_cargo_line(line) {
            counts += more;
        }
    })?;
    ensure!(status.success(), "{what} failed ({status})");
    ensure!(counts.passed > 0, "{what} is gone: no test of that name");
    Ok(())
}
