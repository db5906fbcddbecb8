//! `view-week`: a week of 600 occurrences, from the database to the bytes that the window gets.

use std::collections::BTreeSet;

use anyhow::{Context, Result, ensure};
use chrono::{NaiveDate, NaiveTime, TimeDelta};
use dayline_engine::Engine;
use dayline_engine::view::{RangeQuery, RangeView};
use rusqlite::{Connection, params};

use crate::measure::{Pair, alone, batches};
use crate::report::{Bound, Figure};
use crate::seed::{AGE_YEARS, SERIES, SINGLES_A_WEEK, Seeded, monday};
use crate::world::World;

const ROUNDS: u32 = 41;
const MANY: u32 = 300_000;
const FEW: u32 = 3_000;

/// What the peer gives of an occurrence: the columns that a week shows.
struct Row {
    start_ms: i64,
    end_ms: i64,
    all_day: bool,
    title: String,
    _shown: (String, i64, String, String, String, String, String, String),
    _optional: (
        Option<String>,
        Option<String>,
        Option<String>,
        Option<String>,
        bool,
    ),
}

/// An occurrence as both sides can tell it: title, day, minute.
type Placed = (String, i32, i32);

/// Measures the week among many events against plain SQL, and against the same among few.
pub fn run() -> Result<Vec<Figure>> {
    let world = World::new()?;
    let (many, few) = (Seeded::with(MANY)?, Seeded::with(FEW)?);
    let (many_engine, few_engine) = (world.open(many.folder())?, world.open(few.folder())?);
    let raw = many.connect()?;
    check(&many_engine, &raw)?;
    check(&few_engine, &few.connect()?)?;
    let against_sql = batches(
        ROUNDS,
        || bytes(&many_engine).map(drop),
        || {
            std::hint::black_box(peer(&raw)?);
            Ok(())
        },
    )?;
    let against_few: Pair = batches(
        ROUNDS,
        || bytes(&many_engine).map(drop),
        || bytes(&few_engine).map(drop),
    )?;
    let each = alone(1_000, || bytes(&many_engine).map(drop))?;
    let visible = SERIES + SINGLES_A_WEEK;
    Ok(vec![
        Figure::ratio(
            format!(
                "{visible} of {MANY}, {SERIES} series {AGE_YEARS} years old, against plain SQL"
            ),
            &against_sql,
            2.0,
            1.5,
        ),
        Figure::ratio(
            format!("the same against itself among {FEW}"),
            &against_few,
            1.3,
            1.1,
        ),
        Figure::time("the same, p99 of 1000", &each, 0.99).wished(Some(Bound::AtMost(10.0))),
    ])
}

fn week(engine: &Engine, zone: &str) -> Result<RangeView> {
    let query = RangeQuery {
        from_day: day_number(monday())?,
        days: 7,
        zone: zone.to_owned(),
        filter: String::new(),
        merge_copies: false,
    };
    Ok(engine.range(&query)?)
}

/// What crosses the border between the processes.
fn bytes(engine: &Engine) -> Result<Vec<u8>> {
    Ok(serde_json::to_vec(&week(engine, "Europe/Berlin")?)?)
}

fn check(engine: &Engine, raw: &Connection) -> Result<()> {
    let view = week(engine, "UTC")?;
    let ours: BTreeSet<Placed> = view
        .occurrences
        .iter()
        .map(|occurrence| {
            (
                occurrence.title.clone(),
                occurrence.day,
                occurrence.start_minute,
            )
        })
        .collect();
    let theirs: BTreeSet<Placed> = peer(raw)?
        .into_iter()
        .map(|row| {
            let minutes = row.start_ms / 60_000;
            let day = i32::try_from(minutes.div_euclid(1_440))?;
            let minute = i32::try_from(minutes.rem_euclid(1_440))?;
            ensure!(
                row.end_ms > row.start_ms,
                "{} ends before it begins",
                row.title
            );
            Ok((row.title, day, if row.all_day { 0 } else { minute }))
        })
        .collect::<Result<_>>()?;
    ensure!(ours == theirs, "the week is not what plain SQL finds");
    let wanted = usize::try_from(SERIES + SINGLES_A_WEEK)?;
    ensure!(
        view.occurrences.len() == wanted,
        "{} occurrences",
        view.occurrences.len()
    );
    // Every row looked at, without an index.
    let (from, until) = span();
    let counted: i64 = raw.query_row(
        "SELECT count(*) FROM event_occurrences WHERE +start_ms < ?2 AND +end_ms > ?1",
        params![from, until],
        |row| row.get(0),
    )?;
    ensure!(
        counted == i64::try_from(wanted)?,
        "a look at every row finds {counted}"
    );
    let in_berlin = week(engine, "Europe/Berlin")?.occurrences.len();
    ensure!(in_berlin == wanted, "{in_berlin} occurrences in Berlin");
    let length = bytes(engine)?.len();
    ensure!(length > wanted * 100, "{length} bytes are no week");
    Ok(())
}

fn span() -> (i64, i64) {
    let from = monday().and_time(NaiveTime::MIN).and_utc();
    (
        from.timestamp_millis(),
        (from + TimeDelta::days(7)).timestamp_millis(),
    )
}

/// The bounded query by hand: the same rows, and only the columns that are shown.
fn peer(raw: &Connection) -> Result<Vec<Row>> {
    let (from, until) = span();
    let reach = from - TimeDelta::days(31).num_milliseconds();
    let mut statement = raw.prepare_cached(
        "SELECT o.start_ms, o.end_ms, o.all_day, e.title, o.instance_id, c.id, c.calendar_color,
             e.status, e.show_as, e.response_status, e.importance, e.kind, e.location,
             e.series_master_id, l.service,
             (SELECT group_concat(g.name || ' ' || coalesce(g.color, '')) FROM event_categories x
              JOIN categories g ON g.id = x.category_id WHERE x.event_id = e.id),
             e.teams_enabled
         FROM (SELECT * FROM event_occurrences
               WHERE is_long = 0 AND start_ms >= ?3 AND start_ms < ?2 AND end_ms > ?1
               UNION ALL
               SELECT * FROM event_occurrences
               WHERE is_long = 1 AND start_ms < ?2 AND end_ms > ?1) o
         JOIN calendar_events e ON e.id = o.event_id
         JOIN calendar_connections c ON c.id = o.calendar_connection_id
         LEFT JOIN event_links l ON l.event_id = e.id AND l.rank = 0
         WHERE c.is_visible AND c.is_connected",
    )?;
    let rows = statement.query_map(params![from, until, reach], |row| {
        Ok(Row {
            start_ms: row.get(0)?,
            end_ms: row.get(1)?,
            all_day: row.get(2)?,
            title: row.get(3)?,
            _shown: (
                row.get(4)?,
                row.get(5)?,
                row.get(6)?,
                row.get(7)?,
                row.get(8)?,
                row.get(9)?,
                row.get(10)?,
                row.get(11)?,
            ),
            _optional: (
                row.get(12)?,
                row.get(13)?,
                row.get(14)?,
                row.get(15)?,
                row.get(16)?,
            ),
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

fn day_number(date: NaiveDate) -> Result<i32> {
    i32::try_from((date - NaiveDate::default()).num_days()).context("a day")
}
