//! Proving the database whole, and copying it.

use std::collections::BTreeSet;
use std::fs::{File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

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
    let connection = migrations::open_to_look(&path)?;
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
    // Not the quick one, which holds no index against its table: an occurrence that its index has
    // lost is not shown, and nothing else says so.
    let checks = connection
        .prepare("PRAGMA integrity_check(20)")
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
///
/// The file has its name only once it is whole: who is killed in the middle leaves half a copy under
/// another name, which nobody takes for a backup and the next copy writes over.
pub(crate) fn copy_to_new_file(source: &Connection, target: &Path) -> Result<(), String> {
    if target.exists() {
        return Err(format!("{} exists already", target.display()));
    }
    let unfinished = beside(target, ".part");
    let forget = || {
        // Its journal would be played back into the next copy.
        for left in [&unfinished, &beside(&unfinished, "-journal")] {
            let _ = std::fs::remove_file(left);
        }
    };
    let in_words = |error: io::Error| format!("{}: {error}", target.display());
    forget();
    drop(new_private_file(&unfinished, OpenOptions::new().create_new(true)).map_err(in_words)?);
    let copied = source
        .backup(MAIN_DB, &unfinished, None)
        .map_err(|error| error.to_string())
        .and_then(|()| std::fs::rename(&unfinished, target).map_err(in_words));
    if copied.is_err() {
        forget();
    }
    copied?;
    // Before anything is done that needs the copy.
    sync_folder_of(target).map_err(in_words)
}

/// The path with `ending` behind its name.
fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

/// Puts a renamed file's name on the disk.
fn sync_folder_of(file: &Path) -> io::Result<()> {
    #[cfg(unix)]
    if let Some(folder) = file.parent() {
        let here = folder.as_os_str().is_empty();
        File::open(if here { Path::new(".") } else { folder })?.sync_all()?;
    }
    #[cfg(not(unix))]
    let _ = file;
    Ok(())
}

/// Opens a file for writing that only its owner may read, if it is made here.
pub(crate) fn new_private_file(path: &Path, options: &mut OpenOptions) -> io::Result<File> {
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(options, 0o600);
    options.write(true).open(path)
}

/// How many rows one transaction of a clean-up removes: other writers get their turn between.
const SWEEP: u32 = 2_000;
/// How long the log's end waits for readers before it leaves them in peace.
const CHECKPOINT_PATIENCE: std::time::Duration = std::time::Duration::from_millis(500);
/// After how many steps of SQLite's machine a long copy looks whether it is still wanted.
const STEPS_PER_LOOK: i32 = 20_000;

impl Store {
    /// Copies the database as it is now, and without its empty pages, to the new file `target`;
    /// the copy is on the disk when this returns.
    ///
    /// Shape: false, and no file, if `is_wanted` said no meanwhile.
    ///
    /// # Errors
    /// [`StoreError::Disk`] if there is no room; [`StoreError::Backup`] for anything else.
    pub fn snapshot(
        &self,
        target: &Path,
        is_wanted: impl Fn() -> bool + Send + 'static,
    ) -> Result<bool, StoreError> {
        let source = self.open_reader()?;
        // SQLite takes an empty file, and leaves its permissions alone.
        let file = new_private_file(target, OpenOptions::new().create_new(true))
            .map_err(|error| StoreError::Backup(error.to_string()))?;
        source.progress_handler(STEPS_PER_LOOK, Some(move || !is_wanted()))?;
        let copied = source
            .execute("VACUUM INTO ?1", [target.to_string_lossy()])
            .map_err(StoreError::from)
            .and_then(|_| {
                file.sync_all()
                    .map_err(|error| StoreError::Backup(error.to_string()))
            });
        if copied.is_ok() {
            return Ok(true);
        }
        drop(file);
        // Half a copy is worse than none.
        let _ = std::fs::remove_file(target);
        match copied {
            Err(StoreError::Sqlite(error))
                if error.sqlite_error_code() == Some(rusqlite::ErrorCode::OperationInterrupted) =>
            {
                Ok(false)
            }
            other => other.map(|()| true),
        }
    }

    /// How many bytes the database's pages take, without empty ones.
    pub fn used_bytes(&self) -> Result<u64, StoreError> {
        self.read(|read| {
            let bytes: i64 = read.connection.query_row(
                "SELECT (page_count - freelist_count) * page_size
                 FROM pragma_page_count, pragma_freelist_count, pragma_page_size",
                [],
                |row| row.get(0),
            )?;
            Ok(u64::try_from(bytes).unwrap_or_default())
        })
    }

    /// Writes the log back and cuts it off. False if a reader needs it for now.
    pub fn checkpoint(&self) -> Result<bool, StoreError> {
        let connection = self.open_beside()?;
        connection.busy_timeout(CHECKPOINT_PATIENCE)?;
        let busy: bool =
            connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
        Ok(!busy)
    }

    fn open_beside(&self) -> Result<Connection, StoreError> {
        let connection =
            Connection::open_with_flags(&self.path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        connection.busy_timeout(BUSY_TIMEOUT)?;
        Ok(connection)
    }
}

impl crate::Write<'_> {
    /// Forgets how rounds went that began before `before`: some of them. Returns how many; fewer
    /// than that are left once it is none.
    pub fn purge_sync_runs(
        &self,
        before: chrono::DateTime<chrono::Utc>,
    ) -> Result<usize, StoreError> {
        let purged = self.connection.execute(
            "DELETE FROM sync_runs WHERE rowid IN (
                 SELECT rowid FROM sync_runs WHERE started_at_ms < ?1 LIMIT ?2)",
            rusqlite::params![crate::rows::to_ms(before), SWEEP],
        )?;
        Ok(purged)
    }
}
