//! What takes place: days, how full they are, and filters on them.

use dayline_engine::view::{
    ClockView, CountsQuery, CountsView, DayDensity, DetailsView, FilterReading, RangeQuery,
    RangeView, SavedView, VisitReport, ZoneLine,
};
use tauri::State;

use super::Answer;
use crate::state::Shell;

/// Now, in a zone.
#[tauri::command]
#[specta::specta]
pub async fn clock(shell: State<'_, Shell>, zone: String) -> Answer<ClockView> {
    Ok(shell.engine().await?.clock(&zone)?)
}

/// The occurrences of some days.
#[tauri::command]
#[specta::specta]
pub async fn range(shell: State<'_, Shell>, query: RangeQuery) -> Answer<RangeView> {
    Ok(shell.engine().await?.range(&query)?)
}

/// Everything about one occurrence.
#[tauri::command]
#[specta::specta]
pub async fn details(
    shell: State<'_, Shell>,
    occurrence_id: String,
    zone: String,
) -> Answer<DetailsView> {
    Ok(shell.engine().await?.details(&occurrence_id, &zone)?)
}

/// Fetches days that lie outside of what is synced; `visiting` tells how far it is.
///
/// A later visit takes the place of a running one, which then answers nothing.
#[tauri::command]
#[specta::specta]
pub async fn visit_days(
    shell: State<'_, Shell>,
    from_day: i32,
    days: i32,
) -> Answer<Option<VisitReport>> {
    shell.visit(from_day, days).await
}

/// Gives a running visit up; what it fetched so far is kept.
#[tauri::command]
#[specta::specta]
pub async fn cancel_visit(shell: State<'_, Shell>) -> Answer<()> {
    shell.cancel_visit();
    Ok(())
}

/// How many occurrences days hold, of which kinds, and how many a filter leaves over.
#[tauri::command]
#[specta::specta]
pub async fn counts(shell: State<'_, Shell>, query: CountsQuery) -> Answer<CountsView> {
    Ok(shell.engine().await?.counts(&query)?)
}

/// How full each day is.
#[tauri::command]
#[specta::specta]
pub async fn density(shell: State<'_, Shell>, query: CountsQuery) -> Answer<Vec<DayDensity>> {
    Ok(shell.engine().await?.density(&query)?)
}

/// Other zones' clocks beside the shown one's, day by day.
#[tauri::command]
#[specta::specta]
pub async fn zone_lines(
    shell: State<'_, Shell>,
    zone: String,
    others: Vec<String>,
    from_day: i32,
    days: i32,
) -> Answer<Vec<ZoneLine>> {
    let engine = shell.engine().await?;
    Ok(engine.zone_lines(&zone, &others, from_day, days)?)
}

/// What a filter that is being typed says, and what could stand at the cursor.
#[tauri::command]
#[specta::specta]
pub async fn read_filter(
    shell: State<'_, Shell>,
    text: String,
    cursor: i32,
    zone: String,
) -> Answer<FilterReading> {
    Ok(shell.engine().await?.read_filter(&text, cursor, &zone)?)
}

/// The user's saved views, in their order.
#[tauri::command]
#[specta::specta]
pub async fn saved_views(shell: State<'_, Shell>) -> Answer<Vec<SavedView>> {
    Ok(shell.engine().await?.saved_views()?)
}

/// Keeps these saved views in place of all others.
#[tauri::command]
#[specta::specta]
pub async fn set_saved_views(
    shell: State<'_, Shell>,
    views: Vec<SavedView>,
) -> Answer<Vec<SavedView>> {
    Ok(shell.engine().await?.set_saved_views(views)?)
}
