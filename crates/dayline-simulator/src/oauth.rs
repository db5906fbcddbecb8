//! The two authorization servers: codes, tokens and what they are good for.
//!
//! Follows RFC 6749 and RFC 7636 with the vendors' own errors. Signing in takes an e-mail
//! address and a click, never a password.

pub(crate) mod claims;
mod google;
mod jwt;
mod microsoft;
mod page;

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Duration, Utc};
use rand::RngCore;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::call::{Call, Reply};
use crate::ids;
use crate::world::{Account, Vendor};

/// The registered public client at Microsoft.
pub const MICROSOFT_CLIENT_ID: &str = "11111111-2222-3333-4444-555555555555";
/// The tenant of every personal Microsoft account (Entra, `id-token-claims-reference`, `tid`).
pub(crate) const PERSONAL_TENANT: &str = "9188040d-6c67-4c5b-b112-36a304b66dad";
/// The registered desktop client at Google.
pub const GOOGLE_CLIENT_ID: &str = "dayline-sim.apps.googleusercontent.com";
/// Its secret, which is none: Google ships it with every installed copy.
pub const GOOGLE_CLIENT_SECRET: &str = "GOCSPX-simulated";

const ACCESS_TOKEN_SECS: i64 = 3600;
const CODE_MINUTES: i64 = 10;

/// An authorization code.
#[derive(Debug, Clone)]
struct Code {
    vendor: Vendor,
    account: usize,
    redirect_uri: String,
    challenge: Option<String>,
    scope: String,
    nonce: Option<String>,
    offline: bool,
    /// What the request asked to see in the tokens.
    claims: Option<Value>,
    issued: DateTime<Utc>,
    used: bool,
}

/// What an access token opens.
#[derive(Debug, Clone)]
pub(crate) struct Access {
    pub(crate) vendor: Vendor,
    pub(crate) account: usize,
    pub(crate) scope: String,
    pub(crate) claims: Option<Value>,
    pub(crate) expires: Option<DateTime<Utc>>,
}

/// What a refresh token renews.
#[derive(Debug, Clone)]
struct Refresh {
    vendor: Vendor,
    account: usize,
    scope: String,
    claims: Option<Value>,
    revoked: bool,
}

/// All grants of both servers.
#[derive(Debug, Default)]
pub(crate) struct Grants {
    codes: BTreeMap<String, Code>,
    access: BTreeMap<String, Access>,
    refresh: BTreeMap<String, Refresh>,
}

/// A finished authorization request, before its code is issued.
struct Consent<'a> {
    vendor: Vendor,
    account: usize,
    redirect_uri: &'a str,
    scope: String,
    offline: bool,
}

impl Grants {
    /// Registers the long-lived test tokens of an account.
    pub(crate) fn add_test_tokens(&mut self, index: usize, account: &Account) {
        let scope = match account.vendor {
            Vendor::Microsoft if !account.shares.is_empty() => {
                "openid profile offline_access User.Read Calendars.ReadWrite Calendars.ReadWrite.Shared MailboxSettings.ReadWrite"
            }
            Vendor::Microsoft => {
                "openid profile offline_access User.Read Calendars.ReadWrite MailboxSettings.ReadWrite"
            }
            Vendor::Google => "openid email https://www.googleapis.com/auth/calendar",
        };
        let access = Access {
            vendor: account.vendor,
            account: index,
            scope: scope.to_owned(),
            claims: None,
            expires: None,
        };
        self.access.insert(account.access_token.clone(), access);
        let refresh = Refresh {
            vendor: account.vendor,
            account: index,
            scope: scope.to_owned(),
            claims: None,
            revoked: false,
        };
        self.refresh.insert(account.refresh_token.clone(), refresh);
    }

    /// The live access behind a bearer token.
    pub(crate) fn access(&self, token: &str, now: DateTime<Utc>) -> Option<&Access> {
        self.access
            .get(token)
            .filter(|access| access.expires.is_none_or(|expires| now < expires))
    }

    /// Puts an access token there, as if it had been issued.
    #[cfg(test)]
    pub(crate) fn put_access(&mut self, token: &str, access: Access) {
        self.access.insert(token.to_owned(), access);
    }

    /// What an access token opens or once opened; `None` if it was taken back.
    pub(crate) fn issued(&self, token: &str) -> Option<&Access> {
        self.access.get(token)
    }

