//! Where Dayline keeps its data, and where the web engine keeps its own.

use std::path::{Path, PathBuf};

use anyhow::Context as _;

/// The folder's name; the terminal's `dayline` uses the same.
const NAME: &str = "app.dayline.desktop";

/// The folders that Dayline writes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folders {
    /// The user's calendars.
    pub data: PathBuf,
    /// What the web engine writes by itself: apart from the calendars, and of no worth.
    pub webview: PathBuf,
}

impl Folders {
    /// The user's folders for Dayline, or everything in `chosen`.
    ///
    /// # Errors
    /// The system names no such folders, as for a user without a home.
    pub fn find(chosen: Option<&Path>) -> anyhow::Result<Self> {
        if let Some(chosen) = chosen {
            let data = std::path::absolute(chosen).context("the data folder")?;
            let webview = data.join("webview");
            return Ok(Self { data, webview });
        }
        let missing = "this user has no data folder; name one with --data-dir DIR";
        Ok(Self {
            data: dirs::data_dir().context(missing)?.join(NAME),
            webview: dirs::cache_dir().context(missing)?.join(NAME),
        })
    }

    /// Makes the folders, and their parents, for this user alone: the web engine would make them
    /// for everybody.
    ///
    /// # Errors
    /// The disk's.
    pub fn make(&self) -> std::io::Result<()> {
        let mut builder = std::fs::DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(&self.data)?;
        builder.create(&self.webview)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chosen_folder_holds_everything() {
        let folder = tempfile::tempdir().unwrap();
        let folders = Folders::find(Some(folder.path())).unwrap();
        assert_eq!(folders.data, folder.path());
        assert!(folders.webview.starts_with(folder.path()));
    }

    #[cfg(unix)]
    #[test]
    fn what_is_made_is_for_its_user_alone() {
        use std::os::unix::fs::PermissionsExt as _;
        let parent = tempfile::tempdir().unwrap();
        let folders = Folders::find(Some(&parent.path().join("new"))).unwrap();
        folders.make().unwrap();
        for folder in [&folders.data, &folders.webview] {
            let mode = std::fs::metadata(folder).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o700, "{}", folder.display());
        }
    }
}
