use super::*;

const MIN: u64 = 60;
const HOUR: u64 = 60 * MIN;

fn secs(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

/// Facts `after` seconds into a scheduler's life, an account's turn at `turn` seconds, the last
/// maintenance `maintained` hours ago.
fn facts(start: Instant, after: u64, turn: Option<u64>, maintained: Option<i64>) -> Facts {
    let now: DateTime<Utc> = "2026-11-20T09:38:00Z".parse().unwrap();
    Facts {
        at: start + secs(after),
        now,
        times: Times::begun(start),
        next_turn: turn.map(|turn| start + secs(turn)),
        keeps_order: true,
        maintained: maintained.map(|hours| now - TimeDelta::hours(hours)),
    }
}

#[tokio::test(start_paused = true)]
async fn each_job_is_due_at_its_time() {
    use Job::{CleanUp, Maintenance, Poll};
    let cases = [
        (0, Some(300), Some(1), vec![]),
        (299, Some(300), Some(1), vec![]),
        (300, Some(300), Some(1), vec![Poll]),
        // Nobody is signed in.
        (9 * MIN, None, None, vec![]),
        (10 * MIN, None, None, vec![Maintenance]),
        (10 * MIN, Some(11 * MIN), Some(23), vec![]),
        (10 * MIN, Some(11 * MIN), Some(24), vec![Maintenance]),
        // The clock was set back.
        (10 * MIN, Some(11 * MIN), Some(-3), vec![Maintenance]),
        // Not while it is time to sync.
        (10 * MIN, Some(10 * MIN), Some(24), vec![Poll]),
        (15 * MIN, Some(HOUR), Some(1), vec![CleanUp]),
        (HOUR, Some(2 * HOUR), Some(1), vec![CleanUp]),
        (HOUR, Some(1), Some(48), vec![CleanUp, Poll]),
    ];
    let start = Instant::now();
    for (after, turn, maintained, expected) in cases {
        let facts = facts(start, after, turn, maintained);
        assert_eq!(
            plan_jobs(&facts),
            expected,
            "{after} s, {turn:?}, {maintained:?}"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn maintenance_that_was_cut_off_is_begun_anew_later_and_sample_data_has_none() {
    let start = Instant::now();
    let mut facts = facts(start, HOUR, Some(2 * HOUR), None);
    facts.times.maintained = Some(start + secs(HOUR - MIN));
    assert!(!plan_jobs(&facts).contains(&Job::Maintenance));
    facts.times.maintained = Some(start + secs(HOUR - 10 * MIN));
    assert!(plan_jobs(&facts).contains(&Job::Maintenance));
    facts.keeps_order = false;
    assert!(!plan_jobs(&facts).contains(&Job::Maintenance));
}

#[test]
fn how_an_account_fared_decides_when_it_is_asked_again() {
    use Outcome::{AskedToWait, Failed, SignedOut, Unreached, Worked};
    for (outcome, unreached, expected) in [
        (Worked, 0, 300),
        (Failed, 0, 300),
        (SignedOut, 0, 3600),
        (AskedToWait(secs(7200)), 0, 7200),
        (Unreached, 0, 15),
        (Unreached, 1, 30),
        (Unreached, 2, 60),
        (Unreached, 4, 240),
        (Unreached, 5, 300),
        (Unreached, u32::MAX, 300),
    ] {
        assert_eq!(
            pause(outcome, unreached),
            secs(expected),
            "{outcome:?} {unreached}"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn after_sleep_everybody_is_asked_but_who_asked_to_wait() {
    let (turns, at) = (Turns::default(), Instant::now());
    let ids = [AccountId(1), AccountId(2), AccountId(3), AccountId(4)];
    let wait = Outcome::AskedToWait(secs(2 * HOUR));
    for (id, outcome) in ids.into_iter().zip([
        Outcome::Worked,
        Outcome::Unreached,
        Outcome::SignedOut,
        wait,
    ]) {
        turns.take(id, outcome, at, Duration::ZERO);
    }
    let due = |at| ids.map(|id| turns.is_due(id, at));
    assert_eq!(due(at), [false; 4]);
    let woken = at + secs(10);
    turns.after_sleep(woken, secs(HOUR));
    assert_eq!(due(woken), [true, true, true, false]);
    turns.after_sleep(woken, secs(HOUR));
    assert_eq!(due(woken), [true; 4]);
    // One that nobody asked yet.
    assert!(turns.is_due(AccountId(9), at));
    assert_eq!(turns.next(&[]), None);
}

#[tokio::test(start_paused = true)]
async fn whoever_is_asked_to_wait_all_wait_until_it_works_again() {
    let (turns, id, at) = (Turns::default(), AccountId(1), Instant::now());
    turns.take(id, Outcome::Worked, at, Duration::ZERO);
    turns.keep_quiet(id, at, secs(HOUR));
    assert!(turns.must_wait_long(id, at + secs(400)));
    assert!(!turns.is_due(id, at + secs(400)));
    assert_eq!(turns.next(&[id]), Some(at + secs(HOUR)));
    assert!(!turns.must_wait_long(id, at + secs(HOUR - 20)));
    assert!(turns.must_wait(id, at + secs(HOUR - 20)));
    assert!(turns.is_due(id, at + secs(HOUR)));
    turns.after_sleep(at, secs(HOUR - 10));
    assert_eq!(turns.quiet(id, at).unwrap().until, at + secs(10));
    // Somebody wished for it all the same, and it worked.
    turns.take(id, Outcome::Worked, at, Duration::ZERO);
    assert!(!turns.must_wait(id, at));
}
