//! The audit log, and what is sealed.

use chrono::TimeDelta;

use super::{Fixture, now};
use crate::{NewAudit, SEALING_KEY, StoreError};

fn row(action: &str) -> NewAudit<'_> {
    NewAudit {
        action,
        outcome: "ok",
        ..NewAudit::default()
    }
}

#[test]
fn rows_are_listed_newest_first_and_leave_by_their_numbers() {
    let fixture = Fixture::new();
    let store = &fixture.store;
    for (age, action) in [(3, "sign_in"), (2, "sync"), (1, "keys_rotated")] {
        let at = now() - TimeDelta::days(age);
        store
            .write(|write| write.insert_audit(&row(action), at))
            .expect("a row");
    }
    let actions = |since, limit| -> Vec<String> {
        let rows = store.read(|read| read.audit(since, limit)).expect("rows");
        rows.into_iter().map(|row| row.action).collect()
    };
    assert_eq!(actions(None, 9), ["keys_rotated", "sync", "sign_in"]);
    assert_eq!(actions(None, 1), ["keys_rotated"]);
    let since = now() - TimeDelta::days(2);
    assert_eq!(actions(Some(since), 9), ["keys_rotated", "sync"]);
    let old = store
        .read(|read| read.audit_before(since, 9))
        .expect("rows");
    assert_eq!(old.len(), 1);
    let ids: Vec<i64> = old.iter().map(|row| row.id).collect();
    store
        .write(|write| write.remove_audit(&ids))
        .expect("a removal");
    assert_eq!(actions(None, 9), ["keys_rotated", "sync"]);
}

#[test]
fn a_row_is_never_changed() {
    let fixture = Fixture::new();
    let changed = fixture.store.write(|write| {
        write.insert_audit(&row("sync"), now())?;
        write
            .connection
            .execute("UPDATE audit_logs SET outcome = 'other'", [])?;
        Ok(())
    });
    assert!(matches!(changed, Err(StoreError::Sqlite(_))), "{changed:?}");
}

#[test]
fn what_is_sealed_is_written_only_under_the_named_key() {
    let fixture = Fixture::new();
    let store = &fixture.store;
    let check = |name: &str| store.read(|read| read.check_key(name));
    assert!(matches!(check("one"), Err(StoreError::KeyReplaced)));
    store
        .write(|write| write.put_setting(SEALING_KEY, "one"))
        .expect("a name");
    assert!(check("one").is_ok());
    assert!(matches!(check("two"), Err(StoreError::KeyReplaced)));
}
