//! All or nothing, alone and beside others.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Barrier;

use dayline_model::ProviderKind;

use super::{Fixture, add_account};
use crate::StoreError;

#[test]
fn an_error_leaves_nothing_of_its_write() {
    let fixture = Fixture::new();
    let result = fixture.store.write(|write| {
        add_account(write, ProviderKind::Google, "a@example.com")?;
        write.put_setting("key", "value")?;
        Err::<(), _>(StoreError::Value("test"))
    });
    assert!(matches!(result, Err(StoreError::Value("test"))));
    let (accounts, setting) = fixture
        .store
        .read(|read| Ok((read.accounts()?.len(), read.find_setting("key")?)))
        .expect("a read");
    assert_eq!((accounts, setting), (0, None));
}

#[test]
fn a_panic_leaves_nothing_of_its_write_and_the_store_goes_on() {
    let fixture = Fixture::new();
    let panicked = catch_unwind(AssertUnwindSafe(|| {
        fixture.store.write(|write| {
            write.put_setting("key", "value")?;
            if write.find_setting("key")?.is_some() {
                std::panic::resume_unwind(Box::new("in the middle"));
            }
            Ok(())
        })
    }));
    assert!(panicked.is_err());
    let seen = fixture.store.read(|read| read.find_setting("key"));
    assert_eq!(seen.expect("a read"), None);
    fixture.write(|write| write.put_setting("key", "later"));
    let seen = fixture.store.read(|read| read.find_setting("key"));
    assert_eq!(seen.expect("a read").as_deref(), Some("later"));
}

#[test]
fn a_read_that_fails_does_not_hold_its_reader() {
    let fixture = Fixture::new();
    for _ in 0..20 {
        let failed = fixture
            .store
            .read(|_| Err::<(), _>(StoreError::Value("test")));
        assert!(failed.is_err());
    }
    fixture.write(|write| write.put_setting("key", "value"));
    let seen = fixture.store.read(|read| read.find_setting("key"));
    assert_eq!(seen.expect("a read").as_deref(), Some("value"));
}

#[test]
fn a_read_sees_one_moment_however_long_it_takes() {
    let fixture = Fixture::new();
    fixture.write(|write| write.put_setting("key", "before"));
    let both = fixture.store.read(|read| {
        let first = read.find_setting("key")?;
        fixture
            .store
            .write(|write| write.put_setting("key", "after"))?;
        Ok((first, read.find_setting("key")?))
    });
    let (first, second) = both.expect("a read");
    assert_eq!(first.as_deref(), Some("before"));
    assert_eq!(second.as_deref(), Some("before"));
}

#[test]
fn two_processes_write_at_once_without_an_error_or_a_lost_row() {
    const WRITES: usize = 40;
    let fixture = Fixture::new();
    let other = fixture.another();
    let start = Barrier::new(4);
    std::thread::scope(|scope| {
        for (writer, store) in [&fixture.store, &other, &fixture.store, &other]
            .into_iter()
            .enumerate()
        {
            let start = &start;
            scope.spawn(move || {
                start.wait();
                for number in 0..WRITES {
                    store
                        .write(|write| {
                            // Reading first is what makes a deferred transaction fail.
                            write.accounts()?;
                            let email = format!("{writer}-{number}@example.com");
                            add_account(write, ProviderKind::Google, &email)
                        })
                        .expect("a write that waits its turn");
                }
            });
        }
    });
    let accounts = fixture.store.read(|read| read.accounts());
    assert_eq!(accounts.expect("a read").len(), 4 * WRITES);
}

#[test]
fn settings_are_put_replaced_and_forgotten() {
    let fixture = Fixture::new();
    let find = || {
        fixture
            .store
            .read(|read| read.find_setting("key"))
            .expect("a read")
    };
    assert_eq!(find(), None);
    for value in ["one", "", "zwei\n\"'"] {
        fixture.write(|write| write.put_setting("key", value));
        assert_eq!(find().as_deref(), Some(value));
    }
    fixture.write(|write| write.put_setting("a", "a value"));
    let names = fixture.store.read(|read| read.setting_names());
    assert_eq!(names.expect("a read"), ["a", "key"]);
    fixture.write(|write| write.remove_setting("key"));
    assert_eq!(find(), None);
}
