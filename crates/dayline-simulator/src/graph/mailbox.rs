//! The user, the mailbox settings and the Outlook categories.

use serde_json::{Value, json};

use super::context::Context;
use crate::call::Reply;
use crate::world::{Account, Env};
use crate::{ids, time};

pub(super) fn me(cx: &Context<'_>, account: &Account) -> Value {
    let mut names = account.name.splitn(2, ' ');
    json!({
        "@odata.context": format!("{}/v1.0/$metadata#users/$entity", cx.call.origin),
        "businessPhones": [],
        "displayName": account.name,
        "givenName": names.next(),
        "surname": names.next(),
        "jobTitle": null,
        "mail": account.email,
        "mobilePhone": null,
        "officeLocation": null,
        "preferredLanguage": "en-GB",
        "userPrincipalName": account.email,
        "id": account.id,
    })
}

pub(super) fn settings(cx: &Context<'_>, account: &Account) -> Value {
    let zone = time::windows_name(account.tz);
    json!({
        "@odata.context": cx.context("mailboxSettings"),
        "archiveFolder": "",
        "timeZone": zone,
        "delegateMeetingMessageDeliveryOptions": "sendToDelegateOnly",
        "dateFormat": "dd/MM/yyyy",
        "timeFormat": "HH:mm",
        "userPurpose": "user",
        "automaticRepliesSetting": {
            "status": "disabled",
            "externalAudience": "all",
            "internalReplyMessage": "",
            "externalReplyMessage": "",
        },
        "language": {"locale": "en-GB", "displayName": "English (United Kingdom)"},
        "workingHours": {
            "daysOfWeek": ["monday", "tuesday", "wednesday", "thursday", "friday"],
            "startTime": "08:00:00.0000000",
            "endTime": "17:00:00.0000000",
            "timeZone": {"name": zone},
        },
    })
}

pub(super) fn time_zone(cx: &Context<'_>, account: &Account) -> Value {
    json!({
        "@odata.context": cx.context("mailboxSettings/timeZone"),
        "value": time::windows_name(account.tz),
    })
}

pub(super) fn supported_time_zones(cx: &Context<'_>, call: &str) -> Value {
    let iana = call.contains("'Iana'");
    let zones: Vec<Value> = time::windows_zones()
        .map(|(windows, tz)| {
            let alias = if iana { tz.name() } else { windows };
            json!({"alias": alias, "displayName": alias})
        })
        .collect();
    json!({
        "@odata.context": format!("{}/v1.0/$metadata#Collection(timeZoneInformation)", cx.call.origin),
        "value": zones,
    })
}

pub(super) fn categories(cx: &Context<'_>, account: &Account) -> Value {
    cx.collection("outlook/masterCategories", account.categories.clone(), None)
}

/// Creates a category; names are unique.
pub(super) fn create_category(cx: &Context<'_>, account: &mut Account, env: &mut Env<'_>) -> Reply {
    let Some(body) = cx.call.object() else {
        return cx.bad_body("The body is not valid JSON.");
    };
    let Some(name) = body.get("displayName").and_then(Value::as_str) else {
        return cx.bad_property("The property 'displayName' is required.");
    };
    let taken = account
        .categories
        .iter()
        .any(|category| category.get("displayName").and_then(Value::as_str) == Some(name));
    if taken {
        return cx.error(
            409,
            "CategoryNameDuplicate",
            "A category with this name already exists.",
        );
    }
    let color = body.get("color").and_then(Value::as_str).unwrap_or("none");
    let category = json!({"id": ids::uuid(env.rng), "displayName": name, "color": color});
    account.categories.push(category.clone());
    let mut answer = crate::call::object(category);
    answer.insert(
        "@odata.context".into(),
        cx.context("outlook/masterCategories/$entity").into(),
    );
    Reply::json(201, &Value::Object(answer))
}
