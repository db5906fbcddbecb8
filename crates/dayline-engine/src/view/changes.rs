//! The ledger in words: what changed about events that were known.

mod words;

use std::collections::BTreeMap;

use chrono::{DateTime, SecondsFormat, Utc};
use chrono_tz::Tz;
use dayline_model::{CalendarId, EventKind, ProviderEventId};
use dayline_store::{ChangeRow, ChangedField, Read, StoreError};
use serde::Serialize;

use self::words::{person, span_when, span_words, words};
use super::range::clock_in;
use super::{ClockView, WhenView, reader_zone, today_in_utc};
use crate::{Engine, Error};

/// The most lines that are listed at once.
const MOST_LINES: i32 = 1000;
/// The most lines of one event's history.
const MOST_OF_EVENT: u32 = 200;

/// The ledger, as far as it was asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct ChangesView {
    /// The newest first.
    pub items: Vec<ChangeView>,
    /// How many nobody has looked at, listed or not.
    pub unseen: i32,
}

/// One change of one event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct ChangeView {
    /// Higher for what was noticed later; the key for marking as seen.
    pub id: String,
    /// When it was noticed, RFC 3339 with the offset of the asked zone.
    pub changed_at: String,
    /// The same on the clocks of the asked zone.
    pub changed_clock: ClockView,
    /// Nobody has looked at it.
    pub is_new: bool,
    /// The key for details: of a series the occurrence that runs or comes next, else its last
    /// one. `None` if it is gone or out of reach.
    pub occurrence_id: Option<String>,
    /// As the event was called before.
    pub title: String,
    /// Where it stood before, in words.
    pub stood: String,
    /// The same in the asked zone; `None` if it is not understood.
    pub stood_when: Option<WhenView>,
    /// Our id of its calendar.
    pub calendar_id: String,
    /// Name of its calendar.
    pub calendar: String,
    /// `#rrggbb` of its calendar.
    pub color: String,
    /// Address of its account.
    pub account: String,
    /// What changed.
    pub field: ChangedFieldView,
    /// How it was: a time as `start/end`, an answer as `answer address`; `None` if there was none.
    pub before: Option<String>,
    /// How it is now, likewise; a deleted event's status is `deleted`.
    pub after: Option<String>,
    /// Of a change of time: when it was, in the asked zone.
    pub before_when: Option<WhenView>,
    /// Of a change of time: when it is now.
    pub after_when: Option<WhenView>,
    /// Of a guest who came, went or answered: the address, or the name where there is none.
    pub person: Option<String>,
    /// What happened, without the title: `moved from … to …`, `cancelled`.
    pub words: String,
}

/// What part of an event changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum ChangedFieldView {
    /// When it takes place.
    Time,
    /// How it repeats.
    Recurrence,
    /// Whether it takes place.
    Status,
    /// Its title.
    Title,
    /// Its place.
    Location,
    /// Its description.
    Description,
    /// Its importance.
    Importance,
    /// The own answer.
    Response,
    /// Who is invited, and what they answered.
    Attendee,
    /// The best join link.
    Link,
}

impl From<ChangedField> for ChangedFieldView {
    fn from(field: ChangedField) -> Self {
        match field {
            ChangedField::Time => Self::Time,
            ChangedField::Recurrence => Self::Recurrence,
            ChangedField::Status => Self::Status,
            ChangedField::Title => Self::Title,
            ChangedField::Location => Self::Location,
            ChangedField::Description => Self::Description,
            ChangedField::Importance => Self::Importance,
            ChangedField::Response => Self::Response,
            ChangedField::Attendee => Self::Attendee,
            ChangedField::Link => Self::Link,
        }
    }
}

impl Engine {
    /// What changed about known events of synced calendars, in words, with times in `zone`.
    ///
    /// # Errors
    /// [`Error::Invalid`] for an unknown zone or a limit out of 1 to 1,000.
    pub fn changes(&self, limit: i32, zone: &str) -> Result<ChangesView, Error> {
        let zone = reader_zone(zone)?;
        let asked = u32::try_from(limit)
            .ok()
            .filter(|_| (1..=MOST_LINES).contains(&limit))
            .ok_or_else(|| Error::Invalid(format!("a list has 1 to {MOST_LINES} changes")))?;
        let mut shown = Shown::at(self.now(), zone);
        Ok(self.store().read(|read| {
            Ok(ChangesView {
                items: shown.views(read, read.changes(asked)?)?,
                unseen: i32::try_from(read.count_unseen_changes()?).unwrap_or(i32::MAX),
            })
        })?)
    }

