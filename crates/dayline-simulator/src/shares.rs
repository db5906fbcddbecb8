//! Calendars that one Microsoft mailbox shares with another.
//!
//! Graph "Share or delegate a calendar in Outlook" and "Get shared or delegated Outlook calendar
//! and its events". There are two ways to such a calendar: an accepted share is a calendar of
//! the recipient's own mailbox, whose ids are its own; the owner's mailbox opens to `.Shared`
//! scopes under `/users/{owner}`. The copy follows the original before each request; writes on
//! it go to the original. Invitations and their acceptance happen in Outlook and not here.

pub(crate) mod serve;

use std::collections::BTreeMap;

use rand::RngCore;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use crate::ids;
use crate::world::{Account, Calendar, Event, Vendor};

/// What a calendar's owner lets somebody do: `calendarRoleType`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Role {
    FreeBusyRead,
    LimitedRead,
    Read,
    Write,
    DelegateWithoutPrivateEventAccess,
    DelegateWithPrivateEventAccess,
}

/// How much of an event somebody sees.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum View {
    Full,
    /// Times, title and place.
    Limited,
    Times,
}

impl Role {
    pub(crate) fn writes(self) -> bool {
        !matches!(self, Self::FreeBusyRead | Self::LimitedRead | Self::Read)
    }

    pub(crate) fn sees_private(self) -> bool {
        self == Self::DelegateWithPrivateEventAccess
    }

    fn view(self, event: &Event) -> View {
        match self {
            _ if is_private(event) && !self.sees_private() => View::Times,
            Self::FreeBusyRead => View::Times,
            Self::LimitedRead => View::Limited,
            _ => View::Full,
        }
    }
}

fn is_private(event: &Event) -> bool {
    event.text("sensitivity") == Some("private")
}

/// A share as a scenario or the door has it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ShareSpec {
    /// The owner's address.
    pub(crate) owner: String,
    /// Name or id of the owner's calendar; the default one if left out.
    #[serde(default)]
    pub(crate) calendar: Option<String>,
    pub(crate) role: Role,
    /// Accepted: the calendar stands in the recipient's own list.
    #[serde(default = "yes")]
    pub(crate) listed: bool,
    /// Open in the owner's mailbox although it is not the default calendar there.
    #[serde(default)]
    pub(crate) delegated: bool,
    /// Shared in the old way: listed, and broken for ever.
    #[serde(default)]
    pub(crate) old_style: bool,
}

fn yes() -> bool {
    true
}

/// A share in force.
#[derive(Debug, Clone)]
pub(crate) struct Share {
    owner: String,
    /// The owner's calendar.
    source: String,
    role: Role,
    listed: bool,
    delegated: bool,
    old_style: bool,
    /// The id of the calendar in the recipient's mailbox.
    copy: String,
    /// What of each event the copy has: its version there, and the role at that time.
    seen: BTreeMap<String, (u64, Role)>,
}

fn find_owner(accounts: &[Account], recipient: &Account, who: &str) -> Option<usize> {
    accounts.iter().position(|account| {
        account.vendor == Vendor::Microsoft
            && account.cloud == recipient.cloud
            && (account.email.eq_ignore_ascii_case(who) || account.id.eq_ignore_ascii_case(who))
    })
}

/// Adds a share to a mailbox, or changes the one of the same calendar.
pub(crate) fn set(
    accounts: &mut [Account],
    recipient: usize,
    spec: &ShareSpec,
    rng: &mut dyn RngCore,
) -> Result<(), String> {
    let account = accounts.get(recipient).ok_or("no such account")?;
    let owner = find_owner(accounts, account, &spec.owner).and_then(|at| accounts.get(at));
    let owner = owner.ok_or_else(|| format!("there is no mailbox {}", spec.owner))?;
    if owner.email == account.email {
        return Err("nobody shares with themselves".into());
    }
    let source = match &spec.calendar {
        None => owner.default_calendar(),
        Some(name) => owner.calendar(name).or_else(|| {
            let mut all = owner.calendars.iter();
            all.find(|calendar| calendar.removed.is_none() && &calendar.name == name)
        }),
    };
    let source = source.ok_or("the owner has no such calendar")?.id.clone();
    let owner = owner.email.clone();
    let account = accounts.get_mut(recipient).ok_or("no such account")?;
    let old = account
        .shares
        .iter()
        .position(|share| share.owner == owner && share.source == source);
    let old = old.map(|at| account.shares.remove(at));
    // Whatever is accepted anew is another copy.
    let kept = old.filter(|old| old.listed == spec.listed);
    let (copy, seen) = match kept {
        Some(old) => (old.copy, old.seen),
        None => (ids::graph(rng), BTreeMap::new()),
    };
    account.shares.push(Share {
        owner,
        source,
        role: spec.role,
        listed: spec.listed,
        delegated: spec.delegated,
        old_style: spec.old_style,
        copy,
        seen,
    });
    mirror(accounts, recipient);
    Ok(())
}

