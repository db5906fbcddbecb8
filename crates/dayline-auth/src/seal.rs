//! Tokens at rest: AES-256-GCM with a key from the operating system's keyring.
//!
//! A sealed text is a version byte, 12 bytes of nonce, the ciphertext and its tag. The row it
//! belongs to is authenticated with it, so that a sealed token moved to another row does not
//! open. There is no fall-back to clear text and no second key: without the keyring the sealed
//! texts stay shut until it is back.

use std::fmt;

use aes_gcm::aead::{Aead, Payload};
use aes_gcm::{Aes256Gcm, KeyInit, Nonce};
use dayline_host::{Host, KeyringError, Rng};
use secrecy::{ExposeSecret, SecretSlice, SecretString};

const KEY_BYTES: usize = 32;
const NONCE_BYTES: usize = 12;
const VERSION: u8 = 1;

/// Why something could not be sealed or opened.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SealError {
    /// The keyring did not give the key.
    #[error(transparent)]
    Keyring(#[from] KeyringError),
    /// Sealed sign-ins exist, but the keyring does not know their key.
    #[error(
        "the keyring no longer holds the key of the stored sign-ins. Unlock or restore the keyring that was used before, or sign in again"
    )]
    KeyMissing,
    /// The sealed text or the key is not what it was.
    #[error("a stored sign-in cannot be opened with the key in the keyring. Sign in again")]
    Damaged,
}

/// Seals and opens secrets.
///
/// A key is good for 2³² seals with random nonces; one a minute would take 8,000 years.
pub struct Sealer(Aes256Gcm);

impl fmt::Debug for Sealer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sealer([REDACTED])")
    }
}

impl Sealer {
    /// A sealer with this key.
    ///
    /// # Errors
    /// [`SealError::Damaged`] if the key is not 32 bytes long.
    pub fn new(key: &SecretSlice<u8>) -> Result<Self, SealError> {
        Aes256Gcm::new_from_slice(key.expose_secret())
            .map(Self)
            .map_err(|_| SealError::Damaged)
    }

    /// Seals `plain` for one place, for example `accounts/17/refresh_token`.
    ///
    /// # Errors
    /// [`SealError::Damaged`] if `plain` is longer than the cipher allows (64 GiB).
    pub fn seal(
        &self,
        rng: &dyn Rng,
        plain: &SecretString,
        place: &str,
    ) -> Result<Vec<u8>, SealError> {
        let mut nonce = [0; NONCE_BYTES];
        rng.fill(&mut nonce);
        let payload = Payload {
            msg: plain.expose_secret().as_bytes(),
            aad: place.as_bytes(),
        };
        let ciphertext = self
            .0
            .encrypt(&Nonce::from(nonce), payload)
            .map_err(|_| SealError::Damaged)?;
        let mut sealed = Vec::with_capacity(1 + NONCE_BYTES + ciphertext.len());
        sealed.push(VERSION);
        sealed.extend_from_slice(&nonce);
        sealed.extend_from_slice(&ciphertext);
        Ok(sealed)
    }

    /// Opens what was sealed for the same place.
    ///
    /// # Errors
    /// [`SealError::Damaged`] if it was sealed with another key, for another place, by a newer
    /// Dayline, or changed by a single bit.
    pub fn open(&self, sealed: &[u8], place: &str) -> Result<SecretString, SealError> {
        let (version, rest) = sealed.split_first().ok_or(SealError::Damaged)?;
        let (nonce, ciphertext) = rest
            .split_first_chunk::<NONCE_BYTES>()
            .ok_or(SealError::Damaged)?;
        if *version != VERSION {
            return Err(SealError::Damaged);
        }
        let payload = Payload {
            msg: ciphertext,
            aad: place.as_bytes(),
        };
        let plain = self
            .0
            .decrypt(&Nonce::from(*nonce), payload)
            .map_err(|_| SealError::Damaged)?;
        let text = String::from_utf8(plain).map_err(|_| SealError::Damaged)?;
        Ok(SecretString::from(text))
    }
}

/// Takes the key from the keyring.
///
/// `may_create` is true only while nothing sealed exists: then a missing key is made. Otherwise
/// a missing key is an error, for a new one would open nothing and hide the loss.
///
/// # Errors
/// [`SealError::Keyring`] if the keyring is absent, locked or does not keep what it was given;
/// [`SealError::KeyMissing`] if it has no key and none may be made; [`SealError::Damaged`] if
/// what it holds is no key.
/// # Cancel safety
/// A key may have been made; the next call finds it.
pub async fn load_sealer(
    host: &Host,
    key_name: &str,
    may_create: bool,
) -> Result<Sealer, SealError> {
    if let Some(key) = host.keyring.find(key_name).await? {
        return Sealer::new(&key);
    }
    if !may_create {
        return Err(SealError::KeyMissing);
    }
    let mut bytes = vec![0; KEY_BYTES];
    host.rng.fill(&mut bytes);
    let key = SecretSlice::from(bytes);
    host.keyring.put(key_name, &key).await?;
    // Some keyrings accept an entry and lose it. Better to know before anything is sealed.
    let kept = host.keyring.find(key_name).await?;
    if kept.is_none_or(|kept| kept.expose_secret() != key.expose_secret()) {
        return Err(KeyringError::Failed("it did not keep the key it was given".to_owned()).into());
    }
    tracing::info!("made a new key for stored sign-ins");
    Sealer::new(&key)
}

#[cfg(test)]
mod tests;
