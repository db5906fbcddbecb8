//! Searching what was synced: what is found, what never is, and in which order.

use chrono::{NaiveDate, NaiveDateTime, TimeDelta};
use dayline_engine::view::{SearchField, SearchItem, SearchQuery, SearchResults};
use dayline_engine::{Engine, Error};
use dayline_model::{
    Event, EventKind, EventType, Importance, ParticipationStatus, Reminders, Sensitivity, ShowAs,
    Status, When, Zone, ZonedTime,
};
use dayline_store::{Derived, NewOccurrence, Store};
use serde_json::{Value, json};

use crate::support::edits::{times, title, together, whole_days};
use crate::support::{GOOGLE, MICROSOFT, World, sync, synced_well};

async fn ask(engine: &Engine, text: &str, limit: i32) -> Result<SearchResults, Error> {
    let query = SearchQuery {
        text: text.to_owned(),
        zone: "Europe/Berlin".to_owned(),
        limit,
    };
    engine.search(&query).await
}

async fn search(engine: &Engine, text: &str) -> Vec<SearchItem> {
    ask(engine, text, 20).await.unwrap().items
}

async fn titles(engine: &Engine, text: &str) -> Vec<String> {
    let found = search(engine, text).await;
    found.into_iter().map(|item| item.title).collect()
}

/// An hour on some day, from 9 o'clock.
fn hour(world: &World, days: i64) -> Value {
    times(MICROSOFT, world.day(days).and_hms_opt(9, 0, 0).unwrap(), 60)
}

async fn synced(world: &World) -> Engine {
    let engine = world.signed_in().await;
    synced_well(&sync(&engine).await);
    engine
}

#[tokio::test(start_paused = true)]
async fn every_text_of_an_event_is_searched_and_the_place_is_told() {
    let world = World::empty();
    let graph = world.primary(MICROSOFT);
    let body = "<p>Please bring the <b>samovar</b>.</p><style>.hidden{}</style>";
    world.create(
        MICROSOFT,
        &graph,
        &together([
            title(MICROSOFT, "Größe der Töpfe"),
            hour(&world, 3),
            json!({
                "location": {"displayName": "Salon Matrjoschka"},
                "body": {"contentType": "html", "content": body},
                "attendees": [{
                    "type": "required",
                    "emailAddress": {"name": "Zoë Quill", "address": "zq@example.com"},
                }],
            }),
        ]),
    );
    let engine = synced(&world).await;
    for (text, field, excerpt) in [
        ("größe", SearchField::Title, "Größe der Töpfe"),
        ("GROSSE topf", SearchField::Title, "Größe der Töpfe"),
        ("matrj", SearchField::Place, "Salon Matrjoschka"),
        ("zoe", SearchField::People, "Zoë Quill"),
        ("zq@example.com", SearchField::People, "zq@example.com"),
        (
            "\"the samovar\"",
            SearchField::Body,
            "Please bring the samovar.",
        ),
        ("töpfe samovar -kettle", SearchField::Body, "samovar"),
    ] {
        let found = search(&engine, text).await;
        assert_eq!(found.len(), 1, "{text}");
        assert_eq!(found[0].field, field, "{text}");
        assert!(
            found[0].excerpt.contains(excerpt),
            "{text}: {}",
            found[0].excerpt
        );
        let id = found[0].occurrence_id.as_deref().unwrap();
        assert!(engine.details(id, "UTC").is_ok(), "{text}");
    }
    for text in [
        "topf -samovar",
        "amovar",
        "hidden",
        "\"samovar the\"",
        "style",
    ] {
        assert!(titles(&engine, text).await.is_empty(), "{text}");
    }
}