    /// What changed about one event and, where it is part of a series, about the series.
    ///
    /// Shape: the newest first, at most 200; empty if nothing did since it was synced first.
    ///
    /// # Errors
    /// [`Error::NotFound`] if there is no such occurrence, [`Error::Invalid`] for an unknown zone.
    pub fn event_changes(&self, occurrence_id: &str, zone: &str) -> Result<Vec<ChangeView>, Error> {
        let zone = reader_zone(zone)?;
        let (row, event) = self.load_occurrence(occurrence_id)?;
        let own = event.core.provider_id.as_str();
        let series = match &event.core.kind {
            EventKind::Exception { series, .. } => series.as_str(),
            EventKind::Single | EventKind::SeriesMaster { .. } => own,
        };
        let mut shown = Shown::at(self.now(), zone);
        Ok(self.store().read(|read| {
            let ids = [row.instance_id.as_str(), own, series];
            shown.views(read, read.changes_of(row.calendar, ids, MOST_OF_EVENT)?)
        })?)
    }

    /// Marks a change and all before it as seen. What was noticed since stays new.
    ///
    /// # Errors
    /// [`Error::NotFound`] if `through` is no change's id.
    pub fn mark_changes_seen(&self, through: &str) -> Result<(), Error> {
        let through: i64 = through.parse().map_err(|_| Error::NotFound("change"))?;
        let now = self.now();
        self.store()
            .write(|write| write.mark_changes_seen(through, now))?;
        Ok(())
    }
}

/// What is still shown of the events that lines are about, each looked for once.
struct Shown {
    now: DateTime<Utc>,
    zone: Tz,
    known: BTreeMap<(CalendarId, ProviderEventId), Option<String>>,
}

impl Shown {
    fn at(now: DateTime<Utc>, zone: Tz) -> Self {
        Self {
            now,
            zone,
            known: BTreeMap::new(),
        }
    }

    fn views(
        &mut self,
        read: &Read<'_>,
        rows: Vec<ChangeRow>,
    ) -> Result<Vec<ChangeView>, StoreError> {
        rows.into_iter()
            .map(|row| {
                let occurrence = self.occurrence(read, &row)?;
                Ok(change(row, occurrence, self.zone))
            })
            .collect()
    }

    fn occurrence(
        &mut self,
        read: &Read<'_>,
        row: &ChangeRow,
    ) -> Result<Option<String>, StoreError> {
        let key = (row.calendar, row.event.clone());
        if let Some(known) = self.known.get(&key) {
            return Ok(known.clone());
        }
        let today = today_in_utc(self.now, self.zone);
        let instance = read.find_shown(row.calendar, &row.event, self.now, today)?;
        let found = instance.map(|instance| format!("{}/{instance}", row.calendar));
        self.known.insert(key, found.clone());
        Ok(found)
    }
}

fn change(row: ChangeRow, occurrence_id: Option<String>, zone: Tz) -> ChangeView {
    let (before, after) = (row.before.as_deref(), row.after.as_deref());
    let when = |side: Option<&str>| {
        side.filter(|_| row.field == ChangedField::Time)
            .and_then(|span| span_when(span, zone))
    };
    ChangeView {
        id: row.id.to_string(),
        changed_at: row
            .changed_at
            .with_timezone(&zone)
            .to_rfc3339_opts(SecondsFormat::Secs, false),
        changed_clock: clock_in(row.changed_at, zone),
        is_new: row.seen_at.is_none(),
        occurrence_id,
        stood: span_words(&row.stood, zone),
        stood_when: span_when(&row.stood, zone),
        words: words(row.field, before, after, zone),
        before_when: when(before),
        after_when: when(after),
        person: (row.field == ChangedField::Attendee)
            .then(|| person(before, after))
            .flatten()
            .map(str::to_owned),
        title: row.title,
        calendar_id: row.calendar.to_string(),
        calendar: row.calendar_name,
        color: row.calendar_color,
        account: row.account_email,
        field: row.field.into(),
        before: row.before,
        after: row.after,
    }
}

#[cfg(test)]
mod tests;
