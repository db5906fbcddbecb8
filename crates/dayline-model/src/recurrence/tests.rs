mod agreed;
mod counting;
mod hostile;
mod oracle;
mod patterns;

use super::*;

fn instant(text: &str) -> DateTime<Utc> {
    text.parse::<NaiveDateTime>().unwrap().and_utc()
}

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub(super) fn window(from: &str, until: &str) -> Window {
    Window {
        from: instant(&format!("{from}T00:00:00")),
        until: instant(&format!("{until}T00:00:00")),
    }
}

/// An hour from a wall time on.
pub(super) fn hour(local: &str, zone: &str) -> When {
    timed(local, zone, 3600)
}

fn timed(local: &str, zone: &str, seconds: i64) -> When {
    let start = ZonedTime {
        local: local.parse().unwrap(),
        zone: Zone::parse(zone),
    };
    let end = ZonedTime::at(
        start.utc() + TimeDelta::seconds(seconds),
        start.zone.clone(),
    );
    When::Timed { start, end }
}

fn days(start: &str, end: &str) -> When {
    When::AllDay {
        start: date(start),
        end: date(end),
    }
}

pub(super) fn lines(lines: &[&str]) -> Vec<String> {
    lines.iter().map(|&line| line.to_owned()).collect()
}

fn start_of(when: &When) -> String {
    match when {
        When::AllDay { start, .. } => start.to_string(),
        When::Timed { start, .. } => start.local.format("%Y-%m-%dT%H:%M").to_string(),
    }
}

#[track_caller]
fn check(first: &When, rules: &[&str], within: Window, wanted: &[&str]) {
    let found = expand(first, &lines(rules), within, 1000).unwrap();
    let starts: Vec<String> = found.occurrences.iter().map(start_of).collect();
    assert_eq!(starts, wanted, "{rules:?}");
    assert!(!found.truncated);
}

#[track_caller]
fn malformed(rule: &str) {
    let found = expand(
        &hour("2026-01-01T09:00:00", "UTC"),
        &lines(&[rule]),
        window("2026-01-01", "2027-01-01"),
        9,
    );
    assert!(
        matches!(found, Err(RecurrenceError::Malformed { .. })),
        "{rule}: {found:?}"
    );
}

#[test]
fn a_weekly_meeting_stays_at_its_wall_time_across_clock_changes() {
    let first = hour("2026-03-20T09:00:00", "Europe/Berlin");
    let found = expand(
        &first,
        &lines(&["RRULE:FREQ=WEEKLY;BYDAY=FR"]),
        window("2026-03-19", "2026-04-05"),
        10,
    )
    .unwrap();
    let utc: Vec<_> = found
        .occurrences
        .iter()
        .map(|when| match when {
            When::Timed { start, end } => (
                start.utc().to_string(),
                (end.utc() - start.utc()).num_minutes(),
            ),
            When::AllDay { .. } => unreachable!(),
        })
        .collect();
    assert_eq!(
        utc,
        [
            ("2026-03-20 08:00:00 UTC".to_owned(), 60),
            ("2026-03-27 08:00:00 UTC".to_owned(), 60),
            ("2026-04-03 07:00:00 UTC".to_owned(), 60),
        ]
    );
}

#[test]
fn a_windows_zone_counts_as_its_place() {
    let first = hour("2026-03-27T09:00:00", "W. Europe Standard Time");
    let found = expand(
        &first,
        &lines(&["RRULE:FREQ=DAILY"]),
        window("2026-03-30", "2026-03-31"),
        10,
    )
    .unwrap();
    let When::Timed { start, .. } = &found.occurrences[0] else {
        unreachable!()
    };
    assert_eq!(start.utc(), instant("2026-03-30T07:00:00"));
    assert_eq!(start.zone.name(), "W. Europe Standard Time");
}

