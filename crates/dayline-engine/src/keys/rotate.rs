//! A new key in the place of the old one.
//!
//! Only whoever holds the pen rotates, since it is the one who refreshes tokens: a new token that
//! arrives meanwhile finds the new key in this process's memory and needs no keyring to be kept.

use std::sync::Arc;

use dayline_auth::{Attempt, SealError, Sealer, load_sealer};
use dayline_host::Rng;
use dayline_store::{Generation, NewAudit, Read, SEALING_KEY, Sealed, StoreError, Write};
use serde::{Deserialize, Serialize};

use super::{Key, RETIRED, place};
use crate::clients::{hex, unhex};
use crate::{Engine, Error};

/// How a rotation went.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RotationReport {
    /// How many secrets were sealed anew.
    pub resealed: u32,
    /// Whether the old key is gone from the keyring; if not, it goes with a later maintenance.
    pub old_key_removed: bool,
}

/// What a rotation writes.
#[derive(Debug, Default)]
struct Plan {
    resealed: Vec<Sealed>,
    /// Attempts whose verifier nobody can open.
    dead: Vec<String>,
}

/// Opens everything with the old key and seals it with the new one.
///
/// # Errors
/// The first account or setting that the old key does not open.
fn plan_rotation(
    all: Vec<Sealed>,
    old: &Sealer,
    new: &Sealer,
    rng: &dyn Rng,
) -> Result<Plan, Sealed> {
    let anew = |bytes: &[u8], place: &str| -> Result<Vec<u8>, SealError> {
        new.seal(rng, &old.open(bytes, place)?, place)
    };
    let mut plan = Plan::default();
    for sealed in all {
        let resealed = match &sealed {
            Sealed::AccessToken(account, token) => {
                anew(token, &place(*account, "sealed_access_token"))
                    .map(|token| Sealed::AccessToken(*account, token))
            }
            Sealed::RefreshToken(account, token) => {
                anew(token, &place(*account, "sealed_refresh_token"))
                    .map(|token| Sealed::RefreshToken(*account, token))
            }
            Sealed::Verifier(attempt, verifier) => {
                let Ok(verifier) = anew(verifier, &Attempt::verifier_purpose(attempt)) else {
                    plan.dead.push(attempt.clone());
                    continue;
                };
                Ok(Sealed::Verifier(attempt.clone(), verifier))
            }
            Sealed::Setting(key, value) => unhex(value)
                .ok_or(SealError::Damaged)
                .and_then(|bytes| anew(&bytes, &format!("settings/{key}")))
                .map(|bytes| Sealed::Setting(key.clone(), hex(&bytes))),
        };
        match resealed {
            Ok(resealed) => plan.resealed.push(resealed),
            Err(_) => return Err(sealed),
        }
    }
    Ok(plan)
}

/// Names of keys that may lie in the keyring and seal nothing.
pub(super) fn retired(read: &Read<'_>) -> Result<Vec<String>, StoreError> {
    let names = read.find_setting(RETIRED)?.unwrap_or_default();
    Ok(names.split_whitespace().map(str::to_owned).collect())
}

fn put_retired(write: &Write<'_>, names: &[String]) -> Result<(), StoreError> {
    if names.is_empty() {
        write.remove_setting(RETIRED)
    } else {
        write.put_setting(RETIRED, &names.join(" "))
    }
}

fn retire(write: &Write<'_>, name: &str) -> Result<(), StoreError> {
    let mut names = retired(write)?;
    if !names.iter().any(|known| known == name) {
        names.push(name.to_owned());
    }
    put_retired(write, &names)
}

fn unretire(write: &Write<'_>, name: &str) -> Result<(), StoreError> {
    let mut names = retired(write)?;
    names.retain(|known| known != name);
    put_retired(write, &names)
}

