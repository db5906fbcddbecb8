//! `cargo xtask bench`: what Dayline's operations cost, against a peer in the same run.
//!
//! Each benchmark first makes sure that the answer is right, then measures, and fails in words
//! where the answer is wrong or its peer is missing. Targets are those of BENCHMARKS.md. The exit
//! code tells whether all of them are met.
#![recursion_limit = "256"]
#![expect(clippy::print_stdout, reason = "results go to standard output")]

mod calendars;
mod calls;
mod e2e;
mod graph;
mod load;
mod machine;
mod measure;
mod oauth_state;
mod recur;
mod relay_burst;
mod relay_forgeries;
mod relay_hop;
mod relay_idle;
mod relay_storm;
mod report;
mod rows;
mod search;
mod seed;
mod start;
mod sync_delta;
mod sync_full;
mod typed;
mod view_week;
mod view_year;
mod views;
mod window;
mod world;

use std::process::ExitCode;

use anyhow::{Result, bail};

use self::machine::Machine;
use self::report::{Figure, Outcome};

/// A benchmark of the suite.
struct Benchmark {
    id: &'static str,
    what: &'static str,
    against: &'static str,
    run: fn() -> Result<Vec<Figure>>,
}

const SUITE: &[Benchmark] = &[
    Benchmark {
        id: "sync-full",
        what: "20,000 Graph events of about 3 KB through HTTP on loopback, mapped, stored, indexed",
        against: "serde_json into structs and prepared inserts of the same rows",
        run: sync_full::run,
    },
    Benchmark {
        id: "sync-delta",
        what: "500 changes among 300,000 events",
        against: "the same among 3,000",
        run: sync_delta::run,
    },
    Benchmark {
        id: "view-week",
        what: "a week of 600 occurrences among 300,000 events, to the bytes the window gets",
        against: "the bounded query in plain SQL; itself among 3,000",
        run: view_week::run,
    },
    Benchmark {
        id: "view-year",
        what: "how full each of 366 days among 20,000 events is, and what can be filtered for",
        against: "nothing: bounds of time",
        run: view_year::run,
    },
    Benchmark {
        id: "recur",
        what: "a week of ten series 1, 11 and 20 years after DTSTART",
        against: "the rrule crate iterating from DTSTART",
        run: recur::run,
    },
    Benchmark {
        id: "oauth-state",
        what: "the attempt that an answer belongs to, among 10,000",
        against: "a read by primary key",
        run: oauth_state::run,
    },
    Benchmark {
        id: "calendars",
        what: "the list of accounts and calendars with counts and health",
        against: "a bound",
        run: calendars::run,
    },
    Benchmark {
        id: "search",
        what: "rare, common and prefix words in 300,000 events",
        against: "FTS5 by hand",
        run: search::run,
    },
    Benchmark {
        id: "start",
        what: "from the start of the program to the painted week of 300,000 events in a real window",
        against: "Tauri's hello world",
        run: start::run,
    },
    Benchmark {
        id: "window",
        what: "views of 600 events a week in the real window",
        against: "twice the budgets of Chromium",
        run: window::run,
    },
    Benchmark {
        id: "views",
        what: "the views of busy calendars in Chromium, in time of the main thread",
        against: "the budgets of ui/tests/chromium/budgets.mjs",
        run: views::run,
    },
    Benchmark {
        id: "relay-idle",
        what: "10,000 sockets that wait, memory of each",
        against: "nginx with nchan",
        run: relay_idle::run,
    },
    Benchmark {
        id: "relay-hop",
        what: "webhook to frame at 1,000 a second over 10,000 sockets",
        against: "nchan, from POST to its WebSocket subscriber",
        run: relay_hop::run,
    },
    Benchmark {
        id: "relay-burst",
        what: "10,000 notifications for one device in a second",
        against: "the frames that come of them",
        run: relay_burst::run,
    },
    Benchmark {
        id: "relay-storm",
        what: "answers to webhooks while 10,000 devices come back at once",
        against: "a bound",
        run: relay_storm::run,
    },
    Benchmark {
        id: "relay-forgeries",
        what: "1,000,000 forged webhooks with 1,000 devices connected",
        against: "none may be believed",
        run: relay_forgeries::run,
    },
    Benchmark {
        id: "calls",
        what: "requests to providers in a simulated day with 20 changes in 5 calendars, with push",
        against: "polling every 5 minutes",
        run: calls::run,
    },
    Benchmark {
        id: "e2e",
        what: "a change at a provider through webhook, relay and delta to the window's event",
        against: "a bound",
        run: e2e::run,
    },
];

fn main() -> ExitCode {
    match suite() {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Runs what was asked for; true if every target is met.
fn suite() -> Result<bool> {
    let (chosen, as_json) = chosen()?;
    let machine = Machine::read()?;
    let mut outcomes = Vec::new();
    for benchmark in chosen {
        eprintln!("• {}: {}", benchmark.id, benchmark.what);
        let begin = std::time::Instant::now();
        let result = (benchmark.run)();
        let seconds = begin.elapsed().as_secs_f64();
        let (figures, failed) = match result {
            Ok(figures) => (figures, None),
            Err(error) => (Vec::new(), Some(format!("{error:#}"))),
        };
        let outcome = Outcome {
            id: benchmark.id,
            what: benchmark.what,
            against: benchmark.against,
            figures,
            failed,
            seconds,
        };
        if as_json {
            println!("{}", report::json(&outcome, &machine)?);
        }
        outcomes.push(outcome);
    }
    if !as_json {
        println!("{}\n\n{}", machine.text(), report::table(&outcomes));
    }
    for outcome in &outcomes {
        if let Some(reason) = &outcome.failed {
            eprintln!("error: {}: {reason}", outcome.id);
        } else if !outcome.is_met() {
            eprintln!("error: {} misses its target", outcome.id);
        }
    }
    Ok(outcomes.iter().all(Outcome::is_met))
}

/// Which benchmarks the arguments name, all if none, and whether JSON is wanted.
fn chosen() -> Result<(Vec<&'static Benchmark>, bool)> {
    let mut names = Vec::new();
    let mut as_json = false;
    for argument in std::env::args().skip(1) {
        match argument.as_str() {
            "--json" => as_json = true,
            // Cargo passes it to every benchmark.
            "--bench" => {}
            _ => names.push(argument),
        }
    }
    for name in &names {
        if !SUITE.iter().any(|benchmark| benchmark.id == name) {
            let known: Vec<&str> = SUITE.iter().map(|benchmark| benchmark.id).collect();
            bail!(
                "there is no benchmark {name}; there are {}",
                known.join(", ")
            );
        }
    }
    let is_chosen =
        |benchmark: &&Benchmark| names.is_empty() || names.iter().any(|name| name == benchmark.id);
    Ok((SUITE.iter().filter(is_chosen).collect(), as_json))
}
