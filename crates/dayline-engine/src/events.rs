//! What the engine tells whoever listens.

use crate::view::{SignInOutcome, SyncProgress, VisitProgress};

/// Something happened that a reader may want to show.
#[derive(Debug, Clone)]
pub enum EngineEvent {
    /// Occurrences in these days changed: ask for views that touch them again.
    ///
    /// Units: days since 1970-01-01, both included.
    EventsChanged {
        /// First day.
        from_day: i32,
        /// Last day.
        to_day: i32,
    },
    /// Accounts or calendars changed, or how they are doing.
    AccountsChanged,
    /// A full round goes on.
    Progress(SyncProgress),
    /// Days outside of what is synced are being fetched.
    Visiting(VisitProgress),
    /// A sign-in ended.
    SignInFinished(SignInOutcome),
}

impl EngineEvent {
    /// Everything may have changed.
    pub(crate) fn everything() -> Self {
        Self::EventsChanged {
            from_day: i32::MIN,
            to_day: i32::MAX,
        }
    }
}
