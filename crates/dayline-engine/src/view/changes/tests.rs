//! What a line of the ledger says.

use super::*;

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
