//! Entra's errors by their AADSTS number, at both endpoints.
//!
//! Number and meaning are from Entra's `reference-error-codes` (docs commit 04f6554), in other
//! words; the member `error` is from there, from `v2-oauth2-auth-code-flow`, and from what
//! applications report. Which suberror goes with what is MSAL's `UiRequiredExceptionClassification`.
//! The statuses of `temporarily_unavailable` and `server_error` are the ones that MSAL retries.

use rand::RngCore;
use serde_json::{Value, json};

use crate::call::{Call, Reply, object};
use crate::ids;
use crate::oauth::{page, with_query};

/// What an authorize request gets that fails so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// The redirect, with `error` and `error_description`.
    Redirect,
    /// Entra's own page; the application hears nothing.
    Page,
}

/// One number.
#[derive(Debug, Clone, Copy)]
pub(in crate::oauth) struct Entry {
    error: &'static str,
    code: u32,
    text: &'static str,
    suberror: Option<&'static str>,
    place: Place,
    /// Whether a token answer names the claims that would help.
    claims: bool,
}

impl Entry {
    const fn sub(self, suberror: &'static str) -> Self {
        Self {
            suberror: Some(suberror),
            ..self
        }
    }

    const fn shown(self) -> Self {
        Self {
            place: Place::Page,
            ..self
        }
    }

    const fn with_claims(self) -> Self {
        Self {
            claims: true,
            ..self
        }
    }
}

const fn entry(error: &'static str, code: u32, text: &'static str) -> Entry {
    Entry {
        error,
        code,
        text,
        suberror: None,
        place: Place::Redirect,
        claims: false,
    }
}

const GRANT: &str = "invalid_grant";
const INTERACTION: &str = "interaction_required";
const REQUEST: &str = "invalid_request";
const CLIENT: &str = "invalid_client";
const UNAUTHORIZED: &str = "unauthorized_client";
const DENIED: &str = "access_denied";
const SCOPE: &str = "invalid_scope";
const BUSY: &str = "temporarily_unavailable";
const SERVER: &str = "server_error";

