//! `dayline-simulation`: many histories at once, and one JSON object about them.
#![expect(clippy::print_stdout, reason = "the report goes to standard output")]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::process::ExitCode;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use clap::Parser;
use dayline_simulation::fault::Fault;
use dayline_simulation::history::History;
use dayline_simulation::life::{Ended, keep_panics, live};
use dayline_simulation::shrink::shrink;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// A life that takes longer never ends.
const LONGEST: Duration = Duration::from_mins(2);

/// Lives random histories and tells how they ended.
#[derive(Debug, Parser)]
struct Options {
    /// How many histories.
    #[arg(long, default_value_t = 2_000)]
    seeds: u64,
    /// The first seed.
    #[arg(long, default_value_t = 1)]
    from: u64,
    /// Stops after so many failures.
    #[arg(long, default_value_t = u64::MAX)]
    failures: u64,
    /// Says how far it is on standard error.
    #[arg(long)]
    progress: bool,
}

/// What all lives came to.
#[derive(Default)]
struct Sum {
    ended: BTreeMap<u64, Ended>,
}

fn main() -> ExitCode {
    let options = Options::parse();
    keep_panics();
    let started = Instant::now();
    let last = options.from.saturating_add(options.seeds);
    let next = AtomicU64::new(options.from);
    let failures = AtomicU64::new(0);
    let sum = Mutex::new(Sum::default());
    let threads = std::thread::available_parallelism().map_or(2, std::num::NonZero::get);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                loop {
                    let seed = next.fetch_add(1, Ordering::SeqCst);
                    if seed >= last || failures.load(Ordering::SeqCst) >= options.failures {
                        break;
                    }
                    let ended = live_in_time(seed);
                    if ended.failure.is_some() {
                        failures.fetch_add(1, Ordering::SeqCst);
                        if options.progress {
                            eprintln!("seed {seed} fails");
                        }
                    }
                    let done = {
                        let mut sum = lock(&sum);
                        sum.ended.insert(seed, ended);
                        sum.ended.len()
                    };
                    if options.progress && done % 200 == 0 {
                        eprintln!("{done} of {}", options.seeds);
                    }
                }
            });
        }
    });
    let sum = lock(&sum);
    println!("{}", report(&sum.ended, started.elapsed()));
    if failures.load(Ordering::SeqCst) == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex
        .lock()
        .unwrap_or_else(std::sync::PoisonError::into_inner)
}

/// Lives one history. One that hangs ends the whole run: a thread cannot be stopped.
fn live_in_time(seed: u64) -> Ended {
    let (done, ended) = std::sync::mpsc::channel::<()>();
    std::thread::scope(|scope| {
        scope.spawn(move || {
            if ended.recv_timeout(LONGEST) == Err(std::sync::mpsc::RecvTimeoutError::Timeout) {
                let story = format!("seed {seed} had not ended after {} s", LONGEST.as_secs());
                let first = json!({"seed": seed, "what": "it hangs", "story": story});
                println!("{}", json!({"failures": 1, "first_failure": first}));
                std::process::exit(1);
            }
        });
        let ended = live(&History::of(seed));
        drop(done);
        ended
    })
}

fn report(ended: &BTreeMap<u64, Ended>, took: Duration) -> Value {
    let mut trace = Sha256::new();
    let mut faults: BTreeMap<&str, u64> = Fault::ALL.iter().map(|one| (one.word(), 0)).collect();
    for life in ended.values() {
        trace.update(life.trace);
        for (fault, times) in &life.faults {
            *faults.entry(fault.word()).or_default() += times;
        }
    }
    let failed: Vec<&Ended> = ended
        .values()
        .filter(|life| life.failure.is_some())
        .collect();
    let first = failed.first().map(|first| tell(first));
    let mut trace_hash = String::new();
    for byte in trace.finalize().iter().take(16) {
        // Writing to a string cannot fail.
        let _ = write!(trace_hash, "{byte:02x}");
    }
    json!({
        "schedules": ended.len(),
        "steps": ended.values().map(|life| life.steps).sum::<usize>(),
        "faults": faults,
        "failures": failed.len(),
        "failed_seeds": failed.iter().take(20).map(|life| life.seed).collect::<Vec<_>>(),
        "first_failure": first,
        "trace_hash": trace_hash,
        "seconds": took.as_secs(),
    })
}

/// The first failure, as the shortest story that ends with one.
fn tell(failed: &Ended) -> Value {
    let history = History::of(failed.seed);
    let (_, shortest) = shrink(&history, failed.clone());
    let failure = shortest.failure.or_else(|| failed.failure.clone());
    let (what, story) = failure
        .map(|failure| (failure.what, failure.story))
        .unwrap_or_default();
    json!({"seed": failed.seed, "what": what, "story": story})
}
