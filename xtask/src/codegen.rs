//! `cargo xtask codegen`: writes the generated files that are checked in.
//!
//! The generators are the tests that compare those files with the code: told to update, they write
//! instead of failing.

use anyhow::Result;

use crate::process::{self, say};
use crate::workspace::Workspace;
use crate::{packages, ui};

/// Writes ui/src/ipc/bindings.ts and docs/schema.sql.
pub fn run(workspace: &Workspace) -> Result<()> {
    say("docs/schema.sql, from the migrations");
    let mut schema = workspace.cargo();
    schema
        .args(["test", "--quiet", "-p", "dayline-store", "schema"])
        .env("UPDATE_SCHEMA", "1");
    process::run("the schema's generator", &mut schema)?;

    // The shell embeds the built UI, so there has to be one.
    packages::ensure(packages::Need::Window)?;
    ui::install(workspace)?;
    ui::build(workspace)?;
    say("ui/src/ipc/bindings.ts, from the shell's commands");
    let mut bindings = workspace.cargo();
    bindings
        .args(["test", "--quiet", "-p", "dayline", "bindings"])
        .env("UPDATE_BINDINGS", "1");
    process::run("the bindings' generator", &mut bindings)
}