impl Engine {
    /// Rotates under our lease.
    ///
    /// # Cancel safety
    /// Dropped anywhere, everything that is sealed still opens with the key that the database
    /// names; a key that is of no use is removed by a later maintenance.
    pub(crate) async fn rotate_under(
        &self,
        generation: Generation,
    ) -> Result<RotationReport, Error> {
        // Nobody in this process loads a key meanwhile.
        let mut slot = self.sealer_slot().lock().await;
        let Some(old_name) = self.store().read(|read| read.find_setting(SEALING_KEY))? else {
            let words = "there is no key to replace yet: nothing is sealed".to_owned();
            return Err(Error::Invalid(words));
        };
        let old = load_sealer(self.host(), &old_name, false).await?;
        let fresh = self.fresh_key_name();
        // Before the keyring has it: whatever happens, it is never forgotten there.
        self.store()
            .write_held(generation, |write| retire(write, &fresh))?;
        let rotated = self.reseal(generation, &old_name, &old, &fresh).await;
        let (key, resealed) = match rotated {
            Ok(rotated) => rotated,
            Err(error) => {
                self.drop_key(generation, &fresh).await;
                return Err(error);
            }
        };
        *slot = Some(Arc::new(key));
        tracing::info!(resealed, "the sealing key was replaced");
        Ok(RotationReport {
            resealed,
            old_key_removed: self.drop_key(generation, &old_name).await,
        })
    }

    async fn reseal(
        &self,
        generation: Generation,
        old_name: &str,
        old: &Sealer,
        fresh: &str,
    ) -> Result<(Key, u32), Error> {
        let sealer = load_sealer(self.host(), fresh, true).await?;
        let now = self.now();
        let written = self.store().write_held(generation, |write| {
            write.check_key(old_name)?;
            let rng = self.host().rng.as_ref();
            let plan = match plan_rotation(write.all_sealed()?, old, &sealer, rng) {
                Ok(plan) => plan,
                Err(shut) => return Ok(Err(words_for(write, &shut)?)),
            };
            for sealed in &plan.resealed {
                write.put_sealed(sealed)?;
            }
            for attempt in &plan.dead {
                write.remove_attempt(attempt)?;
            }
            write.put_setting(SEALING_KEY, fresh)?;
            unretire(write, fresh)?;
            retire(write, old_name)?;
            let count = u32::try_from(plan.resealed.len()).unwrap_or(u32::MAX);
            write.insert_audit(
                &NewAudit {
                    action: "keys_rotated",
                    outcome: "ok",
                    details: Some(serde_json::json!({ "resealed": count }).to_string()),
                    ..NewAudit::default()
                },
                now,
            )?;
            Ok(Ok(count))
        })?;
        let count = written.map_err(Error::Shut)?;
        let key = Key {
            name: fresh.to_owned(),
            sealer,
        };
        Ok((key, count))
    }

    /// Removes a retired key from the keyring, then from the list. False if it stays for now.
    async fn drop_key(&self, generation: Generation, name: &str) -> bool {
        if let Err(error) = self.host().keyring.remove(name).await {
            tracing::warn!(%error, "a key that is of no use stays in the keyring for now");
            return false;
        }
        let forgotten = self
            .store()
            .write_held(generation, |write| unretire(write, name));
        if let Err(error) = forgotten {
            tracing::warn!(%error, "a removed key is still listed");
        }
        true
    }

    /// Removes keys that a rotation left in the keyring. Returns how many went.
    ///
    /// # Errors
    /// The keyring's; the others are tried again later.
    pub(crate) async fn remove_retired_keys(&self, generation: Generation) -> Result<u32, Error> {
        // No rotation of this process runs meanwhile. One of another process, which took our pen,
        // made its key after this list was read under our lease.
        let _slot = self.sealer_slot().lock().await;
        let names = self.store().write_held(generation, |write| {
            let mut names = retired(write)?;
            if let Some(named) = write.find_setting(SEALING_KEY)? {
                names.retain(|name| *name != named);
            }
            Ok(names)
        })?;
        let mut removed = 0;
        for name in names {
            self.host()
                .keyring
                .remove(&name)
                .await
                .map_err(SealError::Keyring)?;
            self.store()
                .write_held(generation, |write| unretire(write, &name))?;
            removed += 1;
        }
        Ok(removed)
    }
}

/// Whose secret the old key does not open.
fn words_for(read: &Read<'_>, shut: &Sealed) -> Result<String, StoreError> {
    Ok(match shut {
        Sealed::AccessToken(account, _) | Sealed::RefreshToken(account, _) => {
            let email = read.find_account(*account)?.map(|account| account.email);
            format!("the sign-in of {}", email.unwrap_or_default())
        }
        Sealed::Setting(key, _) => format!("the client secret in {key}"),
        Sealed::Verifier(..) => "a sign-in that waits for its answer".to_owned(),
    })
}
