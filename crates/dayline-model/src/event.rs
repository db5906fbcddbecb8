//! An event as a provider confirms it, in words that every provider shares.

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::ids::{Etag, ProviderCalendarId, ProviderEventId};
use crate::zone::Zone;

/// A local time with the zone it was written in. The local time is the truth; the instant is
/// derived, and derived anew when the zone database changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum OriginalStart {
    /// Of a timed series.
    Instant(DateTime<Utc>),
    /// Of an all-day series.
    Date(NaiveDate),
}

/// RFC 5545 STATUS of a VEVENT.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
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
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Person {
    /// Display name.
    pub name: Option<String>,
    /// Mail address.
    pub email: Option<String>,
}

/// RFC 5545 ROLE and CUTYPE, as far as people tell them apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attendee {
    /// Who.
    pub person: Person,
    /// Their part.
    pub role: AttendeeRole,
    /// Their answer.
    pub status: ParticipationStatus,
}

/// A description.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Body {
    /// Untrusted HTML.
    Html(String),
    /// Plain text.
    Text(String),
}

/// A link that the provider gave as structured data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MeetingLink {
    /// The link, unchecked.
    pub url: String,
    /// Which field it came from, such as `onlineMeeting` or `conferenceData`.
    pub source: String,
}

/// What the provider tells about an online meeting.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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
    /// Place, as one line.
    pub location: Option<String>,
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
    /// Minutes before the start at which to remind; `None` if it has no reminder of its own.
    pub reminder_minutes: Option<i32>,
    /// The event's page at the provider.
    pub html_link: Option<String>,
    /// Version mark.
    pub etag: Option<Etag>,
    /// What was not understood: a JSON object, kept as text.
    pub raw: Option<String>,
}

/// A calendar as its provider lists it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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
    /// Whose it is, if not the account's own.
    pub owner: Option<String>,
    /// Its zone, where the provider tells.
    pub zone: Option<String>,
    /// Whether the provider shows it by default.
    pub is_selected: bool,
}

/// A category with its colour.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Category {
    /// Its name.
    pub name: String,
    /// `#rrggbb`.
    pub color: String,
}
