//! The key that seals this database's secrets: loaded, made, and replaced by a new one.
//!
//! The database names the key, the keyring holds it. What is read is opened with the key that the
//! same moment names, and what is sealed is written only while its key is still the named one, so
//! that a rotation in another process neither shuts a token away nor makes one look damaged. See
//! docs/adr/0011-key-rotation.md.

mod rotate;

use std::ops::Deref;
use std::sync::Arc;

use dayline_auth::{AuthError, SealError, Sealer, load_sealer};
use dayline_host::KeyringError;
use dayline_model::AccountId;
use dayline_store::{AccountStatus, Generation, Problem, Read, SEALING_KEY, StoreError, Write};

pub use self::rotate::RotationReport;
use crate::view::ErrorCode;
use crate::{Engine, EngineEvent, Error};

/// The setting that keeps names of keys that may still lie in the keyring and seal nothing,
/// separated by spaces.
const RETIRED: &str = "sealing.retired";

/// A sealer and the name of its key in the keyring.
#[derive(Debug)]
pub(crate) struct Key {
    name: String,
    sealer: Sealer,
}

impl Key {
    pub(crate) fn name(&self) -> &str {
        &self.name
    }
}

impl Deref for Key {
    type Target = Sealer;

    fn deref(&self) -> &Sealer {
        &self.sealer
    }
}

/// What an account's token is bound to.
pub(crate) fn place(account: AccountId, column: &str) -> String {
    format!("accounts/{account}/{column}")
}

impl Engine {
    /// What seals this database's secrets. A key is made only while nothing is sealed yet.
    pub(crate) async fn sealer(&self) -> Result<Arc<Key>, Error> {
        let mut slot = self.sealer_slot().lock().await;
        let named = self.named_key()?;
        if let Some(key) = slot.as_ref()
            && named.as_deref() == Some(key.name())
        {
            return Ok(key.clone());
        }
        // Another process replaced the key, or this is the first use.
        *slot = None;
        let key = Arc::new(self.load_key().await?);
        *slot = Some(key.clone());
        Ok(key)
    }