/// The first entry of an `error` stands for it when a fault names no number.
#[rustfmt::skip]
const TABLE: &[Entry] = &[
    // A person has to sign in again.
    entry(GRANT, 70000, "The provided value for the refresh token is not valid."),
    entry("login_required", 50058, "A silent sign-in request was sent but no user is signed in."),
    entry(INTERACTION, 50076, "Due to a configuration change made by your administrator, or because you moved to a new location, you must use multi-factor authentication to access the resource.").sub("basic_action").with_claims(),
    entry(INTERACTION, 50072, "Due to a configuration change made by your administrator, you must enroll in multi-factor authentication to access the resource.").sub("basic_action").with_claims(),
    entry(INTERACTION, 50074, "Strong authentication is required.").sub("basic_action").with_claims(),
    entry(INTERACTION, 50078, "Presented multi-factor authentication has expired due to policies configured by your administrator.").sub("basic_action").with_claims(),
    entry(INTERACTION, 50079, "Due to a configuration change made by your administrator, or because you moved to a new location, you must enroll in multi-factor authentication to access the resource.").sub("basic_action").with_claims(),
    entry(GRANT, 50089, "Authentication failed due to flow token expired."),
    entry(INTERACTION, 50097, "Device authentication is required.").sub("additional_action").with_claims(),
    entry(INTERACTION, 50129, "Device is not Workplace joined. Workplace join is required to register the device.").sub("additional_action"),
    entry(INTERACTION, 50131, "Device is not in required device state, or the request was blocked due to suspicious activity, access policy, or security policy decisions.").sub("message_only"),
    entry(GRANT, 50132, "The session is not valid due to password expiration or recent password change.").sub("bad_token"),
    entry(GRANT, 50133, "The session is not valid due to password expiration or recent password change.").sub("bad_token"),
    entry(INTERACTION, 50140, "This occurred due to the 'Keep me signed in' interrupt when the user was signing in."),
    entry(INTERACTION, 50158, "External security challenge was not satisfied. User will be redirected to another page or authentication provider to satisfy additional authentication challenges.").sub("basic_action").with_claims(),
    entry(GRANT, 50173, "The provided grant has expired due to it being revoked, a fresh auth token is needed. The user might have changed or reset their password.").sub("bad_token"),
    entry(GRANT, 53000, "Device is not in required device state: not compliant. Conditional Access policy requires a compliant device.").sub("additional_action").shown().with_claims(),
    entry(GRANT, 53001, "Device is not in required device state: not domain joined. Conditional Access policy requires a domain joined device.").sub("additional_action").shown().with_claims(),
    entry(GRANT, 53003, "Access has been blocked by Conditional Access policies. The access policy does not allow token issuance.").sub("message_only").shown().with_claims(),
    entry(GRANT, 530_032, "Access has been blocked due to a security policy that the tenant admin has configured.").sub("message_only").shown(),
    entry(GRANT, 70008, "The provided authorization code or refresh token has expired due to inactivity. Send a new interactive authorization request for this user and resource.").sub("bad_token"),
    entry(GRANT, 700_082, "The refresh token has expired due to inactivity. It was inactive for 90.00:00:00.").sub("bad_token"),
    entry(GRANT, 70043, "The refresh token has expired or is invalid due to sign-in frequency checks by conditional access.").sub("bad_token"),
    entry(GRANT, 700_084, "The refresh token was issued to a single page app (SPA), and therefore has a fixed, limited lifetime of 1.00:00:00, which cannot be extended.").sub("bad_token"),
    // Consent.
    entry(DENIED, 65004, "User declined to consent to access the app."),
    entry(GRANT, 65001, "The user or administrator has not consented to use the application. Send an interactive authorization request for this user and resource.").sub("consent_required"),
    entry(DENIED, 90094, "An administrator has set a policy that prevents you from granting this application the permissions it is requesting. Contact an administrator, who can grant permissions to this app on your behalf."),
    entry(DENIED, 90095, "Admin consent is required: the user was told to ask an admin for consent."),
    // The wrong person, or the wrong tenant.
    entry(GRANT, 50020, "User account from this identity provider does not exist in the tenant and cannot access the application in that tenant. The account needs to be added as an external user in the tenant first.").shown(),
    entry(GRANT, 50034, "The user account does not exist in the directory. To sign into this application, the account must be added to the directory.").shown(),
    entry(GRANT, 500_208, "The domain is not a valid login domain for the account type.").shown(),
    entry(GRANT, 51004, "The user account does not exist in the directory.").shown(),
    entry(GRANT, 50105, "Your administrator has configured the application to block users unless they are specifically granted ('assigned') access to the application.").shown(),
    entry(REQUEST, 90002, "Tenant not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud.").shown(),
    entry(GRANT, 90072, "User account from this identity provider does not exist in the tenant. The account needs to be added as an external user in the tenant first.").shown(),
    entry(REQUEST, 90038, "The specified tenant belongs to another National Cloud. The current cloud instance does not federate with it.").shown(),
    entry(DENIED, 500_021, "Access to the tenant is denied.").shown(),
    entry(DENIED, 500_022, "Access to the tenant is denied.").shown(),
    entry(DENIED, 500_212, "The user's administrator has set an outbound access policy that does not allow access to the resource tenant.").shown(),
    entry(DENIED, 500_213, "The resource tenant's cross-tenant access policy does not allow this user to access this tenant.").shown(),
    // The account itself.
    entry(GRANT, 50053, "The account is locked, you've tried to sign in too many times with an incorrect user ID or password.").shown(),
    entry(GRANT, 50055, "The password is expired.").sub("user_password_expired").shown(),
    entry(GRANT, 50057, "The user account is disabled.").shown(),
    entry(GRANT, 50126, "Error validating credentials due to invalid username or password.").shown(),
    // The application is at fault.
    entry(CLIENT, 7_000_218, "The request body must contain the following parameter: 'client_assertion' or 'client_secret'."),
    entry(GRANT, 50011, "The redirect URI specified in the request does not match the redirect URIs configured for the application.").shown(),
    entry(REQUEST, 50194, "Application is not configured as a multi-tenant application. Usage of the /common endpoint is not supported for such applications created after '10/15/2018'.").shown(),
    entry(CLIENT, 65005, "The application required resource access list does not contain applications discoverable by the resource."),
    entry(CLIENT, 650_052, "The app needs access to a service that your organization has not subscribed to or enabled."),
    entry(CLIENT, 650_053, "The application asked for a scope that doesn't exist on the resource. Contact the app vendor."),
    entry(GRANT, 650_056, "Misconfigured application. The client has not listed any permissions in the requested permissions in the client's application registration, or the admin has not consented in the tenant.").shown(),
    entry("invalid_resource", 650_057, "Invalid resource. The client has requested access to a resource which is not listed in the requested permissions in the client's application registration."),
    entry(SCOPE, 70011, "The provided value for the input parameter 'scope' is not valid."),
    entry(UNAUTHORIZED, 700_016, "Application with this identifier was not found in the directory.").shown(),
    entry(SCOPE, 700_022, "The provided value for the input parameter 'scope' is not valid because it contains more than one resource."),
    entry(CLIENT, 700_025, "Client is public so neither 'client_assertion' nor 'client_secret' should be presented."),
    entry(UNAUTHORIZED, 7_000_112, "Application is disabled.").shown(),
    entry(REQUEST, 9_001_023, "The grant type is not supported over the /common or /consumers endpoints. Please use the /organizations or tenant-specific endpoint."),
    entry(REQUEST, 9_002_332, "Application is configured for use by Microsoft Entra users only. Please do not use the /consumers endpoint to serve this request.").shown(),
    entry(REQUEST, 90124, "The resource is not supported over the /common or /consumers endpoints. Please use the /organizations or tenant-specific endpoint.").shown(),
    entry(REQUEST, 90130, "Application is not supported over the /common or /consumers endpoints. Please use the /organizations or tenant-specific endpoint.").shown(),
    entry(GRANT, 501_481, "The Code_Verifier does not match the code_challenge supplied in the authorization request."),
    entry(GRANT, 50148, "The code_verifier does not match the code_challenge supplied in the authorization request for PKCE."),
    entry(GRANT, 54005, "OAuth2 Authorization code was already redeemed, please retry with a new valid code or use an existing refresh token."),
    entry(GRANT, 9_002_313, "Invalid request. Request is malformed or invalid."),
    entry("unsupported_grant_type", 70003, "The app requested an unsupported grant type."),
    entry(REQUEST, 900_561, "The endpoint only accepts POST requests. Received a GET request."),
    entry(REQUEST, 900_144, "The request body must contain the following parameter: 'client_id'."),
    // Try again later.
    entry(BUSY, 90033, "A transient error has occurred. Please try again."),
    entry(BUSY, 50033, "A transient error has occurred. Please try again."),
    entry(BUSY, 50087, "A transient error has occurred during strong authentication. Please try again."),
    entry(BUSY, 50090, "A transient error has occurred. Please try again."),
    entry(GRANT, 50196, "The server terminated an operation because it encountered a client request loop. Please contact your app vendor."),
    entry(SERVER, 70012, "A server error occurred while authenticating an MSA (consumer) user. Please try again."),
    entry(BUSY, 90006, "The service is temporarily unavailable. Please retry later."),
    entry(BUSY, 90024, "A transient error has occurred. Please try again."),
    entry(BUSY, 90055, "There are too many incoming requests. The tenant is throttled."),
];

