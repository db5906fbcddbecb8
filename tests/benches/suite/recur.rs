//! `recur`: a week of a series, however old the series.
//!
//! The peer iterates from DTSTART, since it has no other way to a window. It starts with its rule
//! already read; ours reads the rule each time, as the app does.

use anyhow::{Context, Result, bail, ensure};
use chrono::{DateTime, Datelike, Months, NaiveDate, NaiveDateTime, TimeDelta, Utc};
use dayline_model::recurrence::{Window, expand};
use dayline_model::{When, Zone, ZonedTime};
use rrule::RRuleSet;

use crate::measure::batches;
use crate::report::Figure;

const ROUNDS: u32 = 15;
const ZONE: &str = "Europe/Berlin";
/// Rules that people have, in the order in which they have them.
const RULES: &[&str] = &[
    "FREQ=WEEKLY;BYDAY=MO",
    "FREQ=WEEKLY",
    "FREQ=DAILY",
    "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
    "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH",
    "FREQ=MONTHLY;BYDAY=1MO",
    "FREQ=MONTHLY;BYMONTHDAY=15",
    "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
    "FREQ=DAILY;UNTIL=20281231T080000Z",
    "FREQ=WEEKLY;BYDAY=WE,FR;COUNT=3000",
];

/// A series as both read it.
struct Case {
    rule: &'static str,
    lines: Vec<String>,
    first: When,
    peer: RRuleSet,
}

/// Measures a week 1, 11 and 20 years after DTSTART.
pub fn run() -> Result<Vec<Figure>> {
    let cases = RULES
        .iter()
        .map(|rule| case(rule))
        .collect::<Result<Vec<_>>>()?;
    let mut figures = Vec::new();
    for years in [1, 11, 20] {
        let window = week_after(years)?;
        for case in &cases {
            let (ours, theirs) = (starts(case, window)?, peer_starts(case, window));
            ensure!(
                ours == theirs,
                "{} after {years} years: ours {ours:?}, rrule {theirs:?}",
                case.rule
            );
        }
        let shown = cases
            .iter()
            .map(|case| Ok(starts(case, window)?.len()))
            .sum::<Result<usize>>()?;
        ensure!(
            shown > cases.len(),
            "the week after {years} years is all but empty"
        );
        let pair = batches(
            ROUNDS,
            || {
                for case in &cases {
                    std::hint::black_box(expand(&case.first, &case.lines, window, 1_000)?);
                }
                Ok(())
            },
            || {
                for case in &cases {
                    std::hint::black_box(peer_starts(case, window));
                }
                Ok(())
            },
        )?;
        let plural = if years == 1 { "year" } else { "years" };
        let what = format!(
            "{} series, a week {years} {plural} after DTSTART",
            cases.len()
        );
        figures.push(Figure::ratio(what, &pair, 0.1, 0.01));
    }
    Ok(figures)
}

fn case(rule: &'static str) -> Result<Case> {
    let local = start()?.and_hms_opt(9, 0, 0).context("nine o'clock")?;
    let time = |local: NaiveDateTime| ZonedTime {
        local,
        zone: Zone::parse(ZONE),
    };
    let written = local.format("%Y%m%dT%H%M%S");
    let peer = format!("DTSTART;TZID={ZONE}:{written}\nRRULE:{rule}")
        .parse::<RRuleSet>()
        .with_context(|| format!("the rrule crate does not read {rule}"))?;
    Ok(Case {
        rule,
        lines: vec![format!("RRULE:{rule}")],
        first: When::Timed {
            start: time(local),
            end: time(local + TimeDelta::hours(1)),
        },
        peer,
    })
}

/// A Monday.
fn start() -> Result<NaiveDate> {
    NaiveDate::from_ymd_opt(2005, 1, 3).context("a date")
}

/// The whole week around the day so many years after DTSTART.
fn week_after(years: u32) -> Result<Window> {
    let date = start()?
        .checked_add_months(Months::new(12 * years))
        .context("a date")?;
    let monday = date - TimeDelta::days(date.weekday().num_days_from_monday().into());
    let from = monday.and_time(chrono::NaiveTime::MIN).and_utc();
    Ok(Window {
        from,
        until: from + TimeDelta::days(7),
    })
}

fn starts(case: &Case, window: Window) -> Result<Vec<DateTime<Utc>>> {
    let expansion = expand(&case.first, &case.lines, window, 1_000)?;
    expansion
        .occurrences
        .iter()
        .map(|when| match when {
            When::Timed { start, .. } => Ok(start.utc()),
            When::AllDay { .. } => bail!("{} came out all-day", case.rule),
        })
        .collect()
}

fn peer_starts(case: &Case, window: Window) -> Vec<DateTime<Utc>> {
    let hour = TimeDelta::hours(1);
    (&case.peer)
        .into_iter()
        .map(|start| start.with_timezone(&Utc))
        .skip_while(|start| *start + hour <= window.from)
        .take_while(|start| *start < window.until)
        .collect()
}
