//! A simulator, the folders to begin with, and one point after another.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Output;

use anyhow::{Result, bail, ensure};
use chrono::{Days, Utc};
use serde_json::Value;
use tempfile::TempDir;

use super::fault::{CALLS, Fault, Harm};
use super::folder;
use super::keyring::KeyringWatch;
use super::situation::Situation;
use crate::dayline::Dayline;
use crate::provider::{self, Shown};
use crate::run::{
    DATABASE, agenda, difference, in_words, limited, says, sound, sound_copies, succeed,
    was_killed, words,
};
use crate::simulator::Simulator;

/// The days that the saved databases speak of.
const SAVED_DAYS: (&str, &str) = ("2026-11-01", "2026-12-31");

/// What one point came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// The program was killed; else it ended by itself.
    pub killed: bool,
    /// Whether it did its work all the same.
    pub succeeded: bool,
    /// What is not as it should be.
    pub difference: Option<String>,
}

impl Outcome {
    fn different(error: &anyhow::Error) -> Self {
        Self {
            killed: false,
            succeeded: false,
            difference: Some(format!("{error:#}")),
        }
    }
}

/// What the saved databases come to when nothing disturbs them.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Undisturbed {
    agenda: Vec<Value>,
    code: Option<i32>,
}

/// Where points are tried.
pub struct Stage {
    /// The providers.
    pub simulator: Simulator,
    keyring: KeyringWatch,
    root: TempDir,
    expected: Vec<Shown>,
    undisturbed: BTreeMap<Situation, Undisturbed>,
}

impl Stage {
    /// Makes the folders that `situations` begin with, and changes both calendars afterwards.
    ///
    /// # Errors
    /// A step fails that nothing disturbs.
    pub async fn prepare(situations: &[Situation]) -> Result<Self> {
        let mut stage = Self {
            simulator: Simulator::start("sample").await?,
            keyring: KeyringWatch::new().await?,
            root: tempfile::Builder::new().prefix("dayline-").tempdir()?,
            expected: Vec::new(),
            undisturbed: BTreeMap::new(),
        };
        let first = stage.sign_in("first").await?;
        folder::copy(&first, &stage.path("unsynced"))?;
        let dayline = Dayline::new(&first, &stage.simulator)?;
        dayline.json(&["sync"]).await?;
        folder::copy(&first, &stage.path("synced"))?;
        stage.tidy().await?;
        std::fs::create_dir(stage.path("empty"))?;
        for version in (1..=4).rev() {
            dayline.json(&["db", "rollback"]).await?;
            let older = stage.path(&format!("schema{version}"));
            folder::copy(&first, &older)?;
            folder::remove_copies(&older)?;
        }
        if situations.contains(&Situation::KeyRotation) {
            let rotated = stage.sign_in("rotated").await?;
            let dayline = Dayline::new(&rotated, &stage.simulator)?;
            dayline.json(&["sync"]).await?;
        }
        super::changes::make(&stage.simulator).await?;
        stage.expected = stage.provider().await?;
        ensure!(stage.expected.len() > 50, "the sample has a month");
        for situation in situations {
            if let Situation::Saved(version) = situation {
                let saved = stage.path(&format!("saved{version}"));
                std::fs::create_dir(&saved)?;
                std::fs::copy(fixture(*version), saved.join(DATABASE))?;
                let copy = stage.begin(*situation).await?;
                let undisturbed = stage.undisturbed(&copy).await?;
                stage.undisturbed.insert(*situation, undisturbed);
            }
        }
        Ok(stage)
    }