#[test]
fn a_time_in_a_gap_moves_on_and_one_in_a_fold_comes_once() {
    check(
        &hour("2026-03-28T02:30:00", "Europe/Berlin"),
        &["RRULE:FREQ=DAILY;COUNT=3"],
        window("2026-03-01", "2026-05-01"),
        &["2026-03-28T02:30", "2026-03-29T03:30", "2026-03-30T02:30"],
    );
    check(
        &hour("2026-10-24T02:30:00", "Europe/Berlin"),
        &["RRULE:FREQ=DAILY;COUNT=3"],
        window("2026-10-01", "2026-12-01"),
        &["2026-10-24T02:30", "2026-10-25T02:30", "2026-10-26T02:30"],
    );
    // The same night named twice by the rule is one occurrence.
    check(
        &hour("2026-03-28T02:30:00", "Europe/Berlin"),
        &["RRULE:FREQ=DAILY;COUNT=4;BYHOUR=2,3"],
        window("2026-03-01", "2026-05-01"),
        &["2026-03-28T02:30", "2026-03-28T03:30", "2026-03-29T03:30"],
    );
}

#[test]
fn an_end_in_the_second_pass_of_a_fold_keeps_the_duration() {
    let first = timed("2026-10-24T01:30:00", "Europe/Berlin", 2 * 3600);
    let found = expand(
        &first,
        &lines(&["RRULE:FREQ=DAILY"]),
        window("2026-10-24", "2026-10-27"),
        10,
    )
    .unwrap();
    for when in &found.occurrences {
        let When::Timed { start, end } = when else {
            unreachable!()
        };
        assert_eq!((end.utc() - start.utc()).num_minutes(), 120, "{start:?}");
    }
    assert_eq!(found.occurrences.len(), 3);
}

#[test]
fn a_day_that_a_zone_skipped_moves_by_that_day() {
    check(
        &hour("2011-12-29T09:00:00", "Pacific/Apia"),
        &["RRULE:FREQ=DAILY;COUNT=4"],
        window("2011-12-01", "2012-02-01"),
        &["2011-12-29T09:00", "2011-12-31T09:00", "2012-01-01T09:00"],
    );
}

#[test]
fn until_as_an_instant_is_told_in_the_zone_of_the_series() {
    let first = hour("2026-03-27T08:30:00", "Europe/Berlin");
    check(
        &first,
        &["RRULE:FREQ=DAILY;UNTIL=20260330T063000Z"],
        window("2026-03-01", "2026-05-01"),
        &[
            "2026-03-27T08:30",
            "2026-03-28T08:30",
            "2026-03-29T08:30",
            "2026-03-30T08:30",
        ],
    );
    check(
        &first,
        &["RRULE:FREQ=DAILY;UNTIL=20260330T062959Z"],
        window("2026-03-01", "2026-05-01"),
        &["2026-03-27T08:30", "2026-03-28T08:30", "2026-03-29T08:30"],
    );
}

#[test]
fn until_as_a_date_includes_that_day() {
    check(
        &hour("2026-03-27T23:00:00", "America/New_York"),
        &["RRULE:FREQ=DAILY;UNTIL=20260328"],
        window("2026-03-01", "2026-05-01"),
        &["2026-03-27T23:00", "2026-03-28T23:00"],
    );
    check(
        &days("2026-03-27", "2026-03-28"),
        &["RRULE:FREQ=DAILY;UNTIL=20260328"],
        window("2026-03-01", "2026-05-01"),
        &["2026-03-27", "2026-03-28"],
    );
    check(
        &days("2026-03-27", "2026-03-28"),
        &["RRULE:FREQ=DAILY;UNTIL=20260328T000000Z"],
        window("2026-03-01", "2026-05-01"),
        &["2026-03-27", "2026-03-28"],
    );
}

#[test]
fn whole_days_keep_their_number_and_never_shift() {
    let found = expand(
        &days("2026-03-27", "2026-03-30"),
        &lines(&["RRULE:FREQ=WEEKLY"]),
        window("2026-04-05", "2026-04-06"),
        10,
    )
    .unwrap();
    assert_eq!(found.occurrences, [days("2026-04-03", "2026-04-06")]);
    // Its last day is the day before its end.
    check(
        &days("2026-03-27", "2026-03-30"),
        &["RRULE:FREQ=WEEKLY"],
        window("2026-04-06", "2026-04-07"),
        &[],
    );
}

