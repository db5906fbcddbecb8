//! Dates and times as RFC 5545 writes them.

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};

use crate::zone::Zone;

/// A value of type DATE or DATE-TIME.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stamp {
    /// `20260310`.
    Date(NaiveDate),
    /// `20260310T090000`: in the zone of its property.
    Local(NaiveDateTime),
    /// `20260310T090000Z`.
    Utc(DateTime<Utc>),
}

impl Stamp {
    pub(super) fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        let Some((date, time)) = text.split_once(['T', 't']) else {
            return day(text).map(Self::Date);
        };
        let (time, utc) = match time.strip_suffix(['Z', 'z']) {
            Some(time) => (time, true),
            None => (time, false),
        };
        let local = day(date)?.and_time(clock(time)?);
        Some(if utc {
            Self::Utc(local.and_utc())
        } else {
            Self::Local(local)
        })
    }

    /// The wall time in `zone` of a value that was written in `written`; a date is midnight.
    pub(super) fn wall(self, zone: &Zone, written: Option<&Zone>) -> NaiveDateTime {
        match self {
            Self::Date(date) => date.and_time(NaiveTime::MIN),
            Self::Utc(instant) => zone.local(instant),
            Self::Local(local) => {
                match written.filter(|written| *written != zone && written.is_known()) {
                    Some(written) => zone.local(written.to_utc(local)),
                    None => local,
                }
            }
        }
    }

    /// The date as it is written, whatever its zone.
    pub(super) fn date(self) -> NaiveDate {
        match self {
            Self::Date(date) => date,
            Self::Local(local) => local.date(),
            Self::Utc(instant) => instant.date_naive(),
        }
    }
}

fn day(text: &str) -> Option<NaiveDate> {
    if text.len() != 8 {
        return None;
    }
    let year = i32::try_from(number(text.get(..4)?)?).ok()?;
    NaiveDate::from_ymd_opt(year, number(text.get(4..6)?)?, number(text.get(6..)?)?)
}

fn clock(text: &str) -> Option<NaiveTime> {
    if text.len() != 6 {
        return None;
    }
    // A leap second is the second before it.
    let second = number(text.get(4..)?)?;
    let second = if second == 60 { 59 } else { second };
    NaiveTime::from_hms_opt(number(text.get(..2)?)?, number(text.get(2..4)?)?, second)
}

fn number(text: &str) -> Option<u32> {
    text.bytes().try_fold(0, |value: u32, byte| {
        byte.is_ascii_digit()
            .then(|| value * 10 + u32::from(byte - b'0'))
    })
}
