//! What windows and terminals get: days, filters, facets and their limits.

use chrono::NaiveDate;
use dayline_engine::view::{
    AgendaQuery, CountsQuery, CountsView, DayDensity, OccurrenceView, RangeQuery, RangeView,
};
use dayline_engine::{Engine, Error, Expr};
use serde_json::json;

use crate::support::edits::{times, title, together, whole_days};
use crate::support::{GOOGLE, MICROSOFT, World, sync, synced_well};

fn day_number(date: NaiveDate) -> i32 {
    i32::try_from((date - NaiveDate::default()).num_days()).unwrap()
}

fn range(engine: &Engine, from: NaiveDate, days: i32, filter: &str) -> RangeView {
    engine
        .range(&RangeQuery {
            from_day: day_number(from),
            days,
            zone: "Europe/Berlin".to_owned(),
            filter: filter.to_owned(),
            merge_copies: false,
        })
        .unwrap()
}

fn counted(from: NaiveDate, days: i32, filter: &str) -> CountsQuery {
    CountsQuery {
        from_day: day_number(from),
        days,
        zone: "Europe/Berlin".to_owned(),
        filter: filter.to_owned(),
        merge_copies: false,
    }
}

fn titles(occurrences: &[OccurrenceView]) -> Vec<&str> {
    occurrences.iter().map(|one| one.title.as_str()).collect()
}

/// A week with a bit of everything, on Monday and the days after it.
async fn week() -> (World, Engine, NaiveDate) {
    let world = World::empty();
    let monday: NaiveDate = "2026-11-23".parse().unwrap();
    let day = |days: i64| monday + chrono::TimeDelta::days(days);
    let at = |days: i64, hour: u32| day(days).and_hms_opt(hour, 0, 0).unwrap();
    let graph = world.primary(MICROSOFT);
    for body in [
        together([
            title(MICROSOFT, "High"),
            times(MICROSOFT, at(0, 9), 60),
            json!({"importance": "high", "categories": ["Travel"]}),
        ]),
        together([
            title(MICROSOFT, "Teams"),
            times(MICROSOFT, at(0, 11), 60),
            json!({"isOnlineMeeting": true, "onlineMeetingProvider": "teamsForBusiness", "categories": ["travel", "Focus"]}),
        ]),
        together([
            title(MICROSOFT, "Low"),
            times(MICROSOFT, at(1, 9), 30),
            json!({"importance": "low"}),
        ]),
        together([title(MICROSOFT, "Leave"), whole_days(MICROSOFT, day(-1), 2)]),
        together([title(MICROSOFT, "Night"), times(MICROSOFT, at(-1, 23), 120)]),
        together([
            title(MICROSOFT, "Long"),
            times(MICROSOFT, at(-40, 9), 45 * 24 * 60),
        ]),
        // Google refuses an event without length.
        together([title(MICROSOFT, "Instant"), times(MICROSOFT, at(0, 0), 0)]),
    ] {
        world.create(MICROSOFT, &graph, &body);
    }
    let google = world.primary(GOOGLE);
    for body in [
        together([title(GOOGLE, "To midnight"), times(GOOGLE, at(-1, 22), 120)]),
        together([title(GOOGLE, "Next week"), times(GOOGLE, at(7, 0), 60)]),
        together([title(GOOGLE, "Sunday"), whole_days(GOOGLE, day(-1), 1)]),
    ] {
        world.create(GOOGLE, &google, &body);
    }
    let engine = world.signed_in().await;
    synced_well(&sync(&engine).await);
    (world, engine, monday)
}

#[tokio::test(start_paused = true)]
async fn a_range_holds_what_touches_its_days_and_nothing_else() {
    let (_world, engine, monday) = week().await;
    let view = range(&engine, monday, 7, "");
    assert_eq!(
        titles(&view.occurrences),
        ["Long", "Leave", "Night", "Instant", "High", "Teams", "Low"]
    );
    assert!(!view.beyond_synced);
    let sunday = monday.pred_opt().unwrap();
    let before = range(&engine, sunday, 1, "");
    assert_eq!(
        titles(&before.occurrences),
        ["Long", "Leave", "Sunday", "To midnight", "Night"]
    );
}

