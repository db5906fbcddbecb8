//! What a change means to the people who look at a calendar. Pure.
//!
//! Compares an event as it was kept with what its provider says now, field by field. What nobody
//! sees (a version mark, a zone's other name for the same instants) is no change here.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};
use dayline_model::{
    Attendee, Body, Event, EventKind, Importance, ParticipationStatus, Person, ProviderEventId,
    Status, When, html,
};
use dayline_store::{ChangedField, Derived, EventRow};

/// The most characters of a text that the ledger keeps.
const MOST_TEXT: usize = 500;

/// What is `after` where something was deleted.
pub(super) const DELETED: &str = "deleted";

/// One line for the ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Difference {
    pub field: ChangedField,
    pub before: Option<String>,
    pub after: Option<String>,
}

/// What is different, in the order in which people ask: when, whether, what, where, who.
pub(super) fn differences(before: &EventRow, after: &Event, derived: &Derived) -> Vec<Difference> {
    if Status::Cancelled == before.core.status || Status::Cancelled == after.status {
        // Nothing else counts, and a cancelled occurrence often comes without its other fields.
        return status_alone(before.core.status, after.status);
    }
    let mut found = Vec::new();
    let mut note = |field, before: Option<String>, after: Option<String>| {
        if before != after {
            found.push(Difference {
                field,
                before,
                after,
            });
        }
    };
    note(
        ChangedField::Time,
        Some(stood(&before.core.when)),
        Some(stood(&after.when)),
    );
    note(
        ChangedField::Recurrence,
        lines(&before.core.kind),
        lines(&after.kind),
    );
    note(
        ChangedField::Status,
        Some(status_word(before.core.status).to_owned()),
        Some(status_word(after.status).to_owned()),
    );
    note(
        ChangedField::Title,
        Some(cut(&before.title)),
        Some(cut(&after.title)),
    );
    note(
        ChangedField::Location,
        before.location.as_deref().map(cut),
        after.location.as_deref().map(cut),
    );
    if before.body != after.body {
        note(
            ChangedField::Description,
            before.body.as_ref().map(text),
            after.body.as_ref().map(text),
        );
    }
    note(
        ChangedField::Importance,
        Some(importance_word(before.importance).to_owned()),
        Some(importance_word(after.importance).to_owned()),
    );
    note(
        ChangedField::Response,
        Some(response_word(before.response).to_owned()),
        Some(response_word(after.response).to_owned()),
    );
    for (before, after) in answers(&before.attendees, &after.attendees) {
        note(ChangedField::Attendee, before, after);
    }
    let link = |derived: &Derived| derived.links.first().map(|link| cut(&link.url));
    note(ChangedField::Link, link(&before.derived), link(derived));
    found
}

fn status_alone(before: Status, after: Status) -> Vec<Difference> {
    if before == after {
        return Vec::new();
    }
    vec![Difference {
        field: ChangedField::Status,
        before: Some(status_word(before).to_owned()),
        after: Some(status_word(after).to_owned()),
    }]
}

/// Where an event stands: `start/end`, instants in UTC or dates.
pub(super) fn stood(when: &When) -> String {
    match when {
        When::AllDay { start, end } => format!("{start}/{end}"),
        When::Timed { start, end } => span_text((start.utc(), end.utc()), false),
    }
}

/// A span as [`stood`] tells it.
pub(super) fn span_text((start, end): (DateTime<Utc>, DateTime<Utc>), all_day: bool) -> String {
    if all_day {
        let date = |time: DateTime<Utc>| -> NaiveDate { time.date_naive() };
        return format!("{}/{}", date(start), date(end));
    }
    let instant = |time: DateTime<Utc>| time.to_rfc3339_opts(SecondsFormat::Secs, true);
    format!("{}/{}", instant(start), instant(end))
}

fn lines(kind: &EventKind) -> Option<String> {
    match kind {
        EventKind::SeriesMaster { recurrence } if !recurrence.is_empty() => {
            Some(cut(&recurrence.join("\n")))
        }
        _ => None,
    }
}

/// Who answers otherwise than before, who came and who went.
fn answers(before: &[Attendee], after: &[Attendee]) -> Vec<(Option<String>, Option<String>)> {
    let by_name = |attendees: &[Attendee]| -> BTreeMap<String, String> {
        attendees
            .iter()
            .filter_map(|attendee| {
                let name = name(&attendee.person)?;
                let line = format!("{} {}", response_word(attendee.status), cut(name));
                Some((name.to_lowercase(), line))
            })
            .collect()
    };
    let (mut old, new) = (by_name(before), by_name(after));
    let mut found = Vec::new();
    for (key, line) in new {
        match old.remove(&key) {
            Some(known) if known == line => {}
            known => found.push((known, Some(line))),
        }
    }
    found.extend(old.into_values().map(|line| (Some(line), None)));
    found
}

fn name(person: &Person) -> Option<&str> {
    person.email.as_deref().or(person.name.as_deref())
}

fn text(body: &Body) -> String {
    match body {
        Body::Html(markup) => cut(&html::to_text(markup)),
        Body::Text(text) => cut(text),
    }
}

fn cut(text: &str) -> String {
    match text.char_indices().nth(MOST_TEXT) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}

/// A status as the ledger tells it.
pub(super) fn status_word(status: Status) -> &'static str {
    match status {
        Status::Tentative => "tentative",
        Status::Confirmed => "confirmed",
        Status::Cancelled => "cancelled",
    }
}

fn importance_word(importance: Importance) -> &'static str {
    match importance {
        Importance::Low => "low",
        Importance::Normal => "normal",
        Importance::High => "high",
    }
}

fn response_word(response: ParticipationStatus) -> &'static str {
    match response {
        ParticipationStatus::None => "none",
        ParticipationStatus::Organizer => "organizer",
        ParticipationStatus::Accepted => "accepted",
        ParticipationStatus::Tentative => "tentative",
        ParticipationStatus::Declined => "declined",
        ParticipationStatus::NeedsAction => "needs_action",
    }
}

/// The series that an event belongs to.
pub(super) fn series_of(kind: &EventKind) -> Option<&ProviderEventId> {
    match kind {
        EventKind::Exception { series, .. } => Some(series),
        EventKind::Single | EventKind::SeriesMaster { .. } => None,
    }
}

#[cfg(test)]
mod tests;
