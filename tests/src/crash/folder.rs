//! Data folders that are copied for each point.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};

use crate::run::DATABASE;

/// Copies the files of `from` with those of its folders to `to`. Sockets stay behind.
///
/// # Errors
/// A file cannot be read or written.
pub fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from).with_context(|| from.display().to_string())? {
        let entry = entry?;
        let (kind, target) = (entry.file_type()?, to.join(entry.file_name()));
        if kind.is_dir() {
            copy(&entry.path(), &target)?;
        } else if kind.is_file() {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}

/// Removes the copies of the database that Dayline keeps in a data folder.
///
/// # Errors
/// One cannot be removed.
pub fn remove_copies(folder: &Path) -> Result<()> {
    let backups = folder.join("backups");
    if backups.exists() {
        fs::remove_dir_all(backups)?;
    }
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let is_copy = path.extension().is_some_and(|ending| ending == "sqlite3");
        if is_copy && path.file_name().is_none_or(|name| name != DATABASE) {
            fs::remove_file(path)?;
        }
    }
    Ok(())
}
