//! Which occurrences masters, instances and exceptions show together.

use chrono::{NaiveDate, NaiveDateTime, TimeZone};
use dayline_model::{EventId, ProviderEventId, Zone, ZonedTime};

use super::*;

const MICROSOFT: ProviderKind = ProviderKind::Microsoft;
const GOOGLE: ProviderKind = ProviderKind::Google;

fn utc(text: &str) -> DateTime<Utc> {
    Utc.from_utc_datetime(&text.parse::<NaiveDateTime>().unwrap())
}

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// An hour from a wall time in Berlin.
fn hour(start: &str) -> When {
    let zoned = |local: NaiveDateTime| ZonedTime {
        local,
        zone: Zone::parse("Europe/Berlin"),
    };
    let start: NaiveDateTime = start.parse().unwrap();
    When::Timed {
        start: zoned(start),
        end: zoned(start + TimeDelta::hours(1)),
    }
}

fn days(start: &str, end: &str) -> When {
    When::AllDay {
        start: date(start),
        end: date(end),
    }
}

fn event(id: i64, name: &str, kind: EventKind, when: When) -> EventCore {
    EventCore {
        id: EventId(id),
        provider_id: ProviderEventId(name.to_owned()),
        kind,
        when,
        status: Status::Confirmed,
        fingerprint: 0,
        first_generation: 1,
    }
}

fn master(when: When, rules: &[&str]) -> EventCore {
    let recurrence = rules.iter().map(|rule| (*rule).to_owned()).collect();
    event(1, "s", EventKind::SeriesMaster { recurrence }, when)
}

fn exception(name: &str, original: Option<OriginalStart>) -> EventCore {
    let kind = EventKind::Exception {
        series: ProviderEventId("s".to_owned()),
        original_start: original,
    };
    event(2, name, kind, hour("2026-11-25T18:00:00"))
}

fn instance(name: &str, start: &str, end: &str, all_day: bool) -> InstanceRow {
    InstanceRow {
        id: ProviderEventId(name.to_owned()),
        series: ProviderEventId("s".to_owned()),
        all_day,
        start: utc(start),
        end: utc(end),
    }
}

/// The whole of November 2026.
fn november() -> (DateTime<Utc>, DateTime<Utc>) {
    (utc("2026-11-01T00:00:00"), utc("2026-12-01T00:00:00"))
}

/// No other month was visited.
fn only(window: (DateTime<Utc>, DateTime<Utc>)) -> Layout<'static> {
    Layout {
        window,
        visited: &[],
    }
}

/// Occurrences in few words.
fn told(occurrences: &[NewOccurrence]) -> Vec<String> {
    occurrences
        .iter()
        .map(|one| {
            let form = if one.all_day { "%m-%d" } else { "%m-%dT%H:%M" };
            format!(
                "{} {} {}",
                one.instance_id,
                one.start.format(form),
                one.end.format(form)
            )
        })
        .collect()
}

#[test]
fn googles_series_keep_their_wall_time_and_have_googles_ids() {
    let weekly = master(hour("2026-10-21T09:00:00"), &["RRULE:FREQ=WEEKLY;COUNT=3"]);
    let shown = (utc("2026-10-01T00:00:00"), utc("2026-12-01T00:00:00"));
    assert_eq!(
        told(&series(&weekly, &[], &[], GOOGLE, only(shown))),
        [
            "s_20261021T070000Z 10-21T07:00 10-21T08:00",
            // Winter time has begun.
            "s_20261028T080000Z 10-28T08:00 10-28T09:00",
            "s_20261104T080000Z 11-04T08:00 11-04T09:00",
        ]
    );
    let days = master(
        days("2026-11-03", "2026-11-04"),
        &["RRULE:FREQ=DAILY;COUNT=2"],
    );
    assert_eq!(
        told(&series(&days, &[], &[], GOOGLE, only(november()))),
        ["s_20261103 11-03 11-04", "s_20261104 11-04 11-05"]
    );
}

