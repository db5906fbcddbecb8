//! Who may sign in where, and who may let the application in.
//!
//! Entra `v2-admin-consent` (docs commit 0ec14b1a) and `reference-error-codes`. An
//! administrator lets the application in for the whole tenant.

use rand::RngCore;

use super::errors::failure;
use super::{Microsoft, Server};
use crate::call::{Call, Reply};
use crate::oauth::{PERSONAL_TENANT, page, with_query};
use crate::world::{Account, Consent, Vendor};

/// The tenant in the path.
fn tenant(call: &Call) -> &str {
    call.segments.first().map_or("common", String::as_str)
}

fn belongs(account: &Account, tenant: &str) -> bool {
    account.vendor == Vendor::Microsoft
        && (account.tenant.eq_ignore_ascii_case(tenant)
            || (!account.policy.personal && account.domain().eq_ignore_ascii_case(tenant)))
}

/// The number of a path whose tenant is nowhere, or in another cloud.
pub(super) fn no_tenant(call: &Call, accounts: &[Account]) -> Option<u32> {
    let tenant = tenant(call);
    if matches!(
        tenant,
        "common" | "organizations" | "consumers" | PERSONAL_TENANT
    ) {
        return None;
    }
    let mut owners = accounts
        .iter()
        .filter(|account| belongs(account, tenant))
        .peekable();
    if owners.peek().is_none() {
        return Some(90002);
    }
    (!owners.any(|account| account.cloud == call.cloud)).then_some(90038)
}

/// What keeps an account, or anybody, from signing in with this request.
pub(super) fn stop(
    call: &Call,
    accounts: &[Account],
    account: Option<&Account>,
    decision: &str,
    rng: &mut dyn RngCore,
) -> Option<Reply> {
    if let Some(code) = no_tenant(call, accounts) {
        return Some(failure(code).at_authorize(call, rng));
    }
    let account = account?;
    if account.cloud != call.cloud {
        return Some(failure(50020).at_authorize(call, rng));
    }
    let personal = account.policy.personal;
    let wrong = match tenant(call) {
        "common" => None,
        "organizations" => personal.then_some(500_208),
        "consumers" | PERSONAL_TENANT => (!personal).then_some(500_208),
        tenant => (!belongs(account, tenant)).then_some(50020),
    };
    if let Some(code) = wrong {
        return Some(failure(code).at_authorize(call, rng));
    }
    let scope = call.param("scope").unwrap_or_default();
    if personal && scope.split_whitespace().any(|one| one.ends_with(".Shared")) {
        return Some(failure(70011).at_authorize(call, rng));
    }
    if account.policy.consent == Consent::User || account.policy.approved {
        return None;
    }
    Some(match decision {
        "return" => failure(90094).at_authorize(call, rng),
        _ => Reply::html(200, page::approval(call, account)),
    })
}

/// The admin consent endpoint, in its form of v2.0 and the older one, which names no scopes.
pub(in crate::oauth) fn admin(
    call: &Call,
    accounts: &mut [Account],
    rng: &mut dyn RngCore,
) -> Reply {
    if let Some(message) = Microsoft.refuse(call) {
        return Reply::html(400, page::error(Microsoft.title(), &message));
    }
    if let Some(code) = no_tenant(call, accounts) {
        return failure(code).at_authorize(call, rng);
    }
    let redirect = call.param("redirect_uri").unwrap_or_default();
    let newer = call.segments.get(1).is_some_and(|part| part == "v2.0");
    let scope = call.param("scope").unwrap_or_default();
    if newer && scope.trim().is_empty() {
        let text = "AADSTS900144: The request body must contain the following parameter: 'scope'.";
        return Reply::html(400, page::error(Microsoft.title(), text));
    }
    if call.method != http::Method::POST {
        return Reply::html(200, page::admin(call));
    }
    let form = call.form();
    let field = |name: &str| form.iter().find(|(key, _)| key == name);
    let field = |name: &str| field(name).map_or("", |(_, value)| value.as_str());
    if field("decision") != "allow" {
        let text = "AADSTS65004: The resource owner or authorization server denied the request.";
        let pairs = [
            ("admin_consent", "True"),
            ("error", "consent_required"),
            ("error_description", text),
        ];
        return Reply::redirect(&with_query(redirect, call, &pairs));
    }
    let domain = field("email")
        .split_once('@')
        .map_or("", |(_, domain)| domain);
    let own = match tenant(call) {
        "common" | "organizations" | "consumers" | PERSONAL_TENANT => domain,
        tenant => tenant,
    };
    let waiting = |account: &&Account| {
        !account.policy.personal
            && account.cloud == call.cloud
            && account.vendor == Vendor::Microsoft
            && (belongs(account, own)
                || (own.is_empty() && account.policy.consent == Consent::Admin))
    };
    let Some(tenant) = accounts.iter().find(waiting).map(|one| one.tenant.clone()) else {
        return failure(50020).at_authorize(call, rng);
    };
    for account in accounts.iter_mut().filter(|one| one.tenant == tenant) {
        account.policy.approved = true;
        account.policy.withdrawn = false;
    }
    let mut pairs = vec![("admin_consent", "True"), ("tenant", tenant.as_str())];
    if newer {
        pairs.push(("scope", scope));
    }
    Reply::redirect(&with_query(redirect, call, &pairs))
}
