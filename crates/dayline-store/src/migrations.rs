//! The schema's versions: `migrations/client/NNNN-name/{up,down}.sql`, one number each.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use rusqlite::{Connection, MAIN_DB, OpenFlags};
use rusqlite_migration::{M, Migrations};

use crate::error::OpenError;
use crate::{FILE_NAME, prepare};

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
static MIGRATIONS: LazyLock<Migrations<'static>> =
    LazyLock::new(|| Migrations::new(vec![migration!("0001-calendar"), migration!("0002-health")]));

/// The schema of this version.
pub const LATEST: usize = 2;
/// The first schema that people were given; a rollback never goes below it.
pub const FIRST_RELEASED: usize = 1;

/// The schema version of an open database.
pub(crate) fn version(connection: &Connection) -> Result<usize, OpenError> {
    let version: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    usize::try_from(version).map_err(|_| OpenError::Damaged("its version is negative".to_owned()))
}

pub(crate) fn check_latest(connection: &Connection) -> Result<(), OpenError> {
    match version(connection)? {
        LATEST => Ok(()),
        found if found > LATEST => Err(OpenError::Newer {
            found,
            known: LATEST,
        }),
        found => Err(OpenError::Older {
            found,
            known: LATEST,
        }),
    }
}

pub(crate) fn to_latest(connection: &mut Connection) -> Result<(), OpenError> {
    let found = version(connection)?;
    if found > LATEST {
        return Err(OpenError::Newer {
            found,
            known: LATEST,
        });
    }
    if found < LATEST {
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
    if !path.exists() {
        return Err(OpenError::Missing(path));
    }
    let mut connection = Connection::open_with_flags(&path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    prepare(&connection)?;
    let found = version(&connection)?;
    if found > LATEST {
        return Err(OpenError::Newer {
            found,
            known: LATEST,
        });
    }
    if found <= FIRST_RELEASED {
        return Err(OpenError::Migration(format!(
            "schema {found} is the first one released, there is none before it"
        )));
    }
    let backup = free_name(folder, found);
    connection.backup(MAIN_DB, &backup, None)?;
    MIGRATIONS
        .to_version(&mut connection, found - 1)
        .map_err(|error| OpenError::Migration(error.to_string()))?;
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
