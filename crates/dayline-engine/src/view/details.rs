//! Everything about one occurrence.

use chrono_tz::Tz;
use dayline_model::{
    Attendee, AttendeeRole, Body, EventKind, ParticipationStatus, Person, When, gate, html,
    recurrence,
};
use dayline_store::{EventRow, OccurrenceRow};

use super::range::occurrence_view;
use super::{AttendeeView, DetailsView, JoinView, OwnZone, PersonView, reader_zone};
use crate::open::join_links;
use crate::{Engine, Error};

impl Engine {
    /// Everything about one occurrence, with times in the asked zone.
    ///
    /// # Errors
    /// [`Error::NotFound`] if it does not exist any more.
    pub fn details(&self, occurrence_id: &str, zone: &str) -> Result<DetailsView, Error> {
        let zone = reader_zone(zone)?;
        let (row, event) = self.load_occurrence(occurrence_id)?;
        let series = self.series_in_words(&event)?;
        let attendees = attendee_views(&event);
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
            own_zone: own_zone(&row, &event, zone),
            series,
            join: join_links(&event)
                .into_iter()
                .filter_map(|(url, service)| {
                    let host = url.host_str()?.to_owned();
                    Some(JoinView {
                        service: service.name().to_owned(),
                        host,
                    })
                })
                .collect(),
            meeting_id: event.derived.meeting_id.clone(),
            passcode: event.derived.passcode.clone(),
            dial_in: event.derived.dial_in.clone(),
            conference_id: event.derived.conference_id.clone(),
            organizer: event.organizer.as_ref().and_then(person_view),
            attendees,
            description_html: body,
            has_page: event
                .html_link
                .as_deref()
                .is_some_and(|link| gate::check_web(link).is_ok()),
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

    fn series_in_words(&self, event: &EventRow) -> Result<Option<String>, Error> {
        let describe = |kind: &EventKind, when: &When| match kind {
            EventKind::SeriesMaster { recurrence } => recurrence::describe(recurrence, when),
            _ => None,
        };
        let EventKind::Exception { series, .. } = &event.core.kind else {
            return Ok(describe(&event.core.kind, &event.core.when));
        };
        let master = self
            .store()
            .read(|read| read.find_event(event.calendar, series))?;
        Ok(master.and_then(|master| describe(&master.kind, &master.when)))
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
    let own = start.zone.local(row.start);
    if start.zone.is_known() && own == row.start.with_timezone(&asked).naive_local() {
        return None;
    }
    Some(OwnZone {
        name: start.zone.name().to_owned(),
        start: start
            .zone
            .is_known()
            .then(|| own.format("%H:%M").to_string()),
    })
}

fn person_view(person: &Person) -> Option<PersonView> {
    let name = person.name.clone().or_else(|| person.email.clone())?;
    Some(PersonView {
        name,
        email: person.email.clone(),
    })
}

/// The organizer first, resources last, otherwise in the provider's order.
fn attendee_views(event: &EventRow) -> Vec<AttendeeView> {
    let organizer = event
        .organizer
        .as_ref()
        .and_then(|person| person.email.as_deref());
    let organizes = |attendee: &Attendee| {
        attendee.status == ParticipationStatus::Organizer
            || attendee.person.email.as_deref().is_some_and(|email| {
                organizer.is_some_and(|organizer| organizer.eq_ignore_ascii_case(email))
            })
    };
    let mut attendees: Vec<&Attendee> = event.attendees.iter().collect();
    attendees.sort_by_key(|attendee| {
        if organizes(attendee) {
            0
        } else if attendee.role == AttendeeRole::Resource {
            2
        } else {
            1
        }
    });
    attendees
        .into_iter()
        .filter_map(|attendee| {
            Some(AttendeeView {
                person: person_view(&attendee.person)?,
                response: attendee.status.into(),
                optional: attendee.role == AttendeeRole::Optional,
                resource: attendee.role == AttendeeRole::Resource,
                organizer: organizes(attendee),
            })
        })
        .collect()
}
