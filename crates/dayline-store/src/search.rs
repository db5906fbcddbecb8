//! The index of words over all events, and what still has to go into it.
//!
//! What a text's words are is decided by the engine: it gives texts that are ready for the index,
//! and questions in the index's own language. The index keeps words alone, so an excerpt is made
//! from the event itself.

use chrono::{DateTime, Utc};
use dayline_model::{
    Body, CalendarId, EventId, Importance, ParticipationStatus, ProviderKind, Status,
};
use rusqlite::{OptionalExtension, Row, params};

use crate::rows::{from_ms, importance, parsed, response, status, to_ms};
use crate::{Read, StoreError, Write};

/// How much one column counts in the order of what was found: title, place, people, body.
const WEIGHTS: &str = "10.0, 4.0, 4.0, 1.0";
/// The most text that one reading of pending events holds, beside the event that reaches it.
const MOST_BYTES: usize = 8 * 1024 * 1024;

/// The texts of an event as its provider wrote them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SearchSource {
    /// Which event.
    pub event: EventId,
    /// The state that these texts belong to.
    pub fingerprint: i64,
    /// Title.
    pub title: String,
    /// Its place, and the names and addresses of the places behind it.
    pub places: Vec<String>,
    /// Names and addresses of organizer and attendees.
    pub people: Vec<String>,
    /// Description, untrusted.
    pub body: Option<Body>,
}

/// The texts of an event, ready for the index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SearchText {
    /// Which event.
    pub event: EventId,
    /// The state that these texts belong to.
    pub fingerprint: i64,
    /// Words of the title.
    pub title: String,
    /// Words of the place.
    pub place: String,
    /// Words of the people's names and addresses.
    pub people: String,
    /// Words of the description.
    pub body: String,
}

/// An event that has the words that were asked for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hit {
    /// Which event.
    pub event: EventId,
    /// How well it fits, by bm25; smaller is better.
    pub rank: f64,
}

/// What was found.
#[derive(Debug, Clone, PartialEq)]
pub enum Hits {
    /// Everything, the best ones first.
    All(Vec<Hit>),
    /// The newest ones of many with their titles, the newest first.
    Newest(Vec<(EventId, String)>),
}

/// What lists show of an event that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundEvent {
    /// Which event.
    pub event: EventId,
    /// Its calendar.
    pub calendar: CalendarId,
    /// The calendar's name.
    pub calendar_name: String,
    /// The calendar's colour.
    pub calendar_color: String,
    /// The calendar is synced to this computer.
    pub is_connected: bool,
    /// What was listed of the calendar.
    pub window: Option<(DateTime<Utc>, DateTime<Utc>)>,
    /// The account's provider.
    pub provider: ProviderKind,
    /// The account's address.
    pub account_email: String,
    /// The provider's id of its series; `None` if it happens once.
    pub series_id: Option<String>,
    /// Title.
    pub title: String,
    /// Place.
    pub location: Option<String>,
    /// Name or address of the organizer.
    pub organizer: Option<String>,
    /// Status.
    pub status: Status,
    /// Own answer.
    pub response: ParticipationStatus,
    /// Importance.
    pub importance: Importance,
    /// Whole days; the times then are dates as if in UTC.
    pub all_day: bool,
    /// Its own start; of a master, its first occurrence's.
    pub start: DateTime<Utc>,
    /// Its own end, exclusive.
    pub end: DateTime<Utc>,
}

/// Which occurrence of an event to show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NearestOccurrence {
    /// Its own id.
    pub instance_id: String,
    /// Start.
    pub start: DateTime<Utc>,
    /// End, exclusive.
    pub end: DateTime<Utc>,
}

