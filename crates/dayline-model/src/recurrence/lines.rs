//! Content lines of a series.

use std::borrow::Cow;

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveDateTime, Utc};

use super::RecurrenceError;
use super::dates::{self, Stamp};
use super::rule::Rule;
use crate::zone::Zone;

/// More text than a million dates, each in a line of its own with a zone.
pub(super) const LONGEST: usize = 80 * 1024 * 1024;
const MOST_RULES: usize = 32;

/// What a series consists of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Whole days: every value counts as the date that is written.
    Days,
    /// Times: a date stands for whatever starts on it.
    Timed,
}

/// The recurrence properties of a series, in its own wall time.
pub(super) struct Set {
    pub(super) rules: Vec<Rule>,
    pub(super) exrules: Vec<Rule>,
    /// DTSTART and RDATE, ascending.
    pub(super) dates: Vec<NaiveDateTime>,
    /// EXDATE as instants, ascending.
    exdates: Vec<DateTime<Utc>>,
    /// EXDATE as days, which exclude whatever starts on them; ascending.
    exdays: Vec<NaiveDate>,
}

impl Set {
    pub(super) fn read(
        lines: &[String],
        zone: &Zone,
        start: NaiveDateTime,
        kind: Kind,
        (low, high): (NaiveDateTime, NaiveDateTime),
    ) -> Result<Self, RecurrenceError> {
        if lines.iter().map(String::len).sum::<usize>() > LONGEST {
            return Err(RecurrenceError::TooMuchWork);
        }
        let mut set = Self {
            rules: vec![],
            exrules: vec![],
            dates: vec![start],
            exdates: vec![],
            exdays: vec![],
        };
        // No two zones are two days apart.
        let room = Days::new(3);
        let mut reader = Reader {
            zone,
            start,
            kind,
            first: low.date().checked_sub_days(room).unwrap_or(NaiveDate::MIN),
            last: high.date().checked_add_days(room).unwrap_or(NaiveDate::MAX),
            written: None,
        };
        let bounds = (number_of(reader.first), number_of(reader.last));
        for lines in lines {
            if is_outside(lines, bounds) {
                continue;
            }
            for line in unfolded(lines).lines() {
                reader.add(&mut set, &Line::read(line))?;
            }
        }
        if set.rules.len() + set.exrules.len() > MOST_RULES {
            return Err(RecurrenceError::TooMuchWork);
        }
        set.dates.sort_unstable();
        set.exdates.sort_unstable();
        set.exdays.sort_unstable();
        Ok(set)
    }

    /// Whether an EXDATE names this occurrence, or its day.
    pub(super) fn excludes(&self, local: NaiveDateTime, instant: DateTime<Utc>) -> bool {
        self.exdates.binary_search(&instant).is_ok()
            || self.exdays.binary_search(&local.date()).is_ok()
    }
}

/// Reads the lines of one set. A value that cannot matter for what is searched is checked and
/// left out, so that a million exclusions cost a million readings and nothing more.
struct Reader<'a> {
    zone: &'a Zone,
    start: NaiveDateTime,
    kind: Kind,
    /// The days that what is searched lies between.
    first: NaiveDate,
    last: NaiveDate,
    /// The last TZID and its meaning: a series repeats one.
    written: Option<Zone>,
}

