//! Events as their provider confirmed them: what is kept of them, and how it is read.
//!
//! How they get in and out is in `events/write.rs`; where series stand in time, in
//! `occurrences.rs`.

use dayline_model::{
    Attachment, Attendee, Body, CalendarId, EventId, EventKind, EventType, Importance,
    ParticipationStatus, Person, Place, ProviderEventId, Reminder, Reminders, Sensitivity, ShowAs,
    Status, When,
};
use rusqlite::{OptionalExtension, Row, params};

use crate::rows::{
    event_type, from_ms, importance, method, original_start, response, role, sensitivity, show_as,
    status, when,
};
use crate::{Read, StoreError};

mod write;

pub use self::write::UpsertOutcome;

/// What is derived from an event before it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Derived {
    /// Join candidates, the best one first.
    pub links: Vec<LinkRow>,
    /// A Microsoft Teams meeting.
    pub is_teams: bool,
    /// Meeting id.
    pub meeting_id: Option<String>,
    /// Passcode.
    pub passcode: Option<String>,
    /// Dial-in number.
    pub dial_in: Option<String>,
    /// A page with dial-in numbers, or a tel link.
    pub dial_in_url: Option<String>,
    /// PSTN conference id.
    pub conference_id: Option<String>,
}

impl Derived {
    /// The best link, if it is one to a Teams meeting.
    pub(crate) fn teams_url(&self) -> Option<&str> {
        let best = self.links.first().filter(|_| self.is_teams)?;
        Some(&best.url)
    }
}

/// A join candidate.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct LinkRow {
    /// The checked link.
    pub url: String,
    /// The service's key.
    pub service: String,
    /// Which field it came from.
    pub source: String,
    /// The name of the user's pattern that found it.
    pub label: Option<String>,
}

/// An event as far as the projection of occurrences needs it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventCore {
    /// Our id.
    pub id: EventId,
    /// The provider's id.
    pub provider_id: ProviderEventId,
    /// Its part in a series.
    pub kind: EventKind,
    /// When; of a master: its first occurrence.
    pub when: When,
    /// Status.
    pub status: Status,
    /// Tells whether an answer changes anything.
    pub fingerprint: i64,
    /// The full round in whose time it was first seen.
    pub first_generation: i64,
}

/// Everything kept about an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventRow {
    /// Ids, kind, time, status.
    pub core: EventCore,
    /// Its calendar.
    pub calendar: CalendarId,
    /// Title.
    pub title: String,
    /// Description, untrusted.
    pub body: Option<Body>,
    /// What kind of event it is at its provider.
    pub event_type: EventType,
    /// Place.
    pub location: Option<String>,
    /// The places behind that line.
    pub places: Vec<Place>,
    /// Availability.
    pub show_as: ShowAs,
    /// Sensitivity.
    pub sensitivity: Sensitivity,
    /// Own answer.
    pub response: ParticipationStatus,
    /// Importance.
    pub importance: Importance,
    /// Who organises it.
    pub organizer: Option<Person>,
    /// Who is invited.
    pub attendees: Vec<Attendee>,
    /// Links and meeting data.
    pub derived: Derived,
    /// Reminders; those of its calendar are not among its own.
    pub reminders: Reminders,
    /// A colour of its own.
    pub color: Option<String>,
    /// Whether anything is attached, whether or not it is known what.
    pub has_attachments: bool,
    /// What is attached, as far as it is known.
    pub attachments: Vec<Attachment>,
    /// The event's page at the provider.
    pub html_link: Option<String>,
}

const CORE: &str = "id, provider_event_id, kind, series_master_id, original_start,
    recurrence_rule, all_day, start_local, start_zone, end_local, end_zone, status, fingerprint,
    first_generation";

/// Columns in the order of [`CORE`], before their words are read.
type RawCore = (
    (
        i64,
        String,
        String,
        Option<String>,
        Option<String>,
        Option<String>,
    ),
    (
        bool,
        String,
        Option<String>,
        String,
        Option<String>,
        String,
        i64,
        i64,
    ),
);

fn raw_core(row: &Row<'_>) -> rusqlite::Result<RawCore> {
    Ok((
        (
            row.get(0)?,
            row.get(1)?,
            row.get(2)?,
            row.get(3)?,
            row.get(4)?,
            row.get(5)?,
        ),
        (
            row.get(6)?,
            row.get(7)?,
            row.get(8)?,
            row.get(9)?,
            row.get(10)?,
            row.get(11)?,
            row.get(12)?,
            row.get(13)?,
        ),
    ))
}

