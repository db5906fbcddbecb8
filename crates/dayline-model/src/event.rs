//! An event as a provider confirms it, in words that every provider shares.

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use serde::{Deserialize, Serialize};

use crate::ids::{Etag, ProviderCalendarId, ProviderEventId};
use crate::zone::Zone;

/// A local time with the zone it was written in. The local time is the truth; the instant is
/// derived, and derived anew when the zone database changes.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ZonedTime {
    /// Wall time in `zone`.
    pub local: NaiveDateTime,
    /// The zone, kept as written even if nobody knows it.
    pub zone: Zone,
}

impl ZonedTime {
    /// The instant: in a gap the one after it, in a fold the first; an unknown zone counts as UTC.
    pub fn utc(&self) -> DateTime<Utc> {
        self.zone.to_utc(self.local)
    }

    /// The wall time of `instant` in `zone`.
    pub fn at(instant: DateTime<Utc>, zone: Zone) -> Self {
        Self {
            local: zone.local(instant),
            zone,
        }
    }
}

/// When an event takes place.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum When {
    /// Whole days, floating: dates are never converted.
    AllDay {
        /// First day.
        start: NaiveDate,
        /// The day after the last one; later than `start`.
        end: NaiveDate,
    },
    /// From an instant to another.
    Timed {
        /// Start.
        start: ZonedTime,
        /// End, exclusive; not before the start.
        end: ZonedTime,
    },
}

/// What part an event plays in a series.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum EventKind {
    /// Happens once.
    Single,
    /// Stands for a series.
    SeriesMaster {
        /// RFC 5545 content lines without DTSTART: RRULE, RDATE, EXDATE, EXRULE.
        recurrence: Vec<String>,
    },
    /// Replaces one occurrence of a series.
    Exception {
        /// The master's id.
        series: ProviderEventId,
        /// Where the occurrence stood: RECURRENCE-ID. `None` where the provider did not tell.
        original_start: Option<OriginalStart>,
    },
}

/// RECURRENCE-ID: where an exception's occurrence stood in its series.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum OriginalStart {
    /// Of a timed series.
    Instant(DateTime<Utc>),
    /// Of an all-day series.
    Date(NaiveDate),
}

impl OriginalStart {
    /// The instant; a date counts as its midnight in UTC.
    pub fn instant(&self) -> DateTime<Utc> {
        match self {
            Self::Instant(instant) => *instant,
            Self::Date(date) => date.and_time(NaiveTime::MIN).and_utc(),
        }
    }
}

/// RFC 5545 STATUS of a VEVENT.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum Status {
    /// Not certain.
    Tentative,
    /// It takes place.
    #[default]
    Confirmed,
    /// Called off. As an exception: this occurrence does not take place.
    Cancelled,
}

/// What the event does to the user's availability; RFC 5545 TRANSP, refined as Outlook does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum ShowAs {
    /// Free.
    Free,
    /// Tentative.
    Tentative,
    /// Busy.
    #[default]
    Busy,
    /// Out of office.
    OutOfOffice,
    /// Working elsewhere.
    WorkingElsewhere,
}

/// RFC 5545 CLASS, with Outlook's fourth value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum Sensitivity {
    /// Public, or the calendar's default.
    #[default]
    Normal,
    /// Personal.
    Personal,
    /// Private.
    Private,
    /// Confidential.
    Confidential,
}

/// Importance. Google and iCalendar without PRIORITY know none: that is normal.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
pub enum Importance {
    /// Low.
    Low,
    /// Normal.
    #[default]
    Normal,
    /// High.
    High,
}

/// RFC 5545 PARTSTAT, with the two cases in which nobody was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum ParticipationStatus {
    /// Nobody asked.
    #[default]
    None,
    /// The person organises it.
    Organizer,
    /// ACCEPTED.
    Accepted,
    /// TENTATIVE.
    Tentative,
    /// DECLINED.
    Declined,
    /// NEEDS-ACTION.
    NeedsAction,
}

/// Somebody with a name, an address, or both.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub struct Person {
    /// Display name.
    pub name: Option<String>,
    /// Mail address.
    pub email: Option<String>,
}

/// RFC 5545 ROLE and CUTYPE, as far as people tell them apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum AttendeeRole {
    /// Must come.
    #[default]
    Required,
    /// Need not come.
    Optional,
    /// A room or a thing.
    Resource,
}

/// Somebody invited.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub struct Attendee {
    /// Who.
    pub person: Person,
    /// Their part.
    pub role: AttendeeRole,
    /// Their answer.
    pub status: ParticipationStatus,
    /// What they wrote with their answer.
    pub comment: Option<String>,
    /// How many people they bring along.
    pub additional_guests: u32,
    /// When they answered, where the provider tells.
    pub answered_at: Option<DateTime<Utc>>,
}

/// One of the places of an event.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub struct Place {
    /// Name.
    pub name: Option<String>,
    /// Postal address on one line.
    pub address: Option<String>,
    /// A link that stands for the place, unchecked.
    pub uri: Option<String>,
    /// Mail address of a room.
    pub email: Option<String>,
}

