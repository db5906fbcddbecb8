//! Events as their provider confirmed them.

use chrono::{DateTime, Utc};
use dayline_model::{
    AccountId, Attendee, Body, CalendarId, Event, EventId, EventKind, Importance,
    ParticipationStatus, Person, ProviderEventId, Sensitivity, ShowAs, Status, When,
};
use rusqlite::{OptionalExtension, Row, params};

use crate::rows::{
    importance, importance_word, original_start, original_start_text, response, response_word,
    role, role_word, sensitivity, sensitivity_word, show_as, show_as_word, status, status_word,
    to_ms, when, when_columns,
};
use crate::{Read, StoreError, Write};

/// What is derived from an event before it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
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

/// A join candidate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkRow {
    /// The checked link.
    pub url: String,
    /// The service's key.
    pub service: String,
    /// Which field it came from.
    pub source: String,
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
    /// Place.
    pub location: Option<String>,
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
    /// The event's page at the provider.
    pub html_link: Option<String>,
}

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

const CORE: &str = "id, provider_event_id, kind, series_master_id, original_start,
    recurrence_rule, all_day, start_local, start_zone, end_local, end_zone, status, fingerprint";

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
        ),
    ))
}

fn core(raw: RawCore) -> Result<EventCore, StoreError> {
    let (
        (id, provider_id, kind, series, original, recurrence),
        (all_day, start_local, start_zone, end_local, end_zone, state, fingerprint),
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
        let mut statement = self.connection.prepare_cached(
            "SELECT calendar_connection_id, title, description, description_type, location,
                 show_as, sensitivity, response_status, importance, organizer_name,
                 organizer_email, teams_enabled, meeting_id, passcode, dial_in, teams_dial_in_url,
                 teams_conference_id, html_link
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
            location: row.get(4)?,
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
        }))
    }

    fn attendees(&self, id: EventId) -> Result<Vec<Attendee>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT name, email, role, response_status FROM event_attendees
             WHERE event_id = ?1 ORDER BY position",
        )?;
        let rows = statement.query_map([id.0], |row| {
            Ok((
                Person {
                    name: row.get(0)?,
                    email: row.get(1)?,
                },
                row.get::<_, String>(2)?,
                row.get::<_, String>(3)?,
            ))
        })?;
        rows.map(|row| {
            let (person, part, answer) = row?;
            Ok(Attendee {
                person,
                role: role(&part)?,
                status: response(&answer)?,
            })
        })
        .collect()
    }

    fn links(&self, id: EventId) -> Result<Vec<LinkRow>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT url, service, source FROM event_links WHERE event_id = ?1 ORDER BY rank",
        )?;
        let rows = statement.query_map([id.0], |row| {
            Ok(LinkRow {
                url: row.get(0)?,
                service: row.get(1)?,
                source: row.get(2)?,
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
        let count = self.connection.query_row(
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
        let count =
            self.connection
                .query_row("SELECT count(*) FROM calendar_events", [], |row| row.get(0))?;
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
        self.put_parts(id, account, event, derived)?;
        Ok(if before.is_some() {
            UpsertOutcome::Updated(id)
        } else {
            UpsertOutcome::Added(id)
        })
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
        let teams_url = derived
            .links
            .first()
            .filter(|_| derived.is_teams)
            .map(|link| link.url.as_str());
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
                     generation, first_generation, last_synced_at_ms)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16,
                     ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24, ?25, ?26, ?27, ?28, ?29, ?30, ?31,
                     ?32, ?33, ?34, ?35, ?36, ?37, ?38, ?38, ?39)
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
                     last_synced_at_ms = excluded.last_synced_at_ms
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
                    teams_url,
                    derived.conference_id,
                    derived.dial_in_url,
                    derived.dial_in,
                    derived.meeting_id,
                    derived.passcode,
                    event.reminder_minutes,
                    event.html_link,
                    event.etag.as_ref().map(dayline_model::Etag::as_str),
                    event.raw,
                    fingerprint,
                    generation,
                    to_ms(now),
                ],
                |row| row.get(0),
            )?;
        Ok(EventId(id))
    }

    fn put_parts(
        &self,
        id: EventId,
        account: AccountId,
        event: &Event,
        derived: &Derived,
    ) -> Result<(), StoreError> {
        for table in ["event_links", "event_attendees", "event_categories"] {
            self.connection
                .prepare_cached(&format!("DELETE FROM {table} WHERE event_id = ?1"))?
                .execute([id.0])?;
        }
        for (rank, link) in (0_i64..).zip(&derived.links) {
            self.connection
                .prepare_cached(
                    "INSERT INTO event_links (event_id, rank, url, service, source)
                     VALUES (?1, ?2, ?3, ?4, ?5)",
                )?
                .execute(params![id.0, rank, link.url, link.service, link.source])?;
        }
        for (position, attendee) in (0_i64..).zip(&event.attendees) {
            self.connection
                .prepare_cached(
                    "INSERT INTO event_attendees (event_id, position, name, email, role,
                         response_status)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                )?
                .execute(params![
                    id.0,
                    position,
                    attendee.person.name,
                    attendee.person.email,
                    role_word(attendee.role),
                    response_word(attendee.status),
                ])?;
        }
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

    /// Counts an event as listed in the round of `generation` without changing it.
    pub fn keep_event(
        &self,
        calendar: CalendarId,
        id: &ProviderEventId,
        generation: i64,
    ) -> Result<(), StoreError> {
        self.connection.execute(
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
