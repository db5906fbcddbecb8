//! What a client may write on an event, and what the service makes of it.

use chrono::DateTime;
use chrono_tz::Tz;
use serde_json::{Map, Value, json};

use super::errors;
use crate::call::{Reply, object, text};
use crate::expand;
use crate::ids;
use crate::time::{Moment, parse_local};
use crate::world::{Account, Calendar, Env, Event};

/// Whether properties that a body leaves out stay or go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    /// PUT: the body replaces the event.
    Update,
    /// PATCH: the body changes the event; `null` clears.
    Patch,
}

/// Properties that are stored as they come.
const PLAIN: &[&str] = &[
    "summary",
    "description",
    "location",
    "colorId",
    "eventLabelId",
    "transparency",
    "visibility",
    "status",
    "reminders",
    "source",
    "extendedProperties",
    "attachments",
    "anyoneCanAddSelf",
    "guestsCanInviteOthers",
    "guestsCanModify",
    "guestsCanSeeOtherGuests",
    "attendeesOmitted",
    "focusTimeProperties",
    "outOfOfficeProperties",
    "workingLocationProperties",
    "birthdayProperties",
];

const ENUMS: &[(&str, &[&str])] = &[
    ("status", &["confirmed", "tentative", "cancelled"]),
    ("transparency", &["opaque", "transparent"]),
    (
        "visibility",
        &["default", "public", "private", "confidential"],
    ),
];