#[tokio::test(start_paused = true)]
async fn what_is_found_is_placed_on_the_readers_clocks() {
    let world = World::empty();
    let calendar = world.primary(MICROSOFT);
    let late = world.day(3).and_hms_opt(18, 30, 0).unwrap();
    let parts = [title(MICROSOFT, "Late"), times(MICROSOFT, late, 90)];
    world.create(MICROSOFT, &calendar, &together(parts));
    let parts = [
        title(MICROSOFT, "Leave"),
        whole_days(MICROSOFT, world.day(3), 2),
    ];
    world.create(MICROSOFT, &calendar, &together(parts));
    let engine = synced(&world).await;
    let day = world
        .day(3)
        .signed_duration_since(NaiveDate::default())
        .num_days();
    let day = i32::try_from(day).unwrap();
    for (text, zone, expected) in [
        ("late", "Europe/Berlin", (day, 1, 18 * 60 + 30, 20 * 60)),
        ("late", "Asia/Kolkata", (day, 2, 23 * 60, 30)),
        ("late", "Asia/Tokyo", (day + 1, 1, 2 * 60 + 30, 4 * 60)),
        ("leave", "Asia/Tokyo", (day, 2, 0, 1440)),
        ("leave", "America/Lima", (day, 2, 0, 1440)),
    ] {
        let query = SearchQuery {
            text: text.to_owned(),
            zone: zone.to_owned(),
            limit: 1,
        };
        let found = engine.search(&query).await.unwrap();
        let item = &found.items[0];
        let placed = (item.day, item.days, item.start_minute, item.end_minute);
        assert_eq!(placed, expected, "{text} {zone}");
    }
}

#[tokio::test(start_paused = true)]
async fn nothing_that_people_type_is_a_mistake_in_the_index() {
    let world = World::sample();
    let engine = synced(&world).await;
    let long = "lorem ipsum dolor ".repeat(600);
    for text in [
        "\"",
        "\"\"\"",
        "'",
        "*",
        "a*",
        "^a",
        "a AND",
        "OR",
        "NOT",
        "NEAR(",
        "NEAR(a b, 2)",
        "(",
        ")",
        "{title body} : a",
        "title:",
        "-title:a b",
        "a + b",
        "a\\",
        "a;b",
        "😀",
        "👩‍💻 a",
        "%",
        "_",
        "\0",
        "a\u{0}b",
        "\u{202e}a",
        "--",
        "- a",
        "a -",
        "a NOT b",
        "日本語",
        "'; DROP TABLE accounts; --",
        "\u{fdfa}",
        "\u{1e900}\u{10ffff}",
        long.as_str(),
    ] {
        let found = ask(&engine, text, 20).await;
        assert!(found.is_ok(), "{text:?}: {:?}", found.err());
    }
    for text in ["", "   ", "\n", "-a", "-a -\"b c\""] {
        let refused = ask(&engine, text, 20).await.unwrap_err();
        assert!(matches!(refused, Error::Invalid(_)), "{text:?}: {refused}");
    }
    for limit in [i32::MIN, 0, 501, i32::MAX] {
        assert!(ask(&engine, "a", limit).await.is_err(), "{limit}");
    }
}

#[tokio::test(start_paused = true)]
async fn scripts_without_spaces_and_emoji_are_found_within_a_run() {
    let world = World::empty();
    let google = world.primary(GOOGLE);
    let at = |days: i64| times(GOOGLE, world.day(days).and_hms_opt(9, 0, 0).unwrap(), 30);
    for (days, name) in [
        (1, "東京本社で定例会議"),
        (2, "주간회의"),
        (3, "ประชุมทีม"),
        (4, "🎉 Party"),
    ] {
        world.create(GOOGLE, &google, &together([title(GOOGLE, name), at(days)]));
    }
    let engine = synced(&world).await;
    for (text, expected) in [
        ("会議", "東京本社で定例会議"),
        ("本社 会議", "東京本社で定例会議"),
        ("회의", "주간회의"),
        ("회", "주간회의"),
        ("ทีม", "ประชุมทีม"),
        ("🎉", "🎉 Party"),
    ] {
        assert_eq!(titles(&engine, text).await, [expected], "{text}");
    }
    assert!(titles(&engine, "議会").await.is_empty());
}

