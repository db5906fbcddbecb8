//! Questions about what was synced, and events that belong together.

use dayline_engine::view::{AccountState, AgendaItem, ThreadReport};
use dayline_engine::{Engine, Error, SyncRequest};
use serde_json::json;

use crate::support::edits::{path, series, times, title, together, whole_days};
use crate::support::{GOOGLE, MICROSOFT, World, agenda, sync, synced_well};

const ZONE: chrono_tz::Tz = chrono_tz::Europe::Berlin;

fn titles(items: &[AgendaItem]) -> Vec<&str> {
    items.iter().map(|item| item.title.as_str()).collect()
}

/// Titles, whether they are of the asked one's series, and whether they are the asked one.
fn marked(report: &ThreadReport) -> Vec<(&str, bool, bool)> {
    let items = report.items.iter();
    items
        .map(|item| (item.title.as_str(), item.series, item.current))
        .collect()
}

/// A bit of everything around today.
async fn days() -> (World, Engine) {
    let world = World::empty();
    let at = |days: i64, hour: u32| world.day(days).and_hms_opt(hour, 0, 0).unwrap();
    let teams = json!({"isOnlineMeeting": true, "onlineMeetingProvider": "teamsForBusiness"});
    let guest = json!({"attendees": [
        {"type": "required", "emailAddress": {"name": "Zoë", "address": "zq@example.com"}}]});
    let high = json!({"importance": "high"});
    let graph = world.primary(MICROSOFT);
    for body in [
        together([
            title(MICROSOFT, "Today"),
            times(MICROSOFT, at(0, 15), 30),
            teams.clone(),
        ]),
        together([
            title(MICROSOFT, "Lunch"),
            times(MICROSOFT, at(0, 12), 30),
            guest,
        ]),
        together([title(MICROSOFT, "Alone"), times(MICROSOFT, at(0, 8), 30)]),
        together([
            title(MICROSOFT, "Yesterday"),
            times(MICROSOFT, at(-1, 9), 30),
            teams,
            high.clone(),
        ]),
        together([
            title(MICROSOFT, "Soon"),
            times(MICROSOFT, at(2, 9), 30),
            high.clone(),
        ]),
        together([
            title(MICROSOFT, "Far off"),
            times(MICROSOFT, at(200, 9), 30),
            high,
        ]),
        together([
            title(MICROSOFT, "Leave"),
            whole_days(MICROSOFT, world.day(1), 1),
        ]),
    ] {
        world.create(MICROSOFT, &graph, &body);
    }
    let engine = world.signed_in().await;
    synced_well(&sync(&engine).await);
    (world, engine)
}

#[tokio::test(start_paused = true)]
async fn todays_teams_meetings_and_what_is_important_are_named() {
    let (_world, engine) = days().await;
    assert_eq!(
        titles(&engine.todays_teams_meetings(ZONE).unwrap()),
        ["Today"]
    );
    for (limit, expected) in [(20, &["Soon", "Far off"][..]), (1, &["Soon"]), (0, &[])] {
        let found = engine.high_importance(ZONE, limit).unwrap();
        assert_eq!(titles(&found), expected);
    }
}

#[tokio::test(start_paused = true)]
async fn the_share_of_teams_counts_meetings_by_day() {
    let (world, engine) = days().await;
    let days = engine.teams_share_by_day(ZONE).unwrap();
    assert_eq!(days.len(), 30);
    let counted: Vec<_> = days
        .iter()
        .filter(|day| day.meetings > 0)
        .map(|day| (day.date, day.teams, day.meetings, day.share))
        .collect();
    assert_eq!(
        counted,
        [
            (world.day(-1), 1, 1, Some(1.0)),
            (world.day(0), 1, 2, Some(0.5))
        ]
    );
    assert_eq!(days[0].share, None);
}

#[tokio::test(start_paused = true)]
async fn calendars_tell_how_much_they_hold_and_what_comes_next() {
    let (_world, engine) = days().await;
    let stats = engine.calendar_stats().unwrap();
    let full = stats.iter().find(|one| one.events > 0).unwrap();
    assert_eq!((full.events, full.teams_meetings), (7, 2));
    let next = full.next_event.as_ref().unwrap();
    assert_eq!(
        (next.title.as_str(), next.start.as_str()),
        ("Lunch", "2026-11-20T11:00:00Z")
    );
    assert!(
        stats
            .iter()
            .filter(|one| one.id != full.id)
            .all(|one| one.events == 0 && one.next_event.is_none())
    );
}

#[tokio::test(start_paused = true)]
async fn rounds_are_counted_by_how_they_went() {
    let (_world, engine) = days().await;
    let _ = engine.sync(SyncRequest::default()).await.unwrap();
    for account in engine.sync_success(chrono::TimeDelta::days(1)).unwrap() {
        let figures = &account.figures;
        assert!(figures.rounds >= 2 && figures.calls >= 2, "{figures:?}");
        assert_eq!(figures.ok, figures.rounds);
        assert_eq!(figures.success_rate, Some(1.0));
        assert!(figures.median_ms <= figures.p95_ms);
        assert!(figures.last_success.is_some());
        let sum: u32 = account.calendars.iter().map(|one| one.figures.rounds).sum();
        assert_eq!(sum, figures.rounds);
    }
}

