//! Wall time, zones and instants, as both vendors write them.
//!
//! Holds the conversion between local time and instants; the Windows names of zones stand in
//! `windows`. It knows nothing of events.

mod windows;

use chrono::{DateTime, Duration, NaiveDate, NaiveDateTime, TimeZone, Utc};
use chrono_tz::Tz;

/// The zone that a Windows or IANA name means.
///
/// "UTC" is looked up as itself and never through a Windows row for London
/// (GNOME/evolution-ews I#338).
pub(crate) fn zone(name: &str) -> Option<Tz> {
    if name == "tzone://Microsoft/Utc" {
        return Some(Tz::UTC);
    }
    windows::WINDOWS_ZONES
        .iter()
        .find(|(windows, _)| windows.eq_ignore_ascii_case(name))
        .map_or(name, |(_, iana)| iana)
        .parse()
        .ok()
}

/// All rows of the Windows table.
pub(crate) fn windows_zones() -> impl Iterator<Item = (&'static str, Tz)> {
    windows::WINDOWS_ZONES
        .iter()
        .filter_map(|(windows, iana)| Some((*windows, iana.parse().ok()?)))
}

/// The Windows name of a zone, or its IANA name if the table has none.
pub(crate) fn windows_name(tz: Tz) -> String {
    windows_zones()
        .find(|(_, row)| *row == tz)
        .map_or_else(|| tz.name().to_owned(), |(windows, _)| windows.to_owned())
}

/// The instant of a wall time: the earlier one in a fold, moved forward out of a gap.
pub(crate) fn instant(local: NaiveDateTime, tz: Tz) -> DateTime<Utc> {
    if let Some(found) = tz.from_local_datetime(&local).earliest() {
        return found.with_timezone(&Utc);
    }
    // In a gap the wall clock jumped; the offset before the gap gives the shifted time. Gaps are
    // minutes to hours long, and in Apia 2011 a whole day.
    [3, 30, 60]
        .into_iter()
        .find_map(|hours| {
            let back = Duration::hours(hours);
            let before = tz.from_local_datetime(&(local - back)).earliest()?;
            Some(before.with_timezone(&Utc) + back)
        })
        .unwrap_or_else(|| local.and_utc())
}

/// A start or an end: a date of an all-day event or a wall time in a zone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Moment {
    /// All-day: a floating date.
    Date(NaiveDate),
    /// Timed: wall time, zone, and the zone's name as it was written.
    Local {
        at: NaiveDateTime,
        tz: Tz,
        name: String,
        /// Of a wall time that happens twice, the second.
        late: bool,
    },
}

impl Moment {
    /// A wall time in `tz` under the zone's IANA name.
    pub(crate) fn local_in(at: NaiveDateTime, tz: Tz) -> Self {
        Self::Local {
            at,
            tz,
            name: tz.name().to_owned(),
            late: false,
        }
    }

    /// The wall time of an instant in `tz`, which is known to be the second one in a fold.
    pub(crate) fn of_instant(instant: DateTime<Utc>, tz: Tz) -> Self {
        let at = instant.with_timezone(&tz).naive_local();
        let twice = tz.from_local_datetime(&at);
        let late = twice.earliest() != twice.latest()
            && twice.latest().is_some_and(|latest| latest == instant);
        Self::Local {
            at,
            tz,
            name: tz.name().to_owned(),
            late,
        }
    }

    /// Wall time; midnight for a date.
    pub(crate) fn local(&self) -> NaiveDateTime {
        match self {
            Self::Date(date) => date.and_time(chrono::NaiveTime::MIN),
            Self::Local { at, .. } => *at,
        }
    }

    /// The instant; a date begins at midnight of `floating`.
    pub(crate) fn instant(&self, floating: Tz) -> DateTime<Utc> {
        match self {
            Self::Date(_) => instant(self.local(), floating),
            Self::Local {
                at, tz, late: true, ..
            } => tz
                .from_local_datetime(at)
                .latest()
                .map_or_else(|| instant(*at, *tz), |late| late.with_timezone(&Utc)),
            Self::Local { at, tz, .. } => instant(*at, *tz),
        }
    }

    /// The same kind of moment at another wall time.
    pub(crate) fn at(&self, local: NaiveDateTime) -> Self {
        match self {
            Self::Date(_) => Self::Date(local.date()),
            Self::Local { at, tz, name, late } => Self::Local {
                at: local,
                tz: *tz,
                name: name.clone(),
                late: *late && local == *at,
            },
        }
    }

    /// The zone; UTC for a date.
    pub(crate) fn tz(&self) -> Tz {
        match self {
            Self::Date(_) => Tz::UTC,
            Self::Local { tz, .. } => *tz,
        }
    }

    /// Whether this is an all-day date.
    pub(crate) fn is_date(&self) -> bool {
        matches!(self, Self::Date(_))
    }
}

/// Reads a Graph or RFC 3339 wall time with any number of fraction digits and no offset.
pub(crate) fn parse_local(text: &str) -> Option<NaiveDateTime> {
    ["%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%dT%H:%M"]
        .iter()
        .find_map(|format| NaiveDateTime::parse_from_str(text, format).ok())
        .or_else(|| {
            let date = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()?;
            Some(date.and_time(chrono::NaiveTime::MIN))
        })
}

/// Reads an instant with offset; without one it is taken as UTC, as Graph does for windows.
pub(crate) fn parse_instant(text: &str) -> Option<DateTime<Utc>> {
    DateTime::parse_from_rfc3339(text)
        .map(|at| at.with_timezone(&Utc))
        .ok()
        .or_else(|| parse_local(text.trim_end_matches('Z')).map(|local| local.and_utc()))
}

/// Graph's wall time with seven fraction digits.
pub(crate) fn graph_local(local: NaiveDateTime) -> String {
    format!("{}.0000000", local.format("%Y-%m-%dT%H:%M:%S"))
}

/// An instant as Graph writes `createdDateTime`.
pub(crate) fn graph_instant(at: DateTime<Utc>) -> String {
    format!("{}0000Z", at.format("%Y-%m-%dT%H:%M:%S%.3f"))
}

/// An instant as Google writes `created` and `updated`.
pub(crate) fn google_instant(at: DateTime<Utc>) -> String {
    at.format("%Y-%m-%dT%H:%M:%S%.3fZ").to_string()
}

#[cfg(test)]
mod tests;
