//! What no client could write and a provider may serve all the same: each such event is shown,
//! cut or set aside for itself, and the rest of the calendar is whole.

use std::fmt::Write as _;

use chrono::TimeDelta;
use dayline_engine::view::AgendaItem;
use dayline_engine::{Engine, ProviderKind};
use serde_json::{Value, json};

use crate::support::edits::{series, times, title, together};
use crate::support::{GOOGLE, MICROSOFT, World, agenda, sync, synced_well};

/// A calendar with a single event and a series, before anything hostile comes.
async fn world_with_neighbours() -> (World, Engine) {
    let world = World::empty();
    for provider in ProviderKind::ALL {
        world.create_single(provider, "Neighbour", 1);
        let body = together([
            title(provider, "Series"),
            times(provider, world.day(0).and_hms_opt(7, 0, 0).unwrap(), 30),
            series(provider, world.day(0), false, 1, Some(5)),
        ]);
        world.create(provider, &world.primary(provider), &body);
    }
    let engine = world.signed_in().await;
    (world, engine)
}

fn word(provider: ProviderKind) -> &'static str {
    provider.as_str()
}

/// An event of tomorrow as its provider would serve it, with `change` over it.
fn item(world: &World, provider: ProviderKind, id: &str, change: &Value) -> Value {
    let at = |hour: u32| world.day(1).and_hms_opt(hour, 0, 0).unwrap();
    let mut item = match provider {
        ProviderKind::Microsoft => json!({
            "id": id, "type": "singleInstance", "subject": id, "@odata.etag": "W/\"1\"",
            "isAllDay": false,
            "start": {"dateTime": format!("{:?}", at(13)), "timeZone": "UTC"},
            "end": {"dateTime": format!("{:?}", at(14)), "timeZone": "UTC"},
        }),
        ProviderKind::Google => json!({
            "kind": "calendar#event", "id": id, "status": "confirmed", "summary": id,
            "start": {"dateTime": format!("{:?}Z", at(13)), "timeZone": "UTC"},
            "end": {"dateTime": format!("{:?}Z", at(14)), "timeZone": "UTC"},
        }),
    };
    for (key, value) in change.as_object().unwrap() {
        if value.is_null() {
            item.as_object_mut().unwrap().remove(key);
        } else {
            item[key] = value.clone();
        }
    }
    item
}

fn inject(world: &World, provider: ProviderKind, item: &Value) {
    let body = json!({"provider": word(provider), "item": item});
    world.admin("POST", "/inject", &body);
}

fn shown(world: &World, engine: &Engine) -> Vec<AgendaItem> {
    agenda(engine, world.day(0), world.day(6))
}

/// The neighbours are all there, whatever stands beside them.
#[track_caller]
fn neighbours_are_whole(world: &World, engine: &Engine) {
    let all = shown(world, engine);
    let count = |name: &str| all.iter().filter(|item| item.title == name).count();
    assert_eq!((count("Neighbour"), count("Series")), (2, 10), "{all:#?}");
}

async fn synced_with(items: &[(ProviderKind, Value)]) -> (World, Engine) {
    let (world, engine) = world_with_neighbours().await;
    for (provider, change) in items {
        let id = format!("hostile{}", word(*provider));
        inject(&world, *provider, &item(&world, *provider, &id, change));
    }
    synced_well(&sync(&engine).await);
    synced_well(&sync(&engine).await);
    neighbours_are_whole(&world, &engine);
    (world, engine)
}

fn hostile(world: &World, engine: &Engine) -> Vec<AgendaItem> {
    let mut items = shown(world, engine);
    items.retain(|item| item.title.starts_with("hostile"));
    items
}

#[tokio::test(start_paused = true)]
async fn an_event_without_a_start_is_set_aside() {
    for start in [
        Value::Null,
        json!(7),
        json!({"dateTime": "soon", "timeZone": "UTC"}),
    ] {
        let change = json!({"start": start});
        let (world, engine) = synced_with(&[(MICROSOFT, change.clone()), (GOOGLE, change)]).await;
        assert_eq!(hostile(&world, &engine), []);
    }
}

