//! Change notifications and lifecycle events of Microsoft Graph.
//!
//! # Source
//! Graph, "Receive change notifications through webhooks" and "Lifecycle notifications";
//! `changeNotificationCollection` (read 2026-11-20).

use std::borrow::Cow;

use dayline_relay_protocol::HintKind;
use serde::Deserialize;
use serde_json::value::RawValue;

use super::Notice;
use crate::seal::StateHash;

/// A longer validation token is none of Graph's.
const LONGEST_TOKEN: usize = 2048;

#[derive(Deserialize)]
struct Collection<'a> {
    #[serde(borrow)]
    value: Vec<&'a RawValue>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Item<'a> {
    #[serde(borrow, default)]
    client_state: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    change_type: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    lifecycle_event: Option<Cow<'a, str>>,
}

/// Reads a body; an item that cannot be read is passed over, and the others go on.
///
/// `None` if it is no collection at all.
pub fn notices(body: &[u8]) -> Option<Vec<Notice>> {
    let collection: Collection<'_> = serde_json::from_slice(body).ok()?;
    Some(collection.value.into_iter().filter_map(notice).collect())
}

fn notice(raw: &RawValue) -> Option<Notice> {
    let item: Item<'_> = serde_json::from_str(raw.get()).ok()?;
    let state = StateHash::of(item.client_state?.as_bytes());
    let kind = match (item.lifecycle_event.as_deref(), item.change_type) {
        // The two exclude each other.
        (Some(_), Some(_)) | (None, None) => return None,
        (None, Some(_)) => Some(HintKind::Changed),
        (Some("subscriptionRemoved"), None) => Some(HintKind::Removed),
        (Some("reauthorizationRequired"), None) => Some(HintKind::Reauthorize),
        // `missed`; and an event that came later than this was written may mean anything.
        (Some(_), None) => Some(HintKind::Missed),
    };
    Some(Notice { state, kind })
}

/// The token that Graph wants back, decoded, if the request is its handshake.
///
/// `Some(None)`: a handshake with a token that nobody should repeat.
pub fn handshake(query: Option<&str>) -> Option<Option<String>> {
    let token = url::form_urlencoded::parse(query?.as_bytes())
        .find(|(name, _)| name == "validationToken")
        .map(|(_, token)| token)?;
    let fits = (1..=LONGEST_TOKEN).contains(&token.len())
        && !token.contains(['\u{FFFD}', '\r', '\n', '\0']);
    Some(fits.then(|| token.into_owned()))
}
