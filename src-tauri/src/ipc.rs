//! Commands and events of the window, and the TypeScript that is generated from them.

use tauri_specta::{Builder, collect_commands, collect_events};

use crate::{commands, events};

/// Every command and every event.
pub fn builder() -> Builder<tauri::Wry> {
    Builder::new()
        // What is optional crosses as null, in both directions: one type each is enough.
        .disable_serde_phases()
        .commands(collect_commands![
            commands::bootstrap,
            commands::accounts,
            commands::push_report,
            commands::clock,
            commands::range,
            commands::details,
            commands::start_sign_in,
            commands::sign_in_again,
            commands::admin_consent_link,
            commands::consent_link,
            commands::add_shared_mailbox,
            commands::remove_shared_mailbox,
            commands::cancel_sign_in,
            commands::set_client,
            commands::remove_account,
            commands::set_calendar_connected,
            commands::set_calendar_visible,
            commands::sync_now,
            commands::look_around,
            commands::leave_sample,
            commands::join,
            commands::open_event_page,
            commands::open_description_link,
            commands::open_place,
            commands::open_attachment,
            commands::copy_join_link,
            commands::visit_days,
            commands::cancel_visit,
            commands::painted,
        ])
        .events(collect_events![
            events::EventsChanged,
            events::AccountsChanged,
            events::SyncProgressed,
            events::Visiting,
            events::SignInFinished,
        ])
}

#[cfg(test)]
mod tests;
