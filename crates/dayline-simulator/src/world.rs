//! What the simulated services hold: accounts, calendars, events.
//!
//! One shape serves both vendors. An event keeps its times and recurrence in neutral form and
//! everything else as the vendor's own properties. Every change takes the account's next
//! version number; delta and sync tokens are built on these numbers alone.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use rand::RngCore;
use serde::Serialize;
use serde_json::{Map, Value};

use crate::cloud::Cloud;
use crate::inject::Injected;
use crate::oauth::claims::Demand;
use crate::shares::{Role, Share};
use crate::time::Moment;
use crate::{expand, ids};

/// Which vendor an account belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Vendor {
    /// Microsoft Graph.
    Microsoft,
    /// Google Calendar.
    Google,
}

impl Vendor {
    /// The name used in scenarios and in the program's ready line.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Microsoft => "microsoft",
            Self::Google => "google",
        }
    }

    pub(crate) fn parse(name: &str) -> Option<Self> {
        match name {
            "microsoft" => Some(Self::Microsoft),
            "google" => Some(Self::Google),
            _ => None,
        }
    }
}

/// Switches for behaviour that the vendors show only sometimes.
#[derive(Debug, Clone, Default, Serialize, serde::Deserialize)]
#[serde(default)]
pub struct Quirks {
    /// Now and then a page is empty although more follow.
    pub empty_pages: bool,
    /// An incremental round repeats what the round before already sent.
    pub replay: bool,
    /// Default and upper bound of a page.
    pub page_size: Option<usize>,
    /// Error code of an expired Graph token in its other spelling.
    pub lower_case_codes: bool,
    /// An expired Graph token's 410 carries a `Location` with an empty token.
    pub resync_location: bool,
    /// New Teams meetings get the classic long link instead of the short one.
    pub classic_teams_links: bool,
    /// Graph's delta pages name an item twice, and the next page names the last one again.
    pub repeated_items: bool,
    /// A full Graph delta round begins with the exceptions, before any master.
    pub exceptions_first: bool,
    /// Graph's delta sends the occurrences of a series before its master.
    pub instances_first: bool,
    /// A deleted occurrence has a tombstone of its own in Graph's delta, beside its master.
    pub occurrence_tombstones: bool,
    /// Graph's delta says nothing of deleted events and occurrences.
    pub lost_deletions: bool,
    /// Properties that are null in every Graph event.
    pub null_fields: Vec<String>,
    /// Properties that are missing in every Graph event.
    pub missing_fields: Vec<String>,
    /// Properties that have this value in every Graph event, known ones and new ones.
    pub set_fields: Map<String, Value>,
    /// Every enumerated property of a Graph event has a member that is not in the schema.
    pub unknown_enums: bool,
    /// A Google conference that is asked for comes with the next request, not at once.
    pub conference_pending: bool,
    /// Google's cancelled items keep their other properties.
    pub cancelled_details: bool,
    /// Properties that are null in every Google event.
    pub google_null_fields: Vec<String>,
    /// Properties that are missing in every Google event.
    pub google_missing_fields: Vec<String>,
    /// Properties that have this value in every Google event, known ones and new ones.
    pub google_set_fields: Map<String, Value>,
    /// Google refuses members of a body that the schema does not name.
    pub strict_bodies: bool,
    /// The program answers 429 to a mailbox of which more than four requests run at once.
    pub mailbox_concurrency: bool,
    /// What Graph says as an event's original and recurrence zone.
    pub original_zone: Option<String>,
}

/// What a handler needs beside the request and the account.
pub(crate) struct Env<'a> {
    pub(crate) now: DateTime<Utc>,
    pub(crate) rng: &'a mut dyn RngCore,
    pub(crate) quirks: &'a Quirks,
}

/// Who may let an application into a mailbox.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Consent {
    /// The person.
    #[default]
    User,
    /// An administrator of the organisation.
    Admin,
}

/// What a person's organisation has to say about signing in.
#[derive(Debug, Clone, Default)]
pub(crate) struct Policy {
    /// A personal Microsoft account, which has no organisation.
    pub(crate) personal: bool,
    /// Who may let the application in.
    pub(crate) consent: Consent,
    /// An administrator has let it in.
    pub(crate) approved: bool,
    /// The consent is gone: refresh tokens fail until somebody consents again.
    pub(crate) withdrawn: bool,
    /// What the mailbox wants to see in every token, since `/_sim/claims`.
    pub(crate) demand: Option<Demand>,
}

/// One mailbox or Google user.
#[derive(Debug, Clone)]
pub(crate) struct Account {
    pub(crate) vendor: Vendor,
    pub(crate) email: String,
    pub(crate) name: String,
    /// Object id (Microsoft) or subject (Google).
    pub(crate) id: String,
    pub(crate) tenant: String,
    /// Microsoft's cloud.
    pub(crate) cloud: Cloud,
    pub(crate) tz: Tz,
    pub(crate) access_token: String,
    pub(crate) refresh_token: String,
    /// Number of the last change.
    pub(crate) version: u64,
    /// Tokens of an older epoch are unknown to the service.
    pub(crate) epoch: u64,
    pub(crate) calendars: Vec<Calendar>,
    /// Outlook master categories.
    pub(crate) categories: Vec<Value>,
    /// What the user changed in Outlook's mailbox settings.
    pub(crate) settings: Map<String, Value>,
    /// Outlook's calendar groups beside the first one.
    pub(crate) groups: Vec<Value>,
    /// The group of a calendar that is not in the first one, by the calendar's id.
    pub(crate) group_of: BTreeMap<String, String>,
    /// Items that are served as they were handed in.
    pub(crate) injected: Vec<Injected>,
    pub(crate) policy: Policy,
    /// What others share with this mailbox.
    pub(crate) shares: Vec<Share>,
    /// The permissions that others have here, by calendar, as of the last look at them.
    pub(crate) granted: Vec<(String, Value)>,
}

