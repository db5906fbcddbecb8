//! Switches for what push does only sometimes.

use serde::{Deserialize, Serialize};

/// Behaviour of both vendors' push that tests turn on through `/_sim/push`.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct PushQuirks {
    /// How many notifications Graph sends for one change (3 in microsoft-graph-docs-contrib#3072).
    pub(crate) notifications_per_change: usize,
    /// Each POST is sent twice.
    pub(crate) duplicates: bool,
    /// How long a notification waits before it is sent.
    pub(crate) delay_ms: u32,
    /// So many of the next notifications vanish; lifecycle and sync messages do not.
    pub(crate) lose: u32,
    /// Nothing is delivered at all, and nobody learns of it.
    pub(crate) silent: bool,
    /// Most notifications of Graph that share one POST, if they are due at the same time.
    pub(crate) batch: usize,
    /// Graph's POSTs also carry a notification of a stranger's subscription.
    pub(crate) mixed_batches: bool,
    /// Google's message numbers leave some out.
    pub(crate) number_gaps: bool,
    /// Google's `sync` message is delivered before the watch request is answered.
    pub(crate) sync_first: bool,
    /// Graph subscribes to whole mailboxes only.
    pub(crate) mailbox_only: bool,
    /// The validation token is a script.
    pub(crate) hostile_validation_token: bool,
    /// Graph notifies only while the access token is good that made or renewed a subscription.
    pub(crate) subscription_needs_fresh_token: bool,
    /// Google refuses every watch request with `notACalendarUser`.
    pub(crate) not_a_calendar_user: bool,
}

impl Default for PushQuirks {
    fn default() -> Self {
        Self {
            notifications_per_change: 1,
            duplicates: false,
            delay_ms: 0,
            lose: 0,
            silent: false,
            batch: 1,
            mixed_batches: false,
            number_gaps: false,
            sync_first: false,
            mailbox_only: false,
            hostile_validation_token: false,
            subscription_needs_fresh_token: false,
            not_a_calendar_user: false,
        }
    }
}
