//! Microsoft's sign-in: addresses, parameters, and what its numbers mean.
//!
//! # Source
//! Microsoft identity platform: "OAuth 2.0 authorization code flow", "Microsoft Entra
//! authentication and authorization error codes" (read 2026-08-20).

use dayline_model::{Cloud, ProviderKind};
use url::Url;

use crate::endpoints::Endpoints;
use crate::error::AuthError;
use crate::token::Refusal;

/// What a sign-in asks for. `offline_access` is what yields a refresh token.
pub(crate) const SCOPES: &[&str] = &[
    "openid",
    "profile",
    "offline_access",
    "User.Read",
    "Calendars.Read",
    "MailboxSettings.Read",
];

/// What a sign-in asks for as well once the user wants to read mailboxes of colleagues. Personal
/// accounts have no such right, and a sign-in that asks them for it fails.
pub(crate) const SHARED_SCOPE: &str = "Calendars.Read.Shared";

/// What the answer must grant.
pub(crate) const REQUIRED_SCOPES: &[&str] =
    &["User.Read", "Calendars.Read", "MailboxSettings.Read"];

pub(crate) fn authorize_url(endpoints: &Endpoints, cloud: Cloud) -> Url {
    below(
        endpoints,
        cloud,
        &[everybody(cloud), "oauth2", "v2.0", "authorize"],
    )
}

pub(crate) fn token_url(endpoints: &Endpoints, cloud: Cloud) -> Url {
    below(
        endpoints,
        cloud,
        &[everybody(cloud), "oauth2", "v2.0", "token"],
    )
}

/// The page on which an administrator allows Dayline for everybody in `tenant`, and that tells the
/// browser so: Microsoft's own page for programs without one.
///
/// # Source
/// Microsoft "Admin consent on the Microsoft identity platform".
pub(crate) fn admin_consent_url(
    endpoints: &Endpoints,
    cloud: Cloud,
    client_id: &str,
    tenant: Option<&str>,
) -> Url {
    let tenant = tenant.unwrap_or("organizations");
    let mut url = below(endpoints, cloud, &[tenant, "v2.0", "adminconsent"]);
    let landing = below(endpoints, cloud, &["common", "oauth2", "nativeclient"]);
    let scopes: Vec<String> = SCOPES
        .iter()
        .filter(|scope| REQUIRED_SCOPES.contains(scope))
        .chain([&SHARED_SCOPE])
        .map(|scope| in_full(cloud, scope))
        .collect();
    url.query_pairs_mut()
        .append_pair("client_id", client_id)
        .append_pair("scope", &scopes.join(" "))
        .append_pair("redirect_uri", landing.as_str());
    url
}

/// `common` takes work, school and personal accounts. National clouds have no personal ones.
fn everybody(cloud: Cloud) -> &'static str {
    match cloud {
        Cloud::Global => "common",
        Cloud::UsGovHigh | Cloud::UsGovDod | Cloud::China => "organizations",
    }
}

fn below(endpoints: &Endpoints, cloud: Cloud, path: &[&str]) -> Url {
    let mut url = endpoints.microsoft.of(cloud).authority.clone();
    if let Ok(mut segments) = url.path_segments_mut() {
        segments.pop_if_empty().extend(path);
    }
    url
}

/// A scope with the resource that it opens. A bare name means the Graph of the global cloud.
pub(crate) fn in_full(cloud: Cloud, scope: &str) -> String {
    let resource = match cloud {
        Cloud::Global => return scope.to_owned(),
        Cloud::UsGovHigh => "https://graph.microsoft.us/",
        Cloud::UsGovDod => "https://dod-graph.microsoft.us/",
        Cloud::China => "https://microsoftgraph.chinacloudapi.cn/",
    };
    match scope {
        "openid" | "profile" | "email" | "offline_access" => scope.to_owned(),
        _ => format!("{resource}{scope}"),
    }
}

/// With a hint the account is known, and the picker would only be in the way.
pub(crate) fn authorize_parameters(has_hint: bool) -> &'static [(&'static str, &'static str)] {
    if has_hint {
        &[("response_mode", "query")]
    } else {
        &[("response_mode", "query"), ("prompt", "select_account")]
    }
}

