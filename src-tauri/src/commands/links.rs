//! Links that leave the window, through the gate, and the user's own patterns of them.

use dayline_engine::Error;
use dayline_engine::view::{PatternTrial, PatternView};
use tauri::State;

use super::Answer;
use crate::state::Shell;

/// Opens a join candidate outside, through the gate.
#[tauri::command]
#[specta::specta]
pub async fn join(shell: State<'_, Shell>, occurrence_id: String, index: u32) -> Answer<()> {
    let engine = shell.engine().await?;
    Ok(engine.join(&occurrence_id, place(index)?).await?)
}

/// Opens an event's page at its provider.
#[tauri::command]
#[specta::specta]
pub async fn open_event_page(shell: State<'_, Shell>, occurrence_id: String) -> Answer<()> {
    let engine = shell.engine().await?;
    Ok(engine.open_event_page(&occurrence_id).await?)
}

/// Opens a link of an event's description, counted in document order.
#[tauri::command]
#[specta::specta]
pub async fn open_description_link(
    shell: State<'_, Shell>,
    occurrence_id: String,
    index: u32,
) -> Answer<()> {
    let engine = shell.engine().await?;
    Ok(engine
        .open_description_link(&occurrence_id, place(index)?)
        .await?)
}

/// Opens the link of a place, counted as in the details.
#[tauri::command]
#[specta::specta]
pub async fn open_place(shell: State<'_, Shell>, occurrence_id: String, index: u32) -> Answer<()> {
    let engine = shell.engine().await?;
    Ok(engine.open_place(&occurrence_id, place(index)?).await?)
}

/// Opens an attachment, counted as in the details.
#[tauri::command]
#[specta::specta]
pub async fn open_attachment(
    shell: State<'_, Shell>,
    occurrence_id: String,
    index: u32,
) -> Answer<()> {
    let engine = shell.engine().await?;
    Ok(engine
        .open_attachment(&occurrence_id, place(index)?)
        .await?)
}

/// A join candidate's checked link, for the clipboard.
#[tauri::command]
#[specta::specta]
pub async fn copy_join_link(
    shell: State<'_, Shell>,
    occurrence_id: String,
    index: u32,
) -> Answer<String> {
    let engine = shell.engine().await?;
    Ok(engine.join_link(&occurrence_id, place(index)?)?.into())
}

/// The user's patterns of meeting links, in the order in which they are tried.
#[tauri::command]
#[specta::specta]
pub async fn join_patterns(shell: State<'_, Shell>) -> Answer<Vec<PatternView>> {
    Ok(shell.engine().await?.join_patterns()?)
}

/// Adds a pattern, and finds the links of known events by it before it answers.
#[tauri::command]
#[specta::specta]
pub async fn add_join_pattern(
    shell: State<'_, Shell>,
    name: String,
    expression: String,
) -> Answer<()> {
    let engine = shell.engine().await?;
    engine.add_join_pattern(&name, &expression).await?;
    engine.reread_links(|_| ()).await?;
    Ok(())
}

/// Removes a pattern, and takes its links out of known events before it answers.
#[tauri::command]
#[specta::specta]
pub async fn remove_join_pattern(shell: State<'_, Shell>, name: String) -> Answer<()> {
    let engine = shell.engine().await?;
    engine.remove_join_pattern(&name).await?;
    engine.reread_links(|_| ()).await?;
    Ok(())
}

/// What an expression would hold among the links of known events; nothing is kept.
#[tauri::command]
#[specta::specta]
pub async fn try_join_pattern(shell: State<'_, Shell>, expression: String) -> Answer<PatternTrial> {
    Ok(shell.engine().await?.try_join_pattern(&expression).await?)
}

fn place(index: u32) -> Result<usize, Error> {
    usize::try_from(index).map_err(|_| Error::NotFound("link"))
}
