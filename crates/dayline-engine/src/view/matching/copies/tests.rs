//! Meetings that are the same, and which of their copies stands for the others.

use chrono::TimeDelta;
use dayline_model::{Calendar, Importance, ProviderCalendarId, ShowAs, Status};
use proptest::prelude::*;

use super::*;

fn at(minutes: i64) -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::minutes(minutes)
}

pub(in crate::view) fn span(event: i64, calendar: i64, start: i64, length: i64) -> SpanRow {
    SpanRow {
        event: EventId(event),
        calendar: CalendarId(calendar),
        is_own: true,
        instance_id: format!("e{event}"),
        all_day: false,
        start: at(start),
        end: at(start + length),
        is_series: false,
        show_as: ShowAs::Busy,
        status: Status::Confirmed,
        response: ParticipationStatus::None,
        ical_uid: None,
        title: format!("Event {event}"),
        organizer: Some("ada@example.com".to_owned()),
        importance: Importance::Normal,
        is_teams: false,
        has_link: false,
        color: String::new(),
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
    let of_others = |event, calendar, address: &str| SpanRow {
        is_own: false,
        ..own(event, calendar, address)
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
            false,
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
            titled(1, 1, 0, "a", Some("x@example.com")),
            titled(2, 2, 0, "b", Some("x@example.com")),
            false,
        ),
        (
            "another time",
            titled(1, 1, 0, "a", Some("x@example.com")),
            titled(2, 2, 1, "a", Some("x@example.com")),
            false,
        ),
        (
            "nobody's",
            titled(1, 1, 0, "a", None),
            titled(2, 2, 0, "a", None),
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
            "organized by two colleagues",
            of_others(1, 1, "ada@example.com"),
            of_others(2, 2, "bob@example.com"),
            false,
        ),
        (
            "organized by the user and by a colleague",
            own(1, 1, "me@example.com"),
            of_others(2, 2, "bob@example.com"),
            false,
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
    let moved = (with_uid(1, 1, 0, "u"), with_uid(2, 2, 90, "u"));
    let mut meetings = Meetings::default();
    let ever = (meetings.find_ever(&moved.0), meetings.find_ever(&moved.1));
    assert_eq!(
        ever,
        (0, 0),
        "moved in one of them, and no conflict with it"
    );
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

fn calendars(can_edit: &[bool]) -> Vec<CalendarRow> {
    let calendar = |(number, can_edit): (i64, &bool)| CalendarRow {
        id: CalendarId(number),
        account: dayline_model::AccountId(1),
        calendar: Calendar {
            id: ProviderCalendarId(number.to_string()),
            name: String::new(),
            color: String::new(),
            is_primary: false,
            can_edit: *can_edit,
            access_role: String::new(),
            owner: None,
            delegate_email: None,
            can_push: false,
            zone: None,
            is_selected: true,
            default_reminders: Vec::new(),
        },
        is_connected: true,
        is_visible: true,
        last_synced_at: None,
        last_error: None,
    };
    (1..).zip(can_edit).map(calendar).collect()
}

/// A copy of one meeting in a calendar, whose number its event has too.
fn copy(calendar: i64, response: ParticipationStatus) -> SpanRow {
    SpanRow {
        response,
        title: "Review".to_owned(),
        ..span(calendar, calendar, 0, 30)
    }
}

fn key(span: &SpanRow) -> Key {
    (span.event, span.start)
}

#[test]
fn the_best_copy_was_answered_or_can_be_edited_or_comes_first() {
    use ParticipationStatus::{Accepted, NeedsAction, None, Organizer};
    let elsewhere = |span: SpanRow| SpanRow {
        is_own: false,
        ..span
    };
    for (what, spans, can_edit, best) in [
        (
            "answered",
            [copy(1, NeedsAction), copy(2, Accepted), copy(3, None)],
            [true, false, true],
            2,
        ),
        (
            "answered by a colleague",
            [
                copy(1, NeedsAction),
                elsewhere(copy(2, Accepted)),
                copy(3, None),
            ],
            [false, false, true],
            3,
        ),
        (
            "answered twice",
            [copy(1, NeedsAction), copy(2, Organizer), copy(3, Accepted)],
            [true, false, true],
            3,
        ),
        (
            "can be edited",
            [copy(1, None), copy(2, NeedsAction), copy(3, None)],
            [false, true, true],
            2,
        ),
        (
            "first",
            [copy(1, None), copy(2, None), copy(3, None)],
            [false; 3],
            1,
        ),
    ] {
        let calendars = calendars(&can_edit);
        let mut turned = spans.clone();
        turned.reverse();
        for mut order in [spans.clone(), turned] {
            let copies = Copies::among(&order, &calendars);
            let mut kept = order.to_vec();
            copies.merge(&mut kept, key);
            let kept: Vec<i64> = kept.iter().map(|span| span.calendar.0).collect();
            assert_eq!(kept, [best], "{what}");
            order.rotate_left(1);
            assert_eq!(Copies::among(&order, &calendars), copies, "{what}");
        }
    }
}

#[test]
fn of_copies_that_a_filter_took_away_the_best_one_left_stands_for_all() {
    let all = [1, 2, 3].map(|calendar| copy(calendar, ParticipationStatus::None));
    let copies = Copies::among(&all, &calendars(&[true; 3]));
    let mut passing = vec![all[2].clone(), all[1].clone()];
    copies.merge(&mut passing, key);
    assert_eq!(passing, [all[1].clone()]);
    let others: Vec<&SpanRow> = copies.others(key(&all[1])).collect();
    assert_eq!(others, [&all[0], &all[2]]);
    let alone = span(9, 1, 0, 30);
    assert_eq!(copies.others(key(&alone)).count(), 0);
}

proptest! {
    #[test]
    fn merging_keeps_one_of_each_meeting_and_all_that_stands_alone(
        drawn in proptest::collection::vec((1..5_i64, 0..3_i64, 0..3_u8, 0..3_u8, any::<bool>()), 0..16),
    ) {
        let spans: Vec<SpanRow> = (0..)
            .zip(&drawn)
            .map(|(event, (calendar, start, title, uid, answered))| SpanRow {
                title: format!("t{title}"),
                ical_uid: (*uid > 0).then(|| format!("u{uid}")),
                response: if *answered {
                    ParticipationStatus::Accepted
                } else {
                    ParticipationStatus::NeedsAction
                },
                ..span(event, *calendar, *start, 30)
            })
            .collect();
        let calendars = calendars(&[true, false, true, false]);
        let copies = Copies::among(&spans, &calendars);
        let mut kept = spans.clone();
        copies.merge(&mut kept, key);
        // Whatever the order in which rows are found.
        let turned: Vec<SpanRow> = spans.iter().rev().cloned().collect();
        prop_assert_eq!(&Copies::among(&turned, &calendars), &copies);
        for one in &spans {
            let others: Vec<&SpanRow> = copies.others(key(one)).collect();
            let in_calendars: BTreeSet<CalendarId> =
                others.iter().map(|other| other.calendar).chain([one.calendar]).collect();
            prop_assert_eq!(in_calendars.len(), others.len() + 1, "once in a calendar");
            prop_assert!(others.iter().all(|other| other.start == one.start));
            let stands = others.iter().copied().chain([one]).filter(|one| kept.contains(one));
            prop_assert_eq!(stands.count(), 1);
            // Nothing is a copy that shares nothing with another one.
            let shares = |other: &SpanRow| {
                other.calendar != one.calendar && marks(other).iter().any(|mark| marks(one).contains(mark))
            };
            let has_any = spans.iter().any(shares);
            prop_assert!(others.is_empty() || has_any);
        }
    }
}
