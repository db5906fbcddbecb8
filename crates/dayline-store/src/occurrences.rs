//! The projection that views read.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use chrono::{DateTime, TimeDelta, Utc};
use dayline_model::{
    AccountId, CalendarId, EventId, Importance, ParticipationStatus, ProviderKind, ShowAs, Status,
};
use rusqlite::{OptionalExtension, Row, ToSql, params};

use crate::rows::{from_ms, importance, parsed, response, show_as, status, to_ms};
use crate::{Read, StoreError, Write};

pub(crate) mod narrowed;

pub use self::narrowed::{CategoryId, CategoryRow, OccurrenceFacts, OccurrenceNarrow, SpanRow};

/// No occurrence in `event_occurrences_short` is longer than this.
const LONGEST_SHORT: TimeDelta = TimeDelta::days(31);

/// Separates categories, and a category's position, name and colour, inside of one column.
const BETWEEN_CATEGORIES: char = '\u{1e}';
const BETWEEN_PARTS: char = '\u{1f}';

/// An occurrence to be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewOccurrence {
    /// The event that it shows.
    pub event: EventId,
    /// Its own id.
    pub instance_id: String,
    /// Whole days; the times then are dates as if in UTC.
    pub all_day: bool,
    /// Start.
    pub start: DateTime<Utc>,
    /// End, exclusive.
    pub end: DateTime<Utc>,
}

/// An occurrence with what lists of events show of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OccurrenceRow {
    /// Its calendar.
    pub calendar: CalendarId,
    /// Its account.
    pub account: AccountId,
    /// The account's provider.
    pub provider: ProviderKind,
    /// The account's address.
    pub account_email: String,
    /// The calendar's name.
    pub calendar_name: String,
    /// The calendar's colour.
    pub calendar_color: String,
    /// The event's own colour; `None`: its calendar's.
    pub own_color: Option<String>,
    /// The event that it shows.
    pub event: EventId,
    /// Its own id.
    pub instance_id: String,
    /// Whole days; the times then are dates as if in UTC.
    pub all_day: bool,
    /// Start.
    pub start: DateTime<Utc>,
    /// End, exclusive.
    pub end: DateTime<Utc>,
    /// Title.
    pub title: String,
    /// Place.
    pub location: Option<String>,
    /// Status.
    pub status: Status,
    /// Availability.
    pub show_as: ShowAs,
    /// Own answer.
    pub response: ParticipationStatus,
    /// Importance.
    pub importance: Importance,
    /// The provider's id of its series; `None` if it happens once.
    pub series_id: Option<String>,
    /// A Microsoft Teams meeting.
    pub is_teams: bool,
    /// The best join link.
    pub join_url: Option<String>,
    /// Its service's key, or the name of the user's pattern that found it.
    pub join_service: Option<String>,
    /// PSTN conference id.
    pub conference_id: Option<String>,
    /// Dial-in page.
    pub dial_in_url: Option<String>,
    /// Name or address of the organizer.
    pub organizer: Option<String>,
    /// The event's page.
    pub html_link: Option<String>,
    /// Names and colours, in the event's order.
    pub categories: Vec<(String, Option<String>)>,
}

/// From an instant to before another.
type Window = (DateTime<Utc>, DateTime<Utc>);

/// What all occurrences of a calendar share.
struct Owner {
    account: AccountId,
    provider: ProviderKind,
    email: String,
    name: String,
    color: String,
}

const COLUMNS: &str =
    "o.calendar_connection_id, e.id, o.instance_id, o.all_day, o.start_ms, o.end_ms,
    e.title, e.location, e.status, e.show_as, e.response_status, e.importance,
    CASE e.kind WHEN 'master' THEN e.provider_event_id ELSE e.series_master_id END,
    e.teams_enabled, l.url, coalesce(l.label, l.service), e.teams_conference_id, e.teams_dial_in_url,
    coalesce(e.organizer_name, e.organizer_email), e.html_link,
    (SELECT group_concat(x.position || char(31) || g.name || char(31) || coalesce(g.color, ''),
         char(30))
     FROM event_categories x JOIN categories g ON g.id = x.category_id WHERE x.event_id = e.id),
    e.own_color";

