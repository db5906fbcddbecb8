//! What the ledger tells after changes at the providers.

use chrono::TimeDelta;
use dayline_engine::view::{ChangeView, ChangedFieldView, WhenView};
use dayline_engine::{Engine, Error, ProviderKind, Reach};
use serde_json::{Value, json};

use crate::support::edits::{series, times, title, together, whole_days};
use crate::support::{GOOGLE, MICROSOFT, World, agenda, sync, synced_well};

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

/// A day as views count it.
fn day(world: &World, days: i64) -> i32 {
    let epoch = chrono::NaiveDate::default();
    let since = world.day(days).signed_duration_since(epoch).num_days();
    since.try_into().unwrap()
}

fn line<'a>(lines: &'a [ChangeView], name: &str) -> &'a ChangeView {
    lines.iter().find(|line| line.title == name).unwrap()
}

#[tokio::test(start_paused = true)]
async fn a_line_tells_when_in_the_readers_zone_and_leads_to_what_still_stands() {
    for provider in ProviderKind::ALL {
        let world = World::empty();
        let calendar = world.primary(provider);
        let moved = once(&world, provider, "Moved", 1);
        let gone = once(&world, provider, "Gone", 2);
        let leave = together([
            title(provider, "Leave"),
            whole_days(provider, world.day(3), 2),
        ]);
        let leave = world.create(provider, &calendar, &leave);
        let engine = synced(&world).await;
        move_to(&world, provider, &moved, 4);
        world.delete(provider, &calendar, &gone);
        let longer = whole_days(provider, world.day(3), 4);
        world.patch(provider, &calendar, &leave, &longer);
        synced_well(&sync(&engine).await);

        // Nine in Berlin is five in the afternoon in Tokyo.
        let lines = engine.changes(9, "Asia/Tokyo").unwrap().items;
        let at = |days, hour: i32| WhenView {
            day: day(&world, days),
            days: 1,
            start_minute: hour * 60,
            end_minute: hour * 60 + 60,
            all_day: false,
        };
        let told = line(&lines, "Moved");
        assert_eq!(told.stood_when, Some(at(1, 17)), "{provider}");
        assert_eq!(told.before_when, Some(at(1, 17)));
        assert_eq!(told.after_when, Some(at(4, 22)));
        // 18:38 of the day on which it is 10:38 in Berlin.
        assert_eq!(told.changed_clock.day, day(&world, 0));
        assert_eq!(told.changed_clock.minute, 18 * 60 + 38);
        let id = told.occurrence_id.as_deref().unwrap();
        let details = engine.details(id, "Asia/Tokyo").unwrap();
        assert_eq!(details.occurrence.title, "Moved");
        assert_eq!(details.occurrence.day, told.after_when.unwrap().day);
        assert_eq!(told.calendar_id, details.occurrence.calendar_id);
        assert!(told.color.starts_with('#'), "{}", told.color);

        let told = line(&lines, "Gone");
        assert_eq!(told.occurrence_id, None, "{provider}");
        assert_eq!(told.stood_when, Some(at(2, 17)));
        assert_eq!((told.before_when, told.after_when), (None, None));

        let whole = |days| WhenView {
            day: day(&world, 3),
            days,
            start_minute: 0,
            end_minute: 1440,
            all_day: true,
        };
        let told = line(&lines, "Leave");
        assert_eq!(told.before_when, Some(whole(2)), "{provider}");
        assert_eq!(told.after_when, Some(whole(4)));
    }
}

#[tokio::test(start_paused = true)]
async fn a_line_about_a_series_leads_to_the_occurrence_that_comes_next() {
    for provider in ProviderKind::ALL {
        let world = World::empty();
        let calendar = world.primary(provider);
        let first = world.day(-3);
        let body = together([
            title(provider, "Daily"),
            times(provider, first.and_hms_opt(9, 0, 0).unwrap(), 30),
            series(provider, first, false, 1, Some(9)),
        ]);
        let id = world.create(provider, &calendar, &body);
        let engine = synced(&world).await;
        world.patch(provider, &calendar, &id, &title(provider, "Standup"));
        synced_well(&sync(&engine).await);
        let lines = engine.changes(9, "Europe/Berlin").unwrap().items;
        let shown = line(&lines, "Daily").occurrence_id.clone().unwrap();
        // It is 10:38: today's is over.
        let details = engine.details(&shown, "Europe/Berlin").unwrap();
        assert_eq!(details.occurrence.day, day(&world, 1), "{provider}");
        assert_eq!(details.occurrence.title, "Standup");
    }
}

