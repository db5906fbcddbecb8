//! Google's `conferenceData` and `hangoutLink`.

use dayline_model::{MeetingLink, OnlineMeeting};

use super::super::wire::{EntryPoint, Event};
use crate::mapping::one_line;

/// What an event tells about its online meeting.
pub(super) fn online(event: &Event) -> Option<OnlineMeeting> {
    let mut online = OnlineMeeting::default();
    if let Some(conference) = &event.conference_data.0 {
        for entry in &conference.entry_points.0 {
            match entry.entry_point_type.as_str() {
                "video" => video(entry, &mut online),
                "phone" => phone(entry, &mut online),
                "more" => fill(&mut online.dial_in_url, entry.uri.text()),
                _ => {}
            }
        }
        let name = conference
            .conference_solution
            .0
            .as_ref()
            .map(|solution| &solution.name);
        online.is_teams = name.is_some_and(|name| name.as_str().contains("Microsoft Teams"))
            || online.links.iter().any(|link| is_teams(&link.url));
    }
    if let Some(url) = event.hangout_link.text()
        && online.links.iter().all(|link| link.url != url)
    {
        online.links.push(MeetingLink {
            url,
            source: "hangoutLink".to_owned(),
        });
    }
    (online != OnlineMeeting::default()).then_some(online)
}

fn video(entry: &EntryPoint, online: &mut OnlineMeeting) {
    if let Some(url) = entry.uri.text() {
        online.links.push(MeetingLink {
            url,
            source: "conferenceData".to_owned(),
        });
    }
    fill(&mut online.meeting_id, entry.meeting_code.text());
    let passcode = entry.passcode.text().or_else(|| entry.password.text());
    fill(
        &mut online.passcode,
        passcode.or_else(|| entry.access_code.text()),
    );
}

fn phone(entry: &EntryPoint, online: &mut OnlineMeeting) {
    let uri = entry.uri.text();
    let number = one_line(entry.label.as_str())
        .or_else(|| uri.as_deref()?.strip_prefix("tel:").map(str::to_owned));
    fill(&mut online.dial_in, number);
    fill(&mut online.dial_in_url, uri);
    fill(
        &mut online.conference_id,
        entry.pin.text().or_else(|| entry.access_code.text()),
    );
}

/// The first value stays.
fn fill(field: &mut Option<String>, value: Option<String>) {
    if field.is_none() {
        *field = value;
    }
}

/// Whether an add-on's link is one of Teams. Which links may be opened is not decided here.
fn is_teams(link: &str) -> bool {
    url::Url::parse(link).is_ok_and(|url| {
        matches!(
            url.host_str(),
            Some("teams.microsoft.com" | "teams.live.com" | "teams.cloud.microsoft")
        )
    })
}
