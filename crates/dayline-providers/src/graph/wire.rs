//! Graph's JSON, field by field. Names and meanings are those of the CSDL of v1.0.
#![expect(clippy::struct_field_names, reason = "the names are the provider's")]

use serde::Deserialize;

use crate::lenient::{Many, Maybe};

/// `microsoft.graph.event`, or a tombstone.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct Event {
    pub(super) id: Maybe<String>,
    #[serde(rename = "@odata.etag")]
    pub(super) etag: Maybe<String>,
    pub(super) change_key: Maybe<String>,
    #[serde(rename = "iCalUId")]
    pub(super) ical_uid: Maybe<String>,
    #[serde(rename = "type")]
    pub(super) kind: Maybe<String>,
    pub(super) series_master_id: Maybe<String>,
    pub(super) original_start: Maybe<String>,
    pub(super) original_start_time_zone: Maybe<String>,
    pub(super) original_end_time_zone: Maybe<String>,
    pub(super) recurrence: Maybe<PatternedRecurrence>,
    pub(super) subject: Maybe<String>,
    pub(super) body: Maybe<ItemBody>,
    pub(super) location: Maybe<Location>,
    pub(super) locations: Many<Location>,
    pub(super) start: Maybe<DateTimeTimeZone>,
    pub(super) end: Maybe<DateTimeTimeZone>,
    pub(super) is_all_day: Maybe<bool>,
    pub(super) is_cancelled: Maybe<bool>,
    pub(super) is_organizer: Maybe<bool>,
    pub(super) response_status: Maybe<ResponseStatus>,
    pub(super) show_as: Maybe<String>,
    pub(super) sensitivity: Maybe<String>,
    pub(super) importance: Maybe<String>,
    pub(super) categories: Many<String>,
    pub(super) organizer: Maybe<Recipient>,
    pub(super) attendees: Many<Attendee>,
    pub(super) online_meeting: Maybe<OnlineMeetingInfo>,
    pub(super) online_meeting_url: Maybe<String>,
    pub(super) online_meeting_provider: Maybe<String>,
    pub(super) is_reminder_on: Maybe<bool>,
    pub(super) reminder_minutes_before_start: Maybe<i32>,
    pub(super) has_attachments: Maybe<bool>,
    pub(super) web_link: Maybe<String>,
}

/// `dateTimeTimeZone`: a wall time without an offset and the zone's name.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct DateTimeTimeZone {
    pub(super) date_time: Maybe<String>,
    pub(super) time_zone: Maybe<String>,
}

/// `itemBody`.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct ItemBody {
    pub(super) content_type: Maybe<String>,
    pub(super) content: Maybe<String>,
}

/// `location`.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct Location {
    pub(super) display_name: Maybe<String>,
    pub(super) location_email_address: Maybe<String>,
    pub(super) location_uri: Maybe<String>,
    pub(super) unique_id: Maybe<String>,
    pub(super) unique_id_type: Maybe<String>,
    pub(super) address: Maybe<PhysicalAddress>,
}

/// `physicalAddress`.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct PhysicalAddress {
    pub(super) street: Maybe<String>,
    pub(super) city: Maybe<String>,
    pub(super) state: Maybe<String>,
    pub(super) postal_code: Maybe<String>,
    pub(super) country_or_region: Maybe<String>,
}

/// `responseStatus`. The time `0001-01-01` means never.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct ResponseStatus {
    pub(super) response: Maybe<String>,
    pub(super) time: Maybe<String>,
}

/// `recipient`.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct Recipient {
    pub(super) email_address: Maybe<EmailAddress>,
}

/// `emailAddress`; also a calendar's owner.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct EmailAddress {
    pub(super) name: Maybe<String>,
    pub(super) address: Maybe<String>,
}

/// `attendee`.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct Attendee {
    #[serde(rename = "type")]
    pub(super) kind: Maybe<String>,
    pub(super) status: Maybe<ResponseStatus>,
    pub(super) email_address: Maybe<EmailAddress>,
}

/// `onlineMeetingInfo`. `conferenceId` is the one of the telephone network.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct OnlineMeetingInfo {
    pub(super) join_url: Maybe<String>,
    pub(super) conference_id: Maybe<String>,
    pub(super) toll_number: Maybe<String>,
    pub(super) toll_free_numbers: Many<String>,
    pub(super) quick_dial: Maybe<String>,
}

/// `patternedRecurrence`.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct PatternedRecurrence {
    pub(super) pattern: Maybe<RecurrencePattern>,
    pub(super) range: Maybe<RecurrenceRange>,
}

/// `recurrencePattern`. Fields that its type does not use may hold anything.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct RecurrencePattern {
    #[serde(rename = "type")]
    pub(super) kind: Maybe<String>,
    pub(super) interval: Maybe<u32>,
    pub(super) month: Maybe<u32>,
    pub(super) day_of_month: Maybe<u32>,
    pub(super) days_of_week: Many<String>,
    pub(super) first_day_of_week: Maybe<String>,
    pub(super) index: Maybe<String>,
}

/// `recurrenceRange`.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct RecurrenceRange {
    #[serde(rename = "type")]
    pub(super) kind: Maybe<String>,
    pub(super) start_date: Maybe<String>,
    pub(super) end_date: Maybe<String>,
    pub(super) recurrence_time_zone: Maybe<String>,
    pub(super) number_of_occurrences: Maybe<u32>,
}

/// `calendar`.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct Calendar {
    pub(super) id: Maybe<String>,
    pub(super) name: Maybe<String>,
    pub(super) color: Maybe<String>,
    pub(super) hex_color: Maybe<String>,
    pub(super) can_edit: Maybe<bool>,
    pub(super) can_share: Maybe<bool>,
    pub(super) is_default_calendar: Maybe<bool>,
    pub(super) owner: Maybe<EmailAddress>,
}

/// `outlookCategory`.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct OutlookCategory {
    pub(super) display_name: Maybe<String>,
    pub(super) color: Maybe<String>,
}

/// `attachment`, with the one property of beta's `referenceAttachment` that matters here.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct Attachment {
    #[serde(rename = "@odata.type")]
    pub(super) kind: Maybe<String>,
    pub(super) name: Maybe<String>,
    pub(super) content_type: Maybe<String>,
    pub(super) size: Maybe<i64>,
    pub(super) is_inline: Maybe<bool>,
    pub(super) source_url: Maybe<String>,
}

/// `user`.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct User {
    pub(super) mail: Maybe<String>,
    pub(super) user_principal_name: Maybe<String>,
    pub(super) display_name: Maybe<String>,
}
