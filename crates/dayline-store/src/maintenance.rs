//! Proving the database whole, and copying it.

use std::collections::BTreeSet;
use std::fs::{File, OpenOptions};
use std::io;
use std::path::Path;

use rusqlite::{Connection, MAIN_DB, OpenFlags, Statement};

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
    if version == 0 {
        problems.push("it is empty: it holds no tables at all".to_owned());
    }
    let expected = shape(&migrations::fresh(version)?)?;
    let found = shape(&connection)?;
    for missing in expected.difference(&found) {
        problems.push(format!("{missing} is missing"));
    }
    let checks = connection
        .prepare("PRAGMA quick_check(20)")
        .and_then(|mut check| first_column(&mut check));
    let orphans = connection
        .prepare("PRAGMA foreign_key_check")
        .and_then(|mut check| first_column(&mut check));
    match checks {
        Ok(findings) => problems.extend(findings.into_iter().filter(|finding| finding != "ok")),
        Err(error) => problems.push(error.to_string()),
    }
    match orphans {
        Ok(tables) => problems.extend(
            tables
                .into_iter()
                .map(|table| format!("a row of {table} belongs to nothing")),
        ),
        // Pages that cannot be read are named above already.
        Err(_) if !problems.is_empty() => {}
        Err(error) => problems.push(error.to_string()),
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

fn first_column(statement: &mut Statement<'_>) -> rusqlite::Result<Vec<String>> {
    statement.query_map([], |row| row.get(0))?.collect()
}

/// Tables, columns, indexes and triggers, as `table x`, `column x.y`, `index z` and `trigger t`.
fn shape(connection: &Connection) -> Result<BTreeSet<String>, OpenError> {
    let mut statement = connection.prepare(
        "SELECT 'table ' || name FROM pragma_table_list
         WHERE schema = 'main' AND type <> 'shadow' AND name NOT LIKE 'sqlite_%'
         UNION ALL
         SELECT type || ' ' || name FROM sqlite_schema
         WHERE type IN ('index', 'trigger') AND name NOT LIKE 'sqlite_%'
         UNION ALL
         SELECT 'column ' || t.name || '.' || c.name || ' ' || c.type
         FROM pragma_table_list t JOIN pragma_table_xinfo(t.name) c
         WHERE t.schema = 'main' AND t.type <> 'shadow' AND t.name NOT LIKE 'sqlite_%'",
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
        let source = self.open_reader()?;
        copy_to_new_file(&source, target).map_err(StoreError::Backup)
    }
}

/// Copies a whole database to a new file for its owner only: it holds everybody's appointments.
pub(crate) fn copy_to_new_file(source: &Connection, target: &Path) -> Result<(), String> {
    let file = new_private_file(target, OpenOptions::new().create_new(true));
    drop(file.map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => format!("{} exists already", target.display()),
        _ => format!("{}: {error}", target.display()),
    })?);
    source.backup(MAIN_DB, target, None).map_err(|error| {
        // Half a copy is worse than none.
        let _ = std::fs::remove_file(target);
        error.to_string()
    })
}

/// Opens a file for writing that only its owner may read, if it is made here.
pub(crate) fn new_private_file(path: &Path, options: &mut OpenOptions) -> io::Result<File> {
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(options, 0o600);
    options.write(true).open(path)
}
