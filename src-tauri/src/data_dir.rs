//! Where Dayline keeps its data.

use std::path::PathBuf;

/// The folder's name; the terminal's `dayline` uses the same.
const NAME: &str = "app.dayline.desktop";

/// The user's data folder for Dayline: under `$XDG_DATA_HOME`, Application Support or AppData.
///
/// # Errors
/// The system names no data folder, as for a user without a home.
pub fn find() -> anyhow::Result<PathBuf> {
    let base = dirs::data_dir().ok_or_else(|| {
        anyhow::anyhow!("this user has no data folder; name one with --data-dir DIR")
    })?;
    Ok(base.join(NAME))
}
