//! Google's `conferenceData` and `hangoutLink`.

use dayline_model::{MeetingLink, OnlineMeeting};

use super::super::wire::{EntryPoint, Event};
use crate::mapping::{MOST_LINKS, one_line};
use crate::shape::Notes;

/// What an event tells about its online meeting.
pub(super) fn online(event: &Event, notes: &mut Notes) -> Option<OnlineMeeting> {
    let mut online = OnlineMeeting::default();
    if let Some(conference) = &event.conference_data.0 {
        for entry in conference.entry_points.0.iter().take(MOST_LINKS) {
            match entry.entry_point_type.as_str() {
                "video" => video(entry, notes, &mut online),
                "phone" => phone(entry, notes, &mut online),
                "more" => fill(
                    &mut online.dial_in_url,
                    notes.mark("conferenceData", entry.uri.text()),
                ),
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
    if let Some(url) = notes.mark("hangoutLink", event.hangout_link.text())
        && online.links.iter().all(|link| link.url != url)
    {
        online.links.push(MeetingLink {
            url,
            source: "hangoutLink".to_owned(),
        });
    }
    (online != OnlineMeeting::default()).then_some(online)
}

fn video(entry: &EntryPoint, notes: &mut Notes, online: &mut OnlineMeeting) {
    if let Some(url) = notes.mark("conferenceData", entry.uri.text()) {
        online.links.push(MeetingLink {
            url,
            source: "conferenceData".to_owned(),
        });
    }
    fill(
        &mut online.meeting_id,
        one_line(entry.meeting_code.as_str()),
    );
    let passcode = one_line(entry.passcode.as_str()).or_else(|| one_line(entry.password.as_str()));
    fill(
        &mut online.passcode,
        passcode.or_else(|| one_line(entry.access_code.as_str())),
    );
}

fn phone(entry: &EntryPoint, notes: &mut Notes, online: &mut OnlineMeeting) {
    let uri = notes.mark("conferenceData", entry.uri.text());
    let number = one_line(entry.label.as_str())
        .or_else(|| uri.as_deref()?.strip_prefix("tel:").map(str::to_owned));
    fill(&mut online.dial_in, number);
    fill(&mut online.dial_in_url, uri);
    fill(
        &mut online.conference_id,
        one_line(entry.pin.as_str()).or_else(|| one_line(entry.access_code.as_str())),
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
