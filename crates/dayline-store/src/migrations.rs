//! The schema's versions: `migrations/client/NNNN-name/{up,down}.sql`, one number each.

use std::fs::{File, OpenOptions};
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use rusqlite::{Connection, OpenFlags};
use rusqlite_migration::{M, Migrations};

use crate::error::OpenError;
use crate::maintenance::{copy_to_new_file, new_private_file};
use crate::{BUSY_TIMEOUT, FILE_NAME, prepare};

macro_rules! migration {
    ($name:literal) => {
        M::up(include_str!(concat!(
            "../../../migrations/client/",
            $name,
            "/up.sql"
        )))
        .down(include_str!(concat!(
            "../../../migrations/client/",
            $name,
            "/down.sql"
        )))
        .foreign_key_check()
    };
}

/// In order; the schema's version is how many of them were applied.
static MIGRATIONS: LazyLock<Migrations<'static>> = LazyLock::new(|| {
    Migrations::new(vec![
        migration!("0001-calendar"),
        migration!("0002-health"),
        migration!("0003-whole-events"),
        migration!("0004-shared-and-accountable"),
        migration!("0005-push"),
    ])
});

/// The schema of this version.
pub const LATEST: usize = 5;
/// The first schema that people were given; a rollback never goes below it.
pub const FIRST_RELEASED: usize = 1;

/// The schema version of an open database.
pub(crate) fn version(connection: &Connection) -> Result<usize, OpenError> {
    let version: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    usize::try_from(version).map_err(|_| OpenError::Damaged("its version is negative".to_owned()))
}

/// The schema version of the database at `path`, not above [`LATEST`]; `None` if there is none.
///
/// It is read before anything is opened for writing, which would change the journal's mode and
/// write back a journal that another version left.
pub(crate) fn find_version(path: &Path) -> Result<Option<usize>, OpenError> {
    if !path.exists() {
        return Ok(None);
    }
    known(version(&open_to_look(path)?)?).map(Some)
}

/// Opens the database at `path` read-only.
///
/// Where a program died before the database had a log, as while it was made or brought back from a
/// backup, a journal lies beside it. Nobody can read before it is played back, and a read-only
/// connection cannot do that: one that writes does it first.
pub(crate) fn open_to_look(path: &Path) -> Result<Connection, OpenError> {
    let open = |flags| -> rusqlite::Result<Connection> {
        let connection = Connection::open_with_flags(path, flags)?;
        connection.busy_timeout(BUSY_TIMEOUT)?;
        connection.pragma_query_value(None, "schema_version", |_| Ok(()))?;
        Ok(connection)
    };
    match open(OpenFlags::SQLITE_OPEN_READ_ONLY) {
        Err(rusqlite::Error::SqliteFailure(error, _))
            if error.extended_code == rusqlite::ffi::SQLITE_READONLY_ROLLBACK =>
        {
            tracing::warn!("the journal of a run that died is played back");
            drop(open(OpenFlags::SQLITE_OPEN_READ_WRITE)?);
            Ok(open(OpenFlags::SQLITE_OPEN_READ_ONLY)?)
        }
        opened => Ok(opened?),
    }
}

fn known(found: usize) -> Result<usize, OpenError> {
    if found > LATEST {
        return Err(OpenError::Newer {
            found,
            known: LATEST,
        });
    }
    Ok(found)
}

/// The right to migrate the database of a folder: a lock on a file beside it.
///
/// A transaction is not enough, since rusqlite_migration decides what to run before it begins one.
pub(crate) struct Turn {
    path: PathBuf,
    file: File,
}

impl Turn {
    /// Waits until no other process migrates.
    pub(crate) fn wait(folder: &Path) -> Result<Self, OpenError> {
        let path = folder.join("dayline.migration.lock");
        let locked = new_private_file(&path, OpenOptions::new().create(true)).and_then(|file| {
            file.lock()?;
            Ok(file)
        });
        match locked {
            Ok(file) => Ok(Self { path, file }),
            Err(cause) => Err(OpenError::Folder {
                folder: path,
                cause,
            }),
        }
    }

    /// Lets the next one go on, once the database is up to date.
    pub(crate) fn end(self) {
        // Who waits for the removed file finds nothing left to do.
        if let Err(error) = std::fs::remove_file(&self.path) {
            tracing::warn!(%error, "the lock of the migration stays behind");
        }
        drop(self.file);
    }
}

pub(crate) fn to_latest(connection: &mut Connection) -> Result<(), OpenError> {
    if known(version(connection)?)? < LATEST {
        MIGRATIONS
            .to_latest(connection)
            .map_err(|error| OpenError::Migration(error.to_string()))?;
    }
    Ok(())
}

/// An empty database in memory with the schema of `version`.
pub(crate) fn fresh(version: usize) -> Result<Connection, OpenError> {
    let mut connection = Connection::open_in_memory()?;
    MIGRATIONS
        .to_version(&mut connection, version)
        .map_err(|error| OpenError::Migration(error.to_string()))?;
    Ok(connection)
}

/// Backs the database up beside itself and takes it one version back. Rows keep every column
/// that the older version knows. Gives the version it now has and the backup's place.
///
/// # Errors
/// [`OpenError::Migration`] if it is at the first released version already.
pub fn rollback(folder: &Path) -> Result<(usize, PathBuf), OpenError> {
    let path = folder.join(FILE_NAME);
    let found = find_version(&path)?.ok_or_else(|| OpenError::Missing(path.clone()))?;
    if found <= FIRST_RELEASED {
        return Err(OpenError::Migration(format!(
            "schema {found} is the first one released, there is none before it"
        )));
    }
    let turn = Turn::wait(folder)?;
    let mut connection = Connection::open_with_flags(&path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    prepare(&connection)?;
    let backup = free_name(folder, found);
    copy_to_new_file(&connection, &backup).map_err(OpenError::Migration)?;
    MIGRATIONS
        .to_version(&mut connection, found - 1)
        .map_err(|error| OpenError::Migration(error.to_string()))?;
    turn.end();
    Ok((found - 1, backup))
}

fn free_name(folder: &Path, version: usize) -> PathBuf {
    let mut name = folder.join(format!("dayline-schema{version}.backup.sqlite3"));
    let mut count = 1;
    while name.exists() {
        count += 1;
        name = folder.join(format!("dayline-schema{version}-{count}.backup.sqlite3"));
    }
    name
}
