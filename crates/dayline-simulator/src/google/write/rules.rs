//! What the reference and the guides demand of single properties and of event types.

use serde_json::{Map, Value, json};

use super::{Accepts, Mode, Refusal, refuse};
use crate::call::{object, text};
use crate::google::errors;
use crate::google::schema::without_nulls;
use crate::world::{Account, Calendar, Event};

const ENUMS: &[(&str, &[&str])] = &[
    ("status", &["confirmed", "tentative", "cancelled"]),
    ("transparency", &["opaque", "transparent"]),
    (
        "visibility",
        &["default", "public", "private", "confidential"],
    ),
    (
        "eventType",
        &[
            "birthday",
            "default",
            "focusTime",
            "fromGmail",
            "outOfOffice",
            "workingLocation",
        ],
    ),
];

/// The main members of a locked copy (discovery document, `locked`).
const LOCKED: [&str; 6] = [
    "summary",
    "description",
    "location",
    "start",
    "end",
    "recurrence",
];

const MOST_REMINDERS: usize = 5;
const MOST_REMINDER_MINUTES: i64 = 40_320;
const MOST_ATTACHMENTS: usize = 25;
const MOST_PROPERTIES: usize = 300;
const LONGEST_KEY: usize = 44;
const LONGEST_VALUE: usize = 1024;

/// Refuses members that break a rule of their own.
pub(super) fn check_body(
    account: &Account,
    event: &Event,
    body: &Map<String, Value>,
    mode: Mode,
    accepts: Accepts,
) -> Result<(), Refusal> {
    for (name, allowed) in ENUMS {
        if let Some(value) = body.get(*name).filter(|value| !value.is_null())
            && !value.as_str().is_some_and(|text| allowed.contains(&text))
        {
            return refuse(errors::invalid(&format!("Invalid value for: {name}")));
        }
    }
    check_reminders(event, body, mode)?;
    check_extended(account, event, body)?;
    if let Some(source) = body.get("source").filter(|source| source.is_object()) {
        // A PATCH may change the title alone.
        let before = event
            .properties
            .get("source")
            .filter(|_| mode == Mode::Patch);
        let url = text(source, "/url").or_else(|| text(before?, "/url"));
        let url = url.unwrap_or_default();
        if !url.starts_with("http://") && !url.starts_with("https://") {
            return refuse(errors::invalid("Invalid value for: source.url"));
        }
    }
    let of_gmail = body
        .get("eventType")
        .is_some_and(|kind| kind == "fromGmail");
    if mode == Mode::Insert && of_gmail && !accepts.scenario {
        return refuse(restricted("Cannot create an event of type fromGmail."));
    }
    if mode != Mode::Insert && !accepts.scenario {
        let kind = body.get("eventType").and_then(Value::as_str);
        if kind.is_some_and(|kind| Some(kind) != event.text("eventType")) {
            return refuse(restricted("Event type cannot be changed."));
        }
        let locked = event.properties.get("locked") == Some(&Value::Bool(true));
        if locked && LOCKED.iter().any(|name| body.contains_key(*name)) {
            let message = "Shared properties of a locked event cannot be changed.";
            return refuse(errors::error(403, "forbidden", message));
        }
    }
    Ok(())
}

fn restricted(message: &str) -> crate::call::Reply {
    errors::error(400, "eventTypeRestriction", message)
}

fn check_reminders(event: &Event, body: &Map<String, Value>, mode: Mode) -> Result<(), Refusal> {
    let Some(reminders) = body.get("reminders").and_then(Value::as_object) else {
        return Ok(());
    };
    let overrides = reminders.get("overrides").and_then(Value::as_array);
    let overrides = overrides.map(Vec::as_slice).unwrap_or_default();
    let before = event
        .properties
        .get("reminders")
        .filter(|_| mode == Mode::Patch);
    let default = reminders
        .get("useDefault")
        .or_else(|| before.and_then(|before| before.get("useDefault")));
    if default == Some(&Value::Bool(true)) && !overrides.is_empty() {
        return refuse(errors::error(
            400,
            "cannotUseDefaultRemindersAndSpecifyOverride",
            "Cannot specify both default reminders and overrides at the same time.",
        ));
    }
    if overrides.len() > MOST_REMINDERS {
        return refuse(errors::invalid("Too many override reminders."));
    }
    for one in overrides {
        if !is_reminder(one) {
            return refuse(errors::invalid("Invalid reminder."));
        }
    }
    Ok(())
}

/// `email` or `popup`, at most four weeks before.
pub(in crate::google) fn is_reminder(one: &Value) -> bool {
    let minutes = one.get("minutes").and_then(Value::as_i64);
    matches!(text(one, "/method"), Some("email" | "popup"))
        && minutes.is_some_and(|minutes| (0..=MOST_REMINDER_MINUTES).contains(&minutes))
}

/// 300 pairs, keys of 44 and values of 1024 characters (guide "Extended properties"); shared
/// ones are the organiser's.
fn check_extended(
    account: &Account,
    event: &Event,
    body: &Map<String, Value>,
) -> Result<(), Refusal> {
    let Some(extended) = body.get("extendedProperties") else {
        return Ok(());
    };
    for part in ["private", "shared"] {
        let Some(pairs) = extended.get(part).and_then(Value::as_object) else {
            continue;
        };
        let long = |(key, value): (&String, &Value)| {
            key.chars().count() > LONGEST_KEY
                || value
                    .as_str()
                    .is_some_and(|value| value.chars().count() > LONGEST_VALUE)
        };
        if pairs.len() > MOST_PROPERTIES || pairs.iter().any(long) {
            return refuse(errors::invalid("Invalid extended properties."));
        }
    }
    let organizer = event.properties.get("organizer");
    let organizer = organizer
        .and_then(|who| text(who, "/email"))
        .unwrap_or_default();
    let own = organizer.eq_ignore_ascii_case(&account.email)
        || organizer.ends_with("calendar.google.com");
    let modify = event.properties.get("guestsCanModify") == Some(&Value::Bool(true));
    let before = event.properties.get("extendedProperties");
    let shared = extended.get("shared");
    let changed = shared.is_some() && shared != before.and_then(|before| before.get("shared"));
    if changed && !own && !modify && !organizer.is_empty() {
        return refuse(errors::error(
            403,
            "forbiddenForNonOrganizer",
            "Shared properties can only be changed by the organizer of the event.",
        ));
    }
    Ok(())
}

