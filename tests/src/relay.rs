//! dayline-relay as a program of its own.

use std::path::Path;
use std::process::Stdio;

use anyhow::{Context as _, Result, ensure};
use tokio::net::TcpListener;
use tokio::process::{Child, Command};

use crate::simulator::program;
use crate::wait::until;
use crate::web::Web;

/// A running relay. Dropping it kills it.
pub struct Relay {
    child: Child,
    /// Where it is.
    pub url: String,
}

impl Relay {
    /// Makes keys in `folder`, starts a relay on a free port, and waits until it is ready.
    ///
    /// # Errors
    /// It does not start.
    pub async fn start(folder: &Path) -> Result<Self> {
        Self::make_keys(folder).await?;
        let free = TcpListener::bind("127.0.0.1:0").await?;
        let address = free.local_addr()?.to_string();
        drop(free);
        Self::start_at(folder, &address, &[]).await
    }

    /// Makes keys in `folder`.
    ///
    /// # Errors
    /// They cannot be written.
    pub async fn make_keys(folder: &Path) -> Result<()> {
        let made = Command::new(program("DAYLINE_RELAY_BIN")?)
            .args(["keygen", "--keys"])
            .arg(folder.join("keys"))
            .output()
            .await?;
        ensure!(made.status.success(), "no keys: {made:?}");
        Ok(())
    }

    /// Starts a relay at an address with the keys in `folder`, and waits until it is ready.
    ///
    /// # Errors
    /// It does not start.
    pub async fn start_at(folder: &Path, address: &str, more: &[&str]) -> Result<Self> {
        Self::start_as(folder, address, more, None).await
    }

    /// The same with everything logged that it can log.
    ///
    /// # Errors
    /// It does not start.
    pub async fn start_told(
        folder: &Path,
        address: &str,
        more: &[&str],
        log: Stdio,
    ) -> Result<Self> {
        Self::start_as(folder, address, more, Some(log)).await
    }

    async fn start_as(
        folder: &Path,
        address: &str,
        more: &[&str],
        log: Option<Stdio>,
    ) -> Result<Self> {
        let url = format!("http://{address}");
        let child = Command::new(program("DAYLINE_RELAY_BIN")?)
            .args(["--listen", address, "--public-url", &url, "--keys"])
            .arg(folder.join("keys"))
            .args(more)
            .env(
                "DAYLINE_RELAY_LOG",
                if log.is_some() { "trace" } else { "info" },
            )
            .stderr(log.unwrap_or_else(Stdio::null))
            .kill_on_drop(true)
            .spawn()?;
        let relay = Self { child, url };
        let web = Web::new()?;
        until("the relay", async || {
            let answer = web.get(&format!("{}/readyz", relay.url)).await;
            Ok(answer
                .is_ok_and(|answer| answer.status().is_success())
                .then_some(()))
        })
        .await?;
        Ok(relay)
    }

    /// Where it listens, as `host:port`.
    ///
    /// # Errors
    /// Its address is none.
    pub fn address(&self) -> Result<String> {
        let address = self.url.strip_prefix("http://").context("no address")?;
        Ok(address.to_owned())
    }

    /// Its process; `None` if it has ended.
    pub fn process(&self) -> Option<u32> {
        self.child.id()
    }

    /// Kills it, as when its machine dies.
    ///
    /// # Errors
    /// It cannot be killed.
    pub async fn kill(mut self) -> Result<()> {
        Ok(self.child.kill().await?)
    }
}