/// `/{tenant}/v2.0`: the tenant is the user's, not the one that was asked.
pub(crate) fn is_issuer_path(path: &str) -> bool {
    let mut parts = path.trim_start_matches('/').split('/');
    matches!((parts.next(), parts.next(), parts.next()), (Some(tenant), Some("v2.0"), None) if !tenant.is_empty())
}

/// Scopes come with or without the resource in front, in any case; writing includes reading.
pub(crate) fn scope_covers(granted: &str, wanted: &str) -> bool {
    let name = granted.rsplit('/').next().unwrap_or(granted);
    name.eq_ignore_ascii_case(wanted) || name.eq_ignore_ascii_case(&format!("{wanted}Write"))
}

/// What an AADSTS number asks of the user.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Meaning {
    SignIn,
    /// One more proof: a second factor, a device, or what a policy names.
    Verification,
    Consent,
    Declined,
    AdminApproval,
    WrongAccount,
    Blocked,
    Misconfigured(&'static str),
    Later,
}

const CHECK_REDIRECTS: &str = "Register the redirect addresses dayline://oauth/microsoft and http://localhost under \"Mobile and desktop applications\"";
const CHECK_ACCOUNT_TYPES: &str =
    "Its supported account types must include work, school and personal accounts";
const CHECK_CLIENT_ID: &str = "Check the client id";
const CHECK_PERMISSIONS: &str =
    "Add the Microsoft Graph permissions User.Read, Calendars.Read and MailboxSettings.Read";
const CHECK_PUBLIC: &str = "Turn on \"Allow public client flows\", and register the redirect addresses under \"Mobile and desktop applications\", not under Web";
const REPORT: &str = "This is a mistake in Dayline; please report it";

/// AADSTS numbers, in order.
const MEANINGS: &[(u32, Meaning)] = &[
    (50011, Meaning::Misconfigured(CHECK_REDIRECTS)),
    (50020, Meaning::WrongAccount),
    (50033, Meaning::Later),
    (50034, Meaning::WrongAccount),
    (50053, Meaning::Blocked),
    (50055, Meaning::Blocked),
    (50057, Meaning::Blocked),
    (50058, Meaning::SignIn),
    (50072, Meaning::Verification),
    (50074, Meaning::Verification),
    (50076, Meaning::Verification),
    (50078, Meaning::Verification),
    (50079, Meaning::Verification),
    (50087, Meaning::Later),
    (50089, Meaning::SignIn),
    (50090, Meaning::Later),
    (50097, Meaning::Verification),
    (50105, Meaning::WrongAccount),
    (50126, Meaning::Blocked),
    (50129, Meaning::Verification),
    (50131, Meaning::Verification),
    (50132, Meaning::SignIn),
    (50133, Meaning::SignIn),
    (50140, Meaning::SignIn),
    (50158, Meaning::Verification),
    (50173, Meaning::SignIn),
    (50194, Meaning::Misconfigured(CHECK_ACCOUNT_TYPES)),
    (50196, Meaning::Later),
    (51004, Meaning::WrongAccount),
    (53000, Meaning::Verification),
    (53001, Meaning::Verification),
    (53003, Meaning::Verification),
    (54005, Meaning::SignIn),
    (65001, Meaning::Consent),
    (65004, Meaning::Declined),
    (65005, Meaning::Misconfigured(CHECK_PERMISSIONS)),
    (70000, Meaning::SignIn),
    (70008, Meaning::SignIn),
    (70011, Meaning::Misconfigured(CHECK_PERMISSIONS)),
    (70012, Meaning::Later),
    (70043, Meaning::SignIn),
    (90002, Meaning::WrongAccount),
    (90006, Meaning::Later),
    (90024, Meaning::Later),
    (90033, Meaning::Later),
    (90055, Meaning::Later),
    (90072, Meaning::WrongAccount),
    (90094, Meaning::AdminApproval),
    (90095, Meaning::AdminApproval),
    (90124, Meaning::Misconfigured(CHECK_ACCOUNT_TYPES)),
    (90130, Meaning::Misconfigured(CHECK_ACCOUNT_TYPES)),
    (500_021, Meaning::WrongAccount),
    (500_022, Meaning::WrongAccount),
    (500_208, Meaning::WrongAccount),
    (500_212, Meaning::WrongAccount),
    (500_213, Meaning::WrongAccount),
    (501_481, Meaning::Misconfigured(REPORT)),
    (530_032, Meaning::Verification),
    (650_052, Meaning::Misconfigured(CHECK_PERMISSIONS)),
    (650_056, Meaning::Misconfigured(CHECK_PERMISSIONS)),
    (650_057, Meaning::Misconfigured(CHECK_PERMISSIONS)),
    (700_016, Meaning::Misconfigured(CHECK_CLIENT_ID)),
    (700_022, Meaning::Misconfigured(REPORT)),
    (700_025, Meaning::Misconfigured(CHECK_PUBLIC)),
    (700_082, Meaning::SignIn),
    (700_084, Meaning::SignIn),
    (7_000_112, Meaning::Misconfigured(CHECK_CLIENT_ID)),
    (7_000_218, Meaning::Misconfigured(CHECK_PUBLIC)),
    (9_001_023, Meaning::Misconfigured(CHECK_ACCOUNT_TYPES)),
    (9_002_332, Meaning::Misconfigured(CHECK_ACCOUNT_TYPES)),
];

