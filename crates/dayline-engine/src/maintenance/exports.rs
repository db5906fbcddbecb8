//! Audit rows that leave the database: a compressed file a month, kept for a year.
//!
//! A file is whole before its rows are removed. If a run is cut off between the two, the next one
//! finds the rows in the file and adds none twice.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

use chrono::{Months, NaiveDate};
use dayline_store::{AuditRow, Generation};
use flate2::Compression;
use flate2::read::MultiGzDecoder;
use flate2::write::GzEncoder;

use super::backups::{create_private, sync_folder};
use super::{KEEP, disk_words};
use crate::{AuditEntry, Engine, Error};

/// How many rows are moved at once.
const BATCH: u32 = 5_000;
/// How long a month's file is kept after its month.
const KEEP_FILES: Months = Months::new(12);

impl Engine {
    /// Moves rows older than 90 days to files. Returns how many.
    pub(super) async fn export_audit(&self, generation: Generation) -> Result<u32, Error> {
        let before = self.now() - KEEP;
        let mut moved = 0;
        loop {
            let rows = self.store().read(|read| read.audit_before(before, BATCH))?;
            let Some(first) = rows.first() else {
                return Ok(moved);
            };
            let month = first.at.format("%Y-%m").to_string();
            let rows: Vec<AuditRow> = rows
                .into_iter()
                .take_while(|row| row.at.format("%Y-%m").to_string() == month)
                .collect();
            append(&self.exports(), &month, &rows)
                .map_err(|error| disk_words(&self.exports(), error))?;
            let ids: Vec<i64> = rows.iter().map(|row| row.id).collect();
            self.store()
                .write_held(generation, |write| write.remove_audit(&ids))?;
            moved += u32::try_from(ids.len()).unwrap_or(u32::MAX);
            tokio::task::yield_now().await;
        }
    }

    /// Removes files that were kept for a year. Returns how many.
    pub(super) fn remove_old_exports(&self) -> Result<u32, Error> {
        let today = self.now().date_naive();
        let entries = match fs::read_dir(self.exports()) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(0),
            entries => entries.map_err(|error| disk_words(&self.exports(), error))?,
        };
        let mut removed = 0;
        for entry in entries {
            let entry = entry.map_err(|error| disk_words(&self.exports(), error))?;
            if month_of(&entry.file_name().to_string_lossy())
                .is_some_and(|month| is_old(month, today))
            {
                fs::remove_file(entry.path())
                    .map_err(|error| disk_words(&self.exports(), error))?;
                removed += 1;
            }
        }
        Ok(removed)
    }

    fn exports(&self) -> PathBuf {
        self.config().folder.join("audit")
    }
}

/// The first day of the month that a file is of.
fn month_of(name: &str) -> Option<NaiveDate> {
    let month = name.strip_prefix("audit-")?.get(..7)?;
    format!("{month}-01").parse().ok()
}

/// Whether a month's file was kept long enough.
fn is_old(month: NaiveDate, today: NaiveDate) -> bool {
    month
        .checked_add_months(Months::new(1))
        .and_then(|end| end.checked_add_months(KEEP_FILES))
        .is_some_and(|until| until <= today)
}

/// Adds rows to a month's file, as a gzip member of their own.
fn append(folder: &Path, month: &str, rows: &[AuditRow]) -> io::Result<()> {
    create_private(folder)?;
    let path = folder.join(format!("audit-{month}.jsonl.gz"));
    let mut bytes = match fs::read(&path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
        Err(error) => return Err(error),
    };
    let known = match known_ids(&bytes) {
        Ok(known) => known,
        Err(error) => {
            // What cannot be read is kept, and not added to.
            tracing::warn!(%error, "a file of the audit log is damaged and set aside");
            fs::rename(&path, path.with_extension("damaged"))?;
            bytes.clear();
            BTreeSet::new()
        }
    };
    let mut member = GzEncoder::new(Vec::new(), Compression::default());
    for row in rows.iter().filter(|row| !known.contains(&row.id)) {
        let id = row.id;
        let mut value = serde_json::to_value(AuditEntry::from(row.clone()))?;
        if let Some(fields) = value.as_object_mut() {
            fields.insert("id".to_owned(), id.into());
        }
        writeln!(member, "{value}")?;
    }
    bytes.extend(member.finish()?);
    let unfinished = path.with_extension("part");
    let mut options = fs::OpenOptions::new();
    options.create(true).truncate(true).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&unfinished)?;
    file.write_all(&bytes)?;
    file.sync_all()?;
    fs::rename(&unfinished, &path)?;
    sync_folder(folder)
}

fn known_ids(bytes: &[u8]) -> io::Result<BTreeSet<i64>> {
    if bytes.is_empty() {
        return Ok(BTreeSet::new());
    }
    let mut text = String::new();
    MultiGzDecoder::new(bytes).read_to_string(&mut text)?;
    text.lines()
        .map(|line| {
            let value: serde_json::Value = serde_json::from_str(line)?;
            let id = value.get("id").and_then(serde_json::Value::as_i64);
            id.ok_or_else(|| io::Error::new(io::ErrorKind::InvalidData, "a line without its id"))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_months_file_is_kept_for_a_year_after_it() {
        let date = |text: &str| text.parse::<NaiveDate>().unwrap();
        for (name, today, old) in [
            ("audit-2025-10.jsonl.gz", "2026-10-31", false),
            ("audit-2025-10.jsonl.gz", "2026-11-01", true),
            ("audit-2026-10.jsonl.gz", "2026-11-01", false),
        ] {
            assert_eq!(
                is_old(month_of(name).unwrap(), date(today)),
                old,
                "{name} {today}"
            );
        }
        assert_eq!(month_of("notes.txt"), None);
    }

    #[test]
    fn rows_that_lie_in_the_file_are_not_added_twice() {
        let folder = tempfile::tempdir().unwrap();
        let row = |id| AuditRow {
            id,
            at: "2026-08-01T10:00:00Z".parse().unwrap(),
            action: "sync".to_owned(),
            account: None,
            calendar: None,
            outcome: "ok".to_owned(),
            details: None,
        };
        append(folder.path(), "2026-08", &[row(1), row(2)]).unwrap();
        append(folder.path(), "2026-08", &[row(2), row(3)]).unwrap();
        let path = folder.path().join("audit-2026-08.jsonl.gz");
        let mut text = String::new();
        MultiGzDecoder::new(&*fs::read(&path).unwrap())
            .read_to_string(&mut text)
            .unwrap();
        assert_eq!(text.lines().count(), 3, "{text}");
        // Cut off by a failing disk: what is left is kept beside a new file.
        fs::write(&path, &fs::read(&path).unwrap()[..20]).unwrap();
        append(folder.path(), "2026-08", &[row(4)]).unwrap();
        assert_eq!(known_ids(&fs::read(&path).unwrap()).unwrap(), [4].into());
        assert!(folder.path().join("audit-2026-08.jsonl.damaged").exists());
    }
}
