//! What a client may write on an event, and what the service makes of it.

use chrono_tz::Tz;
use rand::RngCore;
use serde_json::{Map, Value, json};

use super::context::Context;
use super::{attachments, extended, recurrence, schema, teams};
use crate::call::{Reply, object, text};
use crate::time::{Moment, parse_local};
use crate::world::{Account, Calendar, Env, Event};
use crate::{ids, time};

/// Most attendees of an event (Graph `event` resource).
const MOST_ATTENDEES: usize = 500;

/// Properties that are stored as they come.
const PLAIN: &[&str] = &[
    "subject",
    "importance",
    "sensitivity",
    "showAs",
    "categories",
    "isReminderOn",
    "reminderMinutesBeforeStart",
    "responseRequested",
    "allowNewTimeProposals",
    "hideAttendees",
];

/// What a write did beyond plain properties.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Effect {
    /// Start, end or recurrence changed.
    pub(super) times: bool,
    /// The recurrence changed: exceptions are dropped.
    pub(super) pattern: bool,
}

/// A new event with the service's defaults; times are set by the first write.
pub(crate) fn new_event(
    account: &Account,
    calendar: &Calendar,
    version: u64,
    now: chrono::DateTime<chrono::Utc>,
    rng: &mut dyn RngCore,
) -> Event {
    let unique = ids::uuid(rng).replace('-', "").to_uppercase();
    let properties = object(json!({
        "subject": "",
        "body": {"contentType": "html", "content": ""},
        "importance": "normal",
        "sensitivity": "normal",
        "showAs": "busy",
        "categories": [],
        "isReminderOn": true,
        "reminderMinutesBeforeStart": 15,
        "responseRequested": true,
        "allowNewTimeProposals": true,
        "hideAttendees": false,
        "hasAttachments": false,
        "isDraft": false,
        "isCancelled": false,
        "isOnlineMeeting": false,
        "onlineMeetingProvider": "unknown",
        "onlineMeeting": null,
        "recurrence": null,
        "attendees": [],
        "location": location(&json!({"displayName": ""})),
        "locations": [],
        "organizer": {
            "emailAddress": {"name": calendar.owner_name, "address": calendar.owner_address}
        },
        "responseStatus": {"response": "organizer", "time": "0001-01-01T00:00:00Z"},
        "iCalUId": format!("040000008200E00074C5B7101A82E0080000000000000000000000000000000000000000{unique}"),
    }));
    let start = Moment::local_in(now.naive_utc(), account.tz);
    Event {
        id: ids::graph(rng),
        created: now,
        updated: now,
        version,
        created_version: version,
        expansion_version: version,
        removed: false,
        end: start.clone(),
        start,
        rule: Vec::new(),
        series: None,
        properties,
    }
}

/// Applies a POST or PATCH body to `event`.
pub(super) fn apply(
    cx: &Context<'_>,
    account: &Account,
    event: &mut Event,
    body: &Map<String, Value>,
    env: &mut Env<'_>,
) -> Result<Effect, Box<Reply>> {
    check(cx, body)?;
    for name in PLAIN {
        match body.get(*name) {
            Some(Value::Null) if *name == "subject" => {
                event.properties.insert((*name).to_owned(), "".into());
            }
            Some(Value::Null) | None => {}
            Some(value) => {
                event.properties.insert((*name).to_owned(), value.clone());
            }
        }
    }
    extended::set_properties(event, body);
    extended::set_extensions(event, body);
    attachments::set(event, body, env);
    set_locations(event, body);
    if let Some(attendees) = body.get("attendees").and_then(Value::as_array) {
        let old = event
            .properties
            .get("attendees")
            .cloned()
            .unwrap_or_default();
        let list: Vec<Value> = attendees.iter().map(|one| attendee(one, &old)).collect();
        event.properties.insert("attendees".into(), list.into());
    }
    let mut effect = set_times(cx, event, body)?;
    effect.pattern = set_recurrence(cx, event, body, effect.times)?;
    effect.times |= effect.pattern;
    if let Some(new) = body.get("body") {
        let html = html(new);
        event.properties.insert(
            "body".into(),
            json!({"contentType": "html", "content": html}),
        );
        drop_meeting_without_link(event, &html);
    }
    let wants = body.get("isOnlineMeeting").and_then(Value::as_bool) == Some(true);
    let has = event
        .properties
        .get("onlineMeeting")
        .is_some_and(Value::is_object);
    if wants && !has {
        add_meeting(account, event, env);
    }
    Ok(effect)
}