#[test]
fn the_window_is_half_open() {
    let daily = &["RRULE:FREQ=DAILY"];
    let first = hour("2026-01-01T23:30:00", "UTC");
    check(
        &first,
        daily,
        window("2026-01-03", "2026-01-04"),
        &["2026-01-02T23:30", "2026-01-03T23:30"],
    );
    let first = hour("2026-01-01T00:00:00", "UTC");
    check(
        &first,
        daily,
        window("2026-01-03", "2026-01-04"),
        &["2026-01-03T00:00"],
    );
    let first = hour("2026-01-01T23:00:00", "UTC");
    check(
        &first,
        daily,
        window("2026-01-03", "2026-01-04"),
        &["2026-01-03T23:00"],
    );
    let momentary = timed("2026-01-01T00:00:00", "UTC", 0);
    check(
        &momentary,
        daily,
        window("2026-01-03", "2026-01-04"),
        &["2026-01-03T00:00"],
    );
    check(&first, daily, window("2026-01-04", "2026-01-04"), &[]);
    check(&first, daily, window("2026-01-05", "2026-01-04"), &[]);
}

#[test]
fn a_long_occurrence_is_seen_from_every_day_it_covers() {
    check(
        &days("2026-01-01", "2026-02-15"),
        &["RRULE:FREQ=YEARLY"],
        window("2031-02-14", "2031-02-15"),
        &["2031-01-01"],
    );
}

#[test]
fn the_limit_truncates() {
    let first = hour("2026-01-01T09:00:00", "UTC");
    let found = expand(
        &first,
        &lines(&["RRULE:FREQ=DAILY"]),
        window("2026-01-01", "2027-01-01"),
        3,
    )
    .unwrap();
    assert_eq!((found.occurrences.len(), found.truncated), (3, true));
    let found = expand(
        &first,
        &lines(&["RRULE:FREQ=DAILY;COUNT=3"]),
        window("2026-01-01", "2027-01-01"),
        3,
    )
    .unwrap();
    assert_eq!((found.occurrences.len(), found.truncated), (3, false));
    let found = expand(
        &first,
        &lines(&["RRULE:FREQ=DAILY"]),
        window("2026-01-01", "2027-01-01"),
        0,
    )
    .unwrap();
    assert_eq!((found.occurrences.len(), found.truncated), (0, true));
}

#[test]
fn without_rules_the_start_is_the_series() {
    check(
        &hour("2026-01-01T09:00:00", "UTC"),
        &[],
        window("2026-01-01", "2027-01-01"),
        &["2026-01-01T09:00"],
    );
    check(
        &hour("2026-01-01T09:00:00", "UTC"),
        &["X-OTHER:1", "DTSTART:19990101T000000Z"],
        window("2026-01-01", "2027-01-01"),
        &["2026-01-01T09:00"],
    );
}

#[test]
fn a_start_that_the_rule_does_not_name_comes_besides_what_is_counted() {
    // A Thursday in a series of Mondays.
    check(
        &hour("2026-01-01T09:00:00", "UTC"),
        &["RRULE:FREQ=WEEKLY;BYDAY=MO;COUNT=2"],
        window("2026-01-01", "2027-01-01"),
        &["2026-01-01T09:00", "2026-01-05T09:00", "2026-01-12T09:00"],
    );
    check(
        &hour("2026-01-01T09:00:00", "UTC"),
        &["RRULE:FREQ=WEEKLY;BYDAY=MO;COUNT=1"],
        window("2026-01-01", "2027-01-01"),
        &["2026-01-01T09:00", "2026-01-05T09:00"],
    );
    check(
        &hour("2026-01-01T09:00:00", "UTC"),
        &["RRULE:FREQ=DAILY;UNTIL=20250101"],
        window("2026-01-01", "2027-01-01"),
        &["2026-01-01T09:00"],
    );
}

