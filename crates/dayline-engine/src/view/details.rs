//! Everything about one occurrence.
//!
//! What stands beside time, title and description is made from its row in `details/parts.rs`.

use chrono::{DateTime, NaiveDateTime, Utc};
use chrono_tz::Tz;
use dayline_model::recurrence::Pattern;
use dayline_model::{Body, EventKind, Person, When, Zone, gate, html};
use dayline_store::{EventRow, OccurrenceRow, SpanRow};

use super::matching::copies_of;
use super::range::occurrence_view;
use super::{
    CopyDetails, DetailsView, JoinView, OwnEnd, OwnZone, PersonView, SeriesView, occurrence_id,
    reader_zone,
};
use crate::open::join_links;
use crate::{Engine, Error};

mod parts;

pub(crate) use self::parts::{attachment_link, shown_places};

impl Engine {
    /// Everything about one occurrence, with times in the asked zone.
    ///
    /// # Errors
    /// [`Error::NotFound`] if it does not exist any more.
    pub fn details(&self, occurrence_id: &str, zone: &str) -> Result<DetailsView, Error> {
        let zone = reader_zone(zone)?;
        let (row, event) = self.load_occurrence(occurrence_id)?;
        let series = self.pattern_of(&event)?.map(SeriesView::from);
        let calendar = self.store().read(|read| read.find_calendar(row.calendar))?;
        let defaults = calendar.map_or_else(Vec::new, |row| row.calendar.default_reminders);
        let patterns = self.patterns()?;
        let body = event
            .body
            .as_ref()
            .map(body_html)
            .filter(|html| !html.trim().is_empty());
        Ok(DetailsView {
            occurrence: occurrence_view(&row, zone),
            calendar_name: row.calendar_name.clone(),
            account_email: row.account_email.clone(),
            provider: row.provider.into(),
            kind: event.event_type.into(),
            sensitivity: event.sensitivity.into(),
            own_zone: own_zone(&row, &event, zone),
            own_end: own_end(&row, &event, zone),
            series,
            join: join_links(&event, &patterns)
                .into_iter()
                .filter_map(|(url, service)| {
                    let host = url.host_str()?.to_owned();
                    Some(JoinView { service, host })
                })
                .collect(),
            meeting_id: event.derived.meeting_id.clone(),
            passcode: event.derived.passcode.clone(),
            dial_in: event.derived.dial_in.clone(),
            conference_id: event.derived.conference_id.clone(),
            places: parts::place_views(&event),
            reminders: parts::reminders_view(&event.reminders, &defaults),
            has_attachments: event.has_attachments || !event.attachments.is_empty(),
            attachments: event.attachments.iter().map(Into::into).collect(),
            organizer: event.organizer.as_ref().and_then(person_view),
            attendees: parts::attendee_views(&event, zone),
            description_html: body,
            has_page: event
                .html_link
                .as_deref()
                .is_some_and(|link| gate::check_web(link).is_ok()),
            copies: self.copy_details(&row)?,
        })
    }

    pub(crate) fn load_occurrence(&self, id: &str) -> Result<(OccurrenceRow, EventRow), Error> {
        let (calendar, instance) = id.split_once('/').ok_or(Error::NotFound("event"))?;
        let calendar = calendar.parse().map_err(|_| Error::NotFound("event"))?;
        let found = self.store().read(|read| {
            let Some(row) = read.find_occurrence(calendar, instance)? else {
                return Ok(None);
            };
            let event = read.load_event(row.event)?;
            Ok(event.map(|event| (row, event)))
        })?;
        found.ok_or(Error::NotFound("event"))
    }

    /// The same meeting in other visible calendars.
    fn copy_details(&self, row: &OccurrenceRow) -> Result<Vec<CopyDetails>, Error> {
        let rows = self.store().read(|read| {
            let copies = copies_of(read, row.event, row.start)?.into_iter();
            let find = |span: SpanRow| read.find_occurrence(span.calendar, &span.instance_id);
            copies
                .filter_map(|span| find(span).transpose())
                .collect::<Result<Vec<_>, _>>()
        })?;
        let view = |copy: OccurrenceRow| CopyDetails {
            occurrence_id: occurrence_id(&copy),
            calendar_id: copy.calendar.to_string(),
            calendar_name: copy.calendar_name,
            account_email: copy.account_email,
            provider: copy.provider.into(),
            color: copy.own_color.unwrap_or(copy.calendar_color),
        };
        Ok(rows.into_iter().map(view).collect())
    }

    fn pattern_of(&self, event: &EventRow) -> Result<Option<Pattern>, Error> {
        let read = |kind: &EventKind, when: &When| match kind {
            EventKind::SeriesMaster { recurrence } => Pattern::read(recurrence, when),
            _ => None,
        };
        let EventKind::Exception { series, .. } = &event.core.kind else {
            return Ok(read(&event.core.kind, &event.core.when));
        };
        let master = self
            .store()
            .read(|read| read.find_event(event.calendar, series))?;
        Ok(master.and_then(|master| read(&master.kind, &master.when)))
    }
}

/// What a description becomes before it leaves the engine.
pub(crate) fn body_html(body: &Body) -> String {
    match body {
        Body::Html(text) => html::sanitize(text),
        Body::Text(text) => html::text_to_html(text),
    }
}

fn own_zone(row: &OccurrenceRow, event: &EventRow, asked: Tz) -> Option<OwnZone> {
    let When::Timed { start, .. } = &event.core.when else {
        return None;
    };
    let (time, days_later) = told_in(&start.zone, row.start, asked)?;
    Some(OwnZone {
        name: shown_name(&start.zone),
        start: time,
        days_later,
    })
}

fn own_end(row: &OccurrenceRow, event: &EventRow, asked: Tz) -> Option<OwnEnd> {
    let When::Timed { start, end } = &event.core.when else {
        return None;
    };
    if shown_name(&start.zone) == shown_name(&end.zone) {
        return None;
    }
    let (time, days_later) = told_in(&end.zone, row.end, asked)?;
    Some(OwnEnd {
        name: shown_name(&end.zone),
        end: time,
        days_later,
    })
}

/// The IANA name of a zone, or its name as written where nobody knows it.
fn shown_name(zone: &Zone) -> String {
    zone.tz()
        .map_or_else(|| zone.name(), |tz| tz.name())
        .to_owned()
}

/// The time of `instant` in the zone that it was written in, and how many days later its date is
/// there; `None` if the asked zone tells the same.
fn told_in(written: &Zone, instant: DateTime<Utc>, asked: Tz) -> Option<(Option<String>, i32)> {
    if !written.is_known() {
        return Some((None, 0));
    }
    let own: NaiveDateTime = written.local(instant);
    let shown = instant.with_timezone(&asked).naive_local();
    if own == shown {
        return None;
    }
    let days = own.date().signed_duration_since(shown.date()).num_days();
    let time = own.format("%H:%M").to_string();
    Some((Some(time), i32::try_from(days).unwrap_or_default()))
}

fn person_view(person: &Person) -> Option<PersonView> {
    let name = person.name.clone().or_else(|| person.email.clone())?;
    Some(PersonView {
        name,
        email: person.email.clone(),
    })
}

#[cfg(test)]
mod tests;
