use dayline_model::{Calendar, Cloud, ProviderCalendarId};

use super::*;

const GRAPH: AccountId = AccountId(1);
const GOOGLE: AccountId = AccountId(2);

fn at(hours: i64) -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::hours(hours)
}

fn account(id: AccountId) -> AccountRow {
    AccountRow {
        id,
        provider: if id == GRAPH {
            ProviderKind::Microsoft
        } else {
            ProviderKind::Google
        },
        cloud: Cloud::Global,
        tenant: None,
        email: format!("{}@example.com", id.0),
        display_name: None,
        client_id: String::new(),
        status: AccountStatus::Ready,
        problem: None,
        problem_code: None,
        claims: None,
        last_success_at: None,
        calendars_listed_at: None,
    }
}

fn calendar(id: i64, account: AccountId) -> CalendarRow {
    CalendarRow {
        id: CalendarId(id),
        account,
        calendar: Calendar {
            id: ProviderCalendarId(id.to_string()),
            name: id.to_string(),
            color: String::new(),
            is_primary: false,
            can_edit: true,
            access_role: String::new(),
            owner: None,
            delegate_email: None,
            can_push: true,
            zone: None,
            is_selected: true,
            default_reminders: Vec::new(),
        },
        is_connected: true,
        is_visible: true,
        last_synced_at: None,
        last_error: None,
    }
}

/// An active subscription made at hour 0 that ends after a week.
fn row(id: i64, account: AccountId, calendar: i64) -> PushRow {
    PushRow {
        id,
        account,
        calendar: Some(CalendarId(calendar)),
        channel: id.to_string(),
        channel_created_at: at(0),
        url_sha256: Vec::new(),
        state: PushState::Active,
        subscription: Some(id.to_string()),
        resource: None,
        created_at: at(0),
        renewed_at: at(0),
        expires_at: Some(at(168)),
        notified_at: None,
        problem: None,
    }
}

/// One calendar at each provider, numbers 10 and 20.
fn facts(hours: i64, rows: Vec<PushRow>) -> Facts {
    Facts {
        now: at(hours),
        accounts: vec![account(GRAPH), account(GOOGLE)],
        calendars: vec![calendar(10, GRAPH), calendar(20, GOOGLE)],
        rows,
        by_mailbox: Vec::new(),
        unwanted: Vec::new(),
        waiting: BTreeSet::new(),
        rearm: BTreeSet::new(),
    }
}

fn target(account: AccountId, calendar: i64) -> Target {
    (account, Some(CalendarId(calendar)))
}

fn both() -> Vec<PushRow> {
    vec![row(1, GRAPH, 10), row(2, GOOGLE, 20)]
}

#[test]
fn every_connected_calendar_is_watched_once() {
    let create = vec![
        Step::Create(target(GRAPH, 10)),
        Step::Create(target(GOOGLE, 20)),
    ];
    assert_eq!(plan(&facts(1, Vec::new())), create);
    assert_eq!(plan(&facts(1, both())), []);
}

#[test]
fn what_nobody_wants_or_nobody_can_have_is_ended() {
    let off = |change: &dyn Fn(&mut Facts)| {
        let mut facts = facts(1, both());
        change(&mut facts);
        plan(&facts)
    };
    let ended = [Step::End(1)];
    assert_eq!(off(&|facts| facts.calendars[0].is_connected = false), ended);
    assert_eq!(
        off(&|facts| facts.calendars[0].calendar.can_push = false),
        ended
    );
    assert_eq!(off(&|facts| facts.unwanted.push(CalendarId(10))), ended);
    assert_eq!(off(&|facts| drop(facts.calendars.remove(0))), ended);
}

#[test]
fn an_account_that_waits_for_its_user_is_left_alone() {
    let mut facts = facts(100, both());
    facts.accounts[0].status = AccountStatus::NeedsSignIn;
    facts.rows[1].renewed_at = at(99);
    facts.rows[1].expires_at = Some(at(267));
    assert_eq!(plan(&facts), []);
    facts.now = at(168);
    assert_eq!(plan(&facts), [Step::Expire(1)]);
}

#[test]
fn a_provider_that_asked_to_be_left_alone_is_asked_later() {
    let mut facts = facts(100, vec![row(1, GRAPH, 10)]);
    facts.rearm = [GRAPH].into();
    let later = [
        Step::Renew(GRAPH, vec![1]),
        Step::Create(target(GOOGLE, 20)),
    ];
    assert_eq!(plan(&facts), later);
    facts.waiting = [GRAPH, GOOGLE].into();
    assert_eq!(plan(&facts), []);
    assert_eq!(resting(&facts), [GRAPH].into(), "it is not forgotten");
    facts.waiting.remove(&GRAPH);
    facts.accounts[0].status = AccountStatus::NeedsSignIn;
    assert_eq!(
        resting(&facts),
        [GRAPH].into(),
        "nor while it is signed out"
    );
    facts.now = at(168);
    assert_eq!(plan(&facts), [Step::Expire(1)], "what ended has ended");
}

#[test]
fn graph_renews_in_the_second_half_and_google_makes_another_one_first() {
    assert_eq!(plan(&facts(84, both())), []);
    let late = plan(&facts(85, both()));
    assert_eq!(
        late,
        [
            Step::Renew(GRAPH, vec![1]),
            Step::Create(target(GOOGLE, 20))
        ]
    );
    let mut next = row(3, GOOGLE, 20);
    next.state = PushState::Creating;
    next.created_at = at(85);
    let mut facts = facts(85, vec![row(2, GOOGLE, 20), next]);
    facts.accounts.remove(0);
    facts.calendars.remove(0);
    assert_eq!(plan(&facts), [], "the old one still tells");
    facts.rows[1].state = PushState::Active;
    facts.rows[1].renewed_at = at(85);
    facts.rows[1].expires_at = Some(at(253));
    assert_eq!(plan(&facts), [Step::End(2)]);
}

