//! Where each calendar's round stands: kept in the same transaction as the rows of a page.

use chrono::{DateTime, Utc};
use dayline_model::{CalendarId, ProviderEventId};
use rusqlite::{OptionalExtension, Row, params};

use crate::rows::{from_ms, to_ms};
use crate::{Read, StoreError, Write};

/// Which kind of round runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Round {
    /// Everything in the window.
    Full,
    /// Everything once more, since the first listing would have removed much.
    Confirm,
    /// What changed.
    Delta,
}

impl Round {
    fn word(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::Confirm => "confirm",
            Self::Delta => "delta",
        }
    }
}

/// Where a calendar's round stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoundState {
    /// Where the next delta round starts.
    pub sync_token: Option<String>,
    /// The round that runs.
    pub round: Option<Round>,
    /// Its next page; `None`: its first one.
    pub page_cursor: Option<String>,
    /// Counts full rounds.
    pub generation: i64,
    /// The window that the last full round listed, half-open.
    pub window: Option<(DateTime<Utc>, DateTime<Utc>)>,
}

/// What a page left open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FollowUpKind {
    /// List the instances of this master anew.
    Instances,
    /// Read this event by its id.
    Event,
    /// Ask what is attached to it.
    Attachments,
}

/// A question that has to be answered before its round ends.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct FollowUp {
    /// About which event.
    pub event: ProviderEventId,
    /// What to do.
    pub kind: FollowUpKind,
}

impl FollowUp {
    /// A question of this kind about `event`.
    pub fn new(event: &ProviderEventId, kind: FollowUpKind) -> Self {
        Self {
            event: event.clone(),
            kind,
        }
    }
}

/// Where a series takes place, as its provider expands it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InstanceRow {
    /// The occurrence's id.
    pub id: ProviderEventId,
    /// Its master's id.
    pub series: ProviderEventId,
    /// Whole days; the times then are dates as if in UTC.
    pub all_day: bool,
    /// Start.
    pub start: DateTime<Utc>,
    /// End, exclusive.
    pub end: DateTime<Utc>,
}

impl Read<'_> {
    /// Where a calendar's round stands; `None` if there is no such calendar.
    pub fn find_round(&self, calendar: CalendarId) -> Result<Option<RoundState>, StoreError> {
        let state = self
            .connection
            .prepare_cached(
                "SELECT sync_token, round, page_cursor, generation, window_start_ms, window_end_ms
                 FROM calendar_connections WHERE id = ?1",
            )?
            .query_row([calendar.0], |row| {
                let round: Option<String> = row.get(1)?;
                Ok(RoundState {
                    sync_token: row.get(0)?,
                    round: match round.as_deref() {
                        Some("full") => Some(Round::Full),
                        Some("confirm") => Some(Round::Confirm),
                        Some("delta") => Some(Round::Delta),
                        _ => None,
                    },
                    page_cursor: row.get(2)?,
                    generation: row.get(3)?,
                    window: row
                        .get::<_, Option<i64>>(4)?
                        .zip(row.get::<_, Option<i64>>(5)?)
                        .map(|(from, until)| (from_ms(from), from_ms(until))),
                })
            })
            .optional()?;
        Ok(state)
    }

    /// What rounds of a calendar left open, in a fixed order.
    pub fn follow_ups(&self, calendar: CalendarId) -> Result<Vec<FollowUp>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT provider_event_id, kind FROM follow_ups WHERE calendar_connection_id = ?1
             ORDER BY kind, provider_event_id",
        )?;
        let rows = statement.query_map([calendar.0], |row| {
            let kind: String = row.get(1)?;
            Ok(FollowUp {
                event: ProviderEventId(row.get(0)?),
                kind: match kind.as_str() {
                    "event" => FollowUpKind::Event,
                    "attachments" => FollowUpKind::Attachments,
                    _ => FollowUpKind::Instances,
                },
            })
        })?;
        rows.collect::<Result<_, _>>().map_err(StoreError::from)
    }

    /// Whether anything is open about a calendar's events: a question, or an item that could not
    /// be read.
    pub fn is_anything_open(&self, calendar: CalendarId) -> Result<bool, StoreError> {
        let any = self
            .connection
            .prepare_cached(
                "SELECT EXISTS (SELECT 1 FROM follow_ups WHERE calendar_connection_id = ?1)
                     OR EXISTS (SELECT 1 FROM quarantined_items WHERE calendar_connection_id = ?1)",
            )?
            .query_row([calendar.0], |row| row.get(0))?;
        Ok(any)
    }

    /// The instances of a series, by start.
    pub fn instances(
        &self,
        calendar: CalendarId,
        series: &ProviderEventId,
    ) -> Result<Vec<InstanceRow>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT provider_event_id, series_master_id, all_day, start_ms, end_ms
             FROM series_instances WHERE calendar_connection_id = ?1 AND series_master_id = ?2
             ORDER BY start_ms, provider_event_id",
        )?;
        let rows = statement.query_map(params![calendar.0, series.as_str()], instance)?;
        rows.collect::<Result<_, _>>().map_err(StoreError::from)
    }

    /// Whether a calendar has any instance.
    pub fn has_instances(&self, calendar: CalendarId) -> Result<bool, StoreError> {
        let any = self
            .connection
            .prepare_cached(
                "SELECT EXISTS (SELECT 1 FROM series_instances WHERE calendar_connection_id = ?1)",
            )?
            .query_row([calendar.0], |row| row.get(0))?;
        Ok(any)
    }

    /// One instance.
    pub fn find_instance(
        &self,
        calendar: CalendarId,
        id: &ProviderEventId,
    ) -> Result<Option<InstanceRow>, StoreError> {
        let row = self
            .connection
            .prepare_cached(
                "SELECT provider_event_id, series_master_id, all_day, start_ms, end_ms
                 FROM series_instances
                 WHERE calendar_connection_id = ?1 AND provider_event_id = ?2",
            )?
            .query_row(params![calendar.0, id.as_str()], instance)
            .optional()?;
        Ok(row)
    }
}

