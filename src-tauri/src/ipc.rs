//! Commands and events of the window, and the TypeScript that is generated from them.

use tauri_specta::{Builder, collect_commands, collect_events};

use crate::{commands, events};

/// Every command and every event.
pub fn builder() -> Builder<tauri::Wry> {
    Builder::new()
        // What is optional crosses as null, in both directions: one type each is enough.
        .disable_serde_phases()
        .commands(collect_commands![
            commands::window::bootstrap,
            commands::accounts::accounts,
            commands::health::keyring_problem,
            commands::health::push_report,
            commands::days::clock,
            commands::days::range,
            commands::days::details,
            commands::accounts::start_sign_in,
            commands::accounts::sign_in_again,
            commands::accounts::admin_consent_link,
            commands::accounts::consent_link,
            commands::accounts::add_shared_mailbox,
            commands::accounts::remove_shared_mailbox,
            commands::accounts::cancel_sign_in,
            commands::accounts::set_client,
            commands::accounts::remove_account,
            commands::accounts::set_calendar_connected,
            commands::accounts::set_calendars_visible,
            commands::accounts::sync_now,
            commands::window::look_around,
            commands::window::leave_sample,
            commands::links::join,
            commands::links::open_event_page,
            commands::links::open_description_link,
            commands::links::open_place,
            commands::links::open_attachment,
            commands::links::copy_join_link,
            commands::days::visit_days,
            commands::days::cancel_visit,
            commands::window::painted,
            commands::window::set_preferences,
            commands::days::saved_views,
            commands::days::set_saved_views,
            commands::days::counts,
            commands::days::density,
            commands::days::zone_lines,
            commands::days::read_filter,
            commands::events::search,
            commands::events::changes,
            commands::events::mark_changes_seen,
            commands::events::event_changes,
            commands::events::thread,
            commands::health::health_report,
            commands::health::export_diagnostics,
            commands::links::join_patterns,
            commands::links::add_join_pattern,
            commands::links::remove_join_pattern,
            commands::links::try_join_pattern,
            commands::health::set_relay_url,
            commands::health::set_push_wanted,
            commands::window::print_view,
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
