//! One attempt to sign in, from the moment the browser opens until its answer is used up.
//!
//! It lives in the database, so that whichever process receives the answer can complete it.
//! What a thief of the database finds is of no use: the state only as a hash, the code verifier
//! sealed.

use std::fmt;

use crate::issuer::Issuer;
use chrono::{DateTime, TimeDelta, Utc};
use dayline_model::{AccountId, ProviderKind};
use sha2::{Digest, Sha256};

/// How long the user may take in the browser.
pub(crate) const LIFETIME: TimeDelta = TimeDelta::minutes(15);

/// How the browser's answer comes back to Dayline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Redirect {
    /// The system opens `dayline://oauth/<provider>`.
    DeepLink,
    /// The browser asks our own listener on this machine. See [`crate::Loopback`].
    Loopback {
        /// The port that the listener got.
        port: u16,
    },
}

impl Redirect {
    /// The `redirect_uri` to send; distinct for each provider, so that answers cannot be crossed.
    ///
    /// # Source
    /// RFC 8252 §7; Microsoft "Redirect URI (reply URL) restrictions"; Google "OAuth 2.0 for
    /// mobile and desktop apps".
    pub fn uri(self, provider: ProviderKind) -> String {
        match (self, provider) {
            (Self::DeepLink, _) => format!("dayline://oauth/{}", provider.as_str()),
            // Microsoft ignores the port of `localhost` only, and answers a path-less address
            // with a slash.
            (Self::Loopback { port }, ProviderKind::Microsoft) => {
                format!("http://localhost:{port}/")
            }
            (Self::Loopback { port }, ProviderKind::Google) => format!("http://127.0.0.1:{port}"),
        }
    }
}

/// One attempt to sign in, as the database keeps it.
#[derive(Clone, PartialEq, Eq)]
pub struct Attempt {
    /// Random, and part of what binds the sealed verifier to this row.
    pub id: String,
    /// Who was asked.
    pub issuer: Issuer,
    /// For what; an answer that names no scope granted these.
    pub scopes: Vec<String>,
    /// Where the answer must come in.
    pub redirect_uri: String,
    /// SHA-256 of the `state` sent; the state itself is nowhere but in the browser.
    pub state_hash: [u8; 32],
    /// The sealed `code_verifier`.
    pub sealed_verifier: Vec<u8>,
    /// The client id that asked; the code can be redeemed by no other.
    pub client_id: String,
    /// From then on the answer is refused.
    pub expires_at: DateTime<Utc>,
    /// The account to reconnect; `None` if a new one is to be added.
    pub reauthorize: Option<AccountId>,
}

impl Attempt {
    /// What the sealed verifier is bound to.
    pub(crate) fn verifier_purpose(id: &str) -> String {
        format!("oauth_states/{id}/code_verifier")
    }
}

impl fmt::Debug for Attempt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Attempt")
            .field("id", &self.id)
            .field("issuer", &self.issuer)
            .field("redirect_uri", &self.redirect_uri)
            .field("expires_at", &self.expires_at)
            .field("reauthorize", &self.reauthorize)
            .finish_non_exhaustive()
    }
}

/// The hash under which an attempt is found again.
pub(crate) fn hash_state(state: &str) -> [u8; 32] {
    Sha256::digest(state.as_bytes()).into()
}

/// Why the store could not keep or give an attempt. The text must not hold secrets.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the sign-in could not be stored: {0}")]
pub struct StoreFailure(pub String);

/// Where attempts are kept. The engine implements it over the database.
pub trait AttemptStore: Send + Sync {
    /// Keeps a new attempt.
    fn insert(&self, attempt: &Attempt) -> Result<(), StoreFailure>;

    /// Marks the attempt as consumed and gives it, in one transaction.
    ///
    /// Shape: `None` if the hash is unknown, or its attempt was consumed or abandoned before;
    /// of two callers at the same time only one gets it. An expired one is consumed and given
    /// as well: its expiry is judged by the caller.
    fn consume(
        &self,
        state_hash: &[u8; 32],
        now: DateTime<Utc>,
    ) -> Result<Option<Attempt>, StoreFailure>;

    /// Forgets an attempt that the user gave up; no error if it is unknown.
    fn abandon(&self, id: &str) -> Result<(), StoreFailure>;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_provider_and_way_back_has_its_own_redirect() {
        let cases = [
            (
                Redirect::DeepLink,
                ProviderKind::Microsoft,
                "dayline://oauth/microsoft",
            ),
            (
                Redirect::DeepLink,
                ProviderKind::Google,
                "dayline://oauth/google",
            ),
            (
                Redirect::Loopback { port: 4711 },
                ProviderKind::Microsoft,
                "http://localhost:4711/",
            ),
            (
                Redirect::Loopback { port: 4711 },
                ProviderKind::Google,
                "http://127.0.0.1:4711",
            ),
        ];
        for (redirect, provider, expected) in cases {
            assert_eq!(redirect.uri(provider), expected);
        }
    }
}