#[tokio::test(start_paused = true)]
async fn an_account_that_waits_is_named_with_what_helps() {
    let (world, engine) = days().await;
    assert!(
        engine
            .stats(ZONE, 5)
            .unwrap()
            .accounts_needing_action
            .is_empty()
    );
    let chosen = serde_json::json!({ "provider": "microsoft" });
    world.admin("POST", "/tokens/revoke", &chosen);
    world.admin("POST", "/tokens/expire", &chosen);
    let _ = sync(&engine).await;
    let needs = engine.stats(ZONE, 5).unwrap().accounts_needing_action;
    assert_eq!(needs.len(), 1);
    assert_eq!(needs[0].state, AccountState::NeedsSignIn);
    assert!(needs[0].problem.is_some());
}

#[tokio::test(start_paused = true)]
async fn a_thread_is_a_series_with_its_exceptions_and_nothing_else() {
    let world = World::empty();
    let at = world.day(-7).and_hms_opt(9, 0, 0).unwrap();
    let weekly = together([
        title(MICROSOFT, "Weekly"),
        times(MICROSOFT, at, 60),
        series(MICROSOFT, at.date(), true, 1, Some(4)),
    ]);
    let id = world.create(MICROSOFT, &world.primary(MICROSOFT), &weekly);
    world.create_single(MICROSOFT, "Other", 0);
    let moved = world.occurrences_of(MICROSOFT, &id)[2].clone();
    let later = world.day(8).and_hms_opt(14, 0, 0).unwrap();
    world.asked(
        MICROSOFT,
        "PATCH",
        &path(MICROSOFT, "", Some(&moved)),
        &together([title(MICROSOFT, "Moved"), times(MICROSOFT, later, 60)]),
    );
    let engine = world.signed_in().await;
    synced_well(&sync(&engine).await);
    let items = agenda(&engine, world.day(-7), world.day(30));
    let expected = ["Weekly", "Weekly", "Moved", "Weekly"];
    for item in items.iter().filter(|item| item.title != "Other") {
        let thread = engine.thread(&item.id, ZONE, 100).unwrap();
        assert_eq!(titles(&thread.items), expected, "{}", item.start);
    }
    let last = items.iter().rfind(|item| item.title == "Weekly").unwrap();
    let near = engine.thread(&last.id, ZONE, 2).unwrap();
    assert_eq!(
        (titles(&near.items), near.more),
        (vec!["Moved", "Weekly"], 2)
    );
    let report = engine.thread_report(&last.id, ZONE.name(), 2).unwrap();
    assert_eq!(report.more, 2);
    assert_eq!(
        marked(&report),
        [("Moved", true, false), ("Weekly", true, true)]
    );
    assert_eq!(report.items[0].when.start_minute, 14 * 60);
    assert_eq!(report.items[1].occurrence_id, last.id);
    for limit in [0, -1, 1001] {
        let refused = engine.thread_report(&last.id, "UTC", limit);
        assert!(matches!(refused, Err(Error::Invalid(_))), "{limit}");
    }
    let other = items.iter().find(|item| item.title == "Other").unwrap();
    let alone = engine.thread(&other.id, ZONE, 100).unwrap();
    assert_eq!(titles(&alone.items), ["Other"]);
    assert!(engine.thread("1/unknown", ZONE, 10).is_err());
}

#[tokio::test(start_paused = true)]
async fn a_copy_in_another_calendar_belongs_to_the_thread() {
    let world = World::empty();
    let at = world.day(1).and_hms_opt(9, 0, 0).unwrap();
    for provider in [MICROSOFT, GOOGLE] {
        let body = together([title(provider, "Copied"), times(provider, at, 45)]);
        world.create(provider, &world.primary(provider), &body);
        let later = at + chrono::TimeDelta::hours(1);
        let body = together([title(provider, "Copied"), times(provider, later, 45)]);
        world.create(provider, &world.primary(provider), &body);
    }
    let engine = world.signed_in().await;
    synced_well(&sync(&engine).await);
    let items = agenda(&engine, world.day(1), world.day(1));
    assert_eq!(items.len(), 4);
    let thread = engine.thread(&items[0].id, ZONE, 100).unwrap();
    let starts: Vec<&str> = thread.items.iter().map(|one| &one.start[..16]).collect();
    assert_eq!(starts, ["2026-11-21T09:00", "2026-11-21T09:00"]);
    let report = engine.thread_report(&items[0].id, "UTC", 100).unwrap();
    let mut marks = marked(&report);
    marks.sort_unstable();
    assert_eq!(marks, [("Copied", false, false), ("Copied", false, true)]);
    let calendars: std::collections::BTreeSet<&str> = report
        .items
        .iter()
        .map(|one| one.calendar_id.as_str())
        .collect();
    assert_eq!(calendars.len(), 2);
}