    /// Ends access tokens at once. Test tokens only go when asked for.
    pub(crate) fn expire_access(
        &mut self,
        chosen: impl Fn(Vendor, usize) -> bool,
        test_tokens: bool,
    ) {
        self.access.retain(|_, access| {
            !chosen(access.vendor, access.account) || (access.expires.is_none() && !test_tokens)
        });
    }

    /// Revokes refresh tokens: the next use is `invalid_grant`.
    pub(crate) fn revoke_refresh(&mut self, chosen: impl Fn(Vendor, usize) -> bool) {
        for refresh in self.refresh.values_mut() {
            refresh.revoked |= chosen(refresh.vendor, refresh.account);
        }
    }

    fn issue_code(&mut self, call: &Call, consent: &Consent<'_>, rng: &mut dyn RngCore) -> String {
        let code = ids::secret(rng);
        self.codes.insert(
            code.clone(),
            Code {
                vendor: consent.vendor,
                account: consent.account,
                redirect_uri: consent.redirect_uri.to_owned(),
                challenge: call.param("code_challenge").map(str::to_owned),
                scope: consent.scope.clone(),
                nonce: call.param("nonce").map(str::to_owned),
                offline: consent.offline,
                claims: claims::asked(call),
                issued: call.now,
                used: false,
            },
        );
        code
    }

    fn issue_access(&mut self, access: Access, rng: &mut dyn RngCore) -> String {
        let token = format!("sim-at-{}", ids::secret(rng));
        self.access.insert(token.clone(), access);
        token
    }

    fn issue_refresh(&mut self, refresh: Refresh, rng: &mut dyn RngCore) -> String {
        let token = format!("sim-rt-{}", ids::secret(rng));
        self.refresh.insert(token.clone(), refresh);
        token
    }
}

/// The kinds of request that these servers answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Endpoint {
    MicrosoftAuthorize,
    MicrosoftToken,
    MicrosoftAdminConsent,
    MicrosoftMetadata,
    MicrosoftInstances,
    GoogleAuthorize,
    GoogleToken,
    GoogleRevoke,
    GoogleMetadata,
}

impl Endpoint {
    /// Which endpoint a path names.
    pub(crate) fn of(parts: &[&str]) -> Option<Self> {
        match parts {
            ["o", "oauth2", "v2", "auth"] => Some(Self::GoogleAuthorize),
            ["token"] => Some(Self::GoogleToken),
            ["revoke"] => Some(Self::GoogleRevoke),
            [".well-known", "openid-configuration"] => Some(Self::GoogleMetadata),
            [_, "oauth2", "v2.0", "authorize"] => Some(Self::MicrosoftAuthorize),
            [_, "oauth2", "v2.0", "token"] => Some(Self::MicrosoftToken),
            [_, "v2.0", "adminconsent"] | [_, "adminconsent"] => Some(Self::MicrosoftAdminConsent),
            [_, "v2.0", ".well-known", "openid-configuration"]
            | [_, ".well-known", "openid-configuration"] => Some(Self::MicrosoftMetadata),
            [_, "discovery", "instance"] => Some(Self::MicrosoftInstances),
            _ => None,
        }
    }

    /// Whether it is Microsoft's.
    pub(crate) fn is_microsoft(self) -> bool {
        !matches!(
            self,
            Self::GoogleAuthorize | Self::GoogleToken | Self::GoogleRevoke | Self::GoogleMetadata
        )
    }

    /// The name in the request log.
    pub(crate) fn kind(self) -> &'static str {
        match self {
            Self::MicrosoftAuthorize | Self::GoogleAuthorize => "authorize",
            Self::MicrosoftToken | Self::GoogleToken => "token",
            Self::MicrosoftAdminConsent => "admin_consent",
            Self::GoogleRevoke => "revoke",
            Self::MicrosoftMetadata | Self::MicrosoftInstances | Self::GoogleMetadata => "metadata",
        }
    }
}

/// Answers a request to either authorization server.
pub(crate) fn handle(
    endpoint: Endpoint,
    call: &Call,
    accounts: &mut [Account],
    grants: &mut Grants,
    rng: &mut dyn RngCore,
) -> Reply {
    match endpoint {
        Endpoint::MicrosoftAdminConsent => microsoft::consent::admin(call, accounts, rng),
        Endpoint::MicrosoftAuthorize => {
            authorize(&microsoft::Microsoft, call, accounts, grants, rng)
        }
        Endpoint::GoogleAuthorize => authorize(&google::Google, call, accounts, grants, rng),
        Endpoint::MicrosoftToken => microsoft::token(call, accounts, grants, rng),
        Endpoint::GoogleToken => google::token(call, accounts, grants, rng),
        Endpoint::GoogleRevoke => google::revoke(call, grants),
        Endpoint::MicrosoftMetadata => microsoft::metadata(call),
        Endpoint::MicrosoftInstances => microsoft::instances(call),
        Endpoint::GoogleMetadata => google::metadata(call),
    }
}

