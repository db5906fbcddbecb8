//! What a line of the ledger says.

use dayline_store::ChangedField;

use super::words::{person, quoted, span_when, words};

#[test]
fn changes_are_told_as_people_say_them() {
    use ChangedField::{
        Attendee, Description, Importance, Link, Location, Recurrence, Response, Status, Time,
        Title,
    };
    let nine = "2026-11-23T08:00:00Z/2026-11-23T09:00:00Z";
    for (field, before, after, expected) in [
        (
            Time,
            Some(nine),
            Some("2026-11-24T13:00:00Z/2026-11-24T13:30:00Z"),
            "moved from 2026-11-23 09:00–10:00 to 2026-11-24 14:00–14:30",
        ),
        (
            Time,
            Some(nine),
            Some("2026-11-23T08:00:00Z/2026-11-23T10:30:00Z"),
            "now ends 11:30, not 10:00",
        ),
        (
            Time,
            Some(nine),
            Some("2026-11-23T08:00:00Z/2026-11-24T10:30:00Z"),
            "now ends 2026-11-24 11:30, not 2026-11-23 10:00",
        ),
        (
            Time,
            Some("2026-11-23/2026-11-24"),
            Some("2026-11-23/2026-11-26"),
            "now ends 2026-11-25, not 2026-11-23",
        ),
        (
            Time,
            Some("2026-11-23/2026-11-24"),
            Some("2026-11-24T22:30:00Z/2026-11-24T23:30:00Z"),
            "moved from 2026-11-23 to 2026-11-24 23:30 to 2026-11-25 00:30",
        ),
        (Time, Some("what?"), Some(nine), "moved"),
        (
            Recurrence,
            None,
            Some("RRULE:FREQ=DAILY"),
            "became a series",
        ),
        (
            Recurrence,
            Some("RRULE:FREQ=DAILY"),
            None,
            "no longer repeats",
        ),
        (Recurrence, Some("a"), Some("b"), "repeats otherwise"),
        (Status, Some("confirmed"), Some("cancelled"), "cancelled"),
        (Status, Some("confirmed"), Some("deleted"), "deleted"),
        (
            Status,
            Some("confirmed"),
            Some("tentative"),
            "no longer certain",
        ),
        (
            Status,
            Some("cancelled"),
            Some("confirmed"),
            "takes place after all",
        ),
        (Status, Some("tentative"), Some("confirmed"), "confirmed"),
        (Title, Some("a"), Some("b"), "now called “b”"),
        (Title, Some("a"), Some(""), "has no title any more"),
        (
            Location,
            Some("a\nb"),
            Some("c"),
            "place changed from “a b” to “c”",
        ),
        (Location, None, Some("c"), "place added: “c”"),
        (Location, Some("a"), None, "place removed: “a”"),
        (Description, Some("a"), Some("b"), "description changed"),
        (
            Importance,
            Some("normal"),
            Some("high"),
            "importance is now high",
        ),
        (
            Response,
            Some("needs_action"),
            Some("accepted"),
            "your answer: accepted",
        ),
        (
            Response,
            Some("accepted"),
            Some("needs_action"),
            "your answer: none yet",
        ),
        (
            Attendee,
            Some("needs_action ada@example.com"),
            Some("declined ada@example.com"),
            "ada@example.com declined",
        ),
        (
            Attendee,
            None,
            Some("needs_action Room 1"),
            "Room 1 invited",
        ),
        (
            Attendee,
            None,
            Some("accepted Room 1"),
            "Room 1 invited, accepted",
        ),
        (
            Attendee,
            Some("accepted Room 1"),
            None,
            "Room 1 no longer invited",
        ),
        (Link, None, Some("https://example.com"), "join link added"),
        (Link, Some("a"), Some("b"), "join link changed"),
    ] {
        let said = words(field, before, after, chrono_tz::Europe::Berlin);
        assert_eq!(said, expected, "{field:?} {before:?} {after:?}");
    }
    assert_eq!(quoted(&"x".repeat(100)), format!("“{}…”", "x".repeat(80)));
}

#[test]
fn a_guest_is_named_whichever_side_has_a_line() {
    for (before, after, expected) in [
        (
            Some("accepted a@b.c"),
            Some("declined a@b.c"),
            Some("a@b.c"),
        ),
        (None, Some("needs_action Room 1"), Some("Room 1")),
        (Some("accepted Room 1"), None, Some("Room 1")),
        (Some("a@b.c"), None, Some("a@b.c")),
        (None, None, None),
    ] {
        assert_eq!(person(before, after), expected, "{before:?} {after:?}");
    }
}

#[test]
fn a_span_that_is_not_understood_is_nowhere() {
    let zone = chrono_tz::Europe::Berlin;
    for (text, expected) in [
        (
            "2026-11-23T08:00:00Z/2026-11-23T09:30:00Z",
            Some((20_780, 1, 540, 630)),
        ),
        ("2026-11-23/2026-11-26", Some((20_780, 3, 0, 1440))),
        ("2026-11-23/2026-11-23", Some((20_780, 1, 0, 1440))),
        ("2026-11-23/2026-11-23T09:00:00Z", None),
        ("soon/later", None),
        ("", None),
    ] {
        let when = span_when(text, zone);
        let told = when.map(|when| (when.day, when.days, when.start_minute, when.end_minute));
        assert_eq!(told, expected, "{text}");
    }
}
