//! Google's authorization server for a desktop client.
//!
//! The secret is required although PKCE is used (google-api-dotnet-client#1827); refresh
//! tokens do not rotate.

pub(super) mod errors;

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rand::RngCore;
use serde_json::{Value, json};

use super::{
    Access, CodeProblem, GOOGLE_CLIENT_ID, GOOGLE_CLIENT_SECRET, Grants, Refresh, Server, expiry,
    form_of, is_loopback, jwt, no_store, redeem, token_answer,
};
use crate::call::{Call, Reply, object};
use crate::world::{Account, Vendor};

pub(super) struct Google;

impl Server for Google {
    fn vendor(&self) -> Vendor {
        Vendor::Google
    }

    fn title(&self) -> &'static str {
        "Sign in with Google"
    }

    fn refuse(&self, call: &Call) -> Option<String> {
        if call.param("client_id") != Some(GOOGLE_CLIENT_ID) {
            return Some("Error 401: invalid_client. The OAuth client was not found.".into());
        }
        let redirect = call.param("redirect_uri").unwrap_or_default();
        let known = redirect == "dayline://oauth/google" || is_loopback(redirect);
        (!known).then(|| format!("Error 400: redirect_uri_mismatch. Not registered: {redirect}"))
    }

    fn stop(
        &self,
        _call: &Call,
        _accounts: &[Account],
        _account: Option<&Account>,
        _decision: &str,
        _rng: &mut dyn RngCore,
    ) -> Option<Reply> {
        None
    }

    /// Implied for installed apps; only an explicit `online` turns it off.
    fn offline(&self, call: &Call) -> bool {
        call.param("access_type") != Some("online")
    }
}

type Problem = (u16, &'static str, &'static str);

/// The token endpoint.
pub(super) fn token(
    call: &Call,
    accounts: &[Account],
    grants: &mut Grants,
    rng: &mut dyn RngCore,
) -> Reply {
    let mut form = form_of(call);
    basic_credentials(call, &mut form);
    let answer =
        check_client(&form).and_then(|()| match form.get("grant_type").map(String::as_str) {
            Some("authorization_code") => by_code(call, &form, accounts, grants, rng),
            Some("refresh_token") => by_refresh(call, &form, grants, rng),
            _ => Err((400, "unsupported_grant_type", "Invalid grant_type")),
        });
    no_store(match answer {
        Ok(body) => Reply::json(200, &body),
        Err((status, error, text)) => {
            Reply::json(status, &json!({"error": error, "error_description": text}))
        }
    })
}

/// Client credentials from `Authorization: Basic`, which Google takes as well.
fn basic_credentials(call: &Call, form: &mut BTreeMap<String, String>) {
    let decoded = call
        .header("authorization")
        .and_then(|value| value.strip_prefix("Basic "))
        .and_then(|coded| STANDARD.decode(coded).ok())
        .and_then(|bytes| String::from_utf8(bytes).ok());
    if let Some((id, secret)) = decoded.as_deref().and_then(|text| text.split_once(':')) {
        form.insert("client_id".into(), id.to_owned());
        form.insert("client_secret".into(), secret.to_owned());
    }
}

fn check_client(form: &BTreeMap<String, String>) -> Result<(), Problem> {
    if form.get("client_id").map(String::as_str) != Some(GOOGLE_CLIENT_ID) {
        return Err((401, "invalid_client", "The OAuth client was not found."));
    }
    match form.get("client_secret").map(String::as_str) {
        Some(GOOGLE_CLIENT_SECRET) => Ok(()),
        Some("") | None => Err((400, "invalid_request", "client_secret is missing.")),
        Some(_) => Err((
            401,
            "invalid_client",
            "The provided client secret is invalid.",
        )),
    }
}