/// Why a request is refused.
#[derive(Debug, Clone)]
pub(in crate::oauth) struct Failure {
    entry: Entry,
    /// The claims that a new authorize request has to carry.
    claims: Option<String>,
}

/// The refusal of a number. Entra has the same words for every number that it does not list
/// (azure-docs#80997).
pub(in crate::oauth) fn failure(code: u32) -> Failure {
    let known = TABLE.iter().find(|entry| entry.code == code).copied();
    let entry = known.unwrap_or_else(|| {
        let text = "Actual message content is runtime specific. Please see returned exception message for details.";
        entry(GRANT, code, text)
    });
    Failure {
        entry,
        claims: None,
    }
}

/// What a fault names: `AADSTS53003`, `53003`, or an `error` such as `invalid_grant`.
pub(in crate::oauth) fn named(kind: &str) -> Option<Failure> {
    let number = kind.strip_prefix("AADSTS").unwrap_or(kind);
    if let Ok(code) = number.parse::<u32>() {
        // Smaller numbers are statuses.
        return (code > 9999).then(|| failure(code));
    }
    let by_error =
        |entry: &&Entry| entry.error == kind || (entry.code == 65001 && kind == "consent_required");
    let entry = TABLE.iter().find(by_error).copied()?;
    Some(Failure {
        entry,
        claims: None,
    })
}

