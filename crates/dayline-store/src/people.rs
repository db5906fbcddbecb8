//! Whom one meets.

use chrono::{DateTime, Utc};

use crate::rows::to_ms;
use crate::{Read, StoreError};

/// Somebody who is invited to events, or invites.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonRow {
    /// A name that events have for them.
    pub name: Option<String>,
    /// The address.
    pub email: String,
}

/// ?1 and ?2 are the bounds of starts. Events that last longer than 31 days have no index by start
/// alone, and are left out.
pub(crate) const PEOPLE_BETWEEN: &str = "WITH met AS MATERIALIZED (
        SELECT DISTINCT event_id FROM event_occurrences
        WHERE is_long = 0 AND start_ms >= ?1 AND start_ms < ?2
    ), people AS (
        SELECT a.name, a.email FROM met CROSS JOIN event_attendees a ON a.event_id = met.event_id
        UNION ALL
        SELECT e.organizer_name, e.organizer_email
        FROM met CROSS JOIN calendar_events e ON e.id = met.event_id
    )
    SELECT max(nullif(name, '')), email FROM people WHERE email <> ''
    GROUP BY email COLLATE NOCASE ORDER BY count(*) DESC, email";

impl Read<'_> {
    /// The people of events that start in `[from, until)`, those of most events first.
    ///
    /// Shape: each address once, without regard to case; those without an address are left out.
    pub fn people_between(
        &self,
        from: DateTime<Utc>,
        until: DateTime<Utc>,
    ) -> Result<Vec<PersonRow>, StoreError> {
        let mut statement = self.connection.prepare_cached(PEOPLE_BETWEEN)?;
        let people = statement.query_map([to_ms(from), to_ms(until)], |row| {
            Ok(PersonRow {
                name: row.get(0)?,
                email: row.get(1)?,
            })
        })?;
        people.collect::<Result<_, _>>().map_err(StoreError::from)
    }
}
