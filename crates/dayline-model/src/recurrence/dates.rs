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
        if let Some((date, time, tail @ ([] | [b'Z']))) = plain(text.as_bytes()) {
            let year = i32::try_from(date / 10_000).ok()?;
            let local = NaiveDate::from_ymd_opt(year, date / 100 % 100, date % 100)?.and_hms_opt(
                time / 10_000,
                time / 100 % 100,
                time % 100,
            )?;
            return Some(if tail.is_empty() {
                Self::Local(local)
            } else {
                Self::Utc(local.and_utc())
            });
        }
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

/// A list without the values at its beginning that are times in their plainest form on days
/// before `first` or after `last`, which are numbers such as 20260310.
///
/// A series may exclude a million times of which a few hundred matter. They are read here as bytes
/// at fixed places; whatever else stands in the list is left to [`Stamp::read`].
pub(super) fn skip_outside(list: &str, first: u32, last: u32) -> &str {
    let mut rest = list.as_bytes();
    while let Some((date, _, tail)) = plain(rest) {
        let after = match tail {
            [b'Z', b',', after @ ..] | [b',', after @ ..] => after,
            [b'Z'] | [] => &[],
            _ => break,
        };
        if first <= date && date <= last {
            break;
        }
        rest = after;
    }
    list.get(list.len() - rest.len()..).unwrap_or(list)
}

/// The date and the time that a text begins with, as numbers such as 20260310 and 90000, and what
/// follows. `None` for all that needs care: the 29th of February, leap seconds, what is no date.
fn plain(text: &[u8]) -> Option<(u32, u32, &[u8])> {
    let [
        y1,
        y2,
        y3,
        y4,
        m1,
        m2,
        d1,
        d2,
        b'T',
        h1,
        h2,
        i1,
        i2,
        s1,
        s2,
        tail @ ..,
    ] = text
    else {
        return None;
    };
    let mut is_number = true;
    let mut two = |tens: u8, ones: u8| {
        let (tens, ones) = (tens.wrapping_sub(b'0'), ones.wrapping_sub(b'0'));
        is_number &= tens < 10 && ones < 10;
        u32::from(tens) * 10 + u32::from(ones)
    };
    let year = two(*y1, *y2) * 100 + two(*y3, *y4);
    let (month, day) = (two(*m1, *m2), two(*d1, *d2));
    let (hour, minute, second) = (two(*h1, *h2), two(*i1, *i2), two(*s1, *s2));
    let longest = match month {
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        _ => 0,
    };
    let is_day = (1..=longest).contains(&day);
    let is_time = hour < 24 && minute < 60 && second < 60;
    (is_number && is_day && is_time).then_some((
        year * 10_000 + month * 100 + day,
        hour * 10_000 + minute * 100 + second,
        tail,
    ))
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
