//! The window itself: its first picture, the sample, what it remembers, and printing.

use dayline_engine::Error;
use dayline_engine::view::Bootstrap;
use tauri::{State, WebviewWindow};

use super::Answer;
use crate::state::Shell;

/// Everything the window needs to paint its first picture. Where the data could not be opened
/// before, it is tried again.
#[tauri::command]
#[specta::specta]
pub async fn bootstrap(shell: State<'_, Shell>) -> Answer<Bootstrap> {
    Ok(shell.reopened().await?.bootstrap()?)
}

/// Switches to the sample data.
#[tauri::command]
#[specta::specta]
pub async fn look_around(shell: State<'_, Shell>) -> Answer<Bootstrap> {
    shell.look_around().await?;
    Ok(shell.engine().await?.bootstrap()?)
}

/// Goes back from the sample data to the user's own.
#[tauri::command]
#[specta::specta]
pub async fn leave_sample(shell: State<'_, Shell>) -> Answer<Bootstrap> {
    shell.leave_sample().await?;
    Ok(shell.engine().await?.bootstrap()?)
}

/// Told once, when the first week with its events is on screen.
#[tauri::command]
#[specta::specta]
pub async fn painted(shell: State<'_, Shell>, occurrences: u32) -> Answer<()> {
    shell.note_painted(occurrences);
    Ok(())
}

/// Keeps what the window wants to remember; [`bootstrap`] gives it back.
#[tauri::command]
#[specta::specta]
pub async fn set_preferences(shell: State<'_, Shell>, json: String) -> Answer<()> {
    Ok(shell.engine().await?.set_preferences(&json)?)
}

/// Shows the system's dialog for printing what the window shows.
#[tauri::command]
#[specta::specta]
pub async fn print_view(window: WebviewWindow) -> Answer<()> {
    window
        .print()
        .map_err(|error| Error::Internal(format!("printing: {error}")))?;
    Ok(())
}
