//! How all is doing, and hearing of changes.

use dayline_engine::view::HealthReport;
use dayline_engine::{CalendarId, Error, PushReport};
use tauri::{AppHandle, Manager as _, State};

use super::Answer;
use crate::state::Shell;

/// Why accounts cannot be signed in or refreshed now; nothing when all is well.
#[tauri::command]
#[specta::specta]
pub async fn keyring_problem(shell: State<'_, Shell>) -> Answer<Option<String>> {
    Ok(shell.engine().await?.keyring_problem().await?)
}

/// How each calendar's changes come to be known.
#[tauri::command]
#[specta::specta]
pub async fn push_report(shell: State<'_, Shell>) -> Answer<PushReport> {
    Ok(shell.engine().await?.push_report()?)
}

/// Uses another relay from now on, or none.
#[tauri::command]
#[specta::specta]
pub async fn set_relay_url(shell: State<'_, Shell>, url: Option<String>) -> Answer<()> {
    Ok(shell.engine().await?.set_relay_url(url.as_deref())?)
}

/// Lets a calendar's provider tell of changes, or not.
#[tauri::command]
#[specta::specta]
pub async fn set_push_wanted(
    shell: State<'_, Shell>,
    calendar_id: String,
    wanted: bool,
) -> Answer<()> {
    let calendar: CalendarId = calendar_id
        .parse()
        .map_err(|_| Error::NotFound("calendar"))?;
    let engine = shell.engine().await?;
    Ok(engine.set_push_wanted(calendar, wanted).await?)
}

/// How synchronisation went in the last 30 days.
#[tauri::command]
#[specta::specta]
pub async fn health_report(shell: State<'_, Shell>, zone: String) -> Answer<HealthReport> {
    Ok(shell.engine().await?.health_report(&zone)?)
}

/// Writes a file that helps to find out what is wrong, and answers its path: into the user's folder
/// for downloads, else the data folder.
#[tauri::command]
#[specta::specta]
pub async fn export_diagnostics(app: AppHandle, shell: State<'_, Shell>) -> Answer<String> {
    let downloads = app.path().download_dir().ok();
    let folder = downloads
        .filter(|folder| folder.is_dir())
        .unwrap_or_else(|| shell.data_folder().to_owned());
    let engine = shell.engine().await?;
    let path = engine
        .export_diagnostics(&folder, tauri::webview_version().ok())
        .await?;
    Ok(path.display().to_string())
}
