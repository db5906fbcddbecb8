//! Occurrences of a range one by one, as few of them as a filter allows.
//!
//! A filter's necessary conditions become part of the query; what decides in the end is the
//! caller's. Rows are handed over as SQLite finds them, so that a long range with few matches
//! never stands in memory as a whole.

use std::fmt::Write as _;

use chrono::{DateTime, Utc};
use dayline_model::{
    CalendarId, EventId, Importance, ParticipationStatus, Sensitivity, ShowAs, Status,
};
use rusqlite::{Row, params};

use super::{COLUMNS, JOINS, LONGEST_SHORT, OccurrenceRow, occurrence, word};
use crate::rows::{
    from_ms, importance, importance_word, response, response_word, sensitivity, show_as,
    show_as_word, status, status_word, to_ms,
};
use crate::{Read, StoreError};

/// Events with a category are counted this far to see whether beginning with them pays.
const MOST_COUNTED: i64 = 20_000;

/// Our id of a category.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct CategoryId(pub i64);

/// A category of an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CategoryRow {
    /// Our id.
    pub id: CategoryId,
    /// Its name.
    pub name: String,
    /// `#rrggbb`; `None` if the account's list does not know it.
    pub color: Option<String>,
}

/// What every wanted occurrence has in common. The default wants all of them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OccurrenceNarrow {
    /// One of these; `None` is any, an empty list is none. So with the next four.
    pub calendars: Option<Vec<CalendarId>>,
    /// Importance.
    pub importance: Option<Vec<Importance>>,
    /// Own answer.
    pub responses: Option<Vec<ParticipationStatus>>,
    /// Status.
    pub statuses: Option<Vec<Status>>,
    /// Availability.
    pub show_as: Option<Vec<ShowAs>>,
    /// A category out of each of these lists.
    pub categories: Vec<Vec<CategoryId>>,
    /// A Microsoft Teams meeting. `false` asks for nothing; so with the next five.
    pub is_teams: bool,
    /// It has a join link.
    pub has_link: bool,
    /// Something is attached.
    pub has_attachments: bool,
    /// Part of a series.
    pub is_series: bool,
    /// Whole days.
    pub is_all_day: bool,
    /// Private or confidential.
    pub is_private: bool,
}

/// What a filter asks about an occurrence that lists do not show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OccurrenceFacts {
    /// Private or confidential.
    pub is_private: bool,
    /// Something is attached.
    pub has_attachments: bool,
}

/// An occurrence as far as others overlap or repeat it, and as it is counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpanRow {
    /// The event that it shows.
    pub event: EventId,
    /// Its calendar.
    pub calendar: CalendarId,
    /// Its calendar is the account's own, so that what is the user's in it is the user's.
    pub is_own: bool,
    /// Its own id.
    pub instance_id: String,
    /// Whole days; the times then are dates as if in UTC.
    pub all_day: bool,
    /// Start.
    pub start: DateTime<Utc>,
    /// End, exclusive.
    pub end: DateTime<Utc>,
    /// Part of a series.
    pub is_series: bool,
    /// Availability.
    pub show_as: ShowAs,
    /// Status.
    pub status: Status,
    /// Own answer.
    pub response: ParticipationStatus,
    /// iCalendar UID, as the provider gave it.
    pub ical_uid: Option<String>,
    /// Title.
    pub title: String,
    /// Address of the organizer, or the name where there is none.
    pub organizer: Option<String>,
    /// Importance.
    pub importance: Importance,
    /// A Microsoft Teams meeting.
    pub is_teams: bool,
    /// It has a join link.
    pub has_link: bool,
    /// Its own colour, else its calendar's.
    pub color: String,
}

/// Where a query begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Begin {
    /// With the occurrences of the range.
    Range,
    /// With the events of the first list of categories.
    Categories,
}

impl OccurrenceNarrow {
    pub(crate) fn is_impossible(&self) -> bool {
        fn is_none<T>(list: Option<&Vec<T>>) -> bool {
            list.is_some_and(Vec::is_empty)
        }
        is_none(self.calendars.as_ref())
            || is_none(self.importance.as_ref())
            || is_none(self.responses.as_ref())
            || is_none(self.statuses.as_ref())
            || is_none(self.show_as.as_ref())
            || self.categories.iter().any(Vec::is_empty)
    }