impl Read<'_> {
    /// How many events still have to go into the index.
    pub fn count_search_pending(&self) -> Result<i64, StoreError> {
        let count = self
            .connection
            .prepare_cached("SELECT count(*) FROM search_pending")?
            .query_row([], |row| row.get(0))?;
        Ok(count)
    }

    /// Events that have to go into the index, the newest first: what was synced last is what
    /// people look for. Fewer than `limit` if their texts are long; none only if none is left.
    pub fn pending_search(&self, limit: u32) -> Result<Vec<SearchSource>, StoreError> {
        let mut statement = self.connection.prepare_cached(&format!(
            "SELECT {SOURCE} FROM search_pending p JOIN calendar_events e ON e.id = p.event_id
             ORDER BY p.event_id DESC LIMIT ?1"
        ))?;
        let mut rows = statement.query([limit])?;
        let mut sources = Vec::new();
        let mut bytes = 0;
        while let Some(row) = rows.next()? {
            let source = self.source(row)?;
            bytes += source.body.as_ref().map_or(0, |body| match body {
                Body::Html(text) | Body::Text(text) => text.len(),
            });
            sources.push(source);
            if bytes > MOST_BYTES {
                break;
            }
        }
        Ok(sources)
    }

    /// The texts of one event.
    pub fn find_search_source(&self, event: EventId) -> Result<Option<SearchSource>, StoreError> {
        let mut statement = self.connection.prepare_cached(&format!(
            "SELECT {SOURCE} FROM calendar_events e WHERE e.id = ?1"
        ))?;
        let mut rows = statement.query([event.0])?;
        rows.next()?.map(|row| self.source(row)).transpose()
    }

    fn source(&self, row: &Row<'_>) -> Result<SearchSource, StoreError> {
        let event = EventId(row.get(0)?);
        let location: Option<String> = row.get(3)?;
        let organizer: [Option<String>; 2] = [row.get(4)?, row.get(5)?];
        let body: Option<String> = row.get(6)?;
        let is_html = row.get::<_, Option<String>>(7)?.as_deref() == Some("html");
        let places = location.into_iter().chain(self.pairs(event, PLACES)?);
        let people = organizer.into_iter().flatten();
        Ok(SearchSource {
            event,
            fingerprint: row.get(1)?,
            title: row.get(2)?,
            places: places.collect(),
            people: people.chain(self.pairs(event, ATTENDEES)?).collect(),
            body: body.map(if is_html { Body::Html } else { Body::Text }),
        })
    }

    /// Names and addresses of an event's organizer and attendees.
    pub fn people(&self, event: EventId) -> Result<Vec<String>, StoreError> {
        let organizer = self
            .connection
            .prepare_cached(
                "SELECT organizer_name, organizer_email FROM calendar_events WHERE id = ?1",
            )?
            .query_row([event.0], |row| {
                Ok([row.get::<_, Option<String>>(0)?, row.get(1)?])
            })
            .optional()?;
        let mut people: Vec<String> = organizer.into_iter().flatten().flatten().collect();
        people.extend(self.pairs(event, ATTENDEES)?);
        Ok(people)
    }

    fn pairs(&self, event: EventId, query: &str) -> Result<Vec<String>, StoreError> {
        let mut statement = self.connection.prepare_cached(query)?;
        let mut rows = statement.query([event.0])?;
        let mut texts = Vec::new();
        while let Some(row) = rows.next()? {
            texts.extend(row.get::<_, Option<String>>(0)?);
            texts.extend(row.get::<_, Option<String>>(1)?);
        }
        Ok(texts)
    }

    /// The events that match a question in the index's language.
    ///
    /// Shape: of more than `most` only as many of the newest ones, by when they came to this
    /// computer, since to rank every one of them costs more than people wait for.
    pub fn search(&self, question: &str, most: u32) -> Result<Hits, StoreError> {
        // Upwards and without anything of the events, which is what FTS5 does quickest.
        let count: u32 = self
            .connection
            .prepare_cached(
                "SELECT count(*) FROM
                     (SELECT 1 FROM event_search WHERE event_search MATCH ?1 LIMIT ?2)",
            )?
            .query_row(params![question, most.saturating_add(1)], |row| row.get(0))?;
        if count > most {
            let mut statement = self.connection.prepare_cached(MATCHING)?;
            let rows = statement.query_map(params![question, most], |row| {
                Ok((EventId(row.get(0)?), row.get(1)?))
            })?;
            return Ok(Hits::Newest(rows.collect::<Result<_, _>>()?));
        }
        if count == 0 {
            return Ok(Hits::All(Vec::new()));
        }
        let mut statement = self.connection.prepare_cached(&format!(
            "SELECT rowid, bm25(event_search, {WEIGHTS}) AS fit FROM event_search
             WHERE event_search MATCH ?1 ORDER BY fit, rowid DESC"
        ))?;
        let rows = statement.query_map([question], |row| {
            Ok(Hit {
                event: EventId(row.get(0)?),
                rank: row.get(1)?,
            })
        })?;
        Ok(Hits::All(rows.collect::<Result<_, _>>()?))
    }

    /// What lists show of an event that was found.
    pub fn find_found(&self, event: EventId) -> Result<Option<FoundEvent>, StoreError> {
        let mut statement = self.connection.prepare_cached(FOUND)?;
        let mut rows = statement.query([event.0])?;
        let Some(row) = rows.next()? else {
            return Ok(None);
        };
        let window: (Option<i64>, Option<i64>) = (row.get(4)?, row.get(5)?);
        Ok(Some(FoundEvent {
            event,
            calendar: CalendarId(row.get(0)?),
            calendar_name: row.get(1)?,
            calendar_color: row.get(2)?,
            is_connected: row.get(3)?,
            window: window
                .0
                .zip(window.1)
                .map(|(from, until)| (from_ms(from), from_ms(until))),
            provider: parsed(row, 6)?,
            account_email: row.get(7)?,
            series_id: row.get(8)?,
            title: row.get(9)?,
            location: row.get(10)?,
            organizer: row.get(11)?,
            status: status(&row.get::<_, String>(12)?)?,
            response: response(&row.get::<_, String>(13)?)?,
            importance: importance(&row.get::<_, String>(14)?)?,
            all_day: row.get(15)?,
            start: from_ms(row.get(16)?),
            end: from_ms(row.get(17)?),
        }))
    }

    /// The occurrence of an event that runs at `now` or comes next; else its last one.
    ///
    /// Units: of all-day events `today` counts, a date as if in UTC.
    pub fn nearest_occurrence(
        &self,
        event: EventId,
        now: DateTime<Utc>,
        today: DateTime<Utc>,
    ) -> Result<Option<NearestOccurrence>, StoreError> {
        let found = self
            .connection
            .prepare_cached(NEAREST)?
            .query_row(params![event.0, to_ms(now), to_ms(today)], |row| {
                Ok(NearestOccurrence {
                    instance_id: row.get(0)?,
                    start: from_ms(row.get(1)?),
                    end: from_ms(row.get(2)?),
                })
            })
            .optional()?;
        Ok(found)
    }
}