#[tokio::test(start_paused = true)]
async fn the_history_of_an_occurrence_is_its_own_and_its_series() {
    for provider in ProviderKind::ALL {
        let world = World::empty();
        let calendar = world.primary(provider);
        let first = world.day(1);
        let body = together([
            title(provider, "Daily"),
            times(provider, first.and_hms_opt(9, 0, 0).unwrap(), 30),
            series(provider, first, false, 1, Some(5)),
        ]);
        let id = world.create(provider, &calendar, &body);
        once(&world, provider, "Other", 2);
        let engine = synced(&world).await;
        let occurrences = world.occurrences_of(provider, &id);
        for (which, hour) in [(1, 16), (2, 17)] {
            let at = world.day(which + 1).and_hms_opt(hour, 0, 0).unwrap();
            let one = &occurrences[usize::try_from(which).unwrap()];
            world.patch(provider, &calendar, one, &times(provider, at, 30));
        }
        synced_well(&sync(&engine).await);
        let place = match provider {
            ProviderKind::Microsoft => json!({"location": {"displayName": "Salon"}}),
            ProviderKind::Google => json!({"location": "Salon"}),
        };
        world.patch(provider, &calendar, &id, &place);
        synced_well(&sync(&engine).await);

        let items = agenda(&engine, world.day(1), world.day(6));
        let history = |at: &str| -> Vec<(ChangedFieldView, String)> {
            let item = items.iter().find(|item| item.start.contains(at)).unwrap();
            let lines = engine.event_changes(&item.id, "UTC").unwrap();
            let of = |line: ChangeView| (line.field, line.before.unwrap_or_default());
            lines.into_iter().map(of).collect()
        };
        let moved = |hour: &str| format!("2026-11-{hour}:00:00Z");
        let has = |at: &str, field, stood: &str| {
            let lines = history(at);
            lines
                .iter()
                .any(|line| line.0 == field && line.1.starts_with(stood))
        };
        use ChangedFieldView::{Location, Time};
        assert!(has("22T15:00", Time, &moved("22T08")), "{provider}");
        assert!(has("23T16:00", Time, &moved("23T08")), "{provider}");
        for at in ["22T15:00", "23T16:00", "24T08:00"] {
            assert!(has(at, Location, ""), "{provider} {at}: {:?}", history(at));
        }
        let times = history("22T15:00")
            .iter()
            .filter(|line| line.0 == Time)
            .count();
        assert_eq!(times, 1, "{provider}: the other one's is not its own");
        assert!(!has("24T08:00", Time, ""), "{provider}");
        let other = items.iter().find(|item| item.title == "Other").unwrap();
        assert_eq!(engine.event_changes(&other.id, "UTC").unwrap(), []);
    }
}

#[tokio::test(start_paused = true)]
async fn a_guests_answer_says_whose_it_is() {
    let world = World::empty();
    let guests = |answers: &[(&str, &str)]| -> Value {
        let guests: Vec<Value> = answers
            .iter()
            .map(|(who, answer)| json!({"email": who, "responseStatus": answer}))
            .collect();
        json!({ "attendees": guests })
    };
    let calendar = world.primary(GOOGLE);
    let id = once(&world, GOOGLE, "Lunch", 1);
    let before = [
        ("bob@example.com", "needsAction"),
        ("eve@example.com", "accepted"),
    ];
    world.patch(GOOGLE, &calendar, &id, &guests(&before));
    let engine = synced(&world).await;
    let after = [
        ("bob@example.com", "declined"),
        ("zoe@example.com", "needsAction"),
    ];
    world.patch(GOOGLE, &calendar, &id, &guests(&after));
    synced_well(&sync(&engine).await);
    let lines = engine.changes(9, "UTC").unwrap().items;
    let mut people: Vec<&str> = lines
        .iter()
        .filter_map(|line| line.person.as_deref())
        .collect();
    people.sort_unstable();
    assert_eq!(
        people,
        ["bob@example.com", "eve@example.com", "zoe@example.com"]
    );
    let id = lines[0].occurrence_id.as_deref().unwrap();
    assert_eq!(engine.event_changes(id, "UTC").unwrap(), lines);
    for refused in [
        engine.event_changes("1/unknown", "UTC"),
        engine.event_changes("x", "UTC"),
    ] {
        assert!(matches!(refused, Err(Error::NotFound(_))), "{refused:?}");
    }
    assert!(matches!(
        engine.event_changes(id, "Mars/Base"),
        Err(Error::Invalid(_))
    ));
}

#[tokio::test(start_paused = true)]
async fn what_was_moved_and_fell_back_into_its_series_keeps_its_history() {
    for provider in ProviderKind::ALL {
        let world = World::empty();
        let calendar = world.primary(provider);
        let first = world.day(1);
        let at = first.and_hms_opt(9, 0, 0).unwrap();
        let body = |count| {
            together([
                title(provider, "Daily"),
                times(provider, at, 30),
                series(provider, first, false, 1, Some(count)),
            ])
        };
        let id = world.create(provider, &calendar, &body(5));
        let engine = synced(&world).await;
        let moved = world.occurrences_of(provider, &id)[1].clone();
        let later = world.day(2).and_hms_opt(16, 0, 0).unwrap();
        world.patch(provider, &calendar, &moved, &times(provider, later, 30));
        synced_well(&sync(&engine).await);
        // Microsoft forgets the exceptions of a series that repeats otherwise.
        world.patch(provider, &calendar, &id, &body(4));
        synced_well(&sync(&engine).await);
        let items = agenda(&engine, world.day(2), world.day(2));
        assert_eq!(items.len(), 1, "{provider}");
        let lines = engine.event_changes(&items[0].id, "UTC").unwrap();
        let fields: Vec<_> = lines.iter().map(|line| line.field).collect();
        use ChangedFieldView::{Recurrence, Time};
        assert_eq!(fields, [Recurrence, Time], "{provider}");
    }
}
