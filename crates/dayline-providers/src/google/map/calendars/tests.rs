use serde_json::json;

use super::*;

macro_rules! fixture {
    ($name:literal) => {{
        let text = include_str!(concat!(
            "../../../../../../tests/fixtures/providers/",
            $name
        ));
        serde_json::from_str::<Value>(text).unwrap()
    }};
}

#[test]
fn recorded_calendars_need_no_more_than_an_id() {
    let recorded = fixture!("google/gcal_sync__test_sync__01__test_list_calendars.json");
    let calendars = calendars(recorded["items"].as_array().unwrap().clone());
    let seen: Vec<_> = calendars
        .iter()
        .map(|calendar| {
            (
                calendar.name.as_str(),
                calendar.can_edit,
                calendar.is_primary,
            )
        })
        .collect();
    assert_eq!(
        seen,
        [("Calendar 1", false, false), ("Calendar 2", true, false)]
    );
}

#[test]
fn calendars_come_with_the_primary_one_first_and_without_hidden_ones() {
    let calendars = calendars(vec![
        json!({"id": "h", "hidden": true}),
        json!({"id": "x", "deleted": true}),
        json!({"id": "team", "summary": "Team", "summaryOverride": "Ours", "accessRole": "writer",
            "dataOwner": "boss@x.test", "selected": true, "backgroundColor": "#9FE1E7"}),
        json!({"id": "new", "accessRole": "commenter", "dataOwner": "ME@x.test"}),
        json!({"id": "me@x.test", "summary": "me", "primary": true, "accessRole": "owner",
            "timeZone": "Europe/Berlin", "dataOwner": "me@x.test"}),
        json!({"id": "w", "accessRole": "writerWithoutPrivateAccess"}),
    ]);
    let seen: Vec<_> = calendars
        .iter()
        .map(|calendar| {
            let owner = calendar.owner.as_deref();
            (
                calendar.id.as_str(),
                calendar.can_edit,
                calendar.is_selected,
                owner,
            )
        })
        .collect();
    assert_eq!(
        seen,
        [
            ("me@x.test", true, true, None),
            ("team", true, true, Some("boss@x.test")),
            ("new", false, false, None),
            ("w", true, false, None),
        ]
    );
    assert_eq!(calendars[0].zone.as_deref(), Some("Europe/Berlin"));
    assert_eq!(calendars[1].name, "Ours");
    assert_eq!(calendars[1].color, "#9fe1e7");
    assert_eq!(calendars[2].access_role, "commenter");
    assert_eq!(calendars[2].name, "new");
}

#[test]
fn the_primary_calendar_names_the_account() {
    let user = |value: Value| identity(value.as_object().unwrap().clone());
    assert_eq!(
        user(json!({"id": "me@x.test", "summary": "Me"}))
            .unwrap()
            .email,
        "me@x.test"
    );
    assert!(user(json!({"summary": "Me"})).is_err());
}

#[test]
fn a_calendar_has_its_default_reminders() {
    let listed = super::calendars(vec![json!({
        "id": "a", "defaultReminders": [
            {"method": "popup", "minutes": 10}, {"method": "email", "minutes": 60},
            {"method": "sms", "minutes": 5}, {"method": "popup"}, 7,
        ],
    })]);
    let reminders: Vec<_> = listed[0]
        .default_reminders
        .iter()
        .map(|reminder| (reminder.method, reminder.minutes))
        .collect();
    let expected = [
        (dayline_model::ReminderMethod::Popup, 10),
        (dayline_model::ReminderMethod::Email, 60),
    ];
    assert_eq!(reminders, expected);
}
