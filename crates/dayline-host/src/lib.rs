//! The world outside of Dayline as traits, and their real forms.
//!
//! Time, randomness, the network, the keyring, the opener of links and the spawning of tasks are
//! reached through [`Host`] and nowhere else, so that a simulation can stand in for all of them
//! and a run with the same seed is the same run. Waiting itself is `tokio::time`, whose clock the
//! simulation pauses.
#![warn(missing_docs)]

mod clock;
mod core_dumps;
mod http;
mod keyring;
mod opener;
mod rng;
mod spawn;
#[cfg(feature = "testing")]
pub mod testing;
mod zone;

use std::sync::Arc;

pub use self::clock::{Clock, SystemClock};
pub use self::core_dumps::forbid_core_dumps;
pub use self::http::{Http, HttpError, ReqwestHttp, Socket, SocketError};
pub use self::keyring::{Keyring, KeyringError, OsKeyring};
pub use self::opener::{OpenError, Opener, SystemOpener};
pub use self::rng::{Rng, SystemRng};
pub use self::spawn::{Spawn, Task, TokioSpawn};
pub use self::zone::system_zone;

/// Everything outside of Dayline. Cloning is cheap and shares it.
#[derive(Clone)]
pub struct Host {
    /// What time it is.
    pub clock: Arc<dyn Clock>,
    /// Randomness.
    pub rng: Arc<dyn Rng>,
    /// The network.
    pub http: Arc<dyn Http>,
    /// The operating system's keyring.
    pub keyring: Arc<dyn Keyring>,
    /// What opens links.
    pub opener: Arc<dyn Opener>,
    /// What runs long tasks.
    pub spawn: Arc<dyn Spawn>,
}

impl Host {
    /// The real world.
    ///
    /// # Errors
    /// [`HttpError::Setup`] if the TLS configuration of this system cannot be used.
    pub fn real() -> Result<Self, HttpError> {
        Ok(Self {
            clock: Arc::new(SystemClock),
            rng: Arc::new(SystemRng),
            http: Arc::new(ReqwestHttp::new()?),
            keyring: Arc::new(OsKeyring),
            opener: Arc::new(SystemOpener),
            spawn: Arc::new(TokioSpawn),
        })
    }
}
