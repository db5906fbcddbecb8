//! One meeting in several calendars: shown, counted and looked up once.

use chrono::NaiveDate;
use dayline_engine::Engine;
use dayline_engine::view::{CountsQuery, OccurrenceView, RangeQuery};
use serde_json::json;

use crate::support::edits::{times, title, together, whole_days};
use crate::support::{GOOGLE, MICROSOFT, World, sync, synced_well};

fn day_number(date: NaiveDate) -> i32 {
    i32::try_from((date - NaiveDate::default()).num_days()).unwrap()
}

/// What the week from tomorrow on shows of each meeting once.
fn merged(engine: &Engine, world: &World, filter: &str) -> Vec<OccurrenceView> {
    let query = RangeQuery {
        from_day: day_number(world.day(1)),
        days: 7,
        zone: "Europe/Berlin".to_owned(),
        filter: filter.to_owned(),
        merge_copies: true,
    };
    engine.range(&query).unwrap().occurrences
}

/// Of each: its title, the provider whose calendar it is shown in, and how many copies it has.
fn told(engine: &Engine, world: &World, filter: &str) -> Vec<(String, &'static str, usize)> {
    let accounts = engine.accounts().unwrap();
    let provider = |calendar: &str| {
        let account = accounts
            .iter()
            .find(|account| account.calendars.iter().any(|one| one.id == calendar));
        if account.unwrap().email == world.email(MICROSOFT) {
            "microsoft"
        } else {
            "google"
        }
    };
    merged(engine, world, filter)
        .into_iter()
        .map(|one| (one.title, provider(&one.calendar_id), one.copies.len()))
        .collect()
}

/// Twins in both accounts, one of them important in one alone, and what stands in one account.
async fn twins() -> (World, Engine) {
    let world = World::empty();
    let at = |days: i64, hour: u32| world.day(days).and_hms_opt(hour, 0, 0).unwrap();
    let (graph, google) = (world.primary(MICROSOFT), world.primary(GOOGLE));
    for body in [
        together([
            title(MICROSOFT, "Twin"),
            times(MICROSOFT, at(1, 9), 60),
            json!({"importance": "high", "categories": ["Travel"]}),
        ]),
        together([title(MICROSOFT, "Alone"), times(MICROSOFT, at(1, 9), 60)]),
        together([
            title(MICROSOFT, "Holiday"),
            whole_days(MICROSOFT, world.day(2), 1),
        ]),
    ] {
        world.create(MICROSOFT, &graph, &body);
    }
    for body in [
        together([title(GOOGLE, "twin"), times(GOOGLE, at(1, 9), 60)]),
        together([title(GOOGLE, "Twin"), times(GOOGLE, at(1, 11), 60)]),
        together([
            title(GOOGLE, "Holiday"),
            whole_days(GOOGLE, world.day(2), 1),
        ]),
    ] {
        world.create(GOOGLE, &google, &body);
    }
    let engine = world.signed_in().await;
    synced_well(&sync(&engine).await);
    (world, engine)
}

#[tokio::test(start_paused = true)]
async fn a_meeting_comes_once_if_any_of_its_copies_passes() {
    let (world, engine) = twins().await;
    let expect = |expected: &[(&str, &'static str, usize)]| -> Vec<(String, &'static str, usize)> {
        let own = |(title, provider, copies): &(&str, &'static str, usize)| {
            ((*title).to_owned(), *provider, *copies)
        };
        expected.iter().map(own).collect()
    };
    for (filter, expected) in [
        (
            "",
            &[
                ("Alone", "microsoft", 0),
                ("Twin", "microsoft", 1),
                ("Twin", "google", 0),
                ("Holiday", "microsoft", 1),
            ][..],
        ),
        // As it stands where it passes.
        (
            "provider:google",
            &[
                ("twin", "google", 1),
                ("Twin", "google", 0),
                ("Holiday", "google", 1),
            ],
        ),
        ("importance:high", &[("Twin", "microsoft", 1)]),
        ("category:travel", &[("Twin", "microsoft", 1)]),
        (
            "-category:travel twin",
            &[("twin", "google", 1), ("Twin", "google", 0)],
        ),
        (
            "is:copy",
            &[("Twin", "microsoft", 1), ("Holiday", "microsoft", 1)],
        ),
        (
            "-is:copy",
            &[("Alone", "microsoft", 0), ("Twin", "google", 0)],
        ),
        ("importance:high provider:google", &[]),
    ] {
        assert_eq!(told(&engine, &world, filter), expect(expected), "{filter}");
        let query = CountsQuery {
            from_day: day_number(world.day(1)),
            days: 7,
            zone: "Europe/Berlin".to_owned(),
            filter: filter.to_owned(),
            merge_copies: true,
        };
        let counts = engine.counts(&query).unwrap();
        let shown = i32::try_from(expected.len()).unwrap();
        assert_eq!(
            (counts.shown, counts.hidden),
            (shown, 4 - shown),
            "{filter}"
        );
        // Twin is of high importance in one calendar and of normal importance in the other.
        assert_eq!((counts.facets.high, counts.facets.normal), (1, 4));
        assert_eq!(counts.facets.categories[0].count, 1);
        let days = engine.density(&query).unwrap();
        let events: i32 = days.iter().map(|day| day.events).sum();
        assert_eq!(events, shown, "{filter}");
    }
}

#[tokio::test(start_paused = true)]
async fn details_name_the_other_places_whoever_asks() {
    let (world, engine) = twins().await;
    let shown = merged(&engine, &world, "provider:google");
    let twin = shown.iter().find(|one| one.title == "twin").unwrap();
    let copy = twin.copies.first().unwrap();
    let details = engine.details(&twin.id, "Europe/Berlin").unwrap();
    let other = details.copies.first().unwrap();
    assert_eq!(details.copies.len(), 1);
    assert_eq!(other.occurrence_id, copy.id);
    assert_eq!(other.calendar_id, copy.calendar_id);
    assert_eq!(other.color, copy.color);
    assert_eq!(other.account_email, world.email(MICROSOFT));
    let back = engine
        .details(&other.occurrence_id, "Europe/Berlin")
        .unwrap();
    assert_eq!(back.occurrence.title, "Twin");
    assert_eq!(back.copies[0].occurrence_id, twin.id);
    // The copy of a calendar that is not shown is none, but it still finds the shown one.
    engine
        .set_calendars_visible(&[], std::slice::from_ref(&copy.calendar_id))
        .await
        .unwrap();
    let alone = engine.details(&twin.id, "Europe/Berlin").unwrap();
    assert!(alone.copies.is_empty());
    let hidden = engine.details(&copy.id, "Europe/Berlin").unwrap();
    assert_eq!(hidden.copies[0].occurrence_id, twin.id);
    let shown = merged(&engine, &world, "twin");
    assert!(shown.iter().all(|one| one.copies.is_empty()));
}
