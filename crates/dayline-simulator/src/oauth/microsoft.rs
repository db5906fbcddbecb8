//! The Microsoft identity platform v2.0 for a public client.
//!
//! Errors carry `error_codes`, `trace_id` and `correlation_id`, since clients branch on the
//! numbers (Entra, reference-error-codes).

pub(super) mod consent;
pub(super) mod errors;

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rand::RngCore;
use serde_json::{Value, json};

use self::errors::{Failure, failure};
use super::{
    Access, Code, CodeProblem, Grants, MICROSOFT_CLIENT_ID, Refresh, Server, expiry, form_of,
    is_loopback, jwt, no_store, redeem, token_answer,
};
use crate::call::{Call, Reply, object};
use crate::world::{Account, Vendor};

pub(super) struct Microsoft;

impl Server for Microsoft {
    fn vendor(&self) -> Vendor {
        Vendor::Microsoft
    }

    fn title(&self) -> &'static str {
        "Sign in to Microsoft"
    }

    fn refuse(&self, call: &Call) -> Option<String> {
        if call.param("client_id") != Some(MICROSOFT_CLIENT_ID) {
            return Some(
                "AADSTS700016: Application with this identifier was not found in the directory."
                    .into(),
            );
        }
        let redirect = call.param("redirect_uri").unwrap_or_default();
        // The page of Microsoft's own that a registration for desktops offers to tick.
        let is_native_page = redirect
            .strip_prefix(call.origin.as_str())
            .is_some_and(|path| path.ends_with("/common/oauth2/nativeclient"));
        let known =
            redirect == "dayline://oauth/microsoft" || is_native_page || is_loopback(redirect);
        (!known).then(|| {
            format!("AADSTS50011: The redirect URI '{redirect}' specified in the request does not match the redirect URIs configured for the application.")
        })
    }

    fn stop(
        &self,
        call: &Call,
        accounts: &[Account],
        account: Option<&Account>,
        decision: &str,
        rng: &mut dyn RngCore,
    ) -> Option<Reply> {
        consent::stop(call, accounts, account, decision, rng)
    }

    fn offline(&self, call: &Call) -> bool {
        has_scope(call.param("scope").unwrap_or_default(), "offline_access")
    }
}

fn has_scope(scope: &str, name: &str) -> bool {
    scope.split_whitespace().any(|one| one == name)
}

/// The token endpoint.
pub(super) fn token(
    call: &Call,
    accounts: &[Account],
    grants: &mut Grants,
    rng: &mut dyn RngCore,
) -> Reply {
    let form = form_of(call);
    let answer = check_client(call, accounts, &form).and_then(|()| {
        match form.get("grant_type").map(String::as_str) {
            Some("authorization_code") => by_code(call, &form, accounts, grants, rng),
            Some("refresh_token") => by_refresh(call, &form, accounts, grants, rng),
            _ => Err(failure(70003)),
        }
    });
    no_store(match answer {
        Ok(body) => Reply::json(200, &body),
        Err(problem) => problem.at_token(call, rng),
    })
}

fn check_client(
    call: &Call,
    accounts: &[Account],
    form: &BTreeMap<String, String>,
) -> Result<(), Failure> {
    if let Some(code) = consent::no_tenant(call, accounts) {
        return Err(failure(code));
    }
    if call.method != http::Method::POST {
        return Err(failure(900_561));
    }
    if form.contains_key("client_secret") || call.header("authorization").is_some() {
        return Err(failure(700_025));
    }
    match form.get("client_id").map(String::as_str) {
        Some(MICROSOFT_CLIENT_ID) => Ok(()),
        Some(_) => Err(failure(700_016)),
        None => Err(failure(900_144)),
    }
}

/// Whether an account lives in another cloud than the one that is asked.
fn is_stranger(call: &Call, accounts: &[Account], account: usize) -> bool {
    let account = accounts.get(account);
    account.is_none_or(|account| account.cloud != call.cloud)
}

