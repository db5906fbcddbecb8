//! What can go wrong with the database, told by what the caller should do.

use std::path::PathBuf;

use rusqlite::ErrorCode;

/// Why the database cannot be opened. Nothing was changed in any of these cases.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// There is none.
    #[error("there is no database at {}", .0.display())]
    Missing(PathBuf),
    /// A newer Dayline wrote it.
    #[error(
        "the database was written by a newer Dayline (its schema is {found}, this version knows {known}). Update Dayline; nothing was changed"
    )]
    Newer {
        /// Its schema.
        found: usize,
        /// The newest one known here.
        known: usize,
    },
    /// It has to be migrated first, which this command does not do.
    #[error(
        "the database is of an older Dayline (its schema is {found}, this version needs {known}). Start Dayline or run `dayline sync` once to bring it up to date"
    )]
    Older {
        /// Its schema.
        found: usize,
        /// The one needed.
        known: usize,
    },
    /// It is no SQLite database, or broken.
    #[error("the database is damaged: {0}. Nothing was changed")]
    Damaged(String),
    /// The folder cannot be made or written.
    #[error("{} cannot be used: {cause}", folder.display())]
    Folder {
        /// Which folder.
        folder: PathBuf,
        /// Why.
        cause: std::io::Error,
    },
    /// The schema could not be brought up to date.
    #[error("the database could not be brought up to date: {0}. Nothing was changed")]
    Migration(String),
    /// Anything else that SQLite says.
    #[error("the database could not be opened: {0}")]
    Sqlite(rusqlite::Error),
}

impl From<rusqlite::Error> for OpenError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt) => {
                Self::Damaged(error.to_string())
            }
            _ => Self::Sqlite(error),
        }
    }
}

/// Why a read or a write did not happen.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Another process took over: stop deciding.
    #[error("another Dayline took over")]
    LeaseLost,
    /// Another key seals what is secret now: take that one and try again.
    #[error("the sealing key was replaced meanwhile")]
    KeyReplaced,
    /// The disk is full or refuses to be written.
    #[error("the disk is full or cannot be written")]
    Disk,
    /// The file is damaged.
    #[error("the database is damaged")]
    Damaged,
    /// A value in the database makes no sense.
    #[error("the database holds something unexpected in {0}")]
    Value(&'static str),
    /// Anything else that SQLite says.
    #[error("the database did not answer: {0}")]
    Sqlite(rusqlite::Error),
    /// A backup could not be written.
    #[error("the backup could not be written: {0}")]
    Backup(String),
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull | ErrorCode::SystemIoFailure | ErrorCode::ReadOnly) => {
                Self::Disk
            }
            Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt) => Self::Damaged,
            // Only a disk that a test holds in its hand refuses a commit by a hook.
            _ if error.sqlite_error().map(|cause| cause.extended_code)
                == Some(rusqlite::ffi::SQLITE_CONSTRAINT_COMMITHOOK) =>
            {
                Self::Disk
            }
            _ => Self::Sqlite(error),
        }
    }
}
