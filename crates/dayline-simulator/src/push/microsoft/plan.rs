//! What a subscription request asks for, and what is wrong with it.

use chrono::{DateTime, Duration, Utc};
use percent_encoding::percent_decode_str;
use serde_json::{Map, Value};

use super::{Subscription, apart, check_url};
use crate::call::Call;
use crate::graph;
use crate::push::Push;
use crate::push::changes::ChangeKind;
use crate::world::Account;

/// Longest life of a subscription on Outlook's events (Graph reference "subscription resource
/// type", 2026-09-17); the live service has been seen to stop at 10,070 for messages.
const LONGEST_MINUTES: i64 = 10_080;
/// What is shorter is raised to this (same page).
const SHORTEST: Duration = Duration::minutes(45);
/// Longest `clientState` (same page).
const STATE_LIMIT: usize = 128;
/// Most subscriptions in a mailbox, of all applications (Graph "Change notifications for Outlook
/// resources").
const MAILBOX_LIMIT: usize = 1000;

/// Graph's words for a body that is not a subscription (microsoft-graph-docs#2231).
const MALFORMED: &str = "Could not process subscription creation payload. Are all property names spelled and camelCased properly? Also are the Datetime properties in a valid internet Date and Time format?";

/// Why a request is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Refusal {
    pub(super) status: u16,
    pub(super) code: &'static str,
    pub(super) message: String,
}

impl Refusal {
    pub(super) fn new(status: u16, code: &'static str, message: impl Into<String>) -> Self {
        Self {
            status,
            code,
            message: message.into(),
        }
    }

    pub(super) fn not_found() -> Self {
        Self::new(404, "ResourceNotFound", "The object was not found.")
    }

    fn invalid(message: impl Into<String>) -> Self {
        Self::new(400, "InvalidRequest", message)
    }

    /// What Outlook says behind the subscription service
    /// (microsoft-graph-docs-contrib#7637, #7625).
    fn outlook(status: u16, name: &str, reason: &str) -> Self {
        let message =
            format!("Operation: Create; Exception: [Status Code: {name}; Reason: {reason}]");
        Self::new(status, "ExtensionError", message)
    }
}

/// What the client gave.
#[derive(Debug, Clone)]
pub(crate) struct Draft {
    pub(in crate::push) resource: String,
    /// As it was given.
    pub(in crate::push) change_type: String,
    pub(in crate::push) kinds: Vec<ChangeKind>,
    pub(in crate::push) notification_url: String,
    pub(in crate::push) lifecycle_url: Option<String>,
    pub(in crate::push) client_state: Option<String>,
    pub(super) tls: String,
}

impl Draft {
    /// The webhooks that have to be validated.
    pub(super) fn urls(&self) -> Vec<String> {
        let first = std::iter::once(self.notification_url.clone());
        first.chain(self.lifecycle_url.clone()).collect()
    }
}

/// What a `PATCH` changes.
#[derive(Debug)]
pub(super) struct Change {
    pub(super) expires: Option<DateTime<Utc>>,
    pub(super) notification_url: Option<String>,
}

fn body(call: &Call) -> Result<Map<String, Value>, Refusal> {
    let body = call.object().ok_or_else(|| Refusal::invalid(MALFORMED))?;
    if graph::agrees("subscription", &body) {
        Ok(body)
    } else {
        Err(Refusal::invalid(MALFORMED))
    }
}

fn required<'a>(body: &'a Map<String, Value>, name: &str) -> Result<&'a str, Refusal> {
    let text = body.get(name).and_then(Value::as_str);
    text.filter(|text| !text.is_empty())
        .ok_or_else(|| Refusal::invalid(format!("The property '{name}' is required.")))
}

