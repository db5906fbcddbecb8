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
fn recorded_shared_calendars_name_their_owner() {
    let recorded =
        fixture!("graph/concept__outlook-get-shared-events-calendars__01__response.json");
    let calendars = calendars(recorded["value"].as_array().unwrap().clone());
    let seen: Vec<_> = calendars
        .iter()
        .map(|calendar| {
            let owner = calendar.owner.as_deref();
            (
                calendar.name.as_str(),
                calendar.access_role.as_str(),
                calendar.can_edit,
                owner,
            )
        })
        .collect();
    assert_eq!(
        seen,
        [
            ("Calendar", "owner", true, None),
            ("Kids parties", "reader", false, Some("Alex Wilber")),
        ]
    );
    let color: Vec<_> = calendars
        .iter()
        .map(|calendar| calendar.color.as_str())
        .collect();
    assert_eq!(color, ["#0099bc", "#fde300"]);
}

#[test]
fn the_default_calendar_comes_first_and_own_ones_have_no_owner() {
    let owner = |address: &str| json!({"name": "Who", "address": address});
    let calendars = calendars(vec![
        json!({"id": "b", "name": "Birthdays", "canEdit": false, "canShare": false,
            "owner": owner("ME@x.test")}),
        json!({"id": "s", "name": "Shared", "canEdit": true, "canShare": false,
            "owner": owner("you@x.test"), "hexColor": "#A4262C"}),
        json!({"id": "d", "name": "Calendar", "canEdit": true, "canShare": true,
            "isDefaultCalendar": true, "owner": owner("me@x.test"), "hexColor": ""}),
        json!({"name": "no id"}),
        json!("odd"),
    ]);
    let seen: Vec<_> = calendars
        .iter()
        .map(|calendar| {
            let owner = calendar.owner.as_deref();
            (
                calendar.id.as_str(),
                calendar.is_primary,
                calendar.access_role.as_str(),
                owner,
            )
        })
        .collect();
    assert_eq!(
        seen,
        [
            ("d", true, "owner", None),
            ("b", false, "reader", None),
            ("s", false, "writer", Some("Who")),
        ]
    );
    assert_eq!(calendars[2].color, "#a4262c");
    let recorded = super::calendars(vec![fixture!("graph_fixtures/calendar2.json")]);
    assert_eq!(recorded[0].id.as_str(), "group:calendar2");
}

#[test]
fn categories_have_the_colours_of_their_presets() {
    let categories = categories(vec![
        json!({"id": "1", "displayName": "Red", "color": "preset0"}),
        json!({"displayName": "Plain", "color": "none"}),
        json!({"displayName": "", "color": "preset1"}),
    ]);
    let names: Vec<_> = categories
        .iter()
        .map(|category| category.name.as_str())
        .collect();
    assert_eq!(names, ["Red", "Plain"]);
    assert_ne!(categories[0].color, categories[1].color);
}

#[test]
fn the_user_has_a_mail_address_or_a_principal_name() {
    let user = |value: Value| identity(value.as_object().unwrap().clone());
    let recorded = user(fixture!("graph_fixtures/me.json")).unwrap();
    assert_eq!(recorded.email, "john@nomail.com");
    assert_eq!(recorded.name.as_deref(), Some("John Doe"));
    let personal = user(json!({"mail": null, "userPrincipalName": "me@outlook.test"})).unwrap();
    assert_eq!(personal.email, "me@outlook.test");
    assert!(user(json!({"mail": null})).is_err());
}
