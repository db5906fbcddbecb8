//! What a client may write on an event, and what the service makes of it.
//!
//! Shapes are checked before (`schema`); here are the rules of the reference and the guides.

mod conference;
mod people;
mod rules;
mod times;

use serde_json::{Map, Value, json};

pub(super) use self::conference::promote;
pub(super) use self::rules::is_reminder;
use super::schema::without_nulls;
use super::{errors, labels};
use crate::call::{Call, Reply, object};
use crate::ids;
use crate::time::Moment;
use crate::world::{Account, Calendar, Env, Event};

type Refusal = Box<Reply>;

fn refuse<T>(reply: Reply) -> Result<T, Refusal> {
    Err(Box::new(reply))
}

/// Whether properties that a body leaves out stay or go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    /// POST: the body is the event.
    Insert,
    /// PUT: the body replaces the event.
    Update,
    /// PATCH: the body changes the event; `null` clears.
    Patch,
}

/// What a client says it can deal with; what it cannot is passed over in its bodies.
#[derive(Debug, Clone, Copy)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "one switch for each request parameter"
)]
pub(crate) struct Accepts {
    /// `conferenceDataVersion=1`.
    pub(crate) conference: bool,
    /// `eventLabelVersion=1`.
    pub(crate) labels: bool,
    /// `supportsAttachments=true`.
    pub(crate) attachments: bool,
    /// A scenario writes what no client can: organizers, Gmail's events, locks.
    pub(crate) scenario: bool,
}

impl Accepts {
    /// What the parameters of a request say.
    pub(super) fn of(call: &Call) -> Self {
        Self {
            conference: call.param("conferenceDataVersion") == Some("1"),
            labels: call.param("eventLabelVersion") == Some("1"),
            attachments: call.param("supportsAttachments") == Some("true"),
            scenario: false,
        }
    }

    /// Everything.
    pub(crate) const SCENARIO: Self = Self {
        conference: true,
        labels: true,
        attachments: true,
        scenario: true,
    };
}

/// Properties that are stored as they come.
const PLAIN: &[&str] = &[
    "summary",
    "location",
    "transparency",
    "visibility",
    "status",
    "reminders",
    "source",
    "extendedProperties",
    "anyoneCanAddSelf",
    "guestsCanInviteOthers",
    "guestsCanModify",
    "guestsCanSeeOtherGuests",
    "endTimeUnspecified",
    "focusTimeProperties",
    "outOfOfficeProperties",
    "workingLocationProperties",
];

/// Properties of the creation alone.
const IMMUTABLE: &[&str] = &["privateCopy", "birthdayProperties"];

/// Properties that only the service writes.
const READ_ONLY: &[&str] = &[
    "hangoutLink",
    "locked",
    "creator",
    "gadget",
    "sim:hiddenInvitation",
];

/// A new event from an insert or import body.
pub(crate) fn event_from(
    account: &Account,
    calendar: &Calendar,
    body: &Map<String, Value>,
    version: u64,
    accepts: Accepts,
    env: &mut Env<'_>,
) -> Result<Event, Refusal> {
    let id = match body.get("id").and_then(Value::as_str) {
        Some(id) if is_event_id(id) => id.to_owned(),
        Some(_) => return refuse(errors::invalid("Invalid resource id value.")),
        None => ids::google(env.rng),
    };
    if !body.get("start").is_some_and(Value::is_object) {
        return refuse(errors::required("Missing start time."));
    }
    let open = body.get("endTimeUnspecified") == Some(&Value::Bool(true));
    if !open && !body.get("end").is_some_and(Value::is_object) {
        return refuse(errors::required("Missing end time."));
    }
    let kind = body.get("eventType").and_then(Value::as_str);
    let who = json!({"email": owner_email(account, calendar), "displayName": calendar.owner_name});
    let uid = body.get("iCalUID").and_then(Value::as_str);
    let uid = uid.map_or_else(|| format!("{id}@google.com"), str::to_owned);
    let properties = object(json!({
        "iCalUID": uid,
        "sequence": body.get("sequence").and_then(Value::as_i64).unwrap_or(0),
        "creator": {"email": account.email, "displayName": account.name},
        "organizer": body.get("organizer").filter(|who| who.is_object()).cloned().unwrap_or(who),
        "eventType": kind.unwrap_or("default"),
        "reminders": {"useDefault": true},
    }));
    let start = Moment::local_in(env.now.naive_utc(), calendar.tz);
    let mut event = Event {
        id,
        created: env.now,
        updated: env.now,
        version,
        created_version: version,
        expansion_version: version,
        removed: false,
        end: start.clone(),
        start,
        rule: Vec::new(),
        series: None,
        properties,
    };
    apply(
        account,
        calendar,
        &mut event,
        body,
        Mode::Insert,
        accepts,
        env,
    )?;
    Ok(event)
}

