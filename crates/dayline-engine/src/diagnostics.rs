//! A file that a user may hand on so that somebody can find out what is wrong.
//!
//! What stands in it is decided by the types in `view/diagnostics`: nothing of a calendar has a
//! field there. There is no log file to add; what was done last comes from the audit log, which
//! holds no content and no addresses.

use std::collections::BTreeMap;
use std::fs::OpenOptions;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use chrono::{NaiveDateTime, TimeDelta};
use chrono_tz::Tz;
use dayline_host::KeyringError;
use dayline_store::AuditRow;

use crate::maintenance::disk_words;
use crate::view::{
    AccountDiagnostics, AccountHealth, AccountSync, AccountView, CalendarDiagnostics,
    CalendarStats, CalendarView, DatabaseDiagnostics, DatabaseHealth, DayDiagnostics, DayRuns,
    Diagnostics, Health, KeyringDiagnosis, LoggedAction, PenDiagnostics, ProgramDiagnostics,
    PushDiagnostics, RelayDiagnostics, date_of,
};
use crate::{Engine, Error, PushReport, database_health};

/// How many rows of the audit log are handed on.
const MOST_LOGGED: u32 = 200;
/// How many files of one minute have a name.
const MOST_OF_MINUTE: u32 = 99;
/// Tells the distribution, where there is one (os-release(5)).
const OS_RELEASE: &str = "/etc/os-release";

impl Engine {
    /// Writes what helps to find out what is wrong to a new file in `folder`, and returns its path.
    /// No title, person, address, id, token or link stands in it.
    ///
    /// Shape: `dayline-diagnostics-YYYY-MM-DD-HHMM.json` in the system's zone; another number
    /// behind it where that is taken. `web_engine` is the version of what paints the window.
    ///
    /// # Errors
    /// [`Error::Open`] or [`Error::Store`] if the folder cannot be written or the disk is full,
    /// [`Error::Invalid`] if there are 99 files of the same minute.
    /// # Cancel safety
    /// The file is written at once, after everything was asked.
    pub async fn export_diagnostics(
        &self,
        folder: &Path,
        web_engine: Option<String>,
    ) -> Result<PathBuf, Error> {
        let mut diagnostics = self.diagnostics().await?;
        diagnostics.program.web_engine = web_engine;
        let zone: Tz = self.config().zone.parse().unwrap_or(Tz::UTC);
        diagnostics.write_to(folder, self.now().with_timezone(&zone).naive_local())
    }

    /// What helps to find out what is wrong.
    ///
    /// # Errors
    /// [`Error::Store`] if the database fails meanwhile.
    pub async fn diagnostics(&self) -> Result<Diagnostics, Error> {
        let health = self.health(database_health(&self.config().folder)).await?;
        let mut diagnostics = Diagnostics::without_engine(&health);
        diagnostics.program.sample = self.config().sample;
        diagnostics.keyring = keyring(self.keyring_error().await?.as_ref());
        diagnostics.pen = Some(PenDiagnostics {
            held: health.pen.holder.is_some(),
            alive: health.pen.alive,
            expires_at: health.pen.expires_at,
        });
        let push = self.push_report()?;
        diagnostics.relay = Some(RelayDiagnostics {
            set: push.relay_url.is_some(),
            connected: push.connected,
            has_problem: push.problem.is_some(),
        });
        let (names, rows) = self
            .store()
            .read(|read| Ok((read.setting_names()?, read.audit(None, MOST_LOGGED)?)))?;
        diagnostics.settings = names;
        let accounts = self.accounts()?;
        let named = Named::of(&accounts);
        diagnostics.log = rows.iter().rev().map(|row| named.logged(row)).collect();
        diagnostics.accounts =
            self.account_diagnostics(&accounts, health.accounts, &push, &named)?;
        Ok(diagnostics)
    }

