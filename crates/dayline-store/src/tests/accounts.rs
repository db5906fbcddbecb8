//! Accounts, their sealed tokens, and attempts to sign in.

use chrono::TimeDelta;
use dayline_model::{AccountId, Cloud, ProviderKind};

use super::{Fixture, add_account, event, now};
use crate::{AccountStatus, AttemptRow, NewAccount, Problem, SealedTokens};

fn tokens(mark: u8) -> SealedTokens {
    SealedTokens {
        access: vec![mark; 40],
        refresh: Some(vec![mark + 1; 50]),
        expires_at: now() + TimeDelta::hours(1),
        scopes: "Calendars.Read offline_access".to_owned(),
    }
}

fn attempt(id: &str, hash: u8) -> AttemptRow {
    AttemptRow {
        id: id.to_owned(),
        state_hash: vec![hash; 32],
        provider: ProviderKind::Google,
        cloud: Cloud::China,
        scopes: "openid email".to_owned(),
        redirect_uri: "http://127.0.0.1:4711".to_owned(),
        client_id: "client".to_owned(),
        sealed_verifier: vec![9; 60],
        expires_at: now() + TimeDelta::minutes(15),
        reauthorize: None,
    }
}

#[test]
fn signing_in_again_finds_the_account_and_keeps_its_data() {
    let fixture = Fixture::new();
    let first = fixture.account();
    let calendar = fixture.calendar(first);
    fixture.put(calendar, first, &event("e"));
    fixture.write(|write| {
        let problem = Problem {
            status: AccountStatus::NeedsSignIn,
            code: "needs_verification",
            words: "Sign in again",
            claims: Some("{}"),
        };
        write.set_account_problem(first, &problem)
    });

    let again = fixture.write(|write| {
        let new = NewAccount {
            provider: ProviderKind::Microsoft,
            cloud: Cloud::UsGovHigh,
            tenant: Some("tenant"),
            email: "ADA@Example.com",
            display_name: None,
            client_id: "another client",
        };
        write.put_account(&new, now())
    });

    assert_eq!(again, first);
    let account = fixture
        .store
        .read(|read| read.find_account(first))
        .expect("a read")
        .expect("the account");
    assert_eq!(account.email, "ada@example.com");
    assert_eq!(account.display_name.as_deref(), Some("Ada"));
    assert_eq!(account.client_id, "another client");
    assert_eq!(account.cloud, Cloud::UsGovHigh);
    assert_eq!(account.tenant.as_deref(), Some("tenant"));
    assert_eq!(account.status, AccountStatus::Ready);
    assert_eq!(account.problem, None);
    assert_eq!(account.problem_code, None);
    assert_eq!(account.claims, None);
    let events = fixture.store.read(|read| read.count_events());
    assert_eq!(events.expect("a read"), 1);
}

#[test]
fn the_same_address_at_two_providers_is_two_accounts() {
    let fixture = Fixture::new();
    let (one, two) = fixture.write(|write| {
        Ok((
            add_account(write, ProviderKind::Microsoft, "ada@example.com")?,
            add_account(write, ProviderKind::Google, "ada@example.com")?,
        ))
    });
    assert_ne!(one, two);
    let found = fixture
        .store
        .read(|read| read.find_account_by_email(ProviderKind::Google, "Ada@example.com"))
        .expect("a read")
        .expect("the account");
    assert_eq!(found.id, two);
}

#[test]
fn each_state_of_an_account_comes_back_as_it_was_put() {
    let fixture = Fixture::new();
    let id = fixture.account();
    let load = || {
        fixture
            .store
            .read(|read| read.find_account(id))
            .expect("a read")
            .expect("the account")
    };
    for status in [
        AccountStatus::Offline,
        AccountStatus::NeedsSignIn,
        AccountStatus::Failing,
    ] {
        let problem = Problem {
            status,
            code: "word",
            words: "why",
            claims: Some("{}"),
        };
        fixture.write(|write| write.set_account_problem(id, &problem));
        assert_eq!(load().status, status);
        assert_eq!(load().problem.as_deref(), Some("why"));
        assert_eq!(load().problem_code.as_deref(), Some("word"));
        assert_eq!(load().claims.as_deref(), Some("{}"));
        assert_eq!(load().last_success_at, None);
    }
    for (worked_at, last) in [(Some(now()), Some(now())), (None, Some(now()))] {
        fixture.write(|write| write.set_account_ready(id, worked_at));
        assert_eq!(load().status, AccountStatus::Ready);
        assert_eq!(load().problem, None);
        assert_eq!(load().problem_code, None);
        assert_eq!(load().claims, None);
        assert_eq!(load().last_success_at, last);
    }
}

#[test]
fn tokens_come_back_as_they_were_sealed() {
    let fixture = Fixture::new();
    let id = fixture.account();
    let find = || {
        fixture
            .store
            .read(|read| Ok((read.find_tokens(id)?, read.has_sealed()?)))
            .expect("a read")
    };
    assert!(matches!(find(), (None, false)));
    for mark in [1, 2] {
        fixture.write(|write| write.put_tokens(id, &tokens(mark)));
        let (found, sealed) = find();
        assert!(found == Some(tokens(mark)), "tokens {mark}");
        assert!(sealed);
    }
    let without_refresh = SealedTokens {
        refresh: None,
        ..tokens(3)
    };
    fixture.write(|write| write.put_tokens(id, &without_refresh));
    assert!(find().0 == Some(without_refresh));
    fixture.write(|write| write.remove_account(id));
    assert!(matches!(find(), (None, false)));
}

