use chrono::{DateTime, NaiveDate, Utc};
use dayline_store::{AuditRow, FILE_NAME};

use super::*;

fn health(folder: &Path) -> Health {
    let now: DateTime<Utc> = "2026-11-20T09:38:00Z".parse().unwrap();
    Health::without_engine(database_health(folder), now)
}

fn at() -> NaiveDateTime {
    let date: NaiveDate = "2026-11-20".parse().unwrap();
    date.and_hms_opt(10, 38, 59).unwrap()
}

#[test]
fn no_file_is_written_over() {
    let folder = tempfile::tempdir().unwrap();
    let diagnostics = Diagnostics::without_engine(&health(folder.path()));
    let names: Vec<String> = (0..3)
        .map(|_| diagnostics.write_to(folder.path(), at()).unwrap())
        .map(|path| path.file_name().unwrap().to_string_lossy().into_owned())
        .collect();
    assert_eq!(
        names,
        [
            "dayline-diagnostics-2026-11-20-1038.json",
            "dayline-diagnostics-2026-11-20-1038-2.json",
            "dayline-diagnostics-2026-11-20-1038-3.json",
        ]
    );
    for name in &names {
        let text = std::fs::read_to_string(folder.path().join(name)).unwrap();
        let read: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(read["made_at"], "2026-11-20T09:38:00Z");
    }
}

#[cfg(unix)]
#[test]
fn the_file_is_for_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    let diagnostics = Diagnostics::without_engine(&health(folder.path()));
    let path = diagnostics.write_to(folder.path(), at()).unwrap();
    let mode = std::fs::metadata(path).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}

#[test]
fn a_folder_that_is_not_there_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let diagnostics = Diagnostics::without_engine(&health(folder.path()));
    let error = diagnostics.write_to(&folder.path().join("no"), at());
    assert!(error.unwrap_err().to_string().contains("no"));
}

#[test]
fn a_damaged_database_is_told_without_the_folder() {
    let folder = tempfile::Builder::new()
        .prefix("jane-doe")
        .tempdir()
        .unwrap();
    let file = folder.path().join(FILE_NAME);
    std::fs::write(&file, "this is no database, however long it is".repeat(100)).unwrap();
    let diagnostics = Diagnostics::without_engine(&health(folder.path()));
    assert!(diagnostics.database.exists);
    assert!(!diagnostics.database.problems.is_empty());
    let text = serde_json::to_string(&diagnostics).unwrap();
    assert!(!text.contains("jane-doe"), "{text}");
}

#[test]
fn a_distribution_is_its_id_and_version() {
    for (file, expected) in [
        ("NAME=x\nID=debian\nVERSION_ID=\"13\"\n", Some("debian 13")),
        ("ID=arch\n", Some("arch")),
        ("VERSION_ID=1\n", None),
        ("", None),
    ] {
        assert_eq!(distribution(file).as_deref(), expected, "{file}");
    }
}

#[test]
fn of_the_audit_log_only_numbers_are_handed_on() {
    let named = Named {
        accounts: BTreeMap::from([("7".to_owned(), "account 1".to_owned())]),
        calendars: BTreeMap::new(),
    };
    let row = AuditRow {
        id: 1,
        at: "2026-11-20T09:38:00Z".parse().unwrap(),
        action: "sync".to_owned(),
        account: Some(dayline_model::AccountId(7)),
        calendar: Some(dayline_model::CalendarId(9)),
        outcome: "ok".to_owned(),
        details: Some(r#"{"full":true,"calls":3,"failed":["x"],"who":"y"}"#.to_owned()),
    };
    let logged = named.logged(&row);
    assert_eq!(logged.account.as_deref(), Some("account 1"));
    assert_eq!(logged.calendar, None, "it is gone");
    let keys: Vec<&str> = logged.counts.keys().map(String::as_str).collect();
    assert_eq!(keys, ["calls", "full"]);
}