fn core(raw: RawCore) -> Result<EventCore, StoreError> {
    let (
        (id, provider_id, kind, series, original, recurrence),
        (
            all_day,
            start_local,
            start_zone,
            end_local,
            end_zone,
            state,
            fingerprint,
            first_generation,
        ),
    ) = raw;
    let kind = match kind.as_str() {
        "single" => EventKind::Single,
        "master" => EventKind::SeriesMaster {
            recurrence: recurrence
                .unwrap_or_default()
                .lines()
                .map(str::to_owned)
                .collect(),
        },
        _ => EventKind::Exception {
            series: ProviderEventId(series.ok_or(StoreError::Value("series_master_id"))?),
            original_start: original.as_deref().map(original_start).transpose()?,
        },
    };
    Ok(EventCore {
        id: EventId(id),
        provider_id: ProviderEventId(provider_id),
        kind,
        when: when(
            all_day,
            &start_local,
            start_zone.as_deref(),
            &end_local,
            end_zone.as_deref(),
        )?,
        status: status(&state)?,
        fingerprint,
        first_generation,
    })
}

impl Read<'_> {
    /// The event with this provider's id in a calendar.
    pub fn find_event(
        &self,
        calendar: CalendarId,
        id: &ProviderEventId,
    ) -> Result<Option<EventCore>, StoreError> {
        self.connection
            .prepare_cached(&format!(
                "SELECT {CORE} FROM calendar_events
                 WHERE calendar_connection_id = ?1 AND provider_event_id = ?2"
            ))?
            .query_row(params![calendar.0, id.as_str()], raw_core)
            .optional()?
            .map(core)
            .transpose()
    }

    /// The exceptions of a series, in a fixed order.
    pub fn exceptions(
        &self,
        calendar: CalendarId,
        series: &ProviderEventId,
    ) -> Result<Vec<EventCore>, StoreError> {
        let mut statement = self.connection.prepare_cached(&format!(
            "SELECT {CORE} FROM calendar_events
             WHERE calendar_connection_id = ?1 AND series_master_id = ?2 ORDER BY id"
        ))?;
        let rows = statement.query_map(params![calendar.0, series.as_str()], raw_core)?;
        rows.map(|row| core(row?)).collect()
    }

    /// Every event of a calendar with its part in a series.
    pub fn event_kinds(
        &self,
        calendar: CalendarId,
    ) -> Result<Vec<(ProviderEventId, EventKind)>, StoreError> {
        let mut statement = self.connection.prepare(&format!(
            "SELECT {CORE} FROM calendar_events WHERE calendar_connection_id = ?1 ORDER BY id"
        ))?;
        let rows = statement.query_map([calendar.0], raw_core)?;
        rows.map(|row| core(row?).map(|core| (core.provider_id, core.kind)))
            .collect()
    }

    /// Everything about one event.
    pub fn load_event(&self, id: EventId) -> Result<Option<EventRow>, StoreError> {
        let Some(raw) = self
            .connection
            .prepare_cached(&format!("SELECT {CORE} FROM calendar_events WHERE id = ?1"))?
            .query_row([id.0], raw_core)
            .optional()?
        else {
            return Ok(None);
        };
        let core = core(raw)?;
        let attendees = self.attendees(id)?;
        let links = self.links(id)?;
        let places = self.places(id)?;
        let own_reminders = self.reminders(id)?;
        let attachments = self.attachments(id)?;
        let mut statement = self.connection.prepare_cached(
            "SELECT calendar_connection_id, title, description, description_type, location,
                 show_as, sensitivity, response_status, importance, organizer_name,
                 organizer_email, teams_enabled, meeting_id, passcode, dial_in, teams_dial_in_url,
                 teams_conference_id, html_link, event_type, use_default_reminders, own_color,
                 has_attachments
             FROM calendar_events WHERE id = ?1",
        )?;
        let mut rows = statement.query([id.0])?;
        let Some(row) = rows.next()? else {
            return Ok(None);
        };
        let body: Option<String> = row.get(2)?;
        let is_html = row.get::<_, Option<String>>(3)?.as_deref() == Some("html");
        let organizer = Person {
            name: row.get(9)?,
            email: row.get(10)?,
        };
        Ok(Some(EventRow {
            core,
            calendar: CalendarId(row.get(0)?),
            title: row.get(1)?,
            body: body.map(|text| {
                if is_html {
                    Body::Html(text)
                } else {
                    Body::Text(text)
                }
            }),
            event_type: event_type(&row.get::<_, String>(18)?)?,
            location: row.get(4)?,
            places,
            show_as: show_as(&row.get::<_, String>(5)?)?,
            sensitivity: sensitivity(&row.get::<_, String>(6)?)?,
            response: response(&row.get::<_, String>(7)?)?,
            importance: importance(&row.get::<_, String>(8)?)?,
            organizer: (organizer != Person::default()).then_some(organizer),
            attendees,
            derived: Derived {
                links,
                is_teams: row.get(11)?,
                meeting_id: row.get(12)?,
                passcode: row.get(13)?,
                dial_in: row.get(14)?,
                dial_in_url: row.get(15)?,
                conference_id: row.get(16)?,
            },
            html_link: row.get(17)?,
            reminders: Reminders {
                use_default: row.get(19)?,
                own: own_reminders,
            },
            color: row.get(20)?,
            has_attachments: row.get(21)?,
            attachments,
        }))
    }

    fn places(&self, id: EventId) -> Result<Vec<Place>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT name, address, uri, email FROM event_places WHERE event_id = ?1
             ORDER BY position",
        )?;
        let rows = statement.query_map([id.0], |row| {
            Ok(Place {
                name: row.get(0)?,
                address: row.get(1)?,
                uri: row.get(2)?,
                email: row.get(3)?,
            })
        })?;
        rows.collect::<Result<_, _>>().map_err(StoreError::from)
    }

    fn reminders(&self, id: EventId) -> Result<Vec<Reminder>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT method, minutes FROM event_reminders WHERE event_id = ?1 ORDER BY position",
        )?;
        let rows =
            statement.query_map([id.0], |row| Ok((row.get::<_, String>(0)?, row.get(1)?)))?;
        rows.map(|row| {
            let (word, minutes) = row?;
            Ok(Reminder {
                method: method(&word)?,
                minutes,
            })
        })
        .collect()
    }

    fn attachments(&self, id: EventId) -> Result<Vec<Attachment>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT name, url, media_type, size FROM event_attachments WHERE event_id = ?1
             ORDER BY position",
        )?;
        let rows = statement.query_map([id.0], |row| {
            Ok(Attachment {
                name: row.get(0)?,
                url: row.get(1)?,
                media_type: row.get(2)?,
                size: row.get(3)?,
            })
        })?;
        rows.collect::<Result<_, _>>().map_err(StoreError::from)
    }

    fn attendees(&self, id: EventId) -> Result<Vec<Attendee>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT name, email, role, response_status, comment, additional_guests,
                 answered_at_ms
             FROM event_attendees WHERE event_id = ?1 ORDER BY position",
        )?;
        let rows = statement.query_map([id.0], |row| {
            Ok((
                Person {
                    name: row.get(0)?,
                    email: row.get(1)?,
                },
                row.get::<_, String>(2)?,
                row.get::<_, String>(3)?,
                (row.get(4)?, row.get(5)?, row.get::<_, Option<i64>>(6)?),
            ))
        })?;
        rows.map(|row| {
            let (person, part, answer, (comment, additional_guests, answered_at)) = row?;
            Ok(Attendee {
                person,
                role: role(&part)?,
                status: response(&answer)?,
                comment,
                additional_guests,
                answered_at: answered_at.map(from_ms),
            })
        })
        .collect()
    }

    pub(crate) fn links(&self, id: EventId) -> Result<Vec<LinkRow>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT url, service, source, label FROM event_links WHERE event_id = ?1 ORDER BY rank",
        )?;
        let rows = statement.query_map([id.0], |row| {
            Ok(LinkRow {
                url: row.get(0)?,
                service: row.get(1)?,
                source: row.get(2)?,
                label: row.get(3)?,
            })
        })?;
        rows.collect::<Result<_, _>>().map_err(StoreError::from)
    }

    /// The events inside of the last full round's window that it did not list. A series stands
    /// inside if one of its occurrences does, or if it has none at all.
    pub fn unlisted_events(
        &self,
        calendar: CalendarId,
    ) -> Result<Vec<ProviderEventId>, StoreError> {
        let mut statement = self.connection.prepare(&format!(
            "SELECT e.provider_event_id FROM calendar_events e
             JOIN calendar_connections c ON c.id = e.calendar_connection_id
             WHERE c.id = ?1 AND e.generation < c.generation AND {IN_WINDOW} ORDER BY e.id"
        ))?;
        let rows = statement.query_map([calendar.0], |row| row.get::<_, String>(0))?;
        rows.map(|row| Ok(ProviderEventId(row?))).collect()
    }

    /// How many events stood inside of the last full round's window before it began.
    pub fn count_before_round(&self, calendar: CalendarId) -> Result<i64, StoreError> {
        let count = self.row(
            &format!(
                "SELECT count(*) FROM calendar_events e
                 JOIN calendar_connections c ON c.id = e.calendar_connection_id
                 WHERE c.id = ?1 AND e.first_generation < c.generation AND {IN_WINDOW}"
            ),
            [calendar.0],
            |row| row.get(0),
        )?;
        Ok(count)
    }

    /// How many events are kept.
    pub fn count_events(&self) -> Result<i64, StoreError> {
        let count = self.row("SELECT count(*) FROM calendar_events", [], |row| row.get(0))?;
        Ok(count)
    }
}

/// Whether event `e` of calendar `c` stands inside of the calendar's window. One that ends where
/// the window begins does not; one without length that stands there does.
const IN_WINDOW: &str = "(CASE WHEN e.kind = 'master' THEN
        EXISTS (SELECT 1 FROM event_occurrences o WHERE o.event_id = e.id
            AND o.start_ms < c.window_end_ms
            AND (o.end_ms > c.window_start_ms OR o.start_ms >= c.window_start_ms))
        OR NOT EXISTS (SELECT 1 FROM event_occurrences o WHERE o.event_id = e.id)
    ELSE e.start_ms < c.window_end_ms
        AND (e.end_ms > c.window_start_ms OR e.start_ms >= c.window_start_ms) END)";