const JOINS: &str = "JOIN calendar_events e ON e.id = o.event_id
    LEFT JOIN event_links l ON l.event_id = e.id AND l.rank = 0";

fn occurrence(row: &Row<'_>, owners: &BTreeMap<i64, Owner>) -> Result<OccurrenceRow, StoreError> {
    let calendar = row.get(0)?;
    let owner = owners
        .get(&calendar)
        .ok_or(StoreError::Value("calendar_connection_id"))?;
    let categories: Option<String> = row.get(20)?;
    Ok(OccurrenceRow {
        calendar: CalendarId(calendar),
        account: owner.account,
        provider: owner.provider,
        account_email: owner.email.clone(),
        calendar_name: owner.name.clone(),
        calendar_color: owner.color.clone(),
        own_color: row.get(21)?,
        event: EventId(row.get(1)?),
        instance_id: row.get(2)?,
        all_day: row.get(3)?,
        start: from_ms(row.get(4)?),
        end: from_ms(row.get(5)?),
        title: row.get(6)?,
        location: row.get(7)?,
        status: status(word(row, 8, "status")?)?,
        show_as: show_as(word(row, 9, "show_as")?)?,
        response: response(word(row, 10, "response")?)?,
        importance: importance(word(row, 11, "importance")?)?,
        series_id: row.get(12)?,
        is_teams: row.get(13)?,
        join_url: row.get(14)?,
        join_service: row.get(15)?,
        conference_id: row.get(16)?,
        dial_in_url: row.get(17)?,
        organizer: row.get(18)?,
        html_link: row.get(19)?,
        categories: categories
            .as_deref()
            .map(split_categories)
            .unwrap_or_default(),
    })
}

/// One of our words for a value, without a copy of it.
fn word<'r>(row: &'r Row<'_>, column: usize, what: &'static str) -> Result<&'r str, StoreError> {
    let text = row.get_ref(column)?;
    text.as_str().map_err(|_| StoreError::Value(what))
}

/// Puts categories into the event's order here: an ordered `group_concat` sorts each row's few in a
/// table of its own.
fn split_categories(joined: &str) -> Vec<(String, Option<String>)> {
    let placed = |part| {
        let (position, rest) = str::split_once(part, BETWEEN_PARTS)?;
        let (name, color) = rest.rsplit_once(BETWEEN_PARTS)?;
        Some((position.parse().ok()?, name, color))
    };
    let mut placed: Vec<(i64, &str, &str)> = joined
        .split(BETWEEN_CATEGORIES)
        .map(|part| placed(part).unwrap_or((i64::MAX, part, "")))
        .collect();
    placed.sort_unstable();
    placed
        .into_iter()
        .map(|(_, name, color)| {
            let color = (!color.is_empty()).then(|| color.to_owned());
            (name.to_owned(), color)
        })
        .collect()
}

/// What [`Read::occurrences`] asks: ?1 is the range's start, ?2 its end, ?3 how far back a short
/// occurrence may start and still reach it. Without an order: SQLite would carry whole rows through
/// its sorter.
pub(crate) fn range_query() -> String {
    format!(
        "SELECT {COLUMNS} FROM (
             SELECT * FROM event_occurrences
             WHERE is_long = 0 AND start_ms >= ?3 AND start_ms < ?2
                 AND (end_ms > ?1 OR start_ms >= ?1)
             UNION ALL
             SELECT * FROM event_occurrences
             WHERE is_long = 1 AND start_ms < ?2 AND end_ms > ?1
         ) o {JOINS} JOIN calendar_connections c ON c.id = o.calendar_connection_id
         WHERE c.is_visible AND c.is_connected"
    )
}

