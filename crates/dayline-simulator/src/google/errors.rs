//! Google's error body: `{error: {code, message, errors: [{domain, reason, message}], status}}`.

use serde_json::{Value, json};

use crate::call::Reply;

/// An error of the `global` domain.
pub(crate) fn error(status: u16, reason: &str, message: &str) -> Reply {
    Reply::json(
        status,
        &body(
            status,
            &json!({"domain": domain(reason), "reason": reason, "message": message}),
            message,
        ),
    )
}

/// An error that names the place it is about.
pub(crate) fn error_at(
    status: u16,
    reason: &str,
    message: &str,
    kind: &str,
    location: &str,
) -> Reply {
    let detail = json!({
        "domain": domain(reason),
        "reason": reason,
        "message": message,
        "locationType": kind,
        "location": location,
    });
    Reply::json(status, &body(status, &detail, message))
}

fn body(status: u16, detail: &Value, message: &str) -> Value {
    let mut error = json!({"code": status, "message": message, "errors": [detail]});
    if let (Some(name), Some(map)) = (status_name(status), error.as_object_mut()) {
        map.insert("status".into(), name.into());
    }
    json!({"error": error})
}

fn domain(reason: &str) -> &'static str {
    match reason {
        "fullSyncRequired"
        | "updatedMinTooLongAgo"
        | "timeRangeEmpty"
        | "notACalendarUser"
        | "forbiddenForNonOrganizer"
        | "requiredAccessLevel"
        | "pushNotSupportedForRequestedResource" => "calendar",
        "rateLimitExceeded" | "userRateLimitExceeded" | "quotaExceeded" | "dailyLimitExceeded" => {
            "usageLimits"
        }
        _ => "global",
    }
}

/// The canonical code name, which Google adds for some statuses.
fn status_name(status: u16) -> Option<&'static str> {
    match status {
        400 => Some("INVALID_ARGUMENT"),
        401 => Some("UNAUTHENTICATED"),
        403 => Some("PERMISSION_DENIED"),
        429 => Some("RESOURCE_EXHAUSTED"),
        503 => Some("UNAVAILABLE"),
        _ => None,
    }
}

/// The answer that Google gives for a reason; `None` for a reason of which there is no answer.
///
/// # Source
/// Calendar guide "Handle API errors"; provider reports for `notACalendarUser` (webhookdb#624).
///
/// `given` is the status to give it with, where 403 and 429 mean the same (guide "Handle API
/// errors").
pub(crate) fn by_reason(reason: &str, given: Option<u16>) -> Option<Reply> {
    let (status, message) = match reason {
        "rateLimitExceeded" => (403, "Rate Limit Exceeded"),
        "userRateLimitExceeded" => (403, "User Rate Limit Exceeded"),
        "quotaExceeded" => (403, "Calendar usage limits exceeded."),
        "dailyLimitExceeded" => (403, "Daily Limit Exceeded"),
        "insufficientPermissions" => (403, "Insufficient Permission"),
        "notACalendarUser" => (403, "The user must be signed up for Google Calendar."),
        "forbiddenForNonOrganizer" => (
            403,
            "Shared properties can only be changed by the organizer of the event.",
        ),
        "fullSyncRequired" => return Some(full_sync_required()),
        "updatedMinTooLongAgo" => (
            410,
            "The requested minimum modification time lies too far in the past.",
        ),
        "backendError" => (503, "Service Unavailable"),
        _ => return None,
    };
    Some(error(given.unwrap_or(status), reason, message))
}

pub(super) fn not_found() -> Reply {
    error(404, "notFound", "Not Found")
}

pub(super) fn invalid(message: &str) -> Reply {
    error(400, "invalid", message)
}

pub(super) fn required(message: &str) -> Reply {
    error(400, "required", message)
}

pub(super) fn read_only() -> Reply {
    let message = "You need to have writer access to this calendar.";
    error(403, "requiredAccessLevel", message)
}

pub(super) fn bad_json() -> Reply {
    error(400, "parseError", "Parse Error")
}

/// 410 for a sync token that the service does not know any more.
pub(super) fn full_sync_required() -> Reply {
    error_at(
        410,
        "fullSyncRequired",
        "Sync token is no longer valid, a full sync is required.",
        "parameter",
        "syncToken",
    )
}

/// 412 for an `If-Match` that fits no longer.
pub(super) fn condition_not_met() -> Reply {
    error_at(
        412,
        "conditionNotMet",
        "Precondition Failed",
        "header",
        "If-Match",
    )
}