    /// Reads something sealed together with the key that it is sealed with.
    pub(crate) async fn read_sealed<T>(
        &self,
        work: impl Fn(&Read<'_>) -> Result<T, StoreError>,
    ) -> Result<(Arc<Key>, T), Error> {
        loop {
            let key = self.sealer().await?;
            let read = self.store().read(|read| {
                read.check_key(key.name())?;
                work(read)
            });
            match read {
                Err(StoreError::KeyReplaced) => {}
                read => return Ok((key, read?)),
            }
        }
    }

    /// Seals and writes in one transaction, under our lease if a generation is given. `work` may
    /// run again, with another key.
    pub(crate) async fn write_sealed<T>(
        &self,
        held: Option<Generation>,
        work: impl Fn(&Write<'_>, &Sealer) -> Result<T, StoreError>,
    ) -> Result<T, Error> {
        loop {
            let key = self.sealer().await?;
            let sealed = |write: &Write<'_>| {
                write.check_key(key.name())?;
                work(write, &key)
            };
            let written = match held {
                Some(generation) => self.store().write_held(generation, sealed),
                None => self.store().write(sealed),
            };
            match written {
                Err(StoreError::KeyReplaced) => {}
                written => return Ok(written?),
            }
        }
    }

    /// Whether `key` is no longer the one that the database names.
    pub(crate) fn is_replaced(&self, key: &Key) -> Result<bool, Error> {
        Ok(self.named_key()?.as_deref() != Some(key.name()))
    }

    /// What seals the secrets of a sign-in that begins now. If the keyring answers and has lost
    /// the key, what was sealed with it can never be opened again: it is forgotten, all accounts
    /// wait for a new sign-in with their data kept, and a new key is made. Only for when the user
    /// has asked to sign in.
    pub(crate) async fn sealer_for_sign_in(&self) -> Result<Arc<Key>, Error> {
        match self.sealer().await {
            Err(Error::Auth(AuthError::Seal(SealError::KeyMissing))) => {}
            sealer => return sealer,
        }
        // A locked keyring may answer like an empty one. Only one that takes an entry and gives it
        // back is believed, and it is asked once more then, since writing may have unlocked it.
        let probe = self.fresh_key_name();
        load_sealer(self.host(), &probe, true).await?;
        // Nothing is sealed with it. An entry that stays in the keyring does no harm.
        let _ = self.host().keyring.remove(&probe).await;
        let lost = self.named_key()?;
        match self.sealer().await {
            Err(Error::Auth(AuthError::Seal(SealError::KeyMissing))) => {}
            sealer => return sealer,
        }
        let forgotten = self.store().write(|write| {
            if write.find_setting(SEALING_KEY)? != lost {
                return Ok(false);
            }
            write.forget_sealed(&Problem {
                status: AccountStatus::NeedsSignIn,
                code: ErrorCode::NeedsSignIn.word(),
                words: "Sign in again: the keyring lost this sign-in. Showing what was synced.",
                claims: None,
            })?;
            Ok(true)
        })?;
        if forgotten {
            tracing::warn!("the sealing key is lost: stored sign-ins are forgotten");
            self.tell(EngineEvent::AccountsChanged);
        }
        self.sealer().await
    }

    fn named_key(&self) -> Result<Option<String>, Error> {
        Ok(self.store().read(|read| read.find_setting(SEALING_KEY))?)
    }

    /// Loads the key that the database names, or makes one. It is named only once the keyring has
    /// it, and never replaced here while something is sealed with it: of several processes that
    /// start at once one names its key, and the others take that one.
    async fn load_key(&self) -> Result<Key, Error> {
        loop {
            let (known, any_sealed) = self
                .store()
                .read(|read| Ok((read.find_setting(SEALING_KEY)?, read.has_sealed()?)))?;
            if let Some(name) = &known {
                match load_sealer(self.host(), name, false).await {
                    // A rotation in another process took it away a moment ago.
                    Err(SealError::KeyMissing) if self.named_key()? != known => continue,
                    Err(SealError::KeyMissing) if !any_sealed => {}
                    loaded => {
                        return Ok(Key {
                            name: name.clone(),
                            sealer: loaded?,
                        });
                    }
                }
            } else if any_sealed {
                return Err(SealError::KeyMissing.into());
            }
            let fresh = self.fresh_key_name();
            let sealer = load_sealer(self.host(), &fresh, true).await?;
            let is_named = self.store().write(|write| {
                let free = write.find_setting(SEALING_KEY)? == known && !write.has_sealed()?;
                if free {
                    write.put_setting(SEALING_KEY, &fresh)?;
                }
                Ok(free)
            })?;
            if is_named {
                return Ok(Key {
                    name: fresh,
                    sealer,
                });
            }
            // Nothing was sealed with it. An entry that stays in the keyring does no harm.
            let _ = self.host().keyring.remove(&fresh).await;
        }
    }

    fn fresh_key_name(&self) -> String {
        let mut bytes = [0; 8];
        self.host().rng.fill(&mut bytes);
        format!("sealing-key:{:016x}", u64::from_be_bytes(bytes))
    }

    /// Why the keyring cannot be used now; `None` if it can.
    pub(crate) async fn keyring_error(&self) -> Result<Option<KeyringError>, Error> {
        // Before there is a key any name tells whether the keyring answers.
        let name = self.named_key()?.unwrap_or_else(|| self.fresh_key_name());
        Ok(self.host().keyring.find(&name).await.err())
    }

    /// Removes this database's sealing key from the keyring: nothing that is sealed can ever be
    /// opened again. For databases that are about to be deleted.
    ///
    /// # Errors
    /// The keyring's.
    pub async fn forget_keys(&self) -> Result<(), Error> {
        let mut slot = self.sealer_slot().lock().await;
        let retired = self.store().read(rotate::retired)?;
        for name in retired.into_iter().chain(self.named_key()?) {
            self.host()
                .keyring
                .remove(&name)
                .await
                .map_err(SealError::Keyring)?;
        }
        *slot = None;
        Ok(())
    }
}