/// A new event from an insert or import body. `conference` is `conferenceDataVersion` ≥ 1.
pub(crate) fn event_from(
    account: &Account,
    calendar: &Calendar,
    body: &Map<String, Value>,
    version: u64,
    conference: bool,
    env: &mut Env<'_>,
) -> Result<Event, Box<Reply>> {
    let id = match body.get("id").and_then(Value::as_str) {
        Some(id) if is_event_id(id) => id.to_owned(),
        Some(_) => return Err(Box::new(errors::invalid("Invalid resource id value."))),
        None => ids::google(env.rng),
    };
    if !body.contains_key("start") {
        return Err(Box::new(errors::required("Missing start time.")));
    }
    if !body.contains_key("end") {
        return Err(Box::new(errors::required("Missing end time.")));
    }
    let who = json!({"email": owner_email(account, calendar), "displayName": calendar.owner_name});
    let uid = body.get("iCalUID").and_then(Value::as_str);
    let uid = uid.map_or_else(|| format!("{id}@google.com"), str::to_owned);
    let properties = object(json!({
        "iCalUID": uid,
        "sequence": body.get("sequence").and_then(Value::as_i64).unwrap_or(0),
        "creator": {"email": account.email, "displayName": account.name},
        "organizer": body.get("organizer").filter(|who| who.is_object()).cloned().unwrap_or(who),
        "eventType": body.get("eventType").and_then(Value::as_str).unwrap_or("default"),
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
        Mode::Update,
        conference,
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
    conference: bool,
    env: &mut Env<'_>,
) -> Result<bool, Box<Reply>> {
    for (name, allowed) in ENUMS {
        if let Some(value) = body.get(*name).filter(|value| !value.is_null())
            && !value.as_str().is_some_and(|text| allowed.contains(&text))
        {
            let message = format!("Invalid value for: {name}");
            return Err(Box::new(errors::invalid(&message)));
        }
    }
    for name in PLAIN {
        match body.get(*name) {
            Some(Value::Null) => drop(event.properties.remove(*name)),
            Some(value) => set(&mut event.properties, name, value, mode),
            None if mode == Mode::Update && *name != "reminders" => {
                event.properties.remove(*name);
            }
            None => {}
        }
    }
    set_attendees(account, event, body, mode)?;
    let times = set_times(calendar, event, body, mode)?;
    if conference {
        set_conference(event, body, env);
    }
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
        _ => drop(properties.insert(name.to_owned(), value.clone())),
    }
}

fn set_attendees(
    account: &Account,
    event: &mut Event,
    body: &Map<String, Value>,
    mode: Mode,
) -> Result<(), Box<Reply>> {
    let list = match body.get("attendees") {
        Some(Value::Array(list)) => list,
        Some(Value::Null) => {
            event.properties.remove("attendees");
            return Ok(());
        }
        None => {
            if mode == Mode::Update {
                event.properties.remove("attendees");
            }
            return Ok(());
        }
        Some(_) => return Err(Box::new(errors::invalid("Invalid attendees."))),
    };
    // An answer of one guest comes with only that guest's row.
    let partial = body.get("attendeesOmitted").and_then(Value::as_bool) == Some(true);
    let mut rows: Vec<Value> = Vec::new();
    let email = |row: &Value| text(row, "/email").unwrap_or_default().to_lowercase();
    if partial && let Some(Value::Array(old)) = event.properties.get("attendees") {
        rows.extend(
            old.iter()
                .filter(|old| !list.iter().any(|new| email(new) == email(old)))
                .cloned(),
        );
    }
    let organizer = event
        .properties
        .get("organizer")
        .map(&email)
        .unwrap_or_default();
    for row in list {
        if text(row, "/email").is_none_or(|email| !email.contains('@')) {
            return Err(Box::new(errors::invalid("Invalid attendee email.")));
        }
        let mut map = row.as_object().cloned().unwrap_or_default();
        map.remove("self");
        map.entry("responseStatus")
            .or_insert_with(|| "needsAction".into());
        if email(row) == organizer && organizer == account.email.to_lowercase() {
            map.insert("organizer".into(), true.into());
        }
        rows.push(Value::Object(map));
    }
    event.properties.insert("attendees".into(), rows.into());
    event.properties.remove("attendeesOmitted");
    Ok(())
}

fn set_times(
    calendar: &Calendar,
    event: &mut Event,
    body: &Map<String, Value>,
    mode: Mode,
) -> Result<bool, Box<Reply>> {
    let rule = match body.get("recurrence") {
        Some(Value::Array(lines)) => lines
            .iter()
            .filter_map(Value::as_str)
            .map(str::to_owned)
            .collect(),
        Some(Value::Null) => Vec::new(),
        None if mode == Mode::Update && event.series.is_none() => Vec::new(),
        _ => event.rule.clone(),
    };
    if !rule.iter().all(|line| expand::is_valid(line)) {
        return Err(Box::new(errors::invalid("Invalid recurrence rule.")));
    }
    if !rule.is_empty() && event.series.is_some() {
        return Err(Box::new(errors::invalid(
            "An instance cannot have a recurrence.",
        )));
    }
    let recurring = !rule.is_empty();
    let kept = |old: &Moment| (mode == Mode::Patch && !old.is_date()).then(|| old.tz());
    let start = read(
        calendar,
        body.get("start"),
        &event.start,
        kept(&event.start),
        recurring,
        "start",
    )?;
    let end = read(
        calendar,
        body.get("end"),
        &event.end,
        kept(&event.end),
        recurring,
        "end",
    )?;
    if start.is_date() != end.is_date() {
        return Err(Box::new(errors::invalid(
            "Start and end times must either both be date or both be dateTime.",
        )));
    }
    // Google refuses an end that is not after the start, and zero length for whole days.
    let (from, until) = (start.instant(calendar.tz), end.instant(calendar.tz));
    if until < from || (until == from && start.is_date()) {
        return Err(Box::new(errors::error(
            400,
            "timeRangeEmpty",
            "The specified time range is empty.",
        )));
    }
    let changed = start != event.start || end != event.end || rule != event.rule;
    event.start = start;
    event.end = end;
    event.rule = rule;
    Ok(changed)
}

fn read(
    calendar: &Calendar,
    value: Option<&Value>,
    old: &Moment,
    kept: Option<Tz>,
    recurring: bool,
    name: &str,
) -> Result<Moment, Box<Reply>> {
    let Some(value) = value.filter(|value| value.is_object()) else {
        return Ok(old.clone());
    };
    if let Some(date) = text(value, "/date") {
        return date
            .parse()
            .map(Moment::Date)
            .map_err(|_| Box::new(errors::invalid("Invalid value for: date")));
    }
    let Some(raw) = text(value, "/dateTime") else {
        return Err(Box::new(errors::required(&format!("Missing {name} time."))));
    };
    let zone = text(value, "/timeZone");
    let tz = zone.map(str::parse::<Tz>).transpose().map_err(|_| {
        Box::new(errors::invalid(&format!(
            "Invalid time zone definition for {name} time."
        )))
    })?;
    // A PATCH that gives only the time keeps the zone.
    let tz = tz.or(kept);
    if recurring && tz.is_none() {
        let message = format!("Missing time zone definition for {name} time.");
        return Err(Box::new(errors::required(&message)));
    }
    let tz_or_home = tz.unwrap_or(calendar.tz);
    let local = match (DateTime::parse_from_rfc3339(raw), parse_local(raw), tz) {
        (Ok(at), _, _) => at.with_timezone(&tz_or_home).naive_local(),
        (Err(_), Some(local), Some(_)) => local,
        (Err(_), Some(_), None) => {
            let message = format!("Missing time zone definition for {name} time.");
            return Err(Box::new(errors::required(&message)));
        }
        (Err(_), None, _) => {
            return Err(Box::new(errors::invalid("Invalid value for: dateTime")));
        }
    };
    Ok(Moment::local_in(local, tz_or_home))
}

/// Conference data: a `createRequest` makes a Meet call at once, anything else is kept as it
/// comes (solution type `addOn`).
fn set_conference(event: &mut Event, body: &Map<String, Value>, env: &mut Env<'_>) {
    let Some(given) = body.get("conferenceData") else {
        return;
    };
    if given.is_null() {
        event.properties.remove("conferenceData");
        event.properties.remove("hangoutLink");
        return;
    }
    let Some(request) = given.get("createRequest") else {
        event
            .properties
            .insert("conferenceData".into(), given.clone());
        return;
    };
    let (data, link) = meet(request, env);
    event.properties.insert("conferenceData".into(), data);
    event.properties.insert("hangoutLink".into(), link.into());
}

fn meet(request: &Value, env: &mut Env<'_>) -> (Value, String) {
    let mut letters = |count: usize| -> String {
        (0..count)
            .filter_map(|_| char::from_digit(10 + env.rng.next_u32() % 26, 36))
            .collect()
    };
    let code = format!("{}-{}-{}", letters(3), letters(4), letters(3));
    let link = format!("https://meet.google.com/{code}");
    let pin = ids::digits(env.rng, 9);
    let data = json!({
        "createRequest": {
            "requestId": text(request, "/requestId").unwrap_or_default(),
            "conferenceSolutionKey": {"type": "hangoutsMeet"},
            "status": {"statusCode": "success"},
        },
        "entryPoints": [
            {"entryPointType": "video", "uri": link, "label": format!("meet.google.com/{code}")},
            {
                "entryPointType": "phone",
                "regionCode": "DE",
                "uri": "tel:+49-30-300195061",
                "label": "+49 30 300195061",
                "pin": pin,
            },
        ],
        "conferenceSolution": {
            "key": {"type": "hangoutsMeet"},
            "name": "Google Meet",
            "iconUri": "https://fonts.gstatic.com/s/i/productlogos/meet_2020q4/v6/web-512dp/logo_meet_2020q4_color_2x_web_512dp.png",
        },
        "conferenceId": code,
    });
    (data, link)
}
