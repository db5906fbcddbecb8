//! Event resources as Google sends them.

use chrono::SecondsFormat;
use chrono_tz::Tz;
use serde_json::{Map, Value, json};

use crate::call::object;
use crate::expand::Instance;
use crate::ids;
use crate::time::{Moment, google_instant};
use crate::world::{Account, Calendar, Event};

/// One calendar seen in one zone.
pub(super) struct View<'a> {
    account: &'a Account,
    calendar: &'a Calendar,
    /// Offsets in `dateTime` follow the `timeZone` parameter, else the calendar; the event's
    /// own zone stands beside it.
    tz: Tz,
}

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
        }
    }

    /// Any stored event: live or cancelled.
    pub(super) fn event(&self, event: &Event) -> Value {
        if event.removed {
            return self.cancelled(event);
        }
        let series = event
            .series
            .as_ref()
            .map(|link| (link.master.as_str(), &link.original));
        self.resource(event, &event.id, &event.start, &event.end, series)
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
        self.mark_self(&mut out);
        Value::Object(out)
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
