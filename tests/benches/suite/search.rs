//! `search`: events by their words, as a window gets them.
//!
//! The peer asks FTS5 by hand for the best hits by bm25, which is what finding costs. What a window
//! gets beside them (each one's nearest occurrence, an excerpt, series as one) is held against a
//! bound.

use std::collections::BTreeSet;

use anyhow::{Result, ensure};
use dayline_engine::Engine;
use dayline_engine::view::SearchQuery;
use dayline_store::Store;
use rusqlite::{Connection, params};

use crate::measure::{alone, batches};
use crate::report::{Bound, Figure};
use crate::seed::Seeded;
use crate::world::World;

const EVENTS: u32 = 300_000;
const ROUNDS: u32 = 15;
/// How many hits the engine has put in order.
const MOST_RANKED: u32 = 1_000;
/// As many as a window asks for.
const LIMIT: i32 = 50;

/// What is looked for, and how FTS5 is asked for it.
struct Case {
    name: &'static str,
    text: &'static str,
    question: &'static str,
    /// The word, or how it begins.
    word: &'static str,
}

const CASES: &[Case] = &[
    Case {
        name: "a rare word",
        text: "\"zugspitze\"",
        question: "\"zugspitze\"",
        word: "zugspitze",
    },
    Case {
        name: "a common word",
        text: "\"planning\"",
        question: "\"planning\"",
        word: "planning",
    },
    Case {
        name: "the beginning of a common word",
        text: "proj",
        question: "\"proj\"*",
        word: "proj",
    },
    Case {
        name: "the beginning of a rare word",
        text: "zugsp",
        question: "\"zugsp\"*",
        word: "zugsp",
    },
];

/// Measures the finding of each kind of word against FTS5, and whole searches against a bound.
pub fn run() -> Result<Vec<Figure>> {
    let seeded = Seeded::with(EVENTS)?;
    let world = World::new()?;
    let engine = world.open(seeded.folder())?;
    let store = Store::open(seeded.folder())?;
    let raw = seeded.connect()?;
    let mut figures = Vec::new();
    for case in CASES {
        check(&world, &engine, &raw, case)?;
        let pair = batches(
            ROUNDS,
            || {
                let hits = store.read(|read| read.search(case.question, MOST_RANKED))?;
                std::hint::black_box(hits);
                Ok(())
            },
            || {
                std::hint::black_box(peer(&raw, case.question)?);
                Ok(())
            },
        )?;
        let what = format!("{} in {EVENTS}: its events", case.name);
        figures.push(Figure::ratio(what, &pair, 2.0, 1.1));
        let times = alone(100, || items(&world, &engine, case.text).map(drop))?;
        figures.push(
            Figure::time("the same as a window gets it, median of 100", &times, 0.5)
                .bound(Bound::AtMost(20.0), None),
        );
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
    let mut title = raw.prepare("SELECT title FROM calendar_events WHERE id = ?1")?;
    let theirs: BTreeSet<String> = peer(raw, case.question)?
        .into_iter()
        .map(|event| Ok(title.query_row([event], |row| row.get(0))?))
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

/// FTS5 by hand: ids of the best hits.
fn peer(raw: &Connection, question: &str) -> Result<Vec<i64>> {
    let mut statement = raw.prepare_cached(
        "SELECT rowid FROM event_search WHERE event_search MATCH ?1
         ORDER BY bm25(event_search, 10.0, 4.0, 4.0, 1.0) LIMIT ?2",
    )?;
    let rows = statement.query_map(params![question, LIMIT], |row| row.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