fn by_code(
    call: &Call,
    form: &BTreeMap<String, String>,
    accounts: &[Account],
    grants: &mut Grants,
    rng: &mut dyn RngCore,
) -> Result<Value, Problem> {
    let code = redeem(grants, Vendor::Google, form, call.now).map_err(|problem| match problem {
        CodeProblem::Unknown => (400, "invalid_grant", "Malformed auth code."),
        CodeProblem::Used | CodeProblem::Expired => (400, "invalid_grant", "Bad Request"),
        CodeProblem::RedirectMismatch => (400, "redirect_uri_mismatch", "Bad Request"),
        CodeProblem::VerifierMissing => (400, "invalid_grant", "Missing code verifier."),
        CodeProblem::VerifierMismatch => (400, "invalid_grant", "Invalid code verifier."),
    })?;
    let mut body = object(access_answer(call, grants, rng, code.account, &code.scope));
    if code.offline {
        let refresh = Refresh {
            vendor: Vendor::Google,
            account: code.account,
            scope: code.scope.clone(),
            claims: None,
            revoked: false,
        };
        body.insert(
            "refresh_token".into(),
            grants.issue_refresh(refresh, rng).into(),
        );
    }
    let openid = code.scope.split_whitespace().any(|scope| scope == "openid");
    if let Some(account) = accounts.get(code.account).filter(|_| openid) {
        body.insert(
            "id_token".into(),
            id_token(call, account, code.nonce.as_deref()).into(),
        );
    }
    Ok(Value::Object(body))
}

/// A refresh answer has no new refresh token: the old one stays.
fn by_refresh(
    call: &Call,
    form: &BTreeMap<String, String>,
    grants: &mut Grants,
    rng: &mut dyn RngCore,
) -> Result<Value, Problem> {
    let known = form
        .get("refresh_token")
        .and_then(|token| grants.refresh.get(token))
        .filter(|refresh| refresh.vendor == Vendor::Google)
        .cloned();
    match known {
        None => Err((400, "invalid_grant", "Bad Request")),
        Some(refresh) if refresh.revoked => {
            Err((400, "invalid_grant", "Token has been expired or revoked."))
        }
        Some(refresh) => Ok(access_answer(
            call,
            grants,
            rng,
            refresh.account,
            &refresh.scope,
        )),
    }
}

fn access_answer(
    call: &Call,
    grants: &mut Grants,
    rng: &mut dyn RngCore,
    account: usize,
    scope: &str,
) -> Value {
    let access = Access {
        vendor: Vendor::Google,
        account,
        scope: scope.to_owned(),
        claims: None,
        expires: Some(expiry(call.now)),
    };
    token_answer(&grants.issue_access(access, rng), scope)
}

fn id_token(call: &Call, account: &Account, nonce: Option<&str>) -> String {
    let now = call.now.timestamp();
    let mut claims = object(json!({
        "iss": "https://accounts.google.com",
        "azp": GOOGLE_CLIENT_ID,
        "aud": GOOGLE_CLIENT_ID,
        "sub": account.id,
        "email": account.email,
        "email_verified": true,
        "name": account.name,
        "iat": now,
        "exp": now + super::ACCESS_TOKEN_SECS,
    }));
    if let Some(nonce) = nonce {
        claims.insert("nonce".into(), nonce.into());
    }
    jwt::sign(&Value::Object(claims))
}

/// Ends a refresh or access token (RFC 7009).
pub(super) fn revoke(call: &Call, grants: &mut Grants) -> Reply {
    let form = form_of(call);
    let token = form
        .get("token")
        .map(String::as_str)
        .or_else(|| call.param("token"));
    let token = token.unwrap_or_default();
    if let Some(refresh) = grants.refresh.get_mut(token) {
        refresh.revoked = true;
        return Reply::json(200, &json!({}));
    }
    if grants.access.remove(token).is_some() {
        return Reply::json(200, &json!({}));
    }
    Reply::json(
        400,
        &json!({"error": "invalid_token", "error_description": "Token expired or revoked"}),
    )
}

/// OpenID configuration.
pub(super) fn metadata(call: &Call) -> Reply {
    Reply::json(
        200,
        &json!({
            "issuer": "https://accounts.google.com",
            "authorization_endpoint": format!("{}/o/oauth2/v2/auth", call.origin),
            "token_endpoint": format!("{}/token", call.origin),
            "revocation_endpoint": format!("{}/revoke", call.origin),
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["HS256"],
            "code_challenge_methods_supported": ["S256"],
        }),
    )
}