/// What a refusal means to the user: by number where one is known, else by OAuth's word.
pub(crate) fn explain(refusal: &Refusal) -> AuthError {
    let known = refusal.numbers.iter().find_map(|number| {
        let at = MEANINGS
            .binary_search_by_key(number, |(known, _)| *known)
            .ok()?;
        MEANINGS
            .get(at)
            .map(|(_, meaning)| (format!("AADSTS{number}"), *meaning))
    });
    let (code, meaning) = match known {
        Some(known) => known,
        None => match (by_word(refusal), refusal.numbers.first()) {
            (Some(meaning), _) => (refusal.error.clone(), meaning),
            (None, Some(number)) => {
                return AuthError::Rejected {
                    code: format!("AADSTS{number}"),
                };
            }
            (None, None) => {
                return AuthError::Rejected {
                    code: refusal.error.clone(),
                };
            }
        },
    };
    match meaning {
        Meaning::SignIn => AuthError::NeedsSignIn,
        Meaning::Verification => AuthError::NeedsVerification {
            claims: refusal.claims.clone(),
        },
        Meaning::Consent => AuthError::NeedsConsent,
        Meaning::Declined => AuthError::Denied,
        Meaning::AdminApproval => AuthError::NeedsAdminApproval,
        Meaning::WrongAccount => AuthError::WrongAccount { code },
        Meaning::Blocked => AuthError::AccountBlocked,
        Meaning::Misconfigured(advice) => AuthError::Misconfigured {
            provider: ProviderKind::Microsoft,
            code,
            advice,
        },
        Meaning::Later => AuthError::Busy { after: None },
    }
}

fn by_word(refusal: &Refusal) -> Option<Meaning> {
    if refusal.suberror.as_deref() == Some("consent_required") {
        return Some(Meaning::Consent);
    }
    Some(match refusal.error.as_str() {
        _ if refusal.claims.is_some() => Meaning::Verification,
        "invalid_grant" | "interaction_required" | "login_required" => Meaning::SignIn,
        "consent_required" => Meaning::Consent,
        "access_denied" => Meaning::Declined,
        "temporarily_unavailable" | "server_error" => Meaning::Later,
        "invalid_client" | "unauthorized_client" => Meaning::Misconfigured(CHECK_CLIENT_ID),
        "invalid_scope" | "invalid_resource" => Meaning::Misconfigured(CHECK_PERMISSIONS),
        "unsupported_response_type" | "unsupported_grant_type" => Meaning::Misconfigured(REPORT),
        _ => return None,
    })
}

#[cfg(test)]
mod tests;
