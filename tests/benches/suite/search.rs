//! `search`: events by their words, as a window gets them.
//!
//! The peer asks FTS5 by hand: the best hits by bm25, joined to the columns that a list of them
//! shows. It looks up no occurrence, makes no excerpt and folds no series.

use std::collections::BTreeSet;

use anyhow::{Result, ensure};
use dayline_engine::Engine;
use dayline_engine::view::SearchQuery;
use rusqlite::{Connection, params};

use crate::measure::{alone, batches};
use crate::report::{Bound, Figure};
use crate::seed::Seeded;
use crate::world::World;

const EVENTS: u32 = 300_000;
const ROUNDS: u32 = 15;
/// As many as a window asks for.
const LIMIT: i32 = 50;

/// What is looked for, and how FTS5 is asked for it.
struct Case {
    name: &'static str,
    text: &'static str,
    question: &'static str,
    /// The word, or how it begins.
    word: &'static str,
    is_common: bool,
}

const CASES: &[Case] = &[
    Case {
        name: "a rare word",
        text: "\"zugspitze\"",
        question: "\"zugspitze\"",
        word: "zugspitze",
        is_common: false,
    },
    Case {
        name: "a common word",
        text: "\"planning\"",
        question: "\"planning\"",
        word: "planning",
        is_common: true,
    },
    Case {
        name: "the beginning of a common word",
        text: "proj",
        question: "\"proj\"*",
        word: "proj",
        is_common: true,
    },
    Case {
        name: "the beginning of a rare word",
        text: "zugsp",
        question: "\"zugsp\"*",
        word: "zugsp",
        is_common: false,
    },
];

/// A hit as the peer gives it.
struct Row {
    event: i64,
    title: String,
    _times: (i64, i64, bool),
    _texts: (String, Option<String>, Option<String>, String, String),
}

/// Measures each kind of word.
pub fn run() -> Result<Vec<Figure>> {
    let seeded = Seeded::with(EVENTS)?;
    let world = World::new()?;
    let engine = world.open(seeded.folder())?;
    let raw = seeded.connect()?;
    let mut figures = Vec::new();
    for case in CASES {
        check(&world, &engine, &raw, case)?;
        let pair = batches(
            ROUNDS,
            || items(&world, &engine, case.text).map(drop),
            || {
                std::hint::black_box(peer(&raw, case.question)?);
                Ok(())
            },
        )?;
        let what = format!("{} in {EVENTS}", case.name);
        figures.push(Figure::ratio(what, &pair, 2.0, 1.1));
        if case.is_common {
            let times = alone(100, || items(&world, &engine, case.text).map(drop))?;
            figures.push(
                Figure::time("the same, median of 100", &times, 0.5)
                    .wished(Some(Bound::AtMost(20.0))),
            );
        }
    }
    Ok(figures)
}

/// Titles of what Dayline finds, and whether there is more.
fn items(world: &World, engine: &Engine, text: &str) -> Result<(Vec<String>, bool)> {
    let query = SearchQuery {
        text: text.to_owned(),
        zone: "Europe/Berlin".to_owned(),
        limit: LIMIT,
    };
    let results = world.block_on(engine.search(&query))?;
    ensure!(
        results.indexing == 0,
        "{} events are not indexed",
        results.indexing
    );
    let titles = results.items.into_iter().map(|item| item.title);
    Ok((titles.collect(), results.more))
}

/// Titles name events here, since each has a number.
fn check(world: &World, engine: &Engine, raw: &Connection, case: &Case) -> Result<()> {
    let (found, more) = items(world, engine, case.text)?;
    let limit = usize::try_from(LIMIT)?;
    let found: BTreeSet<String> = found.into_iter().collect();
    // Every row looked at, without the index of words.
    let mut statement = raw.prepare(
        "SELECT title FROM calendar_events
         WHERE ' ' || title || ' ' || replace(description, '>', ' ') LIKE '% ' || ?1 || '%'",
    )?;
    let matching: BTreeSet<String> = statement
        .query_map([case.word], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    ensure!(!matching.is_empty(), "nothing holds {}", case.word);
    ensure!(
        found.is_subset(&matching),
        "{}: found what does not match",
        case.name
    );
    ensure!(
        found.len() == matching.len().min(limit) && more == (matching.len() > limit),
        "{}: {} of {} found, more: {more}",
        case.name,
        found.len(),
        matching.len()
    );
    let theirs: BTreeSet<String> = peer(raw, case.question)?
        .into_iter()
        .map(|row| {
            ensure!(row.event > 0, "an event without an id");
            Ok(row.title)
        })
        .collect::<Result<_>>()?;
    ensure!(
        theirs.len() == found.len() && theirs.is_subset(&matching),
        "{}: the peer finds {}",
        case.name,
        theirs.len()
    );
    ensure!(
        matching.len() > limit || theirs == found,
        "{}: the peer finds other events",
        case.name
    );
    Ok(())
}

/// FTS5 by hand.
fn peer(raw: &Connection, question: &str) -> Result<Vec<Row>> {
    let mut statement = raw.prepare_cached(
        "SELECT e.id, e.title, e.start_ms, e.end_ms, e.all_day, e.importance, e.location,
             e.organizer_name, c.calendar_name, e.description
         FROM (SELECT rowid AS id, bm25(event_search, 10.0, 4.0, 4.0, 1.0) AS fit
               FROM event_search WHERE event_search MATCH ?1 ORDER BY fit LIMIT ?2) s
         JOIN calendar_events e ON e.id = s.id
         JOIN calendar_connections c ON c.id = e.calendar_connection_id
         WHERE c.is_connected",
    )?;
    let rows = statement.query_map(params![question, LIMIT], |row| {
        Ok(Row {
            event: row.get(0)?,
            title: row.get(1)?,
            _times: (row.get(2)?, row.get(3)?, row.get(4)?),
            _texts: (
                row.get(5)?,
                row.get(6)?,
                row.get(7)?,
                row.get(8)?,
                row.get(9)?,
            ),
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
