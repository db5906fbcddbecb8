//! `sync-full`: a calendar's first sync, from HTTP to the last row and word.
//!
//! The peer is what nobody can be quicker than with the same database: serde_json into typed
//! structs from memory, and prepared inserts of the very rows that Dayline's sync leaves, page by
//! page, each in a transaction. It maps nothing, looks nothing up and decides nothing. The words of
//! the search index are put in afterwards on both sides, as Dayline does it.

use std::cell::RefCell;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use bytes::Bytes;
use chrono::{NaiveTime, TimeDelta};
use dayline_engine::{CalendarReport, SyncRequest};
use dayline_store::Store;
use http::Request;
use serde_json::Value;

use crate::graph::{Graph, PAGE, event};
use crate::measure::{Pair, once, singles};
use crate::report::{Bound, Figure, Unit};
use crate::rows::Rows;
use crate::seed::{connect, monday, single_id};
use crate::typed;
use crate::world::World;

const EVENTS: u32 = 20_000;
const ROUNDS: u32 = 5;
/// The server may take at most this share of the time of a sync.
const SERVERS_SHARE: f64 = 0.25;

/// Measures whole syncs into new databases.
pub fn run() -> Result<Vec<Figure>> {
    let graph = Graph::start(1)?;
    let events: Vec<Value> = (0..EVENTS).map(listed).collect();
    let bytes = graph.prepare("", &events, "next");
    drop(events);
    let each = bytes / usize::try_from(EVENTS)?;
    ensure!((2_500..4_000).contains(&each), "an event has {each} bytes");
    let world = World::with_providers_at(&graph.origin)?;
    let pages = graph.bodies("", usize::try_from(EVENTS)?.div_ceil(PAGE))?;

    let synced = tempfile::tempdir()?;
    let run = sync(&world, synced.path())?;
    check(&run.report, synced.path())?;
    let rows = Rows::read(&connect(synced.path())?, PAGE)?;
    let copied = tempfile::tempdir()?;
    insert(&rows, &pages, copied.path())?;
    rows.check(&connect(copied.path())?)?;

    let alone = fetch(&world, &graph, pages.len())?;
    let (ours, peers) = (RefCell::new(Vec::new()), RefCell::new(Vec::new()));
    let stored = singles(
        ROUNDS,
        || {
            let folder = tempfile::tempdir()?;
            let run = sync(&world, folder.path())?;
            ours.borrow_mut().push(run.stored + run.indexed);
            Ok(run.stored)
        },
        || {
            let folder = tempfile::tempdir()?;
            let (stored, indexed) = insert(&rows, &pages, folder.path())?;
            peers.borrow_mut().push(stored + indexed);
            Ok(stored)
        },
    )?;
    let totals: Vec<(Duration, Duration)> = ours
        .into_inner()
        .into_iter()
        .zip(peers.into_inner())
        .skip(1)
        .collect();
    let share = alone.as_secs_f64() / stored.ours.median().as_secs_f64();
    ensure!(
        share < SERVERS_SHARE,
        "the server takes {share:.2} of the time: it is measured, not Dayline"
    );
    Ok(figures(&stored, &Pair::of(&totals), each))
}

fn figures(stored: &Pair, indexed: &Pair, bytes: usize) -> Vec<Figure> {
    let what = format!("{EVENTS} events of {bytes} bytes through HTTP, rates against bare rows");
    let rate = f64::from(EVENTS) / stored.ours.median().as_secs_f64();
    let against = |what: String, pair: &Pair| {
        Figure::new(what, &pair.ours, Unit::Ratio, 1.0 / pair.ratio)
            .against(&pair.peer)
            .bound(Bound::AtLeast(0.5), Some(Bound::AtLeast(0.7)))
    };
    vec![
        against(what, stored),
        Figure::new(
            "the same, events a second",
            &stored.ours,
            Unit::EventsPerSecond,
            rate,
        )
        .wished(Some(Bound::AtLeast(10_000.0))),
        against("the same until every word can be found".to_owned(), indexed),
    ]
}

/// The event `number` within the window that Dayline asks for.
fn listed(number: u32) -> Value {
    let minutes = TimeDelta::minutes(i64::from(number) * 60 - 300 * 1_440);
    let start = monday().and_time(NaiveTime::MIN).and_utc() + minutes;
    event(&single_id(number), number, 0, start)
}