#[tokio::test(start_paused = true)]
async fn a_series_is_one_hit_with_the_occurrence_that_comes_next() {
    let world = World::empty();
    let graph = world.primary(MICROSOFT);
    let weekly = |name: &str, first: i64, count: i64| {
        let date = world.day(first).to_string();
        together([
            title(MICROSOFT, name),
            hour(&world, first),
            json!({"recurrence": {
                "pattern": {"type": "daily", "interval": 7},
                "range": {"type": "numbered", "startDate": date, "numberOfOccurrences": count},
            }}),
        ])
    };
    world.create(MICROSOFT, &graph, &weekly("Choir practice", -21, 8));
    world.create(MICROSOFT, &graph, &weekly("Choir concert", -30, 2));
    let engine = synced(&world).await;
    let found = search(&engine, "practice").await;
    assert_eq!(found.len(), 1);
    assert!(found[0].recurring);
    // Today's began and ended before now.
    let start = |days: i64| format!("{}T", world.day(days));
    assert!(found[0].start.starts_with(&start(7)), "{}", found[0].start);
    let over = search(&engine, "concert").await;
    assert!(over[0].start.starts_with(&start(-23)), "{}", over[0].start);
}

#[tokio::test(start_paused = true)]
async fn equally_good_hits_are_in_order_of_their_distance() {
    let world = World::empty();
    let graph = world.primary(MICROSOFT);
    for days in [40, -2, 3, -300, 200] {
        let place = json!({"location": {"displayName": format!("day{}", days + 500)}});
        world.create(
            MICROSOFT,
            &graph,
            &together([title(MICROSOFT, "Dentist"), hour(&world, days), place]),
        );
    }
    world.create(
        MICROSOFT,
        &graph,
        &together([
            title(MICROSOFT, "Shopping"),
            hour(&world, 1),
            json!({"body": {"contentType": "text", "content": "after the dentist"}}),
        ]),
    );
    let engine = synced(&world).await;
    let found = search(&engine, "dentist").await;
    let days: Vec<String> = found
        .iter()
        .map(|item| item.start[..10].to_owned())
        .collect();
    let expected = [3, 40, 200, -2, -300, 1].map(|days| world.day(days).to_string());
    assert_eq!(days, expected);
    let two = ask(&engine, "dentist", 2).await.unwrap();
    assert_eq!(two.items, found[..2]);
    assert_eq!((two.more, two.more_count), (true, Some(4)));
    let all = ask(&engine, "dentist", 6).await.unwrap();
    assert_eq!((all.more, all.more_count), (false, Some(0)));
}

#[tokio::test(start_paused = true)]
async fn what_was_deleted_cancelled_or_disconnected_is_not_found() {
    let world = World::empty();
    let google = world.primary(GOOGLE);
    let day: NaiveDate = world.day(1);
    let mut series = together([
        title(GOOGLE, "Rehearsal"),
        times(GOOGLE, day.and_hms_opt(9, 0, 0).unwrap(), 30),
    ]);
    series["recurrence"] = json!(["RRULE:FREQ=DAILY;COUNT=3"]);
    let series = world.create(GOOGLE, &google, &series);
    let single = world.create(
        GOOGLE,
        &google,
        &together([title(GOOGLE, "Barbecue"), whole_days(GOOGLE, day, 1)]),
    );
    let engine = synced(&world).await;
    assert_eq!(titles(&engine, "barbecue").await, ["Barbecue"]);
    assert_eq!(titles(&engine, "rehearsal").await, ["Rehearsal"]);

    // Every occurrence is deleted by itself; the series stays with nothing to show.
    let events = format!("/calendars/{}/events", world.email(GOOGLE));
    let instances = world.asked(
        GOOGLE,
        "GET",
        &format!("{events}/{series}/instances"),
        &Value::Null,
    );
    for instance in instances["items"].as_array().unwrap() {
        let path = format!("{events}/{}", instance["id"].as_str().unwrap());
        world.asked(GOOGLE, "DELETE", &path, &Value::Null);
    }
    world.asked(
        GOOGLE,
        "DELETE",
        &format!("{events}/{single}"),
        &Value::Null,
    );
    synced_well(&sync(&engine).await);
    assert!(titles(&engine, "barbecue").await.is_empty());
    assert!(titles(&engine, "rehearsal").await.is_empty());

    let graph = world.primary(MICROSOFT);
    world.create(
        MICROSOFT,
        &graph,
        &together([title(MICROSOFT, "Regatta"), hour(&world, 2)]),
    );
    synced_well(&sync(&engine).await);
    assert_eq!(titles(&engine, "regatta").await, ["Regatta"]);
    for account in engine.accounts().unwrap() {
        for calendar in account.calendars {
            engine
                .set_calendar_connected(&calendar.id, false)
                .await
                .unwrap();
        }
    }
    assert!(titles(&engine, "regatta").await.is_empty());
}