/// The newest events that match, with their titles.
const MATCHING: &str =
    "SELECT s.rowid, e.title FROM event_search s JOIN calendar_events e ON e.id = s.rowid
    WHERE s.event_search MATCH ?1 ORDER BY s.rowid DESC LIMIT ?2";
/// What [`Read::find_found`] reads.
const FOUND: &str =
    "SELECT c.id, c.calendar_name, c.calendar_color, c.is_connected, c.window_start_ms,
        c.window_end_ms, a.provider, a.email,
        CASE e.kind WHEN 'master' THEN e.provider_event_id ELSE e.series_master_id END,
        e.title, e.location, coalesce(e.organizer_name, e.organizer_email), e.status,
        e.response_status, e.importance, e.all_day, e.start_ms, e.end_ms
    FROM calendar_events e JOIN calendar_connections c ON c.id = e.calendar_connection_id
    JOIN accounts a ON a.id = c.account_id
    WHERE e.id = ?1";
/// What [`Read::nearest_occurrence`] reads.
const NEAREST: &str =
    "SELECT instance_id, start_ms, end_ms FROM event_occurrences WHERE event_id = ?1
        ORDER BY end_ms <= iif(all_day, ?3, ?2),
        iif(end_ms <= iif(all_day, ?3, ?2), -start_ms, start_ms), instance_id
        LIMIT 1";
/// Those that must not read a table from end to end.
#[cfg(test)]
pub(crate) const QUERIES: [&str; 5] = [MATCHING, FOUND, NEAREST, PLACES, ATTENDEES];
/// The columns that [`Read::source`] reads.
const SOURCE: &str = "e.id, e.fingerprint, e.title, e.location, e.organizer_name,
    e.organizer_email, e.description, e.description_type";
const PLACES: &str = "SELECT name, address FROM event_places WHERE event_id = ?1 ORDER BY position";
const ATTENDEES: &str =
    "SELECT name, email FROM event_attendees WHERE event_id = ?1 ORDER BY position";

impl Write<'_> {
    /// Puts texts into the index. What changed since it was read stays pending, and what another
    /// process has indexed meanwhile is left as it is. Returns how many went in.
    pub fn index_events(&self, texts: &[SearchText]) -> Result<usize, StoreError> {
        let mut done = self.connection.prepare_cached(
            "DELETE FROM search_pending WHERE event_id = ?1 AND EXISTS
                 (SELECT 1 FROM calendar_events WHERE id = ?1 AND fingerprint = ?2)",
        )?;
        let mut insert = self.connection.prepare_cached(
            "INSERT OR REPLACE INTO event_search (rowid, title, place, people, body)
             VALUES (?1, ?2, ?3, ?4, ?5)",
        )?;
        let mut indexed = 0;
        // Upwards: FTS5 writes out all that it has gathered when a rowid is not above the last one.
        let mut upwards: Vec<&SearchText> = texts.iter().collect();
        upwards.sort_unstable_by_key(|text| text.event);
        for text in upwards {
            if done.execute(params![text.event.0, text.fingerprint])? == 0 {
                continue;
            }
            insert.execute(params![
                text.event.0,
                text.title,
                text.place,
                text.people,
                text.body
            ])?;
            indexed += 1;
        }
        Ok(indexed)
    }
}