#[test]
fn dates_are_added_in_every_form() {
    check(
        &hour("2026-01-01T09:00:00", "Europe/Berlin"),
        &[
            "RDATE;TZID=America/New_York:20260105T090000",
            "RDATE:20260106T080000Z,20260107T110000",
            "RDATE;VALUE=DATE:20260108",
            "RDATE;VALUE=PERIOD:20260109T080000Z/PT2H",
        ],
        window("2026-01-01", "2027-01-01"),
        &[
            "2026-01-01T09:00",
            "2026-01-05T15:00",
            "2026-01-06T09:00",
            "2026-01-07T11:00",
            "2026-01-08T09:00",
            "2026-01-09T09:00",
        ],
    );
    check(
        &days("2026-01-01", "2026-01-02"),
        &[
            "RDATE;VALUE=DATE:20260105,20260103",
            "RDATE:20260107T000000Z",
        ],
        window("2026-01-01", "2027-01-01"),
        &["2026-01-01", "2026-01-03", "2026-01-05", "2026-01-07"],
    );
}

#[test]
fn dates_are_taken_out_in_every_form() {
    let rule = "RRULE:FREQ=DAILY;COUNT=6";
    check(
        &hour("2026-03-27T09:00:00", "Europe/Berlin"),
        &[
            rule,
            "EXDATE;TZID=Europe/Berlin:20260327T090000",
            "EXDATE:20260330T070000Z",
            "exdate;value=date:20260331",
            "EXDATE;TZID=\"W. Europe Standard Time\":20260329T090000",
        ],
        window("2026-03-01", "2027-01-01"),
        &["2026-03-28T09:00", "2026-04-01T09:00"],
    );
    check(
        &days("2026-03-27", "2026-03-28"),
        &[
            rule,
            "EXDATE;VALUE=DATE:20260328,20260329",
            "EXDATE:20260330T000000Z",
        ],
        window("2026-03-01", "2027-01-01"),
        &["2026-03-27", "2026-03-31", "2026-04-01"],
    );
    // Another time of the same day takes nothing out.
    check(
        &hour("2026-01-01T09:00:00", "UTC"),
        &["RRULE:FREQ=DAILY;COUNT=2", "EXDATE:20260102T100000Z"],
        window("2026-01-01", "2027-01-01"),
        &["2026-01-01T09:00", "2026-01-02T09:00"],
    );
}

#[test]
fn an_occurrence_in_a_gap_is_taken_out_by_either_of_its_times() {
    for exdate in [
        "EXDATE;TZID=Europe/Berlin:20260329T023000",
        "EXDATE:20260329T013000Z",
    ] {
        check(
            &hour("2026-03-28T02:30:00", "Europe/Berlin"),
            &["RRULE:FREQ=DAILY;COUNT=3", exdate],
            window("2026-03-01", "2026-05-01"),
            &["2026-03-28T02:30", "2026-03-30T02:30"],
        );
    }
}

#[test]
fn several_rules_make_one_series() {
    check(
        &hour("2026-01-05T09:00:00", "UTC"),
        &[
            "RRULE:FREQ=WEEKLY;BYDAY=MO;COUNT=3",
            "RRULE:FREQ=WEEKLY;BYDAY=MO,WE;UNTIL=20260114",
            "EXRULE:FREQ=WEEKLY;BYDAY=WE;INTERVAL=2",
        ],
        window("2026-01-01", "2027-01-01"),
        &[
            "2026-01-05T09:00",
            "2026-01-12T09:00",
            "2026-01-14T09:00",
            "2026-01-19T09:00",
        ],
    );
    check(
        &hour("2026-01-05T09:00:00", "UTC"),
        &["RRULE:FREQ=DAILY;COUNT=3\nEXDATE:20260106T090000Z"],
        window("2026-01-01", "2027-01-01"),
        &["2026-01-05T09:00", "2026-01-07T09:00"],
    );
}

