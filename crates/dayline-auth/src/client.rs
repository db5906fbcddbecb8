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
    pub fn built_in(provider: ProviderKind) -> Option<Self> {
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