/// The organiser of an event in a secondary calendar is the calendar.
fn owner_email<'a>(account: &'a Account, calendar: &'a Calendar) -> &'a str {
    if calendar.primary {
        &account.email
    } else {
        &calendar.id
    }
}

/// base32hex in lower case, 5 to 1024 characters.
fn is_event_id(id: &str) -> bool {
    (5..=1024).contains(&id.len()) && id.chars().all(|c| matches!(c, 'a'..='v' | '0'..='9'))
}

/// Applies a body to `event`. Returns whether times or recurrence changed.
pub(super) fn apply(
    account: &Account,
    calendar: &Calendar,
    event: &mut Event,
    body: &Map<String, Value>,
    mode: Mode,
    accepts: Accepts,
    env: &mut Env<'_>,
) -> Result<bool, Refusal> {
    rules::check_body(account, event, body, mode, accepts)?;
    for name in PLAIN {
        match body.get(*name) {
            Some(Value::Null) => drop(event.properties.remove(*name)),
            Some(value) => set(&mut event.properties, name, value, mode),
            // Reminders are the reader's own and stay.
            None if mode == Mode::Update && !matches!(*name, "reminders" | "status") => {
                event.properties.remove(*name);
            }
            None => {}
        }
    }
    match body.get("description") {
        Some(Value::String(text)) => {
            let text = rules::without_conference_block(text);
            event.properties.insert("description".into(), text.into());
        }
        None if mode != Mode::Update => {}
        _ => drop(event.properties.remove("description")),
    }
    let own = IMMUTABLE.iter().filter(|_| mode == Mode::Insert);
    for name in own.chain(READ_ONLY.iter().filter(|_| accepts.scenario)) {
        if let Some(value) = body.get(*name) {
            event
                .properties
                .insert((*name).to_owned(), without_nulls(value));
        }
    }
    if event.properties.get("reminders").is_none_or(Value::is_null) {
        let default = json!({"useDefault": true});
        event.properties.insert("reminders".into(), default);
    }
    set_color(calendar, event, body, mode, accepts)?;
    if accepts.attachments {
        rules::set_attachments(event, body, mode)?;
    }
    people::set_attendees(event, body, mode)?;
    let times = times::set_times(calendar, event, body, mode)?;
    if accepts.conference {
        conference::set_conference(event, body, mode, env);
    }
    rules::check_kind(calendar, event, accepts)?;
    Ok(times)
}

/// PATCH merges objects member by member, where `null` takes one out; PUT replaces them.
fn set(properties: &mut Map<String, Value>, name: &str, value: &Value, mode: Mode) {
    match (properties.get_mut(name), value) {
        (Some(Value::Object(old)), Value::Object(new)) if mode == Mode::Patch => {
            for (key, value) in new {
                if value.is_null() {
                    old.remove(key);
                } else {
                    set(old, key, value, mode);
                }
            }
        }
        _ => drop(properties.insert(name.to_owned(), without_nulls(value))),
    }
}

/// `colorId` for clients of the palette, `eventLabelId` for those of labels: each version reads
/// its own member and passes over the other (discovery document, `eventLabelVersion`).
fn set_color(
    calendar: &Calendar,
    event: &mut Event,
    body: &Map<String, Value>,
    mode: Mode,
    accepts: Accepts,
) -> Result<(), Refusal> {
    if accepts.labels {
        match body.get("eventLabelId").map(Value::as_str) {
            Some(Some(id)) if !id.is_empty() => {
                if !labels::knows(calendar, id) {
                    return refuse(errors::invalid("Invalid event label ID."));
                }
                event.properties.insert("eventLabelId".into(), id.into());
            }
            None if mode == Mode::Patch => {}
            _ => drop(event.properties.remove("eventLabelId")),
        }
        if !accepts.scenario {
            return Ok(());
        }
    }
    match body.get("colorId").map(Value::as_str) {
        Some(Some(id)) if !id.is_empty() => {
            if !id.parse::<u8>().is_ok_and(|id| (1..=11).contains(&id)) {
                return refuse(errors::invalid("Invalid color id."));
            }
            event.properties.insert("colorId".into(), id.into());
        }
        None if mode != Mode::Update => {}
        _ => drop(event.properties.remove("colorId")),
    }
    Ok(())
}
