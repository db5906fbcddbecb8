//! What the providers keep about an event arrives in its details, and opens through the gate.

use dayline_engine::Engine;
use dayline_engine::view::{
    DetailsView, EventKindView, RangeQuery, ReminderMethodView, ReminderView, SensitivityView,
    ShowAsView,
};
use serde_json::{Value, json};

use crate::support::edits::{times, title, together};
use crate::support::{GOOGLE, MICROSOFT, World, sync, synced_well};

const ZONE: &str = "Europe/Berlin";

/// Two events with a word in every field, synced.
async fn week() -> (World, Engine) {
    let world = World::empty();
    let at = world.day(1).and_hms_opt(9, 0, 0).unwrap();
    let graph: Value = together([
        title(MICROSOFT, "Review"),
        times(MICROSOFT, at, 60),
        json!({
            "sensitivity": "private",
            "showAs": "oof",
            "isReminderOn": true,
            "reminderMinutesBeforeStart": 25,
            "hasAttachments": true,
            "locations": [
                {"displayName": "Room 4A", "locationEmailAddress": "room-4a@contoso.example", "address": {
                    "street": "Friedrichstraße 68", "city": "Berlin", "postalCode": "10117"}},
                {"displayName": "Map", "locationUri": "https://maps.example.com/room"},
                {"displayName": "Plain", "locationUri": "http://maps.example.com/room"},
            ],
            "attachments": [
                {"@odata.type": "#microsoft.graph.fileAttachment", "name": "Plan.txt",
                    "contentType": "text/plain", "contentBytes": "aGVsbG8="},
            ],
        }),
    ]);
    let google = together([
        title(GOOGLE, "Football"),
        times(GOOGLE, at, 90),
        json!({
            "location": "Field 3, Am Sportpark 1",
            "visibility": "confidential",
            "colorId": "11",
            "reminders": {"useDefault": false, "overrides": [
                {"method": "email", "minutes": 1440}, {"method": "popup", "minutes": 0}]},
            "attachments": [
                {"fileUrl": "https://drive.example.com/d/1", "title": "Team list",
                    "mimeType": "application/pdf"},
            ],
        }),
    ]);
    world.create(MICROSOFT, &world.primary(MICROSOFT), &graph);
    world.create(GOOGLE, &world.primary(GOOGLE), &google);
    let engine = world.signed_in().await;
    synced_well(&sync(&engine).await);
    (world, engine)
}

fn details(world: &World, engine: &Engine, title: &str) -> DetailsView {
    let from_day = (world.day(0) - chrono::NaiveDate::default()).num_days();
    let view = engine
        .range(&RangeQuery {
            from_day: from_day.try_into().unwrap(),
            days: 7,
            zone: ZONE.to_owned(),
            filter: String::new(),
            merge_copies: false,
        })
        .unwrap();
    let found = view.occurrences.iter().find(|one| one.title == title);
    engine.details(&found.unwrap().id, ZONE).unwrap()
}

fn reminders(list: &[ReminderView]) -> Vec<(ReminderMethodView, i32)> {
    list.iter().map(|one| (one.method, one.minutes)).collect()
}

#[tokio::test(start_paused = true)]
async fn every_field_that_graph_keeps_is_in_the_details() {
    let (world, engine) = week().await;
    let view = details(&world, &engine, "Review");
    assert_eq!(view.kind, EventKindView::Default);
    assert_eq!(view.sensitivity, SensitivityView::Private);
    assert_eq!(view.occurrence.show_as, ShowAsView::Oof);
    assert_eq!(
        reminders(&view.reminders.own),
        [(ReminderMethodView::Popup, 25)]
    );
    assert_eq!(view.reminders.from_calendar, None);
    let places: Vec<(&str, Option<&str>)> = view
        .places
        .iter()
        .map(|place| (place.name.as_str(), place.host.as_deref()))
        .collect();
    assert_eq!(
        places,
        [
            ("Room 4A", None),
            ("Map", Some("maps.example.com")),
            ("Plain", None)
        ]
    );
    assert!(
        view.places[0]
            .address
            .as_deref()
            .is_some_and(|address| address.contains("Friedrichstraße 68")),
        "{:?}",
        view.places[0]
    );
    assert!(view.has_attachments);
    let attachment = &view.attachments[0];
    assert_eq!(
        (
            attachment.name.as_str(),
            attachment.size,
            attachment.host.as_deref()
        ),
        ("Plan.txt", Some(5), None)
    );
}

#[tokio::test(start_paused = true)]
async fn every_field_that_google_keeps_is_in_the_details() {
    let (world, engine) = week().await;
    let view = details(&world, &engine, "Football");
    assert_eq!(view.sensitivity, SensitivityView::Confidential);
    assert_eq!(
        reminders(&view.reminders.own),
        [
            (ReminderMethodView::Email, 1440),
            (ReminderMethodView::Popup, 0)
        ]
    );
    assert_eq!(view.reminders.from_calendar, None);
    assert_eq!(view.places[0].name, "Field 3, Am Sportpark 1");
    assert_eq!(view.occurrence.color, "#dc2127", "its own colour");
    let attachment = &view.attachments[0];
    assert_eq!(
        (attachment.name.as_str(), attachment.host.as_deref()),
        ("Team list", Some("drive.example.com"))
    );
}

#[tokio::test(start_paused = true)]
async fn places_and_attachments_open_only_where_the_gate_lets_them() {
    let (world, engine) = week().await;
    let review = details(&world, &engine, "Review").occurrence.id;
    let football = details(&world, &engine, "Football").occurrence.id;
    engine.open_place(&review, 1).await.unwrap();
    engine.open_attachment(&football, 0).await.unwrap();
    for (id, index) in [
        (review.as_str(), 0),
        (review.as_str(), 2),
        (review.as_str(), 99),
        ("1/unknown", 0),
    ] {
        assert!(
            engine.open_place(id, index).await.is_err(),
            "place {index} of {id}"
        );
    }
    for (id, index) in [
        (review.as_str(), 0),
        (football.as_str(), 1),
        ("no id at all", 0),
    ] {
        let opened = engine.open_attachment(id, index).await;
        assert!(opened.is_err(), "attachment {index} of {id}");
    }
    let opened: Vec<String> = world
        .opener
        .opened()
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(
        opened,
        [
            "https://maps.example.com/room",
            "https://drive.example.com/d/1"
        ]
    );
}
