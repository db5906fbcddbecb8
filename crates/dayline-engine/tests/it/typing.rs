//! A filter while it is typed, and filters that are kept.

use dayline_engine::Engine;
use dayline_engine::view::{FilterReading, SavedView};
use serde_json::json;

use crate::support::edits::{times, title, together};
use crate::support::{GOOGLE, MICROSOFT, World, sync, synced_well};

async fn world() -> (World, Engine) {
    let world = World::empty();
    let at = |days: i64| world.day(days).and_hms_opt(9, 0, 0).unwrap();
    let guests = |names: &[(&str, &str)]| {
        let guest = |(name, address): &(&str, &str)| json!({"type": "required", "emailAddress": {"name": name, "address": address}});
        json!({"attendees": names.iter().map(guest).collect::<Vec<_>>()})
    };
    let zoe = ("Zoë Quill", "zq@example.com");
    let graph = world.primary(MICROSOFT);
    for (days, categories, names) in [
        (
            1,
            json!(["Client A", "Travel"]),
            vec![zoe, ("Bob", "bob@example.com")],
        ),
        (2, json!(["Travel"]), vec![zoe]),
        (200, json!([]), vec![("Far", "far@example.com")]),
    ] {
        let body = together([
            title(MICROSOFT, "Meeting"),
            times(MICROSOFT, at(days), 30),
            json!({ "categories": categories }),
            guests(&names),
        ]);
        world.create(MICROSOFT, &graph, &body);
    }
    let engine = world.signed_in().await;
    synced_well(&sync(&engine).await);
    (world, engine)
}

/// The reading at the `|`.
fn read(engine: &Engine, text: &str) -> FilterReading {
    let before = text.split('|').next().unwrap();
    let cursor = i32::try_from(before.encode_utf16().count()).unwrap();
    let text = text.replacen('|', "", 1);
    engine.read_filter(&text, cursor, "Europe/Berlin").unwrap()
}

fn labels(reading: &FilterReading) -> Vec<&str> {
    let completions = reading.completions.iter();
    completions.map(|one| one.label.as_str()).collect()
}

#[tokio::test(start_paused = true)]
async fn names_come_from_what_was_synced_those_used_most_first() {
    let (world, engine) = world().await;
    let read = |text: &str| read(&engine, text);
    assert_eq!(labels(&read("category:|")), ["Travel", "Client A", "Focus"]);
    let reading = read("😀 category:\"cli|\" has:teams");
    let completion = &reading.completions[0];
    assert_eq!((completion.from, completion.to), (12, 17));
    assert_eq!(completion.insert, "\"Client A\"");
    // Whom one meets often comes first; the user and those of next summer do not come.
    let reading = read("with:|");
    assert_eq!(labels(&reading), ["Zoë Quill", "Bob"]);
    assert_eq!(reading.completions[0].insert, "zq@example.com");
    assert_eq!(
        reading.completions[0].hint.as_deref(),
        Some("zq@example.com")
    );
    assert_eq!(labels(&read("with:bo|")), ["Bob"]);
    let accounts = read("account:|");
    let mut emails = [world.email(MICROSOFT), world.email(GOOGLE)];
    let mut found = labels(&accounts);
    emails.sort();
    found.sort_unstable();
    assert_eq!(found, emails);
    let calendars: Vec<String> = engine
        .accounts()
        .unwrap()
        .into_iter()
        .flat_map(|account| account.calendars)
        .filter(|calendar| calendar.is_connected)
        .map(|calendar| calendar.name)
        .collect();
    let reading = read("calendar:|");
    assert!(!reading.completions.is_empty());
    assert!(
        labels(&reading)
            .iter()
            .all(|label| calendars.iter().any(|name| name == label))
    );
}

#[tokio::test(start_paused = true)]
async fn a_mistake_and_what_could_stand_there_are_told_at_once() {
    let (_world, engine) = world().await;
    let reading = read(&engine, "has:te|ms");
    let problem = reading.problem.clone().unwrap();
    assert_eq!((problem.from, problem.to), (4, 8));
    assert_eq!(problem.suggestion.as_deref(), Some("teams"));
    assert_eq!(labels(&reading), ["teams"]);
    assert_eq!(read(&engine, "has:teams |").problem, None);
    assert!(engine.read_filter("", 0, "Mars/Olympus").is_err());
    for cursor in [i32::MIN, -1, 99, i32::MAX] {
        let reading = engine.read_filter("has:", cursor, "UTC").unwrap();
        assert!(reading.problem.is_some(), "{cursor}");
    }
}

fn view(name: &str, filter: &str, shortcut: Option<&str>) -> SavedView {
    SavedView {
        name: name.to_owned(),
        filter: filter.to_owned(),
        shortcut: shortcut.map(str::to_owned),
    }
}

#[tokio::test(start_paused = true)]
async fn saved_views_and_preferences_are_found_again() {
    let world = World::empty();
    let engine = world.open();
    assert_eq!(engine.saved_views().unwrap(), []);
    let views = vec![
        view(" Work ", "category:\"Client A\" from:today", Some("1")),
        view("Büro", "", None),
    ];
    let kept = engine.set_saved_views(views).unwrap();
    assert_eq!(kept[0].name, "Work");
    assert_eq!(engine.saved_view("buro").unwrap(), kept[1]);
    assert!(engine.saved_view("none").is_err());
    engine.set_preferences("{\"theme\": [1]}").unwrap();
    drop(engine);
    let bootstrap = world.open().bootstrap().unwrap();
    assert_eq!(bootstrap.saved_views, kept);
    assert_eq!(bootstrap.preferences.as_deref(), Some("{\"theme\": [1]}"));
}

#[tokio::test(start_paused = true)]
async fn views_and_preferences_that_make_no_sense_change_nothing() {
    let world = World::empty();
    let engine = world.open();
    let kept = engine
        .set_saved_views(vec![view("Kept", "", Some("9"))])
        .unwrap();
    engine.set_preferences("1").unwrap();
    let long = "é".repeat(61);
    let many: Vec<SavedView> = (0..51)
        .map(|number| view(&number.to_string(), "", None))
        .collect();
    for (what, views) in [
        ("no name", vec![view("  ", "", None)]),
        ("a long name", vec![view(&long, "", None)]),
        (
            "a name twice",
            vec![view("Büro", "", None), view("BURO ", "", None)],
        ),
        (
            "a shortcut twice",
            vec![view("a", "", Some("1")), view("b", "", Some("1"))],
        ),
        ("no digit", vec![view("a", "", Some("0"))]),
        ("two digits", vec![view("a", "", Some("12"))]),
        ("no filter", vec![view("a", "importance:hgih", None)]),
        ("too many", many.clone()),
    ] {
        assert!(engine.set_saved_views(views).is_err(), "{what}");
        assert_eq!(engine.saved_views().unwrap(), kept, "{what}");
    }
    assert!(engine.set_saved_views(many[..50].to_vec()).is_ok());
    assert!(
        engine
            .set_saved_views(vec![view(&long[2..], "", None)])
            .is_ok()
    );
    let most = format!("\"{}\"", "x".repeat(64 * 1024 - 2));
    for json in ["", "{", "{} {}", "\u{0}", &format!("{most} ")] {
        assert!(engine.set_preferences(json).is_err());
        assert_eq!(engine.preferences().unwrap().as_deref(), Some("1"));
    }
    engine.set_preferences(&most).unwrap();
}
