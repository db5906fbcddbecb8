//! `sync-delta`: 500 changes, among 300,000 events and among 3,000.
//!
//! The changes are the same in both: to events within four weeks of now, where people change them.

use std::cell::Cell;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use dayline_engine::{CalendarId, Engine, SyncRequest};
use serde_json::{Value, json};

use crate::graph::{Graph, event, subject};
use crate::measure::{once, singles};
use crate::report::Figure;
use crate::seed::{CALENDARS, Seeded, is_of_first, single_id, singles_near};
use crate::world::World;

const MANY: u32 = 300_000;
const FEW: u32 = 3_000;
const ROUNDS: u32 = 9;
const UPDATED: u32 = 400;
const ADDED: u32 = 50;
const REMOVED: u32 = 50;
/// Numbers of events that are new; no seeded one is that high.
const NEW: u32 = 1_000_000;
/// The first account's main calendar.
const CALENDAR: CalendarId = CalendarId(1);

/// What a round changes, by number.
struct Changes {
    updated: Vec<u32>,
    added: Vec<u32>,
    removed: Vec<u32>,
}

/// A seeded database whose calendar is about to be told of changes.
struct Case {
    seeded: Seeded,
    graph: Graph,
    world: World,
    engine: Engine,
    candidates: Vec<u32>,
    round: Cell<u32>,
}

/// Measures rounds of delta.
pub fn run() -> Result<Vec<Figure>> {
    let (many, few) = (Case::new(MANY)?, Case::new(FEW)?);
    let pair = singles(ROUNDS, || many.round(), || few.round())?;
    let changes = UPDATED + ADDED + REMOVED;
    let what = format!("{changes} changes near now among {MANY}, against the same among {FEW}");
    Ok(vec![Figure::ratio(what, &pair, 1.3, 1.1)])
}

impl Case {
    fn new(events: u32) -> Result<Self> {
        let seeded = Seeded::with(events)?;
        let graph = Graph::start(CALENDARS)?;
        let world = World::with_providers_at(&graph.origin)?;
        let engine = world.open(seeded.folder())?;
        world.block_on(world.sign_in(&engine))?;
        let candidates: Vec<u32> = singles_near(events)
            .filter(|number| is_of_first(*number))
            .collect();
        let case = Self {
            seeded,
            graph,
            world,
            engine,
            candidates,
            round: Cell::new(0),
        };
        case.settle()?;
        Ok(case)
    }

    /// Lets the calendar stand at the first delta of the server, as after its last sync.
    fn settle(&self) -> Result<()> {
        let raw = self.seeded.connect()?;
        // What a sync notes for itself about this version of Dayline.
        let fresh = tempfile::tempdir()?;
        let other = self.world.open(fresh.path())?;
        self.world.block_on(other.sync(SyncRequest::default()))?;
        let notes = crate::seed::connect(fresh.path())?;
        let mut statement = notes.prepare("SELECT key, value FROM settings")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let note: (String, String) = (row.get(0)?, row.get(1)?);
            raw.execute(
                "INSERT OR IGNORE INTO settings (key, value) VALUES (?1, ?2)",
                note,
            )?;
        }
        raw.execute(
            "UPDATE calendar_connections SET sync_token = ?1 WHERE id = ?2",
            (self.graph.delta_link(&token(0)), CALENDAR.0),
        )?;
        Ok(())
    }

    /// One round of changes; tells how long the sync took, and makes sure that it is right.
    fn round(&self) -> Result<Duration> {
        let round = self.round.replace(self.round.get() + 1);
        let changes = self.changes(round)?;
        let edition = round + 1;
        let start = crate::seed::now();
        let upserts = changes.updated.iter().chain(&changes.added).map(|number| {
            let start = crate::seed::start_of(self.seeded.events, *number).unwrap_or(start);
            event(&single_id(*number), *number, edition, start)
        });
        let tombstones = changes
            .removed
            .iter()
            .map(|number| json!({ "@removed": { "reason": "deleted" }, "id": single_id(*number) }));
        let items: Vec<Value> = upserts.chain(tombstones).collect();
        self.graph.prepare(&token(round), &items, &token(round + 1));
        let request = SyncRequest {
            calendar: Some(CALENDAR),
            ..SyncRequest::default()
        };
        let (report, time) = once(|| Ok(self.world.block_on(self.engine.sync(request))?))?;
        ensure!(report.is_ok(), "the sync failed: {report:?}");
        let done = report.calendars.first().context("no calendar was synced")?;
        ensure!(
            (done.full, done.added, done.updated, done.removed) == (false, ADDED, UPDATED, REMOVED),
            "round {round} says {done:?}"
        );
        self.check(&changes, edition)?;
        // As the scheduler does while it waits.
        let left = self.world.block_on(self.engine.index_events())?;
        ensure!(left == 0, "{left} events are not indexed");
        Ok(time)
    }

    /// The changes of a round: none twice in it, and nothing that an earlier one removed.
    fn changes(&self, round: u32) -> Result<Changes> {
        // What is removed comes from the front, what is updated walks over the rest.
        let all = u32::try_from(self.candidates.len())?;
        let kept = REMOVED * (ROUNDS + 2);
        ensure!(all >= kept + UPDATED, "{all} events are too few to change");
        let spread = |at: u32, of: u32| u32::try_from(u64::from(at) * 7_919 % u64::from(of.max(1)));
        let at = |place: u32| -> Result<u32> {
            let number = self.candidates.get(usize::try_from(place)?);
            number.copied().context("a number")
        };
        let rest = all - kept;
        Ok(Changes {
            removed: (0..REMOVED)
                .map(|n| at(round * REMOVED + n))
                .collect::<Result<_>>()?,
            updated: (0..UPDATED)
                .map(|n| at(kept + spread(round * UPDATED + n, rest)?))
                .collect::<Result<_>>()?,
            added: (0..ADDED).map(|n| NEW + round * ADDED + n).collect(),
        })
    }

    fn check(&self, changes: &Changes, edition: u32) -> Result<()> {
        let raw = self.seeded.connect()?;
        let mut statement = raw.prepare(
            "SELECT (SELECT title FROM calendar_events
                     WHERE calendar_connection_id = ?1 AND provider_event_id = ?2)",
        )?;
        let mut title = |number: u32| -> Result<Option<String>> {
            Ok(statement.query_row((CALENDAR.0, single_id(number)), |row| row.get(0))?)
        };
        for number in changes.updated.iter().chain(&changes.added) {
            let found = title(*number)?;
            ensure!(
                found.as_deref() == Some(&subject(*number, edition)),
                "event {number} is called {found:?}"
            );
        }
        for number in &changes.removed {
            ensure!(title(*number)?.is_none(), "event {number} is still there");
        }
        let kept = raw.query_row("SELECT count(*) FROM calendar_events", [], |row| {
            row.get::<_, i64>(0)
        })?;
        ensure!(
            kept == i64::from(self.seeded.events),
            "{kept} events are left"
        );
        Ok(())
    }
}

fn token(round: u32) -> String {
    format!("round{round}")
}
