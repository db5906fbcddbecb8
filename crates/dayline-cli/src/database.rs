//! The database itself.

use std::path::Path;

use dayline_engine::{Config, Engine, Error, OpenError};
use dayline_host::Host;
use serde_json::json;

use crate::output::Output;

pub(crate) fn verify(config: &Config, output: &Output) -> anyhow::Result<bool> {
    let report = dayline_engine::verify(&config.folder).map_err(Error::from)?;
    let sound = report.problems.is_empty();
    let value = json!({
        "ok": sound,
        "schema": report.version,
        "latest_schema": dayline_engine::LATEST_SCHEMA,
        "tables": report.tables,
        "columns": report.columns,
        "indexes": report.indexes,
        "problems": report.problems,
    });
    output.give(&value, |_| {
        let counts = format!(
            "Schema {}: {} tables, {} columns, {} indexes.",
            report.version, report.tables, report.columns, report.indexes
        );
        if sound {
            format!("{counts} The database is sound.")
        } else {
            format!("{counts}\n{}", report.problems.join("\n"))
        }
    })?;
    Ok(sound)
}

pub(crate) async fn rollback(config: Config, output: &Output) -> anyhow::Result<bool> {
    let folder = config.folder.clone();
    // Under a running Dayline the schema must not change.
    match Engine::open_existing(Host::real()?, config) {
        Ok(engine) => {
            let Some(pen) = engine.take_pen().await? else {
                return Err(Error::Busy("quit it first".to_owned()).into());
            };
            engine.note_rollback();
            pen.put_down().await;
        }
        // Already an older one: the rollback itself knows whether there is one before it.
        Err(Error::Open(OpenError::Older { .. })) => {}
        Err(error) => return Err(error.into()),
    }
    let (schema, backup) = dayline_engine::rollback(&folder).map_err(Error::from)?;
    let value = json!({ "schema": schema, "backup": backup });
    output.give(&value, |_| {
        format!(
            "The schema is {schema} now. The database as it was: {}",
            backup.display()
        )
    })?;
    Ok(true)
}

pub(crate) fn backup(engine: &Engine, file: &Path, output: &Output) -> anyhow::Result<bool> {
    engine.backup(file)?;
    output.give(&json!({ "backup": file }), |_| {
        format!("Copied to {}.", file.display())
    })?;
    Ok(true)
}

pub(crate) async fn maintain(engine: &Engine, output: &Output) -> anyhow::Result<bool> {
    let report = engine.maintain().await?;
    output.give(&report, |report| {
        let lines = report.steps.iter().map(|step| match &step.problem {
            None => format!("{}: {}", step.step.replace('_', " "), step.count),
            Some(problem) => format!("{}: {problem}", step.step.replace('_', " ")),
        });
        lines.collect::<Vec<String>>().join("\n")
    })?;
    Ok(report.is_ok())
}
