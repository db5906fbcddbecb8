//! Push notifications of Google's APIs: all in headers, no body.
//!
//! # Source
//! Google Calendar, "Push notifications" (updated 2026-04-01).

use dayline_relay_protocol::HintKind;
use http::HeaderMap;

use super::Notice;
use crate::seal::StateHash;

/// Reads the headers; `None` if they are not Google's.
pub fn notice(headers: &HeaderMap) -> Option<Notice> {
    let token = headers.get("x-goog-channel-token")?;
    let state = headers.get("x-goog-resource-state")?;
    let kind = match state.as_bytes() {
        // The greeting of a new channel.
        b"sync" => None,
        _ => Some(HintKind::Changed),
    };
    Some(Notice {
        state: StateHash::of(token.as_bytes()),
        kind,
    })
}
