//! The user, the mailbox settings and the Outlook categories.

use serde_json::{Map, Value, json};

use super::context::Context;
use super::{query, schema};
use crate::call::{Reply, object, text};
use crate::world::{Account, Env};
use crate::{ids, time};

const CATEGORIES: &str = "outlook/masterCategories";
const CATEGORY_PAGE: usize = 100;
/// Most ids of one `translateExchangeIds`.
const MOST_IDS: usize = 1000;

/// The signed-in user, with the properties that Graph gives without a `$select`.
pub(super) fn me(cx: &Context<'_>, account: &Account) -> Value {
    let mut names = account.name.splitn(2, ' ');
    json!({
        "@odata.context": format!("{}/v1.0/$metadata#users/$entity", cx.call.base()),
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

/// The mailbox settings: the beginning ones with what the user changed.
fn settings(account: &Account) -> Map<String, Value> {
    let zone = time::windows_name(account.tz);
    let mut all = object(json!({
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
    }));
    all.extend(account.settings.clone());
    all
}

/// `mailboxSettings`, whole or one of them. A change merges the first level.
pub(super) fn mailbox_settings(cx: &Context<'_>, account: &mut Account, parts: &[&str]) -> Reply {
    match (cx.call.method.as_str(), parts) {
        ("GET" | "PATCH", []) => {
            if cx.call.method == http::Method::PATCH {
                let Some(body) = cx.call.object() else {
                    return cx.bad_body("The body is not valid JSON.");
                };
                if let Some(fault) = schema::faults("mailboxSettings", &body).first() {
                    return cx.bad_body(&fault.to_string());
                }
                if let Some(name) = body.get("timeZone").and_then(Value::as_str) {
                    let Some(tz) = time::zone(name) else {
                        return cx.bad_zone(name);
                    };
                    account.tz = tz;
                }
                account.settings.extend(body);
            } else if let Err(reply) = query::check_names(cx, "mailboxSettings") {
                return *reply;
            }
            let mut body = object(query::select(cx, Value::Object(settings(account))));
            body.insert(
                "@odata.context".into(),
                cx.context("mailboxSettings").into(),
            );
            Reply::json(200, &Value::Object(body))
        }
        ("GET", [name]) => match settings(account).remove(*name) {
            Some(Value::Object(mut part)) => {
                let context = cx.context(&format!("mailboxSettings/{name}"));
                part.insert("@odata.context".into(), context.into());
                Reply::json(200, &Value::Object(part))
            }
            Some(value) => {
                let context = cx.context(&format!("mailboxSettings/{name}"));
                Reply::json(200, &json!({"@odata.context": context, "value": value}))
            }
            None => cx.bad_path(),
        },
        _ => cx.bad_path(),
    }
}

/// `outlook/supportedTimeZones[(TimeZoneStandard=…)]`, in the Windows or the IANA form.
pub(super) fn supported_time_zones(cx: &Context<'_>, call: &str) -> Reply {
    // `(TimeZoneStandard=microsoft.graph.timeZoneStandard'Iana')`; the SDKs send plain text.
    let standard = call
        .strip_prefix("supportedTimeZones(TimeZoneStandard=")
        .and_then(|rest| rest.strip_suffix("')"))
        .and_then(|rest| rest.split_once('\''))
        .map(|(_, name)| name);
    if standard.is_none() && call != "supportedTimeZones" {
        return cx.bad_path();
    }
    let iana = match standard {
        Some("Iana" | "iana") => true,
        Some("Windows" | "windows") | None => false,
        Some(_) => return cx.bad_path(),
    };
    let zones: Vec<Value> = time::windows_zones()
        .map(|(windows, tz)| {
            let alias = if iana { tz.name() } else { windows };
            json!({"alias": alias, "displayName": alias})
        })
        .collect();
    let context = format!(
        "{}/v1.0/$metadata#Collection(microsoft.graph.timeZoneInformation)",
        cx.call.base()
    );
    Reply::json(200, &json!({"@odata.context": context, "value": zones}))
}

/// `POST translateExchangeIds`: up to a thousand ids from one format to another.
pub(super) fn translate_ids(cx: &Context<'_>) -> Reply {
    let Some(body) = cx.call.object() else {
        return cx.bad_body("The body is not valid JSON.");
    };
    if let Some(fault) = schema::action_faults("translateExchangeIds", "user", &body).first() {
        return cx.bad_body(&fault.to_string());
    }
    let format = |name: &str| {
        let found = schema::parameter(&body, name).and_then(Value::as_str);
        found.unwrap_or_default().to_owned()
    };
    let (from, to) = (format("sourceIdType"), format("targetIdType"));
    let ids = schema::parameter(&body, "inputIds").and_then(Value::as_array);
    let ids: Vec<&str> = ids
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    if from.is_empty() || to.is_empty() || ids.is_empty() {
        return cx.bad_property("inputIds, sourceIdType and targetIdType are required.");
    }
    if ids.len() > MOST_IDS {
        return cx.error(
            400,
            "ErrorInvalidRequest",
            "At most 1000 ids can be translated.",
        );
    }
    let results = ids.into_iter().map(|id| {
        let stored = ids::from_immutable(id);
        let target = if to.contains("mmutable") {
            ids::to_immutable(&stored)
        } else {
            stored
        };
        json!({"sourceId": id, "targetId": target})
    });
    let context = format!(
        "{}/v1.0/$metadata#Collection(microsoft.graph.convertIdResult)",
        cx.call.base()
    );
    Reply::json(
        200,
        &json!({"@odata.context": context, "value": results.collect::<Vec<Value>>()}),
    )
}

/// `outlook/masterCategories[/{id}]`. Names are unique and cannot be changed.
pub(super) fn categories(
    cx: &Context<'_>,
    account: &mut Account,
    env: &mut Env<'_>,
    parts: &[&str],
) -> Reply {
    if let Err(reply) = query::check_names(cx, "outlookCategory") {
        return *reply;
    }
    let at = match parts {
        [id] => account
            .categories
            .iter()
            .position(|one| text(one, "/id") == Some(*id)),
        _ => None,
    };
    let found = at.and_then(|at| account.categories.get(at)).cloned();
    match (cx.call.method.as_str(), parts, at, found) {
        ("GET", [], ..) => {
            let all = account.categories.clone();
            let list = query::Listing::new(CATEGORIES, "outlookCategory", all, CATEGORY_PAGE);
            query::page(cx, list, Value::clone).unwrap_or_else(|reply| *reply)
        }
        ("GET", [_], _, Some(found)) => cx.entity(200, CATEGORIES, query::select(cx, found)),
        ("POST", [], ..) => create_category(cx, account, env),
        ("PATCH", [_], Some(at), Some(_)) => match category_body(cx) {
            Ok(body) if body.contains_key("displayName") => {
                cx.bad_property("The property 'displayName' cannot be changed.")
            }
            Ok(body) => {
                let Some(stored) = account
                    .categories
                    .get_mut(at)
                    .and_then(Value::as_object_mut)
                else {
                    return cx.not_found();
                };
                stored.extend(body);
                let stored = Value::Object(stored.clone());
                cx.entity(200, CATEGORIES, stored)
            }
            Err(reply) => *reply,
        },
        ("DELETE", [_], Some(at), _) => {
            account.categories.remove(at);
            Reply::empty(204)
        }
        (_, [_], None, _) => cx.not_found(),
        _ => cx.bad_path(),
    }
}

fn category_body(cx: &Context<'_>) -> Result<Map<String, Value>, Box<Reply>> {
    let Some(mut body) = cx.call.object() else {
        return Err(Box::new(cx.bad_body("The body is not valid JSON.")));
    };
    if let Some(fault) = schema::faults("outlookCategory", &body).first() {
        return Err(Box::new(cx.bad_body(&fault.to_string())));
    }
    body.retain(|name, _| name == "displayName" || name == "color");
    Ok(body)
}

fn create_category(cx: &Context<'_>, account: &mut Account, env: &mut Env<'_>) -> Reply {
    let body = match category_body(cx) {
        Ok(body) => Value::Object(body),
        Err(reply) => return *reply,
    };
    let Some(name) = text(&body, "/displayName") else {
        return cx.bad_property("The property 'displayName' is required.");
    };
    let same = |one: &Value| text(one, "/displayName") == Some(name);
    if account.categories.iter().any(same) {
        let message = "A category with this name already exists.";
        return cx.error(409, "CategoryNameDuplicate", message);
    }
    let color = text(&body, "/color").unwrap_or("none");
    let category = json!({"id": ids::uuid(env.rng), "displayName": name, "color": color});
    account.categories.push(category.clone());
    cx.entity(201, CATEGORIES, category)
}
