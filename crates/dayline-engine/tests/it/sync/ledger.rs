//! What the ledger tells after changes at the providers.

use chrono::TimeDelta;
use dayline_engine::{Engine, ProviderKind, Reach};
use serde_json::{Value, json};

use crate::support::edits::{series, times, title, together};
use crate::support::{GOOGLE, MICROSOFT, World, sync, synced_well};

async fn synced(world: &World) -> Engine {
    let engine = world.signed_in().await;
    synced_well(&sync(&engine).await);
    assert_eq!(
        told(&engine),
        Vec::<String>::new(),
        "a first listing is no news"
    );
    engine
}

/// The ledger in few words, the oldest line first.
fn told(engine: &Engine) -> Vec<String> {
    let mut lines: Vec<String> = engine
        .changes(500, "UTC")
        .unwrap()
        .items
        .into_iter()
        .map(|line| {
            let side = |text: Option<String>| text.unwrap_or_else(|| "-".to_owned());
            let field = serde_json::to_value(line.field).unwrap();
            format!(
                "{} {}: {} -> {}",
                line.title,
                field.as_str().unwrap(),
                side(line.before),
                side(line.after)
            )
        })
        .collect();
    lines.reverse();
    lines
}

/// Where something of `minutes` stands that begins at an hour of a day, as the ledger tells it.
fn span(world: &World, day: i64, hour: u32, minutes: i64) -> String {
    use chrono::TimeZone as _;
    let start = chrono_tz::Europe::Berlin
        .from_local_datetime(&world.day(day).and_hms_opt(hour, 0, 0).unwrap())
        .unwrap()
        .to_utc();
    let text = |time: chrono::DateTime<chrono::Utc>| time.format("%Y-%m-%dT%H:%M:%SZ").to_string();
    format!(
        "{}/{}",
        text(start),
        text(start + TimeDelta::minutes(minutes))
    )
}

fn once(world: &World, provider: ProviderKind, name: &str, day: i64) -> String {
    let at = world.day(day).and_hms_opt(9, 0, 0).unwrap();
    let body = together([title(provider, name), times(provider, at, 60)]);
    world.create(provider, &world.primary(provider), &body)
}

fn move_to(world: &World, provider: ProviderKind, id: &str, day: i64) {
    let at = world.day(day).and_hms_opt(14, 0, 0).unwrap();
    let body = times(provider, at, 60);
    world.patch(provider, &world.primary(provider), id, &body);
}

#[tokio::test(start_paused = true)]
async fn what_changes_about_known_events_is_told_once() {
    for provider in ProviderKind::ALL {
        let world = World::empty();
        let moved = once(&world, provider, "Moved", 1);
        let gone = once(&world, provider, "Gone", 2);
        let renamed = once(&world, provider, "Old name", 3);
        let engine = synced(&world).await;
        move_to(&world, provider, &moved, 4);
        world.delete(provider, &world.primary(provider), &gone);
        let calendar = world.primary(provider);
        world.patch(provider, &calendar, &renamed, &title(provider, "New name"));
        once(&world, provider, "New", 5);
        synced_well(&sync(&engine).await);
        let mut lines = told(&engine);
        lines.sort();
        let expected = [
            "Gone status: confirmed -> deleted".to_owned(),
            format!(
                "Moved time: {} -> {}",
                span(&world, 1, 9, 60),
                span(&world, 4, 14, 60)
            ),
            "Old name title: Old name -> New name".to_owned(),
        ];
        assert_eq!(lines, expected, "{provider}");
        synced_well(&sync(&engine).await);
        assert_eq!(told(&engine).len(), 3, "nothing happened since");
    }
}