    /// Conditions on the tables of [`JOINS`], each with an `AND` before it.
    fn conditions(&self, begin: Begin) -> String {
        let mut sql = String::new();
        let mut one_of = |column: &str, values: Option<String>| {
            if let Some(values) = values {
                // A string takes everything.
                let _ = write!(sql, " AND {column} IN ({values})");
            }
        };
        let calendars = self.calendars.as_ref();
        // The plus keeps SQLite from reading whole calendars by their own index.
        one_of(
            "+o.calendar_connection_id",
            calendars.map(|list| numbers(list.iter().map(|id| id.0))),
        );
        one_of(
            "e.importance",
            words(self.importance.as_ref(), importance_word),
        );
        one_of(
            "e.response_status",
            words(self.responses.as_ref(), response_word),
        );
        one_of("e.status", words(self.statuses.as_ref(), status_word));
        one_of("e.show_as", words(self.show_as.as_ref(), show_as_word));
        for (wanted, condition) in [
            (self.is_teams, "e.teams_enabled"),
            (self.has_link, "l.url IS NOT NULL"),
            (self.has_attachments, HAS_ATTACHMENTS),
            (self.is_series, "e.kind <> 'single'"),
            (self.is_all_day, "o.all_day"),
            (
                self.is_private,
                "e.sensitivity IN ('private', 'confidential')",
            ),
        ] {
            if wanted {
                let _ = write!(sql, " AND {condition}");
            }
        }
        let done = usize::from(begin == Begin::Categories);
        for list in self.categories.iter().skip(done) {
            let _ = write!(
                sql,
                " AND EXISTS (SELECT 1 FROM event_categories x
                     WHERE x.event_id = e.id AND x.category_id IN ({}))",
                ids(list)
            );
        }
        sql
    }
}

fn numbers(values: impl Iterator<Item = i64>) -> String {
    let texts: Vec<String> = values.map(|value| value.to_string()).collect();
    texts.join(", ")
}

fn ids(list: &[CategoryId]) -> String {
    numbers(list.iter().map(|id| id.0))
}

/// Our own words for values, which hold no quotes.
fn words<T: Copy>(list: Option<&Vec<T>>, word: fn(T) -> &'static str) -> Option<String> {
    let texts = list?.iter().map(|value| format!("'{}'", word(*value)));
    Some(texts.collect::<Vec<_>>().join(", "))
}

const HAS_ATTACHMENTS: &str = "(e.has_attachments
    OR EXISTS (SELECT 1 FROM event_attachments t WHERE t.event_id = e.id))";

/// Occurrences that touch a range: ?1 is its start, ?2 its end, ?3 how far back a short one may
/// start and still reach it.
const TOUCHING: &str = "SELECT * FROM event_occurrences
    WHERE is_long = 0 AND start_ms >= ?3 AND start_ms < ?2 AND (end_ms > ?1 OR start_ms >= ?1)
    UNION ALL
    SELECT * FROM event_occurrences WHERE is_long = 1 AND start_ms < ?2 AND end_ms > ?1";

/// What [`Read::visit_occurrences`] asks.
pub(crate) fn narrowed_query(narrow: &OccurrenceNarrow, begin: Begin) -> String {
    let conditions = narrow.conditions(begin);
    let facts = format!("e.sensitivity AS fact_sensitivity, {HAS_ATTACHMENTS} AS fact_attachments");
    let visible =
        format!("JOIN calendar_connections c ON c.id = o.calendar_connection_id WHERE {VISIBLE}");
    match begin {
        Begin::Range => {
            format!("SELECT {COLUMNS}, {facts} FROM ({TOUCHING}) o {JOINS} {visible}{conditions}")
        }
        // What stands left of CROSS JOIN is read first.
        Begin::Categories => format!(
            "SELECT {COLUMNS}, {facts} FROM
                 (SELECT DISTINCT event_id FROM event_categories WHERE category_id IN ({})) w
             CROSS JOIN event_occurrences o ON o.event_id = w.event_id
             {JOINS} {visible}
                 AND o.start_ms < ?2 AND (o.end_ms > ?1 OR o.start_ms >= ?1)
                 AND (o.is_long OR o.start_ms >= ?3){conditions}",
            narrow
                .categories
                .first()
                .map(|list| ids(list))
                .unwrap_or_default()
        ),
    }
}

