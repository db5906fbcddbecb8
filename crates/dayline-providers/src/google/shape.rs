//! What of Google's event goes into the model; everything else is kept as it came.
//!
//! Names are in the order of bytes: capitals before small letters. `conferenceData`, `colorId` and
//! `eventLabelId` are not among them: the model keeps what they mean, which is less than they say.

use crate::shape::{Fields, Shape};

use Shape::{Count, Flag, Int, List, Object, Text, Words};

/// `Event`. Fields whose use depends on others are judged by the mapping.
pub(crate) const EVENT: Fields = &[
    (
        "attachments",
        List(&Object(&[
            ("fileUrl", Text),
            ("mimeType", Text),
            ("title", Text),
        ])),
    ),
    ("attendees", List(&ATTENDEE)),
    ("description", Text),
    ("end", TIME),
    ("etag", Text),
    (
        "eventType",
        Words(&[
            "default",
            "birthday",
            "focusTime",
            "fromGmail",
            "outOfOffice",
            "workingLocation",
        ]),
    ),
    ("hangoutLink", Text),
    ("htmlLink", Text),
    ("iCalUID", Text),
    ("id", Text),
    ("kind", Words(&["calendar#event"])),
    ("location", Text),
    ("organizer", PARTY),
    ("originalStartTime", TIME),
    ("recurrence", List(&Text)),
    ("recurringEventId", Text),
    (
        "reminders",
        Object(&[("overrides", List(&REMINDER)), ("useDefault", Flag)]),
    ),
    ("start", TIME),
    ("status", Words(&["confirmed", "tentative", "cancelled"])),
    ("summary", Text),
    ("transparency", Words(&["opaque", "transparent"])),
    // Public is more than the default: the calendar itself may be private.
    ("visibility", Words(&["default", "private", "confidential"])),
];

const TIME: Shape = Object(&[("date", Text), ("dateTime", Text), ("timeZone", Text)]);

const PARTY: Shape = Object(&[("displayName", Text), ("email", Text), ("self", Flag)]);

const ATTENDEE: Shape = Object(&[
    ("additionalGuests", Count),
    ("comment", Text),
    ("displayName", Text),
    ("email", Text),
    ("optional", Flag),
    ("organizer", Flag),
    ("resource", Flag),
    (
        "responseStatus",
        Words(&["needsAction", "declined", "tentative", "accepted"]),
    ),
    ("self", Flag),
]);

const REMINDER: Shape = Object(&[("method", Words(&["email", "popup"])), ("minutes", Int)]);
