//! Join links of kept events, found anew.

use dayline_model::{Body, EventId};
use rusqlite::{OptionalExtension, params};

use crate::{Derived, Read, StoreError, Write};

/// What of an event its links can stand in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkSource {
    /// The event.
    pub event: EventId,
    /// Tells whether it is still as it was read.
    pub fingerprint: i64,
    /// Description, untrusted.
    pub body: Option<Body>,
    /// Place, as one line.
    pub location: Option<String>,
    /// The links of its places, in their order.
    pub places: Vec<String>,
    /// What is kept of its links.
    pub derived: Derived,
}

impl Read<'_> {
    /// What links of the `limit` events behind `after` can stand in, by id.
    pub fn link_sources(&self, after: EventId, limit: u32) -> Result<Vec<LinkSource>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT id, fingerprint, description, description_type, location, teams_enabled
             FROM calendar_events WHERE id > ?1 ORDER BY id LIMIT ?2",
        )?;
        let mut places = self.connection.prepare_cached(
            "SELECT uri FROM event_places WHERE event_id = ?1 AND uri IS NOT NULL
             ORDER BY position",
        )?;
        let mut rows = statement.query(params![after.0, limit])?;
        let mut sources = Vec::new();
        while let Some(row) = rows.next()? {
            let event = EventId(row.get(0)?);
            let body: Option<String> = row.get(2)?;
            let is_html = row.get::<_, Option<String>>(3)?.as_deref() == Some("html");
            let links = places.query_map([event.0], |row| row.get(0))?;
            sources.push(LinkSource {
                event,
                fingerprint: row.get(1)?,
                body: body.map(if is_html { Body::Html } else { Body::Text }),
                location: row.get(4)?,
                places: links.collect::<Result<_, _>>()?,
                derived: Derived {
                    links: self.links(event)?,
                    is_teams: row.get(5)?,
                    ..Derived::default()
                },
            });
        }
        Ok(sources)
    }
}

impl Write<'_> {
    /// Replaces the links of an event that is still as `source` has it; its meeting texts stay.
    /// False if it is not.
    pub fn put_links(&self, source: &LinkSource, derived: &Derived) -> Result<bool, StoreError> {
        let known: Option<i64> = self
            .connection
            .prepare_cached("SELECT fingerprint FROM calendar_events WHERE id = ?1")?
            .query_row([source.event.0], |row| row.get(0))
            .optional()?;
        if known != Some(source.fingerprint) {
            return Ok(false);
        }
        self.connection
            .prepare_cached(
                "UPDATE calendar_events SET teams_enabled = ?2, teams_meeting_url = ?3 WHERE id = ?1",
            )?
            .execute(params![
                source.event.0,
                derived.is_teams,
                derived.teams_url()
            ])?;
        self.connection
            .prepare_cached("DELETE FROM event_links WHERE event_id = ?1")?
            .execute([source.event.0])?;
        self.insert_links(source.event, &derived.links)?;
        Ok(true)
    }
}
