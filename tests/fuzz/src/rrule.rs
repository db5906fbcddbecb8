//! Series: what a rule gives lies in its window, in order, and is the same however one looks.
//!
//! An input is lines. `FIRST`, `LASTS`, `ZONE` and `WINDOW` say when the series begins and what is
//! asked for, each with a fallback; all other lines belong to the series.

use chrono::{DateTime, NaiveDate, NaiveDateTime, TimeDelta, Utc};
use dayline_model::recurrence::{self, RecurrenceError};
use dayline_model::{Expansion, When, Window, Zone, ZonedTime};

use crate::text;

/// How many occurrences are asked for.
const LIMIT: usize = 200;
/// Fewer, of which the first have to be the same.
const FEW: usize = 7;

/// A series and what is asked about it.
pub(crate) fn check(input: &[u8]) {
    let text = text(input);
    let asked = Asked::read(&text);
    let whole = asked.expand(asked.window, LIMIT);
    if let Ok(found) = &whole {
        asked.assert_in_window(found, asked.window, LIMIT);
        asked.assert_first_ones(found);
    }
    let halves = asked.halves().map(|half| asked.expand(half, LIMIT));
    assert_halves(&whole, &halves);
    recurrence::Pattern::read(&asked.lines, &asked.first);
    recurrence::is_incessant(&asked.lines);
}

struct Asked {
    first: When,
    lines: Vec<String>,
    window: Window,
}

impl Asked {
    fn read(text: &str) -> Self {
        let mut start = "2026-01-01T09:00:00";
        let mut seconds = 3600;
        let mut zone = Zone::parse("Europe/Berlin");
        let mut window = ("2026-03-20", "2026-04-20");
        let mut lines = Vec::new();
        for line in text.split('\n') {
            match line.split_once(' ').unwrap_or((line, "")) {
                ("FIRST", value) => start = value,
                ("LASTS", value) => seconds = value.parse().unwrap_or(seconds),
                ("ZONE", value) => zone = Zone::parse(value),
                ("WINDOW", value) => window = value.split_once(' ').unwrap_or(window),
                _ => lines.push(line.to_owned()),
            }
        }
        let seconds = TimeDelta::seconds(i64::from(seconds));
        let first = match start.parse::<NaiveDate>() {
            Ok(day) => all_day(day, seconds),
            Err(_) => timed(start.parse().unwrap_or_default(), seconds, zone),
        };
        Self {
            first,
            lines,
            window: Window {
                from: midnight(window.0),
                until: midnight(window.1),
            },
        }
    }

    fn expand(&self, window: Window, limit: usize) -> Result<Expansion, RecurrenceError> {
        recurrence::expand(&self.first, &self.lines, window, limit)
    }

    /// The window before and after its middle.
    fn halves(&self) -> [Window; 2] {
        let Window { from, until } = self.window;
        let middle = from.checked_add_signed((until - from) / 2).unwrap_or(from);
        [(from, middle), (middle, until)].map(|(from, until)| Window { from, until })
    }

    fn assert_in_window(&self, found: &Expansion, window: Window, limit: usize) {
        let length = length(&self.first);
        assert!(
            found.occurrences.len() <= limit,
            "as many as were asked for"
        );
        assert!(!found.truncated || found.occurrences.len() == limit);
        let mut last = None;
        for when in &found.occurrences {
            let (start, end) = bounds(when);
            assert!(last < Some(start), "they ascend, and none comes twice");
            last = Some(start);
            assert!(start < window.until, "{when:?} is after the window");
            assert!(
                end > window.from || (start == end && start == window.from),
                "{when:?} is before the window"
            );
            assert_eq!(end - start, length, "all last as long as the first");
        }
    }

    /// Fewer occurrences are the first of more.
    fn assert_first_ones(&self, more: &Expansion) {
        if let Ok(few) = self.expand(self.window, FEW) {
            self.assert_in_window(&few, self.window, FEW);
            let first = more.occurrences.iter().take(few.occurrences.len());
            assert!(first.eq(&few.occurrences), "the first ones are the first");
            assert_eq!(few.truncated, more.occurrences.len() > FEW);
        }
    }
}

/// Both halves together are the whole.
fn assert_halves(
    whole: &Result<Expansion, RecurrenceError>,
    halves: &[Result<Expansion, RecurrenceError>; 2],
) {
    use RecurrenceError::{Malformed, TooMuchWork};
    let [before, after] = halves;
    for half in halves {
        match (whole, half) {
            (Err(error @ Malformed { .. }), half) => {
                assert_eq!(
                    half.as_ref().err(),
                    Some(error),
                    "a mistake is one anywhere"
                );
            }
            (_, Err(Malformed { .. })) => panic!("a mistake in a part alone"),
            (_, Ok(_) | Err(TooMuchWork)) => {}
        }
    }
    let (Ok(whole), Ok(before), Ok(after)) = (whole, before, after) else {
        return;
    };
    if whole.truncated || before.truncated || after.truncated {
        return;
    }
    // What runs across the middle is in both.
    let known: Vec<_> = before.occurrences.iter().collect();
    let new = after
        .occurrences
        .iter()
        .filter(|when| !known.contains(when));
    let joined: Vec<_> = known.iter().copied().chain(new).collect();
    let whole: Vec<_> = whole.occurrences.iter().collect();
    assert_eq!(joined, whole, "two halves are the whole");
}

fn all_day(day: NaiveDate, seconds: TimeDelta) -> When {
    let days = seconds.num_days().clamp(1, 1000);
    let end = day.checked_add_signed(TimeDelta::days(days));
    match (end, day.succ_opt()) {
        (Some(end), _) | (None, Some(end)) => When::AllDay { start: day, end },
        (None, None) => When::AllDay {
            start: NaiveDate::MIN,
            end: NaiveDate::default(),
        },
    }
}

fn timed(local: NaiveDateTime, seconds: TimeDelta, zone: Zone) -> When {
    let start = ZonedTime { local, zone };
    let seconds = seconds.clamp(TimeDelta::zero(), TimeDelta::days(1000));
    let instant = start.utc().checked_add_signed(seconds);
    let instant = instant.unwrap_or_else(|| start.utc());
    let end = ZonedTime::at(instant, start.zone.clone());
    // The second pass of a wall time that comes twice can only be told in UTC.
    let end = if end.utc() == instant {
        end
    } else {
        ZonedTime::at(instant, Zone::utc())
    };
    When::Timed { start, end }
}

fn midnight(day: &str) -> DateTime<Utc> {
    let day = day.parse::<NaiveDate>().unwrap_or_default();
    day.and_hms_opt(0, 0, 0).unwrap().and_utc()
}

fn bounds(when: &When) -> (DateTime<Utc>, DateTime<Utc>) {
    let day = |day: NaiveDate| day.and_hms_opt(0, 0, 0).unwrap().and_utc();
    match when {
        When::AllDay { start, end } => (day(*start), day(*end)),
        When::Timed { start, end } => (start.utc(), end.utc()),
    }
}

fn length(when: &When) -> TimeDelta {
    let (start, end) = bounds(when);
    end - start
}