/// The vendor's own answer to a request that fails with the named error; `None` for a name that
/// the vendor does not have, and for what is neither an authorize nor a token request.
pub(crate) fn refusal(kind: &str, call: &Call, rng: &mut dyn RngCore) -> Option<Reply> {
    Some(match Endpoint::of(&call.parts())? {
        Endpoint::MicrosoftAuthorize => microsoft::errors::named(kind)?.at_authorize(call, rng),
        Endpoint::MicrosoftToken => no_store(microsoft::errors::named(kind)?.at_token(call, rng)),
        Endpoint::GoogleAuthorize => google::errors::named(kind)?.at_authorize(call),
        Endpoint::GoogleToken => no_store(google::errors::named(kind)?.at_token()),
        _ => return None,
    })
}

/// Whether one of the vendors has an error of this name.
pub(crate) fn is_error(kind: &str) -> bool {
    microsoft::errors::named(kind).is_some() || google::errors::named(kind).is_some()
}

/// What differs between the two authorization endpoints.
trait Server {
    fn vendor(&self) -> Vendor;
    fn title(&self) -> &'static str;
    /// A request that must not be redirected anywhere: unknown client or redirect.
    fn refuse(&self, call: &Call) -> Option<String>;
    /// What keeps this account from signing in with this request.
    fn stop(
        &self,
        call: &Call,
        accounts: &[Account],
        account: Option<&Account>,
        decision: &str,
        rng: &mut dyn RngCore,
    ) -> Option<Reply>;
    fn offline(&self, call: &Call) -> bool;
}

fn authorize(
    server: &dyn Server,
    call: &Call,
    accounts: &mut [Account],
    grants: &mut Grants,
    rng: &mut dyn RngCore,
) -> Reply {
    if let Some(message) = server.refuse(call) {
        return Reply::html(400, page::error(server.title(), &message));
    }
    if let Some(reply) = server.stop(call, accounts, None, "", rng) {
        return reply;
    }
    let redirect_uri = call.param("redirect_uri").unwrap_or_default();
    let back = |pairs: &[(&str, &str)]| Reply::redirect(&with_query(redirect_uri, call, pairs));
    let fail = |error: &str, text: &str| back(&[("error", error), ("error_description", text)]);
    if call.param("response_type") != Some("code") {
        return fail(
            "unsupported_response_type",
            "The response type must be 'code'.",
        );
    }
    let challenge = call.param("code_challenge").unwrap_or_default();
    if challenge.len() != 43 || call.param("code_challenge_method") != Some("S256") {
        return fail(
            "invalid_request",
            "A code_challenge with the method S256 is required.",
        );
    }
    let scope = call.param("scope").unwrap_or_default();
    if scope.trim().is_empty() {
        return fail("invalid_request", "The scope is missing.");
    }
    if call.param("prompt") == Some("none") {
        let nobody = refusal("login_required", call, rng);
        return nobody.unwrap_or_else(|| fail("login_required", "The user is not signed in."));
    }
    let choices: Vec<&Account> = accounts
        .iter()
        .filter(|account| account.vendor == server.vendor() && account.cloud == call.cloud)
        .collect();
    if call.method != http::Method::POST {
        return Reply::html(200, page::login(server.title(), call, &choices, None));
    }
    let form = call.form();
    let field = |name: &str| {
        form.iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    };
    if field("decision") == Some("deny") {
        let no = refusal("access_denied", call, rng);
        return no.unwrap_or_else(|| fail("access_denied", "The user denied the request."));
    }
    let email = field("email").unwrap_or_default();
    let is_meant = |account: &Account| {
        account.vendor == server.vendor() && account.email.eq_ignore_ascii_case(email)
    };
    let here = |account: &Account| is_meant(account) && account.cloud == call.cloud;
    let found = accounts.iter().position(here);
    let found = found.or_else(|| accounts.iter().position(is_meant));
    let Some(account) = found else {
        let message = "There is no account with this address.";
        return Reply::html(
            400,
            page::login(server.title(), call, &choices, Some(message)),
        );
    };
    if field("decision") == Some("wait") {
        return Reply::html(200, page::waiting(server.title()));
    }
    let decision = field("decision").unwrap_or_default();
    if let Some(reply) = server.stop(call, accounts, accounts.get(account), decision, rng) {
        return reply;
    }
    if let Some(account) = accounts.get_mut(account) {
        account.policy.withdrawn = false;
    }
    let granted = match server.vendor() {
        Vendor::Google => granted_scope(scope, &form),
        // Entra's consent is for everything that was asked for.
        Vendor::Microsoft => scope.to_owned(),
    };
    let offline = server.offline(call);
    let consent = Consent {
        vendor: server.vendor(),
        account,
        redirect_uri,
        scope: granted.clone(),
        offline,
    };
    let code = grants.issue_code(call, &consent, rng);
    match server.vendor() {
        Vendor::Microsoft => back(&[("code", &code)]),
        Vendor::Google => back(&[("code", &code), ("scope", &granted)]),
    }
}

