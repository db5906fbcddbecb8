//! Series: which occurrences a set of RFC 5545 recurrence properties has in a window.
//!
//! Rules are expanded in wall time, without a zone, and every wall time is resolved afterwards.
//! So a meeting at nine stays at nine across a clock change, and a time that does not exist on
//! one night is moved by [`Zone`], the same way as everywhere else.
//!
//! The work is counted in steps, not in results, because a rule may search for ever without
//! finding anything. The search starts next to the window, and what COUNT has to know of the time
//! before is counted without being listed, so an old series costs what it shows.
//!
//! Whole days ignore BYHOUR, BYMINUTE and BYSECOND.
//!
//! Where RFC 5545 leaves a choice, or the services make another one:
//! - A DTSTART that its own rule does not name is shown, and COUNT does not count it: with COUNT=5
//!   the series has six occurrences. RFC 5545 §3.8.5.3 calls the case undefined. Google Calendar
//!   does it so (googleapis/google-api-nodejs-client#2214, fmeringdal/rust-rrule#119), and so does
//!   recurring-ical-events; dateutil, rrule.js and ical.js leave that one occurrence out and agree
//!   about the others.
//! - Every occurrence lasts exactly as long as the first one. A night shift that ends at six ends
//!   at seven when the clocks went forward (RFC 5545 §3.8.5.3: DTEND makes the duration exact),
//!   and one that starts in a gap keeps its length, as Google Calendar shows it
//!   (mui/mui-x#19262). recurring-ical-events keeps the wall time of the end instead. What
//!   Outlook's series look like Graph lists itself.
//! - UNTIL as a date includes that day, also for a timed series, where RFC 5545 does not allow it
//!   and Google Calendar writes it (dateutil/dateutil#938). The libraries end at its midnight.
//! - BYDAY with and without numbers in one list means either (ical.js; dateutil wants both).
//! - BYWEEKNO without BYDAY is all seven days (google-rfc-2445, dateutil, rrule.js); RFC 8984
//!   means DTSTART's weekday. Only in YEARLY rules, as RFC 5545 has it.
//! - BYSETPOS counts in the whole first period, also what lies before DTSTART, and a position
//!   that a period does not have is none.
//!
//! Exceptions of a series (RECURRENCE-ID) are events of their own and not known here.

mod budget;
mod count;
mod dates;
mod days;
mod incessant;
mod lines;
mod pattern;
mod period;
mod rule;
mod stream;
#[cfg(test)]
mod tests;

use budget::Budget;
use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc};
use thiserror::Error;

pub use incessant::is_incessant;
use lines::{Kind, Set};
pub use pattern::{DayKind, On, Pattern, Unit};
use stream::Stream;

use crate::event::{When, ZonedTime};
use crate::zone::Zone;

/// A stretch of time: from `from` to before `until`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// Its first instant.
    pub from: DateTime<Utc>,
    /// The instant after its last one.
    pub until: DateTime<Utc>,
}

/// The occurrences of a series in a window.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Expansion {
    /// Oldest first, each start once.
    pub occurrences: Vec<When>,
    /// True if the window holds more than were asked for.
    pub truncated: bool,
}

/// Why a series cannot be expanded. The event itself can still be shown at its first start.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum RecurrenceError {
    /// The work budget is spent: the rule is too fine, or finds too little, for this window.
    #[error("the series takes too much work to expand")]
    TooMuchWork,
    /// A property is not RFC 5545, or means a calendar that is not the Gregorian one.
    #[error("the {property} of the series cannot be read: {reason}")]
    Malformed {
        /// Which property.
        property: &'static str,
        /// What is wrong with it. Never contains the value.
        reason: &'static str,
    },
}

