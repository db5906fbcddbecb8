//! Time zones by any name that providers use for them.
//!
//! Understood are IANA names, Windows names (CLDR's windowsZones), fixed offsets, and Outlook's
//! display names. What nobody understands is kept as written and counts as UTC, so that an event
//! with a broken zone is shown an hour wrong rather than not at all.
//!
//! VTIMEZONE rules are not read here.

mod names;
#[cfg(test)]
mod tests;
mod windows;

use chrono::{DateTime, Datelike, LocalResult, NaiveDateTime, Offset, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

/// A zone as written, with its meaning where it has one.
///
/// Serialised as its name alone: the meaning is found anew, with the zone database of the reader.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub struct Zone {
    name: String,
    tz: Option<Tz>,
}

impl Zone {
    /// UTC.
    pub fn utc() -> Self {
        Self {
            name: "UTC".to_owned(),
            tz: Some(Tz::UTC),
        }
    }

    /// Understands an IANA name, a Windows name, an offset or a display name; never fails.
    ///
    /// `UTC` and `tzone://Microsoft/Utc` are UTC and never go through the Windows table, which
    /// would make them a place with daylight time. `tzone://Microsoft/Custom`,
    /// `Customized Time Zone` and the empty name are unknown.
    ///
    /// # Source
    /// CLDR windowsZones (territory 001); Graph `dateTimeTimeZone`.
    pub fn parse(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            tz: names::meaning(name),
        }
    }

    /// The name as written.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its meaning; `None` if nobody knows the name.
    pub fn tz(&self) -> Option<Tz> {
        self.tz
    }

    /// Whether the name has a meaning.
    pub fn is_known(&self) -> bool {
        self.tz.is_some()
    }

    /// The instant of a wall time.
    ///
    /// In a fold, when a wall time comes twice, it is the first. In a gap, when it does not come
    /// at all, the offset before the gap holds: the time is as much later as the gap is long.
    /// In an unknown zone, and outside the years 1 to 9999, wall time is taken as UTC.
    ///
    /// # Source
    /// RFC 5545 §3.3.5, form 3.
    pub fn to_utc(&self, local: NaiveDateTime) -> DateTime<Utc> {
        self.resolve(local).0
    }

    /// The instant of a wall time, as [`Zone::to_utc`] gives it, and whether the instant's own
    /// wall time is that one: it is not in a gap.
    pub(crate) fn resolve(&self, local: NaiveDateTime) -> (DateTime<Utc>, bool) {
        let Some(tz) = self.tz.filter(|_| in_range(local)) else {
            return (local.and_utc(), true);
        };
        match tz.from_local_datetime(&local) {
            LocalResult::Single(time) | LocalResult::Ambiguous(time, _) => (time.to_utc(), true),
            LocalResult::None => {
                // No offset is above 15 hours, so this instant lies before the gap.
                let before = tz.offset_from_utc_datetime(&(local - TimeDelta::hours(15)));
                let seconds = before.fix().local_minus_utc();
                let instant = (local - TimeDelta::seconds(i64::from(seconds))).and_utc();
                (instant, false)
            }
        }
    }

    /// The wall time of an instant; in an unknown zone, and outside the years 1 to 9999, its UTC time.
    pub fn local(&self, instant: DateTime<Utc>) -> NaiveDateTime {
        let naive = instant.naive_utc();
        self.tz
            .filter(|_| in_range(naive))
            .map_or(naive, |tz| instant.with_timezone(&tz).naive_local())
    }
}

impl From<String> for Zone {
    fn from(name: String) -> Self {
        Self {
            tz: names::meaning(&name),
            name,
        }
    }
}

impl From<Zone> for String {
    fn from(zone: Zone) -> Self {
        zone.name
    }
}

/// Where arithmetic with offsets cannot overflow.
fn in_range(time: NaiveDateTime) -> bool {
    (1..=9999).contains(&time.year())
}
