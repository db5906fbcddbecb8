//! What the services hold at the start: the sample month, two empty accounts, or a file.
//!
//! Events are given as the vendors' own request bodies and go through the same code as a
//! client's POST, so that no scenario can hold an event that a client could not have made.
//! A few extra members, whose names begin with `sim:`, say what a POST cannot:
//!
//! - `sim:teams`: `short` or `classic`, makes a Teams meeting with such a link (Microsoft);
//! - `sim:exceptions`: `[{"original": "2026-11-19", "change": {…}}]`, changed occurrences;
//! - `sim:cancelled`: `["2026-11-18"]`, cancelled occurrences.

mod sample;
mod shared;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::str::FromStr;

use bytes::Bytes;
use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use http::Request;
use rand::RngCore;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::call::{Call, Reply};
use crate::cloud::Cloud;
use crate::graph::teams::LinkForm;
use crate::oauth::PERSONAL_TENANT;
use crate::shares::ShareSpec;
use crate::world::{Account, Calendar, Consent, Env, Event, Policy, Quirks, Vendor};
use crate::{google, graph, ids, inject, shares};

/// Properties of a Graph event that only the service or another mailbox sets.
const UNWRITABLE: [&str; 9] = [
    "organizer",
    "responseStatus",
    "isCancelled",
    "isDraft",
    "hasAttachments",
    "iCalUId",
    "originalStartTimeZone",
    "originalEndTimeZone",
    "onlineMeeting",
];

/// The beginning of a simulated world.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scenario {
    /// A believable month of two accounts around `now`.
    Sample,
    /// The same two accounts, each with one empty calendar.
    Empty,
    /// A work account in each of Microsoft's clouds, with a few events.
    Clouds,
    /// A company whose people share their calendars with the first of them.
    Shared,
    /// Accounts from a JSON file: `{accounts: [{provider, email, name, calendars: [{name, color?, events: […]}]}]}`.
    File(PathBuf),
}

impl FromStr for Scenario {
    type Err = std::convert::Infallible;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(match text {
            "sample" => Self::Sample,
            "empty" => Self::Empty,
            "clouds" => Self::Clouds,
            "shared" => Self::Shared,
            path => Self::File(PathBuf::from(path)),
        })
    }
}

