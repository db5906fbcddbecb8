//! What Google's authorization server says of what goes wrong, at both endpoints.
//!
//! From the guides "OAuth 2.0 for Mobile & Desktop Apps" (authorization errors: what "your users
//! may see" stands on Google's page and never reaches the application) and "Using OAuth 2.0"
//! (refresh token expiration), and from support.google.com/accounts/answer/16668185.

use serde_json::{Value, json};

use crate::call::{Call, Reply, object};
use crate::oauth::{page, with_query};

/// One `error` of Google's.
#[derive(Debug, Clone, Copy)]
pub(in crate::oauth) struct Failure {
    error: &'static str,
    text: &'static str,
    subtype: Option<&'static str>,
    /// The status of the token answer.
    status: u16,
    /// The number on Google's page, if an authorize request ends there.
    page: Option<u16>,
}

const fn failure(
    error: &'static str,
    text: &'static str,
    status: u16,
    page: Option<u16>,
) -> Failure {
    Failure {
        error,
        text,
        subtype: None,
        status,
        page,
    }
}

/// `invalid_rapt` is the name of a kind, not an `error` (openclaw/gogcli#338).
const RAPT: Failure = Failure {
    subtype: Some("invalid_rapt"),
    ..failure(
        "invalid_grant",
        "reauth related error (invalid_rapt)",
        400,
        None,
    )
};

#[rustfmt::skip]
const TABLE: &[Failure] = &[
    failure("invalid_grant", "Token has been expired or revoked.", 400, Some(400)),
    failure("invalid_client", "The OAuth client was not found.", 401, Some(401)),
    failure("deleted_client", "The OAuth client was deleted.", 401, Some(401)),
    failure("unauthorized_client", "Unauthorized", 401, Some(401)),
    failure("invalid_request", "Bad Request", 400, Some(400)),
    failure("invalid_scope", "Some requested scopes were invalid.", 400, Some(400)),
    failure("redirect_uri_mismatch", "Bad Request", 400, Some(400)),
    failure("admin_policy_enforced", "Access to your account data is restricted by policies within your organization.", 400, Some(400)),
    failure("org_internal", "This client is restricted to users within its organization.", 403, Some(403)),
    failure("disallowed_useragent", "You can't sign in from this screen because this app doesn't comply with Google's secure browsers policy.", 403, Some(403)),
    failure("rate_limit_exceeded", "Rate Limit Exceeded", 403, Some(403)),
    failure("access_denied", "The user denied the request.", 403, None),
    failure("interaction_required", "Interaction is required.", 400, None),
    failure("login_required", "The user is not signed in.", 400, None),
    failure("server_error", "Internal server error.", 500, None),
    failure("internal_failure", "Internal failure.", 500, None),
    failure("temporarily_unavailable", "The server is currently unavailable.", 503, None),
];

/// What a fault names.
pub(in crate::oauth) fn named(kind: &str) -> Option<Failure> {
    if kind == "invalid_rapt" {
        return Some(RAPT);
    }
    TABLE.iter().find(|failure| failure.error == kind).copied()
}

impl Failure {
    /// What the token endpoint answers.
    pub(in crate::oauth) fn at_token(self) -> Reply {
        let mut body = object(json!({"error": self.error, "error_description": self.text}));
        if let Some(subtype) = self.subtype {
            body.insert("error_subtype".into(), subtype.into());
            body.insert(
                "error_uri".into(),
                "https://support.google.com/a/answer/9368756".into(),
            );
        }
        Reply::json(self.status, &Value::Object(body))
    }

    /// What the authorize endpoint answers. A redirect has the `error` and nothing else.
    pub(in crate::oauth) fn at_authorize(self, call: &Call) -> Reply {
        let redirect = call.param("redirect_uri").filter(|uri| !uri.is_empty());
        match (self.page, redirect) {
            (None, Some(redirect)) => {
                Reply::redirect(&with_query(redirect, call, &[("error", self.error)]))
            }
            (number, _) => {
                let number = number.unwrap_or(400);
                let text = format!("Error {number}: {}. {}", self.error, self.text);
                Reply::html(
                    number,
                    page::error("Access blocked: Authorization Error", &text),
                )
            }
        }
    }
}