/// The marks by which support finds a request.
struct Marks {
    trace: String,
    correlation: String,
    timestamp: String,
}

impl Marks {
    fn new(call: &Call, rng: &mut dyn RngCore) -> Self {
        Self {
            trace: ids::uuid(rng),
            correlation: call
                .header("client-request-id")
                .map_or_else(|| ids::uuid(rng), str::to_owned),
            timestamp: call.now.format("%Y-%m-%d %H:%M:%SZ").to_string(),
        }
    }
}

impl Failure {
    /// The refusal that names these claims.
    pub(in crate::oauth) fn asking(self, claims: String) -> Self {
        Self {
            claims: Some(claims),
            ..self
        }
    }

    fn text(&self, marks: &Marks) -> String {
        format!(
            "AADSTS{}: {} Trace ID: {} Correlation ID: {} Timestamp: {}",
            self.entry.code, self.entry.text, marks.trace, marks.correlation, marks.timestamp
        )
    }

    fn uri(&self, call: &Call) -> String {
        format!("{}/error?code={}", call.base(), self.entry.code)
    }

    /// What the token endpoint answers.
    pub(in crate::oauth) fn at_token(&self, call: &Call, rng: &mut dyn RngCore) -> Reply {
        let marks = Marks::new(call, rng);
        let mut body = object(json!({
            "error": self.entry.error,
            "error_description": self.text(&marks),
            "error_codes": [self.entry.code],
            "timestamp": marks.timestamp,
            "trace_id": marks.trace,
            "correlation_id": marks.correlation,
            "error_uri": self.uri(call),
        }));
        if let Some(suberror) = self.entry.suberror {
            body.insert("suberror".into(), suberror.into());
        }
        let policy = || {
            let values = [ids::uuid(rng)];
            json!({"access_token": {"capolids": {"essential": true, "values": values}}}).to_string()
        };
        let claims = self.claims.clone();
        if let Some(claims) = claims.or_else(|| self.entry.claims.then(policy)) {
            body.insert("claims".into(), claims.into());
        }
        let status = match self.entry.error {
            CLIENT => 401,
            BUSY => 503,
            SERVER => 500,
            _ => 400,
        };
        Reply::json(status, &Value::Object(body))
    }

    /// What the authorize endpoint answers: the redirect, or the page that goes nowhere.
    pub(in crate::oauth) fn at_authorize(&self, call: &Call, rng: &mut dyn RngCore) -> Reply {
        let marks = Marks::new(call, rng);
        let text = self.text(&marks);
        let redirect = call.param("redirect_uri").filter(|uri| !uri.is_empty());
        let Some(redirect) = redirect.filter(|_| self.entry.place == Place::Redirect) else {
            return Reply::html(
                400,
                page::error("Sorry, but we're having trouble signing you in.", &text),
            );
        };
        // A grant cannot be invalid before there is one (RFC 6749, section 4.1.2.1).
        let error = match (self.entry.code, self.entry.error) {
            (65001, _) => "consent_required",
            (_, GRANT) => INTERACTION,
            (_, error) => error,
        };
        let uri = self.uri(call);
        let mut pairs = vec![("error", error)];
        if self.entry.code == 65004 {
            pairs.push(("error_subcode", "cancel"));
        }
        pairs.extend([("error_description", text.as_str()), ("error_uri", &uri)]);
        Reply::redirect(&with_query(redirect, call, &pairs))
    }
}
