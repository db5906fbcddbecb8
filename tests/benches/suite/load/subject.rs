//! The relay that is measured: the released program with a folder of its own.

use std::net::SocketAddr;

use anyhow::{Context as _, Result};
use dayline_e2e::relay::Relay;
use tempfile::TempDir;
use tokio::runtime::{Builder, Runtime};

/// A running relay. Dropping it kills it.
pub struct Subject {
    /// Where it listens.
    pub address: SocketAddr,
    /// Its process.
    pub process: u32,
    relay: Relay,
    runtime: Runtime,
    folder: TempDir,
}

impl Subject {
    /// Starts it on a free port, and waits until it is ready.
    pub fn start() -> Result<Self> {
        let folder = tempfile::tempdir()?;
        let runtime = Builder::new_current_thread().enable_all().build()?;
        let relay = runtime.block_on(Relay::start(folder.path()))?;
        Ok(Self {
            address: relay.address()?.parse()?,
            process: relay.process().context("the relay ended")?,
            relay,
            runtime,
            folder,
        })
    }

    /// Where its keys are.
    pub fn keys(&self) -> std::path::PathBuf {
        self.folder.path().join("keys")
    }

    /// Ends it, and waits for that.
    pub fn end(self) -> Result<()> {
        self.runtime.block_on(self.relay.kill())
    }
}
