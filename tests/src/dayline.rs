//! `dayline` on a terminal.

use std::path::Path;
use std::process::{Output, Stdio};

use anyhow::{Context as _, Result, ensure};
use serde_json::Value;
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, BufReader};
use tokio::process::{Child, Command};

use crate::simulator::{Simulator, program};
use crate::web::Web;

/// A data folder, and how to run `dayline` on it.
pub struct Dayline<'a> {
    folder: &'a Path,
    environment: Vec<(&'static str, String)>,
}

impl<'a> Dayline<'a> {
    /// Works on `folder` against `simulator`.
    ///
    /// # Errors
    /// The simulator has no addresses.
    pub fn new(folder: &'a Path, simulator: &Simulator) -> Result<Self> {
        Ok(Self {
            folder,
            environment: simulator.environment()?,
        })
    }

    /// Works on `folder` against providers that stand elsewhere, such as behind a proxy.
    pub fn against(folder: &'a Path, environment: Vec<(&'static str, String)>) -> Self {
        Self {
            folder,
            environment,
        }
    }

    /// A command that is not started yet.
    ///
    /// # Errors
    /// The program is not built.
    pub fn command(&self, arguments: &[&str]) -> Result<Command> {
        let mut command = Command::new(program("DAYLINE_BIN")?);
        self.prepare(&mut command);
        command.args(arguments);
        Ok(command)
    }

    /// The program under another one, such as a tracer; what it is to do comes behind.
    ///
    /// # Errors
    /// The program is not built.
    pub fn under(&self, other: &str, arguments: &[&str]) -> Result<Command> {
        let mut command = Command::new(other);
        command.args(arguments).arg(program("DAYLINE_BIN")?);
        self.prepare(&mut command);
        Ok(command)
    }

    fn prepare(&self, command: &mut Command) {
        command
            .arg("--data-dir")
            .arg(self.folder)
            .envs(self.environment.iter().map(|(name, value)| (name, value)))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true);
    }

    /// Runs a command to its end.
    ///
    /// # Errors
    /// It cannot be started.
    pub async fn run(&self, arguments: &[&str]) -> Result<Output> {
        Ok(self.command(arguments)?.output().await?)
    }

    /// Runs a command with `--json` that has to succeed.
    ///
    /// # Errors
    /// It fails, or prints something else than JSON.
    pub async fn json(&self, arguments: &[&str]) -> Result<Value> {
        let mut with_json = arguments.to_vec();
        with_json.push("--json");
        let output = self.run(&with_json).await?;
        ensure!(
            output.status.success(),
            "dayline {arguments:?}: {}\n{}{}",
            output.status,
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr)
        );
        serde_json::from_slice(&output.stdout).with_context(|| format!("output of {arguments:?}"))
    }

    /// Signs in with the browser's part done by hand.
    ///
    /// # Errors
    /// The sign-in fails.
    pub async fn sign_in(&self, provider: &str, email: &str) -> Result<()> {
        let mut child = self
            .command(&["accounts", "add", provider, "--no-browser", "--json"])?
            .spawn()?;
        let (address, mut output) = self.address(&mut child).await?;
        let web = Web::new()?;
        let callback = web.log_in(&address, email, "allow").await?;
        let page = web.get(&callback).await?;
        ensure!(
            page.status().is_success(),
            "the listener answers {}",
            page.status()
        );
        let mut rest = String::new();
        output.read_to_string(&mut rest).await?;
        let status = child.wait().await?;
        ensure!(status.success(), "the sign-in ended with {status}: {rest}");
        Ok(())
    }

    async fn address(
        &self,
        child: &mut Child,
    ) -> Result<(String, BufReader<tokio::process::ChildStdout>)> {
        let stdout = child.stdout.take().context("no output")?;
        let mut output = BufReader::new(stdout);
        let mut line = String::new();
        output.read_line(&mut line).await?;
        let printed: Value =
            serde_json::from_str(&line).with_context(|| format!("printed {line}"))?;
        let address = printed
            .get("authorize_url")
            .and_then(Value::as_str)
            .context("no address")?
            .to_owned();
        Ok((address, output))
    }

    /// The agenda as (title, start, end), sorted.
    ///
    /// # Errors
    /// The command fails.
    pub async fn agenda(&self, from: &str, to: &str, more: &[&str]) -> Result<Vec<Value>> {
        let mut arguments = vec!["agenda", "--from", from, "--to", to];
        arguments.extend_from_slice(more);
        let agenda = self.json(&arguments).await?;
        Ok(agenda.as_array().context("the agenda is no list")?.clone())
    }
}