#[test]
fn rules_that_calendars_really_hold() {
    let year = window("2026-01-01", "2026-07-01");
    check(
        &hour("2026-01-13T09:00:00", "UTC"),
        &["RRULE:FREQ=MONTHLY;BYDAY=2TU"],
        year,
        &[
            "2026-01-13T09:00",
            "2026-02-10T09:00",
            "2026-03-10T09:00",
            "2026-04-14T09:00",
            "2026-05-12T09:00",
            "2026-06-09T09:00",
        ],
    );
    check(
        &hour("2026-01-30T09:00:00", "UTC"),
        &["RRULE:FREQ=MONTHLY;BYDAY=-1FR"],
        year,
        &[
            "2026-01-30T09:00",
            "2026-02-27T09:00",
            "2026-03-27T09:00",
            "2026-04-24T09:00",
            "2026-05-29T09:00",
            "2026-06-26T09:00",
        ],
    );
    check(
        &hour("2026-01-31T09:00:00", "UTC"),
        &["RRULE:FREQ=MONTHLY"],
        year,
        &["2026-01-31T09:00", "2026-03-31T09:00", "2026-05-31T09:00"],
    );
    check(
        &hour("2026-01-30T09:00:00", "UTC"),
        &["RRULE:FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=3"],
        year,
        &["2026-01-30T09:00", "2026-02-27T09:00", "2026-03-31T09:00"],
    );
    check(
        &days("2024-02-29", "2024-03-01"),
        &["RRULE:FREQ=YEARLY"],
        window("2024-01-01", "2033-01-01"),
        &["2024-02-29", "2028-02-29", "2032-02-29"],
    );
    // RFC 5545: the week start decides which week is the second one.
    check(
        &hour("1997-08-05T09:00:00", "America/New_York"),
        &["RRULE:FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO"],
        window("1997-01-01", "1998-01-01"),
        &[
            "1997-08-05T09:00",
            "1997-08-10T09:00",
            "1997-08-19T09:00",
            "1997-08-24T09:00",
        ],
    );
    check(
        &hour("1997-08-05T09:00:00", "America/New_York"),
        &["RRULE:FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU"],
        window("1997-01-01", "1998-01-01"),
        &[
            "1997-08-05T09:00",
            "1997-08-17T09:00",
            "1997-08-19T09:00",
            "1997-08-31T09:00",
        ],
    );
    check(
        &hour("1997-05-12T09:00:00", "America/New_York"),
        &["RRULE:FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO"],
        window("1997-01-01", "2000-01-01"),
        &["1997-05-12T09:00", "1998-05-11T09:00", "1999-05-17T09:00"],
    );
    check(
        &hour("1996-11-05T09:00:00", "America/New_York"),
        &["RRULE:FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8"],
        window("1996-01-01", "2005-01-01"),
        &["1996-11-05T09:00", "2000-11-07T09:00", "2004-11-02T09:00"],
    );
    check(
        &hour("2026-01-01T09:00:00", "UTC"),
        &["RRULE:FREQ=HOURLY;INTERVAL=3;UNTIL=20260101T170000Z"],
        year,
        &["2026-01-01T09:00", "2026-01-01T12:00", "2026-01-01T15:00"],
    );
    check(
        &hour("2026-01-01T09:00:00", "UTC"),
        &["RRULE:FREQ=MINUTELY;INTERVAL=20;BYHOUR=9,16;COUNT=5"],
        year,
        &[
            "2026-01-01T09:00",
            "2026-01-01T09:20",
            "2026-01-01T09:40",
            "2026-01-01T16:00",
            "2026-01-01T16:20",
        ],
    );
}

#[test]
fn week_numbers_reach_over_the_new_year() {
    // 2024-12-30 is Monday of week 1 of 2025; 2020 had 53 weeks.
    check(
        &days("2024-12-30", "2024-12-31"),
        &["RRULE:FREQ=YEARLY;BYWEEKNO=1;BYDAY=MO"],
        window("2024-01-01", "2027-01-01"),
        &["2024-12-30", "2025-12-29"],
    );
    check(
        &days("2020-12-28", "2020-12-29"),
        &["RRULE:FREQ=YEARLY;BYWEEKNO=53;BYDAY=MO"],
        window("2020-01-01", "2027-01-01"),
        &["2020-12-28", "2026-12-28"],
    );
}

