//! Graph's calendars, categories and the user.

use dayline_model::{Calendar, Category, ProviderCalendarId, colors};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::super::mailbox::Place;
use super::super::wire;
use crate::mapping::one_line;
use crate::{Identity, ProviderError};

/// Calendars with the primary one first; those without an id are left out.
pub(in super::super) fn calendars(items: Vec<Value>) -> Vec<Calendar> {
    let wired: Vec<wire::Calendar> = read_all(items);
    let own = wired
        .iter()
        .find(|calendar| calendar.is_default_calendar.is_true())
        .and_then(|calendar| calendar.owner.0.as_ref()?.address.text());
    let mut calendars: Vec<_> = wired
        .iter()
        .filter_map(|item| calendar(item, own.as_deref()))
        .collect();
    calendars.sort_by_key(|calendar| !calendar.is_primary);
    name_by_owner(&mut calendars);
    calendars
}

/// A share that is called like the user's own main calendar says nothing: it gets its owner's name.
fn name_by_owner(calendars: &mut [Calendar]) {
    let Some(main) = calendars
        .iter()
        .find(|calendar| calendar.is_primary)
        .map(|calendar| calendar.name.clone())
    else {
        return;
    };
    for calendar in calendars.iter_mut().filter(|other| other.name == main) {
        if let Some(owner) = &calendar.owner {
            calendar.name.clone_from(owner);
        }
    }
}

fn calendar(item: &wire::Calendar, own: Option<&str>) -> Option<Calendar> {
    let id = item.id.0.clone().filter(|id| !id.is_empty())?;
    let can_edit = item.can_edit.is_true();
    let is_primary = item.is_default_calendar.is_true();
    let owner = owner(item, own).filter(|_| !is_primary);
    Some(Calendar {
        id: ProviderCalendarId(id),
        name: one_line(item.name.as_str()).unwrap_or_default(),
        color: colors::normalise(item.hex_color.as_str())
            .unwrap_or_else(|| colors::outlook_calendar(item.color.as_str()).to_owned()),
        is_primary,
        can_edit,
        access_role: match (item.can_share.is_true(), can_edit) {
            (true, _) => "owner",
            (false, true) => "writer",
            (false, false) => "reader",
        }
        .to_owned(),
        delegate_email: owner.as_ref().and_then(|owner| owner.address.text()),
        // Nobody may subscribe to another's calendar with the rights of a user (Graph "Change
        // notifications for Outlook resources").
        can_push: owner.is_none(),
        owner: owner
            .and_then(|owner| one_line(owner.name.as_str()).or_else(|| owner.address.text())),
        zone: None,
        // Outlook does not tell which calendars it shows.
        is_selected: true,
        default_reminders: Vec::new(),
    })
}

/// The main calendar in the mailbox of `owner`, which people know by its owner's name.
pub(in super::super) fn mailbox_calendar(
    object: Map<String, Value>,
    owner: &str,
) -> Result<Calendar, ProviderError> {
    const NO_CALENDAR: ProviderError = ProviderError::Unusable {
        what: "no calendar",
    };
    let item: wire::Calendar =
        serde_json::from_value(Value::Object(object)).map_err(|_| NO_CALENDAR)?;
    let name = item
        .owner
        .0
        .as_ref()
        .and_then(|owner| one_line(owner.name.as_str()))
        .unwrap_or_else(|| owner.to_owned());
    let calendar = calendar(&item, None).ok_or(NO_CALENDAR)?;
    Ok(Calendar {
        id: Place::id(owner, calendar.id.as_str()),
        name: name.clone(),
        is_primary: false,
        owner: Some(name),
        delegate_email: Some(owner.to_owned()),
        can_push: false,
        access_role: if calendar.can_edit {
            "writer"
        } else {
            "reader"
        }
        .to_owned(),
        ..calendar
    })
}

/// Whose calendar it is, if it is somebody else's: only its creator may share a calendar.
fn owner<'a>(item: &'a wire::Calendar, own: Option<&str>) -> Option<&'a wire::EmailAddress> {
    let shared = item.can_share.0 == Some(false) || item.can_edit.0 == Some(false);
    let owner = item.owner.0.as_ref().filter(|_| shared)?;
    let is_own = own
        .zip(owner.address.text())
        .is_some_and(|(own, address)| own.eq_ignore_ascii_case(&address));
    (!is_own).then_some(owner)
}

/// The master list of categories.
pub(in super::super) fn categories(items: Vec<Value>) -> Vec<Category> {
    read_all::<wire::OutlookCategory>(items)
        .iter()
        .filter_map(|item| {
            Some(Category {
                name: one_line(item.display_name.as_str())?,
                color: colors::outlook_preset(item.color.as_str()).to_owned(),
            })
        })
        .collect()
}

/// The user. Personal accounts may have no `mail`.
pub(in super::super) fn identity(object: Map<String, Value>) -> Result<Identity, ProviderError> {
    let user: wire::User = serde_json::from_value(Value::Object(object)).unwrap_or_default();
    let email = user
        .mail
        .text()
        .or_else(|| user.user_principal_name.text())
        .ok_or(ProviderError::Unusable { what: "no address" })?;
    Ok(Identity {
        email,
        name: one_line(user.display_name.as_str()),
    })
}

fn read_all<T: DeserializeOwned>(items: Vec<Value>) -> Vec<T> {
    items
        .into_iter()
        .filter_map(|item| serde_json::from_value(item).ok())
        .collect()
}

#[cfg(test)]
mod tests;
