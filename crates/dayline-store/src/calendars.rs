//! Calendars of accounts, and the colours of categories.

use chrono::{DateTime, Utc};
use dayline_model::{AccountId, Calendar, CalendarId, Category, ProviderCalendarId, Reminder};
use rusqlite::{OptionalExtension, Row, params};

use crate::rows::{from_ms, method, method_word, to_ms};
use crate::{Read, StoreError, Write};

/// A calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CalendarRow {
    /// Our id.
    pub id: CalendarId,
    /// Its account.
    pub account: AccountId,
    /// As its provider lists it.
    pub calendar: Calendar,
    /// Synced to this computer.
    pub is_connected: bool,
    /// Shown in views.
    pub is_visible: bool,
    /// End of the last round that worked.
    pub last_synced_at: Option<DateTime<Utc>>,
    /// Why the last round failed, in words.
    pub last_error: Option<String>,
}

const COLUMNS: &str = "id, account_id, calendar_id, calendar_name, calendar_color, is_primary,
    can_edit, access_role, owner, time_zone, is_connected, is_visible, last_synced_at_ms,
    last_error, delegate_email, can_push";

fn calendar(row: &Row<'_>) -> rusqlite::Result<CalendarRow> {
    let is_connected = row.get(10)?;
    Ok(CalendarRow {
        id: CalendarId(row.get(0)?),
        account: AccountId(row.get(1)?),
        calendar: Calendar {
            id: ProviderCalendarId(row.get(2)?),
            name: row.get(3)?,
            color: row.get(4)?,
            is_primary: row.get(5)?,
            can_edit: row.get(6)?,
            access_role: row.get(7)?,
            owner: row.get(8)?,
            delegate_email: row.get(14)?,
            can_push: row.get(15)?,
            zone: row.get(9)?,
            is_selected: is_connected,
            default_reminders: Vec::new(),
        },
        is_connected,
        is_visible: row.get(11)?,
        last_synced_at: row.get::<_, Option<i64>>(12)?.map(from_ms),
        last_error: row.get(13)?,
    })
}

impl Read<'_> {
    /// All calendars: by account, then in the provider's order, the primary one first.
    pub fn calendars(&self) -> Result<Vec<CalendarRow>, StoreError> {
        let mut statement = self.connection.prepare_cached(&format!(
            "SELECT {COLUMNS} FROM calendar_connections
             ORDER BY account_id, is_primary DESC, position, id"
        ))?;
        let rows = statement.query_map([], calendar)?;
        rows.map(|row| self.with_reminders(row?)).collect()
    }

    fn with_reminders(&self, mut row: CalendarRow) -> Result<CalendarRow, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT method, minutes FROM calendar_reminders WHERE calendar_connection_id = ?1
             ORDER BY position",
        )?;
        let reminders = statement.query_map([row.id.0], |row| {
            Ok((row.get::<_, String>(0)?, row.get(1)?))
        })?;
        row.calendar.default_reminders = reminders
            .map(|reminder| {
                let (word, minutes) = reminder?;
                Ok(Reminder {
                    method: method(&word)?,
                    minutes,
                })
            })
            .collect::<Result<_, StoreError>>()?;
        Ok(row)
    }

    fn calendars_of(&self, account: AccountId) -> Result<Vec<CalendarRow>, StoreError> {
        let mut calendars = self.calendars()?;
        calendars.retain(|row| row.account == account);
        Ok(calendars)
    }

    /// One calendar.
    pub fn find_calendar(&self, id: CalendarId) -> Result<Option<CalendarRow>, StoreError> {
        let row = self
            .connection
            .prepare_cached(&format!(
                "SELECT {COLUMNS} FROM calendar_connections WHERE id = ?1"
            ))?
            .query_row([id.0], calendar)
            .optional()?;
        row.map(|row| self.with_reminders(row)).transpose()
    }
}