/// Refuses what the schema does not know (names, kinds, members), and too many attendees.
fn check(cx: &Context<'_>, body: &Map<String, Value>) -> Result<(), Box<Reply>> {
    if let Some(fault) = schema::faults("event", body).first() {
        return Err(Box::new(cx.bad_body(&fault.to_string())));
    }
    let attendees = body.get("attendees").and_then(Value::as_array);
    if attendees.is_some_and(|list| list.len() > MOST_ATTENDEES) {
        let message = "The maximum number of attendees of an event is 500.";
        return Err(Box::new(cx.bad_property(message)));
    }
    let nameless = |one: &Value| text(one, "/emailAddress/address").is_none_or(str::is_empty);
    if attendees.is_some_and(|list| list.iter().any(nameless)) {
        let message = "At least one recipient is not valid.";
        return Err(Box::new(cx.error(400, "ErrorInvalidRecipients", message)));
    }
    Ok(())
}

/// `location` and `locations` are coupled: writing one replaces the other.
fn set_locations(event: &mut Event, body: &Map<String, Value>) {
    let given = body.get("locations").and_then(Value::as_array);
    let list: Vec<Value> = match (given, body.get("location")) {
        (Some(list), _) => list.iter().map(location).collect(),
        (None, Some(one)) if text(one, "/displayName").is_some_and(|name| !name.is_empty()) => {
            vec![location(one)]
        }
        (None, Some(_)) => Vec::new(),
        (None, None) => return,
    };
    let first = list
        .first()
        .cloned()
        .unwrap_or_else(|| location(&json!({"displayName": ""})));
    event.properties.insert("location".into(), first);
    event.properties.insert("locations".into(), list.into());
}

fn location(given: &Value) -> Value {
    let mut out = given.as_object().cloned().unwrap_or_default();
    let name = out
        .get("displayName")
        .and_then(Value::as_str)
        .unwrap_or_default()
        .to_owned();
    let defaults = object(json!({
        "displayName": "",
        "locationType": "default",
        "uniqueId": name,
        "uniqueIdType": if name.is_empty() { "unknown" } else { "private" },
        "address": {},
        "coordinates": {},
    }));
    for (key, value) in defaults {
        if !name.is_empty() || !matches!(key.as_str(), "uniqueId") {
            out.entry(key).or_insert(value);
        }
    }
    Value::Object(out)
}

/// An attendee with the answer that was known before.
fn attendee(given: &Value, old: &Value) -> Value {
    let address = text(given, "/emailAddress/address").unwrap_or_default();
    let known = old.as_array().into_iter().flatten().find(|one| {
        text(one, "/emailAddress/address").is_some_and(|mail| mail.eq_ignore_ascii_case(address))
    });
    let status = known
        .and_then(|one| one.get("status"))
        .or_else(|| given.get("status"))
        .cloned()
        .unwrap_or_else(|| json!({"response": "none", "time": "0001-01-01T00:00:00Z"}));
    let mut out = object(json!({
        "type": text(given, "/type").unwrap_or("required"),
        "status": status,
        "emailAddress": {
            "name": text(given, "/emailAddress/name").unwrap_or(address),
            "address": address,
        },
    }));
    let proposed = known
        .and_then(|one| one.get("proposedNewTime"))
        .or_else(|| given.get("proposedNewTime"));
    if let Some(proposed) = proposed.filter(|proposed| proposed.is_object()) {
        out.insert("proposedNewTime".into(), proposed.clone());
    }
    Value::Object(out)
}

