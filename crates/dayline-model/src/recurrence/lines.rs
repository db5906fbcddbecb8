//! Content lines of a series.

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};

use super::RecurrenceError;
use super::dates::Stamp;
use super::rule::Rule;
use crate::zone::Zone;

/// More text than 400,000 dates.
const LONGEST: usize = 8 * 1024 * 1024;
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
        for line in lines.iter().flat_map(|lines| lines.lines()) {
            set.add(&Line::read(line), zone, start, kind)?;
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

    fn add(
        &mut self,
        line: &Line<'_>,
        zone: &Zone,
        start: NaiveDateTime,
        kind: Kind,
    ) -> Result<(), RecurrenceError> {
        let is = |name: &str| line.name.eq_ignore_ascii_case(name);
        if is("RRULE") {
            self.rules
                .push(Rule::read(line.value, "RRULE", zone, kind)?);
        } else if is("EXRULE") {
            self.exrules
                .push(Rule::read(line.value, "EXRULE", zone, kind)?);
        } else if is("RDATE") {
            let written = line.zone();
            for value in line.values() {
                // A PERIOD is a start, a slash, and an end.
                let value = value.split('/').next().unwrap_or(value);
                let stamp = Stamp::read(value).ok_or(malformed("RDATE"))?;
                self.dates.push(match (kind, stamp) {
                    (Kind::Timed, Stamp::Local(_) | Stamp::Utc(_)) => {
                        stamp.wall(zone, written.as_ref())
                    }
                    _ => stamp.date().and_time(start.time()),
                });
            }
        } else if is("EXDATE") {
            let written = line.zone();
            for value in line.values() {
                let stamp = Stamp::read(value).ok_or(malformed("EXDATE"))?;
                match (kind, stamp) {
                    // Written back through wall time, so that both passes of a fold are one.
                    (Kind::Timed, Stamp::Local(_) | Stamp::Utc(_)) => {
                        self.exdates
                            .push(zone.to_utc(stamp.wall(zone, written.as_ref())));
                    }
                    _ => self.exdays.push(stamp.date()),
                }
            }
        }
        Ok(())
    }
}

/// The rules of a set, as written; for describing.
pub(super) fn rules(lines: &[String]) -> impl Iterator<Item = &str> {
    let lines = lines.iter().flat_map(|lines| lines.lines()).map(Line::read);
    lines
        .filter(|line| line.name.eq_ignore_ascii_case("RRULE"))
        .map(|line| line.value)
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
        let mut quoted = false;
        let colon = line.find(|c| {
            quoted ^= c == '"';
            c == ':' && !quoted
        });
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

    fn values(&self) -> impl Iterator<Item = &'a str> {
        self.value
            .split(',')
            .filter(|value| !value.trim().is_empty())
    }

    /// TZID, if it is given.
    fn zone(&self) -> Option<Zone> {
        self.parameters.split(';').find_map(|parameter| {
            let (key, value) = parameter.split_once('=')?;
            key.trim()
                .eq_ignore_ascii_case("TZID")
                .then(|| Zone::parse(value.trim().trim_matches('"')))
        })
    }
}
