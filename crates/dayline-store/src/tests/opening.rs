//! What is opened, what is refused, and that refusing changes nothing.

use std::path::Path;
use std::sync::Barrier;

use tempfile::tempdir;

use super::{Fixture, dump, filled};
use crate::{FILE_NAME, LATEST, OpenError, Store, rollback, verify};

type Check = fn(&OpenError) -> bool;

/// Every door refuses the database in `folder`, and its bytes stay.
fn refused_unchanged(folder: &Path, what: &str, check: Check) {
    let file = folder.join(FILE_NAME);
    let before = std::fs::read(&file).expect("the file");
    let doors: [(&str, Option<OpenError>); 4] = [
        ("open", Store::open(folder).err()),
        ("open_existing", Store::open_existing(folder).err()),
        ("rollback", rollback(folder).err()),
        ("verify", verify(folder).err()),
    ];
    for (door, refused) in doors {
        let error = refused.unwrap_or_else(|| panic!("{door} took {what}"));
        assert!(check(&error), "{door}, {what}: {error:?}");
        assert!(
            std::fs::read(&file).expect("the file") == before,
            "{door} changed {what}"
        );
    }
    let backups = std::fs::read_dir(folder)
        .expect("the folder")
        .filter(|entry| {
            let name = entry.as_ref().expect("a file").file_name();
            name.to_string_lossy().contains("backup")
        })
        .count();
    assert_eq!(backups, 0, "{what}");
}

#[test]
fn a_database_of_a_newer_dayline_is_refused_and_not_touched() {
    for mode in ["DELETE", "WAL"] {
        let folder = tempdir().expect("a folder");
        filled::write_database(folder.path(), LATEST);
        let connection = filled::open(folder.path());
        connection
            .pragma_update(None, "journal_mode", mode)
            .expect("a journal");
        connection
            .pragma_update(None, "user_version", 99)
            .expect("a version");
        drop(connection);
        refused_unchanged(folder.path(), mode, |error| {
            matches!(
                error,
                OpenError::Newer {
                    found: 99,
                    known: LATEST
                }
            )
        });
    }
}

#[test]
fn what_a_newer_dayline_left_in_its_journal_is_not_touched_either() {
    let folder = tempdir().expect("a folder");
    filled::write_database(folder.path(), LATEST);
    let writer = filled::open(folder.path());
    writer
        .pragma_update(None, "journal_mode", "WAL")
        .expect("a journal");
    writer
        .pragma_update(None, "user_version", 99)
        .expect("a version");
    // As after a crash: the file, and a journal that nobody has written back.
    let crashed = tempdir().expect("a folder");
    for suffix in ["", "-wal"] {
        let name = format!("{FILE_NAME}{suffix}");
        std::fs::copy(folder.path().join(&name), crashed.path().join(&name)).expect("a copy");
    }
    let journal = crashed.path().join(format!("{FILE_NAME}-wal"));
    let before = std::fs::read(&journal).expect("a journal");
    assert!(!before.is_empty());
    refused_unchanged(crashed.path(), "a journal", |error| {
        matches!(error, OpenError::Newer { .. })
    });
    assert_eq!(std::fs::read(&journal).expect("the journal"), before);
}

#[test]
fn a_damaged_database_is_refused_and_not_touched() {
    let folder = tempdir().expect("a folder");
    filled::write_database(folder.path(), LATEST);
    let file = folder.path().join(FILE_NAME);
    let sound = std::fs::read(&file).expect("the file");
    let mut garbage = sound.clone();
    garbage[..100].fill(0x5a);
    let html = b"<!doctype html><title>Not a database</title>".repeat(100);
    let half = sound[..sound.len() / 2].to_vec();
    let odd = sound[..sound.len() / 2 + 123].to_vec();
    let mut schema = sound.clone();
    schema[100..4096].fill(0xff);
    for (what, bytes) in [
        ("a garbage header", garbage),
        ("another file", html),
        ("half a file", half),
        ("a file cut inside of a page", odd),
        ("a schema that cannot be read", schema),
    ] {
        std::fs::write(&file, bytes).expect("a file");
        refused_unchanged(folder.path(), what, |error| {
            matches!(error, OpenError::Damaged(_))
        });
    }
}

#[test]
fn the_journal_of_a_run_that_died_is_played_back_by_whoever_comes_next() {
    let dead = tempdir().expect("a folder");
    filled::write_database(dead.path(), LATEST);
    let before = dump::rows(
        &filled::open(dead.path()),
        &dump::columns(&filled::open(dead.path())),
    );
    // A transaction that is larger than its memory stands half in the file.
    let connection = filled::open(dead.path());
    connection
        .execute_batch(
            "PRAGMA synchronous = OFF;
             PRAGMA cache_size = 1;
             BEGIN IMMEDIATE;
             UPDATE calendar_events SET title = hex(zeroblob(200000));
             UPDATE calendar_connections SET calendar_name = hex(zeroblob(200000));",
        )
        .expect("a transaction");
    let journal = format!("{FILE_NAME}-journal");
    type Door = fn(&Path) -> bool;
    let doors: [(&str, Door); 4] = [
        ("open", |folder| Store::open(folder).is_ok()),
        ("open_existing", |folder| {
            Store::open_existing(folder).is_ok()
        }),
        ("rollback", |folder| rollback(folder).is_ok()),
        ("verify", |folder| {
            verify(folder).is_ok_and(|report| report.problems.is_empty())
        }),
    ];
    for (name, door) in doors {
        let folder = tempdir().expect("a folder");
        for file in [FILE_NAME, &journal] {
            std::fs::copy(dead.path().join(file), folder.path().join(file)).expect("a copy");
        }
        assert!(door(folder.path()), "{name} fails");
        assert!(!folder.path().join(&journal).exists(), "{name}");
        if name != "rollback" {
            let found = filled::open(folder.path());
            let tables = dump::columns(&found);
            assert_eq!(dump::rows(&found, &tables), before, "{name}");
        }
    }
}