#[tokio::test(start_paused = true)]
async fn an_end_before_its_start_is_an_event_without_length() {
    let (world, engine) = synced_with(&[
        (
            MICROSOFT,
            json!({"end": {"dateTime": "2026-11-01T00:00:00", "timeZone": "UTC"}}),
        ),
        (GOOGLE, json!({"end": {"dateTime": "2026-11-01T00:00:00Z"}})),
    ])
    .await;
    let found = hostile(&world, &engine);
    assert_eq!(found.len(), 2);
    assert!(
        found.iter().all(|item| item.start == item.end),
        "{found:#?}"
    );
}

#[tokio::test(start_paused = true)]
async fn sixty_years_are_shown_on_each_of_their_days() {
    let (world, engine) = synced_with(&[
        (
            MICROSOFT,
            json!({
                "start": {"dateTime": "1996-11-21T08:00:00", "timeZone": "UTC"},
                "end": {"dateTime": "2056-11-21T08:00:00", "timeZone": "UTC"},
            }),
        ),
        (
            GOOGLE,
            json!({"start": {"date": "1996-11-21"}, "end": {"date": "2056-11-21"}}),
        ),
    ])
    .await;
    assert_eq!(hostile(&world, &engine).len(), 2);
    let far = world.day(400);
    assert_eq!(agenda(&engine, far, far).len(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_million_exceptions_leave_the_rest_of_the_series() {
    let mut line = "EXDATE:".to_owned();
    let last = World::empty().day(2).and_hms_opt(13, 0, 0).unwrap();
    for minute in 0..1_000_000 {
        let comma = if minute == 0 { "" } else { "," };
        let stamp = (last - TimeDelta::minutes(minute)).format("%Y%m%dT%H%M%SZ");
        write!(line, "{comma}{stamp}").unwrap();
    }
    let (world, engine) = synced_with(&[(
        GOOGLE,
        json!({"recurrence": ["RRULE:FREQ=DAILY;COUNT=10", line]}),
    )])
    .await;
    let found: Vec<String> = hostile(&world, &engine)
        .into_iter()
        .map(|item| item.start)
        .collect();
    assert_eq!(
        found,
        [
            "2026-11-23T13:00:00+00:00",
            "2026-11-24T13:00:00+00:00",
            "2026-11-25T13:00:00+00:00",
            "2026-11-26T13:00:00+00:00"
        ]
    );
}

#[tokio::test(start_paused = true)]
async fn rules_that_never_end_or_never_match_cost_little_and_hide_nothing() {
    for rule in [
        "RRULE:FREQ=SECONDLY",
        "RRULE:FREQ=SECONDLY;INTERVAL=1;COUNT=999999999",
        "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "RRULE:FREQ=MINUTELY;BYMONTH=2;BYMONTHDAY=30",
        "RRULE:FREQ=DAILY;INTERVAL=4294967295",
        "RRULE:FREQ=FORTNIGHTLY",
        "nonsense",
    ] {
        let (world, engine) = synced_with(&[(GOOGLE, json!({"recurrence": [rule]}))]).await;
        let found = hostile(&world, &engine);
        assert!(!found.is_empty(), "{rule}: its first occurrence is certain");
    }
}

#[tokio::test(start_paused = true)]
async fn huge_texts_are_cut() {
    let (world, engine) = world_with_neighbours().await;
    for (provider, field) in [(MICROSOFT, "subject"), (GOOGLE, "summary")] {
        let id = format!("huge{}", word(provider));
        let body = json!({
            "provider": word(provider),
            "item": item(&world, provider, &id, &json!({})),
            "fill": {field: {"text": "hostile ", "times": 1_250_000}},
        });
        world.admin("POST", "/inject", &body);
    }
    synced_well(&sync(&engine).await);
    neighbours_are_whole(&world, &engine);
    let found = hostile(&world, &engine);
    assert_eq!(found.len(), 2);
    for item in found {
        assert!(item.title.chars().count() <= 4_096 && item.title.ends_with('…'));
    }
}

#[tokio::test(start_paused = true)]
async fn bytes_that_are_no_text_spoil_only_their_own_place() {
    use base64::Engine as _;
    let (world, engine) = world_with_neighbours().await;
    for provider in ProviderKind::ALL {
        let id = format!("bytes{}", word(provider));
        let text = item(&world, provider, &id, &json!({})).to_string();
        let mut bytes = text.into_bytes();
        // The title is its id; its last byte becomes one that no UTF-8 has.
        let marker = format!("\"{id}\"");
        let places: Vec<usize> = (0..bytes.len())
            .filter(|start| bytes[*start..].starts_with(marker.as_bytes()))
            .collect();
        let title = *places.last().unwrap();
        bytes[title + 1] = 0xff;
        let encoded = base64::engine::general_purpose::STANDARD.encode(&bytes);
        let body = json!({"provider": word(provider), "raw_base64": encoded});
        world.admin("POST", "/inject", &body);
    }
    synced_well(&sync(&engine).await);
    neighbours_are_whole(&world, &engine);
    let odd: Vec<String> = shown(&world, &engine)
        .into_iter()
        .map(|item| item.title)
        .filter(|title| title.starts_with('\u{fffd}'))
        .collect();
    assert_eq!(odd.len(), 2, "{odd:?}");
}

#[tokio::test(start_paused = true)]
async fn unknown_zones_and_words_are_kept_and_shown() {
    let (world, engine) = synced_with(&[
        (
            MICROSOFT,
            json!({
                "originalStartTimeZone": "Customized Time Zone",
                "start": {"dateTime": format!("{:?}", World::empty().day(1).and_hms_opt(13, 0, 0).unwrap()), "timeZone": "Mars/Olympus"},
                "importance": "astronomical", "showAs": "levitating", "sensitivity": 5,
                "responseStatus": "yes", "attendees": {"no": "list"},
            }),
        ),
        (
            GOOGLE,
            json!({
                "status": "quantum", "transparency": [], "visibility": "x", "eventType": "party",
                "attendees": [{"email": 3}, "x", {"responseStatus": "shrug"}],
                "reminders": {"overrides": [{"method": "pigeon", "minutes": "soon"}]},
            }),
        ),
    ])
    .await;
    let found = hostile(&world, &engine);
    assert_eq!(found.len(), 2, "{found:#?}");
}

#[tokio::test(start_paused = true)]
async fn of_one_id_twice_on_a_page_the_last_word_counts() {
    let (world, engine) = world_with_neighbours().await;
    for provider in ProviderKind::ALL {
        let field = match provider {
            ProviderKind::Microsoft => "subject",
            ProviderKind::Google => "summary",
        };
        for name in ["hostile first", "hostile last"] {
            inject(
                &world,
                provider,
                &item(&world, provider, "twice", &json!({field: name})),
            );
        }
    }
    synced_well(&sync(&engine).await);
    neighbours_are_whole(&world, &engine);
    let titles: Vec<String> = hostile(&world, &engine)
        .into_iter()
        .map(|item| item.title)
        .collect();
    assert_eq!(titles, ["hostile last", "hostile last"]);
}

#[tokio::test(start_paused = true)]
async fn an_exception_without_a_master_stands_for_itself() {
    let (world, engine) = synced_with(&[
        (
            MICROSOFT,
            json!({"type": "exception", "seriesMasterId": "nobody"}),
        ),
        (
            GOOGLE,
            json!({
                "recurringEventId": "nobody",
                "originalStartTime": {"dateTime": "2026-11-21T13:00:00Z"},
            }),
        ),
    ])
    .await;
    assert_eq!(hostile(&world, &engine).len(), 2);
}
