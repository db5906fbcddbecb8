//! Going to days outside of what is synced.

use chrono::{Datelike, NaiveDate, TimeDelta};
use dayline_engine::view::{CountsQuery, RangeQuery};
use dayline_engine::{Engine, EngineEvent, ProviderKind, Reach};
use serde_json::json;

use crate::support::edits::{series, times, title, together, whole_days};
use crate::support::{MICROSOFT, World, agenda, sync, synced_well};

/// Three years before today, and outside of every window.
const LONG_AGO: i64 = -1_100;
/// Five years after it.
const FAR_AHEAD: i64 = 1_830;

async fn synced(world: &World) -> Engine {
    let engine = world.signed_in().await;
    synced_well(&sync(&engine).await);
    engine
}

fn titles(engine: &Engine, from: NaiveDate, to: NaiveDate) -> Vec<String> {
    let mut titles: Vec<String> = agenda(engine, from, to)
        .into_iter()
        .map(|item| item.title)
        .collect();
    titles.sort();
    titles
}

fn day_number(day: NaiveDate) -> i32 {
    i32::try_from((day - NaiveDate::default()).num_days()).unwrap()
}

fn is_beyond(engine: &Engine, day: NaiveDate, days: i32) -> bool {
    let range = engine.range(&RangeQuery {
        from_day: day_number(day),
        days,
        zone: "Europe/Berlin".to_owned(),
        filter: String::new(),
        merge_copies: false,
    });
    range.unwrap().beyond_synced
}

/// Which of the days from `first` on are beyond, as a year tells it.
fn days_beyond(engine: &Engine, first: NaiveDate, days: i32) -> Vec<bool> {
    let query = CountsQuery {
        from_day: day_number(first),
        days,
        zone: "Europe/Berlin".to_owned(),
        filter: String::new(),
        merge_copies: false,
    };
    let density = engine.density(&query).unwrap();
    density.iter().map(|day| day.beyond_synced).collect()
}

#[tokio::test(start_paused = true)]
async fn a_year_tells_which_of_its_days_are_beyond() {
    let world = World::empty();
    let engine = synced(&world).await;
    let day = world.day(LONG_AGO);
    let _ = engine
        .visit(day, day + TimeDelta::days(1), Reach::Providers)
        .await
        .unwrap();
    // Around the month that was visited, and where the window that is synced begins and ends.
    for (first, most) in [(LONG_AGO - 100, 200), (-500, 400), (200, 400)] {
        let first = world.day(first);
        let told = days_beyond(&engine, first, most);
        assert!(told.contains(&true) && told.contains(&false), "{first}");
        for (day, told) in first.iter_days().zip(told) {
            // Alone, a day at the end of a month reaches into the next one in some zones.
            let is_edge = day.day() == 1 || day.succ_opt().unwrap().day() == 1;
            assert!(is_edge || told == is_beyond(&engine, day, 1), "{day}");
        }
    }
    assert!(!days_beyond(&engine, world.day(0), 100).contains(&true));
}

fn events_of(world: &World, provider: ProviderKind) -> usize {
    let name = match provider {
        ProviderKind::Microsoft => "calendar_view",
        ProviderKind::Google => "events_list",
    };
    world.count(name)
}

