//! Google's calendar list.

use dayline_model::{Calendar, ProviderCalendarId, colors};
use serde_json::{Map, Value};

use super::super::wire;
use crate::mapping::{MOST_REMINDERS, one_line};
use crate::{Identity, ProviderError};

/// Calendars with the primary one first; without those that the user removed or hid.
pub(in super::super) fn calendars(items: Vec<Value>) -> Vec<Calendar> {
    let wired: Vec<wire::CalendarListEntry> = items
        .into_iter()
        .filter_map(|item| serde_json::from_value(item).ok())
        .collect();
    let own = wired
        .iter()
        .find(|entry| entry.primary.is_true())
        .and_then(|entry| entry.id.text());
    let mut calendars: Vec<_> = wired
        .iter()
        .filter(|entry| !entry.deleted.is_true() && !entry.hidden.is_true())
        .filter_map(|entry| calendar(entry, own.as_deref()))
        .collect();
    calendars.sort_by_key(|calendar| !calendar.is_primary);
    calendars
}

fn calendar(entry: &wire::CalendarListEntry, own: Option<&str>) -> Option<Calendar> {
    let id = entry.id.0.clone().filter(|id| !id.is_empty())?;
    let is_primary = entry.primary.is_true();
    let role = entry
        .access_role
        .text()
        .unwrap_or_else(|| "reader".to_owned());
    let owner = owner(entry, &id)
        .filter(|owner| !is_primary && own.is_none_or(|own| !own.eq_ignore_ascii_case(owner)));
    Some(Calendar {
        can_push: can_push(&id, &role),
        delegate_email: owner.clone(),
        name: one_line(entry.summary_override.as_str())
            .or_else(|| one_line(entry.summary.as_str()))
            .unwrap_or_else(|| id.clone()),
        id: ProviderCalendarId(id),
        color: colors::normalise(entry.background_color.as_str())
            .unwrap_or_else(|| colors::UNKNOWN.to_owned()),
        is_primary,
        // A role that nobody knows yet may only read.
        can_edit: matches!(
            role.as_str(),
            "owner" | "writer" | "writerWithoutPrivateAccess"
        ),
        access_role: role,
        owner,
        zone: entry.time_zone.text(),
        is_selected: is_primary || entry.selected.is_true(),
        default_reminders: entry
            .default_reminders
            .0
            .iter()
            .filter_map(super::reminder)
            .take(MOST_REMINDERS)
            .collect(),
    })
}

/// Whose calendar it is: what the list says, or the id itself, which is its owner's address where
/// it is somebody's main calendar.
fn owner(entry: &wire::CalendarListEntry, id: &str) -> Option<String> {
    let is_a_persons = id.contains('@') && !id.ends_with(".calendar.google.com");
    entry
        .data_owner
        .text()
        .or_else(|| is_a_persons.then(|| id.to_owned()))
}

/// Google offers no channels on what it makes itself (holidays, birthdays, weather) or fetches
/// from elsewhere, nor where only free and busy can be seen.
///
/// # Source
/// Push notifications guide: `pushNotSupportedForRequestedResource`.
fn can_push(id: &str, role: &str) -> bool {
    let is_made =
        id.ends_with("@group.v.calendar.google.com") || id.ends_with("@import.calendar.google.com");
    !is_made
        && matches!(
            role,
            "owner" | "writer" | "writerWithoutPrivateAccess" | "reader"
        )
}

/// The user: the id of the primary calendar is the account's address.
pub(in super::super) fn identity(object: Map<String, Value>) -> Result<Identity, ProviderError> {
    let entry: wire::CalendarListEntry =
        serde_json::from_value(Value::Object(object)).unwrap_or_default();
    let email = entry
        .id
        .text()
        .ok_or(ProviderError::Unusable { what: "no address" })?;
    Ok(Identity { email, name: None })
}

#[cfg(test)]
mod tests;
