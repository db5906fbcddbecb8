//! What of Graph's event goes into the model; everything else is kept as it came.
//!
//! Names are in the order of bytes: capitals before small letters, `@` before both.

use crate::shape::{Fields, Shape};

use Shape::{Count, Derived, Flag, Int, List, Moment, Never, Nothing, Object, Text, Words};

/// `event`. Fields whose use depends on others are judged by the mapping.
pub(crate) const EVENT: Fields = &[
    ("@microsoft.graph.tips", Derived),
    ("@odata.context", Derived),
    ("@odata.etag", Text),
    ("@odata.id", Derived),
    ("@odata.type", Derived),
    ("attendees", List(&ATTENDEE)),
    ("body", Object(BODY)),
    // The beginning of the body.
    ("bodyPreview", Text),
    ("calendar@odata.associationLink", Derived),
    ("calendar@odata.navigationLink", Derived),
    ("cancelledOccurrences", Nothing),
    ("categories", List(&Text)),
    ("changeKey", Text),
    ("end", Object(TIME)),
    ("hasAttachments", Flag),
    ("iCalUId", Text),
    ("id", Text),
    ("importance", Words(&["low", "normal", "high"])),
    ("isAllDay", Flag),
    ("isCancelled", Flag),
    ("isOrganizer", Flag),
    ("isReminderOn", Flag),
    ("location", LOCATION),
    ("locations", List(&LOCATION)),
    ("onlineMeeting", Object(ONLINE_MEETING)),
    ("onlineMeetingProvider", Words(&["teamsForBusiness"])),
    ("onlineMeetingUrl", Text),
    ("organizer", Object(RECIPIENT)),
    ("originalEndTimeZone", Text),
    ("originalStart", Moment),
    ("originalStartTimeZone", Text),
    ("recurrence", Object(RECURRENCE)),
    ("reminderMinutesBeforeStart", Int),
    ("responseStatus", Object(OWN_RESPONSE)),
    (
        "sensitivity",
        Words(&["normal", "personal", "private", "confidential"]),
    ),
    ("seriesMasterId", Text),
    (
        "showAs",
        Words(&["free", "tentative", "busy", "oof", "workingElsewhere"]),
    ),
    ("start", Object(TIME)),
    ("subject", Text),
    (
        "type",
        Words(&["singleInstance", "occurrence", "exception", "seriesMaster"]),
    ),
    ("webLink", Text),
];

const TIME: Fields = &[("dateTime", Text), ("timeZone", Text)];

const BODY: Fields = &[
    ("content", Text),
    // The one word whose case is not heeded.
    (
        "contentType",
        Words(&["text", "html", "Text", "HTML", "TEXT"]),
    ),
];

const EMAIL_ADDRESS: Fields = &[("address", Text), ("name", Text)];

const RECIPIENT: Fields = &[("emailAddress", Object(EMAIL_ADDRESS))];

const RESPONSES: Shape = Words(&[
    "none",
    "organizer",
    "tentativelyAccepted",
    "accepted",
    "declined",
    "notResponded",
]);

/// The model keeps the user's answer, but not when it was given.
const OWN_RESPONSE: Fields = &[("response", RESPONSES), ("time", Never)];

const ATTENDEE: Shape = Object(&[
    ("emailAddress", Object(EMAIL_ADDRESS)),
    (
        "status",
        Object(&[("response", RESPONSES), ("time", Moment)]),
    ),
    ("type", Words(&["required", "optional", "resource"])),
]);

const LOCATION: Shape = Object(&[
    ("address", Object(ADDRESS)),
    ("coordinates", Nothing),
    ("displayName", Text),
    ("locationEmailAddress", Text),
    ("locationType", Words(&["default"])),
    ("locationUri", Text),
    // Outlook repeats the name of a place that somebody typed.
    ("uniqueId", Text),
    ("uniqueIdType", Words(&["unknown", "private"])),
]);

const ADDRESS: Fields = &[
    ("city", Text),
    ("countryOrRegion", Text),
    ("postalCode", Text),
    ("state", Text),
    ("street", Text),
];

/// The first number of several stands for all, so lists of them are kept.
const ONLINE_MEETING: Fields = &[
    ("conferenceId", Text),
    ("joinUrl", Text),
    ("phones", Nothing),
    ("quickDial", Text),
    ("tollFreeNumbers", Nothing),
    ("tollNumber", Text),
];

const DAYS: Shape = Words(&[
    "sunday",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
]);

const RECURRENCE: Fields = &[
    (
        "pattern",
        Object(&[
            ("dayOfMonth", Count),
            ("daysOfWeek", List(&DAYS)),
            ("firstDayOfWeek", DAYS),
            (
                "index",
                Words(&["first", "second", "third", "fourth", "last"]),
            ),
            ("interval", Count),
            ("month", Count),
            (
                "type",
                Words(&[
                    "daily",
                    "weekly",
                    "absoluteMonthly",
                    "relativeMonthly",
                    "absoluteYearly",
                    "relativeYearly",
                ]),
            ),
        ]),
    ),
    (
        "range",
        Object(&[
            ("endDate", Text),
            ("numberOfOccurrences", Count),
            ("recurrenceTimeZone", Text),
            ("startDate", Text),
            ("type", Words(&["endDate", "noEnd", "numbered"])),
        ]),
    ),
];