#[tokio::test(start_paused = true)]
async fn what_took_place_long_ago_is_fetched_once_and_kept() {
    let world = World::empty();
    let day = world.day(LONG_AGO);
    for provider in ProviderKind::ALL {
        let calendar = world.primary(provider);
        let at = day.and_hms_opt(9, 0, 0).unwrap();
        world.create_single(provider, &format!("Once {provider}"), LONG_AGO);
        let ended = together([
            title(provider, &format!("Ended {provider}")),
            times(provider, at, 30),
            series(provider, day, true, 1, Some(3)),
        ]);
        world.create(provider, &calendar, &ended);
    }
    let engine = synced(&world).await;
    let week = day + TimeDelta::days(6);
    assert_eq!(titles(&engine, day, week), Vec::<String>::new());
    assert!(is_beyond(&engine, day, 7));

    let mut events = engine.subscribe();
    let report = engine.visit(day, week, Reach::Providers).await.unwrap();
    assert!(report.fetched && report.problems.is_empty(), "{report:?}");
    assert_eq!(
        titles(&engine, day, week),
        [
            "Ended google",
            "Ended microsoft",
            "Once google",
            "Once microsoft"
        ]
    );
    assert!(!is_beyond(&engine, day, 7));
    let mut steps = Vec::new();
    while let Ok(event) = events.try_recv() {
        if let EngineEvent::Visiting(progress) = event {
            steps.push((progress.done, progress.total));
        }
    }
    assert_eq!(steps.first(), Some(&(0, 2)));
    assert_eq!(steps.last(), Some(&(2, 2)));

    world.forget_log();
    assert!(
        !engine
            .visit(day, week, Reach::Providers)
            .await
            .unwrap()
            .fetched
    );
    assert!(world.log().is_empty(), "a day has not passed");
    drop(engine);
    let engine = world.open();
    assert_eq!(titles(&engine, day, week).len(), 4, "kept on disk");
    synced_well(&sync(&engine).await);
    assert_eq!(
        titles(&engine, day, week).len(),
        4,
        "a round does not remove it"
    );
    world.admin("POST", "/sync/expire", &json!({}));
    synced_well(&sync(&engine).await);
    assert_eq!(titles(&engine, day, week).len(), 4, "nor does a full one");
    world.agrees(&engine);
}

#[tokio::test(start_paused = true)]
async fn after_a_day_it_is_fetched_again_and_what_is_gone_there_goes() {
    let world = World::empty();
    let (day, week) = (world.day(LONG_AGO), world.day(LONG_AGO + 6));
    let gone: Vec<(ProviderKind, String)> = ProviderKind::ALL
        .into_iter()
        .map(|provider| {
            world.create_single(provider, "Stays", LONG_AGO + 1);
            (provider, world.create_single(provider, "Goes", LONG_AGO))
        })
        .collect();
    let engine = synced(&world).await;
    engine.visit(day, week, Reach::Providers).await.unwrap();
    assert_eq!(
        titles(&engine, day, week),
        ["Goes", "Goes", "Stays", "Stays"]
    );
    for (provider, id) in &gone {
        world.delete(*provider, &world.primary(*provider), id);
    }
    world.clock.jump(TimeDelta::hours(25));
    let report = engine.visit(day, week, Reach::Providers).await.unwrap();
    assert!(report.fetched, "{report:?}");
    assert_eq!(titles(&engine, day, week), ["Stays", "Stays"]);
}

#[tokio::test(start_paused = true)]
async fn offline_the_rules_of_known_series_answer() {
    let world = World::empty();
    for provider in ProviderKind::ALL {
        let first = world.day(2);
        let body = together([
            title(provider, &format!("Weekly {provider}")),
            times(provider, first.and_hms_opt(10, 0, 0).unwrap(), 30),
            series(provider, first, true, 1, None),
        ]);
        world.create(provider, &world.primary(provider), &body);
        world.create_single(provider, &format!("Once {provider}"), FAR_AHEAD);
    }
    let engine = synced(&world).await;
    let (day, week) = (world.day(FAR_AHEAD), world.day(FAR_AHEAD + 7));
    world.network.unplug(true);
    let report = engine.visit(day, week, Reach::Providers).await.unwrap();
    assert_eq!(
        report.problems.len(),
        1,
        "Google has told of all that lies ahead: {report:?}"
    );
    assert_eq!(
        titles(&engine, day, week),
        ["Once google", "Weekly google", "Weekly microsoft"]
    );
    assert!(is_beyond(&engine, day, 7), "Microsoft was not asked");

    world.network.unplug(false);
    let report = engine.visit(day, week, Reach::Providers).await.unwrap();
    assert!(report.fetched && report.problems.is_empty(), "{report:?}");
    assert_eq!(
        titles(&engine, day, week),
        [
            "Once google",
            "Once microsoft",
            "Weekly google",
            "Weekly microsoft"
        ]
    );
    assert!(!is_beyond(&engine, day, 7));
}