/// The scopes that the user did not leave out. A form that says nothing about them, such as a
/// script's, grants them all.
fn granted_scope(asked: &str, form: &[(String, String)]) -> String {
    asked
        .split_whitespace()
        .filter(|scope| {
            !form
                .iter()
                .any(|(key, value)| key == "withhold" && value == scope)
        })
        .collect::<Vec<_>>()
        .join(" ")
}

/// The redirect target with `pairs` and the request's `state`. A redirect without a path gets
/// one, as Microsoft does.
fn with_query(redirect_uri: &str, call: &Call, pairs: &[(&str, &str)]) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    query.extend_pairs(pairs);
    if let Some(state) = call.param("state") {
        query.append_pair("state", state);
    }
    let base = match redirect_uri.split_once("://") {
        Some((scheme, rest)) if scheme.starts_with("http") && !rest.contains('/') => {
            format!("{redirect_uri}/")
        }
        _ => redirect_uri.to_owned(),
    };
    let separator = if base.contains('?') { '&' } else { '?' };
    format!("{base}{separator}{}", query.finish())
}

/// Whether a redirect is a loopback address of any port.
fn is_loopback(redirect_uri: &str) -> bool {
    url::Url::parse(redirect_uri).is_ok_and(|url| {
        url.scheme() == "http"
            && matches!(url.host_str(), Some("localhost" | "127.0.0.1" | "[::1]"))
    })
}

/// Why a code cannot be redeemed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum CodeProblem {
    Unknown,
    Used,
    Expired,
    RedirectMismatch,
    VerifierMissing,
    VerifierMismatch,
}

/// Redeems a code. A verifier that does not fit spends it too.
fn redeem(
    grants: &mut Grants,
    vendor: Vendor,
    form: &BTreeMap<String, String>,
    now: DateTime<Utc>,
) -> Result<Code, CodeProblem> {
    let field = |name: &str| form.get(name).map(String::as_str);
    let code = field("code").and_then(|code| grants.codes.get_mut(code));
    let code = code
        .filter(|code| code.vendor == vendor)
        .ok_or(CodeProblem::Unknown)?;
    if code.used {
        return Err(CodeProblem::Used);
    }
    if now - code.issued > Duration::minutes(CODE_MINUTES) {
        return Err(CodeProblem::Expired);
    }
    if field("redirect_uri") != Some(code.redirect_uri.as_str()) {
        return Err(CodeProblem::RedirectMismatch);
    }
    code.used = true;
    let verifier = field("code_verifier").ok_or(CodeProblem::VerifierMissing)?;
    let hash = URL_SAFE_NO_PAD.encode(Sha256::digest(verifier.as_bytes()));
    if code.challenge.as_deref() != Some(hash.as_str()) {
        return Err(CodeProblem::VerifierMismatch);
    }
    Ok(code.clone())
}

fn form_of(call: &Call) -> BTreeMap<String, String> {
    call.form().into_iter().collect()
}

/// The parts of a token answer that both vendors share.
fn token_answer(access_token: &str, scope: &str) -> Value {
    json!({
        "token_type": "Bearer",
        "scope": scope,
        "expires_in": ACCESS_TOKEN_SECS,
        "access_token": access_token,
    })
}

fn expiry(now: DateTime<Utc>) -> DateTime<Utc> {
    now + Duration::seconds(ACCESS_TOKEN_SECS)
}

fn no_store(reply: Reply) -> Reply {
    reply
        .with("cache-control", "no-store")
        .with("pragma", "no-cache")
}

#[cfg(test)]
mod tests;
