//! Claims challenges: an access token that was good is so no longer until a person has signed in
//! with what the service asks for.
//!
//! Entra `claims-challenge` for the 401, older editions of its Conditional Access guidance for the
//! 403, whose header has the claims as they are. That a client declares itself
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
    /// Whether the header has the claims as they are, and not in base64.
    raw: bool,
}

impl Demand {
    /// A demand as `/_sim/claims` has it: `form` (401 or 403), `claims` (if left out, the sign-in
    /// must be newer than now, or for 403 meet a policy), and `raw` (as documented for the form).
    pub(crate) fn new(call: &Call, body: &Map<String, Value>) -> Result<Self, &'static str> {
        let status = match body.get("form").map(Value::as_u64) {
            None | Some(Some(401)) => 401,
            Some(Some(403)) => 403,
            Some(_) => return Err("form is 401 or 403"),
        };
        let claims = match body.get("claims") {
            None | Some(Value::Null) if status == 403 => {
                let policy = "5b5d3a3c-9d2c-4e51-8c0e-8f2a1f6f0a11";
                json!({"access_token": {"polids": {"essential": true, "values": [policy]}}})
            }
            None | Some(Value::Null) => {
                let now = call.now.timestamp().to_string();
                json!({"access_token": {"nbf": {"essential": true, "value": now}}})
            }
            Some(Value::String(text)) => {
                serde_json::from_str(text).map_err(|_| "the claims are no JSON")?
            }
            Some(claims) => claims.clone(),
        };
        let raw = body.get("raw").and_then(Value::as_bool);
        Ok(Self {
            claims,
            status,
            raw: raw.unwrap_or(status == 403),
        })
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
        let address = format!("{}/common/oauth2/authorize", call.base());
        let header = if self.raw {
            format!(
                "Bearer realm=\"\", authorization_uri=\"{address}\", client_id=\"00000003-0000-0000-c000-000000000000\", error=insufficient_claims, claims={}",
                self.text()
            )
        } else {
            format!(
                "Bearer realm=\"\", authorization_uri=\"{address}\", error=\"insufficient_claims\", claims=\"{}\"",
                STANDARD.encode(self.text())
            )
        };
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
