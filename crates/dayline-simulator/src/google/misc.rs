//! Settings, colours and free/busy.

use chrono::{DateTime, SecondsFormat, Utc};
use chrono_tz::Tz;
use serde_json::{Map, Value, json};

use super::errors;
use crate::call::{Call, Reply, object, text};
use crate::time::parse_instant;
use crate::world::{Account, Calendar};
use crate::{expand, ids};

fn all(account: &Account) -> [(&'static str, String); 10] {
    [
        ("autoAddHangouts", "false".into()),
        ("dateFieldOrder", "DMY".into()),
        ("defaultEventLength", "60".into()),
        ("format24HourTime", "true".into()),
        ("hideInvitations", "false".into()),
        ("hideWeekends", "false".into()),
        ("locale", "en_GB".into()),
        ("showDeclinedEvents", "true".into()),
        ("timezone", account.tz.name().to_owned()),
        ("weekStart", "1".into()),
    ]
}

fn resource(name: &str, value: &str) -> Value {
    json!({"kind": "calendar#setting", "etag": "\"0\"", "id": name, "value": value})
}

/// `settings.list`. Nobody changes them here: a sync token brings nothing new.
pub(super) fn settings(call: &Call, account: &Account) -> Reply {
    let max = call.param("maxResults").and_then(|max| max.parse().ok());
    let max: usize = max.unwrap_or(100).clamp(1, 250);
    let known = call.param("syncToken").map(ids::open::<(u64, String)>);
    let nothing_new = match known {
        Some(Some((epoch, kind))) if epoch == account.epoch && kind == SETTINGS => true,
        Some(_) => return errors::full_sync_required(),
        None => false,
    };
    let skip = match call.param("pageToken").map(ids::open::<usize>) {
        Some(Some(skip)) => skip,
        Some(None) => return errors::invalid("Invalid page token value."),
        None => 0,
    };
    let all = all(account);
    let items: Vec<Value> = all
        .iter()
        .filter(|_| !nothing_new)
        .skip(skip)
        .take(max)
        .map(|(name, value)| resource(name, value))
        .collect();
    let mut body = object(json!({"kind": "calendar#settings", "etag": "\"p0\"", "items": items}));
    if !nothing_new && skip + max < all.len() {
        body.insert("nextPageToken".into(), ids::seal(&(skip + max)).into());
    } else {
        let token = (account.epoch, SETTINGS);
        body.insert("nextSyncToken".into(), ids::seal(&token).into());
    }
    Reply::json(200, &Value::Object(body))
}

pub(super) fn setting(account: &Account, name: &str) -> Reply {
    match all(account).iter().find(|(known, _)| *known == name) {
        Some((name, value)) => Reply::json(200, &resource(name, value)),
        None => errors::not_found(),
    }
}

/// Marks a sync token of settings.
const SETTINGS: &str = "settings";

/// Background colours of the event palette.
const EVENT_COLORS: [&str; 11] = [
    "#a4bdfc", "#7ae7bf", "#dbadff", "#ff887c", "#fbd75b", "#ffb878", "#46d6db", "#e1e1e1",
    "#5484ed", "#51b749", "#dc2127",
];

/// Background colours of the calendar palette.
pub(super) const CALENDAR_COLORS: [&str; 24] = [
    "#ac725e", "#d06b64", "#f83a22", "#fa573c", "#ff7537", "#ffad46", "#42d692", "#16a765",
    "#7bd148", "#b3dc6c", "#fbe983", "#fad165", "#92e1c0", "#9fe1e7", "#9fc6e7", "#4986e7",
    "#9a9cff", "#b99aff", "#c2c2c2", "#cabdbf", "#cca6ac", "#f691b2", "#cd74e6", "#a47ae2",
];

pub(super) fn colors() -> Reply {
    let palette = |colors: &[&str]| -> Map<String, Value> {
        colors
            .iter()
            .enumerate()
            .map(|(at, color)| {
                (
                    (at + 1).to_string(),
                    json!({"background": color, "foreground": "#1d1d1d"}),
                )
            })
            .collect()
    };
    Reply::json(
        200,
        &json!({
            "kind": "calendar#colors",
            "updated": "2012-02-14T00:00:00.000Z",
            "calendar": palette(&CALENDAR_COLORS),
            "event": palette(&EVENT_COLORS),
        }),
    )
}

/// `freebusy.query`.
pub(super) fn free_busy(call: &Call, account: &Account) -> Reply {
    let Some(body) = call.object().map(Value::Object) else {
        return errors::bad_json();
    };
    let bound = |name: &str| text(&body, name).and_then(parse_instant);
    let (Some(from), Some(until)) = (bound("/timeMin"), bound("/timeMax")) else {
        return errors::required("Missing time range.");
    };
    if from >= until {
        return errors::error(400, "timeRangeEmpty", "The specified time range is empty.");
    }
    let tz = match text(&body, "/timeZone").map(str::parse::<Tz>) {
        Some(Ok(tz)) => tz,
        Some(Err(_)) => return errors::invalid("Invalid time zone."),
        None => Tz::UTC,
    };
    let ids = body
        .get("items")
        .and_then(Value::as_array)
        .cloned()
        .unwrap_or_default();
    let calendars: Map<String, Value> = ids
        .iter()
        .filter_map(|item| text(item, "/id"))
        .map(|id| {
            let answer = match account.calendar(id) {
                Some(calendar) => json!({"busy": busy(calendar, from, until, tz)}),
                None => json!({"errors": [{"domain": "global", "reason": "notFound"}], "busy": []}),
            };
            (id.to_owned(), answer)
        })
        .collect();
    Reply::json(
        200,
        &json!({
            "kind": "calendar#freeBusy",
            "timeMin": from.to_rfc3339_opts(SecondsFormat::Millis, true),
            "timeMax": until.to_rfc3339_opts(SecondsFormat::Millis, true),
            "calendars": calendars,
        }),
    )
}

fn busy(calendar: &Calendar, from: DateTime<Utc>, until: DateTime<Utc>, tz: Tz) -> Vec<Value> {
    let opaque = |properties: &Map<String, Value>| {
        properties.get("transparency").and_then(Value::as_str) != Some("transparent")
    };
    let mut spans: Vec<(DateTime<Utc>, DateTime<Utc>)> = Vec::new();
    for event in calendar
        .events
        .iter()
        .filter(|event| !event.removed && event.series.is_none())
    {
        if event.is_master() {
            for slot in expand::instances(calendar, event, from, until) {
                if opaque(&slot.exception.unwrap_or(slot.master).properties) {
                    spans.push((
                        slot.start.instant(calendar.tz),
                        slot.end.instant(calendar.tz),
                    ));
                }
            }
        } else if opaque(&event.properties)
            && expand::intersects((&event.start, &event.end), from, until, calendar.tz)
        {
            spans.push((
                event.start.instant(calendar.tz),
                event.end.instant(calendar.tz),
            ));
        }
    }
    spans.sort_unstable();
    let mut merged: Vec<(DateTime<Utc>, DateTime<Utc>)> = Vec::new();
    for (start, end) in spans {
        match merged.last_mut() {
            Some(last) if start <= last.1 => last.1 = last.1.max(end),
            _ => merged.push((start, end)),
        }
    }
    let text = |at: DateTime<Utc>| {
        at.with_timezone(&tz)
            .to_rfc3339_opts(SecondsFormat::Secs, true)
    };
    merged
        .into_iter()
        .map(|(start, end)| json!({"start": text(start), "end": text(end)}))
        .collect()
}