fn set_times(
    cx: &Context<'_>,
    event: &mut Event,
    body: &Map<String, Value>,
) -> Result<Effect, Box<Reply>> {
    let was_all_day = event.start.is_date();
    let all_day = body
        .get("isAllDay")
        .and_then(Value::as_bool)
        .unwrap_or(was_all_day);
    let (start, end) = (body.get("start"), body.get("end"));
    if start.is_none() && end.is_none() && all_day == was_all_day {
        return Ok(Effect::default());
    }
    let new_start = read(cx, start, &event.start, all_day)?;
    let new_end = read(cx, end, &event.end, all_day)?;
    if all_day {
        let zone = |value: Option<&Value>| {
            value
                .and_then(|value| text(value, "/timeZone"))
                .map(str::to_owned)
        };
        if zone(start) != zone(end) && start.is_some() && end.is_some() {
            let message = "The start and end of an all-day event must be in the same time zone.";
            return Err(Box::new(cx.bad_property(message)));
        }
        if new_end.local() <= new_start.local() {
            let message = "The duration of an all-day event must be at least 24 hours.";
            return Err(Box::new(cx.bad_property(message)));
        }
        if !was_all_day && body.get("showAs").is_none() && event.version == event.created_version {
            event.properties.insert("showAs".into(), "free".into());
        }
    }
    if new_end.instant(Tz::UTC) < new_start.instant(Tz::UTC) {
        let message = "The end time of the event is earlier than its start time.";
        return Err(Box::new(cx.error(
            400,
            "ErrorCalendarEndDateIsEarlierThanStartDate",
            message,
        )));
    }
    for (value, name) in [
        (start, "originalStartTimeZone"),
        (end, "originalEndTimeZone"),
    ] {
        if let Some(value) = value {
            let zone = text(value, "/timeZone").unwrap_or("UTC");
            event.properties.insert(name.into(), zone.into());
        }
    }
    let changed = new_start != event.start || new_end != event.end;
    event.start = new_start;
    event.end = new_end;
    Ok(Effect {
        times: changed,
        pattern: false,
    })
}

/// One `dateTimeTimeZone`, or the old moment turned into the wanted kind.
fn read(
    cx: &Context<'_>,
    value: Option<&Value>,
    old: &Moment,
    all_day: bool,
) -> Result<Moment, Box<Reply>> {
    let midnight = "The Event.Start property for an all-day event needs to be set to midnight.";
    let Some(value) = value else {
        return match (all_day, old) {
            (true, Moment::Local { at, .. }) if at.time() != chrono::NaiveTime::MIN => {
                Err(Box::new(cx.bad_property(midnight)))
            }
            (true, _) => Ok(Moment::Date(old.local().date())),
            (false, Moment::Date(_)) => Ok(Moment::local_in(old.local(), Tz::UTC)),
            (false, Moment::Local { .. }) => Ok(old.clone()),
        };
    };
    let name = text(value, "/timeZone")
        .filter(|name| !name.is_empty())
        .unwrap_or("UTC");
    let Some(tz) = time::zone(name) else {
        return Err(Box::new(cx.bad_zone(name)));
    };
    let raw = text(value, "/dateTime").unwrap_or_default();
    let Some(local) = parse_local(raw.trim_end_matches('Z')) else {
        return Err(Box::new(cx.bad_property(
            "The value of 'dateTime' is not a valid date and time.",
        )));
    };
    if all_day {
        return if local.time() == chrono::NaiveTime::MIN {
            Ok(Moment::Date(local.date()))
        } else {
            Err(Box::new(cx.bad_property(midnight)))
        };
    }
    Ok(Moment::Local {
        at: local,
        tz,
        name: name.to_owned(),
        late: false,
    })
}

