//! Keeping and removing events.

use chrono::{DateTime, Utc};
use dayline_model::{
    AccountId, Attachment, Body, CalendarId, Event, EventId, EventKind, ProviderEventId,
    ReminderMethod,
};
use rusqlite::{OptionalExtension, params};

use super::{Derived, LinkRow};
use crate::rows::{
    event_type_word, importance_word, method_word, original_start_text, response_word, role_word,
    sensitivity_word, show_as_word, status_word, to_ms, when_columns,
};
use crate::{StoreError, Write};

/// What keeping an event did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UpsertOutcome {
    /// It is new.
    Added(EventId),
    /// It was known and has changed.
    Updated(EventId),
    /// It was known as it is.
    Unchanged(EventId),
}

impl UpsertOutcome {
    /// Our id of it.
    pub fn id(self) -> EventId {
        match self {
            Self::Added(id) | Self::Updated(id) | Self::Unchanged(id) => id,
        }
    }

    /// Whether anything is different now.
    pub fn changed(self) -> bool {
        !matches!(self, Self::Unchanged(_))
    }
}

impl Write<'_> {
    /// Keeps an event as its provider gave it, under the round's generation.
    #[expect(
        clippy::too_many_arguments,
        reason = "one caller, and each of them is a fact of its own"
    )]
    pub fn upsert_event(
        &self,
        calendar: CalendarId,
        account: AccountId,
        event: &Event,
        derived: &Derived,
        fingerprint: i64,
        generation: i64,
        now: DateTime<Utc>,
    ) -> Result<UpsertOutcome, StoreError> {
        let before = self
            .connection
            .prepare_cached(
                "UPDATE calendar_events SET generation = ?3, last_synced_at_ms = ?4
                 WHERE calendar_connection_id = ?1 AND provider_event_id = ?2
                 RETURNING id, fingerprint",
            )?
            .query_row(
                params![calendar.0, event.id.as_str(), generation, to_ms(now)],
                |row| Ok((EventId(row.get(0)?), row.get::<_, i64>(1)?)),
            )
            .optional()?;
        if let Some((id, known)) = before
            && known == fingerprint
        {
            return Ok(UpsertOutcome::Unchanged(id));
        }
        let id = self.put_event(calendar, event, derived, fingerprint, generation, now)?;
        if before.is_some() {
            self.remove_parts(id)?;
        }
        self.put_parts(id, account, event, derived)?;
        match &event.attachments {
            Some(attachments) => self.put_attachments(id, attachments)?,
            // Asking tells what; until then those that were known may still be right.
            None if event.has_attachments => {}
            None if before.is_some() => self.put_attachments(id, &[])?,
            None => {}
        }
        Ok(if before.is_some() {
            UpsertOutcome::Updated(id)
        } else {
            UpsertOutcome::Added(id)
        })
    }

    /// Keeps an event that is known not to be there yet.
    #[expect(
        clippy::too_many_arguments,
        reason = "one caller, and each of them is a fact of its own"
    )]
    pub fn insert_event(
        &self,
        calendar: CalendarId,
        account: AccountId,
        event: &Event,
        derived: &Derived,
        fingerprint: i64,
        generation: i64,
        now: DateTime<Utc>,
    ) -> Result<EventId, StoreError> {
        let id = self.put_event(calendar, event, derived, fingerprint, generation, now)?;
        self.put_parts(id, account, event, derived)?;
        if let Some(attachments) = &event.attachments {
            self.put_attachments(id, attachments)?;
        }
        Ok(id)
    }

    fn put_event(
        &self,
        calendar: CalendarId,
        event: &Event,
        derived: &Derived,
        fingerprint: i64,
        generation: i64,
        now: DateTime<Utc>,
    ) -> Result<EventId, StoreError> {
        let span = when_columns(&event.when);
        let (kind, series, original, recurrence) = match &event.kind {
            EventKind::Single => ("single", None, None, None),
            EventKind::SeriesMaster { recurrence } => {
                ("master", None, None, Some(recurrence.join("\n")))
            }
            EventKind::Exception {
                series,
                original_start,
            } => (
                "exception",
                Some(series.as_str()),
                original_start.as_ref().map(original_start_text),
                None,
            ),
        };
        let (body, body_type) = match &event.body {
            Some(Body::Html(html)) => (Some(html), Some("html")),
            Some(Body::Text(text)) => (Some(text), Some("text")),
            None => (None, None),
        };
        let organizer = event.organizer.clone().unwrap_or_default();
        let id = self
            .connection
            .prepare_cached(
                "INSERT INTO calendar_events (calendar_connection_id, provider_event_id, ical_uid,
                     kind, series_master_id, original_start, title, description, description_type,
                     location, all_day, start_local, start_zone, end_local, end_zone, start_ms,
                     end_ms, status, show_as, sensitivity, response_status, importance,
                     organizer_name, organizer_email, recurrence_rule, teams_enabled,
                     teams_meeting_url, teams_conference_id, teams_dial_in_url, dial_in,
                     meeting_id, passcode, reminder_minutes, html_link, etag, raw, fingerprint,
                     generation, first_generation, last_synced_at_ms, event_type, own_color,
                     use_default_reminders, has_attachments)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16,
                     ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24, ?25, ?26, ?27, ?28, ?29, ?30, ?31,
                     ?32, ?33, ?34, ?35, ?36, ?37, ?38, ?38, ?39, ?40, ?41, ?42, ?43)
                 ON CONFLICT (calendar_connection_id, provider_event_id) DO UPDATE SET
                     ical_uid = excluded.ical_uid, kind = excluded.kind,
                     series_master_id = excluded.series_master_id,
                     original_start = excluded.original_start, title = excluded.title,
                     description = excluded.description,
                     description_type = excluded.description_type,
                     location = excluded.location, all_day = excluded.all_day,
                     start_local = excluded.start_local, start_zone = excluded.start_zone,
                     end_local = excluded.end_local, end_zone = excluded.end_zone,
                     start_ms = excluded.start_ms, end_ms = excluded.end_ms,
                     status = excluded.status, show_as = excluded.show_as,
                     sensitivity = excluded.sensitivity,
                     response_status = excluded.response_status,
                     importance = excluded.importance, organizer_name = excluded.organizer_name,
                     organizer_email = excluded.organizer_email,
                     recurrence_rule = excluded.recurrence_rule,
                     teams_enabled = excluded.teams_enabled,
                     teams_meeting_url = excluded.teams_meeting_url,
                     teams_conference_id = excluded.teams_conference_id,
                     teams_dial_in_url = excluded.teams_dial_in_url, dial_in = excluded.dial_in,
                     meeting_id = excluded.meeting_id, passcode = excluded.passcode,
                     reminder_minutes = excluded.reminder_minutes,
                     html_link = excluded.html_link, etag = excluded.etag, raw = excluded.raw,
                     fingerprint = excluded.fingerprint, generation = excluded.generation,
                     last_synced_at_ms = excluded.last_synced_at_ms,
                     event_type = excluded.event_type, own_color = excluded.own_color,
                     use_default_reminders = excluded.use_default_reminders,
                     has_attachments = excluded.has_attachments
                 RETURNING id",
            )?
            .query_row(
                params![
                    calendar.0,
                    event.id.as_str(),
                    event.ical_uid,
                    kind,
                    series,
                    original,
                    event.title,
                    body,
                    body_type,
                    event.location,
                    span.all_day,
                    span.start_local,
                    span.start_zone,
                    span.end_local,
                    span.end_zone,
                    span.start_ms,
                    span.end_ms,
                    status_word(event.status),
                    show_as_word(event.show_as),
                    sensitivity_word(event.sensitivity),
                    response_word(event.response),
                    importance_word(event.importance),
                    organizer.name,
                    organizer.email,
                    recurrence,
                    derived.is_teams,
                    derived.teams_url(),
                    derived.conference_id,
                    derived.dial_in_url,
                    derived.dial_in,
                    derived.meeting_id,
                    derived.passcode,
                    nearest_popup(event),
                    event.html_link,
                    event.etag.as_ref().map(dayline_model::Etag::as_str),
                    event.raw,
                    fingerprint,
                    generation,
                    to_ms(now),
                    event_type_word(event.event_type),
                    event.color,
                    event.reminders.use_default,
                    event.has_attachments,
                ],
                |row| row.get(0),
            )?;
        Ok(EventId(id))
    }

    fn remove_parts(&self, id: EventId) -> Result<(), StoreError> {
        for table in [
            "event_links",
            "event_attendees",
            "event_categories",
            "event_places",
            "event_reminders",
        ] {
            self.connection
                .prepare_cached(&format!("DELETE FROM {table} WHERE event_id = ?1"))?
                .execute([id.0])?;
        }
        Ok(())
    }

    fn put_parts(
        &self,
        id: EventId,
        account: AccountId,
        event: &Event,
        derived: &Derived,
    ) -> Result<(), StoreError> {
        self.insert_links(id, &derived.links)?;
        for (position, attendee) in (0_i64..).zip(&event.attendees) {
            self.connection
                .prepare_cached(
                    "INSERT INTO event_attendees (event_id, position, name, email, role,
                         response_status, comment, additional_guests, answered_at_ms)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
                )?
                .execute(params![
                    id.0,
                    position,
                    attendee.person.name,
                    attendee.person.email,
                    role_word(attendee.role),
                    response_word(attendee.status),
                    attendee.comment,
                    attendee.additional_guests,
                    attendee.answered_at.map(to_ms),
                ])?;
        }
        for (position, place) in (0_i64..).zip(&event.places) {
            self.connection
                .prepare_cached(
                    "INSERT INTO event_places (event_id, position, name, address, uri, email)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                )?
                .execute(params![
                    id.0,
                    position,
                    place.name,
                    place.address,
                    place.uri,
                    place.email,
                ])?;
        }
        for (position, reminder) in (0_i64..).zip(&event.reminders.own) {
            self.connection
                .prepare_cached(
                    "INSERT INTO event_reminders (event_id, position, method, minutes)
                     VALUES (?1, ?2, ?3, ?4)",
                )?
                .execute(params![
                    id.0,
                    position,
                    method_word(reminder.method),
                    reminder.minutes,
                ])?;
        }
        self.connection
            .prepare_cached("INSERT OR IGNORE INTO search_pending (event_id) VALUES (?1)")?
            .execute([id.0])?;
        for (position, name) in (0_i64..).zip(&event.categories) {
            self.connection
                .prepare_cached(
                    "INSERT INTO categories (account_id, name) VALUES (?1, ?2)
                     ON CONFLICT DO NOTHING",
                )?
                .execute(params![account.0, name])?;
            self.connection
                .prepare_cached(
                    "INSERT INTO event_categories (event_id, position, category_id)
                     SELECT ?1, ?2, id FROM categories WHERE account_id = ?3 AND name = ?4",
                )?
                .execute(params![id.0, position, account.0, name])?;
        }
        Ok(())
    }

    pub(crate) fn insert_links(&self, id: EventId, links: &[LinkRow]) -> Result<(), StoreError> {
        let mut insert = self.connection.prepare_cached(
            "INSERT INTO event_links (event_id, rank, url, service, source, label)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?;
        for (rank, link) in (0_i64..).zip(links) {
            insert.execute(params![
                id.0,
                rank,
                link.url,
                link.service,
                link.source,
                link.label
            ])?;
        }
        Ok(())
    }

    /// Keeps what is attached to an event.
    pub fn put_attachments(
        &self,
        event: EventId,
        attachments: &[Attachment],
    ) -> Result<(), StoreError> {
        self.connection
            .prepare_cached("DELETE FROM event_attachments WHERE event_id = ?1")?
            .execute([event.0])?;
        for (position, attachment) in (0_i64..).zip(attachments) {
            self.connection
                .prepare_cached(
                    "INSERT INTO event_attachments (event_id, position, name, url, media_type,
                         size)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                )?
                .execute(params![
                    event.0,
                    position,
                    attachment.name,
                    attachment.url,
                    attachment.media_type,
                    attachment.size,
                ])?;
        }
        Ok(())
    }

    /// Counts an event as listed in the round of `generation` without changing it.
    pub fn keep_event(
        &self,
        calendar: CalendarId,
        id: &ProviderEventId,
        generation: i64,
    ) -> Result<(), StoreError> {
        self.run(
            "UPDATE calendar_events SET generation = ?3
             WHERE calendar_connection_id = ?1 AND provider_event_id = ?2",
            params![calendar.0, id.as_str(), generation],
        )?;
        Ok(())
    }

    /// Removes an event; a master takes its exceptions and instances along. True if it was known.
    pub fn remove_event(
        &self,
        calendar: CalendarId,
        id: &ProviderEventId,
    ) -> Result<bool, StoreError> {
        self.connection
            .prepare_cached(
                "DELETE FROM calendar_events
                 WHERE calendar_connection_id = ?1 AND series_master_id = ?2",
            )?
            .execute(params![calendar.0, id.as_str()])?;
        self.remove_instances_of(calendar, id)?;
        let removed = self
            .connection
            .prepare_cached(
                "DELETE FROM calendar_events
                 WHERE calendar_connection_id = ?1 AND provider_event_id = ?2",
            )?
            .execute(params![calendar.0, id.as_str()])?;
        Ok(removed > 0)
    }
}

/// The pop-up of its own that is nearest to the start.
fn nearest_popup(event: &Event) -> Option<i32> {
    event
        .reminders
        .own
        .iter()
        .filter(|reminder| reminder.method == ReminderMethod::Popup)
        .map(|reminder| reminder.minutes)
        .min()
}
