//! Proving a database whole, and copying it.

use tempfile::{TempDir, tempdir};

use super::{Fixture, dump, filled};
use crate::{FILE_NAME, LATEST, StoreError, verify};

fn filled_database() -> TempDir {
    let folder = tempdir().expect("a folder");
    filled::write_database(folder.path(), LATEST);
    folder
}

fn problems(folder: &TempDir) -> Vec<String> {
    verify(folder.path()).expect("a report").problems
}

#[test]
fn a_sound_database_has_every_part() {
    let folder = filled_database();
    let report = verify(folder.path()).expect("a report");
    assert_eq!(report.version, LATEST);
    assert_eq!(report.problems, Vec::<String>::new());
    let tables = dump::columns(&filled::open(folder.path()));
    assert_eq!(report.tables, tables.len() + 1, "and the index for search");
    // The occurrence's generated column is no column that a dump can write; the index for search
    // has four, and two that SQLite adds.
    assert_eq!(
        report.columns,
        tables.values().map(Vec::len).sum::<usize>() + 1 + 6
    );
    assert!(report.indexes >= 6, "{}", report.indexes);
}

#[test]
fn an_empty_file_is_not_sound() {
    let folder = tempdir().expect("a folder");
    std::fs::write(folder.path().join(FILE_NAME), b"").expect("a file");
    assert_eq!(problems(&folder).len(), 1);
}

#[test]
fn an_older_schema_is_sound_by_its_own_measure() {
    let folder = tempdir().expect("a folder");
    filled::write_database(folder.path(), 1);
    let report = verify(folder.path()).expect("a report");
    assert_eq!((report.version, report.problems), (1, Vec::new()));
}

#[test]
fn what_is_missing_is_named() {
    for (damage, named) in [
        (
            "DROP INDEX event_occurrences_short",
            "index event_occurrences_short is missing",
        ),
        (
            "ALTER TABLE accounts DROP COLUMN problem",
            "column accounts.problem TEXT is missing",
        ),
        (
            "DROP TABLE quarantined_items",
            "table quarantined_items is missing",
        ),
        (
            "ALTER TABLE settings RENAME COLUMN value TO val",
            "column settings.value TEXT is missing",
        ),
    ] {
        let folder = filled_database();
        filled::open(folder.path())
            .execute_batch(damage)
            .expect("damage");
        let found = problems(&folder);
        assert!(
            found.iter().any(|problem| problem == named),
            "{damage}: {found:?}"
        );
    }
}

#[test]
fn what_is_more_than_expected_is_no_problem() {
    let folder = filled_database();
    filled::open(folder.path())
        .execute_batch("CREATE TABLE notes (id INTEGER); CREATE INDEX notes_id ON notes (id)")
        .expect("a table of somebody else");
    assert_eq!(problems(&folder), Vec::<String>::new());
}

#[test]
fn rows_that_belong_to_nothing_are_told() {
    let folder = filled_database();
    let connection = filled::open(folder.path());
    connection
        .execute_batch("PRAGMA foreign_keys = OFF; DELETE FROM calendar_events WHERE id = 7")
        .expect("damage");
    drop(connection);
    let found = problems(&folder);
    assert!(
        found
            .iter()
            .any(|problem| problem == "a row of event_links belongs to nothing"),
        "{found:?}"
    );
}

#[test]
fn a_damaged_page_is_part_of_the_report() {
    let folder = filled_database();
    let connection = filled::open(folder.path());
    let size: u32 = connection
        .pragma_query_value(None, "page_size", |row| row.get(0))
        .expect("a size");
    let page: u32 = connection
        .query_row(
            "SELECT rootpage FROM sqlite_schema WHERE name = 'calendar_events'",
            [],
            |row| row.get(0),
        )
        .expect("a page");
    drop(connection);
    let file = folder.path().join(FILE_NAME);
    let mut bytes = std::fs::read(&file).expect("the file");
    let [from, until] = [page - 1, page].map(|number| (number * size) as usize);
    bytes[from..until].fill(0xa5);
    std::fs::write(&file, bytes).expect("damage");

    let found = problems(&folder);

    assert!(!found.is_empty());
}

#[test]
fn looking_changes_nothing() {
    let folder = filled_database();
    let file = folder.path().join(FILE_NAME);
    let before = std::fs::read(&file).expect("the file");
    problems(&folder);
    assert!(std::fs::read(&file).expect("the file") == before);
}

#[test]
fn a_row_that_its_index_has_lost_is_named() {
    let folder = filled_database();
    let connection = filled::open(folder.path());
    let (root, size): (u32, u32) = connection
        .query_row(
            "SELECT rootpage, page_size FROM sqlite_schema, pragma_page_size
             WHERE name = 'event_occurrences_short'",
            [],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
        .expect("the index");
    drop(connection);
    let file = folder.path().join(FILE_NAME);
    let mut bytes = std::fs::read(&file).expect("the file");
    // An index has its first entry at the end of its page, and which row it is at the entry's end.
    let last = usize::try_from(root * size - 1).expect("a place");
    bytes[last] ^= 1;
    std::fs::write(&file, bytes).expect("a file");
    let problems = problems(&folder);
    let named = "missing from index event_occurrences_short";
    assert!(
        problems.iter().any(|problem| problem.contains(named)),
        "{problems:?}"
    );
}

#[test]
fn a_backup_holds_what_stands_in_the_journal_too() {
    let fixture = Fixture::new();
    let account = fixture.account();
    let calendar = fixture.calendar(account);
    fixture.put(calendar, account, &super::event("e"));
    let copy = fixture.folder.path().join("copy.sqlite3");
    fixture
        .store
        .backup(&copy)
        .expect("a backup beside the open store");
    let raw = fixture.raw();
    let tables = dump::columns(&raw);
    let copied = rusqlite::Connection::open(&copy).expect("the copy");
    assert_eq!(dump::columns(&copied), tables);
    assert_eq!(dump::rows(&copied, &tables), dump::rows(&raw, &tables));
}

#[test]
fn a_backup_never_replaces_a_file() {
    let fixture = Fixture::new();
    let target = fixture.folder.path().join("mine.txt");
    std::fs::write(&target, b"mine").expect("a file");
    let refused = fixture.store.backup(&target);
    assert!(matches!(refused, Err(StoreError::Backup(_))));
    assert_eq!(std::fs::read(&target).expect("the file"), b"mine");
}

#[test]
fn half_a_backup_of_a_run_that_was_killed_is_written_over() {
    let fixture = Fixture::new();
    let folder = fixture.folder.path();
    let target = folder.join("copy.sqlite3");
    for left in ["copy.sqlite3.part", "copy.sqlite3.part-journal"] {
        std::fs::write(folder.join(left), b"half a copy").expect("a file");
    }
    fixture.store.backup(&target).expect("a backup");
    let copied = rusqlite::Connection::open(&target).expect("the copy");
    let tables = dump::columns(&fixture.raw());
    assert_eq!(dump::columns(&copied), tables);
    assert!(!folder.join("copy.sqlite3.part").exists());
    assert!(!folder.join("copy.sqlite3.part-journal").exists());
}

#[test]
fn a_backup_into_a_folder_that_is_not_there_says_so() {
    let fixture = Fixture::new();
    let target = fixture.folder.path().join("nowhere").join("copy.sqlite3");
    let refused = fixture.store.backup(&target);
    assert!(matches!(refused, Err(StoreError::Backup(_))));
    assert!(!target.exists());
}