#[test]
fn a_weekday_by_itself_and_by_number_are_both_meant() {
    check(
        &days("2026-01-05", "2026-01-06"),
        &["RRULE:FREQ=MONTHLY;BYDAY=MO,1FR;UNTIL=20260131"],
        window("2026-01-01", "2027-01-01"),
        &["2026-01-05", "2026-01-12", "2026-01-19", "2026-01-26"],
    );
    check(
        &days("2026-02-02", "2026-02-03"),
        &["RRULE:FREQ=MONTHLY;BYDAY=MO,1FR;COUNT=5"],
        window("2026-01-01", "2027-01-01"),
        &[
            "2026-02-02",
            "2026-02-06",
            "2026-02-09",
            "2026-02-16",
            "2026-02-23",
        ],
    );
}

#[test]
fn positions_count_from_the_start_of_the_period_even_before_the_series() {
    // A Friday: the second of Tuesday and Friday in its week, although that Tuesday is over.
    check(
        &days("2024-01-05", "2024-01-06"),
        &["RRULE:FREQ=WEEKLY;BYDAY=TU,FR;BYSETPOS=2;COUNT=3"],
        window("2024-01-01", "2025-01-01"),
        &["2024-01-05", "2024-01-12", "2024-01-19"],
    );
}

#[test]
fn what_is_not_rfc_5545_is_an_error() {
    for rule in [
        "RRULE:",
        "RRULE",
        "RRULE:INTERVAL=2",
        "RRULE:FREQ=FORTNIGHTLY",
        "RRULE:FREQ=DAILY;INTERVAL=0",
        "RRULE:FREQ=DAILY;INTERVAL=-1",
        "RRULE:FREQ=DAILY;COUNT=0",
        "RRULE:FREQ=DAILY;COUNT=99999999999",
        "RRULE:FREQ=DAILY;UNTIL=soon",
        "RRULE:FREQ=DAILY;UNTIL=20260230",
        "RRULE:FREQ=WEEKLY;BYDAY=XX",
        "RRULE:FREQ=WEEKLY;BYDAY=é",
        "RRULE:FREQ=MONTHLY;BYDAY=0MO",
        "RRULE:FREQ=MONTHLY;BYMONTHDAY=32",
        "RRULE:FREQ=YEARLY;BYMONTH=13",
        "RRULE:FREQ=YEARLY;BYMONTH=",
        "RRULE:FREQ=YEARLY;BYSETPOS=0",
        "RRULE:FREQ=DAILY;BYHOUR=24",
        "RRULE:FREQ=YEARLY;RSCALE=CHINESE",
        "RRULE:FREQ=YEARLY;BYEASTER=1",
        "RRULE:FREQ",
        "RDATE:2026",
        "RDATE:20260101T9",
        "EXDATE:x",
        "EXDATE:20261301T000000Z",
        "EXDATE:२०२६०१०१",
    ] {
        malformed(rule);
    }
    let error = RecurrenceError::Malformed {
        property: "RRULE",
        reason: "FREQ is missing",
    };
    assert_eq!(
        error.to_string(),
        "the RRULE of the series cannot be read: FREQ is missing"
    );
}

#[test]
fn a_week_that_begins_on_wednesday_is_numbered_by_its_own_year() {
    // 2035-01-03 is the Wednesday of week 1, so the Monday before it ends week 52 of 2034.
    check(
        &days("2033-12-26", "2033-12-27"),
        &["RRULE:FREQ=YEARLY;BYWEEKNO=52;BYDAY=MO;WKST=WE"],
        window("2033-01-01", "2036-01-01"),
        &["2033-12-26", "2035-01-01", "2035-12-31"],
    );
}

