//! Who organises a Google event, who is invited, and what they said.

use dayline_model::{Attendee, AttendeeRole, ParticipationStatus, Person};

use super::super::wire;
use crate::mapping::MOST_ATTENDEES;
use crate::shape::Notes;

/// Who organises it.
pub(super) fn organizer(event: &wire::Event, notes: &mut Notes) -> Option<Person> {
    let party = event.organizer.0.as_ref()?;
    person(
        "organizer",
        party.display_name.as_str(),
        party.email.text(),
        notes,
    )
}

/// Who is invited. Lists that say more than the model keeps stay in `raw`.
pub(super) fn attendees(event: &wire::Event, notes: &mut Notes) -> Vec<Attendee> {
    let all = &event.attendees.0;
    let organizer = event.organizer.0.as_ref();
    let attendees: Vec<_> = all
        .iter()
        .filter_map(|who| {
            if says_more(who, organizer) {
                notes.keep("attendees");
            }
            attendee(who, notes)
        })
        .collect();
    let users = all.iter().filter(|who| who.is_self.is_true()).count();
    if attendees.len() < all.len() || users > 1 {
        notes.keep("attendees");
    }
    notes.first("attendees", attendees, MOST_ATTENDEES)
}

/// Whether somebody is marked in a way that neither the organizer nor the user's own answer tells.
fn says_more(who: &wire::Attendee, organizer: Option<&wire::Party>) -> bool {
    let email = who.email.as_str();
    let organizes = organizer
        .is_some_and(|party| !email.is_empty() && party.email.as_str().eq_ignore_ascii_case(email));
    let user_organizes = organizer.is_some_and(|party| party.is_self.is_true());
    let self_says_more = match who.is_self.0 {
        None => false,
        Some(false) => user_organizes && organizes,
        Some(true) if user_organizes || organizes => !(user_organizes && organizes),
        Some(true) => response(who.response_status.as_str()) == ParticipationStatus::None,
    };
    self_says_more
        || who.organizer.0.is_some_and(|flag| flag != organizes)
        || (who.optional.is_true() && who.resource.is_true())
}

fn attendee(who: &wire::Attendee, notes: &mut Notes) -> Option<Attendee> {
    Some(Attendee {
        person: person(
            "attendees",
            who.display_name.as_str(),
            who.email.text(),
            notes,
        )?,
        role: if who.resource.is_true() {
            AttendeeRole::Resource
        } else if who.optional.is_true() {
            AttendeeRole::Optional
        } else {
            AttendeeRole::Required
        },
        status: response(who.response_status.as_str()),
        comment: notes.line("attendees", who.comment.as_str()),
        additional_guests: who.additional_guests.0.unwrap_or(0),
        answered_at: None,
    })
}

/// The user's own answer. An organiser who declined does not come, and that matters more.
pub(super) fn own_response(event: &wire::Event, notes: &mut Notes) -> ParticipationStatus {
    let own = event
        .attendees
        .0
        .iter()
        .find(|attendee| attendee.is_self.is_true())
        .map_or(ParticipationStatus::None, |own| {
            response(own.response_status.as_str())
        });
    let organizes = event
        .organizer
        .0
        .as_ref()
        .is_some_and(|party| party.is_self.is_true());
    match (organizes, own) {
        (true, ParticipationStatus::Declined) => {
            notes.keep("organizer");
            own
        }
        (true, _) => ParticipationStatus::Organizer,
        (false, own) => own,
    }
}

fn response(word: &str) -> ParticipationStatus {
    match word {
        "accepted" => ParticipationStatus::Accepted,
        "tentative" => ParticipationStatus::Tentative,
        "declined" => ParticipationStatus::Declined,
        "needsAction" => ParticipationStatus::NeedsAction,
        _ => ParticipationStatus::None,
    }
}

fn person(
    field: &'static str,
    name: &str,
    email: Option<String>,
    notes: &mut Notes,
) -> Option<Person> {
    let person = Person {
        name: notes.line(field, name),
        email: notes.mark(field, email),
    };
    (person != Person::default()).then_some(person)
}
