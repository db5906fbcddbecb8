//! The filter language against what was synced from both providers.

use chrono::NaiveDate;
use dayline_engine::view::{AgendaItem, AgendaQuery};
use dayline_engine::{Engine, Expr};
use serde_json::json;

use crate::support::edits::{times, title, together, whole_days};
use crate::support::{GOOGLE, MICROSOFT, World, sync, synced_well};

const ZONE: chrono_tz::Tz = chrono_tz::Europe::Berlin;

fn agenda(engine: &Engine, (from, to): (NaiveDate, NaiveDate), filter: Expr) -> Vec<AgendaItem> {
    let query = AgendaQuery {
        from,
        to,
        zone: ZONE,
        filter,
    };
    engine.agenda(&query).unwrap()
}

/// Titles of what an expression leaves over of the two weeks around today, in order.
fn titles(engine: &Engine, world: &World, text: &str) -> Vec<String> {
    let filter = engine.parse_filter(text, ZONE).unwrap();
    let items = agenda(engine, (world.day(-7), world.day(14)), filter);
    items.into_iter().map(|item| item.title).collect()
}

/// A bit of everything on the days after today.
async fn fortnight() -> (World, Engine) {
    let world = World::empty();
    let at = |days: i64, hour: u32| world.day(days).and_hms_opt(hour, 0, 0).unwrap();
    let guest = |name: &str, address: &str| {
        json!([{
            "type": "required",
            "emailAddress": {"name": name, "address": address},
        }])
    };
    let graph = world.primary(MICROSOFT);
    for body in [
        together([
            title(MICROSOFT, "Budget"),
            times(MICROSOFT, at(1, 9), 60),
            json!({"importance": "high", "categories": ["Client Ä"]}),
        ]),
        together([
            title(MICROSOFT, "Teams"),
            times(MICROSOFT, at(1, 9), 30),
            json!({
                "isOnlineMeeting": true,
                "onlineMeetingProvider": "teamsForBusiness",
                "attendees": guest("Zoë Quill", "zq@example.com"),
            }),
        ]),
        together([
            title(MICROSOFT, "Free"),
            times(MICROSOFT, at(1, 9), 60),
            json!({"showAs": "free", "importance": "low"}),
        ]),
        together([
            title(MICROSOFT, "Secret"),
            times(MICROSOFT, at(3, 9), 60),
            json!({"sensitivity": "private", "categories": ["client a", "Travel"]}),
        ]),
        together([
            title(MICROSOFT, "Leave"),
            whole_days(MICROSOFT, world.day(4), 2),
        ]),
        together([title(MICROSOFT, "Twin"), times(MICROSOFT, at(5, 9), 60)]),
        together([
            title(MICROSOFT, "Long ago"),
            times(MICROSOFT, at(-3, 9), 60),
        ]),
    ] {
        world.create(MICROSOFT, &graph, &body);
    }
    world.create_weekly(MICROSOFT, "Weekly", 6, Some(2));
    let google = world.primary(GOOGLE);
    for body in [
        together([title(GOOGLE, "Gym"), times(GOOGLE, at(2, 18), 60)]),
        together([title(GOOGLE, "Twin"), times(GOOGLE, at(5, 9), 60)]),
    ] {
        world.create(GOOGLE, &google, &body);
    }
    let engine = world.signed_in().await;
    synced_well(&sync(&engine).await);
    (world, engine)
}

#[tokio::test(start_paused = true)]
async fn each_key_of_the_language_finds_its_events() {
    let (world, engine) = fortnight().await;
    let email = world.email(GOOGLE);
    let account = format!("account:{email}");
    for (text, expected) in [
        ("importance:high", vec!["Budget"]),
        ("importance:low,high", vec!["Budget", "Free"]),
        ("category:\"client ä\"", vec!["Budget", "Secret"]),
        ("category:travel category:\"Client A\"", vec!["Secret"]),
        ("category:unknown", vec![]),
        ("provider:google", vec!["Gym", "Twin"]),
        (account.as_str(), vec!["Gym", "Twin"]),
        ("provider:caldav", vec![]),
        ("has:teams", vec!["Teams"]),
        ("has:link", vec!["Teams"]),
        ("has:attachment", vec![]),
        ("show:free", vec!["Free", "Leave"]),
        ("status:cancelled", vec![]),
        ("is:private", vec!["Secret"]),
        ("is:allday", vec!["Leave"]),
        ("is:series", vec!["Weekly", "Weekly"]),
        ("with:zoe", vec!["Teams"]),
        ("zq@example", vec!["Teams"]),
        ("budg", vec!["Budget"]),
        ("is:copy", vec!["Twin", "Twin"]),
        // The twins are one meeting, and what is free takes no time.
        ("has:conflict", vec!["Teams", "Budget"]),
        ("-has:conflict importance:high", vec![]),
        ("next:2d", vec!["Teams", "Budget", "Free"]),
        ("to:yesterday", vec!["Long ago"]),
        (
            "-importance:high -importance:low next:4d -declined",
            vec!["Teams", "Gym", "Secret"],
        ),
        ("importance:high has:teams", vec![]),
    ] {
        let mut found = titles(&engine, &world, text);
        let mut expected = expected;
        // What begins at one moment has no order that a test should know.
        found.sort();
        expected.sort_unstable();
        assert_eq!(found, expected, "{text}");
    }
}