#[tokio::test(start_paused = true)]
async fn who_asks_nobody_gets_what_repeats() {
    let world = World::empty();
    for provider in ProviderKind::ALL {
        let first = world.day(2);
        let body = together([
            title(provider, "Weekly"),
            times(provider, first.and_hms_opt(10, 0, 0).unwrap(), 30),
            series(provider, first, true, 1, None),
        ]);
        world.create(provider, &world.primary(provider), &body);
    }
    let engine = synced(&world).await;
    let (day, week) = (world.day(FAR_AHEAD), world.day(FAR_AHEAD + 7));
    world.forget_log();
    let report = engine.visit(day, week, Reach::Rules).await.unwrap();
    assert!(!report.fetched && report.problems.is_empty());
    assert!(world.log().is_empty());
    assert_eq!(titles(&engine, day, week), ["Weekly", "Weekly"]);
}

#[tokio::test(start_paused = true)]
async fn a_far_exception_goes_with_the_pattern_that_it_was_made_from() {
    let world = World::empty();
    let calendar = world.primary(MICROSOFT);
    let first = world.day(2);
    let at = |hour| first.and_hms_opt(hour, 0, 0).unwrap();
    let daily = |hour| {
        together([
            title(MICROSOFT, "Daily"),
            times(MICROSOFT, at(hour), 30),
            series(MICROSOFT, first, false, 1, None),
        ])
    };
    let id = world.create(MICROSOFT, &calendar, &daily(10));
    let (day, week) = (world.day(FAR_AHEAD), world.day(FAR_AHEAD + 7));
    let target = format!(
        "/me/events/{id}/instances?startDateTime={day}T00:00:00Z&endDateTime={week}T00:00:00Z"
    );
    let occurrence = world.graph_list(MICROSOFT, &target)[2]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let moved = times(
        MICROSOFT,
        world.day(FAR_AHEAD + 2).and_hms_opt(18, 0, 0).unwrap(),
        30,
    );
    world.patch(MICROSOFT, &calendar, &occurrence, &moved);
    let engine = synced(&world).await;
    engine.visit(day, week, Reach::Providers).await.unwrap();
    let hours = |engine: &Engine| {
        let mut hours: Vec<String> = agenda(engine, day, week)
            .into_iter()
            .map(|item| item.start[11..13].to_owned())
            .collect();
        hours.sort();
        hours.dedup();
        hours
    };
    assert_eq!(hours(&engine), ["09", "17"]);
    world.patch(MICROSOFT, &calendar, &id, &daily(13));
    synced_well(&sync(&engine).await);
    assert_eq!(hours(&engine), ["12"]);
}

#[tokio::test(start_paused = true)]
async fn a_series_that_changes_is_right_in_visited_months_too() {
    let world = World::empty();
    let first = world.day(2);
    let ids: Vec<(ProviderKind, String)> = ProviderKind::ALL
        .into_iter()
        .map(|provider| {
            let body = together([
                title(provider, "Weekly"),
                times(provider, first.and_hms_opt(10, 0, 0).unwrap(), 30),
                series(provider, first, true, 1, None),
            ]);
            (
                provider,
                world.create(provider, &world.primary(provider), &body),
            )
        })
        .collect();
    let engine = synced(&world).await;
    let (day, week) = (world.day(FAR_AHEAD), world.day(FAR_AHEAD + 7));
    engine.visit(day, week, Reach::Providers).await.unwrap();
    assert_eq!(titles(&engine, day, week), ["Weekly", "Weekly"]);
    for (provider, id) in &ids {
        let at = first.and_hms_opt(15, 0, 0).unwrap();
        let later = together([times(*provider, at, 30), title(*provider, "Later")]);
        world.patch(*provider, &world.primary(*provider), id, &later);
    }
    synced_well(&sync(&engine).await);
    let shown = agenda(&engine, day, week);
    assert_eq!(titles(&engine, day, week), ["Later", "Later"]);
    assert!(
        shown
            .iter()
            .all(|item| item.start.contains("T13:00") || item.start.contains("T14:00")),
        "{shown:#?}"
    );
    engine.visit(day, week, Reach::Providers).await.unwrap();
    assert_eq!(titles(&engine, day, week), ["Later", "Later"]);
}