impl Write<'_> {
    /// Brings an account's calendars to what its provider lists. Those that are gone are removed
    /// with their events; the user's choices stay. New ones are connected where `connect_new`
    /// says so. True if anything changed.
    pub fn put_calendars(
        &self,
        account: AccountId,
        calendars: &[Calendar],
        connect_new: impl Fn(&Calendar) -> bool,
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        let known = self.calendars_of(account)?;
        for row in &known {
            if !calendars
                .iter()
                .any(|calendar| calendar.id == row.calendar.id)
            {
                self.run("DELETE FROM calendar_connections WHERE id = ?1", [row.id.0])?;
            }
        }
        for (position, calendar) in calendars.iter().enumerate() {
            let id = self.row(
                "INSERT INTO calendar_connections (account_id, calendar_id, calendar_name,
                     calendar_color, position, is_primary, can_edit, access_role, owner, time_zone,
                     is_connected, delegate_email, can_push)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)
                 ON CONFLICT (account_id, calendar_id) DO UPDATE SET
                     calendar_name = excluded.calendar_name,
                     calendar_color = excluded.calendar_color, position = excluded.position,
                     is_primary = excluded.is_primary, can_edit = excluded.can_edit,
                     access_role = excluded.access_role, owner = excluded.owner,
                     time_zone = excluded.time_zone, delegate_email = excluded.delegate_email,
                     can_push = excluded.can_push
                 RETURNING id",
                params![
                    account.0,
                    calendar.id.as_str(),
                    calendar.name,
                    calendar.color,
                    i64::try_from(position).unwrap_or(i64::MAX),
                    calendar.is_primary,
                    calendar.can_edit,
                    calendar.access_role,
                    calendar.owner,
                    calendar.zone,
                    connect_new(calendar),
                    calendar.delegate_email,
                    calendar.can_push,
                ],
                |row| row.get(0).map(CalendarId),
            )?;
            self.put_default_reminders(id, &calendar.default_reminders)?;
        }
        self.run(
            "UPDATE accounts SET calendars_listed_at_ms = ?2 WHERE id = ?1",
            params![account.0, to_ms(now)],
        )?;
        // Their order counts too.
        Ok(self.calendars_of(account)? != known)
    }

    /// Removes one calendar with everything that was synced of it. False if there is none.
    pub fn remove_calendar(
        &self,
        account: AccountId,
        calendar: &ProviderCalendarId,
    ) -> Result<bool, StoreError> {
        let removed = self.run(
            "DELETE FROM calendar_connections WHERE account_id = ?1 AND calendar_id = ?2",
            params![account.0, calendar.as_str()],
        )?;
        Ok(removed > 0)
    }

    fn put_default_reminders(
        &self,
        calendar: CalendarId,
        reminders: &[Reminder],
    ) -> Result<(), StoreError> {
        self.run(
            "DELETE FROM calendar_reminders WHERE calendar_connection_id = ?1",
            [calendar.0],
        )?;
        for (position, reminder) in (0_i64..).zip(reminders) {
            self.run(
                "INSERT INTO calendar_reminders (calendar_connection_id, position, method, minutes)
                 VALUES (?1, ?2, ?3, ?4)",
                params![
                    calendar.0,
                    position,
                    method_word(reminder.method),
                    reminder.minutes
                ],
            )?;
        }
        Ok(())
    }

    /// Connects or disconnects a calendar. Disconnecting removes its events from this computer.
    /// False if there is no such calendar.
    pub fn set_calendar_connected(
        &self,
        id: CalendarId,
        connected: bool,
    ) -> Result<bool, StoreError> {
        let found = self.run(
            "UPDATE calendar_connections SET is_connected = ?2, is_visible = 1 WHERE id = ?1",
            params![id.0, connected],
        )? > 0;
        if found && !connected {
            for table in [
                "calendar_events",
                "series_instances",
                "follow_ups",
                "quarantined_items",
                "event_changes",
                "visited_spans",
            ] {
                self.run(
                    &format!("DELETE FROM {table} WHERE calendar_connection_id = ?1"),
                    [id.0],
                )?;
            }
            self.run(
                "UPDATE calendar_connections SET sync_token = NULL, round = NULL,
                     page_cursor = NULL, window_start_ms = NULL, window_end_ms = NULL,
                     last_synced_at_ms = NULL, last_error = NULL
                 WHERE id = ?1",
                [id.0],
            )?;
        }
        Ok(found)
    }

    /// Shows or hides a calendar. False if there is no such calendar.
    pub fn set_calendar_visible(&self, id: CalendarId, visible: bool) -> Result<bool, StoreError> {
        let found = self.run(
            "UPDATE calendar_connections SET is_visible = ?2 WHERE id = ?1",
            params![id.0, visible],
        )?;
        Ok(found > 0)
    }

    /// Keeps why a calendar's round failed; `None` when it did not.
    pub fn set_calendar_error(
        &self,
        id: CalendarId,
        error: Option<&str>,
    ) -> Result<(), StoreError> {
        self.run(
            "UPDATE calendar_connections SET last_error = ?2 WHERE id = ?1",
            params![id.0, error],
        )?;
        Ok(())
    }

    /// Adds to an account's categories what came with events, with its colour.
    pub fn learn_categories(
        &self,
        account: AccountId,
        categories: &[Category],
    ) -> Result<(), StoreError> {
        for category in categories {
            self.connection
                .prepare_cached(
                    "INSERT INTO categories (account_id, name, color) VALUES (?1, ?2, ?3)
                     ON CONFLICT (account_id, name) DO UPDATE SET color = excluded.color",
                )?
                .execute(params![account.0, category.name, category.color])?;
        }
        Ok(())
    }

    /// Brings an account's categories to what its provider lists. Those that are gone lose
    /// their colour, since events may still carry them.
    pub fn put_categories(
        &self,
        account: AccountId,
        categories: &[Category],
    ) -> Result<(), StoreError> {
        self.run(
            "UPDATE categories SET color = NULL WHERE account_id = ?1",
            [account.0],
        )?;
        self.learn_categories(account, categories)
    }
}
