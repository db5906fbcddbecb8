//! Who Dayline is to a provider: the client id that somebody registered.

use dayline_model::{Cloud, ProviderKind};
use secrecy::SecretString;

use crate::issuer::Issuer;

/// A registration at a provider. See docs/setup-microsoft.md and docs/setup-google.md.
#[derive(Debug, Clone)]
pub struct Client {
    /// The `client_id`. Public.
    pub id: String,
    /// The `client_secret`. Google asks for it even from desktop apps; Microsoft refuses it from
    /// them, and it is never sent there.
    pub secret: Option<SecretString>,
}

impl Client {
    /// A client without a secret.
    pub fn public(id: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            secret: None,
        }
    }

    /// A client with a secret.
    pub fn with_secret(id: impl Into<String>, secret: SecretString) -> Self {
        Self {
            id: id.into(),
            secret: Some(secret),
        }
    }

    /// The client that this build carries; `None` if it was built without one.
    ///
    /// A build for development takes it from the environment at run time as well, under the same
    /// names, and knows the one that dayline-simulator has registered.
    ///
    /// National clouds want a registration of their own: no build carries one.
    pub fn built_in(issuer: Issuer) -> Option<Self> {
        #[cfg(feature = "dev-endpoints")]
        if let Some(client) = development::client(issuer) {
            return Some(client);
        }
        let (id, secret) = match (issuer.provider, issuer.cloud) {
            (ProviderKind::Microsoft, Cloud::Global) => {
                (option_env!("DAYLINE_MICROSOFT_CLIENT_ID"), None)
            }
            (ProviderKind::Microsoft, _) => return None,
            (ProviderKind::Google, _) => (
                option_env!("DAYLINE_GOOGLE_CLIENT_ID"),
                option_env!("DAYLINE_GOOGLE_CLIENT_SECRET"),
            ),
        };
        // A build script that leaves the variable empty means that it has none.
        let filled = |text: &&str| !text.trim().is_empty();
        Some(Self {
            id: id.filter(filled)?.trim().to_owned(),
            secret: secret
                .filter(filled)
                .map(|text| SecretString::from(text.trim())),
        })
    }
}

#[cfg(feature = "dev-endpoints")]
mod development {
    use std::env;

    use dayline_model::{Cloud, ProviderKind};

    use super::{Client, Issuer};
    use crate::endpoints;

    /// What the environment names; else, if the sign-in leads elsewhere than to the provider,
    /// the client that dayline-simulator has registered.
    pub(super) fn client(issuer: Issuer) -> Option<Client> {
        let (id, secret, address, simulated) = match issuer.provider {
            ProviderKind::Microsoft => (
                match issuer.cloud {
                    Cloud::Global => "DAYLINE_MICROSOFT_CLIENT_ID",
                    Cloud::UsGovHigh => "DAYLINE_MICROSOFT_CLIENT_ID_US_GOV_HIGH",
                    Cloud::UsGovDod => "DAYLINE_MICROSOFT_CLIENT_ID_US_GOV_DOD",
                    Cloud::China => "DAYLINE_MICROSOFT_CLIENT_ID_CHINA",
                },
                None,
                endpoints::variables(issuer.cloud).0,
                Client::public("11111111-2222-3333-4444-555555555555"),
            ),
            ProviderKind::Google => (
                "DAYLINE_GOOGLE_CLIENT_ID",
                Some("DAYLINE_GOOGLE_CLIENT_SECRET"),
                "DAYLINE_GOOGLE_AUTH_URL",
                Client::with_secret(
                    "dayline-sim.apps.googleusercontent.com",
                    "GOCSPX-simulated".into(),
                ),
            ),
        };
        let filled = |name| env::var(name).ok().filter(|text: &String| !text.is_empty());
        if let Some(id) = filled(id) {
            return Some(match secret.and_then(filled) {
                Some(secret) => Client::with_secret(id, secret.into()),
                None => Client::public(id),
            });
        }
        env::var_os(address).map(|_| simulated)
    }
}