fn stored(number: usize) -> Event {
    let at = |hour: u32| ZonedTime {
        local: "2026-11-24T00:00:00".parse::<NaiveDateTime>().unwrap()
            + TimeDelta::hours(i64::from(hour)),
        zone: Zone::parse("Europe/Berlin"),
    };
    Event {
        id: format!("stored-{number}").as_str().into(),
        ical_uid: None,
        kind: EventKind::Single,
        title: format!("Sauna {number}"),
        body: None,
        event_type: EventType::Default,
        location: None,
        places: Vec::new(),
        when: When::Timed {
            start: at(9),
            end: at(10),
        },
        status: Status::Confirmed,
        show_as: ShowAs::Busy,
        sensitivity: Sensitivity::Normal,
        response: ParticipationStatus::None,
        importance: Importance::Normal,
        categories: Vec::new(),
        organizer: None,
        attendees: Vec::new(),
        online: None,
        reminders: Reminders::default(),
        color: None,
        has_attachments: false,
        attachments: None,
        html_link: None,
        etag: None,
        raw: None,
    }
}

#[tokio::test(start_paused = true)]
async fn a_search_indexes_some_first_and_says_what_is_left() {
    let world = World::empty();
    let engine = synced(&world).await;
    let store = Store::open_existing(world.folder.path()).unwrap();
    store
        .write(|write| {
            let calendar = write.calendars()?.remove(0);
            for number in 0..1000 {
                let event = stored(number);
                let derived = Derived::default();
                let now = chrono::DateTime::UNIX_EPOCH;
                write.upsert_event(calendar.id, calendar.account, &event, &derived, 1, 1, now)?;
                let id = write.find_event(calendar.id, &event.id)?.unwrap().id;
                let shown = NewOccurrence {
                    event: id,
                    instance_id: event.id.0.clone(),
                    all_day: false,
                    start: now,
                    end: now,
                };
                write.put_occurrences(calendar.id, id, &[shown], "test")?;
            }
            Ok(())
        })
        .unwrap();
    let found = ask(&engine, "sauna", 20).await.unwrap();
    assert_eq!(found.items.len(), 20);
    assert_eq!(found.indexing, 200);
    // The newest come first, since people look for what they just heard of.
    assert_eq!(titles(&engine, "sauna \"999\"").await, ["Sauna 999"]);
    let found = ask(&engine, "sauna", 500).await.unwrap();
    assert_eq!(
        (found.items.len(), found.more, found.more_count),
        (500, true, Some(500))
    );
    assert_eq!(found.indexing, 0);
    assert_eq!(engine.index_events().await.unwrap(), 0);
}

#[tokio::test(start_paused = true)]
async fn two_processes_may_index_and_search_at_once() {
    let world = World::sample();
    let engine = synced(&world).await;
    let other = Engine::open_existing(world.host(), world.config()).unwrap();
    let (one, two) = tokio::join!(search(&engine, "review"), search(&other, "review"));
    assert!(!one.is_empty());
    assert_eq!(one, two);
}