/// Sets or clears the recurrence. Returns whether exceptions have to go.
fn set_recurrence(
    cx: &Context<'_>,
    event: &mut Event,
    body: &Map<String, Value>,
    times: bool,
) -> Result<bool, Box<Reply>> {
    let stored = event
        .properties
        .get("recurrence")
        .cloned()
        .unwrap_or_default();
    let given = match body.get("recurrence") {
        Some(Value::Null) => {
            let was = !event.rule.is_empty();
            event.rule.clear();
            event.properties.insert("recurrence".into(), Value::Null);
            return Ok(was);
        }
        Some(given) => given.clone(),
        None if times && event.is_master() => {
            // The series moved: its range begins with the new start.
            let mut moved = stored.clone();
            if let Some(start) = moved.pointer_mut("/range/startDate") {
                *start = event.start.local().date().to_string().into();
            }
            moved
        }
        None => return Ok(false),
    };
    if event.series.is_some() {
        let message = "An occurrence cannot have a recurrence.";
        return Err(Box::new(cx.error(
            400,
            "ErrorCalendarCannotUseIdForOccurrenceId",
            message,
        )));
    }
    // The range begins on the event's date, be it seen from the start's zone or its own.
    let written = event.start.local().date();
    let zone = text(&given, "/range/recurrenceTimeZone").filter(|zone| !zone.is_empty());
    if let Some(zone) = zone {
        let Some(tz) = time::zone(zone) else {
            return Err(Box::new(cx.bad_zone(zone)));
        };
        move_to_zone(event, tz, zone);
    }
    let name = event
        .text("originalStartTimeZone")
        .unwrap_or("UTC")
        .to_owned();
    let mut given = given;
    let first = event.start.local().date();
    if let Some(start) = given.pointer_mut("/range/startDate")
        && start.as_str() == Some(written.to_string().as_str())
    {
        *start = first.to_string().into();
    }
    match recurrence::parse(&given, first, &name) {
        Ok(found) => {
            let changed = found.resource != stored;
            event.rule = found.rule;
            event.properties.insert("recurrence".into(), found.resource);
            Ok((changed && !stored.is_null()) || times)
        }
        Err(message) => Err(Box::new(cx.bad_property(&message))),
    }
}

/// A series runs in its recurrence's zone, whatever zone its start was written in.
fn move_to_zone(event: &mut Event, tz: Tz, name: &str) {
    for moment in [&mut event.start, &mut event.end] {
        if !moment.is_date() && moment.tz() != tz {
            let at = moment.instant(Tz::UTC).with_timezone(&tz).naive_local();
            *moment = Moment::Local {
                at,
                tz,
                name: name.to_owned(),
                late: false,
            };
        }
    }
}

/// The body as HTML; text is converted, as the service does.
fn html(body: &Value) -> String {
    let content = text(body, "/content").unwrap_or_default();
    if text(body, "/contentType").is_some_and(|kind| kind.eq_ignore_ascii_case("html")) {
        return content.to_owned();
    }
    let escaped = content
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;");
    format!(
        "<html>\r\n<head>\r\n<meta http-equiv=\"Content-Type\" content=\"text/html; charset=utf-8\">\r\n</head>\r\n<body>\r\n<div class=\"PlainText\">{}</div>\r\n</body>\r\n</html>\r\n",
        escaped.replace('\n', "<br>\n")
    )
}

/// Writing a body without the join block turns the online meeting off (Graph
/// `event: update`; learn.microsoft.com/answers/questions/2135978).
fn drop_meeting_without_link(event: &mut Event, html: &str) {
    let join = event
        .properties
        .get("onlineMeeting")
        .and_then(|meeting| text(meeting, "/joinUrl"))
        .map(str::to_owned);
    if join.is_some_and(|join| !teams::holds_link(html, &join)) {
        event
            .properties
            .insert("isOnlineMeeting".into(), false.into());
        event
            .properties
            .insert("onlineMeetingProvider".into(), "unknown".into());
        event.properties.insert("onlineMeeting".into(), Value::Null);
    }
}

fn add_meeting(account: &Account, event: &mut Event, env: &mut Env<'_>) {
    let form = if env.quirks.classic_teams_links {
        teams::LinkForm::Classic
    } else {
        teams::LinkForm::Short
    };
    attach_meeting(account, event, form, env.rng);
}

/// Makes `event` a Teams meeting with a link of the given form.
pub(crate) fn attach_meeting(
    account: &Account,
    event: &mut Event,
    form: teams::LinkForm,
    rng: &mut dyn RngCore,
) {
    let meeting = teams::meeting(form, account.cloud, &account.tenant, &account.id, rng);
    let body = event.properties.get("body").cloned().unwrap_or_default();
    let html = teams::append(text(&body, "/content").unwrap_or_default(), &meeting.block);
    event.properties.extend(object(json!({
        "isOnlineMeeting": true,
        "onlineMeetingProvider": "teamsForBusiness",
        "onlineMeeting": meeting.info,
        "body": {"contentType": "html", "content": html},
    })));
}