/// Reads a creation; gives the calendar that it is on and when it ends.
pub(super) fn create(
    push: &Push,
    call: &Call,
    accounts: &[Account],
    index: usize,
    scope: &str,
) -> Result<(Draft, Option<String>, DateTime<Utc>), Refusal> {
    let given = body(call)?;
    let draft = draft(&given)?;
    let expires = expiry(required(&given, "expirationDateTime")?, call.now)?;
    let account = accounts.get(index).ok_or_else(Refusal::not_found)?;
    if !reads(scope) {
        return Err(Refusal::outlook(
            403,
            "Forbidden",
            "Access is denied. Check credentials and try again.",
        ));
    }
    let calendar = resource(&draft.resource, account, accounts)?;
    if calendar.is_some() && push.quirks.mailbox_only {
        return Err(Refusal::outlook(
            400,
            "BadRequest",
            "The specified resource does not support notifications.",
        ));
    }
    let own = || {
        let all = push.subscriptions.iter();
        all.filter(|one| one.account == index && one.expires > call.now)
    };
    let same = own().find(|one| one.calendar == calendar && one.draft.kinds == draft.kinds);
    if let Some(same) = same {
        let message = format!(
            "Subscription Id {} already exists for the requested combination",
            same.id
        );
        // The code as abraunegg/onedrive has recorded it.
        return Err(Refusal::new(409, "ObjectIdentifierInUse", message));
    }
    if own().count() >= MAILBOX_LIMIT {
        return Err(Refusal::outlook(
            403,
            "Forbidden",
            "The mailbox has too many active subscriptions.",
        ));
    }
    Ok((draft, calendar, expires))
}

fn draft(body: &Map<String, Value>) -> Result<Draft, Refusal> {
    let change_type = required(body, "changeType")?;
    let mut kinds = Vec::new();
    for name in change_type.split(',') {
        let kind = ChangeKind::parse(name.trim());
        kinds.push(kind.ok_or_else(|| {
            Refusal::invalid(format!("The changeType '{name}' is not supported."))
        })?);
    }
    kinds.sort_unstable();
    kinds.dedup();
    let notification_url = required(body, "notificationUrl")?;
    check_url("notificationUrl", notification_url)?;
    let text = |name: &str| body.get(name).and_then(Value::as_str).map(str::to_owned);
    let lifecycle_url = text("lifecycleNotificationUrl");
    if let Some(url) = &lifecycle_url {
        check_url("lifecycleNotificationUrl", url)?;
    }
    let client_state = text("clientState");
    if client_state
        .as_ref()
        .is_some_and(|state| state.chars().count() > STATE_LIMIT)
    {
        return Err(Refusal::invalid(format!(
            "The clientState must not be longer than {STATE_LIMIT} characters."
        )));
    }
    if body.get("includeResourceData") == Some(&Value::Bool(true)) {
        return Err(Refusal::invalid(
            "Notifications with resource data are not simulated.",
        ));
    }
    let tls = text("latestSupportedTlsVersion").unwrap_or_else(|| "v1_2".to_owned());
    if !["v1_0", "v1_1", "v1_2", "v1_3"].contains(&tls.as_str()) {
        return Err(Refusal::invalid(
            "The latestSupportedTlsVersion is not supported.",
        ));
    }
    Ok(Draft {
        resource: required(body, "resource")?.to_owned(),
        change_type: change_type.to_owned(),
        kinds,
        notification_url: notification_url.to_owned(),
        lifecycle_url,
        client_state,
        tls,
    })
}

/// Reads a `PATCH`.
pub(super) fn update(call: &Call, subscription: &Subscription) -> Result<Change, Refusal> {
    let body = body(call)?;
    let allowed = ["expirationDateTime", "notificationUrl"];
    let other = body
        .keys()
        .find(|name| !name.contains('@') && !allowed.contains(&name.as_str()));
    if let Some(name) = other {
        return Err(Refusal::invalid(format!(
            "The property '{name}' of a subscription cannot be updated."
        )));
    }
    let text = |name: &str| body.get(name).and_then(Value::as_str);
    let expires = text("expirationDateTime")
        .map(|text| expiry(text, call.now))
        .transpose()?;
    let notification_url = text("notificationUrl").map(str::to_owned);
    if expires.is_none() && notification_url.is_none() {
        return Err(Refusal::invalid(
            "The property 'expirationDateTime' is required.",
        ));
    }
    if let Some(url) = &notification_url {
        check_url("notificationUrl", url)?;
    }
    apart(subscription.reauthorized, call.now)?;
    Ok(Change {
        expires,
        // Only another address has to prove itself.
        notification_url: notification_url
            .filter(|url| *url != subscription.draft.notification_url),
    })
}