/// A sync into a new database, and how long it took.
struct Run {
    report: CalendarReport,
    stored: Duration,
    indexed: Duration,
}

/// Signs in, syncs into a new database, and puts the words into its index.
fn sync(world: &World, folder: &Path) -> Result<Run> {
    let engine = world.open(folder)?;
    world.block_on(world.sign_in(&engine))?;
    let (report, stored) = once(|| Ok(world.block_on(engine.sync(SyncRequest::default()))?))?;
    ensure!(report.is_ok(), "the sync failed: {report:?}");
    let (left, indexed) = once(|| Ok(world.block_on(engine.index_events())?))?;
    ensure!(left == 0, "{left} events are not indexed");
    let calendar = report.calendars.into_iter().next();
    Ok(Run {
        report: calendar.context("no calendar was synced")?,
        stored,
        indexed,
    })
}

fn check(report: &CalendarReport, folder: &Path) -> Result<()> {
    ensure!(
        report.full && report.added == EVENTS,
        "the sync says {report:?}"
    );
    let raw = connect(folder)?;
    let mut statement = raw.prepare(
        "SELECT e.provider_event_id, e.title, o.start_ms, length(e.description),
             (SELECT count(*) FROM event_attendees a WHERE a.event_id = e.id),
             (SELECT count(*) FROM event_links l WHERE l.event_id = e.id)
         FROM calendar_events e JOIN event_occurrences o ON o.event_id = e.id
         ORDER BY e.provider_event_id",
    )?;
    let mut rows = statement.query([])?;
    let mut number = 0;
    while let Some(row) = rows.next()? {
        let wanted = listed(number);
        let text = |pointer: &str| -> Result<String> {
            let text = wanted.pointer(pointer).and_then(Value::as_str);
            Ok(text.context("a prepared event lacks a field")?.to_owned())
        };
        let start = text("/start/dateTime")?.parse::<chrono::NaiveDateTime>()?;
        let found: (String, String, i64, usize) = (
            row.get(0)?,
            row.get(1)?,
            row.get(2)?,
            usize::try_from(row.get::<_, i64>(3)?)?,
        );
        let expected = (
            text("/id")?,
            text("/subject")?,
            start.and_utc().timestamp_millis(),
            text("/body/content")?.chars().count(),
        );
        ensure!(
            found == expected,
            "event {number} is kept as {found:?}, not {expected:?}"
        );
        let parts: (i64, i64) = (row.get(4)?, row.get(5)?);
        ensure!(
            parts == (3, 1),
            "event {number} has {parts:?} guests and links"
        );
        number += 1;
    }
    ensure!(number == EVENTS, "{number} events are kept");
    Ok(())
}

/// The peer: how long the rows take, and how long their words.
fn insert(rows: &Rows, pages: &[Arc<str>], folder: &Path) -> Result<(Duration, Duration)> {
    drop(Store::open(folder)?);
    let raw = connect(folder)?;
    rows.insert_base(&raw)?;
    let ((), stored) = once(|| {
        for (number, page) in pages.iter().enumerate() {
            let parsed = typed::parse(page)?;
            ensure!(
                parsed.value.len() == PAGE,
                "{} events in a page",
                parsed.value.len()
            );
            std::hint::black_box(&parsed);
            rows.insert_page(&raw, number)?;
        }
        Ok(())
    })?;
    let ((), indexed) = once(|| rows.insert_words(&raw))?;
    Ok((stored, indexed))
}

/// How long the pages take through HTTP when nothing is done with them.
fn fetch(world: &World, graph: &Graph, pages: usize) -> Result<Duration> {
    let http = world.host().http.clone();
    let ((), time) = once(|| {
        world.block_on(async {
            for number in 0..pages {
                let target = match number {
                    0 => graph.delta_link(""),
                    _ => graph.delta_link(&format!("-{number}")),
                };
                let answer = http.send(Request::get(target).body(Bytes::new())?).await?;
                ensure!(
                    answer.status().is_success(),
                    "page {number}: {}",
                    answer.status()
                );
            }
            Ok(())
        })
    })?;
    Ok(time)
}