/// How somebody is reminded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum ReminderMethod {
    /// On the screen; RFC 5545 VALARM with ACTION:DISPLAY.
    Popup,
    /// By mail, which the provider sends.
    Email,
}

/// A reminder of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Reminder {
    /// How.
    pub method: ReminderMethod,
    /// Minutes before the start; negative ones come after it.
    pub minutes: i32,
}

/// The reminders of an event.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub struct Reminders {
    /// Those of its calendar hold, beside its own.
    pub use_default: bool,
    /// Its own, in the provider's order.
    pub own: Vec<Reminder>,
}

/// Something attached to an event: its name and where it is, never its content.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub struct Attachment {
    /// Name.
    pub name: String,
    /// Where it can be opened, unchecked; `None` where only the event's page leads to it.
    pub url: Option<String>,
    /// Media type.
    pub media_type: Option<String>,
    /// Size in bytes.
    pub size: Option<i64>,
}

/// What kind of event it is at its provider. Outlook knows only the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum EventType {
    /// A regular event.
    #[default]
    Default,
    /// Time to work without being disturbed.
    FocusTime,
    /// Out of office.
    OutOfOffice,
    /// Where somebody works on a day.
    WorkingLocation,
    /// A birthday or another day of the year.
    Birthday,
    /// Made from a mail, such as a flight.
    FromGmail,
}

/// A description.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Body {
    /// Untrusted HTML.
    Html(String),
    /// Plain text.
    Text(String),
}

/// A link that the provider gave as structured data.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct MeetingLink {
    /// The link, unchecked.
    pub url: String,
    /// Which field it came from, such as `onlineMeeting` or `conferenceData`.
    pub source: String,
}

/// What the provider tells about an online meeting.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub struct OnlineMeeting {
    /// Join links in the provider's order.
    pub links: Vec<MeetingLink>,
    /// True if the provider says that it is a Microsoft Teams meeting.
    pub is_teams: bool,
    /// PSTN conference id.
    pub conference_id: Option<String>,
    /// Dial-in number, as text.
    pub dial_in: Option<String>,
    /// A page with dial-in numbers, or a tel link.
    pub dial_in_url: Option<String>,
    /// Meeting id, where given as data.
    pub meeting_id: Option<String>,
    /// Passcode, where given as data.
    pub passcode: Option<String>,
}

/// The last state of an event that its provider confirmed.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Event {
    /// The provider's id.
    pub id: ProviderEventId,
    /// RFC 5545 UID, or what the provider gives for it.
    pub ical_uid: Option<String>,
    /// Its part in a series.
    pub kind: EventKind,
    /// Title; empty if it has none.
    pub title: String,
    /// Description.
    pub body: Option<Body>,
    /// What kind of event it is at its provider.
    pub event_type: EventType,
    /// Place, as one line.
    pub location: Option<String>,
    /// The places behind that line, where the provider tells them apart.
    pub places: Vec<Place>,
    /// When. For a master: its first occurrence.
    pub when: When,
    /// Status.
    pub status: Status,
    /// Availability.
    pub show_as: ShowAs,
    /// Sensitivity.
    pub sensitivity: Sensitivity,
    /// Own answer.
    pub response: ParticipationStatus,
    /// Importance.
    pub importance: Importance,
    /// Category names, in the provider's order.
    pub categories: Vec<String>,
    /// Who organises it.
    pub organizer: Option<Person>,
    /// Who is invited.
    pub attendees: Vec<Attendee>,
    /// Online meeting.
    pub online: Option<OnlineMeeting>,
    /// Reminders.
    pub reminders: Reminders,
    /// A colour of its own, `#rrggbb`; `None`: its calendar's.
    pub color: Option<String>,
    /// Whether anything is attached.
    pub has_attachments: bool,
    /// What is attached; `None` where the provider tells that only when asked for it.
    pub attachments: Option<Vec<Attachment>>,
    /// The event's page at the provider.
    pub html_link: Option<String>,
    /// Version mark.
    pub etag: Option<Etag>,
    /// What was not understood: a JSON object, kept as text.
    pub raw: Option<String>,
}

/// A calendar as its provider lists it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Calendar {
    /// The provider's id.
    pub id: ProviderCalendarId,
    /// Name.
    pub name: String,
    /// `#rrggbb`.
    pub color: String,
    /// The account's main calendar.
    pub is_primary: bool,
    /// Whether the user may change its events.
    pub can_edit: bool,
    /// The provider's word for the user's rights, such as `owner` or `reader`.
    pub access_role: String,
    /// Whose it is, if not the account's own: the name that people know.
    pub owner: Option<String>,
    /// The owner's address, if it is somebody else's.
    pub delegate_email: Option<String>,
    /// Whether the provider can tell of its changes by itself.
    pub can_push: bool,
    /// Its zone, where the provider tells.
    pub zone: Option<String>,
    /// Whether the provider shows it by default.
    pub is_selected: bool,
    /// The reminders of events that use the default.
    pub default_reminders: Vec<Reminder>,
}

/// A category with its colour.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Category {
    /// Its name.
    pub name: String,
    /// `#rrggbb`.
    pub color: String,
}
