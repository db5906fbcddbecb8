//! Google's sign-in: addresses, parameters, and what its words mean.
//!
//! # Source
//! Google Identity: "OAuth 2.0 for mobile and desktop apps", "Refresh token expiration"
//! (read 2026-08-20).

use dayline_model::ProviderKind;
use url::Url;

use crate::endpoints::Endpoints;
use crate::error::AuthError;
use crate::token::Refusal;

/// What a sign-in asks for. The last one tells the names and colours of event labels; without it
/// they stay unknown.
pub(crate) const SCOPES: &[&str] = &[
    "openid",
    "email",
    "https://www.googleapis.com/auth/calendar.events.readonly",
    "https://www.googleapis.com/auth/calendar.calendarlist.readonly",
    "https://www.googleapis.com/auth/calendar.calendars.readonly",
];

/// What the answer must grant; the user can untick any.
pub(crate) const REQUIRED_SCOPES: &[&str] = &[
    "https://www.googleapis.com/auth/calendar.events.readonly",
    "https://www.googleapis.com/auth/calendar.calendarlist.readonly",
];

/// Where a Workspace administrator decides which programs may read calendars. It takes no client
/// id; they have to look for it.
///
/// # Source
/// Google Workspace Admin Help, "Control which apps access Google Workspace data".
pub(crate) const ADMIN_PAGE: &str = "https://admin.google.com/ac/owl";

pub(crate) fn authorize_url(endpoints: &Endpoints) -> Url {
    endpoints.google_auth.clone()
}

pub(crate) fn token_url(endpoints: &Endpoints) -> Url {
    endpoints.google_token.clone()
}

/// Without `consent` a second sign-in of the same user yields no refresh token.
pub(crate) fn authorize_parameters(has_hint: bool) -> &'static [(&'static str, &'static str)] {
    if has_hint {
        &[("access_type", "offline"), ("prompt", "consent")]
    } else {
        &[
            ("access_type", "offline"),
            ("prompt", "select_account consent"),
        ]
    }
}

pub(crate) fn is_issuer_path(path: &str) -> bool {
    path == "/"
}

pub(crate) fn scope_covers(granted: &str, wanted: &str) -> bool {
    granted.eq_ignore_ascii_case(wanted)
}

const CHECK_CLIENT: &str =
    "Check the client id and the client secret; the client must be of the type \"Desktop app\"";
const CHECK_SECRET: &str =
    "Google wants the client secret from desktop apps as well; enter it beside the client id";
const CHECK_SCOPES: &str =
    "Turn on the Google Calendar API in its project, and add the calendar scopes";

/// What a refusal means to the user.
pub(crate) fn explain(refusal: &Refusal) -> AuthError {
    let code = refusal.error.clone();
    let misconfigured = |advice| AuthError::Misconfigured {
        provider: ProviderKind::Google,
        code: refusal.error.clone(),
        advice,
    };
    match refusal.error.as_str() {
        // Revoked, unused for six months, one of too many, a tested app's seven days, or the
        // organisation's session control (`invalid_rapt`): the way out is the same.
        "invalid_grant" | "invalid_rapt" | "interaction_required" | "login_required" => {
            AuthError::NeedsSignIn
        }
        "access_denied" => AuthError::Denied,
        "consent_required" => AuthError::NeedsConsent,
        "admin_policy_enforced" => AuthError::NeedsAdminApproval,
        "org_internal" | "account_deleted" => AuthError::WrongAccount { code },
        "account_disabled" => AuthError::AccountBlocked,
        "invalid_client"
        | "unauthorized_client"
        | "deleted_client"
        | "disabled_client"
        | "redirect_uri_mismatch"
        | "disallowed_useragent" => misconfigured(CHECK_CLIENT),
        "invalid_request" => misconfigured(CHECK_SECRET),
        "invalid_scope" => misconfigured(CHECK_SCOPES),
        "temporarily_unavailable"
        | "server_error"
        | "internal_failure"
        | "slow_down"
        | "rate_limit_exceeded" => AuthError::Busy { after: None },
        _ => AuthError::Rejected { code },
    }
}

#[cfg(test)]
mod tests;