#[tokio::test(start_paused = true)]
async fn a_filter_hides_and_counts_and_facets_count_all() {
    let (_world, engine, monday) = week().await;
    let all = engine.counts(&counted(monday, 7, "")).unwrap();
    let facets = &all.facets;
    assert_eq!((all.shown, all.hidden), (7, 0));
    assert_eq!((facets.high, facets.normal, facets.low), (1, 5, 1));
    assert_eq!((facets.teams, facets.link), (1, 1));
    let answered = (facets.unanswered, facets.tentative, facets.declined);
    assert_eq!(answered, (0, 0, 0));
    let categories: Vec<(&str, i32)> = facets
        .categories
        .iter()
        .map(|facet| (facet.name.as_str(), facet.count))
        .collect();
    assert_eq!(categories, [("Focus", 1), ("Travel", 2)]);
    for (filter, expected) in [
        ("importance:high", vec!["High"]),
        ("importance:high,low", vec!["High", "Low"]),
        ("has:teams", vec!["Teams"]),
        ("category:TRAVEL", vec!["High", "Teams"]),
        ("-category:travel is:allday", vec!["Leave"]),
        ("importance:high has:teams", vec![]),
    ] {
        let view = range(&engine, monday, 7, filter);
        assert_eq!(titles(&view.occurrences), expected, "{filter}");
        let CountsView {
            shown,
            hidden,
            facets,
        } = engine.counts(&counted(monday, 7, filter)).unwrap();
        let left_over = i32::try_from(expected.len()).unwrap();
        assert_eq!((shown, hidden), (left_over, 7 - left_over), "{filter}");
        assert_eq!(facets, all.facets, "facets count all");
    }
    let mistake = counted(monday, 7, "importance:hgih");
    let told = engine.counts(&mistake).unwrap_err().to_string();
    assert!(told.contains("did you mean \"high\""), "{told}");
}

#[tokio::test(start_paused = true)]
async fn a_day_is_as_full_as_what_touches_it() {
    let (_world, engine, monday) = week().await;
    let sunday = monday.pred_opt().unwrap();
    let density = |filter: &str| -> Vec<(i32, i32)> {
        let days = engine.density(&counted(sunday, 4, filter)).unwrap();
        let pair = |day: &DayDensity| (day.events, day.busy_minutes);
        days.iter().map(pair).collect()
    };
    // Long takes all of these days.
    let day = 24 * 60;
    assert_eq!(density(""), [(5, day), (6, day), (2, day), (1, day)]);
    // The night ends an hour after midnight; days and moments take no time.
    assert_eq!(density("-Long"), [(4, 120), (5, 60 + 120), (1, 30), (0, 0)]);
    assert_eq!(density("Leave"), [(1, 0), (1, 0), (0, 0), (0, 0)]);
}

#[tokio::test(start_paused = true)]
async fn a_hidden_calendar_is_in_no_view() {
    let (world, engine, monday) = week().await;
    let accounts = engine.accounts().unwrap();
    let first: Vec<String> = accounts
        .iter()
        .map(|account| account.calendars[0].id.clone())
        .collect();
    engine.set_calendars_visible(&[], &first).await.unwrap();
    assert!(range(&engine, monday, 7, "").occurrences.is_empty());
    assert!(World::shown(&engine, world.around()).is_empty());
}

#[tokio::test(start_paused = true)]
async fn calendars_are_shown_and_hidden_together_or_not_at_all() {
    let (_world, engine, _) = week().await;
    let visible = || -> Vec<(String, bool)> {
        let accounts = engine.accounts().unwrap();
        let calendars = accounts.into_iter().flat_map(|account| account.calendars);
        calendars.map(|one| (one.id, one.is_visible)).collect()
    };
    let before = visible();
    let (first, second) = ([before[0].0.clone()], [before[1].0.clone()]);
    engine.set_calendars_visible(&first, &second).await.unwrap();
    let after = visible();
    assert!(after[0].1 && !after[1].1);
    assert_eq!(after[2..], before[2..]);

    for missing in ["999999", "no id"] {
        let gone = [second[0].clone(), missing.to_owned()];
        let refused = engine.set_calendars_visible(&gone, &first).await;
        assert!(matches!(refused, Err(Error::NotFound(_))), "{missing}");
        assert_eq!(visible(), after);
    }
}

