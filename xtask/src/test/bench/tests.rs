//! What is made once is made once, whatever became of it.

use std::cell::Cell;

use anyhow::bail;

use super::once;

#[test]
fn a_success_is_not_made_again() {
    let made = Cell::new(0);
    let mut slot = None;
    for _ in 0..3 {
        let make = || {
            made.set(made.get() + 1);
            Ok(())
        };
        once(&mut slot, make).unwrap();
    }
    assert_eq!(made.get(), 1);
}

#[test]
fn every_asker_hears_the_reason_of_a_failure() {
    let mut slot = None;
    let first = once(&mut slot, || bail!("no network")).unwrap_err();
    let second = once(&mut slot, || Ok(())).unwrap_err();
    assert_eq!(first.to_string(), "no network");
    assert_eq!(second.to_string(), "no network");
}