    fn account_diagnostics(
        &self,
        accounts: &[AccountView],
        health: Vec<AccountHealth>,
        push: &PushReport,
        named: &Named,
    ) -> Result<Vec<AccountDiagnostics>, Error> {
        let report = self.health_report(&self.config().zone)?;
        let sync = self.sync_success(TimeDelta::days(30))?;
        let stats = self.calendar_stats()?;
        let parts = accounts.iter().zip(health).zip(sync).zip(report.accounts);
        Ok(parts
            .map(|(((account, health), sync), report)| AccountDiagnostics {
                name: named.account(&account.id).unwrap_or_default(),
                provider: account.provider,
                cloud: account.cloud,
                state: account.state,
                problem_code: account.problem_code,
                remedy: account.remedy,
                needs_action: health.needs_action,
                last_success: account.last_synced_at.clone(),
                success_24_hours: health.success_24_hours,
                days: report.days.iter().filter_map(day).collect(),
                calendars: account
                    .calendars
                    .iter()
                    .map(|calendar| calendar_diagnostics(calendar, &sync, &stats, push, named))
                    .collect(),
                sync: sync.figures,
            })
            .collect())
    }
}

impl Diagnostics {
    /// What is known where no database can be opened.
    pub fn without_engine(health: &Health) -> Self {
        Self {
            made_at: health.clock.now.clone(),
            program: ProgramDiagnostics {
                version: health.version.clone(),
                time_zone_database: health.time_zone_database.clone(),
                web_engine: None,
                system: std::env::consts::OS.to_owned(),
                distribution: distribution(
                    &std::fs::read_to_string(OS_RELEASE).unwrap_or_default(),
                ),
                architecture: std::env::consts::ARCH.to_owned(),
                sample: false,
            },
            healthy: health.healthy,
            clock_is_behind: health.clock.problem.is_some(),
            keyring: KeyringDiagnosis::NotAsked,
            database: database(&health.database),
            pen: None,
            relay: None,
            unreadable_items: health.unreadable_items,
            settings: Vec::new(),
            accounts: Vec::new(),
            log: Vec::new(),
        }
    }

    /// Writes it to a new file in `folder`, named by the wall time `at`, and returns its path.
    ///
    /// # Errors
    /// [`Error::Open`] or [`Error::Store`] if the folder cannot be written or the disk is full,
    /// [`Error::Invalid`] if there are 99 files of the same minute.
    pub fn write_to(&self, folder: &Path, at: NaiveDateTime) -> Result<PathBuf, Error> {
        let text = serde_json::to_string_pretty(self)
            .map_err(|error| Error::Internal(error.to_string()))?;
        let stamp = at.format("%Y-%m-%d-%H%M");
        for number in 1..=MOST_OF_MINUTE {
            let name = if number == 1 {
                format!("dayline-diagnostics-{stamp}.json")
            } else {
                format!("dayline-diagnostics-{stamp}-{number}.json")
            };
            let path = folder.join(name);
            match write_new(&path, &text) {
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(disk_words(folder, error)),
                Ok(()) => return Ok(path),
            }
        }
        Err(Error::Invalid(
            "this folder has 99 files of this minute already; wait for the next minute".to_owned(),
        ))
    }
}

/// Writes a file that is not there yet, for its owner alone.
fn write_new(path: &Path, text: &str) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    let written = file
        .write_all(text.as_bytes())
        .and_then(|()| file.write_all(b"\n"))
        .and_then(|()| file.sync_all());
    if written.is_err() {
        // Half a file helps nobody.
        let _ = std::fs::remove_file(path);
    }
    written
}

fn keyring(problem: Option<&KeyringError>) -> KeyringDiagnosis {
    match problem {
        None => KeyringDiagnosis::Answers,
        Some(KeyringError::Missing) => KeyringDiagnosis::Missing,
        Some(KeyringError::Locked) => KeyringDiagnosis::Locked,
        Some(KeyringError::Failed(_)) => KeyringDiagnosis::Failed,
    }
}

