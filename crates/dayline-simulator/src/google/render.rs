//! Event resources as Google sends them.

use chrono::SecondsFormat;
use chrono_tz::Tz;
use serde_json::{Map, Value, json};

use super::calendars;
use crate::call::{Call, object};
use crate::expand::Instance;
use crate::ids;
use crate::time::{Moment, google_instant};
use crate::world::{Account, Calendar, Event, Quirks};

/// One calendar seen in one zone.
pub(super) struct View<'a> {
    account: &'a Account,
    calendar: &'a Calendar,
    /// Offsets in `dateTime` follow the `timeZone` parameter, else the calendar; the event's
    /// own zone stands beside it.
    tz: Tz,
    max_attendees: Option<usize>,
    quirks: Option<&'a Quirks>,
}

/// Names of ours among an event's properties begin so and are never shown.
const HIDDEN: &str = "sim:";

/// What is left of an event whose details the user may not see.
const WITHOUT_DETAILS: &[&str] = &[
    "kind",
    "etag",
    "id",
    "iCalUID",
    "status",
    "created",
    "updated",
    "start",
    "end",
    "recurrence",
    "recurringEventId",
    "originalStartTime",
    "transparency",
    "visibility",
    "sequence",
    "eventType",
    "htmlLink",
];

/// The etag of an event's version.
pub(super) fn etag(event: &Event) -> String {
    let micros = event.updated.timestamp_millis() * 2000;
    format!("\"{}\"", micros.unsigned_abs() + event.version)
}

impl<'a> View<'a> {
    pub(super) fn new(account: &'a Account, calendar: &'a Calendar, tz: Option<Tz>) -> Self {
        Self {
            account,
            calendar,
            tz: tz.unwrap_or(calendar.tz),
            max_attendees: None,
            quirks: None,
        }
    }

    /// The same view under the request's `maxAttendees` and the quirks in force.
    pub(super) fn under(self, call: &Call, quirks: &'a Quirks) -> Self {
        Self {
            max_attendees: call.param("maxAttendees").and_then(|max| max.parse().ok()),
            quirks: Some(quirks),
            ..self
        }
    }

    /// Any stored event: live or cancelled.
    pub(super) fn event(&self, event: &Event) -> Value {
        if event.removed && !self.quirks.is_some_and(|quirks| quirks.cancelled_details) {
            return self.cancelled(event);
        }
        let series = event
            .series
            .as_ref()
            .map(|link| (link.master.as_str(), &link.original));
        let mut out = self.resource(event, &event.id, &event.start, &event.end, series);
        if event.removed
            && let Some(map) = out.as_object_mut()
        {
            map.insert("status".into(), "cancelled".into());
        }
        out
    }

    /// An occurrence that went with its series.
    pub(super) fn gone(&self, slot: &Instance<'_>) -> Value {
        json!({
            "kind": "calendar#event",
            "etag": etag(slot.master),
            "id": ids::google_instance(&slot.master.id, &slot.original),
            "status": "cancelled",
            "recurringEventId": slot.master.id,
            "originalStartTime": self.moment(&slot.original),
        })
    }

    /// An occurrence of a series, in full.
    pub(super) fn instance(&self, slot: &Instance<'_>) -> Value {
        if let Some(exception) = slot.exception {
            return self.event(exception);
        }
        let id = ids::google_instance(&slot.master.id, &slot.original);
        let series = Some((slot.master.id.as_str(), &slot.original));
        self.resource(slot.master, &id, &slot.start, &slot.end, series)
    }

    /// A cancelled exception promises only id, recurringEventId and originalStartTime; any
    /// other cancelled item only its id.
    fn cancelled(&self, event: &Event) -> Value {
        let mut out = object(json!({
            "kind": "calendar#event",
            "etag": etag(event),
            "id": event.id,
            "status": "cancelled",
        }));
        if let Some(link) = &event.series {
            out.insert("recurringEventId".into(), link.master.clone().into());
            out.insert("originalStartTime".into(), self.moment(&link.original));
        }
        Value::Object(out)
    }

    fn moment(&self, at: &Moment) -> Value {
        match at {
            Moment::Date(date) => json!({"date": date.to_string()}),
            Moment::Local { tz, .. } => {
                let local = at.instant(Tz::UTC).with_timezone(&self.tz);
                json!({
                    "dateTime": local.to_rfc3339_opts(SecondsFormat::Secs, true),
                    "timeZone": tz.name(),
                })
            }
        }
    }

