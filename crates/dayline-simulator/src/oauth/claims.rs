//! Claims challenges: an access token that was good is so no longer until a person has signed in
//! with what the service asks for.
//!
//! Entra `claims-challenge` and `v2-conditional-access-dev-guide`. That a client declares itself
//! able to answer (`xms_cc`) is not asked for: the live service challenges only those that do.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rand::RngCore;
use serde_json::{Map, Value, json};

use crate::call::{Call, Reply};
use crate::{graph, ids};

/// What a mailbox wants to see in a token.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Demand {
    claims: Value,
    status: u16,
}

impl Demand {
    /// A demand as `/_sim/claims` has it: `claims` (the sign-in must be newer than now, if left
    /// out) and `form` (401 or 403).
    pub(crate) fn new(call: &Call, body: &Map<String, Value>) -> Result<Self, &'static str> {
        let claims = match body.get("claims") {
            None | Some(Value::Null) => {
                let now = call.now.timestamp().to_string();
                json!({"access_token": {"nbf": {"essential": true, "value": now}}})
            }
            Some(Value::String(text)) => {
                serde_json::from_str(text).map_err(|_| "the claims are no JSON")?
            }
            Some(claims) => claims.clone(),
        };
        let status = match body.get("form").map(Value::as_u64) {
            None | Some(Some(401)) => 401,
            Some(Some(403)) => 403,
            Some(_) => return Err("form is 401 or 403"),
        };
        Ok(Self { claims, status })
    }

    /// The claims as an authorize request carries them.
    pub(crate) fn text(&self) -> String {
        self.claims.to_string()
    }

    /// Whether a token has them. A client may have asked for more at the same time.
    pub(crate) fn met_by(&self, claims: Option<&Value>) -> bool {
        claims.is_some_and(|claims| holds(claims, &self.claims))
    }

    /// Graph's answer to a token without them.
    pub(crate) fn challenge(&self, call: &Call, rng: &mut dyn RngCore) -> Reply {
        let (code, message) = match self.status {
            403 => (
                "insufficient_claims",
                "The access token does not have the claims that a policy of your organization asks for.",
            ),
            _ => (
                "InvalidAuthenticationToken",
                "Continuous access evaluation resulted in challenge with result: InteractionRequired and code: TokenIssuedBeforeRevocationTimestamp",
            ),
        };
        let header = format!(
            "Bearer realm=\"\", authorization_uri=\"{}/common/oauth2/authorize\", error=\"insufficient_claims\", claims=\"{}\"",
            call.base(),
            STANDARD.encode(self.text())
        );
        let id = ids::uuid(rng);
        Reply::json(self.status, &graph::error_body(call, &id, code, message))
            .with("request-id", &id)
            .with("www-authenticate", &header)
    }
}

/// Whether everything in `wanted` stands in `claims` too.
fn holds(claims: &Value, wanted: &Value) -> bool {
    match (claims, wanted) {
        (Value::Object(claims), Value::Object(wanted)) => wanted
            .iter()
            .all(|(name, value)| claims.get(name).is_some_and(|claim| holds(claim, value))),
        (Value::Array(claims), Value::Array(wanted)) => {
            wanted.iter().all(|value| claims.contains(value))
        }
        _ => claims == wanted,
    }
}

/// The `claims` of an authorize request.
pub(super) fn asked(call: &Call) -> Option<Value> {
    serde_json::from_str(call.param("claims")?).ok()
}
