//! Graph's `onlineMeeting` and the links beside it.

use dayline_model::{MeetingLink, OnlineMeeting};

use super::super::wire::Event;
use crate::mapping::{MOST_LINKS, one_line};
use crate::shape::Notes;

/// What an event tells about its online meeting.
pub(super) fn online(event: &Event, notes: &mut Notes) -> Option<OnlineMeeting> {
    let meeting = event.online_meeting.0.as_ref();
    let link = |source: &str, url: Option<String>| {
        url.map(|url| MeetingLink {
            url,
            source: source.to_owned(),
        })
    };
    let mut links = Vec::new();
    links.extend(link(
        "onlineMeeting",
        notes.mark(
            "onlineMeeting",
            meeting.and_then(|meeting| meeting.join_url.text()),
        ),
    ));
    links.extend(link(
        "onlineMeetingUrl",
        notes.mark("onlineMeetingUrl", event.online_meeting_url.text()),
    ));
    // People paste join links into the place, and Outlook files them here.
    let places = event.location.0.iter().chain(&event.locations.0);
    for place in places.take(MOST_LINKS) {
        let url = place
            .location_uri
            .text()
            .filter(|uri| uri.starts_with("https://"));
        let url = notes.mark("locations", url);
        if links.iter().all(|known| Some(&known.url) != url.as_ref()) {
            links.extend(link("locationUri", url));
        }
    }
    let online = OnlineMeeting {
        links,
        is_teams: event.online_meeting_provider.as_str() == "teamsForBusiness",
        conference_id: meeting.and_then(|meeting| one_line(meeting.conference_id.as_str())),
        dial_in: meeting.and_then(|meeting| {
            let free = || {
                meeting
                    .toll_free_numbers
                    .0
                    .iter()
                    .find_map(|number| one_line(number))
            };
            one_line(meeting.toll_number.as_str()).or_else(free)
        }),
        dial_in_url: notes.mark(
            "onlineMeeting",
            meeting.and_then(|meeting| meeting.quick_dial.text()),
        ),
        meeting_id: None,
        passcode: None,
    };
    (online != OnlineMeeting::default()).then_some(online)
}
