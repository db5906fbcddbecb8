//! dayline-simulator as a program of its own.

use std::path::PathBuf;
use std::process::Stdio;

use anyhow::{Context as _, Result};
use bytes::Bytes;
use http::Method;
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::{Child, Command};

use crate::web::Web;

/// A running simulator. Dropping it stops it.
pub struct Simulator {
    child: Child,
    ready: Value,
    web: Web,
}

/// The path of a program that `cargo xtask test` has built.
///
/// # Errors
/// The variable is not set.
pub fn program(variable: &str) -> Result<PathBuf> {
    std::env::var_os(variable)
        .map(PathBuf::from)
        .with_context(|| format!("{variable} is not set; run `cargo xtask test`"))
}

impl Simulator {
    /// Starts it on a free port and waits until it is ready.
    ///
    /// # Errors
    /// It does not start.
    pub async fn start(scenario: &str) -> Result<Self> {
        let mut child = Command::new(program("DAYLINE_SIMULATOR_BIN")?)
            .args(["--port", "0", "--seed", "7", "--scenario", scenario])
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()?;
        let stdout = child.stdout.take().context("the simulator has no output")?;
        let line = BufReader::new(stdout).lines().next_line().await?;
        let ready = serde_json::from_str(&line.context("the simulator said nothing")?)?;
        Ok(Self {
            child,
            ready,
            web: Web::new()?,
        })
    }

    /// Stops it, as when the network goes away.
    ///
    /// # Errors
    /// It cannot be stopped.
    pub async fn stop(mut self) -> Result<()> {
        Ok(self.child.kill().await?)
    }

    /// What Dayline's environment has to be to meet it.
    ///
    /// # Errors
    /// The ready line lacks an address.
    pub fn environment(&self) -> Result<Vec<(&'static str, String)>> {
        [
            ("DAYLINE_MICROSOFT_AUTHORITY", "microsoft_authority"),
            ("DAYLINE_GRAPH_URL", "graph"),
            ("DAYLINE_GOOGLE_AUTH_URL", "google_auth"),
            ("DAYLINE_GOOGLE_TOKEN_URL", "google_token"),
            ("DAYLINE_GOOGLE_API_URL", "google_api"),
        ]
        .into_iter()
        .map(|(variable, key)| Ok((variable, self.address(key)?.to_owned())))
        .collect()
    }

    /// Where it listens, as `host:port`.
    ///
    /// # Errors
    /// The ready line has no address.
    pub fn authority(&self) -> Result<String> {
        let url: url::Url = self.address("graph")?.parse()?;
        let host = url.host_str().context("an address without a host")?;
        let port = url.port().context("an address without a port")?;
        Ok(format!("{host}:{port}"))
    }

    fn address(&self, key: &str) -> Result<&str> {
        self.ready
            .get(key)
            .and_then(Value::as_str)
            .with_context(|| format!("the ready line has no {key}"))
    }

    fn account(&self, provider: &str, key: &str) -> Result<&str> {
        self.ready
            .get("accounts")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .find(|account| account.get("provider").is_some_and(|name| name == provider))
            .and_then(|account| account.get(key)?.as_str())
            .with_context(|| format!("no {key} for {provider}"))
    }

    /// The address of the account at a provider.
    ///
    /// # Errors
    /// There is none.
    pub fn email(&self, provider: &str) -> Result<&str> {
        self.account(provider, "email")
    }

    /// Speaks to Graph or Google as another of the user's devices would.
    ///
    /// # Errors
    /// Anything but success.
    pub async fn api(
        &self,
        provider: &str,
        method: Method,
        path: &str,
        body: Value,
    ) -> Result<Value> {
        let base = match provider {
            "microsoft" => self.address("graph")?,
            _ => self.address("google_api")?,
        };
        let token = self.account(provider, "access_token")?;
        self.web
            .json(method, &format!("{base}/{path}"), token, &body)
            .await
    }

    /// What the providers are to tell, and to whom.
    ///
    /// # Errors
    /// The simulator is gone.
    pub async fn subscriptions(&self) -> Result<Value> {
        let url = format!("{}/subscriptions", self.address("admin")?);
        self.web.json(Method::GET, &url, "", &Value::Null).await
    }

    /// Sends one of Graph's lifecycle events to every subscription.
    ///
    /// # Errors
    /// The simulator does not know it.
    pub async fn lifecycle(&self, event: &str) -> Result<()> {
        let url = format!("{}/lifecycle", self.address("admin")?);
        let body = json!({ "event": event });
        self.web.json(Method::POST, &url, "", &body).await?;
        Ok(())
    }

    /// Changes how the providers tell.
    ///
    /// # Errors
    /// The simulator does not know it.
    pub async fn push_quirks(&self, quirks: Value) -> Result<()> {
        let url = format!("{}/push", self.address("admin")?);
        self.web.json(Method::POST, &url, "", &quirks).await?;
        Ok(())
    }

    /// Forgets what was asked of the services so far.
    ///
    /// # Errors
    /// The simulator is gone.
    pub async fn forget_log(&self) -> Result<()> {
        let url = format!("{}/log", self.address("admin")?);
        self.web
            .send(Method::DELETE, &url, &[], Bytes::new())
            .await?;
        Ok(())
    }

    /// How often each kind of request was sent, by provider and kind.
    ///
    /// # Errors
    /// The simulator is gone.
    pub async fn calls(&self, kinds: &[&str]) -> Result<usize> {
        let url = format!("{}/log", self.address("admin")?);
        let log = self.web.json(Method::GET, &url, "", &Value::Null).await?;
        let entries = log.as_array().context("the log is no list")?;
        Ok(entries
            .iter()
            .filter(|entry| {
                entry
                    .get("kind")
                    .is_some_and(|kind| kinds.iter().any(|one| kind == one))
            })
            .count())
    }

    /// Ends every access token now.
    ///
    /// # Errors
    /// The simulator is gone.
    pub async fn expire_tokens(&self) -> Result<()> {
        let url = format!("{}/tokens/expire", self.address("admin")?);
        self.web.json(Method::POST, &url, "", &json!({})).await?;
        Ok(())
    }

    /// Removes all faults.
    ///
    /// # Errors
    /// The simulator is gone.
    pub async fn forget_faults(&self) -> Result<()> {
        let url = format!("{}/faults", self.address("admin")?);
        self.web
            .send(Method::DELETE, &url, &[], Bytes::new())
            .await?;
        Ok(())
    }

    /// Adds a fault.
    ///
    /// # Errors
    /// The simulator does not know it.
    pub async fn fault(&self, matching: Value, times: u32, fault: Value) -> Result<()> {
        let url = format!("{}/faults", self.address("admin")?);
        let body = json!({ "match": matching, "times": times, "fault": fault });
        self.web.json(Method::POST, &url, "", &body).await?;
        Ok(())
    }
}