/// Why a scenario cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The file cannot be read.
    #[error("{path}: {source}")]
    Read {
        /// The scenario file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The file is not a scenario.
    #[error("{path}: {source}")]
    Parse {
        /// The scenario file.
        path: PathBuf,
        /// What is wrong with it.
        source: serde_json::Error,
    },
    /// An account names no known provider or zone.
    #[error("account {email}: {reason}")]
    Account {
        /// The account's address.
        email: String,
        /// What is wrong with it.
        reason: String,
    },
    /// The simulated service refuses an event.
    #[error("account {email}: event {index} of calendar {calendar:?} is refused: {reason}")]
    Event {
        /// The account's address.
        email: String,
        /// The calendar's name.
        calendar: String,
        /// The event's place in the calendar.
        index: usize,
        /// The service's answer.
        reason: String,
    },
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct World {
    accounts: Vec<AccountSpec>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct AccountSpec {
    provider: String,
    email: String,
    #[serde(default)]
    name: String,
    #[serde(default)]
    time_zone: Option<String>,
    /// Microsoft: `personal`, or `work`.
    #[serde(default)]
    kind: Kind,
    /// Microsoft: the cloud that the account lives in.
    #[serde(default)]
    cloud: Cloud,
    /// Microsoft: who may let an application in.
    #[serde(default)]
    consent: Consent,
    /// Microsoft: calendars of others.
    #[serde(default)]
    shares: Vec<ShareSpec>,
    #[serde(default)]
    categories: Vec<CategorySpec>,
    #[serde(default)]
    calendars: Vec<CalendarSpec>,
}

/// What a Microsoft account is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Kind {
    #[default]
    Work,
    Personal,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct CategorySpec {
    name: String,
    color: String,
}

/// The first calendar of an account is its default one.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct CalendarSpec {
    name: String,
    /// Google: the id of a calendar that is not the first, such as a holiday calendar's.
    id: Option<String>,
    color: Option<String>,
    read_only: bool,
    owner_name: Option<String>,
    owner_address: Option<String>,
    /// Google: more of the calendar and its list entry, such as `accessRole`,
    /// `defaultReminders`, `labelProperties`, `hidden`.
    properties: Map<String, Value>,
    events: Vec<Value>,
    /// Items served as they are, in the form of `/_sim/inject`.
    inject: Vec<Map<String, Value>>,
}

/// Builds the accounts of a scenario.
pub(crate) fn accounts(
    scenario: &Scenario,
    now: DateTime<Utc>,
    rng: &mut dyn RngCore,
) -> Result<Vec<Account>, Error> {
    let specs = match scenario {
        Scenario::Sample => sample::accounts(now),
        Scenario::Empty => sample::empty(),
        Scenario::Shared => shared::accounts(now),
        Scenario::Clouds => sample::clouds(now),
        Scenario::File(path) => {
            let text = std::fs::read_to_string(path).map_err(|source| Error::Read {
                path: path.clone(),
                source,
            })?;
            let world: World = serde_json::from_str(&text).map_err(|source| Error::Parse {
                path: path.clone(),
                source,
            })?;
            world.accounts
        }
    };
    let mut accounts = Vec::new();
    for spec in &specs {
        let mut account = account(spec, now, rng)?;
        account.tenant = tenant(&accounts, &account);
        accounts.push(account);
    }
    for (index, spec) in specs.iter().enumerate() {
        for share in &spec.shares {
            shares::set(&mut accounts, index, share, rng).map_err(|reason| Error::Account {
                email: spec.email.clone(),
                reason,
            })?;
        }
    }
    Ok(accounts)
}

/// The tenant of a new account: personal accounts share one, and so do those of one domain.
fn tenant(others: &[Account], account: &Account) -> String {
    if account.policy.personal {
        return PERSONAL_TENANT.to_owned();
    }
    let colleague = others.iter().find(|other| {
        other.vendor == account.vendor
            && other.cloud == account.cloud
            && other.domain() == account.domain()
    });
    colleague.unwrap_or(account).tenant.clone()
}

fn account(
    spec: &AccountSpec,
    now: DateTime<Utc>,
    rng: &mut dyn RngCore,
) -> Result<Account, Error> {
    let problem = |reason: String| Error::Account {
        email: spec.email.clone(),
        reason,
    };
    let vendor = Vendor::parse(&spec.provider)
        .ok_or_else(|| problem(format!("unknown provider {:?}", spec.provider)))?;
    if spec.cloud != Cloud::Global && (vendor == Vendor::Google || spec.kind == Kind::Personal) {
        return Err(problem(
            "only work accounts live in a national cloud".into(),
        ));
    }
    let zone = spec.time_zone.as_deref().unwrap_or("Europe/Berlin");
    let tz: Tz =
        crate::time::zone(zone).ok_or_else(|| problem(format!("unknown time zone {zone:?}")))?;
    let categories = spec
        .categories
        .iter()
        .map(|one| json!({"id": ids::uuid(rng), "displayName": one.name, "color": one.color}))
        .collect();
    let mut account = Account {
        vendor,
        email: spec.email.clone(),
        name: if spec.name.is_empty() {
            spec.email.clone()
        } else {
            spec.name.clone()
        },
        id: match vendor {
            Vendor::Microsoft => ids::uuid(rng),
            Vendor::Google => ids::digits(rng, 21),
        },
        tenant: ids::uuid(rng),
        cloud: spec.cloud,
        tz,
        access_token: format!("sim-test-{}", ids::secret(rng)),
        refresh_token: format!("sim-rt-test-{}", ids::secret(rng)),
        version: 1,
        epoch: 1,
        calendars: Vec::new(),
        categories,
        settings: Map::new(),
        groups: Vec::new(),
        group_of: BTreeMap::new(),
        injected: Vec::new(),
        policy: Policy {
            personal: spec.kind == Kind::Personal,
            consent: spec.consent,
            ..Policy::default()
        },
        shares: Vec::new(),
        granted: Vec::new(),
    };
    for (index, calendar) in spec.calendars.iter().enumerate() {
        let head = head(&account, calendar, index == 0, rng);
        let id = head.id.clone();
        account.calendars.push(head);
        for (at, body) in calendar.events.iter().enumerate() {
            add(&mut account, &id, body, now, rng).map_err(|reason| Error::Event {
                email: spec.email.clone(),
                calendar: calendar.name.clone(),
                index: at,
                reason,
            })?;
        }
        for (at, body) in calendar.inject.iter().enumerate() {
            inject::put(&mut account, &id, body).map_err(|reason| Error::Event {
                email: spec.email.clone(),
                calendar: calendar.name.clone(),
                index: at,
                reason: reason.to_owned(),
            })?;
        }
    }
    Ok(account)
}

fn head(account: &Account, spec: &CalendarSpec, primary: bool, rng: &mut dyn RngCore) -> Calendar {
    let (id, color) = match account.vendor {
        Vendor::Microsoft => (ids::graph(rng), "auto"),
        Vendor::Google if primary => (account.email.clone(), "#9fe1e7"),
        Vendor::Google => (
            spec.id
                .clone()
                .unwrap_or_else(|| format!("{}@group.calendar.google.com", ids::google(rng))),
            "#9fe1e7",
        ),
    };
    Calendar {
        id,
        name: spec.name.clone(),
        description: None,
        color: spec.color.clone().unwrap_or_else(|| color.to_owned()),
        primary,
        read_only: spec.read_only,
        owner_name: spec
            .owner_name
            .clone()
            .unwrap_or_else(|| account.name.clone()),
        owner_address: spec
            .owner_address
            .clone()
            .unwrap_or_else(|| account.email.clone()),
        tz: account.tz,
        version: 1,
        removed: None,
        events: Vec::new(),
        role: None,
        properties: spec.properties.clone(),
    }
}

/// The parts of a scenario event that are not the vendor's.
struct Extras {
    teams: Option<LinkForm>,
    exceptions: Vec<(NaiveDate, Map<String, Value>)>,
    cancelled: Vec<NaiveDate>,
}

fn extras(body: &mut Map<String, Value>) -> Result<Extras, String> {
    let teams = match body.remove("sim:teams") {
        None => None,
        Some(form) => match form.as_str() {
            Some("short") => Some(LinkForm::Short),
            Some("classic") => Some(LinkForm::Classic),
            _ => return Err("sim:teams is short or classic".into()),
        },
    };
    let date = |value: &Value| -> Result<NaiveDate, String> {
        value
            .as_str()
            .and_then(|text| text.parse().ok())
            .ok_or_else(|| format!("{value} is not a date"))
    };
    let list = |value: Option<Value>| {
        value
            .and_then(|value| value.as_array().cloned())
            .unwrap_or_default()
    };
    let cancelled: Result<Vec<NaiveDate>, String> = list(body.remove("sim:cancelled"))
        .iter()
        .map(date)
        .collect();
    let mut exceptions = Vec::new();
    for one in list(body.remove("sim:exceptions")) {
        let original = date(one.get("original").unwrap_or(&Value::Null))?;
        let change = one.get("change").and_then(Value::as_object).cloned();
        exceptions.push((original, change.ok_or("sim:exceptions need a change")?));
    }
    Ok(Extras {
        teams,
        exceptions,
        cancelled: cancelled?,
    })
}

/// Adds one event with its exceptions.
fn add(
    account: &mut Account,
    calendar: &str,
    body: &Value,
    now: DateTime<Utc>,
    rng: &mut dyn RngCore,
) -> Result<(), String> {
    let mut body = body.as_object().cloned().ok_or("not an object")?;
    let extras = extras(&mut body)?;
    let head = account
        .calendar(calendar)
        .map(Calendar::clone_head)
        .ok_or("no such calendar")?;
    let version = account.next_version();
    let mut event = make(account, &head, &body, version, now, rng)?;
    if let Some(form) = extras.teams {
        graph::attach_meeting(account, &mut event, form, rng);
    }
    let master = event.clone();
    store(account, calendar, event);
    for (original, change) in &extras.exceptions {
        let exception = exception(account, &head, &master, *original, Some(change), now, rng)?;
        store(account, calendar, exception);
    }
    for original in &extras.cancelled {
        let exception = exception(account, &head, &master, *original, None, now, rng)?;
        store(account, calendar, exception);
    }
    Ok(())
}

fn store(account: &mut Account, calendar: &str, event: Event) {
    if let Some(home) = account.calendar_mut(calendar) {
        home.put(event);
    }
}

fn make(
    account: &Account,
    head: &Calendar,
    body: &Map<String, Value>,
    version: u64,
    now: DateTime<Utc>,
    rng: &mut dyn RngCore,
) -> Result<Event, String> {
    let mut env = Env {
        now,
        rng,
        quirks: &Quirks::default(),
    };
    match account.vendor {
        Vendor::Google => google::event_from(account, head, body, version, &mut env)
            .map_err(|reply| refusal(&reply)),
        Vendor::Microsoft => {
            let mut event = graph::new_event(account, head, version, now, env.rng);
            graph::write_event(&blank_call(now), account, &mut event, body, &mut env)
                .map_err(|reply| refusal(&reply))?;
            keep_unwritable(&mut event, body);
            Ok(event)
        }
    }
}

/// Stores what no client of Graph can write but a mailbox can hold.
fn keep_unwritable(event: &mut Event, body: &Map<String, Value>) {
    for name in UNWRITABLE {
        if let Some(value) = body.get(name) {
            event.properties.insert(name.to_owned(), value.clone());
        }
    }
}

/// A changed occurrence, or a cancelled one without a change.
fn exception(
    account: &mut Account,
    head: &Calendar,
    master: &Event,
    original: NaiveDate,
    change: Option<&Map<String, Value>>,
    now: DateTime<Utc>,
    rng: &mut dyn RngCore,
) -> Result<Event, String> {
    let version = account.next_version();
    let at = original.and_time(master.start.local().time());
    let mut event = crate::world::occurrence_draft(account.vendor, master, at)
        .ok_or_else(|| format!("the series has no occurrence on {original}"))?;
    event.touch(version, now);
    event.created_version = version;
    event.expansion_version = version;
    let Some(change) = change else {
        event.removed = true;
        return Ok(event);
    };
    let mut env = Env {
        now,
        rng,
        quirks: &Quirks::default(),
    };
    let written = match account.vendor {
        Vendor::Microsoft => {
            graph::write_event(&blank_call(now), account, &mut event, change, &mut env)
        }
        Vendor::Google => google::write_event(account, head, &mut event, change, &mut env),
    };
    written.map_err(|reply| refusal(&reply))?;
    if account.vendor == Vendor::Microsoft {
        keep_unwritable(&mut event, change);
    }
    Ok(event)
}

/// A request without preferences, as which scenario events are written.
fn blank_call(now: DateTime<Utc>) -> Call {
    Call::new(&Request::new(Bytes::new()), now)
}

fn refusal(reply: &Reply) -> String {
    String::from_utf8_lossy(&reply.body).into_owned()
}

#[cfg(test)]
mod tests;