fn expiry(text: &str, now: DateTime<Utc>) -> Result<DateTime<Utc>, Refusal> {
    let wanted = DateTime::parse_from_rfc3339(text).map_err(|_| Refusal::invalid(MALFORMED))?;
    let wanted = wanted.with_timezone(&Utc);
    if wanted <= now {
        return Err(Refusal::invalid(
            "Subscription expiration must be in the future.",
        ));
    }
    if wanted > now + Duration::minutes(LONGEST_MINUTES) {
        let message =
            format!("Subscription expiration can only be {LONGEST_MINUTES} minutes in the future.");
        return Err(Refusal::new(400, "ExtensionError", message));
    }
    Ok(wanted.max(now + SHORTEST))
}

/// Whether a token may read events of its own mailbox.
fn reads(scope: &str) -> bool {
    let mut words = scope.split_whitespace();
    words.any(|word| {
        let name = word.rsplit('/').next().unwrap_or_default();
        matches!(name, "calendars.read" | "calendars.readwrite")
    })
}

/// The calendar that a resource names; `None` for the whole mailbox.
fn resource(
    text: &str,
    account: &Account,
    accounts: &[Account],
) -> Result<Option<String>, Refusal> {
    let unsupported = || Refusal::invalid(format!("The resource '{text}' is not supported."));
    if text.contains('?') || text.contains("://") {
        return Err(unsupported());
    }
    let segments: Vec<String> = text
        .split('/')
        .filter(|part| !part.is_empty())
        .map(|part| percent_decode_str(part).decode_utf8_lossy().into_owned())
        .collect();
    let path = graph::path(&segments);
    let parts: Vec<&str> = path.iter().map(String::as_str).collect();
    let is = |part: &str, name: &str| part.eq_ignore_ascii_case(name);
    let (who, below) = match parts.as_slice() {
        [me, below @ ..] if is(me, "me") => (None, below),
        [users, who, below @ ..] if is(users, "users") => (Some(*who), below),
        _ => return Err(unsupported()),
    };
    let calendar = match below {
        [events] if is(events, "events") => None,
        [calendars, id, events] if is(calendars, "calendars") && is(events, "events") => Some(*id),
        _ => return Err(unsupported()),
    };
    let is_own = |who: &str| is(who, &account.id) || is(who, &account.email);
    if who.is_some_and(|who| !is_own(who)) {
        return Err(forbidden());
    }
    let Some(id) = calendar else {
        return Ok(None);
    };
    match account.calendar(id) {
        // An accepted share: what is in it lies in another mailbox.
        Some(found) if found.role.is_some() => Err(forbidden()),
        Some(found) => Ok(Some(found.id.clone())),
        None if is_elsewhere(id, accounts) => Err(forbidden()),
        None => Err(Refusal::outlook(
            404,
            "NotFound",
            "The specified object was not found in the store.",
        )),
    }
}

/// Delegated permissions do not reach other people's mailboxes (microsoft-graph-docs#3436,
/// #3510).
fn forbidden() -> Refusal {
    Refusal::outlook(
        403,
        "Forbidden",
        "Access is denied. Check credentials and try again.",
    )
}

fn is_elsewhere(id: &str, accounts: &[Account]) -> bool {
    accounts
        .iter()
        .any(|other| other.calendar(id).is_some_and(|found| found.id == id))
}
