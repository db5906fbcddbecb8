//! `cargo xtask crash`: the points at which a program can be killed, and one JSON object with what
//! came of them.
#![expect(clippy::print_stdout, reason = "the report goes to standard output")]

use std::process::ExitCode;
use std::time::Instant;

use anyhow::Result;
use clap::Parser;
use dayline_e2e::crash::{CALLS, Fault, Harm, Report, Situation, Stage, spread};

/// How many of each kind of call are tried where not all are.
const CHOSEN: usize = 12;
/// How many points are tried at once, each with providers of its own.
const WORKERS: usize = 2;

/// Kills the program at its calls to the kernel.
#[derive(Debug, Parser)]
struct Options {
    /// Every call, until the program gets through.
    #[arg(long)]
    all: bool,
    /// Only situations whose name contains this.
    #[arg(long, default_value = "")]
    only: String,
}

fn main() -> Result<ExitCode> {
    let options = Options::parse();
    let began = Instant::now();
    let runtime = tokio::runtime::Runtime::new()?;
    let workers: Vec<_> = (0..WORKERS)
        .map(|worker| {
            let (all, only) = (options.all, options.only.clone());
            runtime.spawn(async move { work(worker, all, &only).await })
        })
        .collect();
    let mut report = Report::default();
    for worker in workers {
        report.join(runtime.block_on(worker)??);
    }
    println!("{}", report.json(began.elapsed().as_secs()));
    Ok(if report.differences.is_empty() && report.killed > 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// Tries every second point, or as many as there are workers.
async fn work(worker: usize, all: bool, only: &str) -> Result<Report> {
    let situations: Vec<Situation> = Situation::ALL
        .iter()
        .copied()
        .filter(|situation| situation.to_string().contains(only))
        .collect();
    let stage = Stage::prepare(&situations).await?;
    let mut report = Report::default();
    for situation in situations {
        let counts = stage.count(situation).await?;
        if worker == 0 {
            eprintln!("{situation}: {counts:?}");
        }
        for call in CALLS {
            let count = counts.get(call).copied().unwrap_or_default();
            // Beyond the count until it gets through: no two runs count quite the same.
            let most = if all { count * 2 } else { count };
            let points = spread(most, if all { most } else { CHOSEN });
            for nth in points.into_iter().skip(worker).step_by(WORKERS) {
                let fault = Fault {
                    harm: Harm::Kill,
                    call,
                    nth,
                };
                let outcome = stage.point(situation, fault).await?;
                let point = format!("{situation}, {fault}");
                if let Some(difference) = &outcome.difference {
                    eprintln!("{point}: {difference}");
                }
                report.add(&point, &outcome);
                if !outcome.killed && nth > count {
                    break;
                }
            }
        }
    }
    Ok(report)
}
