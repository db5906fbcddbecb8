//! Between SQLite's values and ours.

use std::str::FromStr;

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use dayline_model::{
    AttendeeRole, EventType, Importance, OriginalStart, ParticipationStatus, ReminderMethod,
    Sensitivity, ShowAs, Status, When, Zone, ZonedTime,
};
use rusqlite::Row;
use rusqlite::types::Type;

use crate::StoreError;

/// The text form of a wall time.
const LOCAL: &str = "%Y-%m-%dT%H:%M:%S%.f";

/// Milliseconds since 1970.
pub(crate) fn to_ms(time: DateTime<Utc>) -> i64 {
    time.timestamp_millis()
}

/// The instant; the last or first one that chrono knows where SQLite holds one beyond.
pub(crate) fn from_ms(ms: i64) -> DateTime<Utc> {
    DateTime::from_timestamp_millis(ms).unwrap_or(if ms < 0 {
        DateTime::<Utc>::MIN_UTC
    } else {
        DateTime::<Utc>::MAX_UTC
    })
}

/// A column of text that parses into `T`.
pub(crate) fn parsed<T>(row: &Row<'_>, index: usize) -> rusqlite::Result<T>
where
    T: FromStr,
    T::Err: std::error::Error + Send + Sync + 'static,
{
    let text: String = row.get(index)?;
    text.parse().map_err(|error: T::Err| {
        rusqlite::Error::FromSqlConversionFailure(index, Type::Text, Box::new(error))
    })
}

/// An enum's word in the database, and back.
macro_rules! words {
    ($name:ident, $into:ident, $from:ident, $what:literal, { $($variant:ident = $word:literal),+ $(,)? }) => {
        pub(crate) fn $into(value: $name) -> &'static str {
            match value { $($name::$variant => $word),+ }
        }

        pub(crate) fn $from(word: &str) -> Result<$name, StoreError> {
            match word {
                $($word => Ok($name::$variant),)+
                _ => Err(StoreError::Value($what)),
            }
        }
    };
}

words!(Status, status_word, status, "status", {
    Tentative = "tentative", Confirmed = "confirmed", Cancelled = "cancelled",
});
words!(ShowAs, show_as_word, show_as, "show_as", {
    Free = "free", Tentative = "tentative", Busy = "busy", OutOfOffice = "oof",
    WorkingElsewhere = "working_elsewhere",
});
words!(Sensitivity, sensitivity_word, sensitivity, "sensitivity", {
    Normal = "normal", Personal = "personal", Private = "private", Confidential = "confidential",
});
words!(Importance, importance_word, importance, "importance", {
    Low = "LOW", Normal = "NORMAL", High = "HIGH",
});
words!(ParticipationStatus, response_word, response, "response_status", {
    None = "none", Organizer = "organizer", Accepted = "accepted", Tentative = "tentative",
    Declined = "declined", NeedsAction = "needs_action",
});
words!(EventType, event_type_word, event_type, "event_type", {
    Default = "default", FocusTime = "focus_time", OutOfOffice = "out_of_office",
    WorkingLocation = "working_location", Birthday = "birthday", FromGmail = "from_gmail",
});
words!(ReminderMethod, method_word, method, "method", {
    Popup = "popup", Email = "email",
});
words!(AttendeeRole, role_word, role, "role", {
    Required = "required", Optional = "optional", Resource = "resource",
});

/// [`When`] as columns.
pub(crate) struct WhenColumns {
    pub all_day: bool,
    pub start_local: String,
    pub start_zone: Option<String>,
    pub end_local: String,
    pub end_zone: Option<String>,
    pub start_ms: i64,
    pub end_ms: i64,
}

/// Start and end in milliseconds; of dates as if in UTC.
pub(crate) fn span_ms(when: &When) -> (i64, i64) {
    match when {
        When::AllDay { start, end } => (date_ms(*start), date_ms(*end)),
        When::Timed { start, end } => (to_ms(start.utc()), to_ms(end.utc())),
    }
}

fn date_ms(date: NaiveDate) -> i64 {
    to_ms(date.and_time(chrono::NaiveTime::MIN).and_utc())
}

pub(crate) fn when_columns(when: &When) -> WhenColumns {
    let (start_ms, end_ms) = span_ms(when);
    match when {
        When::AllDay { start, end } => WhenColumns {
            all_day: true,
            start_local: start.to_string(),
            start_zone: None,
            end_local: end.to_string(),
            end_zone: None,
            start_ms,
            end_ms,
        },
        When::Timed { start, end } => WhenColumns {
            all_day: false,
            start_local: start.local.format(LOCAL).to_string(),
            start_zone: Some(start.zone.name().to_owned()),
            end_local: end.local.format(LOCAL).to_string(),
            end_zone: Some(end.zone.name().to_owned()),
            start_ms,
            end_ms,
        },
    }
}

pub(crate) fn when(
    all_day: bool,
    start_local: &str,
    start_zone: Option<&str>,
    end_local: &str,
    end_zone: Option<&str>,
) -> Result<When, StoreError> {
    if all_day {
        let date = |text: &str| text.parse().map_err(|_| StoreError::Value("start_local"));
        return Ok(When::AllDay {
            start: date(start_local)?,
            end: date(end_local)?,
        });
    }
    let time = |text: &str, zone: Option<&str>| {
        let local = NaiveDateTime::parse_from_str(text, LOCAL)
            .map_err(|_| StoreError::Value("start_local"))?;
        Ok::<_, StoreError>(ZonedTime {
            local,
            zone: Zone::parse(zone.unwrap_or_default()),
        })
    };
    Ok(When::Timed {
        start: time(start_local, start_zone)?,
        end: time(end_local, end_zone)?,
    })
}

pub(crate) fn original_start_text(start: &OriginalStart) -> String {
    match start {
        OriginalStart::Instant(instant) => {
            instant.to_rfc3339_opts(chrono::SecondsFormat::AutoSi, true)
        }
        OriginalStart::Date(date) => date.to_string(),
    }
}

pub(crate) fn original_start(text: &str) -> Result<OriginalStart, StoreError> {
    if let Ok(date) = text.parse() {
        return Ok(OriginalStart::Date(date));
    }
    DateTime::parse_from_rfc3339(text)
        .map(|instant| OriginalStart::Instant(instant.to_utc()))
        .map_err(|_| StoreError::Value("original_start"))
}
