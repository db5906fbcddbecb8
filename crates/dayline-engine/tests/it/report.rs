//! How synchronisation went, day by day.

use chrono::{NaiveDate, TimeDelta};
use dayline_engine::view::{AccountReport, AccountState, HealthReport, Remedy};
use dayline_engine::{Engine, Error, SyncRequest};

use crate::support::edits::{times, title, together};
use crate::support::{MICROSOFT, World, sync, synced_well};

fn report(engine: &Engine, zone: &str) -> HealthReport {
    let report = engine.health_report(zone).unwrap();
    for account in &report.accounts {
        let days = account.days.iter();
        let sum =
            |part: fn(&AccountReport) -> i32, of_days: i32| assert_eq!(part(account), of_days);
        sum(|all| all.rounds, days.clone().map(|day| day.rounds).sum());
        sum(|all| all.calls, days.clone().map(|day| day.calls).sum());
        sum(
            |all| all.rounds - all.ok,
            days.clone().map(|day| day.failed).sum(),
        );
        assert_eq!(account.days.len(), 30);
        for (at, day) in (report.from_day..).zip(days) {
            assert_eq!(day.day, at);
            assert_eq!(day.median_ms.is_some(), day.rounds > 0);
        }
        let own = report
            .calendars
            .iter()
            .filter(|one| one.account_id == account.id);
        assert_eq!(account.rounds, own.map(|one| one.rounds).sum::<i32>());
    }
    report
}

/// Rounds and failed ones of the account's days from `back` days ago on.
fn last(account: &AccountReport, back: usize) -> Vec<(i32, i32)> {
    let days = account.days.iter().skip(29 - back);
    days.map(|day| (day.rounds, day.failed)).collect()
}

#[tokio::test(start_paused = true)]
async fn a_round_counts_on_the_day_on_which_it_began_for_its_reader() {
    let world = World::empty();
    let at = world.day(1).and_hms_opt(9, 0, 0).unwrap();
    for name in ["One", "Two"] {
        let body = together([title(MICROSOFT, name), times(MICROSOFT, at, 30)]);
        world.create(MICROSOFT, &world.primary(MICROSOFT), &body);
    }
    let engine = world.signed_in().await;
    synced_well(&sync(&engine).await);
    // 00:20 of the next day in Berlin, 23:20 of the same one in UTC.
    world.clock.jump(TimeDelta::minutes(13 * 60 + 42));
    synced_well(&sync(&engine).await);
    world.network.unplug(true);
    let _ = engine.sync(SyncRequest::default()).await.unwrap();
    world.network.unplug(false);

    let berlin = report(&engine, "Europe/Berlin");
    let epoch = NaiveDate::default();
    let today = world.day(1).signed_duration_since(epoch).num_days();
    assert_eq!(i64::from(berlin.from_day), today - 29);
    let account = &berlin.accounts[0];
    let connected = i32::try_from(berlin.calendars.len() / 2).unwrap();
    assert_eq!(
        last(account, 1),
        [(connected, 0), (2 * connected, connected)]
    );
    assert_eq!((account.ok, account.rounds), (2 * connected, 3 * connected));
    let changes: Vec<i32> = account.days.iter().map(|day| day.changes).collect();
    assert_eq!(changes[28..], [2, 0]);
    assert!(account.median_ms <= account.p95_ms && account.median_ms.is_some());

    let utc = report(&engine, "UTC");
    let account = &utc.accounts[0];
    assert_eq!(last(account, 1), [(0, 0), (3 * connected, connected)]);
    assert!(matches!(
        engine.health_report("Mars/Base"),
        Err(Error::Invalid(_))
    ));
}

#[tokio::test(start_paused = true)]
async fn what_happened_over_30_days_ago_is_left_out() {
    let world = World::empty();
    let engine = world.signed_in().await;
    synced_well(&sync(&engine).await);
    let rounds = |engine: &Engine| report(engine, "Europe/Berlin").accounts[0].rounds;
    let first = rounds(&engine);
    assert!(first > 0);
    world.clock.jump(TimeDelta::days(29));
    assert_eq!(rounds(&engine), first);
    world.clock.jump(TimeDelta::days(1));
    assert_eq!(rounds(&engine), 0);
    let report = report(&engine, "Europe/Berlin");
    assert!(report.accounts[0].last_success.is_some());
    assert_eq!(report.accounts[0].median_ms, None);
}

#[tokio::test(start_paused = true)]
async fn calendars_tell_what_they_hold_and_accounts_what_helps() {
    let world = World::empty();
    let at = world.day(-1).and_hms_opt(9, 0, 0).unwrap();
    let teams = serde_json::json!({
        "isOnlineMeeting": true, "onlineMeetingProvider": "teamsForBusiness"
    });
    let parts = [title(MICROSOFT, "One"), times(MICROSOFT, at, 30), teams];
    world.create(MICROSOFT, &world.primary(MICROSOFT), &together(parts));
    let engine = world.signed_in().await;
    synced_well(&sync(&engine).await);
    let before = report(&engine, "Europe/Berlin");
    let full = before.calendars.iter().find(|one| one.events > 0).unwrap();
    assert_eq!((full.events, full.teams_meetings), (1, 1));
    assert!(full.last_success.is_some() && full.problem.is_none());
    let meetings = &before.teams_days;
    assert_eq!(meetings.len(), 30);
    assert_eq!((meetings[28].meetings, meetings[28].teams), (1, 1));
    assert_eq!(meetings[28].day, before.from_day + 28);
    assert_eq!(before.accounts[0].state, AccountState::Ready);
    assert_eq!(before.accounts[0].remedy, None);

    let chosen = serde_json::json!({ "provider": "microsoft" });
    world.admin("POST", "/tokens/revoke", &chosen);
    world.admin("POST", "/tokens/expire", &chosen);
    let _ = sync(&engine).await;
    engine
        .set_calendar_connected(&full.id, false)
        .await
        .unwrap();
    let after = report(&engine, "Europe/Berlin");
    let account = &after.accounts[0];
    assert_eq!(account.state, AccountState::NeedsSignIn);
    assert_eq!(account.remedy, Some(Remedy::SignIn));
    assert!(account.problem.is_some());
    assert!(after.calendars.iter().all(|one| one.id != full.id));
}
