//! Where occurrences stand in a reader's zone.

use chrono::{NaiveDate, NaiveDateTime, TimeZone};
use dayline_model::{
    AccountId, CalendarId, EventId, Importance, ParticipationStatus, ProviderKind, Status,
};

use super::super::date_of;
use super::*;

fn row(start: DateTime<Utc>, end: DateTime<Utc>, all_day: bool) -> OccurrenceRow {
    OccurrenceRow {
        calendar: CalendarId(1),
        account: AccountId(1),
        provider: ProviderKind::Google,
        account_email: String::new(),
        calendar_name: String::new(),
        calendar_color: String::new(),
        own_color: None,
        event: EventId(1),
        instance_id: "i".to_owned(),
        all_day,
        start,
        end,
        title: String::new(),
        location: None,
        status: Status::Confirmed,
        show_as: dayline_model::ShowAs::Busy,
        response: ParticipationStatus::None,
        importance: Importance::Normal,
        series_id: None,
        is_teams: false,
        join_url: None,
        join_service: None,
        conference_id: None,
        dial_in_url: None,
        organizer: None,
        html_link: None,
        categories: Vec::new(),
    }
}

fn utc(text: &str) -> DateTime<Utc> {
    Utc.from_utc_datetime(&text.parse::<NaiveDateTime>().unwrap())
}

/// `first day, days, start, end` of something with times.
#[track_caller]
fn check(zone: &str, start: &str, end: &str, expected: (&str, i32, &str, &str)) {
    let place = WhenView::of((utc(start), utc(end)), false, zone.parse().unwrap());
    let clock = |minute: i32| format!("{:02}:{:02}", minute / 60, minute % 60);
    let day = date_of(place.day).unwrap().to_string();
    assert_eq!(
        (
            day.as_str(),
            place.days,
            clock(place.start_minute).as_str(),
            clock(place.end_minute).as_str()
        ),
        expected,
        "{start} to {end} in {zone}"
    );
}

#[test]
fn an_occurrence_stands_where_the_readers_clock_has_it() {
    let (start, end) = ("2026-11-20T22:30:00", "2026-11-20T23:30:00");
    check("UTC", start, end, ("2026-11-20", 1, "22:30", "23:30"));
    check(
        "America/New_York",
        start,
        end,
        ("2026-11-20", 1, "17:30", "18:30"),
    );
    check(
        "Asia/Kolkata",
        start,
        end,
        ("2026-11-21", 1, "04:00", "05:00"),
    );
    check(
        "Pacific/Kiritimati",
        start,
        end,
        ("2026-11-21", 1, "12:30", "13:30"),
    );
    check(
        "Europe/Berlin",
        start,
        end,
        ("2026-11-20", 2, "23:30", "00:30"),
    );
}

#[test]
fn an_end_at_midnight_belongs_to_the_day_before() {
    let zone = "Europe/Berlin";
    let midnight = "2026-11-20T23:00:00";
    check(
        zone,
        "2026-11-20T21:00:00",
        midnight,
        ("2026-11-20", 1, "22:00", "24:00"),
    );
    check(
        zone,
        "2026-11-18T23:00:00",
        midnight,
        ("2026-11-19", 2, "00:00", "24:00"),
    );
    check(
        zone,
        midnight,
        "2026-11-20T23:30:00",
        ("2026-11-21", 1, "00:00", "00:30"),
    );
    // Without length there is no day before it.
    check(
        zone,
        midnight,
        midnight,
        ("2026-11-21", 1, "00:00", "00:00"),
    );
}

#[test]
fn several_days_count_from_the_first_to_the_last_one_touched() {
    check(
        "UTC",
        "2026-11-20T22:00:00",
        "2026-11-23T06:00:00",
        ("2026-11-20", 4, "22:00", "06:00"),
    );
}

#[test]
fn on_days_of_a_clock_change_the_wall_counts() {
    let zone = "Europe/Berlin";
    // 02:00 to 03:00 does not exist on this day.
    check(
        zone,
        "2026-03-29T00:30:00",
        "2026-03-29T01:30:00",
        ("2026-03-29", 1, "01:30", "03:30"),
    );
    // 02:00 to 03:00 comes twice on this one, and nothing ends before it begins.
    check(
        zone,
        "2026-10-25T00:45:00",
        "2026-10-25T01:15:00",
        ("2026-10-25", 1, "02:45", "02:45"),
    );
    check(
        zone,
        "2026-10-24T22:00:00",
        "2026-10-25T23:00:00",
        ("2026-10-25", 1, "00:00", "24:00"),
    );
    // Midnight itself does not exist here.
    check(
        "America/Santiago",
        "2026-09-06T04:00:00",
        "2026-09-06T05:00:00",
        ("2026-09-06", 1, "01:00", "02:00"),
    );
}

#[test]
fn whole_days_stand_on_their_dates_in_every_zone() {
    for zone in ["UTC", "Pacific/Kiritimati", "Pacific/Pago_Pago"] {
        let zone = zone.parse().unwrap();
        let row = row(utc("2026-11-20T00:00:00"), utc("2026-11-22T00:00:00"), true);
        let place = WhenView::of((row.start, row.end), true, zone);
        let day: NaiveDate = "2026-11-20".parse().unwrap();
        assert_eq!((place.day, place.days), (day_number(day), 2));
        assert_eq!((place.start_minute, place.end_minute), (0, 1440));
        assert_eq!(occurrence_view(&row, zone).start_utc, None);
    }
}
