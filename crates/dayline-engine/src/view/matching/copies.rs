//! Which occurrences are one meeting that stands in several calendars.
//!
//! Two occurrences in different calendars are **copies** of a meeting if they start at the same
//! instant, or on the same day if they last whole days, and either have the same iCalendar UID or
//! look the same: the same title, organizer and end. UIDs compare as [`plain_uid`] has them, texts
//! by [`fold`]. The user is one person, whatever the account's address, but only in calendars that
//! are the account's own; an event without an organizer looks like no other. A calendar has a
//! meeting at most once, so twins in one calendar are two meetings.
//!
//! Of a meeting the **best** copy stands for the others: one that the user answered (organizers
//! did), else one that they can edit, else the first in the order of accounts and calendars.
//!
//! `is:copy`, ranges, counts, details and threads all ask here.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use dayline_model::filter::fold;
use dayline_model::{CalendarId, EventId, ParticipationStatus};
use dayline_store::{CalendarRow, Read, SpanRow, StoreError};

/// An occurrence: its event and its start.
pub(in crate::view) type Key = (EventId, DateTime<Utc>);

/// The meetings of a range that stand in several calendars.
#[derive(Debug, Default, PartialEq, Eq)]
pub(in crate::view) struct Copies {
    /// Each with its copies, best first.
    meetings: Vec<Vec<SpanRow>>,
    /// Where each copy stands in `meetings`.
    places: BTreeMap<Key, (usize, usize)>,
}

impl Copies {
    /// The copies among what touches `[from, until)`.
    pub(in crate::view) fn load(
        read: &Read<'_>,
        from: DateTime<Utc>,
        until: DateTime<Utc>,
    ) -> Result<Self, StoreError> {
        let mut spans = Vec::new();
        read.visit_spans(from, until, |span| spans.push(span))?;
        Ok(Self::among(&spans, &read.calendars()?))
    }

    /// The copies among `spans`, which costs a sort and a look at those that start together.
    pub(in crate::view) fn among(spans: &[SpanRow], calendars: &[CalendarRow]) -> Self {
        let order: BTreeMap<CalendarId, (usize, bool)> = (0..)
            .zip(calendars)
            .map(|(place, row)| (row.id, (place, row.calendar.can_edit)))
            .collect();
        let order_of = |span: &SpanRow| order.get(&span.calendar).copied();
        let place = |span: &SpanRow| order_of(span).map_or(usize::MAX, |(place, _)| place);
        let moment = |span: &SpanRow| (span.start, span.all_day);
        let mut sorted: Vec<&SpanRow> = spans.iter().collect();
        sorted.sort_by_cached_key(|span| (moment(span), place(span), span.event));
        let mut copies = Self::default();
        for together in sorted.chunk_by(|a, b| moment(a) == moment(b)) {
            let calendar = |span: Option<&&SpanRow>| span.map(|span| span.calendar);
            if calendar(together.first()) == calendar(together.last()) {
                continue;
            }
            let mut meetings = Meetings::default();
            let mut found: Vec<Vec<&SpanRow>> = Vec::new();
            for span in together {
                let meeting = meetings.find(span);
                if found.len() <= meeting {
                    found.resize(meeting + 1, Vec::new());
                }
                if let Some(meeting) = found.get_mut(meeting) {
                    meeting.push(span);
                }
            }
            for mut meeting in found.into_iter().filter(|meeting| meeting.len() > 1) {
                meeting.sort_by_key(|span| {
                    let can_edit = order_of(span).is_some_and(|(_, can_edit)| can_edit);
                    (!is_answered(span), !can_edit, place(span))
                });
                copies.push(meeting);
            }
        }
        copies
    }

    fn push(&mut self, meeting: Vec<&SpanRow>) {
        let number = self.meetings.len();
        for (rank, span) in meeting.iter().enumerate() {
            self.places.insert((span.event, span.start), (number, rank));
        }
        self.meetings.push(meeting.into_iter().cloned().collect());
    }

    /// All copies.
    pub(in crate::view) fn keys(&self) -> impl Iterator<Item = Key> {
        self.places.keys().copied()
    }

    /// The number of an occurrence's meeting; `None` if it stands in one calendar alone.
    pub(in crate::view) fn meeting(&self, key: Key) -> Option<usize> {
        self.places.get(&key).map(|(meeting, _)| *meeting)
    }

    /// The other copies of an occurrence, best first.
    pub(in crate::view) fn others(&self, key: Key) -> impl Iterator<Item = &SpanRow> {
        let meeting = self.meeting(key).and_then(|one| self.meetings.get(one));
        let all = meeting.into_iter().flatten();
        all.filter(move |span| (span.event, span.start) != key)
    }

    /// Leaves over one of each meeting, in the order that they had: the best of those that are
    /// there.
    pub(in crate::view) fn merge<T>(&self, rows: &mut Vec<T>, key: impl Fn(&T) -> Key) {
        if self.meetings.is_empty() {
            return;
        }
        let place = |row: &T| self.places.get(&key(row)).copied();
        let mut best: BTreeMap<usize, usize> = BTreeMap::new();
        for (meeting, rank) in rows.iter().filter_map(place) {
            let known = best.entry(meeting).or_insert(rank);
            *known = rank.min(*known);
        }
        rows.retain(|row| {
            place(row).is_none_or(|(meeting, rank)| best.get(&meeting) == Some(&rank))
        });
    }
}