    /// How often each kind of call is made by the thread that makes it most, if nothing disturbs.
    ///
    /// # Errors
    /// The program cannot be traced, or fails.
    pub async fn count(&self, situation: Situation) -> Result<BTreeMap<&'static str, usize>> {
        let folder = self.begin(situation).await?;
        let dayline = Dayline::new(&folder, &self.simulator)?;
        let trace = self.path("trace");
        let calls = format!("trace={}", CALLS.join(","));
        let file = trace.to_string_lossy();
        let arguments = ["-f", "-qq", "--seccomp-bpf", "-e", &calls, "-o", &file];
        let mut command = dayline.under("strace", &arguments)?;
        command.args(situation.command());
        let output = limited(&mut command).await?;
        ensure!(
            output.status.code().is_some_and(|code| code < 2),
            "{situation} cannot be counted: {}",
            words(&output)
        );
        let mut threads: BTreeMap<(&str, &str), usize> = BTreeMap::new();
        let lines = std::fs::read_to_string(&trace)?;
        for line in lines.lines() {
            // `1234  pwrite64(5, …`; a call that was interrupted is told a second time.
            let mut parts = line.split_whitespace();
            if let (Some(thread), Some(call)) = (parts.next(), parts.next())
                && let Some((call, _)) = call.split_once('(')
            {
                *threads.entry((call, thread)).or_default() += 1;
            }
        }
        let mut counts = BTreeMap::new();
        for call in CALLS {
            let by_thread = threads.iter().filter(|((name, _), _)| name == call);
            if let Some(most) = by_thread.map(|(_, count)| *count).max() {
                counts.insert(*call, most);
            }
        }
        Ok(counts)
    }

    /// Does a situation's work with a fault in it, then looks at what is left.
    ///
    /// # Errors
    /// The point could not be tried at all.
    pub async fn point(&self, situation: Situation, fault: Fault) -> Result<Outcome> {
        let outcome = self.try_point(situation, fault).await?;
        if outcome.difference.is_some() && self.keyring.has_died().await? {
            // What a program makes of a keyring that dies under it is no matter of this point.
            return self.try_point(situation, fault).await;
        }
        Ok(outcome)
    }

    async fn try_point(&self, situation: Situation, fault: Fault) -> Result<Outcome> {
        let folder = self.begin(situation).await?;
        let output = match self.disturbed(&folder, situation, fault).await {
            Ok(output) => output,
            // It hangs, which is one of the things that are looked for.
            Err(error) => return Ok(Outcome::different(&error)),
        };
        let killed = was_killed(&output);
        let ended = if killed && fault.harm == Harm::Kill {
            Ok(())
        } else {
            in_words(&output)
        };
        let left = match ended {
            Ok(()) => self.look(situation, &folder).await,
            Err(error) => Err(error),
        };
        Ok(Outcome {
            killed,
            succeeded: output.status.success(),
            difference: left.err().map(|error| format!("{error:#}")),
        })
    }

    /// A folder to begin with.
    async fn begin(&self, situation: Situation) -> Result<PathBuf> {
        if situation == Situation::TokenRefresh {
            self.simulator.expire_tokens().await?;
        }
        let from = match situation {
            Situation::FirstStart => "empty".to_owned(),
            Situation::FullSync => "unsynced".to_owned(),
            Situation::DeltaSync | Situation::TokenRefresh => "tidied".to_owned(),
            Situation::Maintenance | Situation::Rollback => "synced".to_owned(),
            Situation::Migration(version) => format!("schema{version}"),
            Situation::Saved(version) => format!("saved{version}"),
            // A rotation takes the old key out of the keyring, which a copy would still need: it
            // goes on where the one before was killed.
            Situation::KeyRotation => return Ok(self.path("rotated")),
        };
        self.copy_of(&from)
    }

    /// A new copy of a folder of this stage, in the place of the copy before.
    ///
    /// # Errors
    /// It cannot be copied.
    pub fn copy_of(&self, name: &str) -> Result<PathBuf> {
        let folder = self.path("point");
        if folder.exists() {
            std::fs::remove_dir_all(&folder)?;
        }
        folder::copy(&self.path(name), &folder)?;
        Ok(folder)
    }

    /// Kills a situation's work and keeps what is left as the folder `name`.
    ///
    /// # Errors
    /// It was not killed.
    pub async fn keep_killed(
        &self,
        situation: Situation,
        fault: Fault,
        name: &str,
    ) -> Result<PathBuf> {
        let folder = self.begin(situation).await?;
        let output = self.disturbed(&folder, situation, fault).await?;
        ensure!(was_killed(&output), "it was not {fault}");
        let kept = self.path(name);
        std::fs::rename(folder, &kept)?;
        Ok(kept)
    }

    async fn disturbed(&self, folder: &Path, situation: Situation, fault: Fault) -> Result<Output> {
        let dayline = Dayline::new(folder, &self.simulator)?;
        let arguments = fault.arguments();
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let mut command = dayline.under("strace", &arguments)?;
        limited(command.args(situation.command())).await
    }

    /// Runs the program again and holds what it shows against the providers.
    async fn look(&self, situation: Situation, folder: &Path) -> Result<()> {
        sound_copies(folder).await?;
        if matches!(situation, Situation::Saved(_)) {
            let found = self.undisturbed(folder).await?;
            ensure!(
                self.undisturbed.get(&situation) == Some(&found),
                "the next run ends otherwise than an undisturbed one: {found:?}"
            );
            return Ok(());
        }
        let dayline = Dayline::new(folder, &self.simulator)?;
        if situation == Situation::FirstStart {
            let accounts = succeed(&dayline, situation.command()).await?;
            ensure!(accounts == serde_json::json!([]), "accounts: {accounts}");
            sound(&dayline).await?;
            return Ok(());
        }
        if situation.touches_tokens() {
            // The next sync opens both tokens of each account.
            self.simulator.expire_tokens().await?;
        }
        self.whole_after(&dayline, &["sync"]).await?;
        if situation == Situation::Maintenance {
            succeed(&dayline, situation.command()).await?;
            sound_copies(folder).await?;
        }
        if situation == Situation::KeyRotation {
            // Keys that are of no use any more leave the keyring.
            succeed(&dayline, &["db", "maintain"]).await?;
            let health = succeed(&dayline, &["doctor"]).await?;
            ensure!(says(&health, "healthy"), "the doctor says {health}");
        }
        Ok(())
    }

    /// Runs a command that has to succeed, after which the agenda is the providers'.
    ///
    /// # Errors
    /// It fails, the agenda is another one, or the database is not sound.
    pub async fn whole_after(&self, dayline: &Dayline<'_>, arguments: &[&str]) -> Result<()> {
        succeed(dayline, arguments).await?;
        sound(dayline).await?;
        let shown = self.shown(dayline).await?;
        if let Some(difference) = difference(&self.expected, &shown) {
            bail!("the agenda: {difference}");
        }
        Ok(())
    }

    /// What `dayline` shows without asking anybody.
    ///
    /// # Errors
    /// It fails.
    pub async fn shown(&self, dayline: &Dayline<'_>) -> Result<Vec<Shown>> {
        let (from, to, _) = days();
        provider::of_agenda(&agenda(dayline, &from, &to).await?)
    }

    /// What the providers hold.
    ///
    /// # Errors
    /// They do not answer.
    pub async fn provider(&self) -> Result<Vec<Shown>> {
        let (from, _, until) = days();
        provider::calendars(&self.simulator, &from, &until).await
    }

    async fn undisturbed(&self, folder: &Path) -> Result<Undisturbed> {
        let dayline = Dayline::new(folder, &self.simulator)?;
        let output = limited(&mut dayline.command(&["sync", "--json"])?).await?;
        in_words(&output)?;
        let verified = sound(&dayline).await?;
        ensure!(
            verified.get("schema") == verified.get("latest_schema"),
            "not brought up to date"
        );
        let (from, to) = SAVED_DAYS;
        Ok(Undisturbed {
            agenda: agenda(&dayline, from, to).await?,
            code: output.status.code(),
        })
    }

    /// What was synced, written back from the log into the database.
    async fn tidy(&self) -> Result<()> {
        let tidied = self.path("tidied");
        folder::copy(&self.path("synced"), &tidied)?;
        let dayline = Dayline::new(&tidied, &self.simulator)?;
        dayline.json(&["db", "maintain"]).await?;
        folder::remove_copies(&tidied)
    }

    async fn sign_in(&self, name: &str) -> Result<PathBuf> {
        let folder = self.path(name);
        std::fs::create_dir(&folder)?;
        let dayline = Dayline::new(&folder, &self.simulator)?;
        for provider in ["microsoft", "google"] {
            let email = self.simulator.email(provider)?;
            dayline.sign_in(provider, email).await?;
        }
        Ok(folder)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.root.path().join(name)
    }
}

/// The first day that is looked at, the last one, and the day after it.
pub fn days() -> (String, String, String) {
    let today = Utc::now().date_naive();
    let after = |days| (today + Days::new(days)).to_string();
    ((today - Days::new(40)).to_string(), after(60), after(61))
}

/// The database that was saved when a version of the schema was current.
fn fixture(version: u32) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("fixtures/databases/{version:04}.sqlite3"))
}