#[test]
fn graph_renews_when_it_asks_but_not_each_minute() {
    let mut facts = facts(1, both());
    facts.rearm = [GRAPH, GOOGLE].into();
    assert_eq!(plan(&facts), [Step::Renew(GRAPH, vec![1])]);
    facts.rows[0].renewed_at = facts.now - TimeDelta::minutes(9);
    assert_eq!(plan(&facts), []);
}

#[test]
fn an_old_address_is_given_up_before_the_relay_does() {
    let mut facts = facts(60 * 24, both());
    for row in &mut facts.rows {
        row.renewed_at = facts.now - TimeDelta::hours(1);
        row.expires_at = Some(facts.now + TimeDelta::hours(167));
    }
    assert_eq!(
        plan(&facts),
        [
            Step::End(1),
            Step::Create(target(GRAPH, 10)),
            Step::Create(target(GOOGLE, 20)),
        ]
    );
}

#[test]
fn what_failed_is_tried_again_in_its_time() {
    for (problem, minutes, again) in [
        (Some("removed"), 0, true),
        (Some("offline"), 4, false),
        (Some("offline"), 6, true),
        (Some("watched_elsewhere"), 300, false),
        (Some("watched_elsewhere"), 361, true),
        (Some("refused"), 23 * 60, false),
        (Some("refused"), 24 * 60, true),
    ] {
        let mut facts = facts(0, vec![row(1, GRAPH, 10), row(2, GOOGLE, 20)]);
        facts.rows[0].state = PushState::Inactive;
        facts.rows[0].problem = problem.map(str::to_owned);
        facts.now += TimeDelta::minutes(minutes);
        let steps = plan(&facts);
        let expected: &[Step] = if again {
            &[Step::Forget(1), Step::Create(target(GRAPH, 10))]
        } else {
            &[]
        };
        assert_eq!(steps, expected, "{problem:?} after {minutes} minutes");
    }
}

#[test]
fn an_answer_that_never_came_is_looked_for() {
    let mut facts = facts(0, both());
    facts.rows[0].state = PushState::Creating;
    facts.now += TimeDelta::minutes(1);
    assert_eq!(plan(&facts), []);
    facts.now += TimeDelta::minutes(3);
    assert_eq!(
        plan(&facts),
        [Step::Clear(1), Step::Create(target(GRAPH, 10))]
    );
}

#[test]
fn a_mailbox_has_one_for_all_its_calendars() {
    let mut facts = facts(1, both());
    facts.calendars.push(calendar(11, GRAPH));
    facts.by_mailbox.push(GRAPH);
    assert_eq!(plan(&facts), [Step::End(1), Step::Create((GRAPH, None))]);
    facts.rows[0].calendar = None;
    assert_eq!(plan(&facts), []);
}

#[test]
fn one_that_ends_is_told_to_its_provider_until_it_is_over() {
    let mut facts = facts(1, both());
    facts.rows[0].state = PushState::Ending;
    facts.rows[0].renewed_at = DateTime::UNIX_EPOCH;
    let create = Step::Create(target(GRAPH, 10));
    assert_eq!(plan(&facts), [Step::End(1), create.clone()]);
    facts.rows[0].renewed_at = facts.now - TimeDelta::minutes(4);
    assert_eq!(plan(&facts), vec![create.clone()]);
    facts.rows[0].renewed_at = facts.now - TimeDelta::minutes(6);
    facts.rows[0].subscription = None;
    assert_eq!(plan(&facts), [Step::Clear(1), create.clone()]);
    facts.rows[0].expires_at = Some(facts.now);
    assert_eq!(plan(&facts), [Step::Forget(1), create]);
}

#[test]
fn what_was_written_before_the_clock_was_set_back_is_long_ago() {
    let mut facts = facts(0, both());
    facts.now -= TimeDelta::days(400);
    facts.rows[0].state = PushState::Inactive;
    facts.rows[0].problem = Some("refused".into());
    facts.rows[1].state = PushState::Creating;
    assert_eq!(
        plan(&facts),
        [
            Step::Clear(2),
            Step::Forget(1),
            Step::Create(target(GRAPH, 10)),
            Step::Create(target(GOOGLE, 20)),
        ]
    );
}

#[test]
fn a_renewal_that_has_to_wait_is_not_forgotten() {
    let mut facts = facts(1, both());
    facts.rearm = [GRAPH].into();
    assert_eq!(resting(&facts), BTreeSet::new());
    facts.rows[0].renewed_at = facts.now - TimeDelta::minutes(9);
    assert_eq!(resting(&facts), [GRAPH].into());
}

#[test]
fn those_of_an_account_are_renewed_together() {
    let mut facts = facts(
        1,
        vec![row(1, GRAPH, 10), row(2, GRAPH, 11), row(3, GRAPH, 12)],
    );
    facts.calendars = [10, 11, 12].map(|id| calendar(id, GRAPH)).into();
    facts.rearm = [GRAPH].into();
    facts.rows[1].renewed_at = facts.now - TimeDelta::minutes(9);
    assert_eq!(plan(&facts), [Step::Renew(GRAPH, vec![3, 1])]);
    assert_eq!(resting(&facts), [GRAPH].into(), "the other one is later");
}

#[test]
fn a_renewal_that_failed_is_tried_again() {
    let mut facts = facts(1, both());
    facts.rows[0].problem = Some("offline".into());
    assert_eq!(plan(&facts), [Step::Renew(GRAPH, vec![1])]);
}
