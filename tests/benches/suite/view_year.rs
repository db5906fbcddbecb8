//! `view-year`: how full each day of a year is, and what could be filtered for in it.

use anyhow::{Result, ensure};
use chrono::{Datelike, NaiveDate, TimeDelta};
use dayline_engine::Engine;
use dayline_engine::view::{CountsQuery, CountsView, DayDensity, RangeQuery};

use crate::measure::alone;
use crate::report::{Bound, Figure};
use crate::seed::{SERIES, SINGLES_A_WEEK, Seeded, monday};
use crate::world::World;

const EVENTS: u32 = 20_000;
const ROUNDS: u32 = 60;
const DAYS: i32 = 366;
/// Nothing that a database can look for, so that every occurrence is looked at.
const FILTER: &str = "-importance:low";

/// Measures a year around the measured week, plain, with a filter, and with copies merged.
pub fn run() -> Result<Vec<Figure>> {
    let world = World::new()?;
    let seeded = Seeded::with(EVENTS)?;
    let engine = world.open(seeded.folder())?;
    check(&engine)?;
    let weeks = u32::try_from(DAYS)? / 7;
    let occurrences = weeks * (SERIES + SINGLES_A_WEEK);
    let named = |what: &str| format!("{what} of {DAYS} days, some {occurrences} occurrences");
    let mut figures = Vec::new();
    for (what, filter, merge_copies, at_most) in [
        ("density", "", false, 150.0),
        ("density with a filter", FILTER, false, 400.0),
        ("density with copies merged", "", true, 200.0),
    ] {
        let query = query(filter, merge_copies);
        let times = alone(ROUNDS, || {
            engine.density(&query)?;
            Ok(())
        })?;
        let figure = Figure::time(named(what), &times, 0.5);
        figures.push(figure.wished(Some(Bound::AtMost(at_most))));
    }
    for (what, filter, at_most) in [
        ("counts", "", 200.0),
        ("counts with a filter", FILTER, 450.0),
    ] {
        let query = query(filter, true);
        let times = alone(ROUNDS, || {
            engine.counts(&query)?;
            Ok(())
        })?;
        let figure = Figure::time(named(what), &times, 0.5);
        figures.push(figure.wished(Some(Bound::AtMost(at_most))));
    }
    let times = alone(ROUNDS, || {
        engine.read_filter("with:a", 6, "Europe/Berlin")?;
        Ok(())
    })?;
    let figure = Figure::time(
        "people offered while a filter is typed".to_owned(),
        &times,
        0.5,
    );
    figures.push(figure.wished(Some(Bound::AtMost(50.0))));
    Ok(figures)
}

fn first() -> NaiveDate {
    monday() - TimeDelta::days(i64::from(DAYS) / 2)
}

fn query(filter: &str, merge_copies: bool) -> CountsQuery {
    let since = first().num_days_from_ce() - NaiveDate::default().num_days_from_ce();
    CountsQuery {
        from_day: since,
        days: DAYS,
        zone: "Europe/Berlin".to_owned(),
        filter: filter.to_owned(),
        merge_copies,
    }
}

/// The year counts what the range shows.
fn check(engine: &Engine) -> Result<()> {
    for merge_copies in [false, true] {
        let asked = query(FILTER, merge_copies);
        let shown = engine.range(&RangeQuery {
            from_day: asked.from_day,
            days: asked.days,
            zone: asked.zone.clone(),
            filter: asked.filter.clone(),
            merge_copies,
        })?;
        let CountsView { shown: counted, .. } = engine.counts(&asked)?;
        ensure!(
            usize::try_from(counted)? == shown.occurrences.len(),
            "{counted} are counted of {}",
            shown.occurrences.len()
        );
        let mut days = vec![0; usize::try_from(DAYS)?];
        for one in &shown.occurrences {
            for day in one.day..one.day + one.days {
                let number = usize::try_from(day - asked.from_day).ok();
                if let Some(count) = number.and_then(|number| days.get_mut(number)) {
                    *count += 1;
                }
            }
        }
        let density: Vec<DayDensity> = engine.density(&asked)?;
        let counted: Vec<i32> = density.iter().map(|day| day.events).collect();
        ensure!(
            counted == days,
            "days are not as full as the range shows them"
        );
    }
    Ok(())
}
