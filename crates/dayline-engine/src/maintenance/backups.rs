//! A copy of the database a day, within a limit of bytes.

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use chrono::NaiveDate;
use dayline_store::{NewAudit, StoreError};

use super::disk_words;
use crate::{Engine, Error};

/// How many daily copies are kept.
const KEEP: usize = 7;
/// How many bytes they may take together, unless the setting says otherwise.
const MAX_BYTES: u64 = 512 * 1024 * 1024;
/// The setting for it.
const MAX_BYTES_KEY: &str = "backup.max_bytes";
/// Marks a copy that is being written.
const UNFINISHED: &str = "part";

/// A copy that lies in the folder.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Copy {
    date: NaiveDate,
    bytes: u64,
}

/// Which copies go, once the newest one is written: all but the newest seven, and of these the
/// oldest until the rest fits. The newest stays.
fn plan_removal(copies: &[Copy], max_bytes: u64) -> Vec<NaiveDate> {
    let mut newest_first: Vec<&Copy> = copies.iter().collect();
    newest_first.sort_by_key(|copy| std::cmp::Reverse(copy.date));
    let mut total: u64 = 0;
    let mut full = false;
    let mut gone = Vec::new();
    for (place, copy) in newest_first.into_iter().enumerate() {
        full |= place > 0 && (place >= KEEP || total.saturating_add(copy.bytes) > max_bytes);
        if full {
            gone.push(copy.date);
        } else {
            total = total.saturating_add(copy.bytes);
        }
    }
    gone
}

/// Tells a copy that nobody waits for it any more.
struct Wanted(Arc<AtomicBool>);

impl Drop for Wanted {
    fn drop(&mut self) {
        self.0.store(false, Ordering::Relaxed);
    }
}

impl Engine {
    /// Writes today's copy and removes those that are too many. Returns how many there are.
    pub(super) async fn daily_backup(&self) -> Result<u32, Error> {
        let max = self
            .store()
            .read(|read| read.find_setting(MAX_BYTES_KEY))?
            .and_then(|text| text.parse().ok())
            .unwrap_or(MAX_BYTES);
        let bytes = self.store().used_bytes()?;
        if bytes > max {
            self.note_backup("too_large", bytes);
            let words = format!(
                "the database takes {} MB, more than backups may together: none was made",
                bytes / 1_000_000
            );
            return Err(Error::Store(StoreError::Backup(words)));
        }
        let folder = self.backups();
        create_private(&folder).map_err(|error| disk_words(&self.backups(), error))?;
        let target = self.backup_path(self.now().date_naive());
        let unfinished = target.with_extension(UNFINISHED);
        // Left by a run that was cut off; who holds the pen is the only one who writes here.
        let _ = fs::remove_file(&unfinished);
        let wanted = Wanted(Arc::new(AtomicBool::new(true)));
        let is_wanted = wanted.0.clone();
        let (engine, file) = (self.clone(), unfinished.clone());
        // Large databases take seconds.
        let copied = tokio::task::spawn_blocking(move || {
            engine
                .store()
                .snapshot(&file, move || is_wanted.load(Ordering::Relaxed))
        })
        .await
        .map_err(|error| Error::Internal(error.to_string()))?;
        drop(wanted);
        if let Err(error) = copied {
            self.note_backup("failed", bytes);
            return Err(error.into());
        }
        fs::rename(&unfinished, &target).map_err(|error| disk_words(&self.backups(), error))?;
        sync_folder(&folder).map_err(|error| disk_words(&self.backups(), error))?;
        self.note_backup("ok", fs::metadata(&target).map_or(bytes, |file| file.len()));
        let copies = self
            .copies()
            .map_err(|error| disk_words(&self.backups(), error))?;
        let gone = plan_removal(&copies, max);
        for date in &gone {
            fs::remove_file(self.backup_path(*date))
                .map_err(|error| disk_words(&self.backups(), error))?;
        }
        Ok(u32::try_from(copies.len() - gone.len()).unwrap_or(u32::MAX))
    }

    pub(crate) fn note_backup(&self, outcome: &str, bytes: u64) {
        self.note(&NewAudit {
            action: "backup",
            outcome,
            details: Some(serde_json::json!({ "bytes": bytes }).to_string()),
            ..NewAudit::default()
        });
    }

    fn backups(&self) -> PathBuf {
        self.config().folder.join(super::BACKUPS)
    }

    fn backup_path(&self, date: NaiveDate) -> PathBuf {
        self.backups().join(format!("dayline-{date}.sqlite3"))
    }

    fn copies(&self) -> std::io::Result<Vec<Copy>> {
        let mut copies = Vec::new();
        for entry in fs::read_dir(self.backups())? {
            let entry = entry?;
            let name = entry.file_name();
            let date = name
                .to_str()
                .and_then(|name| name.strip_prefix("dayline-")?.strip_suffix(".sqlite3"))
                .and_then(|date| date.parse().ok());
            if let Some(date) = date {
                let bytes = entry.metadata()?.len();
                copies.push(Copy { date, bytes });
            }
        }
        Ok(copies)
    }
}

/// Makes a folder that only its owner may enter.
pub(super) fn create_private(folder: &std::path::Path) -> std::io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// Puts a renamed file's name on the disk.
pub(super) fn sync_folder(folder: &std::path::Path) -> std::io::Result<()> {
    #[cfg(unix)]
    fs::File::open(folder)?.sync_all()?;
    #[cfg(not(unix))]
    let _ = folder;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_copies_stay_as_far_as_they_fit() {
        // Sizes from the newest to the oldest; how many stay of a limit of 100.
        let cases: [(&[u64], usize); 6] = [
            (&[], 0),
            (&[10], 1),
            (&[10; 9], 7),
            (&[40, 40, 40, 1], 2),
            (&[200, 1], 1),
            (&[50, 50], 2),
        ];
        for (sizes, expected) in cases {
            let first: NaiveDate = "2026-11-20".parse().unwrap();
            let copies: Vec<Copy> = sizes
                .iter()
                .zip(0..)
                .map(|(bytes, age)| Copy {
                    date: first - chrono::Days::new(age),
                    bytes: *bytes,
                })
                .collect();
            let gone = plan_removal(&copies, 100);
            let old: Vec<NaiveDate> = copies[expected..].iter().map(|copy| copy.date).collect();
            assert_eq!(gone, old, "{sizes:?}");
        }
    }
}
