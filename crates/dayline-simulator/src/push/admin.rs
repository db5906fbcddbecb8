//! What the tests' door shows and does of push.

use chrono::{DateTime, SecondsFormat, Utc};
use serde_json::{Map, Value, json};

use super::microsoft::{self, LifecycleEvent};
use crate::Simulator;

/// The quirks of push.
pub(crate) fn quirks(sim: &Simulator) -> Value {
    json!(sim.push.quirks)
}

/// Changes the given quirks and gives all.
///
/// # Errors
/// Words about a member that there is not, or that is of another type.
pub(crate) fn set_quirks(sim: &mut Simulator, body: Map<String, Value>) -> Result<Value, String> {
    let mut all = quirks(sim);
    if let Some(map) = all.as_object_mut() {
        map.extend(body);
    }
    sim.push.quirks = serde_json::from_value(all).map_err(|error| error.to_string())?;
    Ok(quirks(sim))
}

/// Subscriptions and channels with what became of their notifications.
pub(crate) fn list(sim: &mut Simulator, now: DateTime<Utc>) -> Value {
    sim.push.expire(now);
    let push = &sim.push;
    let email = |index: usize| sim.accounts.get(index).map(|account| account.email.clone());
    let row = |id: &str, account: usize, own: Value| {
        let mut row = json!({
            "id": id,
            "email": email(account),
            "pending": push.queue.pending(id),
        });
        if let (Some(row), Value::Object(own), Value::Object(counts)) =
            (row.as_object_mut(), own, json!(push.queue.counts(id)))
        {
            row.extend(own);
            row.extend(counts);
        }
        row
    };
    let instant = |at: DateTime<Utc>| at.to_rfc3339_opts(SecondsFormat::Millis, true);
    let subscriptions = push.subscriptions.iter().map(|one| {
        let own = json!({
            "provider": "microsoft",
            "calendar": one.calendar,
            "resource": one.draft.resource,
            "changeType": one.draft.change_type,
            "notificationUrl": one.draft.notification_url,
            "lifecycleNotificationUrl": one.draft.lifecycle_url,
            "clientState": one.draft.client_state,
            "expires": instant(one.expires),
        });
        row(&one.id, one.account, own)
    });
    let channels = push.channels.iter().map(|one| {
        let own = json!({
            "provider": "google",
            "calendar": one.calendar,
            "resource": one.resource_uri,
            "resourceId": one.resource_id,
            "notificationUrl": one.address,
            "token": one.token,
            "expires": instant(one.expires),
        });
        row(&one.id, one.account, own)
    });
    subscriptions.chain(channels).collect()
}

/// Sends a lifecycle notification: `{email?, subscription?, event}`; absent parts choose all.
///
/// # Errors
/// Words about an event or a subscription that there is not.
pub(crate) fn lifecycle(
    sim: &mut Simulator,
    body: &Map<String, Value>,
    now: DateTime<Utc>,
) -> Result<Value, String> {
    sim.push.expire(now);
    let field = |name: &str| body.get(name).and_then(Value::as_str);
    let event = LifecycleEvent::ALL
        .into_iter()
        .find(|event| field("event") == Some(event.as_str()));
    let event = event.ok_or("event is reauthorizationRequired, subscriptionRemoved or missed")?;
    let is_meant = |account: usize, id: &str| {
        field("subscription").is_none_or(|wanted| wanted == id)
            && field("email").is_none_or(|email| {
                let account = sim.accounts.get(account);
                account.is_some_and(|account| account.email.eq_ignore_ascii_case(email))
            })
    };
    let all = sim.push.subscriptions.iter();
    let meant = all.filter(|one| is_meant(one.account, &one.id));
    let meant: Vec<String> = meant.map(|one| one.id.clone()).collect();
    if meant.is_empty() {
        return Err("no such subscription".into());
    }
    let sent = meant
        .iter()
        .filter(|id| microsoft::send(&mut sim.push, id, event, now))
        .count();
    Ok(json!({"ok": true, "subscriptions": meant, "sent": sent}))
}