impl Read<'_> {
    /// Occurrences of visible calendars that touch `[from, until)`, by start, longest first.
    ///
    /// Shape: dates of all-day ones count as if in UTC; a reader in another zone asks for a day
    /// more at either end. One without length counts where it starts.
    pub fn occurrences(
        &self,
        from: DateTime<Utc>,
        until: DateTime<Utc>,
    ) -> Result<Vec<OccurrenceRow>, StoreError> {
        let reach = from
            .checked_sub_signed(LONGEST_SHORT)
            .unwrap_or(DateTime::<Utc>::MIN_UTC);
        let owners = self.owners()?;
        let mut statement = self.connection.prepare_cached(&range_query())?;
        let mut rows = statement.query(params![to_ms(from), to_ms(until), to_ms(reach)])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            found.push(occurrence(row, &owners)?);
        }
        found.sort_unstable_by(|a, b| {
            (a.start, Reverse(a.end), a.calendar, &a.instance_id).cmp(&(
                b.start,
                Reverse(b.end),
                b.calendar,
                &b.instance_id,
            ))
        });
        Ok(found)
    }

    /// The windows that connected and visible calendars have synced, half-open, each once. A calendar
    /// that never began a round has none.
    pub fn synced_windows(&self) -> Result<Vec<Window>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT window_start_ms, window_end_ms FROM calendar_connections
             WHERE is_connected AND is_visible AND window_start_ms IS NOT NULL AND window_end_ms IS NOT NULL
             GROUP BY window_start_ms, window_end_ms",
        )?;
        let windows =
            statement.query_map([], |row| Ok((from_ms(row.get(0)?), from_ms(row.get(1)?))))?;
        windows.collect::<Result<_, _>>().map_err(StoreError::from)
    }

    /// Calendars by id. They are few, and a row of the range query is spared three lookups.
    fn owners(&self) -> Result<BTreeMap<i64, Owner>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT c.id, a.id, a.provider, a.email, c.calendar_name, c.calendar_color
             FROM calendar_connections c JOIN accounts a ON a.id = c.account_id",
        )?;
        let owners = statement.query_map([], |row| {
            let owner = Owner {
                account: AccountId(row.get(1)?),
                provider: parsed(row, 2)?,
                email: row.get(3)?,
                name: row.get(4)?,
                color: row.get(5)?,
            };
            Ok((row.get(0)?, owner))
        })?;
        owners.collect::<Result<_, _>>().map_err(StoreError::from)
    }

    /// One occurrence, visible or not.
    pub fn find_occurrence(
        &self,
        calendar: CalendarId,
        instance_id: &str,
    ) -> Result<Option<OccurrenceRow>, StoreError> {
        let found = self.occurrences_where(
            "o.calendar_connection_id = ?1 AND o.instance_id = ?2",
            params![calendar.0, instance_id],
        )?;
        Ok(found.into_iter().next())
    }

    /// The occurrences for which a condition of ours holds, which may end in an order.
    pub(crate) fn occurrences_where(
        &self,
        condition: &str,
        values: &[&dyn ToSql],
    ) -> Result<Vec<OccurrenceRow>, StoreError> {
        let mut statement = self.connection.prepare_cached(&format!(
            "SELECT {COLUMNS} FROM event_occurrences o {JOINS} WHERE {condition}"
        ))?;
        let mut rows = statement.query(values)?;
        let mut owners = None;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            let owners = match &mut owners {
                Some(owners) => owners,
                none => none.insert(self.owners()?),
            };
            found.push(occurrence(row, owners)?);
        }
        Ok(found)
    }

    /// First and last instant of an event's occurrences; `None` if it has none.
    #[expect(
        clippy::type_complexity,
        reason = "a span that may not be there needs no name of its own"
    )]
    pub fn occurrence_span(
        &self,
        event: EventId,
    ) -> Result<Option<(DateTime<Utc>, DateTime<Utc>)>, StoreError> {
        let span = self
            .connection
            .prepare_cached(
                "SELECT min(start_ms), max(end_ms) FROM event_occurrences WHERE event_id = ?1",
            )?
            .query_row([event.0], |row| {
                Ok(row
                    .get::<_, Option<i64>>(0)?
                    .zip(row.get::<_, Option<i64>>(1)?))
            })
            .optional()?
            .flatten();
        Ok(span.map(|(start, end)| (from_ms(start), from_ms(end))))
    }

    /// Whether some occurrence was placed by another zone database than `tzdb`.
    pub fn has_stale_occurrences(&self, tzdb: &str) -> Result<bool, StoreError> {
        let any = self.row(
            "SELECT EXISTS (SELECT 1 FROM event_occurrences WHERE tzdb <> ?1)",
            [tzdb],
            |row| row.get(0),
        )?;
        Ok(any)
    }
}

