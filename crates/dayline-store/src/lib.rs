//! Dayline in SQLite: the only crate that contains SQL.
//!
//! It keeps and finds; it does not decide. One connection writes, others read beside it (WAL).
//! Every write runs in one transaction that first checks the lease where the writer claims to
//! hold it, so that a process that lost it cannot write what it decided while it held it.
//!
//! Calls block for as long as SQLite takes, which is milliseconds: transactions hold one page
//! of a round. That keeps the order of events the same in every run, which the simulation
//! needs, and was chosen over a database thread with a queue for that reason.
#![warn(missing_docs)]

mod accounts;
mod attempts;
mod audit;
mod calendars;
mod error;
mod events;
mod health;
mod lease;
mod ledger;
mod links;
mod maintenance;
mod migrations;
mod occurrences;
mod patterns;
mod people;
mod push;
mod rounds;
mod rows;
mod sealed;
mod search;
mod settings;
mod shared;
mod stats;
#[cfg(any(test, feature = "testing"))]
mod testing;
mod visited;
mod watch;

use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags, TransactionBehavior};

pub use self::accounts::{AccountRow, AccountStatus, NewAccount, Problem, SealedTokens};
pub use self::attempts::AttemptRow;
pub use self::audit::{AuditRow, NewAudit};
pub use self::calendars::CalendarRow;
pub use self::error::{OpenError, StoreError};
pub use self::events::{Derived, EventCore, EventRow, LinkRow, UpsertOutcome};
pub use self::health::SyncRun;
pub use self::lease::{Generation, Lease};
pub use self::ledger::{ChangeRow, ChangedField, NewChange};
pub use self::links::LinkSource;
pub use self::maintenance::{VerifyReport, verify};
pub use self::migrations::{FIRST_RELEASED, LATEST, rollback};
pub use self::occurrences::{
    CategoryId, CategoryRow, NewOccurrence, OccurrenceFacts, OccurrenceNarrow, OccurrenceRow,
    SpanRow,
};
pub use self::patterns::PatternRow;
pub use self::people::PersonRow;
pub use self::push::{NewPush, PushRow, PushState};
pub use self::rounds::{FollowUp, FollowUpKind, InstanceRow, Round, RoundState};
pub use self::sealed::{SEALING_KEY, Sealed};
pub use self::search::{FoundEvent, Hit, Hits, NearestOccurrence, SearchSource, SearchText};
pub use self::shared::MailboxRow;
pub use self::stats::{ComingEvent, RunRow};
#[cfg(any(test, feature = "testing"))]
pub use self::testing::Disk;
pub use self::visited::VisitedSpan;
pub use self::watch::{EndedRound, Watcher};

/// The database's file name inside of the data folder.
pub const FILE_NAME: &str = "dayline.sqlite3";

/// How long a write waits for another process to finish its own.
const BUSY_TIMEOUT: Duration = Duration::from_secs(10);
/// Memory for pages of one connection, in KiB as a negative number: a busy week touches more than
/// SQLite's own 2 MiB, and so does a page of a round.
const CACHE_KIB: i64 = -8_192;
/// Pages in the log after which they are written back. A page of a round touches more than SQLite's
/// own 1,000, so that each commit would write back what the next one touches again.
const LOG_PAGES: i64 = 8_000;
/// How many idle reading connections are kept.
const MAX_IDLE_READERS: usize = 4;

/// The open database.
pub struct Store {
    path: PathBuf,
    writer: Mutex<Connection>,
    readers: Mutex<Vec<Connection>>,
}

/// A transaction that only reads: everything seen in it is of one moment.
pub struct Read<'a> {
    connection: &'a Connection,
}

/// A transaction that writes.
pub struct Write<'a> {
    read: Read<'a>,
}

impl<'a> Deref for Write<'a> {
    type Target = Read<'a>;

    fn deref(&self) -> &Self::Target {
        &self.read
    }
}

impl Read<'_> {
    /// The one row of a query that is prepared once.
    fn row<T>(
        &self,
        sql: &str,
        params: impl rusqlite::Params,
        read: impl FnOnce(&rusqlite::Row<'_>) -> rusqlite::Result<T>,
    ) -> rusqlite::Result<T> {
        self.connection.prepare_cached(sql)?.query_row(params, read)
    }
}

impl Write<'_> {
    /// Runs a statement that is prepared once, and gives how many rows it changed.
    fn run(&self, sql: &str, params: impl rusqlite::Params) -> rusqlite::Result<usize> {
        self.connection.prepare_cached(sql)?.execute(params)
    }
}

