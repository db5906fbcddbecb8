//! Proving the database whole, and copying it.

use std::collections::BTreeSet;
use std::path::Path;

use rusqlite::{Connection, MAIN_DB, OpenFlags};

use crate::error::{OpenError, StoreError};
use crate::{BUSY_TIMEOUT, FILE_NAME, Store, migrations};

/// What `verify` found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerifyReport {
    /// The schema's version. One below [`crate::LATEST`] is sound too: the next sync brings it up.
    pub version: usize,
    /// Tables found of those expected.
    pub tables: usize,
    /// Columns found of those expected.
    pub columns: usize,
    /// Indexes found of those expected.
    pub indexes: usize,
    /// What is wrong, a sentence each; empty if nothing is.
    pub problems: Vec<String>,
}

/// Opens the database in `folder` read-only and proves tables, columns, indexes and pages.
///
/// # Errors
/// Only if it cannot be read at all; what is wrong in it is part of the report.
pub fn verify(folder: &Path) -> Result<VerifyReport, OpenError> {
    let path = folder.join(FILE_NAME);
    if !path.exists() {
        return Err(OpenError::Missing(path));
    }
    let connection = Connection::open_with_flags(&path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    connection.busy_timeout(BUSY_TIMEOUT)?;
    let version = migrations::version(&connection)?;
    if version > migrations::LATEST {
        return Err(OpenError::Newer {
            found: version,
            known: migrations::LATEST,
        });
    }
    let mut problems = Vec::new();
    let expected = shape(&migrations::fresh(version)?)?;
    let found = shape(&connection)?;
    for missing in expected.difference(&found) {
        problems.push(format!("{missing} is missing"));
    }
    let mut check = connection.prepare("PRAGMA quick_check(20)")?;
    let findings = check.query_map([], |row| row.get::<_, String>(0))?;
    for finding in findings {
        let finding = finding?;
        if finding != "ok" {
            problems.push(finding);
        }
    }
    let mut check = connection.prepare("PRAGMA foreign_key_check")?;
    let orphans = check.query_map([], |row| row.get::<_, String>(0))?;
    for orphan in orphans {
        problems.push(format!("a row of {} belongs to nothing", orphan?));
    }
    let count = |kind: &str| {
        expected
            .intersection(&found)
            .filter(|part| part.starts_with(kind))
            .count()
    };
    Ok(VerifyReport {
        version,
        tables: count("table "),
        columns: count("column "),
        indexes: count("index "),
        problems,
    })
}

/// Tables, columns and indexes, as `table x`, `column x.y` and `index z`.
fn shape(connection: &Connection) -> Result<BTreeSet<String>, OpenError> {
    let mut statement = connection.prepare(
        "SELECT 'table ' || name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'
         UNION ALL
         SELECT 'index ' || name FROM sqlite_schema WHERE type = 'index' AND name NOT LIKE 'sqlite_%'
         UNION ALL
         SELECT 'column ' || t.name || '.' || c.name || ' ' || c.type
         FROM sqlite_schema t JOIN pragma_table_xinfo(t.name) c
         WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%'",
    )?;
    let parts = statement.query_map([], |row| row.get(0))?;
    parts.collect::<Result<_, _>>().map_err(OpenError::from)
}

impl Store {
    /// Copies the database as it is now to `target`, beside readers and writers.
    ///
    /// # Errors
    /// [`StoreError::Backup`] if `target` exists or cannot be written.
    pub fn backup(&self, target: &Path) -> Result<(), StoreError> {
        if target.exists() {
            return Err(StoreError::Backup(format!(
                "{} exists already",
                target.display()
            )));
        }
        let source = self.open_reader()?;
        source
            .backup(MAIN_DB, target, None)
            .map_err(|error| StoreError::Backup(error.to_string()))
    }
}