/// What [`Read::visit_event_categories`] asks.
pub(crate) fn event_categories_query() -> String {
    // What stands left of CROSS JOIN is read first.
    format!(
        "SELECT x.event_id, x.category_id FROM (SELECT DISTINCT event_id FROM ({TOUCHING})) o
         CROSS JOIN event_categories x ON x.event_id = o.event_id"
    )
}

/// Occurrences that start at ?1.
const STARTING: &str = "SELECT * FROM event_occurrences WHERE is_long = 0 AND start_ms = ?1
    UNION ALL SELECT * FROM event_occurrences WHERE is_long = 1 AND start_ms = ?1";

const VISIBLE: &str = "c.is_visible AND c.is_connected";

/// What [`Read::visit_spans`] asks.
pub(crate) fn spans_query() -> String {
    spans_of(TOUCHING, VISIBLE)
}

/// What [`Read::spans_at`] asks.
pub(crate) fn spans_at_query() -> String {
    spans_of(STARTING, &format!("({VISIBLE} OR e.id = ?2)"))
}

fn spans_of(occurrences: &str, condition: &str) -> String {
    format!(
        "SELECT e.id, c.id, o.all_day, o.start_ms, o.end_ms, e.kind <> 'single', e.show_as,
             e.status, e.response_status, e.ical_uid, e.title,
             coalesce(e.organizer_email, e.organizer_name), o.instance_id,
             c.owner IS NULL AND c.delegate_email IS NULL, e.importance, e.teams_enabled,
             EXISTS (SELECT 1 FROM event_links l WHERE l.event_id = e.id AND l.rank = 0),
             coalesce(e.own_color, c.calendar_color)
         FROM ({occurrences}) o JOIN calendar_events e ON e.id = o.event_id
         JOIN calendar_connections c ON c.id = o.calendar_connection_id
         WHERE {condition}"
    )
}

fn span_row(row: &Row<'_>) -> Result<SpanRow, StoreError> {
    Ok(SpanRow {
        event: EventId(row.get(0)?),
        calendar: CalendarId(row.get(1)?),
        is_own: row.get(13)?,
        instance_id: row.get(12)?,
        all_day: row.get(2)?,
        start: from_ms(row.get(3)?),
        end: from_ms(row.get(4)?),
        is_series: row.get(5)?,
        show_as: show_as(word(row, 6, "show_as")?)?,
        status: status(word(row, 7, "status")?)?,
        response: response(word(row, 8, "response")?)?,
        ical_uid: row.get(9)?,
        title: row.get(10)?,
        organizer: row.get(11)?,
        importance: importance(word(row, 14, "importance")?)?,
        is_teams: row.get(15)?,
        has_link: row.get(16)?,
        color: row.get(17)?,
    })
}

/// The range's bounds as the queries want them.
pub(crate) fn bounds(from: DateTime<Utc>, until: DateTime<Utc>) -> [i64; 3] {
    let reach = from
        .checked_sub_signed(LONGEST_SHORT)
        .unwrap_or(DateTime::<Utc>::MIN_UTC);
    [to_ms(from), to_ms(until), to_ms(reach)]
}

