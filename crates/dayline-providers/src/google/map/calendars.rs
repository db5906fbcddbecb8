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
    Some(Calendar {
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
        owner: entry
            .data_owner
            .text()
            .filter(|owner| !is_primary && own.is_none_or(|own| !own.eq_ignore_ascii_case(owner))),
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