    fn resource(
        &self,
        source: &Event,
        id: &str,
        start: &Moment,
        end: &Moment,
        series: Option<(&str, &Moment)>,
    ) -> Value {
        let mut out: Map<String, Value> = source.properties.clone();
        out.extend(object(json!({
            "kind": "calendar#event",
            "etag": etag(source),
            "id": id,
            "htmlLink": format!("https://www.google.com/calendar/event?eid={}", self.eid(id)),
            "created": google_instant(source.created),
            "updated": google_instant(source.updated),
            "start": self.moment(start),
            "end": self.moment(end),
        })));
        out.entry("status").or_insert_with(|| "confirmed".into());
        if let Some((master, original)) = series {
            out.insert("recurringEventId".into(), master.into());
            out.insert("originalStartTime".into(), self.moment(original));
        } else if !source.rule.is_empty() {
            out.insert("recurrence".into(), json!(source.rule));
        }
        out.retain(|name, _| !name.starts_with(HIDDEN));
        self.mark_self(&mut out);
        self.thin_attendees(&mut out);
        self.hide_details(&mut out);
        self.distort(&mut out);
        Value::Object(out)
    }

    /// What the quirks in force leave out, null or replace.
    fn distort(&self, out: &mut Map<String, Value>) {
        let Some(quirks) = self.quirks else {
            return;
        };
        for name in &quirks.google_missing_fields {
            out.remove(name);
        }
        for name in &quirks.google_null_fields {
            out.insert(name.clone(), Value::Null);
        }
        out.extend(quirks.google_set_fields.clone());
    }

    /// Over the limit, or where guests may not see each other, only the participant is left.
    fn thin_attendees(&self, out: &mut Map<String, Value>) {
        let of_self =
            |who: Option<&Value>| who.and_then(|who| who.get("self")) == Some(&Value::Bool(true));
        let blind = out.get("guestsCanSeeOtherGuests") == Some(&Value::Bool(false))
            && !of_self(out.get("organizer"));
        let Some(list) = out.get_mut("attendees").and_then(Value::as_array_mut) else {
            return;
        };
        let many = self.max_attendees.is_some_and(|max| list.len() > max);
        if !many && !blind {
            return;
        }
        list.retain(|row| of_self(Some(row)));
        if list.is_empty() {
            out.remove("attendees");
        }
        out.insert("attendeesOmitted".into(), true.into());
    }

    /// `source` is its creator's; private events show no more than their time to readers, and
    /// free/busy readers see no more of any event (discovery document, `accessRole`).
    fn hide_details(&self, out: &mut Map<String, Value>) {
        let own = |name: &str, out: &Map<String, Value>| {
            out.get(name).and_then(|who| who.get("self")) == Some(&Value::Bool(true))
        };
        if !own("creator", out) {
            out.remove("source");
        }
        let visibility = out.get("visibility").and_then(Value::as_str);
        let private = matches!(visibility, Some("private" | "confidential"));
        let hidden = match calendars::role(self.calendar) {
            "freeBusyReader" => true,
            "reader" | "writerWithoutPrivateAccess" => private,
            _ => false,
        };
        if hidden {
            out.retain(|name, _| WITHOUT_DETAILS.contains(&name.as_str()));
            out.insert("visibility".into(), "private".into());
        }
    }

    /// `self` on the rows of this user.
    fn mark_self(&self, out: &mut Map<String, Value>) {
        let own = |value: &Value| {
            let email = value
                .get("email")
                .and_then(Value::as_str)
                .unwrap_or_default();
            email.eq_ignore_ascii_case(&self.account.email)
                || email.eq_ignore_ascii_case(&self.calendar.id)
        };
        let mark = |value: &mut Value| {
            if own(value)
                && let Some(map) = value.as_object_mut()
            {
                map.insert("self".into(), true.into());
            }
        };
        for name in ["creator", "organizer"] {
            if let Some(value) = out.get_mut(name) {
                mark(value);
            }
        }
        if let Some(list) = out.get_mut("attendees").and_then(Value::as_array_mut) {
            list.iter_mut().for_each(mark);
        }
    }

    fn eid(&self, id: &str) -> String {
        use base64::Engine as _;
        let text = format!("{id} {}", self.account.email);
        base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(text)
    }
}
