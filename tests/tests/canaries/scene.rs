//! Two accounts whose traffic is known, and what may not be seen of it.

use std::path::{Path, PathBuf};
use std::process::Stdio;

use anyhow::{Context as _, Result, ensure};
use chrono::{Days, Utc};
use dayline_e2e::canaries::Canaries;
use dayline_e2e::chaos::Proxy;
use dayline_e2e::dayline::Dayline;
use dayline_e2e::run::{DATABASE, limited};
use dayline_e2e::simulator::Simulator;
use dayline_e2e::wait;
use dayline_e2e::web::Web;
use dayline_host::{Keyring as _, OsKeyring};
use http::Method;
use secrecy::ExposeSecret as _;
use serde_json::json;
use tempfile::TempDir;

/// What stands in the planted events.
pub const TITLE: &str = "Heronquill Zephyrstone";
pub const BODY: &str = "Bring the marmaladefjord ledger";
pub const PLACE: &str = "Quillfeather Hall";
pub const GUEST: &str = "greta.heron@quillfeather.example";
/// Writes down what it was asked to open.
const BROWSER: &str = "#!/bin/sh\nprintf '%s\\n' \"$@\" >> \"$OPENED\"\n";

/// Two accounts whose traffic is known, and a folder for each kind of place.
pub struct Scene {
    /// The providers.
    pub simulator: Simulator,
    /// Through which all traffic goes.
    pub proxy: Proxy,
    /// With a folder for each kind of place.
    pub root: TempDir,
    /// The sealing keys so far.
    pub keys: Vec<Vec<u8>>,
}

impl Scene {
    pub async fn new() -> Result<Self> {
        let simulator = Simulator::start("empty").await?;
        let proxy = Proxy::start(&simulator, None).await?;
        let scene = Self {
            simulator,
            proxy,
            root: tempfile::Builder::new().prefix("dayline-").tempdir()?,
            keys: Vec::new(),
        };
        for kind in [
            "data",
            "logs",
            "answers",
            "arguments",
            "temporary",
            "bin",
            "exports",
        ] {
            std::fs::create_dir(scene.folder(kind))?;
        }
        let browser = scene.folder("bin").join("xdg-open");
        std::fs::write(&browser, BROWSER)?;
        let mut chmod = tokio::process::Command::new("chmod");
        chmod.arg("+x").arg(&browser);
        ensure!(chmod.status().await?.success(), "no browser");
        Ok(scene)
    }

    pub fn folder(&self, kind: &str) -> PathBuf {
        self.root.path().join(kind)
    }

    /// The program with everything told that it can tell, every program that it starts written
    /// down, and its output in files.
    pub fn command(&self, name: &str, arguments: &[&str]) -> Result<tokio::process::Command> {
        let trace = self.folder("arguments").join(name);
        let trace = trace.to_string_lossy();
        let tracer = ["-f", "-qq", "--seccomp-bpf", "-v", "-s", "65536"];
        let tracer = [&tracer[..], &["-e", "trace=execve", "-o", &trace]].concat();
        let data = self.folder("data");
        let dayline = Dayline::against(&data, self.proxy.environment(&self.simulator)?);
        let mut command = dayline.under("strace", &tracer)?;
        let mut path = self.folder("bin").into_os_string();
        path.push(":");
        path.push(std::env::var_os("PATH").unwrap_or_default());
        command
            .args(arguments)
            .env("DAYLINE_LOG", "trace")
            .env("RUST_LOG", "trace")
            .env("TMPDIR", self.folder("temporary"))
            .env("PATH", path)
            .env("OPENED", self.folder("arguments").join("opened"))
            .stdout(file(&self.folder("answers").join(name))?)
            .stderr(file(&self.folder("logs").join(name))?);
        Ok(command)
    }

    /// Runs a command to its end, however it ends as long as people can read it.
    pub async fn run(&self, name: &str, arguments: &[&str]) -> Result<bool> {
        let output = limited(&mut self.command(name, arguments)?).await?;
        std::fs::write(self.folder("answers").join(name), &output.stdout)?;
        std::fs::write(self.folder("logs").join(name), &output.stderr)?;
        ensure!(
            output.status.code().is_some_and(|code| code < 2),
            "{name} ended with {}",
            output.status
        );
        Ok(output.status.success())
    }

    pub async fn sign_in(&self, provider: &str) -> Result<()> {
        let opened = self.folder("arguments").join("opened");
        let before = std::fs::read_to_string(&opened).unwrap_or_default();
        let name = format!("sign-in-{provider}");
        let mut child = self
            .command(&name, &["accounts", "add", provider])?
            .spawn()?;
        let address = wait::until("the browser", async || {
            let all = std::fs::read_to_string(&opened).unwrap_or_default();
            let new = all.strip_prefix(&before).unwrap_or_default();
            Ok(new.split_once('\n').map(|(line, _)| line.to_owned()))
        })
        .await?;
        let web = Web::new()?;
        let email = self.simulator.email(provider)?;
        let callback = web.log_in(&address, email, "allow").await?;
        web.get(&callback).await?;
        ensure!(child.wait().await?.success(), "the sign-in fails");
        Ok(())
    }

    pub async fn plant(&self) -> Result<()> {
        let date = Utc::now().date_naive() + Days::new(2);
        let time = |hour| json!({ "dateTime": format!("{date}T{hour}:00:00"), "timeZone": "UTC" });
        let (start, end) = (time("09"), time("10"));
        let graph = json!({
            "subject": TITLE, "start": start, "end": end,
            "body": { "contentType": "text", "content": BODY },
            "location": { "displayName": PLACE },
            "attendees": [{ "type": "required", "emailAddress": { "address": GUEST, "name": "G" } }],
        });
        self.simulator
            .api("microsoft", Method::POST, "me/events", graph)
            .await?;
        let google = json!({
            "summary": TITLE, "start": start, "end": end, "description": BODY,
            "location": PLACE, "attendees": [{ "email": GUEST }],
        });
        let path = format!("calendars/{}/events", self.simulator.email("google")?);
        self.simulator
            .api("google", Method::POST, &path, google)
            .await?;
        Ok(())
    }

    /// The key that seals what is stored now, taken from the keyring as the program takes it.
    pub async fn remember_key(&mut self) -> Result<()> {
        let database = rusqlite::Connection::open(self.folder("data").join(DATABASE))?;
        let name: String = database.query_row(
            "SELECT value FROM settings WHERE key = 'sealing.key'",
            [],
            |row| row.get(0),
        )?;
        let key = OsKeyring.find(&name).await?.context("no key")?;
        self.keys.push(key.expose_secret().to_vec());
        Ok(())
    }

    /// What may never be seen anywhere.
    pub fn secrets(&self) -> Canaries {
        let mut canaries = Canaries::default();
        for (name, secret) in self.proxy.secrets() {
            canaries.add(&name, secret.as_bytes());
        }
        for key in &self.keys {
            canaries.add("sealing key", key);
        }
        canaries
    }

    /// The same, and what stands in calendars.
    pub fn secrets_and_contents(&self) -> Result<Canaries> {
        let mut canaries = self.secrets();
        for (name, text) in [("title", TITLE), ("body", BODY), ("place", PLACE)] {
            canaries.add(name, text.as_bytes());
        }
        canaries.add("guest", GUEST.as_bytes());
        for provider in ["microsoft", "google"] {
            canaries.add("own address", self.simulator.email(provider)?.as_bytes());
        }
        Ok(canaries)
    }
}

pub fn file(path: &Path) -> Result<Stdio> {
    Ok(std::fs::File::create(path)?.into())
}
