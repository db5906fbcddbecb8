//! Whether all is well on this computer, and what to do where it is not.
//!
//! It reads and changes nothing. What is wrong with an account is in the words that its last sync
//! found; here stands only what helps, as something that can be done as it is written.

use std::path::Path;
use std::time::SystemTime;

use chrono::{DateTime, TimeDelta, Utc};
use dayline_store::{FILE_NAME, LATEST, verify};
use url::Url;

use crate::engine::rfc3339;
use crate::error::{keyring_sentence, sentence};
use crate::view::{
    AccountHealth, AccountView, CalendarProblem, ClockHealth, DatabaseHealth, Health, PenHealth,
    ProviderKind, Remedy, need,
};
use crate::{Engine, Error};

/// How far ahead of the clock something may have happened before the clock is doubted.
const SKEW: TimeDelta = TimeDelta::minutes(2);

/// Looks at the database in `folder` without opening it for anything else.
///
/// Shape: a folder without one has no problem; it only has no database yet.
pub fn database_health(folder: &Path) -> DatabaseHealth {
    let bytes = [FILE_NAME.to_owned(), format!("{FILE_NAME}-wal")]
        .iter()
        .filter_map(|name| std::fs::metadata(folder.join(name)).ok())
        .map(|file| file.len())
        .sum();
    let mut health = DatabaseHealth {
        folder: folder.display().to_string(),
        exists: folder.join(FILE_NAME).exists(),
        bytes,
        schema: None,
        latest_schema: LATEST,
        problems: Vec::new(),
        last_backup: last_backup(folder),
    };
    if !health.exists {
        return health;
    }
    match verify(folder) {
        Ok(report) => {
            health.schema = Some(report.version);
            health.problems = report.problems.iter().map(|text| sentence(text)).collect();
        }
        Err(error) => health.problems.push(sentence(&error.to_string())),
    }
    health
}

/// When the newest backup was made: the daily ones, and those before a rollback.
fn last_backup(folder: &Path) -> Option<String> {
    let daily = folder.join(crate::maintenance::BACKUPS);
    let newest: SystemTime = [(folder, ".backup.sqlite3"), (&daily, ".sqlite3")]
        .into_iter()
        .flat_map(|(folder, ending)| {
            let entries = std::fs::read_dir(folder).into_iter().flatten();
            entries.filter_map(Result::ok).filter(move |entry| {
                let name = entry.file_name();
                name.to_str().is_some_and(|name| name.ends_with(ending))
            })
        })
        .filter_map(|entry| entry.metadata().ok()?.modified().ok())
        .max()?;
    Some(rfc3339(DateTime::<Utc>::from(newest)))
}

impl Health {
    /// What is known where no database can be opened.
    pub fn without_engine(database: DatabaseHealth, now: DateTime<Utc>) -> Self {
        Self {
            healthy: database.problems.is_empty(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            time_zone_database: crate::sync::time_zone_database().to_owned(),
            clock: ClockHealth {
                now: rfc3339(now),
                problem: None,
            },
            database,
            keyring_problem: None,
            pen: PenHealth::default(),
            accounts: Vec::new(),
            push: None,
            unreadable_items: 0,
        }
    }
}

impl Engine {
    /// Why accounts cannot be signed in or refreshed now, in words; `None` when all is well. A
    /// keyring that asks the user to unlock it answers only then.
    ///
    /// # Errors
    /// [`Error::Store`] if the name of the key cannot be read.
    pub async fn keyring_problem(&self) -> Result<Option<String>, Error> {
        let error = self.keyring_error().await?;
        Ok(error.as_ref().map(keyring_sentence))
    }

    /// How all is, beside what is known of the database.
    ///
    /// # Errors
    /// [`Error::Store`] if the database fails meanwhile.
    pub async fn health(&self, database: DatabaseHealth) -> Result<Health, Error> {
        let mut health = Health::without_engine(database, self.now());
        health.keyring_problem = self.keyring_problem().await?;
        health.pen = self.pen_health().await?;
        health.unreadable_items = self.store().read(|read| read.count_all_quarantined())?;
        health.clock.problem = self.clock_problem()?;
        health.push = Some(self.push_report()?);
        let day = self.sync_success(TimeDelta::hours(24))?;
        let month = self.sync_success(TimeDelta::days(30))?;
        for ((account, day), month) in self.accounts()?.into_iter().zip(day).zip(month) {
            let mut entry = self.account_health(&account);
            entry.success_24_hours = day.figures.success_rate;
            entry.success_30_days = month.figures.success_rate;
            health.accounts.push(entry);
        }
        health.healthy &= health.keyring_problem.is_none()
            && health.clock.problem.is_none()
            && health
                .accounts
                .iter()
                .all(|account| !account.needs_action && account.calendar_problems.is_empty());
        Ok(health)
    }

    fn account_health(&self, account: &AccountView) -> AccountHealth {
        AccountHealth {
            id: account.id.clone(),
            account: account.email.clone(),
            provider: account.provider,
            cloud: account.cloud,
            state: account.state,
            problem_code: account.problem_code,
            problem: account.problem.clone(),
            remedy: account.remedy,
            what_to_do: account.remedy.and_then(|remedy| {
                let link = self.admin_consent_link(&account.id).ok();
                what_to_do(account, remedy, link)
            }),
            needs_action: need(account).is_some(),
            last_success: account.last_synced_at.clone(),
            success_24_hours: None,
            success_30_days: None,
            calendar_problems: account
                .calendars
                .iter()
                .filter_map(|calendar| {
                    Some(CalendarProblem {
                        id: calendar.id.clone(),
                        name: calendar.name.clone(),
                        problem: calendar.problem.clone()?,
                    })
                })
                .collect(),
        }
    }

    /// Whether something happened after now.
    fn clock_problem(&self) -> Result<Option<String>, Error> {
        let (accounts, calendars) = self
            .store()
            .read(|read| Ok((read.accounts()?, read.calendars()?)))?;
        let latest = accounts
            .iter()
            .filter_map(|account| account.last_success_at)
            .chain(calendars.iter().filter_map(|row| row.last_synced_at))
            .max();
        Ok(latest.filter(|at| *at > self.now() + SKEW).map(|at| {
            format!(
                "The last sync is in the future ({}). Set the clock of this computer.",
                rfc3339(at)
            )
        }))
    }
}

/// What helps, as something that can be done as it is written; `None` if nothing has to be done.
fn what_to_do(account: &AccountView, remedy: Remedy, link: Option<Url>) -> Option<String> {
    let provider = match account.provider {
        ProviderKind::Microsoft => "microsoft",
        ProviderKind::Google => "google",
    };
    let text = match (remedy, link) {
        (Remedy::SignIn, _) => {
            format!("Sign in again: dayline accounts sign-in {}", account.email)
        }
        (Remedy::AskAdmin, Some(link)) => format!("Send your administrator this link: {link}"),
        (Remedy::AskAdmin, None) => format!(
            "Ask your administrator to allow Dayline, then: dayline accounts sign-in {}",
            account.email
        ),
        (Remedy::ChooseAccount, _) => {
            format!("Sign in with another account: dayline accounts add {provider}")
        }
        (Remedy::CheckRegistration, _) => {
            format!("Look at how Dayline is registered: docs/setup-{provider}.md")
        }
        (Remedy::TryAgain, _) => "Try again: dayline sync".to_owned(),
        (Remedy::Wait, _) => "Nothing to do; Dayline tries again by itself.".to_owned(),
        (Remedy::Nothing, _) => return None,
    };
    Some(text)
}