#[tokio::test(start_paused = true)]
async fn narrowing_in_the_database_changes_nothing() {
    let (world, engine) = fortnight().await;
    let days = (world.day(-7), world.day(14));
    for text in [
        "importance:high",
        "category:\"client a\"",
        "has:teams",
        "provider:microsoft show:busy",
        "is:series",
        "is:private",
        "answer:organizer",
        "status:confirmed",
        "is:allday",
    ] {
        let asked = |text: &str| agenda(&engine, days, engine.parse_filter(text, ZONE).unwrap());
        let (all, with) = (asked(""), asked(text));
        // What is negated is decided here alone, so both together are everything.
        let negated: Vec<String> = text.split(' ').map(|term| format!("-{term}")).collect();
        let without = asked(&negated.join(" "));
        assert!(!with.is_empty(), "{text}");
        if !text.contains(' ') {
            assert_eq!(with.len() + without.len(), all.len(), "{text}");
        }
        let kept: Vec<&AgendaItem> = all.iter().filter(|item| with.contains(item)).collect();
        assert_eq!(kept, with.iter().collect::<Vec<_>>(), "{text}");
    }
}

#[tokio::test(start_paused = true)]
async fn filters_that_are_joined_both_hold() {
    let (world, engine) = fortnight().await;
    let days = (world.day(-7), world.day(14));
    let read = |text: &str| engine.parse_filter(text, ZONE).unwrap();
    for (one, other, expected) in [
        ("importance:high", "category:\"client a\"", vec!["Budget"]),
        ("importance:high", "importance:normal,high", vec!["Budget"]),
        ("importance:high", "importance:low", vec![]),
        ("category:TRAVEL", "category:\"client a\"", vec!["Secret"]),
        ("category:\"none such\"", "", vec![]),
    ] {
        let items = agenda(&engine, days, read(one).and(read(other)));
        let found: Vec<&str> = items.iter().map(|item| item.title.as_str()).collect();
        assert_eq!(found, expected, "{one} and {other}");
    }
}

#[tokio::test(start_paused = true)]
async fn days_of_a_filter_begin_in_the_readers_zone() {
    let world = World::empty();
    let graph = world.primary(MICROSOFT);
    // Half past midnight in Berlin is still the day before in New York.
    let night = world.day(1).and_hms_opt(0, 30, 0).unwrap();
    let body = together([title(MICROSOFT, "Night"), times(MICROSOFT, night, 30)]);
    world.create(MICROSOFT, &graph, &body);
    let engine = world.signed_in().await;
    synced_well(&sync(&engine).await);
    for (zone, text, found) in [
        (chrono_tz::Europe::Berlin, "from:tomorrow", true),
        (chrono_tz::Europe::Berlin, "to:today", false),
        (chrono_tz::America::New_York, "from:tomorrow", false),
        (chrono_tz::America::New_York, "to:today", true),
    ] {
        let query = AgendaQuery {
            from: world.day(-2),
            to: world.day(4),
            zone,
            filter: engine.parse_filter(text, zone).unwrap(),
        };
        let items = engine.agenda(&query).unwrap();
        assert_eq!(!items.is_empty(), found, "{text} in {zone}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_mistake_names_its_column_and_what_was_meant() {
    let world = World::empty();
    let engine = world.open();
    let error = engine.parse_filter("importance:hgih", ZONE).unwrap_err();
    assert_eq!(
        (error.column, error.suggestion.as_deref()),
        (12, Some("high"))
    );
}