/// Takes shares back; absent parts choose all.
pub(crate) fn withdraw(
    accounts: &mut [Account],
    recipient: usize,
    owner: Option<&str>,
    calendar: Option<&str>,
) {
    let names: Vec<(String, String)> = accounts
        .iter()
        .flat_map(|account| &account.calendars)
        .map(|calendar| (calendar.id.clone(), calendar.name.clone()))
        .collect();
    let is_meant = |share: &Share| {
        owner.is_none_or(|owner| owner.eq_ignore_ascii_case(&share.owner))
            && calendar.is_none_or(|wanted| {
                let mut all = names.iter();
                all.any(|(id, name)| *id == share.source && (id == wanted || name == wanted))
            })
    };
    if let Some(account) = accounts.get_mut(recipient) {
        account.shares.retain(|share| !is_meant(share));
    }
    mirror(accounts, recipient);
}

/// All shares for the door.
pub(crate) fn list(accounts: &[Account]) -> Vec<Value> {
    let rows = accounts.iter().flat_map(|account| {
        account.shares.iter().map(|share| {
            json!({
                "email": account.email,
                "owner": share.owner,
                "source": share.source,
                "copy": share.listed.then(|| share.copy.clone()),
                "role": share.role,
                "listed": share.listed,
                "delegated": share.delegated,
                "old_style": share.old_style,
            })
        })
    });
    rows.collect()
}

/// What others may do with the calendars of a mailbox, as `calendarPermission`s by calendar.
pub(crate) fn granted(accounts: &[Account], owner: &Account) -> Vec<(String, Value)> {
    let rows = accounts.iter().flat_map(|account| {
        let shares = account.shares.iter();
        shares.filter(|share| share.owner == owner.email).map(|share| {
            let permission = json!({
                "id": ids::graph_of(&format!("{}/{}", share.source, account.email)),
                "isRemovable": true,
                "isInsideOrganization": account.domain() == owner.domain(),
                "role": share.role,
                "allowedRoles": ["freeBusyRead", "limitedRead", "read", "write", "delegateWithoutPrivateEventAccess", "delegateWithPrivateEventAccess"],
                "emailAddress": {"name": account.name, "address": account.email},
            });
            (share.source.clone(), permission)
        })
    });
    rows.collect()
}

/// Brings a mailbox's copies up to date with their originals.
pub(crate) fn mirror(accounts: &mut [Account], recipient: usize) {
    let Some(mut shares) = accounts.get(recipient).map(|one| one.shares.clone()) else {
        return;
    };
    let mut wanted = Vec::new();
    for share in &mut shares {
        let Some(owner) = accounts
            .iter()
            .find(|one| one.email == share.owner)
            .cloned()
        else {
            continue;
        };
        let Some(source) = owner.calendar(&share.source).filter(|_| share.listed) else {
            continue;
        };
        let Some(account) = accounts.get_mut(recipient) else {
            return;
        };
        wanted.push(share.copy.clone());
        follow(account, &owner, source, share);
    }
    let Some(account) = accounts.get_mut(recipient) else {
        return;
    };
    account.shares = shares;
    let lost: Vec<String> = account
        .calendars
        .iter()
        .filter(|one| one.role.is_some() && one.removed.is_none() && !wanted.contains(&one.id))
        .map(|one| one.id.clone())
        .collect();
    for id in lost {
        let version = account.next_version();
        if let Some(calendar) = account.calendar_mut(&id) {
            calendar.removed = Some(version);
        }
    }
}