impl Reader<'_> {
    fn add(&mut self, set: &mut Set, line: &Line<'_>) -> Result<(), RecurrenceError> {
        let is = |name: &str| line.name.eq_ignore_ascii_case(name);
        let (zone, kind) = (self.zone, self.kind);
        if is("RRULE") {
            set.rules.push(Rule::read(line.value, "RRULE", zone, kind)?);
        } else if is("EXRULE") {
            set.exrules
                .push(Rule::read(line.value, "EXRULE", zone, kind)?);
        } else if is("RDATE") {
            self.written_in(line);
            for value in self.values(line.value) {
                // A PERIOD is a start, a slash, and an end.
                let value = value.split('/').next().unwrap_or(value);
                let stamp = Stamp::read(value).ok_or(malformed("RDATE"))?;
                let time = match (kind, stamp) {
                    (Kind::Timed, Stamp::Local(_) | Stamp::Utc(_)) => self.wall(stamp),
                    _ => stamp.date().and_time(self.start.time()),
                };
                set.dates
                    .extend(Some(time).filter(|_| self.matters(stamp.date())));
            }
        } else if is("EXDATE") {
            self.written_in(line);
            for value in self.values(line.value) {
                let stamp = Stamp::read(value).ok_or(malformed("EXDATE"))?;
                if !self.matters(stamp.date()) {
                    continue;
                }
                match (kind, stamp) {
                    // Written back through wall time, so that both passes of a fold are one.
                    (Kind::Timed, Stamp::Local(_) | Stamp::Utc(_)) => {
                        set.exdates.push(zone.to_utc(self.wall(stamp)));
                    }
                    _ => set.exdays.push(stamp.date()),
                }
            }
        }
        Ok(())
    }

    /// Keeps the zone that a line is written in.
    fn written_in(&mut self, line: &Line<'_>) {
        let name = line.zone();
        if self.written.as_ref().map(Zone::name) != name {
            self.written = name.map(Zone::parse);
        }
    }

    /// The values of a list, without well-formed ones that cannot matter.
    fn values<'a>(&self, list: &'a str) -> impl Iterator<Item = &'a str> + use<'a> {
        let (first, last) = (number_of(self.first), number_of(self.last));
        let mut rest = Some(list);
        std::iter::from_fn(move || {
            loop {
                let list = dates::skip_outside(rest?, first, last);
                let (value, after) = match list.split_once(',') {
                    Some((value, after)) => (value, Some(after)),
                    None => (list, None),
                };
                rest = after;
                if !value.trim().is_empty() {
                    return Some(value);
                }
            }
        })
    }

    fn wall(&self, stamp: Stamp) -> NaiveDateTime {
        stamp.wall(self.zone, self.written.as_ref())
    }

    fn matters(&self, date: NaiveDate) -> bool {
        (self.first..=self.last).contains(&date)
    }
}

/// Whether a line is a plain list of times that cannot matter.
fn is_outside(line: &str, (first, last): (u32, u32)) -> bool {
    let list = line
        .strip_prefix("EXDATE:")
        .or_else(|| line.strip_prefix("RDATE:"));
    list.is_some_and(|list| dates::skip_outside(list, first, last).is_empty())
}

/// The day as [`dates::skip_outside`] compares it; years that it does not write lie outside.
fn number_of(date: NaiveDate) -> u32 {
    let year = u32::try_from(date.year().clamp(0, 10_000)).unwrap_or_default();
    year * 10_000 + date.month() * 100 + date.day()
}

/// A text whose folded lines are whole again: RFC 5545 §3.1.
fn unfolded(text: &str) -> Cow<'_, str> {
    if !text.contains('\n') && !text.contains('\r') {
        return Cow::Borrowed(text);
    }
    let mut whole = String::with_capacity(text.len());
    for line in text.lines() {
        if let Some(rest) = line.strip_prefix([' ', '\t']) {
            whole.push_str(rest);
        } else {
            if !whole.is_empty() {
                whole.push('\n');
            }
            whole.push_str(line);
        }
    }
    Cow::Owned(whole)
}

/// The rules of a set, as written; for patterns.
pub(super) fn rules(lines: &[String]) -> impl Iterator<Item = String> {
    lines.iter().flat_map(|lines| {
        let lines = unfolded(lines);
        let rules: Vec<String> = lines
            .lines()
            .map(Line::read)
            .filter(|line| line.name.eq_ignore_ascii_case("RRULE"))
            .map(|line| line.value.to_owned())
            .collect();
        rules
    })
}

fn malformed(property: &'static str) -> RecurrenceError {
    RecurrenceError::Malformed {
        property,
        reason: "a date is not in the form of RFC 5545",
    }
}

/// `NAME;PARAMETER=VALUE:VALUE`.
struct Line<'a> {
    name: &'a str,
    parameters: &'a str,
    value: &'a str,
}

impl<'a> Line<'a> {
    fn read(line: &'a str) -> Self {
        let colon = if line.contains('"') {
            let mut quoted = false;
            line.find(|c| {
                quoted ^= c == '"';
                c == ':' && !quoted
            })
        } else {
            line.find(':')
        };
        let (head, value) = match colon.and_then(|at| line.split_at_checked(at)) {
            Some((head, value)) => (head, value.strip_prefix(':').unwrap_or(value)),
            None => (line, ""),
        };
        let (name, parameters) = head.split_once(';').unwrap_or((head, ""));
        Self {
            name: name.trim(),
            parameters,
            value: value.trim(),
        }
    }

    /// TZID, if it is given.
    fn zone(&self) -> Option<&'a str> {
        self.parameters.split(';').find_map(|parameter| {
            let (key, value) = parameter.split_once('=')?;
            key.trim()
                .eq_ignore_ascii_case("TZID")
                .then(|| value.trim().trim_matches('"'))
        })
    }
}