#[test]
fn an_exception_takes_the_place_of_its_occurrence() {
    let weekly = master(hour("2026-11-04T09:00:00"), &["RRULE:FREQ=WEEKLY;COUNT=3"]);
    let left = ["s_20261104T080000Z", "s_20261118T080000Z"];
    let second = utc("2026-11-11T08:00:00");
    for (description, exceptions) in [
        ("by its id", vec![exception("s_20261111T080000Z", None)]),
        (
            "by where it stood",
            vec![exception("x", Some(OriginalStart::Instant(second)))],
        ),
        (
            "cancelled as well",
            vec![EventCore {
                status: Status::Cancelled,
                ..exception("x", Some(OriginalStart::Instant(second)))
            }],
        ),
    ] {
        let shown = series(&weekly, &exceptions, &[], GOOGLE, only(november()));
        let ids: Vec<&str> = shown.iter().map(|one| one.instance_id.as_str()).collect();
        assert_eq!(ids, left, "{description}");
    }
    let elsewhere = [exception(
        "x",
        Some(OriginalStart::Date(date("2026-11-11"))),
    )];
    let shown = series(&weekly, &elsewhere, &[], GOOGLE, only(november()));
    assert_eq!(shown.len(), 3, "a date names no occurrence with a time");
}

#[test]
fn a_series_that_cannot_be_expanded_shows_its_first_occurrence() {
    let odd = master(hour("2026-11-04T09:00:00"), &["RRULE:FREQ=SOMETIMES"]);
    assert_eq!(
        told(&series(&odd, &[], &[], GOOGLE, only(november()))),
        ["s_20261104T080000Z 11-04T08:00 11-04T09:00"]
    );
}

#[test]
fn a_cancelled_series_of_google_shows_nothing() {
    let cancelled = EventCore {
        status: Status::Cancelled,
        ..master(hour("2026-11-04T09:00:00"), &["RRULE:FREQ=DAILY"])
    };
    assert!(series(&cancelled, &[], &[], GOOGLE, only(november())).is_empty());
}

#[test]
fn graphs_series_show_what_graph_lists() {
    let weekly = master(hour("2026-11-04T09:00:00"), &["RRULE:FREQ=WEEKLY"]);
    let instances = [
        instance("i", "2026-11-04T08:00:00", "2026-11-04T09:00:00", false),
        instance("j", "2026-11-11T08:00:00", "2026-11-11T09:00:00", false),
    ];
    assert_eq!(
        told(&series(
            &weekly,
            &[],
            &instances,
            MICROSOFT,
            only(november())
        )),
        ["i 11-04T08:00 11-04T09:00", "j 11-11T08:00 11-11T09:00"]
    );
    let exceptions = [exception("j", None)];
    assert_eq!(
        told(&series(
            &weekly,
            &exceptions,
            &instances,
            MICROSOFT,
            only(november())
        )),
        ["i 11-04T08:00 11-04T09:00"]
    );
    assert!(series(&weekly, &[], &[], MICROSOFT, only(november())).is_empty());
}

#[test]
fn an_occurrence_that_does_not_say_so_is_all_day_as_its_series_is() {
    let daily = master(days("2026-11-04", "2026-11-05"), &["RRULE:FREQ=DAILY"]);
    for (description, sparse, expected) in [
        (
            "midnight to midnight",
            instance("i", "2026-11-04T00:00:00", "2026-11-05T00:00:00", false),
            "i 11-04 11-05",
        ),
        (
            "two days",
            instance("i", "2026-11-04T00:00:00", "2026-11-06T00:00:00", false),
            "i 11-04 11-06",
        ),
        (
            "it says so",
            instance("i", "2026-11-04T00:00:00", "2026-11-05T00:00:00", true),
            "i 11-04 11-05",
        ),
        (
            "no day is shorter than one",
            instance("i", "2026-11-04T00:00:00", "2026-11-04T00:00:00", false),
            "i 11-04 11-05",
        ),
    ] {
        let shown = series(&daily, &[], &[sparse], MICROSOFT, only(november()));
        assert_eq!(told(&shown), [expected], "{description}");
    }
}

#[test]
fn a_cancelled_event_stays_on_graphs_calendar_and_leaves_googles() {
    let cancelled = EventCore {
        status: Status::Cancelled,
        ..exception("x", None)
    };
    assert_eq!(single(&cancelled, MICROSOFT).len(), 1);
    assert_eq!(single(&cancelled, GOOGLE).len(), 0);
    assert_eq!(single(&exception("x", None), GOOGLE).len(), 1);
}