impl Write<'_> {
    /// Starts a full round over `window` under a new generation.
    pub fn begin_full_round(
        &self,
        calendar: CalendarId,
        round: Round,
        window: (DateTime<Utc>, DateTime<Utc>),
    ) -> Result<(), StoreError> {
        self.run(
            "UPDATE calendar_connections SET round = ?2, page_cursor = NULL, sync_token = NULL,
                 generation = generation + 1, window_start_ms = ?3, window_end_ms = ?4
             WHERE id = ?1",
            params![calendar.0, round.word(), to_ms(window.0), to_ms(window.1)],
        )?;
        Ok(())
    }

    /// Keeps where the running round goes on.
    pub fn put_page_cursor(
        &self,
        calendar: CalendarId,
        round: Round,
        cursor: &str,
    ) -> Result<(), StoreError> {
        self.run(
            "UPDATE calendar_connections SET round = ?2, page_cursor = ?3 WHERE id = ?1",
            params![calendar.0, round.word(), cursor],
        )?;
        Ok(())
    }

    /// Ends the listing of the running round: the next one starts at `token`.
    pub fn finish_round(&self, calendar: CalendarId, token: &str) -> Result<(), StoreError> {
        self.run(
            "UPDATE calendar_connections SET round = NULL, page_cursor = NULL, sync_token = ?2
             WHERE id = ?1",
            params![calendar.0, token],
        )?;
        Ok(())
    }

    /// Forgets where a calendar stood: its next round is a full one.
    pub fn forget_round(&self, calendar: CalendarId) -> Result<(), StoreError> {
        self.run(
            "UPDATE calendar_connections SET round = NULL, page_cursor = NULL, sync_token = NULL
             WHERE id = ?1",
            [calendar.0],
        )?;
        Ok(())
    }

    /// Keeps that a calendar's round ended well.
    pub fn set_calendar_synced(
        &self,
        calendar: CalendarId,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        self.run(
            "UPDATE calendar_connections SET last_synced_at_ms = ?2, last_error = NULL
             WHERE id = ?1",
            params![calendar.0, to_ms(now)],
        )?;
        Ok(())
    }

    /// Leaves a question open.
    pub fn put_follow_up(
        &self,
        calendar: CalendarId,
        follow_up: &FollowUp,
    ) -> Result<(), StoreError> {
        self.connection
            .prepare_cached(
                "INSERT INTO follow_ups (calendar_connection_id, provider_event_id, kind)
                 VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING",
            )?
            .execute(params![
                calendar.0,
                follow_up.event.as_str(),
                kind_word(follow_up.kind)
            ])?;
        Ok(())
    }

    /// Closes a question.
    pub fn remove_follow_up(
        &self,
        calendar: CalendarId,
        follow_up: &FollowUp,
    ) -> Result<(), StoreError> {
        self.run(
            "DELETE FROM follow_ups
             WHERE calendar_connection_id = ?1 AND provider_event_id = ?2 AND kind = ?3",
            params![
                calendar.0,
                follow_up.event.as_str(),
                kind_word(follow_up.kind)
            ],
        )?;
        Ok(())
    }

    /// Keeps an instance. True if anything changed but its generation. A listing that does not say
    /// whether it is all-day changes nothing: that it has from its master.
    pub fn put_instance(
        &self,
        calendar: CalendarId,
        instance: &InstanceRow,
        generation: i64,
    ) -> Result<bool, StoreError> {
        let same = self
            .connection
            .prepare_cached(
                "UPDATE series_instances SET generation = ?6
                 WHERE calendar_connection_id = ?1 AND provider_event_id = ?2
                   AND series_master_id = ?3 AND start_ms = ?4 AND end_ms = ?5",
            )?
            .execute(params![
                calendar.0,
                instance.id.as_str(),
                instance.series.as_str(),
                to_ms(instance.start),
                to_ms(instance.end),
                generation,
            ])?;
        if same == 1 {
            return Ok(false);
        }
        self.connection
            .prepare_cached(
                "INSERT OR REPLACE INTO series_instances (calendar_connection_id,
                     provider_event_id, series_master_id, all_day, start_ms, end_ms, generation)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            )?
            .execute(params![
                calendar.0,
                instance.id.as_str(),
                instance.series.as_str(),
                instance.all_day,
                to_ms(instance.start),
                to_ms(instance.end),
                generation,
            ])?;
        Ok(true)
    }

    /// Forgets an instance. True if it was known.
    pub fn remove_instance(
        &self,
        calendar: CalendarId,
        id: &ProviderEventId,
    ) -> Result<bool, StoreError> {
        let removed = self
            .connection
            .prepare_cached(
                "DELETE FROM series_instances
                 WHERE calendar_connection_id = ?1 AND provider_event_id = ?2",
            )?
            .execute(params![calendar.0, id.as_str()])?;
        Ok(removed > 0)
    }

    /// Forgets all instances of a series.
    pub fn remove_instances_of(
        &self,
        calendar: CalendarId,
        series: &ProviderEventId,
    ) -> Result<(), StoreError> {
        self.run(
            "DELETE FROM series_instances
             WHERE calendar_connection_id = ?1 AND series_master_id = ?2",
            params![calendar.0, series.as_str()],
        )?;
        Ok(())
    }

    /// Forgets the instances inside of the window that the current full round did not list, and
    /// gives them, by start. Those of a series that was not listed itself stay: what became of it
    /// has to be asked.
    pub fn remove_unlisted_instances(
        &self,
        calendar: CalendarId,
    ) -> Result<Vec<InstanceRow>, StoreError> {
        let mut statement = self.connection.prepare(
            "DELETE FROM series_instances WHERE calendar_connection_id = ?1
               AND generation < (SELECT generation FROM calendar_connections WHERE id = ?1)
               AND start_ms < (SELECT window_end_ms FROM calendar_connections WHERE id = ?1)
               AND max(end_ms, start_ms + 1)
                   > (SELECT window_start_ms FROM calendar_connections WHERE id = ?1)
               AND NOT EXISTS (SELECT 1 FROM calendar_events e
                   JOIN calendar_connections c ON c.id = e.calendar_connection_id
                   WHERE c.id = ?1 AND e.provider_event_id = series_instances.series_master_id
                     AND e.generation < c.generation)
             RETURNING provider_event_id, series_master_id, all_day, start_ms, end_ms",
        )?;
        let rows = statement.query_map([calendar.0], instance)?;
        let mut removed: Vec<InstanceRow> = rows.collect::<Result<_, _>>()?;
        removed.sort_by(|a, b| (a.start, &a.id).cmp(&(b.start, &b.id)));
        Ok(removed)
    }
}

fn instance(row: &Row<'_>) -> rusqlite::Result<InstanceRow> {
    Ok(InstanceRow {
        id: ProviderEventId(row.get(0)?),
        series: ProviderEventId(row.get(1)?),
        all_day: row.get(2)?,
        start: from_ms(row.get(3)?),
        end: from_ms(row.get(4)?),
    })
}

fn kind_word(kind: FollowUpKind) -> &'static str {
    match kind {
        FollowUpKind::Instances => "instances",
        FollowUpKind::Event => "event",
        FollowUpKind::Attachments => "attachments",
    }
}
