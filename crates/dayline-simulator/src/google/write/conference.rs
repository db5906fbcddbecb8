//! Conference data: created on request, at once or a moment later, or copied.

use serde_json::{Map, Value, json};

use super::Mode;
use crate::call::text;
use crate::google::schema::without_nulls;
use crate::ids;
use crate::world::{Account, Env, Event};

/// Where a conference waits that is still being made (never rendered).
const PENDING: &str = "sim:pendingConference";

/// A `createRequest` makes a Meet call; anything else is kept as it comes (type `addOn`).
///
/// The same `requestId` as before is ignored (discovery document, `CreateConferenceRequest`).
pub(super) fn set_conference(
    event: &mut Event,
    body: &Map<String, Value>,
    mode: Mode,
    env: &mut Env<'_>,
) {
    let Some(given) = body.get("conferenceData") else {
        if mode == Mode::Update {
            clear(event);
        }
        return;
    };
    if given.is_null() {
        return clear(event);
    }
    let known = event
        .properties
        .get("conferenceData")
        .and_then(|data| text(data, "/createRequest/requestId"));
    let request = given.get("createRequest");
    let asked = request.and_then(|request| text(request, "/requestId"));
    match request {
        Some(_) if asked.is_some() && asked == known => {}
        Some(request) => create(event, request, env),
        None => {
            let mut data = without_nulls(given);
            if let Some(map) = data.as_object_mut() {
                map.entry("signature")
                    .or_insert_with(|| "ADUNotSigned".into());
            }
            event.properties.insert("conferenceData".into(), data);
        }
    }
}

fn clear(event: &mut Event) {
    for name in ["conferenceData", "hangoutLink", PENDING] {
        event.properties.remove(name);
    }
}

fn create(event: &mut Event, request: &Value, env: &mut Env<'_>) {
    let kind = text(request, "/conferenceSolutionKey/type").unwrap_or("hangoutsMeet");
    if kind != "hangoutsMeet" {
        // A solution that the calendar does not allow is asked for in vain.
        let mut failed = request.clone();
        if let Some(map) = failed.as_object_mut() {
            map.insert("status".into(), json!({"statusCode": "failure"}));
        }
        let data = json!({"createRequest": failed});
        event.properties.insert("conferenceData".into(), data);
        return;
    }
    let (data, link) = meet(request, env);
    if env.quirks.conference_pending {
        let mut waiting = data.get("createRequest").cloned().unwrap_or_default();
        if let Some(map) = waiting.as_object_mut() {
            map.insert("status".into(), json!({"statusCode": "pending"}));
        }
        let later = json!({"conferenceData": data, "hangoutLink": link});
        event.properties.insert(PENDING.into(), later);
        let data = json!({"createRequest": waiting});
        event.properties.insert("conferenceData".into(), data);
        return;
    }
    event.properties.insert("conferenceData".into(), data);
    event.properties.insert("hangoutLink".into(), link.into());
}

/// Finishes the conferences that earlier requests asked for.
pub(in crate::google) fn promote(account: &mut Account, env: &Env<'_>) {
    let mut version = account.version;
    for calendar in &mut account.calendars {
        for event in &mut calendar.events {
            if let Some(Value::Object(ready)) = event.properties.remove(PENDING) {
                version += 1;
                event.properties.extend(ready);
                event.touch(version, env.now);
            }
        }
    }
    account.version = version;
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
