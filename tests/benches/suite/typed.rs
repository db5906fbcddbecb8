//! Graph's events as typed structs, as a program reads them that trusts every answer.

use std::borrow::Cow;

use anyhow::Result;
use serde::Deserialize;

/// Understands a page.
pub fn parse(page: &str) -> Result<Page<'_>> {
    Ok(serde_json::from_str(page)?)
}

/// A page of delta.
#[derive(Deserialize)]
pub struct Page<'a> {
    /// Its events.
    #[serde(borrow)]
    pub value: Vec<Event<'a>>,
}

/// Texts borrow from the page where nothing is escaped in them.
type Text<'a> = Cow<'a, str>;

/// `microsoft.graph.event`, as far as Dayline keeps it.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(dead_code, reason = "what is measured is the reading")]
pub struct Event<'a> {
    #[serde(borrow)]
    id: Text<'a>,
    #[serde(borrow, rename = "@odata.etag")]
    etag: Text<'a>,
    #[serde(borrow, rename = "iCalUId")]
    ical_uid: Text<'a>,
    #[serde(borrow)]
    subject: Text<'a>,
    #[serde(borrow)]
    body: Body<'a>,
    #[serde(borrow)]
    start: Time<'a>,
    #[serde(borrow)]
    end: Time<'a>,
    #[serde(borrow)]
    original_start_time_zone: Text<'a>,
    #[serde(borrow)]
    original_end_time_zone: Text<'a>,
    is_all_day: bool,
    is_cancelled: bool,
    is_organizer: bool,
    is_online_meeting: bool,
    has_attachments: bool,
    is_reminder_on: bool,
    reminder_minutes_before_start: i32,
    #[serde(borrow)]
    importance: Text<'a>,
    #[serde(borrow)]
    sensitivity: Text<'a>,
    #[serde(borrow)]
    show_as: Text<'a>,
    #[serde(borrow, rename = "type")]
    kind: Text<'a>,
    #[serde(borrow)]
    series_master_id: Option<Text<'a>>,
    #[serde(borrow)]
    response_status: Answer<'a>,
    #[serde(borrow)]
    categories: Vec<Text<'a>>,
    #[serde(borrow)]
    web_link: Text<'a>,
    #[serde(borrow)]
    location: Location<'a>,
    #[serde(borrow)]
    locations: Vec<Location<'a>>,
    #[serde(borrow)]
    attendees: Vec<Attendee<'a>>,
    #[serde(borrow)]
    organizer: Recipient<'a>,
    #[serde(borrow)]
    online_meeting: Option<Meeting<'a>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(dead_code, reason = "what is measured is the reading")]
struct Body<'a> {
    #[serde(borrow)]
    content_type: Text<'a>,
    #[serde(borrow)]
    content: Text<'a>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(dead_code, reason = "what is measured is the reading")]
struct Time<'a> {
    #[serde(borrow)]
    date_time: Text<'a>,
    #[serde(borrow)]
    time_zone: Text<'a>,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "what is measured is the reading")]
struct Answer<'a> {
    #[serde(borrow)]
    response: Text<'a>,
    #[serde(borrow)]
    time: Text<'a>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(dead_code, reason = "what is measured is the reading")]
struct Location<'a> {
    #[serde(borrow)]
    display_name: Text<'a>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(dead_code, reason = "what is measured is the reading")]
struct Attendee<'a> {
    #[serde(borrow, rename = "type")]
    kind: Text<'a>,
    #[serde(borrow)]
    status: Answer<'a>,
    #[serde(borrow)]
    email_address: Address<'a>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(dead_code, reason = "what is measured is the reading")]
struct Recipient<'a> {
    #[serde(borrow)]
    email_address: Address<'a>,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "what is measured is the reading")]
struct Address<'a> {
    #[serde(borrow)]
    name: Text<'a>,
    #[serde(borrow)]
    address: Text<'a>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(dead_code, reason = "what is measured is the reading")]
struct Meeting<'a> {
    #[serde(borrow)]
    join_url: Text<'a>,
}