impl Read<'_> {
    /// The categories of all accounts. The same name may be there once an account.
    pub fn categories(&self) -> Result<Vec<CategoryRow>, StoreError> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT id, name, color FROM categories ORDER BY id")?;
        let rows = statement.query_map([], |row| {
            Ok(CategoryRow {
                id: CategoryId(row.get(0)?),
                name: row.get(1)?,
                color: row.get(2)?,
            })
        })?;
        rows.collect::<Result<_, _>>().map_err(StoreError::from)
    }

    /// The categories of all accounts, and how many events carry each.
    pub fn used_categories(&self) -> Result<Vec<(CategoryRow, i64)>, StoreError> {
        let mut count = self
            .connection
            .prepare_cached("SELECT count(*) FROM event_categories WHERE category_id = ?1")?;
        self.categories()?
            .into_iter()
            .map(|category| {
                let events = count.query_row([category.id.0], |row| row.get(0))?;
                Ok((category, events))
            })
            .collect()
    }

    /// The categories of the events that have occurrences in `[from, until)`, in no order.
    pub fn visit_event_categories(
        &self,
        from: DateTime<Utc>,
        until: DateTime<Utc>,
        mut visit: impl FnMut(EventId, CategoryId),
    ) -> Result<(), StoreError> {
        let mut statement = self.connection.prepare_cached(&event_categories_query())?;
        let mut rows = statement.query(bounds(from, until))?;
        while let Some(row) = rows.next()? {
            visit(EventId(row.get(0)?), CategoryId(row.get(1)?));
        }
        Ok(())
    }

    /// Shows occurrences of visible calendars that touch `[from, until)` and that `narrow` allows
    /// to `visit`, in no order.
    ///
    /// Shape: dates of all-day ones count as if in UTC, as for [`Read::occurrences`].
    pub fn visit_occurrences(
        &self,
        from: DateTime<Utc>,
        until: DateTime<Utc>,
        narrow: &OccurrenceNarrow,
        mut visit: impl FnMut(OccurrenceRow, &OccurrenceFacts) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        if narrow.is_impossible() {
            return Ok(());
        }
        let owners = self.owners()?;
        let begin = self.cheaper_begin(from, until, narrow)?;
        let mut statement = self
            .connection
            .prepare_cached(&narrowed_query(narrow, begin))?;
        let mut rows = statement.query(bounds(from, until))?;
        while let Some(row) = rows.next()? {
            let sensitivity = sensitivity(&row.get::<_, String>("fact_sensitivity")?)?;
            let facts = OccurrenceFacts {
                is_private: matches!(
                    sensitivity,
                    Sensitivity::Private | Sensitivity::Confidential
                ),
                has_attachments: row.get("fact_attachments")?,
            };
            visit(occurrence(row, &owners)?, &facts)?;
        }
        Ok(())
    }

    /// Begins with the categories if fewer events carry them than occurrences stand in the range.
    pub(crate) fn cheaper_begin(
        &self,
        from: DateTime<Utc>,
        until: DateTime<Utc>,
        narrow: &OccurrenceNarrow,
    ) -> Result<Begin, StoreError> {
        let Some(list) = narrow.categories.first() else {
            return Ok(Begin::Range);
        };
        let carrying: i64 = self.row(
            &format!(
                "SELECT count(*) FROM (SELECT 1 FROM event_categories
                 WHERE category_id IN ({}) LIMIT ?1)",
                ids(list)
            ),
            [MOST_COUNTED],
            |row| row.get(0),
        )?;
        let [_, until, reach] = bounds(from, until);
        let standing: i64 = self
            .connection
            .prepare_cached(
                "SELECT count(*) FROM (SELECT 1 FROM event_occurrences
                 WHERE is_long = 0 AND start_ms >= ?1 AND start_ms < ?2 LIMIT ?3)",
            )?
            .query_row(params![reach, until, carrying + 1], |row| row.get(0))?;
        Ok(if carrying < standing {
            Begin::Categories
        } else {
            Begin::Range
        })
    }

    /// Shows every occurrence of visible calendars that touches `[from, until)` to `visit`, in no
    /// order.
    pub fn visit_spans(
        &self,
        from: DateTime<Utc>,
        until: DateTime<Utc>,
        mut visit: impl FnMut(SpanRow),
    ) -> Result<(), StoreError> {
        let mut statement = self.connection.prepare_cached(&spans_query())?;
        let mut rows = statement.query(bounds(from, until))?;
        while let Some(row) = rows.next()? {
            visit(span_row(row)?);
        }
        Ok(())
    }

    /// Every occurrence of visible calendars that starts at `start`, and that of `event` wherever it
    /// stands, in no order.
    pub fn spans_at(
        &self,
        start: DateTime<Utc>,
        event: EventId,
    ) -> Result<Vec<SpanRow>, StoreError> {
        let mut statement = self.connection.prepare_cached(&spans_at_query())?;
        let mut rows = statement.query(params![to_ms(start), event.0])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            found.push(span_row(row)?);
        }
        Ok(found)
    }

    /// From the first start to the last end of what touches `[from, until)`, and of the range
    /// itself.
    pub fn reach(
        &self,
        from: DateTime<Utc>,
        until: DateTime<Utc>,
    ) -> Result<(DateTime<Utc>, DateTime<Utc>), StoreError> {
        let (first, last): (Option<i64>, Option<i64>) = self
            .connection
            .prepare_cached(&format!(
                "SELECT min(start_ms), max(end_ms) FROM ({TOUCHING})"
            ))?
            .query_row(bounds(from, until), |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok((
            first.map_or(from, |first| from_ms(first).min(from)),
            last.map_or(until, |last| from_ms(last).max(until)),
        ))
    }
}