#[test]
fn a_negative_version_is_damage() {
    let folder = tempdir().expect("a folder");
    filled::write_database(folder.path(), LATEST);
    filled::open(folder.path())
        .pragma_update(None, "user_version", -1)
        .expect("a version");
    refused_unchanged(folder.path(), "a negative version", |error| {
        matches!(error, OpenError::Damaged(_))
    });
}

#[test]
fn reading_only_what_exists_makes_and_migrates_nothing() {
    let folder = tempdir().expect("a folder");
    assert!(matches!(
        Store::open_existing(folder.path()),
        Err(OpenError::Missing(_))
    ));
    assert!(matches!(verify(folder.path()), Err(OpenError::Missing(_))));
    assert!(!folder.path().join(FILE_NAME).exists());

    filled::write_database(folder.path(), 1);
    let refused = Store::open_existing(folder.path()).err();
    assert!(matches!(
        refused,
        Some(OpenError::Older {
            found: 1,
            known: LATEST
        })
    ));
    assert_eq!(verify(folder.path()).expect("a report").version, 1);
}

#[test]
fn an_empty_file_becomes_a_database() {
    let folder = tempdir().expect("a folder");
    std::fs::write(folder.path().join(FILE_NAME), b"").expect("a file");
    drop(Store::open(folder.path()).expect("a database"));
    assert_eq!(verify(folder.path()).expect("a report").problems.len(), 0);
}

#[test]
fn a_folder_that_cannot_be_made_is_named() {
    let folder = tempdir().expect("a folder");
    let file = folder.path().join("file");
    std::fs::write(&file, b"x").expect("a file");
    let error = Store::open(&file.join("inside")).err().expect("refused");
    assert!(matches!(error, OpenError::Folder { .. }), "{error:?}");
    assert!(error.to_string().contains("inside"));
}

#[test]
fn readers_stand_beside_the_writer() {
    let fixture = Fixture::new();
    let raw = fixture.raw();
    let mode: String = raw
        .pragma_query_value(None, "journal_mode", |row| row.get(0))
        .expect("a mode");
    assert_eq!(mode, "wal");

    fixture.account();
    let seen = fixture.store.write(|write| {
        super::add_account(write, dayline_model::ProviderKind::Google, "b@example.com")?;
        // Another connection sees the state before, and does not wait.
        fixture
            .another()
            .read(|read| read.accounts().map(|all| all.len()))
    });
    assert_eq!(seen.expect("a read"), 1);
}

#[test]
fn everything_is_for_its_owner_only() {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let outer = tempdir().expect("a folder");
        let folder = outer.path().join("deep").join("data");
        let store = Store::open(&folder).expect("a new database");
        store.read(|read| read.accounts()).expect("a reader");
        let copy = outer.path().join("copy.sqlite3");
        store.backup(&copy).expect("a backup");
        let mode = |path: &Path| {
            let metadata = std::fs::metadata(path).expect("metadata");
            metadata.permissions().mode() & 0o777
        };
        assert_eq!(mode(&folder), 0o700);
        assert_eq!(mode(&copy), 0o600, "a backup");
        let mut files = 0;
        for entry in std::fs::read_dir(&folder).expect("the folder") {
            let path = entry.expect("a file").path();
            assert_eq!(mode(&path), 0o600, "{}", path.display());
            files += 1;
        }
        assert!(files >= 3, "the database, its journal and its index");
        drop(store);
        let (_, backup) = rollback(&folder).expect("a rollback");
        assert_eq!(mode(&backup), 0o600, "the backup of a rollback");
    }
}

#[test]
fn several_processes_may_open_a_new_database_at_once() {
    for version in [0, 1] {
        for _ in 0..8 {
            let folder = tempdir().expect("a folder");
            if version > 0 {
                filled::write_database(folder.path(), version);
            }
            let start = Barrier::new(4);
            std::thread::scope(|scope| {
                let openers: Vec<_> = (0..4)
                    .map(|_| {
                        scope.spawn(|| {
                            start.wait();
                            Store::open(folder.path()).map(drop)
                        })
                    })
                    .collect();
                for opener in openers {
                    opener
                        .join()
                        .expect("no panic")
                        .unwrap_or_else(|error| panic!("from schema {version}: {error}"));
                }
            });
            let report = verify(folder.path()).expect("a report");
            assert_eq!((report.version, report.problems), (LATEST, Vec::new()));
        }
    }
}