/// The database without its folder, which often bears its user's name.
fn database(health: &DatabaseHealth) -> DatabaseDiagnostics {
    DatabaseDiagnostics {
        exists: health.exists,
        bytes: health.bytes,
        schema: health.schema,
        latest_schema: health.latest_schema,
        problems: health
            .problems
            .iter()
            .map(|problem| problem.replace(&health.folder, "(data folder)"))
            .collect(),
        last_backup: health.last_backup.clone(),
    }
}

/// Id and version of a distribution; `None` if the file does not tell.
fn distribution(os_release: &str) -> Option<String> {
    let value = |key: &str| {
        let line = os_release.lines().find_map(|line| line.strip_prefix(key))?;
        Some(line.trim_matches(['"', '\'']).to_owned())
    };
    let id = value("ID=")?;
    Some(match value("VERSION_ID=") {
        Some(version) => format!("{id} {version}"),
        None => id,
    })
}

fn day(day: &DayRuns) -> Option<DayDiagnostics> {
    Some(DayDiagnostics {
        date: date_of(day.day).ok().filter(|_| day.rounds > 0)?,
        rounds: day.rounds,
        failed: day.failed,
        calls: day.calls,
        changes: day.changes,
        median_ms: day.median_ms,
    })
}

fn calendar_diagnostics(
    calendar: &CalendarView,
    sync: &AccountSync,
    stats: &[CalendarStats],
    push: &PushReport,
    named: &Named,
) -> CalendarDiagnostics {
    let held = stats.iter().find(|one| one.id == calendar.id);
    let rounds = sync.calendars.iter().find(|one| one.id == calendar.id);
    let push = push.calendars.iter().find(|one| one.id == calendar.id);
    CalendarDiagnostics {
        name: named.calendar(&calendar.id).unwrap_or_default(),
        is_primary: calendar.is_primary,
        is_connected: calendar.is_connected,
        is_visible: calendar.is_visible,
        is_shared: calendar.delegate_email.is_some(),
        can_edit: calendar.can_edit,
        has_problem: calendar.problem.is_some(),
        last_success: calendar.last_synced_at.clone(),
        events: held.map_or(0, |held| held.events),
        teams_meetings: held.map_or(0, |held| held.teams_meetings),
        sync: rounds.map(|rounds| rounds.figures.clone()),
        push: push.map(|push| PushDiagnostics {
            active: push.active,
            expires_at: push.expires_at.clone(),
            last_notification_at: push.last_notification_at.clone(),
            lag_secs: push.lag_secs,
            why: push.why,
        }),
    }
}

/// Names that say nothing, by our ids.
struct Named {
    accounts: BTreeMap<String, String>,
    calendars: BTreeMap<String, String>,
}

impl Named {
    fn of(accounts: &[AccountView]) -> Self {
        let calendars = accounts.iter().flat_map(|account| &account.calendars);
        Self {
            accounts: (1..)
                .zip(accounts)
                .map(|(number, one)| (one.id.clone(), format!("account {number}")))
                .collect(),
            calendars: (1..)
                .zip(calendars)
                .map(|(number, one)| (one.id.clone(), format!("calendar {number}")))
                .collect(),
        }
    }

    fn account(&self, id: &str) -> Option<String> {
        self.accounts.get(id).cloned()
    }

    fn calendar(&self, id: &str) -> Option<String> {
        self.calendars.get(id).cloned()
    }

    fn logged(&self, row: &AuditRow) -> LoggedAction {
        let details: BTreeMap<String, serde_json::Value> = row
            .details
            .as_deref()
            .and_then(|details| serde_json::from_str(details).ok())
            .unwrap_or_default();
        LoggedAction {
            at: crate::engine::rfc3339(row.at),
            action: row.action.clone(),
            account: row.account.and_then(|id| self.account(&id.to_string())),
            calendar: row.calendar.and_then(|id| self.calendar(&id.to_string())),
            outcome: row.outcome.clone(),
            counts: details
                .into_iter()
                .filter(|(_, value)| value.is_number() || value.is_boolean())
                .collect(),
        }
    }
}

#[cfg(test)]
mod tests;