/// Where an occurrence stands.
#[derive(PartialEq, Eq)]
struct Placed {
    all_day: bool,
    start_ms: i64,
    end_ms: i64,
}

impl Placed {
    fn of(occurrence: &NewOccurrence) -> Self {
        Self {
            all_day: occurrence.all_day,
            start_ms: to_ms(occurrence.start),
            end_ms: to_ms(occurrence.end),
        }
    }
}

impl Write<'_> {
    /// Replaces the occurrences of `event`: what it shows already is not written again. False if
    /// it shows just these.
    pub fn put_occurrences(
        &self,
        calendar: CalendarId,
        event: EventId,
        occurrences: &[NewOccurrence],
        tzdb: &str,
    ) -> Result<bool, StoreError> {
        let mut shown = self.shown(event, tzdb)?;
        let mut new: Vec<&NewOccurrence> = Vec::new();
        for occurrence in occurrences {
            let wanted = Placed::of(occurrence);
            match shown.entry(occurrence.instance_id.clone()) {
                Entry::Occupied(known) if known.get().1.as_ref() == Some(&wanted) => {
                    known.remove();
                }
                _ => new.push(occurrence),
            }
        }
        let changed = !new.is_empty() || !shown.is_empty();
        let mut delete = self
            .connection
            .prepare_cached("DELETE FROM event_occurrences WHERE id = ?1")?;
        for (id, _) in shown.values() {
            delete.execute([id])?;
        }
        self.insert_occurrences(calendar, new, tzdb)?;
        Ok(changed)
    }

    /// Adds occurrences of an event that shows none yet.
    pub fn insert_occurrences<'o>(
        &self,
        calendar: CalendarId,
        occurrences: impl IntoIterator<Item = &'o NewOccurrence>,
        tzdb: &str,
    ) -> Result<(), StoreError> {
        // An exception and the instance that it replaces may meet under one id for a moment.
        let mut insert = self.connection.prepare_cached(
            "INSERT OR REPLACE INTO event_occurrences
                 (calendar_connection_id, event_id, instance_id, all_day, start_ms, end_ms, tzdb)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?;
        for occurrence in occurrences {
            insert.execute(params![
                calendar.0,
                occurrence.event.0,
                occurrence.instance_id,
                occurrence.all_day,
                to_ms(occurrence.start),
                to_ms(occurrence.end),
                tzdb,
            ])?;
        }
        Ok(())
    }

    /// What an event shows, by instance id: the row, and where it stands if this zone database
    /// placed it.
    fn shown(
        &self,
        event: EventId,
        tzdb: &str,
    ) -> Result<BTreeMap<String, (i64, Option<Placed>)>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT instance_id, id, all_day, start_ms, end_ms, tzdb = ?2 FROM event_occurrences
             WHERE event_id = ?1",
        )?;
        let rows = statement.query_map(params![event.0, tzdb], |row| {
            let placed = Placed {
                all_day: row.get(2)?,
                start_ms: row.get(3)?,
                end_ms: row.get(4)?,
            };
            let is_ours = row.get::<_, bool>(5)?;
            Ok((row.get(0)?, (row.get(1)?, is_ours.then_some(placed))))
        })?;
        rows.collect::<Result<_, _>>().map_err(StoreError::from)
    }
}