fn by_code(
    call: &Call,
    form: &BTreeMap<String, String>,
    accounts: &[Account],
    grants: &mut Grants,
    rng: &mut dyn RngCore,
) -> Result<Value, Failure> {
    let issued = form.get("code").and_then(|code| grants.codes.get(code));
    if issued.is_some_and(|code| is_stranger(call, accounts, code.account)) {
        return Err(failure(9_002_313));
    }
    let code =
        redeem(grants, Vendor::Microsoft, form, call.now).map_err(|problem| match problem {
            CodeProblem::Unknown => failure(9_002_313),
            CodeProblem::Used => failure(54005),
            CodeProblem::Expired => failure(70008),
            CodeProblem::RedirectMismatch => failure(50011),
            CodeProblem::VerifierMissing => failure(50148),
            CodeProblem::VerifierMismatch => failure(501_481),
        })?;
    let Code {
        account,
        scope,
        nonce,
        offline,
        claims,
        ..
    } = code;
    Ok(answer(
        call,
        form,
        accounts,
        grants,
        rng,
        &Grant {
            account,
            scope,
            nonce,
            offline,
            claims,
        },
    ))
}

fn by_refresh(
    call: &Call,
    form: &BTreeMap<String, String>,
    accounts: &[Account],
    grants: &mut Grants,
    rng: &mut dyn RngCore,
) -> Result<Value, Failure> {
    let token = form
        .get("refresh_token")
        .and_then(|token| grants.refresh.get(token));
    let known = token
        .filter(|refresh| refresh.vendor == Vendor::Microsoft)
        .filter(|refresh| !is_stranger(call, accounts, refresh.account))
        .cloned();
    let Some(known) = known else {
        return Err(failure(9_002_313));
    };
    if known.revoked {
        return Err(failure(50173));
    }
    let policy = accounts.get(known.account).map(|account| &account.policy);
    if policy.is_some_and(|policy| policy.withdrawn) {
        return Err(failure(65001));
    }
    let demand = policy.and_then(|policy| policy.demand.as_ref());
    if let Some(demand) = demand.filter(|demand| !demand.met_by(known.claims.as_ref())) {
        return Err(failure(50076).asking(demand.text()));
    }
    let asked = form
        .get("scope")
        .map(String::as_str)
        .filter(|scope| !scope.trim().is_empty());
    let implied = ["openid", "profile", "offline_access", "email"];
    let new = asked.unwrap_or_default().split_whitespace().any(|scope| {
        !implied.contains(&scope) && !scope.ends_with("/.default") && !covers(&known.scope, scope)
    });
    if new {
        return Err(failure(65001));
    }
    let scope = asked.map_or_else(|| known.scope.clone(), str::to_owned);
    // Each use gives a new refresh token; the old one is not revoked (Entra, refresh-tokens).
    let grant = Grant {
        account: known.account,
        scope,
        nonce: None,
        offline: true,
        claims: known.claims.clone(),
    };
    let mut body = answer(call, form, accounts, grants, rng, &grant);
    let renewed = body
        .get("refresh_token")
        .and_then(Value::as_str)
        .map(str::to_owned);
    if let Some(refresh) = renewed.and_then(|token| grants.refresh.get_mut(&token)) {
        refresh.scope.clone_from(&known.scope);
    }
    if let Some(map) = body.as_object_mut() {
        map.remove("nonce");
    }
    Ok(body)
}

fn covers(granted: &str, scope: &str) -> bool {
    let short = |text: &str| {
        text.rsplit('/')
            .next()
            .unwrap_or_default()
            .to_ascii_lowercase()
    };
    granted
        .split_whitespace()
        .any(|one| short(one) == short(scope))
}

struct Grant {
    account: usize,
    scope: String,
    nonce: Option<String>,
    offline: bool,
    claims: Option<Value>,
}

