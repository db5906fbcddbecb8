//! Keeping the database in good order: once a day while nothing else is to be done.
//!
//! Each step stands alone: one that fails is told and does not stop the others. What is removed
//! from the database lies in its file first. A run may be dropped anywhere and is begun anew.
//!
//! `PRAGMA optimize` is left out: every query is written for its indexes, and what SQLite learns of
//! the tables makes it turn them round. With statistics the range query is done once a calendar.

mod backups;
mod exports;

use std::future::Future;

use chrono::{DateTime, TimeDelta, Utc};
use dayline_store::{Generation, NewAudit, StoreError};
use serde::{Deserialize, Serialize};

use crate::error::sentence;
use crate::{Engine, Error};

/// How long it is kept how rounds went, and how long audit rows stay in the database.
const KEEP: TimeDelta = TimeDelta::days(90);
/// The folder of the daily backups, below the data folder.
pub(crate) const BACKUPS: &str = "backups";
/// The setting that keeps when the last run ended.
pub(crate) const LAST_RUN: &str = "maintenance.last_run";

/// How a run went.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MaintenanceReport {
    /// Each step in the order it was done.
    pub steps: Vec<MaintenanceStep>,
}

impl MaintenanceReport {
    /// True if every step did what it is for.
    pub fn is_ok(&self) -> bool {
        self.steps.iter().all(|step| step.problem.is_none())
    }
}

/// One step.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MaintenanceStep {
    /// A word such as `backup`.
    pub step: String,
    /// How many rows, files or keys it was about.
    pub count: u32,
    /// Why it could not be done, in words.
    pub problem: Option<String>,
}

/// A failing disk, in words that say what to do.
pub(crate) fn disk_words(folder: &std::path::Path, error: std::io::Error) -> Error {
    match error.kind() {
        std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => {
            Error::Store(StoreError::Disk)
        }
        _ => Error::Open(dayline_store::OpenError::Folder {
            folder: folder.to_owned(),
            cause: error,
        }),
    }
}

impl Engine {
    /// When the last run ended.
    pub(crate) fn last_maintenance(&self) -> Result<Option<DateTime<Utc>>, Error> {
        let at = self.store().read(|read| read.find_setting(LAST_RUN))?;
        Ok(at.and_then(|at| at.parse().ok()))
    }

    /// Runs every step under our lease.
    ///
    /// # Errors
    /// [`StoreError::LeaseLost`]; everything else is part of the report.
    /// # Cancel safety
    /// What was done stays done, and nothing is half done.
    pub(crate) async fn maintain_under(
        &self,
        generation: Generation,
    ) -> Result<MaintenanceReport, Error> {
        let mut report = MaintenanceReport::default();
        report
            .keep("retired_keys", self.remove_retired_keys(generation))
            .await?;
        report
            .keep("old_rounds", self.purge_rounds(generation))
            .await?;
        report
            .keep("audit_export", self.export_audit(generation))
            .await?;
        report
            .keep("audit_files", async { self.remove_old_exports() })
            .await?;
        report
            .keep("search_index", async {
                let left = self.index_events().await?;
                Ok(u32::try_from(left).unwrap_or(u32::MAX))
            })
            .await?;
        report.keep("backup", self.daily_backup()).await?;
        report
            .keep("checkpoint", async {
                Ok(u32::from(self.store().checkpoint()?))
            })
            .await?;
        self.note_maintenance(generation, &report)?;
        Ok(report)
    }

    /// Keeps that a run ended, even one with a problem: a full disk is not asked every minute.
    fn note_maintenance(
        &self,
        generation: Generation,
        report: &MaintenanceReport,
    ) -> Result<(), Error> {
        let now = self.now();
        let failed: Vec<&str> = report
            .steps
            .iter()
            .filter(|step| step.problem.is_some())
            .map(|step| step.step.as_str())
            .collect();
        let details = serde_json::json!({ "failed": failed }).to_string();
        let kept = self.store().write_held(generation, |write| {
            write.put_setting(LAST_RUN, &now.to_rfc3339())?;
            write.insert_audit(
                &NewAudit {
                    action: "maintenance",
                    outcome: if failed.is_empty() {
                        "ok"
                    } else {
                        "incomplete"
                    },
                    details: (!failed.is_empty()).then_some(details),
                    ..NewAudit::default()
                },
                now,
            )
        });
        match kept {
            Err(StoreError::LeaseLost) => Err(StoreError::LeaseLost.into()),
            Err(error) => {
                tracing::warn!(%error, "that maintenance ran is not kept");
                Ok(())
            }
            Ok(()) => Ok(()),
        }
    }

    async fn purge_rounds(&self, generation: Generation) -> Result<u32, Error> {
        let before = self.now() - KEEP;
        let mut purged = 0;
        loop {
            let some = self
                .store()
                .write_held(generation, |write| write.purge_sync_runs(before))?;
            if some == 0 {
                return Ok(purged);
            }
            purged += u32::try_from(some).unwrap_or(u32::MAX);
            tokio::task::yield_now().await;
        }
    }
}

impl MaintenanceReport {
    /// Does a step and keeps how it went.
    async fn keep(
        &mut self,
        step: &str,
        work: impl Future<Output = Result<u32, Error>>,
    ) -> Result<(), Error> {
        let (count, problem) = match work.await {
            Ok(count) => (count, None),
            Err(error @ Error::Store(StoreError::LeaseLost)) => return Err(error),
            Err(error) => {
                tracing::warn!(step, %error, "a step of maintenance failed");
                (0, Some(sentence(&error.to_string())))
            }
        };
        self.steps.push(MaintenanceStep {
            step: step.to_owned(),
            count,
            problem,
        });
        Ok(())
    }
}
