//! Who Dayline is to a provider: the client id that somebody registered.

use dayline_model::ProviderKind;
use secrecy::SecretString;

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
    pub fn built_in(provider: ProviderKind) -> Option<Self> {
        #[cfg(feature = "dev-endpoints")]
        if let Some(client) = development::client(provider) {
            return Some(client);
        }
        let (id, secret) = match provider {
            ProviderKind::Microsoft => (option_env!("DAYLINE_MICROSOFT_CLIENT_ID"), None),
            ProviderKind::Google => (
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

    use dayline_model::ProviderKind;

    use super::Client;

    /// What the environment names; else, if the sign-in leads elsewhere than to the provider,
    /// the client that dayline-simulator has registered.
    pub(super) fn client(provider: ProviderKind) -> Option<Client> {
        let (id, secret, address, simulated) = match provider {
            ProviderKind::Microsoft => (
                "DAYLINE_MICROSOFT_CLIENT_ID",
                None,
                "DAYLINE_MICROSOFT_AUTHORITY",
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