impl Account {
    /// Takes the next change number.
    pub(crate) fn next_version(&mut self) -> u64 {
        self.version += 1;
        self.version
    }

    /// A calendar that still exists; `primary` is Google's name for the default one.
    pub(crate) fn calendar(&self, id: &str) -> Option<&Calendar> {
        self.calendars
            .iter()
            .find(|calendar| calendar.answers_to(id))
    }

    pub(crate) fn calendar_mut(&mut self, id: &str) -> Option<&mut Calendar> {
        self.calendars
            .iter_mut()
            .find(|calendar| calendar.answers_to(id))
    }

    /// The part of the address that names the organisation.
    pub(crate) fn domain(&self) -> &str {
        self.email.split_once('@').map_or("", |(_, domain)| domain)
    }

    pub(crate) fn default_calendar(&self) -> Option<&Calendar> {
        self.calendars
            .iter()
            .find(|calendar| calendar.primary && calendar.removed.is_none())
    }
}

/// One calendar.
#[derive(Debug, Clone)]
pub(crate) struct Calendar {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) description: Option<String>,
    /// `calendarColor` (Graph) or background colour (Google).
    pub(crate) color: String,
    pub(crate) primary: bool,
    pub(crate) read_only: bool,
    pub(crate) owner_name: String,
    pub(crate) owner_address: String,
    pub(crate) tz: Tz,
    pub(crate) version: u64,
    /// Version of the removal.
    pub(crate) removed: Option<u64>,
    pub(crate) events: Vec<Event>,
    /// What the owner lets the mailbox's user do, if somebody else owns it.
    pub(crate) role: Option<Role>,
    /// What else Google's calendar and list entry hold, under their names there.
    pub(crate) properties: Map<String, Value>,
}

impl Calendar {
    fn answers_to(&self, id: &str) -> bool {
        self.removed.is_none() && (self.id == id || (id == "primary" && self.primary))
    }

    /// The calendar without its events.
    pub(crate) fn clone_head(&self) -> Self {
        Self {
            id: self.id.clone(),
            name: self.name.clone(),
            description: self.description.clone(),
            color: self.color.clone(),
            owner_name: self.owner_name.clone(),
            owner_address: self.owner_address.clone(),
            events: Vec::new(),
            properties: self.properties.clone(),
            ..*self
        }
    }

    /// An event under exactly this id, removed or not.
    pub(crate) fn event(&self, id: &str) -> Option<&Event> {
        self.events.iter().find(|event| event.id == id)
    }

    pub(crate) fn event_mut(&mut self, id: &str) -> Option<&mut Event> {
        self.events.iter_mut().find(|event| event.id == id)
    }

    /// Inserts, or replaces the event of the same id.
    pub(crate) fn put(&mut self, event: Event) {
        match self.event_mut(&event.id) {
            Some(stored) => *stored = event,
            None => self.events.push(event),
        }
    }

    /// Exceptions and cancelled occurrences of a series.
    pub(crate) fn exceptions<'a>(&'a self, master: &'a str) -> impl Iterator<Item = &'a Event> {
        self.events.iter().filter(move |event| {
            event
                .series
                .as_ref()
                .is_some_and(|link| link.master == master)
        })
    }
}

/// To which series an exception belongs, and which occurrence it replaces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SeriesLink {
    pub(crate) master: String,
    pub(crate) original: Moment,
}

/// A single event, a series master, an exception, or (removed, with a link) a cancelled
/// occurrence.
#[derive(Debug, Clone)]
pub(crate) struct Event {
    pub(crate) id: String,
    pub(crate) created: DateTime<Utc>,
    pub(crate) updated: DateTime<Utc>,
    pub(crate) version: u64,
    pub(crate) created_version: u64,
    /// Last version at which the set of occurrences changed.
    pub(crate) expansion_version: u64,
    pub(crate) removed: bool,
    pub(crate) start: Moment,
    pub(crate) end: Moment,
    /// RFC 5545 recurrence lines; empty if this is no series.
    pub(crate) rule: Vec<String>,
    pub(crate) series: Option<SeriesLink>,
    /// The vendor's properties, without times, ids and version marks.
    pub(crate) properties: Map<String, Value>,
}

impl Event {
    pub(crate) fn is_master(&self) -> bool {
        !self.rule.is_empty() && self.series.is_none()
    }

    /// Marks a change.
    pub(crate) fn touch(&mut self, version: u64, now: DateTime<Utc>) {
        self.version = version;
        self.updated = now;
    }

    /// Text of a property.
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        self.properties.get(name).and_then(Value::as_str)
    }
}

/// An exception to be, made of the occurrence that the rule puts at `original`.
pub(crate) fn occurrence_draft(
    vendor: Vendor,
    master: &Event,
    original: chrono::NaiveDateTime,
) -> Option<Event> {
    let slot = expand::slot_at(master, original)?;
    let mut event = master.clone();
    event.id = match vendor {
        Vendor::Microsoft => ids::graph_occurrence(&master.id, slot.original.local().date()),
        Vendor::Google => ids::google_instance(&master.id, &slot.original),
    };
    event.start = slot.start;
    event.end = slot.end;
    event.rule.clear();
    event.properties.remove("transactionId");
    if event.properties.contains_key("recurrence") {
        event.properties.insert("recurrence".into(), Value::Null);
    }
    event.series = Some(SeriesLink {
        master: master.id.clone(),
        original: slot.original,
    });
    Some(event)
}
