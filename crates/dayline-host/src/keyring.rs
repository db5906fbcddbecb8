//! The operating system's keyring.

use async_trait::async_trait;
use secrecy::{ExposeSecret, SecretSlice};

/// The service name of all of Dayline's entries.
const SERVICE: &str = "app.dayline.desktop";

/// Why a secret could not be read or written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeyringError {
    /// No keyring runs in this session.
    #[error(
        "this session has no keyring. Dayline keeps sign-ins sealed with a key from it; start one (GNOME Keyring or KWallet) and try again"
    )]
    Missing,
    /// The keyring is locked, or the user closed its unlock dialog.
    #[error("the keyring is locked. Unlock it and try again")]
    Locked,
    /// Anything else, in the keyring's words.
    #[error("the keyring did not answer as expected: {0}")]
    Failed(String),
}

/// Secrets that the operating system keeps for the user.
#[async_trait]
pub trait Keyring: Send + Sync {
    /// The secret under `name`; `None` if there is none.
    async fn find(&self, name: &str) -> Result<Option<SecretSlice<u8>>, KeyringError>;
    /// Keeps `secret` under `name`, replacing what was there.
    async fn put(&self, name: &str, secret: &SecretSlice<u8>) -> Result<(), KeyringError>;
    /// Forgets `name`; no error if it is unknown.
    async fn remove(&self, name: &str) -> Result<(), KeyringError>;
}

/// Secret Service on Linux, Keychain on macOS, Credential Manager on Windows.
#[derive(Debug, Clone, Copy)]
pub struct OsKeyring;

/// The keyring's clients block, so they run on a thread that may.
async fn blocking<T: Send + 'static>(
    name: &str,
    work: impl FnOnce(keyring::v1::Entry) -> keyring::v1::Result<T> + Send + 'static,
) -> Result<T, KeyringError> {
    let name = name.to_owned();
    tokio::task::spawn_blocking(move || {
        let entry = keyring::v1::Entry::new(SERVICE, &name).map_err(|error| explain(&error))?;
        work(entry).map_err(|error| explain(&error))
    })
    .await
    .map_err(|error| KeyringError::Failed(error.to_string()))?
}

fn explain(error: &keyring::v1::Error) -> KeyringError {
    use keyring::v1::Error;
    match error {
        Error::NoDefaultStore => KeyringError::Missing,
        Error::NoStorageAccess(_) => KeyringError::Locked,
        Error::PlatformFailure(cause) => KeyringError::Failed(cause.to_string()),
        // The texts of the other variants may quote the secret's bytes.
        _ => KeyringError::Failed("its answer could not be read".to_owned()),
    }
}

#[async_trait]
impl Keyring for OsKeyring {
    async fn find(&self, name: &str) -> Result<Option<SecretSlice<u8>>, KeyringError> {
        blocking(name, |entry| match entry.get_secret() {
            Ok(secret) => Ok(Some(SecretSlice::from(secret))),
            Err(keyring::v1::Error::NoEntry) => Ok(None),
            Err(error) => Err(error),
        })
        .await
    }

    async fn put(&self, name: &str, secret: &SecretSlice<u8>) -> Result<(), KeyringError> {
        let secret = secret.clone();
        blocking(name, move |entry| entry.set_secret(secret.expose_secret())).await
    }

    async fn remove(&self, name: &str) -> Result<(), KeyringError> {
        blocking(name, |entry| match entry.delete_credential() {
            Ok(()) | Err(keyring::v1::Error::NoEntry) => Ok(()),
            Err(error) => Err(error),
        })
        .await
    }
}
