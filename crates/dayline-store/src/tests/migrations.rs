//! Up, down and up again with rows in every table, and from every version that people have.

use std::path::PathBuf;

use tempfile::tempdir;

use super::{dump, filled};
use crate::{FILE_NAME, FIRST_RELEASED, LATEST, OpenError, Store, migrations, rollback, verify};

fn saved(version: usize) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../../tests/fixtures/databases")
        .join(format!("{version:04}.sqlite3"))
}

#[test]
fn every_down_undoes_its_up() {
    for version in FIRST_RELEASED..=LATEST {
        let folder = tempdir().expect("a folder");
        let connection = migrations::fresh(version).expect("the schema");
        connection
            .execute(
                "VACUUM INTO ?1",
                [folder.path().join(FILE_NAME).to_str().expect("a path")],
            )
            .expect("a file");
        if version > FIRST_RELEASED {
            rollback(folder.path()).expect("one version back");
            let older = migrations::fresh(version - 1).expect("the schema");
            assert_eq!(
                dump::columns(&filled::open(folder.path())),
                dump::columns(&older),
                "{version}"
            );
        }
    }
}

#[test]
fn a_rollback_keeps_every_row_and_its_backup_holds_the_rest() {
    let folder = tempdir().expect("a folder");
    filled::write_database(folder.path(), LATEST);
    let all = dump::columns(&filled::open(folder.path()));
    let before = dump::rows(&filled::open(folder.path()), &all);

    let (version, backup) = rollback(folder.path()).expect("a rollback");

    assert_eq!(version, LATEST - 1);
    let known = dump::columns(&migrations::fresh(LATEST - 1).expect("the schema before"));
    let after = filled::open(folder.path());
    assert_eq!(dump::columns(&after), known);
    let kept = dump::rows(&after, &known);
    let copy = rusqlite::Connection::open(&backup).expect("the backup");
    assert_eq!(dump::rows(&copy, &all), before, "the backup");
    assert_eq!(
        dump::rows(&copy, &known),
        kept,
        "what the schema before knows"
    );
    drop(after);

    drop(Store::open(folder.path()).expect("up again"));
    let again = filled::open(folder.path());
    assert_eq!(dump::columns(&again), all);
    assert_eq!(dump::rows(&again, &known), kept, "after the way up");
    drop(again);
    let report = verify(folder.path()).expect("a report");
    assert_eq!((report.version, report.problems), (LATEST, Vec::new()));
}

#[test]
fn a_second_rollback_writes_a_backup_of_its_own() {
    let folder = tempdir().expect("a folder");
    filled::write_database(folder.path(), LATEST);
    let (_, first) = rollback(folder.path()).expect("a rollback");
    drop(Store::open(folder.path()).expect("up again"));
    let (_, second) = rollback(folder.path()).expect("a rollback");
    assert_ne!(first, second);
    assert!(first.exists() && second.exists());
}

#[test]
fn there_is_no_way_back_before_the_first_release() {
    let folder = tempdir().expect("a folder");
    filled::write_database(folder.path(), FIRST_RELEASED);
    let file = folder.path().join(FILE_NAME);
    let known = dump::columns(&filled::open(folder.path()));
    let before = dump::rows(&filled::open(folder.path()), &known);

    assert!(matches!(
        rollback(folder.path()),
        Err(OpenError::Migration(_))
    ));

    let after = filled::open(folder.path());
    assert_eq!(dump::rows(&after, &known), before);
    let files = std::fs::read_dir(folder.path())
        .expect("the folder")
        .filter(|entry| {
            let name = entry.as_ref().expect("a file").file_name();
            name.to_string_lossy().contains("backup")
        })
        .count();
    assert_eq!(files, 0, "no backup of what did not happen");
    assert!(file.exists());
}

#[test]
fn a_rollback_of_nothing_makes_nothing() {
    let folder = tempdir().expect("a folder");
    assert!(matches!(
        rollback(folder.path()),
        Err(OpenError::Missing(_))
    ));
    assert_eq!(
        std::fs::read_dir(folder.path())
            .expect("the folder")
            .count(),
        0
    );
}

/// Each database that people may still have, as its version wrote it. To save the one of a
/// version before the next migration changes it: `UPDATE_FIXTURES=1 cargo test -p dayline-store
/// saved_databases`. One that is there is never written again.
#[test]
fn saved_databases_of_every_older_version_come_up_to_date_with_their_rows() {
    for version in FIRST_RELEASED..LATEST {
        let saved = saved(version);
        if std::env::var_os("UPDATE_FIXTURES").is_some() && !saved.exists() {
            let folder = tempdir().expect("a folder");
            filled::write_database(folder.path(), version);
            std::fs::create_dir_all(saved.parent().expect("a folder")).expect("a folder");
            std::fs::copy(folder.path().join(FILE_NAME), &saved).expect("a copy");
        }
        let folder = tempdir().expect("a folder");
        std::fs::copy(&saved, folder.path().join(FILE_NAME)).expect("a copy of the saved one");
        let connection = filled::open(folder.path());
        let found = migrations::version(&connection).expect("a version");
        assert_eq!(found, version);
        let known = dump::columns(&connection);
        let before = dump::rows(&connection, &known);
        assert!(before.values().all(|rows| !rows.is_empty()));
        drop(connection);

        drop(Store::open(folder.path()).expect("up to date"));

        let after = filled::open(folder.path());
        assert_eq!(dump::rows(&after, &known), before, "{version}");
        let report = verify(folder.path()).expect("a report");
        assert_eq!((report.version, report.problems), (LATEST, Vec::new()));
    }
}

#[test]
fn a_new_database_and_a_migrated_one_have_the_same_shape() {
    let folder = tempdir().expect("a folder");
    filled::write_database(folder.path(), FIRST_RELEASED);
    drop(Store::open(folder.path()).expect("up to date"));
    let report = verify(folder.path()).expect("a report");
    let new = tempdir().expect("a folder");
    drop(Store::open(new.path()).expect("a new one"));
    assert_eq!(report, verify(new.path()).expect("a report"));
}