fn answer(
    call: &Call,
    form: &BTreeMap<String, String>,
    accounts: &[Account],
    grants: &mut Grants,
    rng: &mut dyn RngCore,
    grant: &Grant,
) -> Value {
    let access = Access {
        vendor: Vendor::Microsoft,
        account: grant.account,
        scope: grant.scope.clone(),
        claims: grant.claims.clone(),
        expires: Some(expiry(call.now)),
    };
    let token = grants.issue_access(access, rng);
    let listed: Vec<&str> = grant
        .scope
        .split_whitespace()
        .filter(|scope| *scope != "offline_access")
        .collect();
    let mut body = object(token_answer(&token, &listed.join(" ")));
    body.insert("ext_expires_in".into(), super::ACCESS_TOKEN_SECS.into());
    if grant.offline {
        let refresh = Refresh {
            vendor: Vendor::Microsoft,
            account: grant.account,
            scope: grant.scope.clone(),
            claims: grant.claims.clone(),
            revoked: false,
        };
        body.insert(
            "refresh_token".into(),
            grants.issue_refresh(refresh, rng).into(),
        );
    }
    if let Some(account) = accounts.get(grant.account) {
        if has_scope(&grant.scope, "openid") {
            body.insert(
                "id_token".into(),
                id_token(call, account, grant.nonce.as_deref()).into(),
            );
        }
        if form.contains_key("client_info") {
            let info = json!({"uid": account.id, "utid": account.tenant});
            body.insert(
                "client_info".into(),
                URL_SAFE_NO_PAD.encode(info.to_string()).into(),
            );
        }
    }
    Value::Object(body)
}

fn id_token(call: &Call, account: &Account, nonce: Option<&str>) -> String {
    let now = call.now.timestamp();
    let mut claims = object(json!({
        "ver": "2.0",
        "iss": format!("{}/{}/v2.0", call.base(), account.tenant),
        "sub": format!("sub-{}", account.id),
        "aud": MICROSOFT_CLIENT_ID,
        "iat": now,
        "nbf": now,
        "exp": now + super::ACCESS_TOKEN_SECS,
        "name": account.name,
        "preferred_username": account.email,
        "email": account.email,
        "oid": account.id,
        "tid": account.tenant,
    }));
    if let Some(nonce) = nonce {
        claims.insert("nonce".into(), nonce.into());
    }
    jwt::sign(&Value::Object(claims))
}

/// OpenID configuration of an authority.
pub(super) fn metadata(call: &Call) -> Reply {
    let tenant = call.segments.first().map_or("common", String::as_str);
    let base = format!("{}/{tenant}", call.base());
    let issuer = if tenant == "common" || tenant == "organizations" {
        "{tenantid}"
    } else {
        tenant
    };
    Reply::json(
        200,
        &json!({
            "issuer": format!("{}/{issuer}/v2.0", call.base()),
            "authorization_endpoint": format!("{base}/oauth2/v2.0/authorize"),
            "token_endpoint": format!("{base}/oauth2/v2.0/token"),
            "device_authorization_endpoint": format!("{base}/oauth2/v2.0/devicecode"),
            "end_session_endpoint": format!("{base}/oauth2/v2.0/logout"),
            "jwks_uri": format!("{base}/discovery/v2.0/keys"),
            "response_modes_supported": ["query"],
            "response_types_supported": ["code"],
            "subject_types_supported": ["pairwise"],
            "id_token_signing_alg_values_supported": ["HS256"],
            "scopes_supported": ["openid", "profile", "email", "offline_access"],
            "token_endpoint_auth_methods_supported": ["none"],
        }),
    )
}

/// Instance discovery, which MSAL asks before it trusts an authority.
pub(super) fn instances(call: &Call) -> Reply {
    let host = call.origin.split_once("://").map_or("", |(_, host)| host);
    Reply::json(
        200,
        &json!({
            "tenant_discovery_endpoint": format!("{}/common/v2.0/.well-known/openid-configuration", call.base()),
            "api-version": "1.1",
            "metadata": [{"preferred_network": host, "preferred_cache": host, "aliases": [host]}],
        }),
    )
}