#[tokio::test(start_paused = true)]
async fn moved_out_of_the_window_is_moved_and_never_cancelled() {
    for provider in ProviderKind::ALL {
        for (day, is_full) in [(-800, false), (1_500, false), (-800, true), (1_500, true)] {
            let world = World::empty();
            let id = once(&world, provider, "Wanderer", 1);
            once(&world, provider, "Stays", 1);
            let engine = synced(&world).await;
            move_to(&world, provider, &id, day);
            if is_full {
                world.admin("POST", "/sync/expire", &json!({}));
            }
            synced_well(&sync(&engine).await);
            let expected = format!(
                "Wanderer time: {} -> {}",
                span(&world, 1, 9, 60),
                span(&world, day, 14, 60)
            );
            assert_eq!(told(&engine), [expected], "{provider} {day}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn an_occurrence_that_is_moved_or_deleted_is_told_and_its_series_is_not() {
    for provider in ProviderKind::ALL {
        let world = World::empty();
        let first = world.day(1);
        let body = together([
            title(provider, "Daily"),
            times(provider, first.and_hms_opt(9, 0, 0).unwrap(), 30),
            series(provider, first, false, 1, Some(5)),
        ]);
        let calendar = world.primary(provider);
        let id = world.create(provider, &calendar, &body);
        let engine = synced(&world).await;
        let occurrences = world.occurrences_of(provider, &id);
        let later = times(provider, world.day(2).and_hms_opt(16, 0, 0).unwrap(), 30);
        world.patch(provider, &calendar, &occurrences[1], &later);
        world.delete(provider, &calendar, &occurrences[3]);
        synced_well(&sync(&engine).await);
        let mut lines = told(&engine);
        lines.sort();
        let deleted = match provider {
            ProviderKind::Microsoft => "Daily status: confirmed -> deleted",
            // Google keeps a deleted occurrence as a cancelled one.
            ProviderKind::Google => "Daily status: confirmed -> cancelled",
        };
        let moved = format!(
            "Daily time: {} -> {}",
            span(&world, 2, 9, 30),
            span(&world, 2, 16, 30)
        );
        assert_eq!(lines, [deleted.to_owned(), moved], "{provider}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_series_that_repeats_otherwise_is_one_line_of_its_own() {
    for provider in ProviderKind::ALL {
        let world = World::empty();
        let first = world.day(1);
        let at = first.and_hms_opt(9, 0, 0).unwrap();
        let body = |count| {
            together([
                title(provider, "Daily"),
                times(provider, at, 30),
                series(provider, first, false, 1, Some(count)),
            ])
        };
        let calendar = world.primary(provider);
        let id = world.create(provider, &calendar, &body(6));
        let engine = synced(&world).await;
        world.patch(provider, &calendar, &id, &body(3));
        synced_well(&sync(&engine).await);
        let lines = told(&engine);
        assert_eq!(lines.len(), 1, "{provider}: {lines:#?}");
        assert!(lines[0].starts_with("Daily recurrence: RRULE"), "{lines:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_series_that_is_deleted_is_one_line() {
    for provider in ProviderKind::ALL {
        let world = World::empty();
        let first = world.day(1);
        let body = together([
            title(provider, "Daily"),
            times(provider, first.and_hms_opt(9, 0, 0).unwrap(), 30),
            series(provider, first, false, 1, Some(40)),
        ]);
        let calendar = world.primary(provider);
        let id = world.create(provider, &calendar, &body);
        let engine = synced(&world).await;
        world.delete(provider, &calendar, &id);
        synced_well(&sync(&engine).await);
        assert_eq!(
            told(&engine),
            ["Daily status: confirmed -> deleted"],
            "{provider}"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn full_rounds_after_the_first_tell_what_changed_meanwhile() {
    for provider in ProviderKind::ALL {
        let world = World::empty();
        let moved = once(&world, provider, "Moved", 1);
        let gone = once(&world, provider, "Gone", 2);
        for day in 3..9 {
            once(&world, provider, "Stays", day);
        }
        let engine = synced(&world).await;
        move_to(&world, provider, &moved, 4);
        world.delete(provider, &world.primary(provider), &gone);
        world.admin("POST", "/sync/expire", &json!({}));
        synced_well(&sync(&engine).await);
        let lines = told(&engine);
        assert_eq!(lines.len(), 2, "{provider}: {lines:#?}");
    }
}

#[tokio::test(start_paused = true)]
async fn who_declined_is_told() {
    let world = World::empty();
    let guests = |answer: &str| -> Value {
        json!({"attendees": [{"email": "bob@example.com", "responseStatus": answer}]})
    };
    let calendar = world.primary(GOOGLE);
    let id = once(&world, GOOGLE, "Lunch", 1);
    world.patch(GOOGLE, &calendar, &id, &guests("needsAction"));
    let engine = synced(&world).await;
    world.patch(GOOGLE, &calendar, &id, &guests("declined"));
    synced_well(&sync(&engine).await);
    assert_eq!(
        told(&engine),
        ["Lunch attendee: needs_action bob@example.com -> declined bob@example.com"]
    );
    let view = engine.changes(10, "UTC").unwrap();
    assert_eq!(view.unseen, 1);
    engine.mark_changes_seen(&view.items[0].id).unwrap();
    assert_eq!(engine.changes(10, "UTC").unwrap().unseen, 0);
}

#[tokio::test(start_paused = true)]
async fn a_visit_is_no_news() {
    let world = World::empty();
    let first = world.day(-1_000);
    let body = together([
        title(MICROSOFT, "Long ago"),
        times(MICROSOFT, first.and_hms_opt(9, 0, 0).unwrap(), 30),
        series(MICROSOFT, first, false, 1, None),
    ]);
    let calendar = world.primary(MICROSOFT);
    let id = world.create(MICROSOFT, &calendar, &body);
    let target = format!(
        "/me/events/{id}/instances?startDateTime={first}T00:00:00Z&endDateTime={}T00:00:00Z",
        first + TimeDelta::days(3)
    );
    let moved = world.graph_list(MICROSOFT, &target)[1]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let later = times(
        MICROSOFT,
        (first + TimeDelta::days(1)).and_hms_opt(18, 0, 0).unwrap(),
        30,
    );
    world.patch(MICROSOFT, &calendar, &moved, &later);
    let engine = synced(&world).await;
    engine
        .visit(first, first + TimeDelta::days(7), Reach::Providers)
        .await
        .unwrap();
    assert_eq!(told(&engine), Vec::<String>::new());
}
