//! What differs between the providers, behind one set of names.

use dayline_model::ProviderKind;
use secrecy::SecretString;
use url::Url;

use crate::client::Client;
use crate::endpoints::Endpoints;
use crate::error::AuthError;
use crate::issuer::Issuer;
use crate::token::{Refusal, malformed};
use crate::{google, microsoft};

/// The authorization endpoint.
pub(crate) fn authorize_url(endpoints: &Endpoints, issuer: Issuer) -> Url {
    match issuer.provider {
        ProviderKind::Microsoft => microsoft::authorize_url(endpoints, issuer.cloud),
        ProviderKind::Google => google::authorize_url(endpoints),
    }
}

/// The token endpoint.
pub(crate) fn token_url(endpoints: &Endpoints, issuer: Issuer) -> Url {
    match issuer.provider {
        ProviderKind::Microsoft => microsoft::token_url(endpoints, issuer.cloud),
        ProviderKind::Google => google::token_url(endpoints),
    }
}

/// Where an administrator allows Dayline for their organisation.
///
/// Shape: for Microsoft the page that asks exactly that, in `tenant` if it is known; for Google the
/// console in which they look for the client id.
pub fn admin_consent_url(
    endpoints: &Endpoints,
    issuer: Issuer,
    client_id: &str,
    tenant: Option<&str>,
) -> Result<Url, AuthError> {
    match issuer.provider {
        ProviderKind::Microsoft => {
            let cloud = issuer.cloud;
            Ok(microsoft::admin_consent_url(
                endpoints, cloud, client_id, tenant,
            ))
        }
        ProviderKind::Google => Url::parse(google::ADMIN_PAGE).map_err(|_| malformed()),
    }
}

/// The parameters that only this provider knows.
pub(crate) fn authorize_parameters(
    provider: ProviderKind,
    has_hint: bool,
) -> &'static [(&'static str, &'static str)] {
    match provider {
        ProviderKind::Microsoft => microsoft::authorize_parameters(has_hint),
        ProviderKind::Google => google::authorize_parameters(has_hint),
    }
}

/// Whether `iss` (RFC 9207) names this provider.
pub(crate) fn is_issuer(endpoints: &Endpoints, issuer: Issuer, iss: &str) -> bool {
    let Ok(iss) = Url::parse(iss) else {
        return false;
    };
    let plain = iss.query().is_none()
        && iss.fragment().is_none()
        && iss.username().is_empty()
        && iss.password().is_none();
    let same_origin = iss.origin() == authorize_url(endpoints, issuer).origin();
    let right_path = match issuer.provider {
        ProviderKind::Microsoft => microsoft::is_issuer_path(iss.path()),
        ProviderKind::Google => google::is_issuer_path(iss.path()),
    };
    plain && same_origin && right_path
}

/// The secret to send, if any.
pub(crate) fn client_secret(provider: ProviderKind, client: &Client) -> Option<&SecretString> {
    match provider {
        // A public client that sends a secret is refused (AADSTS700025).
        ProviderKind::Microsoft => None,
        ProviderKind::Google => client.secret.as_ref(),
    }
}

/// What a refusal means to the user.
pub(crate) fn explain(provider: ProviderKind, refusal: &Refusal) -> AuthError {
    match provider {
        ProviderKind::Microsoft => microsoft::explain(refusal),
        ProviderKind::Google => google::explain(refusal),
    }
}
