//! Actions on an event: answers to invitations, cancel, forward, reminders.
//!
//! No mail goes out: a forward changes nothing, and reminders do not ring.

use serde_json::{Map, Value, json};

use super::context::Context;
use super::events;
use super::target::{Target, draft, locate};
use super::{render, schema};
use crate::call::Reply;
use crate::time::graph_instant;
use crate::world::{Account, Env};

/// The actions that an event knows.
pub(super) const ACTIONS: [&str; 7] = [
    "accept",
    "cancel",
    "decline",
    "dismissReminder",
    "forward",
    "snoozeReminder",
    "tentativelyAccept",
];

/// `POST events/{id}/{action}`: 202 without a body, 200 for reminders.
pub(super) fn handle(
    cx: &Context<'_>,
    account: &mut Account,
    env: &mut Env<'_>,
    id: &str,
    action: &str,
) -> Reply {
    let body = if cx.call.body.is_empty() {
        Some(Map::new())
    } else {
        cx.call.object()
    };
    let Some(body) = body else {
        return cx.bad_body("The body is not valid JSON.");
    };
    if let Some(fault) = schema::action_faults(action, "event", &body).first() {
        return cx.bad_body(&fault.to_string());
    }
    if let Some(name) = body.keys().find(|name| !cx.call.cloud.knows(name)) {
        return cx.bad_body(&format!("The parameter '{name}' in the request payload is not a valid parameter for the operation '{action}'."));
    }
    let parameter = |name: &str| schema::parameter(&body, name).cloned();
    let Some(target) = locate(account, id) else {
        return cx.not_found();
    };
    let Some(home) = account.calendar(target.calendar()) else {
        return cx.not_found();
    };
    if home.read_only {
        return cx.denied();
    }
    let Some(event) = draft(account, &target) else {
        return cx.not_found();
    };
    match action {
        "forward" => {
            let to = parameter("toRecipients");
            if to
                .as_ref()
                .and_then(Value::as_array)
                .is_none_or(Vec::is_empty)
            {
                let message = "At least one recipient is required.";
                return cx.error(400, "ErrorInvalidRecipients", message);
            }
            return Reply::empty(202);
        }
        "snoozeReminder" if parameter("newReminderTime").is_none() => {
            return cx.bad_property("The parameter 'newReminderTime' is required.");
        }
        "snoozeReminder" | "dismissReminder" => return Reply::empty(200),
        _ => {}
    }
    let organizer = render::is_organizer(account, home, &event);
    if action == "cancel" {
        if !organizer {
            let message =
                "Your request can't be completed. You need to be an organizer to cancel a meeting.";
            return cx.error(400, "ErrorInvalidRequest", message);
        }
        events::remove(account, env, &target);
        return Reply::empty(202);
    }
    if organizer {
        let message = "Your request can't be completed. You can't respond to this meeting because you're the meeting organizer.";
        return cx.error(400, "ErrorInvalidRequest", message);
    }
    if let Err(reply) = check_proposal(cx, &body, &event.properties) {
        return *reply;
    }
    if action == "decline" {
        // A declined meeting normally leaves the calendar.
        events::remove(account, env, &target);
        return Reply::empty(202);
    }
    answer(
        account,
        env,
        &target,
        if action == "accept" {
            "accepted"
        } else {
            "tentativelyAccepted"
        },
    );
    Reply::empty(202)
}

fn check_proposal(
    cx: &Context<'_>,
    body: &Map<String, Value>,
    properties: &Map<String, Value>,
) -> Result<(), Box<Reply>> {
    if schema::parameter(body, "proposedNewTime").is_none_or(Value::is_null) {
        return Ok(());
    }
    let sends = schema::parameter(body, "sendResponse").and_then(Value::as_bool) != Some(false);
    let allowed = properties
        .get("allowNewTimeProposals")
        .and_then(Value::as_bool)
        != Some(false);
    if sends && allowed {
        Ok(())
    } else {
        let message =
            "A new time can be proposed only with a response and if the organizer allows it.";
        Err(Box::new(cx.error(400, "ErrorInvalidRequest", message)))
    }
}

fn answer(account: &mut Account, env: &Env<'_>, target: &Target, response: &str) {
    let Some(mut event) = draft(account, target) else {
        return;
    };
    let status = json!({"response": response, "time": graph_instant(env.now)});
    let email = account.email.clone();
    if let Some(list) = event
        .properties
        .get_mut("attendees")
        .and_then(Value::as_array_mut)
    {
        for one in list {
            let own = crate::call::text(one, "/emailAddress/address")
                .is_some_and(|address| address.eq_ignore_ascii_case(&email));
            if own && let Some(one) = one.as_object_mut() {
                one.insert("status".into(), status.clone());
            }
        }
    }
    let show_as = if response == "accepted" {
        "busy"
    } else {
        "tentative"
    };
    event.properties.insert("showAs".into(), show_as.into());
    event.properties.insert("responseStatus".into(), status);
    let version = account.next_version();
    event.touch(version, env.now);
    if let Some(home) = account.calendar_mut(target.calendar()) {
        home.put(event);
    }
}
