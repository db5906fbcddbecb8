//! Google's JSON, field by field. Names and meanings are those of the discovery document of
//! calendar v3, revision 20261030.
#![expect(clippy::struct_field_names, reason = "the names are the provider's")]

use serde::Deserialize;
use serde_json::{Map, Value};

use crate::lenient::{Many, Maybe};

/// `Event`.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct Event {
    pub(super) id: Maybe<String>,
    pub(super) etag: Maybe<String>,
    #[serde(rename = "iCalUID")]
    pub(super) ical_uid: Maybe<String>,
    pub(super) status: Maybe<String>,
    pub(super) html_link: Maybe<String>,
    pub(super) summary: Maybe<String>,
    pub(super) description: Maybe<String>,
    pub(super) location: Maybe<String>,
    pub(super) organizer: Maybe<Party>,
    pub(super) attendees: Many<Attendee>,
    pub(super) start: Maybe<EventDateTime>,
    pub(super) end: Maybe<EventDateTime>,
    pub(super) recurrence: Many<String>,
    pub(super) recurring_event_id: Maybe<String>,
    pub(super) original_start_time: Maybe<EventDateTime>,
    pub(super) transparency: Maybe<String>,
    pub(super) visibility: Maybe<String>,
    pub(super) hangout_link: Maybe<String>,
    pub(super) conference_data: Maybe<ConferenceData>,
    pub(super) reminders: Maybe<Reminders>,
    pub(super) event_type: Maybe<String>,
    pub(super) color_id: Maybe<String>,
    pub(super) event_label_id: Maybe<String>,
    pub(super) attachments: Many<Attachment>,
    pub(super) working_location_properties: Maybe<WorkingLocation>,
}

/// `EventDateTime`: a date, or an instant with the zone in which it was written.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct EventDateTime {
    pub(super) date: Maybe<String>,
    pub(super) date_time: Maybe<String>,
    pub(super) time_zone: Maybe<String>,
}

/// An event's `organizer`.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct Party {
    pub(super) email: Maybe<String>,
    pub(super) display_name: Maybe<String>,
    #[serde(rename = "self")]
    pub(super) is_self: Maybe<bool>,
}

/// `EventAttendee`.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct Attendee {
    pub(super) email: Maybe<String>,
    pub(super) display_name: Maybe<String>,
    pub(super) optional: Maybe<bool>,
    pub(super) resource: Maybe<bool>,
    pub(super) response_status: Maybe<String>,
    pub(super) comment: Maybe<String>,
    pub(super) additional_guests: Maybe<u32>,
    pub(super) organizer: Maybe<bool>,
    #[serde(rename = "self")]
    pub(super) is_self: Maybe<bool>,
}

/// `EventAttachment`.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct Attachment {
    pub(super) title: Maybe<String>,
    pub(super) file_url: Maybe<String>,
    pub(super) mime_type: Maybe<String>,
}

/// `EventWorkingLocationProperties`.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct WorkingLocation {
    #[serde(rename = "type")]
    pub(super) kind: Maybe<String>,
    pub(super) office_location: Maybe<NamedPlace>,
    pub(super) custom_location: Maybe<NamedPlace>,
}

/// Its `officeLocation` or `customLocation`.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct NamedPlace {
    pub(super) label: Maybe<String>,
}

/// `ConferenceData`.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct ConferenceData {
    pub(super) conference_solution: Maybe<ConferenceSolution>,
    pub(super) entry_points: Many<EntryPoint>,
}

/// `ConferenceSolution`.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct ConferenceSolution {
    pub(super) name: Maybe<String>,
}

/// `EntryPoint`.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct EntryPoint {
    pub(super) entry_point_type: Maybe<String>,
    pub(super) uri: Maybe<String>,
    pub(super) label: Maybe<String>,
    pub(super) pin: Maybe<String>,
    pub(super) access_code: Maybe<String>,
    pub(super) meeting_code: Maybe<String>,
    pub(super) passcode: Maybe<String>,
    pub(super) password: Maybe<String>,
}

/// An event's `reminders`.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct Reminders {
    pub(super) use_default: Maybe<bool>,
    pub(super) overrides: Many<Reminder>,
}

/// `EventReminder`.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Reminder {
    pub(super) method: Maybe<String>,
    pub(super) minutes: Maybe<i32>,
}

/// `CalendarListEntry`.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct CalendarListEntry {
    pub(super) id: Maybe<String>,
    pub(super) summary: Maybe<String>,
    pub(super) summary_override: Maybe<String>,
    pub(super) background_color: Maybe<String>,
    pub(super) access_role: Maybe<String>,
    pub(super) data_owner: Maybe<String>,
    pub(super) time_zone: Maybe<String>,
    pub(super) primary: Maybe<bool>,
    pub(super) selected: Maybe<bool>,
    pub(super) hidden: Maybe<bool>,
    pub(super) deleted: Maybe<bool>,
    pub(super) default_reminders: Many<Reminder>,
}

/// `Colors`, as far as events use them.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Colors {
    pub(super) event: Maybe<Map<String, Value>>,
}

/// `EventLabel`.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct EventLabel {
    pub(super) id: Maybe<String>,
    pub(super) name: Maybe<String>,
    pub(super) background_color: Maybe<String>,
}
