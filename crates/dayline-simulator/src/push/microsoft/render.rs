//! A subscription and its notifications as Graph writes them.

use chrono::{DateTime, Duration, SecondsFormat, Utc};
use rand::RngCore;
use serde_json::{Value, json};

use super::Subscription;
use crate::call::Call;
use crate::oauth::MICROSOFT_CLIENT_ID;
use crate::push::changes::{Change, ChangeKind};
use crate::world::Account;
use crate::{graph, ids};

/// A token for a webhook to echo.
///
/// The first words are the service's (microsoft-graph-docs#21160); what follows is ours, for a
/// client that decodes only some characters.
pub(super) fn token(hostile: bool, rng: &mut dyn RngCore) -> String {
    let id = ids::uuid(rng);
    if hostile {
        return format!("<script>alert(\"{id}\")</script>");
    }
    format!(
        "Validation: Testing client application reachability for subscription Request-Id: {id} (100% + \"a&b=c\"/#1;é)"
    )
}

fn instant(at: DateTime<Utc>) -> String {
    let text = at.to_rfc3339_opts(SecondsFormat::Micros, true);
    // Seven digits, as everywhere in Graph.
    format!("{}0Z", text.trim_end_matches('Z'))
}

/// The resource without its context. `state` is shown where the service does: not in what reads
/// it (Graph reference "List subscriptions").
pub(super) fn properties(one: &Subscription, account: &Account, state: Option<&str>) -> Value {
    json!({
        "id": one.id,
        "resource": one.draft.resource,
        "applicationId": MICROSOFT_CLIENT_ID,
        "changeType": one.draft.change_type,
        "clientState": state,
        "notificationUrl": one.draft.notification_url,
        "notificationQueryOptions": null,
        "lifecycleNotificationUrl": one.draft.lifecycle_url,
        "expirationDateTime": instant(one.expires),
        "creatorId": account.id,
        "includeResourceData": null,
        "latestSupportedTlsVersion": one.draft.tls,
        "encryptionCertificate": null,
        "encryptionCertificateId": null,
        "notificationUrlAppId": null,
    })
}

/// The resource as an answer.
pub(super) fn subscription(
    one: &Subscription,
    account: &Account,
    call: &Call,
    state: Option<&str>,
) -> Value {
    let mut body = properties(one, account, state);
    if let Some(map) = body.as_object_mut() {
        let context = format!("{}/v1.0/$metadata#subscriptions/$entity", call.base());
        map.insert("@odata.context".into(), context.into());
    }
    body
}

/// A notification of a change.
pub(super) fn notification(
    one: &Subscription,
    account: &Account,
    change: &Change,
    kind: ChangeKind,
    rng: &mut dyn RngCore,
) -> Value {
    let id = if one.immutable {
        ids::to_immutable(&change.id)
    } else {
        change.id.clone()
    };
    let resource = format!("Users/{}/Events/{id}", account.id);
    let number: String = ids::secret(rng).chars().take(10).collect();
    json!({
        "id": format!("{number}AAA"),
        "subscriptionId": one.id,
        "subscriptionExpirationDateTime": instant(one.expires),
        "clientState": one.draft.client_state,
        "changeType": kind.as_str(),
        "resource": resource,
        "tenantId": account.tenant,
        "resourceData": {
            "@odata.type": "#Microsoft.Graph.Event",
            "@odata.id": resource,
            "@odata.etag": graph::etag(change.version),
            "id": id,
        },
    })
}

/// A notification about the subscription itself.
pub(super) fn lifecycle(one: &Subscription, event: &str) -> Value {
    json!({
        "subscriptionId": one.id,
        "subscriptionExpirationDateTime": instant(one.expires),
        "tenantId": one.tenant,
        "clientState": one.draft.client_state,
        "lifecycleEvent": event,
    })
}

/// A notification of somebody else's subscription, always the same for a POST.
pub(in crate::push) fn foreign(post: u64, now: DateTime<Utc>) -> Value {
    let uuid = |what: &str| ids::uuid_of(&format!("{what}/{post}"));
    let id = ids::graph_of(&format!("foreign/{post}"));
    let resource = format!("Users/{}/Events/{id}", uuid("user"));
    json!({
        "id": format!("foreign{post}AAA"),
        "subscriptionId": uuid("subscription"),
        "subscriptionExpirationDateTime": instant(now + Duration::days(2)),
        "clientState": uuid("state"),
        "changeType": "updated",
        "resource": resource,
        "tenantId": uuid("tenant"),
        "resourceData": {
            "@odata.type": "#Microsoft.Graph.Event",
            "@odata.id": resource,
            "@odata.etag": graph::etag(post),
            "id": id,
        },
    })
}