/// The copies of an occurrence in other visible calendars, best first.
pub(in crate::view) fn copies_of(
    read: &Read<'_>,
    event: EventId,
    start: DateTime<Utc>,
) -> Result<Vec<SpanRow>, StoreError> {
    let copies = Copies::among(&read.spans_at(start, event)?, &read.calendars()?);
    Ok(copies.others((event, start)).cloned().collect())
}

/// Whether the user said something to it, by organising it or by an answer of their own.
fn is_answered(span: &SpanRow) -> bool {
    let is_open = matches!(
        span.response,
        ParticipationStatus::None | ParticipationStatus::NeedsAction
    );
    span.is_own && !is_open
}

/// Which occurrences are the same meeting, in whatever calendars they stand.
#[derive(Debug, Default)]
pub(super) struct Meetings {
    known: BTreeMap<Mark, usize>,
    /// Where each meeting stands.
    calendars: Vec<BTreeSet<CalendarId>>,
}

/// What the occurrences of a meeting share.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Mark {
    /// UID and start, since all occurrences of a series have its UID.
    UidAt(String, DateTime<Utc>),
    /// Title, organizer, start and end. The organizer is empty if it is the user.
    Looks(String, String, DateTime<Utc>, DateTime<Utc>),
    /// The UID of something that happens once.
    Uid(String),
}

impl Meetings {
    /// The number of an occurrence's meeting: that of its copies, if they were asked for before.
    pub(super) fn find(&mut self, span: &SpanRow) -> usize {
        self.find_by(span, marks(span))
    }

    /// The same, and one that happens once is known by its UID if it was moved in one of its
    /// calendars.
    pub(super) fn find_ever(&mut self, span: &SpanRow) -> usize {
        let mut marks = marks(span);
        let uid = span.ical_uid.as_deref().filter(|_| !span.is_series);
        marks.extend(uid.map(|uid| Mark::Uid(plain_uid(uid))));
        self.find_by(span, marks)
    }

    /// Two in the same calendar are never the same one.
    fn find_by(&mut self, span: &SpanRow, marks: Vec<Mark>) -> usize {
        let known = marks
            .iter()
            .filter_map(|mark| self.known.get(mark))
            .find(|meeting| {
                let calendars = self.calendars.get(**meeting);
                calendars.is_some_and(|calendars| !calendars.contains(&span.calendar))
            });
        let meeting = known.copied().unwrap_or_else(|| {
            self.calendars.push(BTreeSet::new());
            self.calendars.len() - 1
        });
        if let Some(calendars) = self.calendars.get_mut(meeting) {
            calendars.insert(span.calendar);
        }
        for mark in marks {
            self.known.entry(mark).or_insert(meeting);
        }
        meeting
    }
}

/// The surest first.
fn marks(span: &SpanRow) -> Vec<Mark> {
    let mut marks = Vec::with_capacity(4);
    if let Some(uid) = span.ical_uid.as_deref() {
        marks.push(Mark::UidAt(plain_uid(uid), span.start));
    }
    let looks = |organizer: String| Mark::Looks(fold(&span.title), organizer, span.start, span.end);
    if span.is_own && span.response == ParticipationStatus::Organizer {
        marks.push(looks(String::new()));
    }
    let organizer = span.organizer.as_deref().map(fold);
    marks.extend(organizer.filter(|name| !name.is_empty()).map(looks));
    marks
}

/// An iCalendar UID as other calendars have it.
///
/// Outlook writes a `GlobalObjectId` in hexadecimal. In that of an occurrence four bytes hold its
/// date, which are zero in its series'; and one that came from elsewhere holds the UID that it
/// came with.
///
/// # Source
/// MS-OXOCAL 2.2.1.27 and MS-OXCICAL 2.1.3.1.1.20.26 (read 2026-11).
fn plain_uid(uid: &str) -> String {
    const CLASS: &str = "040000008200e00074c5b7101a82e008";
    const HEAD_BYTES: usize = 40;
    const FOREIGN: &[u8] = b"vCal-Uid\x01\0\0\0";
    let lower = uid.to_ascii_lowercase();
    let Some(rest) = lower.strip_prefix(CLASS) else {
        return uid.to_owned();
    };
    let bytes = (0..lower.len()).step_by(2).map(|at| {
        let digits = lower.get(at..at + 2)?;
        u8::from_str_radix(digits, 16).ok()
    });
    let bytes: Option<Vec<u8>> = bytes.collect();
    let data = bytes.as_deref().and_then(|bytes| bytes.get(HEAD_BYTES..));
    if let Some(foreign) = data.and_then(|data| data.strip_prefix(FOREIGN)) {
        let end = foreign.iter().position(|byte| *byte == 0);
        let text = foreign.get(..end.unwrap_or(foreign.len()));
        if let Some(text) = text.and_then(|text| std::str::from_utf8(text).ok()) {
            return text.to_owned();
        }
    }
    match rest.get(8..) {
        Some(tail) => format!("{CLASS}00000000{tail}"),
        None => lower,
    }
}

#[cfg(test)]
pub(in crate::view) mod tests;
