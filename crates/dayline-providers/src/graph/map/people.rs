//! Who organises a Graph event, who is invited, and what they said.

use chrono::{DateTime, Datelike, Utc};
use dayline_model::{Attendee, AttendeeRole, ParticipationStatus, Person};

use super::super::wire;
use crate::lenient::Maybe;
use crate::mapping::MOST_ATTENDEES;
use crate::shape::Notes;

/// Who organises it.
pub(super) fn organizer(event: &wire::Event, notes: &mut Notes) -> Option<Person> {
    let recipient = event.organizer.0.as_ref()?;
    person("organizer", recipient.email_address.0.as_ref(), notes)
}

/// Who is invited. Those without a name and an address stay in `raw`.
pub(super) fn attendees(event: &wire::Event, notes: &mut Notes) -> Vec<Attendee> {
    let all = &event.attendees.0;
    let attendees: Vec<_> = all.iter().filter_map(|who| attendee(who, notes)).collect();
    if attendees.len() < all.len() {
        notes.keep("attendees");
    }
    notes.first("attendees", attendees, MOST_ATTENDEES)
}

/// The user's own answer; whoever organises an event and gave none organises it.
pub(super) fn own_response(event: &wire::Event, notes: &mut Notes) -> ParticipationStatus {
    let said = response(event.response_status.0.as_ref());
    let answer = match said {
        ParticipationStatus::None if event.is_organizer.is_true() => ParticipationStatus::Organizer,
        said => said,
    };
    // Whoever organises may be somebody else than whoever answered.
    if event.is_organizer.0 != Some(answer == ParticipationStatus::Organizer) {
        notes.keep("isOrganizer");
    }
    answer
}

fn attendee(attendee: &wire::Attendee, notes: &mut Notes) -> Option<Attendee> {
    let status = attendee.status.0.as_ref();
    Some(Attendee {
        person: person("attendees", attendee.email_address.0.as_ref(), notes)?,
        role: match attendee.kind.as_str() {
            "optional" => AttendeeRole::Optional,
            "resource" => AttendeeRole::Resource,
            _ => AttendeeRole::Required,
        },
        status: response(status),
        answered_at: status.and_then(|status| answered_at(&status.time)),
        ..Attendee::default()
    })
}

/// When somebody answered. The year 1 means never.
fn answered_at(time: &Maybe<String>) -> Option<DateTime<Utc>> {
    let time = DateTime::parse_from_rfc3339(time.as_str()).ok()?.to_utc();
    (time.year() > 1).then_some(time)
}

fn response(status: Option<&wire::ResponseStatus>) -> ParticipationStatus {
    match status.map_or("", |status| status.response.as_str()) {
        "organizer" => ParticipationStatus::Organizer,
        "tentativelyAccepted" => ParticipationStatus::Tentative,
        "accepted" => ParticipationStatus::Accepted,
        "declined" => ParticipationStatus::Declined,
        "notResponded" => ParticipationStatus::NeedsAction,
        _ => ParticipationStatus::None,
    }
}

fn person(
    field: &'static str,
    address: Option<&wire::EmailAddress>,
    notes: &mut Notes,
) -> Option<Person> {
    let address = address?;
    let person = Person {
        name: notes.line(field, address.name.as_str()),
        email: notes.mark(field, address.address.text()),
    };
    (person != Person::default()).then_some(person)
}
