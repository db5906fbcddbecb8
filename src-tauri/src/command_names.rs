//! The names of the commands, once for the build script and the tests.
//!
//! What they do is in `commands`.

/// Every command that the window may call. The build script turns the list into permissions, the
/// capability grants them, and a test keeps the three and the handlers equal.
pub const COMMANDS: &[&str] = &[
    "bootstrap",
    "accounts",
    "push_report",
    "clock",
    "range",
    "details",
    "start_sign_in",
    "sign_in_again",
    "admin_consent_link",
    "consent_link",
    "add_shared_mailbox",
    "remove_shared_mailbox",
    "cancel_sign_in",
    "set_client",
    "remove_account",
    "set_calendar_connected",
    "set_calendar_visible",
    "sync_now",
    "look_around",
    "leave_sample",
    "join",
    "open_event_page",
    "open_description_link",
    "open_place",
    "open_attachment",
    "copy_join_link",
    "visit_days",
    "cancel_visit",
    "painted",
];
