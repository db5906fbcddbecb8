//! Events across days: finding them, what changed about them, and what belongs to them.

use dayline_engine::view::{ChangeView, ChangesView, SearchQuery, SearchResults, ThreadReport};
use tauri::State;

use super::Answer;
use crate::state::Shell;

/// Finds events by their words.
#[tauri::command]
#[specta::specta]
pub async fn search(shell: State<'_, Shell>, query: SearchQuery) -> Answer<SearchResults> {
    Ok(shell.engine().await?.search(&query).await?)
}

/// What changed about known events, the newest first.
#[tauri::command]
#[specta::specta]
pub async fn changes(shell: State<'_, Shell>, limit: i32, zone: String) -> Answer<ChangesView> {
    Ok(shell.engine().await?.changes(limit, &zone)?)
}

/// Marks a change and all before it as seen.
#[tauri::command]
#[specta::specta]
pub async fn mark_changes_seen(shell: State<'_, Shell>, through: String) -> Answer<()> {
    Ok(shell.engine().await?.mark_changes_seen(&through)?)
}

/// What changed about one event and its series, the newest first.
#[tauri::command]
#[specta::specta]
pub async fn event_changes(
    shell: State<'_, Shell>,
    occurrence_id: String,
    zone: String,
) -> Answer<Vec<ChangeView>> {
    Ok(shell.engine().await?.event_changes(&occurrence_id, &zone)?)
}

/// The events that belong to the same thread as an occurrence: its series and its copies.
#[tauri::command]
#[specta::specta]
pub async fn thread(
    shell: State<'_, Shell>,
    occurrence_id: String,
    zone: String,
    limit: i32,
) -> Answer<ThreadReport> {
    let engine = shell.engine().await?;
    Ok(engine.thread_report(&occurrence_id, &zone, limit)?)
}