impl Store {
    /// Opens the database in `folder`, makes it if it is not there, and brings it to this
    /// version's schema.
    ///
    /// # Errors
    /// [`OpenError::Newer`]: update Dayline. [`OpenError::Damaged`]: nothing was changed.
    pub fn open(folder: &Path) -> Result<Self, OpenError> {
        create_private_folder(folder)?;
        let path = folder.join(FILE_NAME);
        let turn = if migrations::find_version(&path)? == Some(LATEST) {
            None
        } else {
            // Two processes that migrate at once would both create the same tables.
            Some(migrations::Turn::wait(folder)?)
        };
        let mut connection = Connection::open(&path).map_err(OpenError::from)?;
        restrict_to_owner(&path)?;
        prepare(&connection)?;
        migrations::to_latest(&mut connection)?;
        if let Some(turn) = turn {
            turn.end();
        }
        Ok(Self {
            path,
            writer: Mutex::new(connection),
            readers: Mutex::new(Vec::new()),
        })
    }

    /// Opens a database of exactly this version's schema and never changes its schema.
    ///
    /// # Errors
    /// As [`Store::open`]; [`OpenError::Missing`] if there is none, [`OpenError::Older`] if it
    /// waits for a migration.
    pub fn open_existing(folder: &Path) -> Result<Self, OpenError> {
        let path = folder.join(FILE_NAME);
        match migrations::find_version(&path)? {
            None => return Err(OpenError::Missing(path)),
            Some(LATEST) => {}
            Some(found) => {
                return Err(OpenError::Older {
                    found,
                    known: LATEST,
                });
            }
        }
        let connection = Connection::open_with_flags(&path, OpenFlags::SQLITE_OPEN_READ_WRITE)
            .map_err(OpenError::from)?;
        prepare(&connection)?;
        Ok(Self {
            path,
            writer: Mutex::new(connection),
            readers: Mutex::new(Vec::new()),
        })
    }

    /// Where the database lies.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Reads in one transaction, beside any writer.
    pub fn read<T>(
        &self,
        work: impl FnOnce(&Read<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let mut connection = match self
            .readers
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .pop()
        {
            Some(connection) => connection,
            None => self.open_reader()?,
        };
        let transaction = connection.transaction()?;
        let result = work(&Read {
            connection: &transaction,
        });
        transaction.finish()?;
        let mut idle = self.readers.lock().unwrap_or_else(PoisonError::into_inner);
        if idle.len() < MAX_IDLE_READERS {
            idle.push(connection);
        }
        result
    }

    /// Writes in one transaction; on an error nothing of it remains.
    pub fn write<T>(
        &self,
        work: impl FnOnce(&Write<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let mut connection = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let result = work(&Write {
            read: Read {
                connection: &transaction,
            },
        })?;
        transaction.commit()?;
        Ok(result)
    }

    /// Like [`Store::write`], but only while the lease is still held under `generation`.
    ///
    /// # Errors
    /// [`StoreError::LeaseLost`]: stop, another process took over.
    pub fn write_held<T>(
        &self,
        generation: Generation,
        work: impl FnOnce(&Write<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        self.write(|write| {
            write.check_lease(generation)?;
            work(write)
        })
    }

    fn open_reader(&self) -> Result<Connection, StoreError> {
        let connection = Connection::open_with_flags(
            &self.path,
            OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX,
        )?;
        connection.busy_timeout(BUSY_TIMEOUT)?;
        connection.pragma_update(None, "cache_size", CACHE_KIB)?;
        Ok(connection)
    }
}

fn prepare(connection: &Connection) -> Result<(), OpenError> {
    let pragmas = || -> rusqlite::Result<()> {
        connection.busy_timeout(BUSY_TIMEOUT)?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        // FULL, not NORMAL: a refresh token that a provider rotated must survive a power cut.
        connection.pragma_update(None, "synchronous", "FULL")?;
        connection.pragma_update(None, "foreign_keys", true)?;
        connection.pragma_update(None, "cache_size", CACHE_KIB)?;
        connection.pragma_update(None, "wal_autocheckpoint", LOG_PAGES)?;
        // The file may come from elsewhere: no tricks through its schema, no mapped pages.
        connection.pragma_update(None, "trusted_schema", false)?;
        connection.pragma_update(None, "mmap_size", 0)?;
        connection.set_prepared_statement_cache_capacity(128);
        Ok(())
    };
    pragmas().map_err(OpenError::from)
}

fn create_private_folder(folder: &Path) -> Result<(), OpenError> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder).map_err(|cause| OpenError::Folder {
        folder: folder.to_owned(),
        cause,
    })
}

fn restrict_to_owner(path: &Path) -> Result<(), OpenError> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o600)).map_err(
            |cause| OpenError::Folder {
                folder: path.to_owned(),
                cause,
            },
        )?;
    }
    #[cfg(not(unix))]
    let _ = path;
    Ok(())
}

#[cfg(test)]
mod tests;
