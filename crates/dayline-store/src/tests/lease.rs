//! Who holds the pen, and what a process that lost it can no longer do.

use chrono::TimeDelta;

use super::{Fixture, now};
use crate::{Generation, Lease, Store, StoreError};

fn lease(store: &Store) -> Lease {
    store.read(|read| read.lease()).expect("the lease")
}

fn take(store: &Store, seen: Generation, holder: &str) -> Option<Generation> {
    let until = now() + TimeDelta::seconds(15);
    store
        .write(|write| write.take_lease(seen, holder, "/run/socket", until))
        .expect("a write")
}

#[test]
fn nobody_holds_it_at_first() {
    let fixture = Fixture::new();
    let lease = lease(&fixture.store);
    assert_eq!(lease.holder, None);
    assert_eq!(lease.generation, Generation(0));
    assert_eq!(lease.endpoint, None);
}

#[test]
fn of_two_that_saw_the_same_lease_one_takes_it() {
    let fixture = Fixture::new();
    let other = fixture.another();
    let seen = lease(&fixture.store).generation;
    assert_eq!(take(&fixture.store, seen, "one"), Some(Generation(1)));
    assert_eq!(take(&other, seen, "two"), None);
    let after = lease(&other);
    assert_eq!(after.holder.as_deref(), Some("one"));
    assert_eq!(after.endpoint.as_deref(), Some("/run/socket"));
    assert_eq!(after.expires_at, now() + TimeDelta::seconds(15));
}

#[test]
fn renewing_moves_the_end_and_keeps_the_generation() {
    let fixture = Fixture::new();
    let ours = take(&fixture.store, Generation(0), "one").expect("the lease");
    let until = now() + TimeDelta::seconds(60);
    fixture.write(|write| write.renew_lease(ours, until));
    assert_eq!(lease(&fixture.store).expires_at, until);
    assert_eq!(lease(&fixture.store).generation, ours);
}

#[test]
fn what_was_decided_under_an_older_lease_is_not_written() {
    let fixture = Fixture::new();
    let old = take(&fixture.store, Generation(0), "one").expect("the lease");
    let other = fixture.another();
    let new = take(&other, old, "two").expect("the lease");

    let late = fixture
        .store
        .write_held(old, |write| write.put_setting("key", "late"));
    assert!(matches!(late, Err(StoreError::LeaseLost)));
    let renewed = fixture.store.write(|write| write.renew_lease(old, now()));
    assert!(matches!(renewed, Err(StoreError::LeaseLost)));
    // Giving up what one has no more takes nothing from its holder.
    fixture.write(|write| write.release_lease(old));

    assert_eq!(lease(&other).holder.as_deref(), Some("two"));
    other
        .write_held(new, |write| write.put_setting("key", "in time"))
        .expect("the holder writes");
    let seen = fixture.store.read(|read| read.find_setting("key"));
    assert_eq!(seen.expect("a read").as_deref(), Some("in time"));
}

#[test]
fn a_lease_that_was_given_up_holds_for_nobody() {
    let fixture = Fixture::new();
    let ours = take(&fixture.store, Generation(0), "one").expect("the lease");
    fixture.write(|write| write.release_lease(ours));
    let late = fixture
        .store
        .write_held(ours, |write| write.put_setting("key", "late"));
    assert!(matches!(late, Err(StoreError::LeaseLost)));
    assert_eq!(lease(&fixture.store).holder, None);
    assert_eq!(
        lease(&fixture.store).generation,
        ours,
        "the number never falls"
    );
    let next = take(&fixture.store, ours, "two").expect("it is free");
    assert!(next > ours);
}