#[tokio::test(start_paused = true)]
async fn the_days_at_the_edge_of_the_window_are_fetched_without_those_inside() {
    let world = World::empty();
    let engine = synced(&world).await;
    let inside = world.day(30);
    world.forget_log();
    engine
        .visit(inside, inside + TimeDelta::days(7), Reach::Providers)
        .await
        .unwrap();
    assert!(world.log().is_empty(), "nothing is missing there");
    let edge = world.today() - chrono::Months::new(12);
    engine
        .visit(
            edge - TimeDelta::days(3),
            edge + TimeDelta::days(3),
            Reach::Providers,
        )
        .await
        .unwrap();
    for provider in ProviderKind::ALL {
        assert_eq!(events_of(&world, provider), world.calendars(provider).len());
    }
}

#[tokio::test(start_paused = true)]
async fn what_reaches_from_one_month_into_the_next_is_there_once() {
    let world = World::empty();
    for provider in ProviderKind::ALL {
        // Five weeks apart, so that some months have no start of their own.
        let first = NaiveDate::from_ymd_opt(2023, 5, 31).unwrap();
        let body = together([
            title(provider, "Trip"),
            whole_days(provider, first, 2),
            series(provider, first, true, 5, None),
        ]);
        world.create(provider, &world.primary(provider), &body);
    }
    let engine = synced(&world).await;
    let day = NaiveDate::from_ymd_opt(2023, 6, 1).unwrap();
    let until = NaiveDate::from_ymd_opt(2023, 7, 1).unwrap();
    for _ in 0..2 {
        engine.visit(day, until, Reach::Providers).await.unwrap();
        assert_eq!(titles(&engine, day, until), ["Trip", "Trip"]);
        world.clock.jump(TimeDelta::hours(25));
    }
}

#[tokio::test(start_paused = true)]
async fn an_occurrence_that_was_deleted_long_ago_stays_deleted() {
    let world = World::empty();
    let first = world.day(LONG_AGO);
    let body = together([
        title(MICROSOFT, "Monthly"),
        times(MICROSOFT, first.and_hms_opt(9, 0, 0).unwrap(), 30),
        series(MICROSOFT, first, true, 4, None),
    ]);
    let calendar = world.primary(MICROSOFT);
    let id = world.create(MICROSOFT, &calendar, &body);
    let target = format!(
        "/me/events/{id}/instances?startDateTime={first}T00:00:00Z&endDateTime={}T00:00:00Z",
        first + TimeDelta::days(200)
    );
    // Another series that stands there, so that there is something to lay out.
    let daily = together([
        title(MICROSOFT, "Daily"),
        times(MICROSOFT, first.and_hms_opt(12, 0, 0).unwrap(), 30),
        series(MICROSOFT, first, false, 1, None),
    ]);
    world.create(MICROSOFT, &calendar, &daily);
    let gone = world.graph_list(MICROSOFT, &target)[2].clone();
    world.delete(MICROSOFT, &calendar, gone["id"].as_str().unwrap());
    let day = first + TimeDelta::days(56);
    let engine = synced(&world).await;
    engine
        .visit(day, day + TimeDelta::days(1), Reach::Providers)
        .await
        .unwrap();
    assert_eq!(titles(&engine, day, day), ["Daily"]);
}

#[tokio::test(start_paused = true)]
async fn days_in_the_wrong_order_and_centuries_are_refused() {
    let world = World::empty();
    let engine = synced(&world).await;
    for (from, until) in [(0, 0), (0, -1), (0, 40_000)] {
        let visited = engine
            .visit(world.day(from), world.day(until), Reach::Providers)
            .await;
        assert!(visited.is_err(), "{from}..{until}");
    }
}