#[tokio::test(start_paused = true)]
async fn an_agenda_includes_its_last_day_and_refuses_to_run_backwards() {
    let (_world, engine, monday) = week().await;
    let ask = |from: NaiveDate, to: NaiveDate| {
        engine.agenda(&AgendaQuery {
            from,
            to,
            zone: chrono_tz::Europe::Berlin,
            filter: Expr::default(),
        })
    };
    let told: Vec<(String, String)> = ask(monday, monday)
        .unwrap()
        .into_iter()
        .map(|item| (item.title, item.start))
        .collect();
    let expected = [
        ("Long", "2026-10-14T09:00:00+02:00"),
        ("Leave", "2026-11-22"),
        ("Night", "2026-11-22T23:00:00+01:00"),
        ("Instant", "2026-11-23T00:00:00+01:00"),
        ("High", "2026-11-23T09:00:00+01:00"),
        ("Teams", "2026-11-23T11:00:00+01:00"),
    ];
    let expected: Vec<(String, String)> = expected
        .into_iter()
        .map(|(title, start)| (title.to_owned(), start.to_owned()))
        .collect();
    assert_eq!(told, expected);
    assert!(ask(monday, monday.pred_opt().unwrap()).is_err());
}

#[tokio::test(start_paused = true)]
async fn beyond_what_was_synced_a_view_says_so() {
    let (world, engine, _) = week().await;
    for (days, expected) in [
        (0, false),
        (300, false),
        (600, true),
        (-300, false),
        (-400, true),
    ] {
        let view = range(&engine, world.day(days), 7, "");
        assert_eq!(view.beyond_synced, expected, "{days} days from today");
    }
}

#[tokio::test(start_paused = true)]
async fn a_range_has_limits() {
    let (_world, engine, monday) = week().await;
    for (days, zone, is_fine) in [
        (1, "UTC", true),
        (400, "UTC", true),
        (0, "UTC", false),
        (401, "UTC", false),
        (7, "Mars/Olympus", false),
    ] {
        let asked = engine.range(&RangeQuery {
            from_day: day_number(monday),
            days,
            zone: zone.to_owned(),
            filter: String::new(),
            merge_copies: false,
        });
        assert_eq!(asked.is_ok(), is_fine, "{days} days in {zone}");
    }
    for from_day in [i32::MIN, i32::MAX] {
        let asked = engine.range(&RangeQuery {
            from_day,
            days: 7,
            zone: "UTC".to_owned(),
            filter: String::new(),
            merge_copies: false,
        });
        assert!(asked.is_err());
    }
}

#[tokio::test(start_paused = true)]
async fn join_opens_the_providers_link_and_nothing_that_does_not_exist() {
    let (world, engine, monday) = week().await;
    let view = range(&engine, monday, 7, "");
    let find = |title: &str| {
        let found = view.occurrences.iter().find(|one| one.title == title);
        found.unwrap().id.clone()
    };
    let meeting = find("Teams");
    let details = engine.details(&meeting, "Europe/Berlin").unwrap();
    assert_eq!(details.join[0].service, "Microsoft Teams");
    let events = world.graph_list(MICROSOFT, "/me/events?$top=100");
    let event = events.iter().find(|one| one["subject"] == "Teams").unwrap();
    let link = event["onlineMeeting"]["joinUrl"].as_str().unwrap();
    engine.join(&meeting, 0).await.unwrap();
    engine.open_event_page(&meeting).await.unwrap();
    let opened: Vec<String> = world
        .opener
        .opened()
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(opened.len(), 2);
    assert_eq!(opened[0], link);
    let page = "https://outlook.office365.com/owa/?itemid=";
    assert!(opened[1].starts_with(page), "{}", opened[1]);
    for (id, index) in [
        (meeting.as_str(), 99),
        (find("High").as_str(), 0),
        ("1/unknown", 0),
        ("no id at all", 0),
        ("", 0),
    ] {
        assert!(engine.join(id, index).await.is_err(), "{id:?} {index}");
    }
    assert_eq!(world.opener.opened().len(), 2);
}
