//! What the engine tells, as the window hears it.

use dayline_engine::view;
use dayline_engine::{Engine, EngineEvent};
use dayline_host::{Spawn as _, Task, TokioSpawn};
use serde::{Deserialize, Serialize};
use specta::Type;
use tauri::AppHandle;
use tauri_specta::Event;
use tokio::sync::broadcast::error::RecvError;

/// Occurrences of these days changed; ask for them again.
#[derive(Debug, Clone, Serialize, Deserialize, Type, Event)]
#[serde(rename_all = "camelCase")]
pub struct EventsChanged {
    /// First day, counted since 1970-01-01.
    pub from_day: i32,
    /// Last day.
    pub to_day: i32,
}

/// Accounts or calendars changed; ask for them again.
#[derive(Debug, Clone, Serialize, Deserialize, Type, Event)]
pub struct AccountsChanged {}

/// A first full round goes on.
#[derive(Debug, Clone, Serialize, Type, Event)]
#[tauri_specta(event_name = "sync-progress")]
pub struct SyncProgressed(view::SyncProgress);

/// Days outside of what is synced are being fetched.
#[derive(Debug, Clone, Serialize, Type, Event)]
pub struct Visiting(view::VisitProgress);

/// A sign-in ended.
#[derive(Debug, Clone, Serialize, Deserialize, Type, Event)]
pub struct SignInFinished(view::SignInOutcome);

/// Tells the window what `engine` tells, until the task is dropped.
pub fn forward(app: &AppHandle, engine: &Engine) -> Task {
    let mut receiver = engine.subscribe();
    let app = app.clone();
    let run = async move {
        loop {
            let told = match receiver.recv().await {
                Ok(event) => emit(&app, event),
                Err(RecvError::Lagged(_)) => everything(&app),
                Err(RecvError::Closed) => return,
            };
            if let Err(error) = told {
                tracing::warn!(%error, "the window was not told of a change");
            }
        }
    };
    TokioSpawn.spawn("events", Box::pin(run))
}

fn emit(app: &AppHandle, event: EngineEvent) -> tauri::Result<()> {
    match event {
        EngineEvent::EventsChanged { from_day, to_day } => {
            EventsChanged { from_day, to_day }.emit(app)
        }
        EngineEvent::AccountsChanged => AccountsChanged {}.emit(app),
        EngineEvent::Progress(progress) => SyncProgressed(progress).emit(app),
        EngineEvent::Visiting(progress) => Visiting(progress).emit(app),
        EngineEvent::SignInFinished(outcome) => SignInFinished(outcome).emit(app),
    }
}

/// Some changes were missed: anything may be different.
fn everything(app: &AppHandle) -> tauri::Result<()> {
    AccountsChanged {}.emit(app)?;
    EventsChanged {
        from_day: i32::MIN,
        to_day: i32::MAX,
    }
    .emit(app)
}
