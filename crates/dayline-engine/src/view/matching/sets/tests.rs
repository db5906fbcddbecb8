//! Overlaps against a naive search, and meetings that are the same.

use chrono::TimeDelta;
use proptest::prelude::*;

use super::*;

fn at(minutes: i64) -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::minutes(minutes)
}

fn span(event: i64, calendar: i64, start: i64, length: i64) -> SpanRow {
    SpanRow {
        event: EventId(event),
        calendar: CalendarId(calendar),
        all_day: false,
        start: at(start),
        end: at(start + length),
        is_series: false,
        show_as: ShowAs::Busy,
        status: Status::Confirmed,
        response: ParticipationStatus::None,
        ical_uid: None,
        title: format!("Event {event}"),
        organizer: None,
    }
}

fn is_same(one: &SpanRow, two: &SpanRow) -> bool {
    let mut meetings = Meetings::default();
    meetings.find(one) == meetings.find(two)
}

#[test]
fn a_meeting_is_known_by_its_uid_or_by_its_looks() {
    let with_uid = |event, calendar, start, uid: &str| SpanRow {
        ical_uid: Some(uid.to_owned()),
        ..span(event, calendar, start, 30)
    };
    let series = |event, calendar, start, uid: &str| SpanRow {
        is_series: true,
        ..with_uid(event, calendar, start, uid)
    };
    let titled = |event, calendar, start, title: &str, organizer: Option<&str>| SpanRow {
        title: title.to_owned(),
        organizer: organizer.map(str::to_owned),
        ..span(event, calendar, start, 30)
    };
    let own = |event, calendar, address: &str| SpanRow {
        response: ParticipationStatus::Organizer,
        ..titled(event, calendar, 0, "own", Some(address))
    };
    for (what, one, two, same) in [
        (
            "one UID",
            with_uid(1, 1, 0, "u"),
            with_uid(2, 2, 0, "u"),
            true,
        ),
        (
            "moved in one of them",
            with_uid(1, 1, 0, "u"),
            with_uid(2, 2, 90, "u"),
            true,
        ),
        (
            "two UIDs",
            with_uid(1, 1, 0, "u"),
            with_uid(2, 2, 0, "v"),
            false,
        ),
        (
            "one calendar",
            with_uid(1, 1, 0, "u"),
            with_uid(2, 1, 0, "u"),
            false,
        ),
        (
            "one series",
            series(1, 1, 0, "u"),
            series(2, 2, 0, "u"),
            true,
        ),
        (
            "other days of it",
            series(1, 1, 0, "u"),
            series(2, 2, 1440, "u"),
            false,
        ),
        (
            "invited to one day",
            series(1, 1, 0, "u"),
            with_uid(2, 2, 0, "u"),
            true,
        ),
        (
            "one look",
            titled(1, 1, 0, "Größe", Some("Ada@example.com")),
            titled(2, 2, 0, "grosse", Some("ada@example.com")),
            true,
        ),
        (
            "another title",
            titled(1, 1, 0, "a", None),
            titled(2, 2, 0, "b", None),
            false,
        ),
        (
            "another time",
            titled(1, 1, 0, "a", None),
            titled(2, 2, 1, "a", None),
            false,
        ),
        (
            "another organizer",
            titled(1, 1, 0, "a", Some("x@example.com")),
            titled(2, 2, 0, "a", None),
            false,
        ),
        (
            "organized by the user with two addresses",
            own(1, 1, "me@example.com"),
            own(2, 2, "me@example.org"),
            true,
        ),
        (
            "invited by the own other account",
            own(1, 1, "me@example.com"),
            titled(2, 2, 0, "own", Some("me@example.com")),
            true,
        ),
        (
            "invited by somebody else",
            own(1, 1, "me@example.com"),
            titled(2, 2, 0, "own", Some("you@example.com")),
            false,
        ),
    ] {
        assert_eq!(is_same(&one, &two), same, "{what}");
    }
}

#[test]
fn outlooks_uids_are_compared_without_the_day_and_with_what_they_hold() {
    let id = |date: &str| {
        format!(
            "040000008200E00074C5B7101A82E008{date}B0F0A6D7C1D0DA01000000000000000010000000AABBCCDDEEFF00112233445566778899"
        )
    };
    assert_eq!(plain_uid(&id("07EA0B14")), plain_uid(&id("00000000")));
    assert_eq!(
        plain_uid(&id("00000000")),
        plain_uid(&id("00000000").to_ascii_lowercase())
    );
    let foreign = "abc123@google.com";
    // Date, time and reserve, the length, the mark, the text.
    let wrapped = format!(
        "040000008200E00074C5B7101A82E008{}1E0000007643616C2D55696401000000{}00",
        "0".repeat(40),
        "61626331323340676F6F676C652E636F6D",
    );
    for (uid, plain) in [
        (wrapped.as_str(), foreign),
        (foreign, foreign),
        ("", ""),
        (
            "040000008200E00074C5B7101A82E008",
            "040000008200e00074c5b7101a82e008",
        ),
        (
            "040000008200E00074C5B7101A82E008é",
            "040000008200e00074c5b7101a82e008é",
        ),
    ] {
        assert_eq!(plain_uid(uid), plain, "{uid}");
    }
}

#[test]
fn what_takes_no_time_is_no_conflict() {
    type Change = fn(&mut SpanRow);
    let table: &[(&str, Change, bool)] = &[
        ("busy", |_| {}, true),
        ("tentative", |span| span.show_as = ShowAs::Tentative, true),
        (
            "out of office",
            |span| span.show_as = ShowAs::OutOfOffice,
            true,
        ),
        ("free", |span| span.show_as = ShowAs::Free, false),
        (
            "elsewhere",
            |span| span.show_as = ShowAs::WorkingElsewhere,
            false,
        ),
        (
            "declined",
            |span| span.response = ParticipationStatus::Declined,
            false,
        ),
        ("cancelled", |span| span.status = Status::Cancelled, false),
        ("all day", |span| span.all_day = true, false),
        ("a moment", |span| span.end = span.start, false),
    ];
    for (what, change, expected) in table {
        let mut one = span(1, 1, 0, 60);
        change(&mut one);
        assert_eq!(takes_time(&one), *expected, "{what}");
    }
}

fn busy(spans: &[(i64, i64, usize)]) -> Vec<Busy> {
    (0..)
        .zip(spans)
        .map(|(event, (start, length, meeting))| Busy {
            key: (EventId(event), at(*start)),
            end: at(start + length),
            meeting: *meeting,
        })
        .collect()
}

proptest! {
    #[test]
    fn conflicts_are_what_a_naive_search_finds(
        spans in proptest::collection::vec((0..60_i64, 1..30_i64, 0..6_usize), 0..14),
    ) {
        let busy = busy(&spans);
        let naive: BTreeSet<Key> = busy
            .iter()
            .filter(|one| {
                busy.iter().any(|two| {
                    one.meeting != two.meeting && one.key.1 < two.end && two.key.1 < one.end
                })
            })
            .map(|one| one.key)
            .collect();
        prop_assert_eq!(conflicts(busy), naive);
    }
}
