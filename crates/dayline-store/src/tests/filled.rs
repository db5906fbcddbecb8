//! Databases of every version with something in every table.

use std::path::Path;

use rusqlite::Connection;

use super::dump;
use crate::{FILE_NAME, LATEST, migrations};

/// What each version adds: the SQL of one migration's rows each.
const FILLED: [&str; LATEST] = [
    include_str!("filled.sql"),
    include_str!("filled_0002.sql"),
    include_str!("filled_0003.sql"),
    include_str!("filled_0004.sql"),
    include_str!("filled_0005.sql"),
];

/// Writes a database of `version` into `folder`.
pub(super) fn write_database(folder: &Path, version: usize) {
    let connection = migrations::fresh(version).expect("the schema");
    for sql in FILLED.iter().take(version) {
        connection.execute_batch(sql).expect("rows");
    }
    let tables = dump::columns(&connection);
    let empty: Vec<String> = dump::rows(&connection, &tables)
        .into_iter()
        .filter(|(_, rows)| rows.is_empty())
        .map(|(table, _)| table)
        .collect();
    assert!(empty.is_empty(), "nothing stands in {empty:?}");
    let target = folder.join(FILE_NAME);
    connection
        .execute("VACUUM INTO ?1", [target.to_str().expect("a path")])
        .expect("a file");
}

/// Opens the database in `folder` without this crate's help.
pub(super) fn open(folder: &Path) -> Connection {
    Connection::open(folder.join(FILE_NAME)).expect("a connection")
}
