//! Events that belong together: a series, and the copies of it in other visible calendars.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use chrono_tz::Tz;
use dayline_model::{EventId, EventKind};
use dayline_store::{EventRow, OccurrenceRow, Read, StoreError};
use serde::Serialize;

use super::agenda::{AgendaItem, item};
use super::matching::copies_of;
use super::{ResponseView, StatusView, WhenView, occurrence_id, reader_zone};
use crate::{Engine, Error};

/// How far a thread is followed to either side.
const REACH: TimeDelta = TimeDelta::days(731);
/// Occurrences of one event that a thread looks at.
const MOST_OF_EVENT: u32 = 1_000;
/// The most items of a thread for the window.
const MOST_ITEMS: i32 = 1_000;

/// Events that belong together, for the terminal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ThreadView {
    /// By start; those around the asked one.
    pub items: Vec<AgendaItem>,
    /// How many more there are within two years to either side.
    pub more: usize,
}

/// Events that belong together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct ThreadReport {
    /// By start; those around the asked one.
    pub items: Vec<ThreadItem>,
    /// How many more there are within two years to either side.
    pub more: i32,
}

/// One of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct ThreadItem {
    /// The key for details.
    pub occurrence_id: String,
    /// Title; empty if it has none.
    pub title: String,
    /// When it is, in the asked zone.
    pub when: WhenView,
    /// Our id of its calendar.
    pub calendar_id: String,
    /// Name of its calendar.
    pub calendar: String,
    /// `#rrggbb`: its own colour, else its calendar's.
    pub color: String,
    /// Of the same series as the asked one.
    pub series: bool,
    /// The asked one.
    pub current: bool,
    /// State.
    pub status: StatusView,
    /// Own answer.
    pub response: ResponseView,
}

/// The rows of a thread.
struct Thread {
    asked: OccurrenceRow,
    rows: Vec<OccurrenceRow>,
    more: usize,
}

impl Engine {
    /// The events that belong to the same thread as an occurrence: those of its series, and the
    /// copies of it, with their series, in other visible calendars.
    ///
    /// Shape: by start, the `limit` that stand nearest to it, itself among them.
    ///
    /// # Errors
    /// [`Error::NotFound`] if there is no such occurrence.
    pub fn thread(&self, occurrence_id: &str, zone: Tz, limit: usize) -> Result<ThreadView, Error> {
        let thread = self.load_thread(occurrence_id, limit)?;
        Ok(ThreadView {
            more: thread.more,
            items: thread.rows.into_iter().map(|row| item(row, zone)).collect(),
        })
    }

    /// The same for the window.
    ///
    /// # Errors
    /// As [`Engine::thread`]; [`Error::Invalid`] for an unknown zone or a limit out of 1 to 1,000.
    pub fn thread_report(
        &self,
        occurrence_id: &str,
        zone: &str,
        limit: i32,
    ) -> Result<ThreadReport, Error> {
        let zone = reader_zone(zone)?;
        let asked = usize::try_from(limit)
            .ok()
            .filter(|_| (1..=MOST_ITEMS).contains(&limit))
            .ok_or_else(|| Error::Invalid(format!("a thread has 1 to {MOST_ITEMS} events")))?;
        let thread = self.load_thread(occurrence_id, asked)?;
        let asked = thread.asked;
        let items = thread.rows.into_iter().map(|row| ThreadItem {
            occurrence_id: self::occurrence_id(&row),
            when: WhenView::of((row.start, row.end), row.all_day, zone),
            series: row.calendar == asked.calendar
                && row.series_id.is_some()
                && row.series_id == asked.series_id,
            current: row.calendar == asked.calendar && row.instance_id == asked.instance_id,
            status: row.status.into(),
            response: row.response.into(),
            title: row.title,
            calendar_id: row.calendar.to_string(),
            calendar: row.calendar_name,
            color: row.own_color.unwrap_or(row.calendar_color),
        });
        Ok(ThreadReport {
            items: items.collect(),
            more: i32::try_from(thread.more).unwrap_or(i32::MAX),
        })
    }

    fn load_thread(&self, occurrence_id: &str, limit: usize) -> Result<Thread, Error> {
        let (asked, event) = self.load_occurrence(occurrence_id)?;
        let reach = (asked.start - REACH, asked.start + REACH);
        let mut rows = self.store().read(|read| {
            let mut events: BTreeSet<EventId> = series_of(read, &event)?.into_iter().collect();
            for copy in copies_of(read, event.core.id, asked.start)? {
                if let Some(copy) = read.load_event(copy.event)? {
                    events.extend(series_of(read, &copy)?);
                }
            }
            let mut rows = Vec::new();
            for event in events {
                rows.extend(read.occurrences_of(event, reach, MOST_OF_EVENT)?);
            }
            Ok(rows)
        })?;
        let found = rows.len();
        rows.sort_by_key(|one| {
            (
                (one.start - asked.start).abs(),
                one.calendar != asked.calendar,
            )
        });
        rows.truncate(limit);
        rows.sort_by_key(|one| (one.start, one.calendar));
        Ok(Thread {
            more: found - rows.len(),
            asked,
            rows,
        })
    }
}

/// The events of an event's series in its calendar; itself if it happens once.
fn series_of(read: &Read<'_>, event: &EventRow) -> Result<Vec<EventId>, StoreError> {
    match &event.core.kind {
        EventKind::Single => Ok(vec![event.core.id]),
        EventKind::SeriesMaster { .. } => {
            read.series_events(event.calendar, &event.core.provider_id)
        }
        EventKind::Exception { series, .. } => {
            let mut events = read.series_events(event.calendar, series)?;
            if !events.contains(&event.core.id) {
                events.push(event.core.id);
            }
            Ok(events)
        }
    }
}