#[test]
fn a_listing_without_an_end_is_shown_for_three_years() {
    let from = utc("2025-11-20T00:00:00");
    let for_ever = (from, utc("2200-01-01T00:00:00"));
    assert_eq!(shown_span(for_ever), (from, utc("2028-11-20T00:00:00")));
    let short = (from, utc("2027-05-20T00:00:00"));
    assert_eq!(shown_span(short), short);
}

fn month(from: &str, until: &str, fetched: bool) -> VisitedSpan {
    VisitedSpan {
        from: utc(from),
        until: utc(until),
        fetched_at: fetched.then(|| utc("2026-11-20T00:00:00")),
    }
}

#[test]
fn a_visited_month_is_laid_out_by_the_rule_until_graph_has_listed_it() {
    let weekly = master(hour("2026-11-04T09:00:00"), &["RRULE:FREQ=WEEKLY"]);
    let inside = instance("a", "2026-11-04T08:00:00", "2026-11-04T09:00:00", false);
    let listed = instance("b", "2030-06-12T07:00:00", "2030-06-12T08:00:00", false);
    let starts = |instances: &[InstanceRow], fetched| {
        let visited = [month("2030-06-01T00:00:00", "2030-07-01T00:00:00", fetched)];
        let layout = Layout {
            window: november(),
            visited: &visited,
        };
        let shown = series(&weekly, &[], instances, MICROSOFT, layout);
        shown.iter().map(|one| one.start).collect::<Vec<_>>()
    };
    let june = ["2030-06-05", "2030-06-12", "2030-06-19", "2030-06-26"]
        .map(|day| utc(&format!("{day}T07:00:00")));
    assert_eq!(
        starts(std::slice::from_ref(&inside), false),
        [&[inside.start], june.as_slice()].concat(),
        "nobody listed June: the rule answers"
    );
    assert_eq!(
        starts(&[inside.clone(), listed.clone()], true),
        [inside.start, listed.start],
        "Graph listed June, the other weeks were deleted there"
    );
    assert_eq!(
        starts(&[inside.clone(), listed.clone()], false),
        [inside.start, listed.start],
        "listed before the mark was lost, and not changed since"
    );
    assert_eq!(starts(std::slice::from_ref(&inside), true), [inside.start]);
}

#[test]
fn googles_rules_answer_in_visited_months_and_nothing_shows_twice() {
    let nights = master(
        When::Timed {
            start: ZonedTime::at(utc("2026-11-04T22:00:00"), Zone::parse("UTC")),
            end: ZonedTime::at(utc("2026-11-05T04:00:00"), Zone::parse("UTC")),
        },
        &["RRULE:FREQ=DAILY"],
    );
    let visited = [
        month("2026-12-01T00:00:00", "2027-01-01T00:00:00", true),
        month("2027-01-01T00:00:00", "2027-02-01T00:00:00", false),
    ];
    let layout = Layout {
        window: november(),
        visited: &visited,
    };
    let shown = series(&nights, &[], &[], GOOGLE, layout);
    let starts: BTreeSet<_> = shown.iter().map(|one| one.start).collect();
    assert_eq!(
        shown.len(),
        starts.len(),
        "a night over the edge counts once"
    );
    assert_eq!(shown.len(), 27 + 31 + 31);
}

#[test]
fn a_series_that_repeats_too_often_is_laid_out_around_today_or_only_begun() {
    let window = (utc("2025-11-20T00:00:00"), utc("2028-11-20T00:00:00"));
    let shown = |rule: &str| {
        let often = master(hour("2020-01-01T09:00:00"), &[rule]);
        series(&often, &[], &[], GOOGLE, only(window))
    };
    let today = utc("2026-11-20T12:00:00");
    let daily = shown("RRULE:FREQ=DAILY");
    assert_eq!(daily.len(), 3 * 365 + 1);
    let hourly = shown("RRULE:FREQ=HOURLY");
    assert!(hourly.len() < MOST_OCCURRENCES);
    assert!(
        hourly
            .iter()
            .any(|one| one.start <= today && one.end > today)
    );
    for endless in ["RRULE:FREQ=MINUTELY", "RRULE:FREQ=SECONDLY"] {
        assert_eq!(shown(endless).len(), 1, "{endless}");
    }
}