/// Lists the occurrences of a series that intersect `window`, oldest first.
///
/// `first` is DTSTART with its duration; `lines` are RRULE, EXRULE, RDATE and EXDATE content
/// lines, others are ignored. DTSTART is an occurrence, whether or not a rule names it.
///
/// Shape: at most `limit` items, `truncated` if there are more; an occurrence is in the window if
/// it starts before its end and ends after its start; one without length if it starts in it.
/// All-day occurrences take their days from midnight to midnight UTC for this comparison, so a
/// caller in another zone asks for a day more on both sides and compares dates itself.
///
/// Units: a timed occurrence keeps the first one's exact duration, an all-day one its number of
/// days. A wall time in a gap comes out as the time that it is moved to. An RDATE of type PERIOD
/// counts by its start.
///
/// # Errors
/// [`RecurrenceError::Malformed`] for a line that cannot be read, [`RecurrenceError::TooMuchWork`]
/// when finding the occurrences takes more than 100,000 steps.
///
/// # Source
/// RFC 5545 §3.3.10, §3.8.5; EXRULE from RFC 2445 §4.8.5.2.
pub fn expand(
    first: &When,
    lines: &[String],
    window: Window,
    limit: usize,
) -> Result<Expansion, RecurrenceError> {
    let series = Series::of(first);
    let (low, high) = series.search_range(window);
    let set = Set::read(lines, &series.zone, series.start, series.kind, (low, high))?;
    let mut merge = Merge::new(&set, &series, low, high);
    let mut budget = Budget::default();
    let mut starts: Vec<DateTime<Utc>> = Vec::with_capacity(limit.min(8));
    let mut occurrences: Vec<When> = Vec::with_capacity(limit.min(8));
    let mut truncated = false;
    while let Some(local) = merge.next(&mut budget)? {
        // A rule finer than a day finds a day more than once.
        let local = match series.kind {
            Kind::Days => local.date().and_time(NaiveTime::MIN),
            Kind::Timed => local,
        };
        if series.is_far_from(window, local) {
            continue;
        }
        let (start, is_told) = series.zone.resolve(local);
        if set.excludes(local, start) || !series.is_in(window, start) {
            continue;
        }
        // Wall times ascend, and so do instants but on the night of a clock change.
        let Err(place) = starts.binary_search(&start) else {
            continue;
        };
        if occurrences.len() >= limit {
            truncated = true;
            break;
        }
        let occurrence = series.occurrence(first, start, is_told.then_some(local));
        starts.insert(place, start);
        occurrences.insert(place, occurrence);
    }
    Ok(Expansion {
        occurrences,
        truncated,
    })
}

/// No offset is above 15 hours.
const FURTHEST_ZONE: TimeDelta = TimeDelta::hours(15);

/// What all occurrences share.
struct Series {
    /// Where wall times are resolved; UTC for all-day series, whose dates float.
    zone: Zone,
    kind: Kind,
    end_zone: Zone,
    start: NaiveDateTime,
    first: DateTime<Utc>,
    duration: TimeDelta,
}

impl Series {
    fn of(first: &When) -> Self {
        let (kind, start, end) = match first {
            When::Timed { start, end } => (Kind::Timed, start.clone(), end.clone()),
            When::AllDay { start, end } => (Kind::Days, floating(*start), floating(*end)),
        };
        let duration = (end.utc() - start.utc()).max(TimeDelta::zero());
        Self {
            first: start.utc(),
            start: start.local,
            zone: start.zone,
            kind,
            end_zone: end.zone,
            duration,
        }
    }

    /// The wall times that can matter for `window`, with room for offsets and skipped days.
    fn search_range(&self, window: Window) -> (NaiveDateTime, NaiveDateTime) {
        let room = TimeDelta::days(2);
        let from = self.zone.local(window.from);
        let low = from
            .checked_sub_signed(room)
            .and_then(|low| low.checked_sub_signed(self.duration));
        let high = self.zone.local(window.until).checked_add_signed(room);
        (
            low.unwrap_or(NaiveDateTime::MIN),
            high.unwrap_or(NaiveDateTime::MAX),
        )
    }

    /// Whether a wall time is outside of the window in every zone, which is quickly seen.
    fn is_far_from(&self, window: Window, local: NaiveDateTime) -> bool {
        let after = local.signed_duration_since(window.until.naive_utc());
        let before = window.from.naive_utc().signed_duration_since(local);
        after > FURTHEST_ZONE || before - FURTHEST_ZONE > self.duration
    }

