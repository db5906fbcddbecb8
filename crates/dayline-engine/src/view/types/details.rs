//! What the details of one occurrence consist of.
//!
//! Links stand here by host and index only; they are opened through the engine.

use serde::Serialize;

use super::{ClockView, OccurrenceView, ProviderKind, ResponseView, SeriesView};

/// Everything about one occurrence.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct DetailsView {
    /// The occurrence as in the grid.
    pub occurrence: OccurrenceView,
    /// Its calendar's name.
    pub calendar_name: String,
    /// Its account's address.
    pub account_email: String,
    /// Which provider.
    pub provider: ProviderKind,
    /// What kind of event it is at its provider.
    pub kind: EventKindView,
    /// Who may see what it is about.
    pub sensitivity: SensitivityView,
    /// The zone it was written in, where it differs from the asked one; may be an unknown name.
    pub own_zone: Option<OwnZone>,
    /// The zone that its end was written in, where that is another one than its start's and
    /// tells another time than the asked one.
    pub own_end: Option<OwnEnd>,
    /// How its series repeats; `None` also where no sentence could say it.
    pub series: Option<SeriesView>,
    /// Join candidates, best first; opened by index.
    pub join: Vec<JoinView>,
    /// Meeting id, grouped as written.
    pub meeting_id: Option<String>,
    /// Passcode.
    pub passcode: Option<String>,
    /// Dial-in number.
    pub dial_in: Option<String>,
    /// Conference id of the dial-in.
    pub conference_id: Option<String>,
    /// Where it takes place, each place once; their links are opened by index.
    pub places: Vec<PlaceView>,
    /// How the provider reminds of it.
    pub reminders: RemindersView,
    /// Something is attached, though `attachments` may not know what.
    pub has_attachments: bool,
    /// What is attached, in the provider's order; opened by index.
    pub attachments: Vec<AttachmentView>,
    /// Who organises it.
    pub organizer: Option<PersonView>,
    /// Who is invited, the organizer first, resources last.
    pub attendees: Vec<AttendeeView>,
    /// Sanitised HTML; links are opened by their index, counted in document order.
    pub description_html: Option<String>,
    /// True if the event's page at the provider can be opened.
    pub has_page: bool,
    /// The same meeting in other visible calendars, the one that would stand for them first.
    pub copies: Vec<CopyDetails>,
}

/// The same meeting in another calendar.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct CopyDetails {
    /// The key for its details.
    pub occurrence_id: String,
    /// Its calendar.
    pub calendar_id: String,
    /// Its calendar's name.
    pub calendar_name: String,
    /// Its account's address.
    pub account_email: String,
    /// Which provider.
    pub provider: ProviderKind,
    /// `#rrggbb`: its own colour, else its calendar's.
    pub color: String,
}

/// The zone an event was written in.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct OwnZone {
    /// Its IANA name, or its name as written where nobody knows it.
    pub name: String,
    /// Start there, `HH:MM`; `None` if the zone is unknown.
    pub start: Option<String>,
    /// How many days later the date is there than in the asked zone: -1, 0 or 1.
    pub days_later: i32,
}

/// The zone an event's end was written in.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct OwnEnd {
    /// Its IANA name, or its name as written where nobody knows it.
    pub name: String,
    /// End there, `HH:MM`; `None` if the zone is unknown.
    pub end: Option<String>,
    /// How many days later the date is there than in the asked zone: -1, 0 or 1.
    pub days_later: i32,
}

/// What kind of event it is at its provider.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum EventKindView {
    /// A regular event.
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

/// Who may see what an event is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum SensitivityView {
    /// Public, or the calendar's default.
    Normal,
    /// Personal.
    Personal,
    /// Private.
    Private,
    /// Confidential.
    Confidential,
}

/// One of the places of an event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct PlaceView {
    /// Its name, or its address where it has none.
    pub name: String,
    /// Postal address on one line, where it is not the name.
    pub address: Option<String>,
    /// Mail address of a room.
    pub email: Option<String>,
    /// The host that its link leads to; `None` if it has none that may be opened.
    pub host: Option<String>,
}

/// How somebody is reminded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum ReminderMethodView {
    /// On the screen.
    Popup,
    /// By mail, which the provider sends.
    Email,
}

/// A reminder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct ReminderView {
    /// How.
    pub method: ReminderMethodView,
    /// Minutes before the start, of an all-day event before midnight; negative ones come after it.
    pub minutes: i32,
}

/// The reminders of an event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct RemindersView {
    /// Its own, in the provider's order.
    pub own: Vec<ReminderView>,
    /// Those of its calendar, where the event uses them; `None` where it does not.
    pub from_calendar: Option<Vec<ReminderView>>,
}

/// Something attached to an event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct AttachmentView {
    /// Its name.
    pub name: String,
    /// Media type.
    pub media_type: Option<String>,
    /// Size in bytes; what is larger than an `i32` holds counts as its largest number.
    pub size: Option<i32>,
    /// The host that its link leads to; `None`: only the event's page leads to it.
    pub host: Option<String>,
}

/// One way to join.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct JoinView {
    /// The service's name.
    pub service: String,
    /// The host that it leads to.
    pub host: String,
}

/// A person.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct PersonView {
    /// Name, or the address where there is none.
    pub name: String,
    /// Address.
    pub email: Option<String>,
}

/// Somebody invited.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct AttendeeView {
    /// Who.
    pub person: PersonView,
    /// Their answer.
    pub response: ResponseView,
    /// Need not come.
    pub optional: bool,
    /// A room or a thing.
    pub resource: bool,
    /// Organises it.
    pub organizer: bool,
    /// What they wrote with their answer.
    pub comment: Option<String>,
    /// How many people they bring along.
    pub additional_guests: i32,
    /// When they answered, in the asked zone, where the provider tells.
    pub answered: Option<ClockView>,
}