/// One copy after its original.
fn follow(account: &mut Account, owner: &Account, source: &Calendar, share: &mut Share) {
    if !account.calendars.iter().any(|one| one.id == share.copy) {
        let version = account.next_version();
        account.calendars.push(Calendar {
            id: share.copy.clone(),
            primary: false,
            version,
            ..source.clone_head()
        });
    }
    let Some(at) = account
        .calendars
        .iter()
        .position(|one| one.id == share.copy && one.removed.is_none())
    else {
        // The recipient has thrown the copy away.
        return;
    };
    // Exceptions go with their series, in the copy as in the original.
    let gone: Vec<String> = share
        .seen
        .keys()
        .filter(|id| source.event(id).is_none())
        .cloned()
        .collect();
    for id in gone {
        share.seen.remove(&id);
        let id = copied(&share.copy, &id);
        if let Some(calendar) = account.calendars.get_mut(at) {
            calendar.events.retain(|event| event.id != id);
        }
    }
    for event in &source.events {
        let known = share.seen.get(&event.id).copied();
        if known == Some((event.version, share.role)) {
            continue;
        }
        let version = account.next_version();
        let Some(calendar) = account.calendars.get_mut(at) else {
            return;
        };
        let mut copy = masked(event, share.role, owner);
        copy.id = copied(&share.copy, &event.id);
        if let Some(link) = &mut copy.series {
            link.master = copied(&share.copy, &link.master);
        }
        let old = calendar.event(&copy.id);
        copy.created_version = old.map_or(version, |old| old.created_version);
        copy.expansion_version = match (old, known) {
            (Some(old), Some((seen, role)))
                if role == share.role && event.expansion_version <= seen =>
            {
                old.expansion_version
            }
            _ => version,
        };
        copy.version = version;
        calendar.put(copy);
        share
            .seen
            .insert(event.id.clone(), (event.version, share.role));
    }
    if let Some(calendar) = account.calendars.get_mut(at) {
        calendar.role = Some(share.role);
        calendar.read_only = !share.role.writes();
    }
}

/// The id of an event, or of an occurrence, in a copy.
fn copied(copy: &str, id: &str) -> String {
    match ids::split_graph_occurrence(id) {
        Some((master, date)) => ids::graph_occurrence(&copied(copy, &master), date),
        None => ids::graph_of(&format!("{copy}/{id}")),
    }
}

/// The id in the original of what has this id in the copy.
fn original(copy: &str, source: &Calendar, id: &str) -> Option<String> {
    let id = ids::from_immutable(id);
    let mut events = source.events.iter();
    if let Some(event) = events.find(|event| copied(copy, &event.id) == id) {
        return Some(event.id.clone());
    }
    let (master, date) = ids::split_graph_occurrence(&id)?;
    let master = original(copy, source, &master)?;
    Some(ids::graph_occurrence(&master, date))
}

/// What somebody with this role sees of an event.
fn masked(event: &Event, role: Role, owner: &Account) -> Event {
    let mut event = event.clone();
    let view = role.view(&event);
    if view == View::Full {
        return event;
    }
    let old = std::mem::take(&mut event.properties);
    let title = match event_word(&old) {
        _ if old.get("sensitivity").and_then(Value::as_str) == Some("private") => {
            "Private Appointment"
        }
        word => word,
    };
    let mut new: Map<String, Value> = crate::call::object(json!({
        "subject": title,
        "body": {"contentType": "html", "content": ""},
        "importance": "normal",
        "categories": [],
        "isReminderOn": false,
        "reminderMinutesBeforeStart": 0,
        "responseRequested": false,
        "allowNewTimeProposals": false,
        "hideAttendees": false,
        "hasAttachments": false,
        "isOnlineMeeting": false,
        "onlineMeetingProvider": "unknown",
        "onlineMeeting": null,
        "attendees": [],
        "location": {"displayName": "", "locationType": "default", "uniqueIdType": "unknown", "address": {}, "coordinates": {}},
        "locations": [],
        "organizer": {"emailAddress": {"name": owner.name, "address": owner.email}},
        "responseStatus": {"response": "none", "time": "0001-01-01T00:00:00Z"},
    }));
    let mut kept = vec![
        "sensitivity",
        "showAs",
        "iCalUId",
        "recurrence",
        "isDraft",
        "isCancelled",
        "originalStartTimeZone",
        "originalEndTimeZone",
    ];
    if view == View::Limited {
        kept.extend(["subject", "location", "locations"]);
    }
    new.extend(
        old.into_iter()
            .filter(|(name, _)| kept.contains(&name.as_str())),
    );
    event.properties = new;
    event
}

/// The title of an event of which only the times are shown.
fn event_word(properties: &Map<String, Value>) -> &'static str {
    match properties.get("showAs").and_then(Value::as_str) {
        Some("free") => "Free",
        Some("tentative") => "Tentative",
        Some("oof") => "Away",
        Some("workingElsewhere") => "Working elsewhere",
        _ => "Busy",
    }
}

#[cfg(test)]
mod tests;
