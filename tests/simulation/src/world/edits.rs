//! Changing the providers' side through their own APIs.

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, TimeDelta};
use dayline_engine::ProviderKind;
use serde_json::{Value, json};

use super::oracle::segment;
use super::setting::World;

const ZONE: &str = "Europe/Berlin";

/// A provider's words for start and end of something with times.
pub fn times(provider: ProviderKind, at: NaiveDateTime, minutes: i64) -> Value {
    let moment = |at: NaiveDateTime| json!({"dateTime": at.format("%Y-%m-%dT%H:%M:%S").to_string(), "timeZone": ZONE});
    let mut body = json!({"start": moment(at), "end": moment(at + TimeDelta::minutes(minutes))});
    if provider == ProviderKind::Microsoft {
        body["isAllDay"] = false.into();
    }
    body
}

/// A provider's words for whole days.
pub fn whole_days(provider: ProviderKind, first: NaiveDate, days: i64) -> Value {
    let after = first + TimeDelta::days(days);
    match provider {
        ProviderKind::Microsoft => {
            let midnight =
                |date: NaiveDate| json!({"dateTime": format!("{date}T00:00:00"), "timeZone": ZONE});
            json!({"isAllDay": true, "start": midnight(first), "end": midnight(after)})
        }
        ProviderKind::Google => json!({
            "start": {"date": first.to_string(), "dateTime": null, "timeZone": null},
            "end": {"date": after.to_string(), "dateTime": null, "timeZone": null},
        }),
    }
}

/// A provider's words for a series from `first` on: every `interval` weeks, or days.
pub fn series(
    provider: ProviderKind,
    first: NaiveDate,
    weekly: bool,
    interval: u32,
    count: Option<u32>,
) -> Value {
    let day = first.weekday();
    match provider {
        ProviderKind::Microsoft => {
            let pattern = if weekly {
                let names = [
                    "monday",
                    "tuesday",
                    "wednesday",
                    "thursday",
                    "friday",
                    "saturday",
                    "sunday",
                ];
                let name = names[day.num_days_from_monday() as usize];
                json!({"type": "weekly", "interval": interval, "daysOfWeek": [name], "firstDayOfWeek": "monday"})
            } else {
                json!({"type": "daily", "interval": interval})
            };
            let range = match count {
                Some(count) => {
                    json!({"type": "numbered", "startDate": first.to_string(), "numberOfOccurrences": count})
                }
                None => json!({"type": "noEnd", "startDate": first.to_string()}),
            };
            json!({"recurrence": {"pattern": pattern, "range": range}})
        }
        ProviderKind::Google => {
            let frequency = if weekly { "WEEKLY" } else { "DAILY" };
            let end = count.map_or_else(String::new, |count| format!(";COUNT={count}"));
            json!({"recurrence": [format!("RRULE:FREQ={frequency};INTERVAL={interval}{end}")]})
        }
    }
}

/// A provider's words for a title.
pub fn title(provider: ProviderKind, title: &str) -> Value {
    match provider {
        ProviderKind::Microsoft => json!({"subject": title}),
        ProviderKind::Google => json!({"summary": title}),
    }
}

/// Several parts of a body as one.
pub fn together<const N: usize>(parts: [Value; N]) -> Value {
    let mut body = serde_json::Map::new();
    for part in parts {
        let Value::Object(part) = part else {
            panic!("{part} is no object")
        };
        body.extend(part);
    }
    Value::Object(body)
}

/// Where a provider keeps an event, or with no id where it takes new ones.
pub fn path(provider: ProviderKind, calendar: &str, id: Option<&str>) -> String {
    let calendar = segment(calendar);
    match (provider, id.map(segment)) {
        (ProviderKind::Microsoft, None) => format!("/me/calendars/{calendar}/events"),
        (ProviderKind::Microsoft, Some(id)) => format!("/me/events/{id}"),
        (ProviderKind::Google, None) => format!("/calendars/{calendar}/events"),
        (ProviderKind::Google, Some(id)) => format!("/calendars/{calendar}/events/{id}"),
    }
}

impl World {
    /// Makes an event and gives its id.
    #[track_caller]
    pub fn create(&self, provider: ProviderKind, calendar: &str, body: &Value) -> String {
        let mut path = path(provider, calendar, None);
        if provider == ProviderKind::Google {
            // Without it Google drops what is attached.
            path.push_str("?supportsAttachments=true");
        }
        let event = self.asked(provider, "POST", &path, body);
        event["id"].as_str().unwrap().to_owned()
    }

    /// Changes an event.
    #[track_caller]
    pub fn patch(&self, provider: ProviderKind, calendar: &str, id: &str, body: &Value) -> Value {
        let path = path(provider, calendar, Some(id));
        self.asked(provider, "PATCH", &path, body)
    }

    /// Deletes an event, or one occurrence.
    #[track_caller]
    pub fn delete(&self, provider: ProviderKind, calendar: &str, id: &str) {
        let path = path(provider, calendar, Some(id));
        self.asked(provider, "DELETE", &path, &Value::Null);
    }

    /// The calendar that stands first, the primary one.
    pub fn primary(&self, provider: ProviderKind) -> String {
        self.calendars(provider)[0].0.clone()
    }

    /// A single event, made in the primary calendar.
    #[track_caller]
    pub fn create_single(&self, provider: ProviderKind, name: &str, day: i64) -> String {
        let at = self.day(day).and_hms_opt(9, 0, 0).unwrap();
        let body = together([title(provider, name), times(provider, at, 60)]);
        self.create(provider, &self.primary(provider), &body)
    }

    /// A weekly series of `count`, made in the primary calendar.
    #[track_caller]
    pub fn create_weekly(
        &self,
        provider: ProviderKind,
        name: &str,
        day: i64,
        count: Option<u32>,
    ) -> String {
        let at = self.day(day).and_hms_opt(9, 0, 0).unwrap();
        let body = together([
            title(provider, name),
            times(provider, at, 60),
            series(provider, at.date(), true, 1, count),
        ]);
        self.create(provider, &self.primary(provider), &body)
    }

    /// When an event or occurrence with times of the primary calendar starts, on the wall.
    pub fn start_of(&self, provider: ProviderKind, id: &str) -> NaiveDateTime {
        let path = path(provider, &self.primary(provider), Some(id));
        let item = self.asked(provider, "GET", &path, &Value::Null);
        let text = item["start"]["dateTime"].as_str().unwrap();
        let instant = match DateTime::parse_from_rfc3339(text) {
            Ok(time) => time.to_utc(),
            Err(_) => text.parse::<NaiveDateTime>().unwrap().and_utc(),
        };
        instant
            .with_timezone(&chrono_tz::Europe::Berlin)
            .naive_local()
    }

    /// The ids of a series' occurrences in the primary calendar around today, by start.
    pub fn occurrences_of(&self, provider: ProviderKind, series: &str) -> Vec<String> {
        let mut found: Vec<(String, String)> = self
            .occurrences(provider, &self.primary(provider), self.around())
            .iter()
            .filter(|item| {
                let link = match provider {
                    ProviderKind::Microsoft => &item["seriesMasterId"],
                    ProviderKind::Google => &item["recurringEventId"],
                };
                link == series
            })
            .map(|item| {
                let start = item["start"].to_string();
                (start, item["id"].as_str().unwrap().to_owned())
            })
            .collect();
        found.sort();
        found.into_iter().map(|(_, id)| id).collect()
    }
}