/// At most 25, each with its link; a link into Drive names the file.
pub(super) fn set_attachments(
    event: &mut Event,
    body: &Map<String, Value>,
    mode: Mode,
) -> Result<(), Refusal> {
    let list = match body.get("attachments") {
        Some(Value::Array(list)) => list,
        None if mode != Mode::Update => return Ok(()),
        _ => {
            event.properties.remove("attachments");
            return Ok(());
        }
    };
    if list.len() > MOST_ATTACHMENTS {
        return refuse(errors::invalid("Too many attachments."));
    }
    let mut rows = Vec::new();
    for one in list {
        let Some(url) = text(one, "/fileUrl").filter(|url| url.contains("://")) else {
            return refuse(errors::invalid("Invalid attachment URL."));
        };
        let mut row = object(without_nulls(one));
        let drive = url
            .split_once("/d/")
            .filter(|_| url.contains(".google.com/"));
        if let Some((_, rest)) = drive {
            let id = rest.split(['/', '?']).next().unwrap_or_default();
            row.insert("fileId".into(), id.into());
        }
        row.entry("title").or_insert_with(|| "Untitled".into());
        rows.push(Value::Object(row));
    }
    event.properties.insert("attachments".into(), rows.into());
    Ok(())
}

/// What each event type demands of the event as it now stands.
///
/// # Source
/// Guides "Manage focus time, out of office, and working location events" and "Create
/// birthdays"; OutlookGoogleCalendarSync#1817 for the sentence about properties.
pub(super) fn check_kind(
    calendar: &Calendar,
    event: &mut Event,
    accepts: Accepts,
) -> Result<(), Refusal> {
    let kind = event.text("eventType").unwrap_or("default").to_owned();
    for (owner, name) in [
        ("workingLocation", "workingLocationProperties"),
        ("focusTime", "focusTimeProperties"),
        ("outOfOffice", "outOfOfficeProperties"),
        ("birthday", "birthdayProperties"),
    ] {
        let has = event.properties.contains_key(name);
        let needs = kind == owner && owner == "workingLocation";
        if (has && kind != owner) || (needs && !has) {
            let message = format!("{name} requires an event type of {owner}, and vice versa.");
            return refuse(restricted(&message));
        }
    }
    if matches!(kind.as_str(), "default" | "fromGmail") || accepts.scenario {
        return Ok(());
    }
    if !calendar.primary {
        let message = format!("Events of type {kind} can only be on a primary calendar.");
        return refuse(restricted(&message));
    }
    match kind.as_str() {
        "focusTime" | "outOfOffice" => check_status_event(event, &kind),
        "workingLocation" => check_working_location(event),
        _ => check_birthday(event),
    }
}

fn check_status_event(event: &mut Event, kind: &str) -> Result<(), Refusal> {
    if event.start.is_date() {
        let message = format!("An event of type {kind} must be a timed event.");
        return refuse(restricted(&message));
    }
    if event.text("transparency") == Some("transparent") {
        let message = format!("An event of type {kind} must be opaque.");
        return refuse(restricted(&message));
    }
    let name = format!("{kind}Properties");
    let default = json!({"autoDeclineMode": "declineNone"});
    event.properties.entry(name).or_insert(default);
    Ok(())
}

fn check_working_location(event: &mut Event) -> Result<(), Refusal> {
    let properties = event.properties.get("workingLocationProperties");
    let kind = properties.and_then(|properties| text(properties, "/type"));
    let fits = kind.is_some_and(|kind| {
        matches!(kind, "homeOffice" | "officeLocation" | "customLocation")
            && properties
                .is_some_and(|properties| kind == "homeOffice" || properties.get(kind).is_some())
    });
    if !fits {
        let message = "Invalid working location properties.";
        return refuse(errors::error(400, "malformedWorkingLocationEvent", message));
    }
    if event.text("visibility") != Some("public")
        || event.text("transparency") != Some("transparent")
    {
        let message = "A working location event must be public and transparent.";
        return refuse(errors::error(400, "malformedWorkingLocationEvent", message));
    }
    Ok(())
}

fn check_birthday(event: &mut Event) -> Result<(), Refusal> {
    let yearly = event.series.is_some()
        || event
            .rule
            .first()
            .is_some_and(|line| line.contains("FREQ=YEARLY"));
    if !event.start.is_date() || !yearly {
        return refuse(restricted(
            "A birthday must be an all-day event that repeats every year.",
        ));
    }
    if event.text("visibility") != Some("private")
        || event.text("transparency") != Some("transparent")
    {
        return refuse(restricted("A birthday must be private and transparent."));
    }
    let kind = json!({"type": "birthday"});
    event.properties.entry("birthdayProperties").or_insert(kind);
    Ok(())
}

/// Google's own join block is taken out of a description (ridafkih/keeper.sh#750).
pub(super) fn without_conference_block(text: &str) -> String {
    let Some((before, rest)) = text.split_once("-::~:~::") else {
        return text.to_owned();
    };
    let after = rest.rsplit_once("::~:~::-").map_or("", |(_, after)| after);
    format!("{}{after}", before.trim_end())
}
