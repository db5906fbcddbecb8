//! Where a Graph event takes place.

use dayline_model::Place;

use super::super::wire;
use crate::mapping::MOST_PLACES;
use crate::shape::Notes;

/// The place on one line: `location`, which Outlook fills with the names of all `locations`.
pub(super) fn location(event: &wire::Event, notes: &mut Notes) -> Option<String> {
    let one = event.location.0.as_ref();
    let line = one.and_then(|place| line_of("location", place, notes));
    line.or_else(|| {
        let lines: Vec<_> = event
            .locations
            .0
            .iter()
            .take(MOST_PLACES)
            .filter_map(|place| line_of("locations", place, notes))
            .collect();
        notes.line("locations", &lines.join("; "))
    })
}

/// The places behind the line. `location` is one of them only if it says more than its name.
pub(super) fn places(event: &wire::Event, notes: &mut Notes) -> Vec<Place> {
    let mut places: Vec<_> = event
        .locations
        .0
        .iter()
        .map(|location| place("locations", location, notes))
        .filter(|place| *place != Place::default())
        .collect();
    if event.locations.0.iter().any(says_more) {
        notes.keep("locations");
    }
    if let Some(location) = event.location.0.as_ref() {
        if says_more(location) {
            notes.keep("location");
        }
        let one = place("location", location, notes);
        let has_only_a_name = one.address.is_none() && one.uri.is_none() && one.email.is_none();
        if one != Place::default()
            && !places.contains(&one)
            && (places.is_empty() || !has_only_a_name)
        {
            places.insert(0, one);
        }
    }
    notes.first("locations", places, MOST_PLACES)
}

fn place(field: &'static str, location: &wire::Location, notes: &mut Notes) -> Place {
    Place {
        name: notes.line(field, location.display_name.as_str()),
        address: address(field, location, notes),
        uri: notes.mark(field, location.location_uri.text()),
        email: notes.mark(field, location.location_email_address.text()),
    }
}

fn line_of(field: &'static str, location: &wire::Location, notes: &mut Notes) -> Option<String> {
    notes
        .line(field, location.display_name.as_str())
        .or_else(|| address(field, location, notes))
        .or_else(|| notes.line(field, location.location_uri.as_str()))
}

/// Whether a place has an id that is more than its name.
fn says_more(location: &wire::Location) -> bool {
    let id = location.unique_id.as_str();
    let is_name = id == location.display_name.as_str();
    match location.unique_id_type.as_str() {
        "private" => id.is_empty() || !is_name,
        _ => !id.is_empty(),
    }
}

/// The postal address on one line.
fn address(field: &'static str, location: &wire::Location, notes: &mut Notes) -> Option<String> {
    let address = location.address.0.as_ref()?;
    let parts = [
        &address.street,
        &address.postal_code,
        &address.city,
        &address.state,
        &address.country_or_region,
    ];
    let parts: Vec<_> = parts
        .iter()
        .filter_map(|part| notes.line(field, part.as_str()))
        .collect();
    notes.line(field, &parts.join(", "))
}