    fn is_in(&self, window: Window, start: DateTime<Utc>) -> bool {
        if start >= window.until {
            return false;
        }
        if self.duration.is_zero() {
            return start >= window.from;
        }
        start
            .checked_add_signed(self.duration)
            .is_none_or(|end| end > window.from)
    }

    /// The occurrence at an instant; `local` is its wall time, if that is known.
    fn occurrence(&self, first: &When, start: DateTime<Utc>, local: Option<NaiveDateTime>) -> When {
        if start == self.first {
            return first.clone();
        }
        let end = start.checked_add_signed(self.duration).unwrap_or(start);
        match first {
            When::AllDay { .. } => When::AllDay {
                start: start.date_naive(),
                end: end.date_naive(),
            },
            When::Timed { .. } => {
                let local = local.unwrap_or_else(|| self.zone.local(start));
                When::Timed {
                    start: ZonedTime {
                        local,
                        zone: self.zone.clone(),
                    },
                    end: self.end(end, local),
                }
            }
        }
    }
}

impl Series {
    /// The end of an occurrence that begins at `local`, in its own zone where it can be told there.
    fn end(&self, end: DateTime<Utc>, local: NaiveDateTime) -> ZonedTime {
        // Nearly always no clock changes in between, and one look at the zone shows that.
        if self.end_zone == self.zone
            && let Some(later) = local.checked_add_signed(self.duration)
            && self.zone.resolve(later) == (end, true)
        {
            return ZonedTime {
                local: later,
                zone: self.end_zone.clone(),
            };
        }
        let in_zone = ZonedTime::at(end, self.end_zone.clone());
        // The second pass of a fold has no wall time of its own in this zone.
        if in_zone.utc() == end {
            in_zone
        } else {
            ZonedTime::at(end, Zone::utc())
        }
    }
}

fn floating(date: NaiveDate) -> ZonedTime {
    ZonedTime {
        local: date.and_time(NaiveTime::MIN),
        zone: Zone::utc(),
    }
}

/// All rules and dates of a set as one ascending sequence of wall times.
struct Merge<'a> {
    rules: Vec<Stream>,
    excluded: Vec<Stream>,
    dates: std::iter::Peekable<std::slice::Iter<'a, NaiveDateTime>>,
    high: NaiveDateTime,
}

impl<'a> Merge<'a> {
    fn new(set: &'a Set, series: &Series, low: NaiveDateTime, high: NaiveDateTime) -> Self {
        let stream = |rule| Stream::new(rule, series.start, &series.zone, low, high);
        let first = set.dates.partition_point(|date| *date < low);
        Self {
            rules: set.rules.iter().map(stream).collect(),
            excluded: set.exrules.iter().map(stream).collect(),
            dates: set.dates.get(first..).unwrap_or(&[]).iter().peekable(),
            high,
        }
    }

    fn next(&mut self, budget: &mut Budget) -> Result<Option<NaiveDateTime>, RecurrenceError> {
        'search: loop {
            budget.spend()?;
            let mut next = self.dates.peek().map(|date| **date);
            for rule in &mut self.rules {
                next = match (next, rule.peek(budget)?) {
                    (Some(a), Some(b)) => Some(a.min(b)),
                    (a, b) => a.or(b),
                };
            }
            let Some(next) = next.filter(|next| *next <= self.high) else {
                return Ok(None);
            };
            while self.dates.next_if(|date| **date == next).is_some() {}
            for rule in &mut self.rules {
                if rule.peek(budget)? == Some(next) {
                    rule.pop();
                }
            }
            for rule in &mut self.excluded {
                while rule.peek(budget)?.is_some_and(|head| head < next) {
                    rule.pop();
                }
                if rule.peek(budget)? == Some(next) {
                    continue 'search;
                }
            }
            return Ok(Some(next));
        }
    }
}