#[test]
fn a_token_in_clear_text_is_too_short_to_be_taken_for_a_sealed_one() {
    let fixture = Fixture::new();
    let id = fixture.account();
    let clear = SealedTokens {
        access: b"short".to_vec(),
        ..tokens(1)
    };
    assert!(
        fixture
            .store
            .write(|write| write.put_tokens(id, &clear))
            .is_err()
    );
}

#[test]
fn an_account_goes_with_everything_of_it_and_with_nothing_of_others() {
    let fixture = Fixture::new();
    let one = fixture.account();
    let two =
        fixture.write(|write| add_account(write, ProviderKind::Google, "charles@example.com"));
    for account in [one, two] {
        let calendar = fixture.calendar(account);
        fixture.put(calendar, account, &event("e"));
    }
    assert!(fixture.write(|write| write.remove_account(one)));
    assert!(!fixture.write(|write| write.remove_account(one)));
    assert!(!fixture.write(|write| write.remove_account(AccountId(99))));
    let (accounts, calendars, events) = fixture
        .store
        .read(|read| Ok((read.accounts()?, read.calendars()?, read.count_events()?)))
        .expect("a read");
    assert_eq!(accounts.len(), 1);
    assert_eq!(calendars.len(), 1);
    assert_eq!(calendars[0].account, two);
    assert_eq!(events, 1);
}

#[test]
fn an_answer_counts_once() {
    let fixture = Fixture::new();
    let other = fixture.another();
    let kept = AttemptRow {
        reauthorize: Some(fixture.account()),
        ..attempt("one", 1)
    };
    fixture.write(|write| write.insert_attempt(&kept));
    let found = other.write(|write| write.consume_attempt(&[1; 32], now()));
    assert_eq!(found.expect("a write"), Some(kept));
    for store in [&fixture.store, &other] {
        let again = store.write(|write| write.consume_attempt(&[1; 32], now()));
        assert_eq!(again.expect("a write"), None);
    }
}

#[test]
fn an_answer_to_nothing_is_no_attempt() {
    let fixture = Fixture::new();
    fixture.write(|write| write.insert_attempt(&attempt("one", 1)));
    for hash in [&[2; 32][..], &[1; 31], &[]] {
        let found = fixture.write(|write| write.consume_attempt(hash, now()));
        assert_eq!(found, None);
    }
}

#[test]
fn a_late_answer_is_told_apart_from_one_to_nothing() {
    let fixture = Fixture::new();
    fixture.write(|write| write.insert_attempt(&attempt("one", 1)));
    let late = now() + TimeDelta::hours(1);
    let found = fixture.write(|write| write.consume_attempt(&[1; 32], late));
    let found = found.expect("the attempt, so that the caller can say what happened");
    assert!(found.expires_at < late);
    assert_eq!(
        fixture.write(|write| write.consume_attempt(&[1; 32], late)),
        None
    );
}

#[test]
fn looking_for_an_attempt_does_not_use_it_up() {
    let fixture = Fixture::new();
    fixture.write(|write| write.insert_attempt(&attempt("one", 1)));
    let is_open = |hash: &[u8]| fixture.write(|write| Ok(write.find_open_attempt(hash)?.is_some()));
    assert!(is_open(&[1; 32]));
    assert!(is_open(&[1; 32]));
    assert!(!is_open(&[2; 32]));
    assert!(!is_open(&[]));
    fixture.write(|write| write.consume_attempt(&[1; 32], now()));
    assert!(!is_open(&[1; 32]));
}

#[test]
fn an_attempt_that_was_given_up_cannot_be_completed() {
    let fixture = Fixture::new();
    fixture.write(|write| write.insert_attempt(&attempt("one", 1)));
    fixture.write(|write| write.abandon_attempt("one", now()));
    assert_eq!(
        fixture.write(|write| write.consume_attempt(&[1; 32], now())),
        None
    );
}

#[test]
fn only_attempts_that_nobody_can_complete_are_forgotten() {
    let fixture = Fixture::new();
    fixture.write(|write| {
        write.insert_attempt(&attempt("open", 1))?;
        write.insert_attempt(&attempt("used", 2))?;
        write.insert_attempt(&AttemptRow {
            expires_at: now() - TimeDelta::seconds(1),
            ..attempt("late", 3)
        })?;
        write.consume_attempt(&[2; 32], now())
    });
    assert_eq!(fixture.write(|write| write.purge_attempts(now())), 2);
    assert_eq!(fixture.write(|write| write.purge_attempts(now())), 0);
    let open = fixture.write(|write| write.consume_attempt(&[1; 32], now()));
    assert_eq!(open.map(|attempt| attempt.id).as_deref(), Some("open"));
}