#[test]
fn until_as_an_instant_counts_by_instants_on_the_night_of_a_change() {
    let rule = |until: &str| format!("RRULE:FREQ=DAILY;UNTIL={until}");
    // 2:30 does not exist on the 29th: it is 3:30, which is 1:30 in UTC.
    for (until, last) in [
        ("20260329T013000Z", "2026-03-29T03:30"),
        ("20260329T012959Z", "2026-03-28T02:30"),
        ("20260329T010000Z", "2026-03-28T02:30"),
    ] {
        let first = hour("2026-03-27T02:30:00", "Europe/Berlin");
        let within = window("2026-03-01", "2026-05-01");
        let found = expand(&first, &lines(&[&rule(until)]), within, 100).unwrap();
        assert_eq!(
            found.occurrences.last().map(start_of).as_deref(),
            Some(last),
            "{until}"
        );
    }
    // 2:30 comes twice on 25 October, first at 0:30 in UTC; 1:15 is 2:15 for the second time.
    check(
        &hour("2026-10-24T02:30:00", "Europe/Berlin"),
        &[&rule("20261025T011500Z")],
        window("2026-10-01", "2026-12-01"),
        &["2026-10-24T02:30", "2026-10-25T02:30"],
    );
    // Apia had no 30 December 2011; its nine o'clock is that of the 31st.
    check(
        &hour("2011-12-28T09:00:00", "Pacific/Apia"),
        &[&rule("20111230T180000Z")],
        window("2011-12-01", "2012-02-01"),
        &["2011-12-28T09:00", "2011-12-29T09:00"],
    );
}

#[test]
fn a_week_number_without_weekdays_is_the_whole_week() {
    check(
        &days("2026-05-11", "2026-05-12"),
        &["RRULE:FREQ=YEARLY;BYWEEKNO=20;COUNT=8"],
        window("2026-01-01", "2028-01-01"),
        &[
            "2026-05-11",
            "2026-05-12",
            "2026-05-13",
            "2026-05-14",
            "2026-05-15",
            "2026-05-16",
            "2026-05-17",
            "2027-05-17",
        ],
    );
}

#[test]
fn whole_days_have_no_time_of_day() {
    for rule in [
        "RRULE:FREQ=DAILY;COUNT=3;BYHOUR=9,17;BYMINUTE=0,30;BYSECOND=5",
        "RRULE:FREQ=HOURLY;COUNT=60",
    ] {
        check(
            &days("2026-03-28", "2026-03-29"),
            &[rule],
            window("2026-01-01", "2027-01-01"),
            &["2026-03-28", "2026-03-29", "2026-03-30"],
        );
    }
}

#[test]
fn folded_and_lower_case_lines_are_read() {
    check(
        &hour("2026-01-05T09:00:00", "Europe/Berlin"),
        &[
            "rrule:freq=weekly;byday=mo,\r\n we;co\r\n\tunt=4\r\nexdate;tzid=Europe/Ber\r\n lin;value=date-time:20260107\r\n T090000",
        ],
        window("2026-01-01", "2027-01-01"),
        &["2026-01-05T09:00", "2026-01-12T09:00", "2026-01-14T09:00"],
    );
}

/// Whether lists that are skipped at their beginning mean what they mean value by value.
#[test]
fn dates_outside_of_what_is_searched_are_read_like_others() {
    use super::dates::skip_outside;
    let skipped = |list: &str| list.len() - skip_outside(list, 20_260_101, 20_261_231).len();
    for (list, wanted) in [
        ("20250101T000000Z,20270228T235959,x", 33),
        ("20250131T000000,20250430T000000Z", 32),
        ("20250101T000000Z", 16),
        ("20260101T000000Z,20250101T000000", 0),
        ("20261231T000000,", 0),
        ("20270101T000000,", 16),
        ("20251231T000000,20260101T000000", 16),
        // Left to the careful reading.
        ("20250229T000000,", 0),
        ("20250230T000000,", 0),
        ("20250431T000000,", 0),
        ("20251301T000000,", 0),
        ("20250001T000000,", 0),
        ("20250100T000000,", 0),
        ("20250132T000000,", 0),
        ("20250101T240000,", 0),
        ("20250101T006000,", 0),
        ("20250101T000060,", 0),
        ("2025010aT000000,", 0),
        ("20250101T00000/,", 0),
        ("20250101t000000,", 0),
        ("20250101T000000z,", 0),
        ("20250101T000000Z/PT1H,", 0),
        ("20250101,", 0),
        (" 20250101T000000,", 0),
        ("", 0),
        (",", 0),
    ] {
        assert_eq!(skipped(list), wanted, "{list}");
    }
}
