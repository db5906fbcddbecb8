//! `e2e`: from a change at a provider to the event that a window repaints for.
//!
//! The released programs on loopback: dayline-simulator, dayline-relay and `dayline watch`, which
//! prints what a window is told. Another device changes an event's title; the provider tells the
//! relay, the relay the computer, that one asks for what changed, writes the row and says which days
//! look different. A time begins before the change is asked for and ends when the line was read; by
//! then the row has to be in the database. Nothing waits on purpose: no latency is injected, and a
//! calendar is left alone for longer than the five seconds in which Dayline would not ask again.

mod stage;

use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use tokio::runtime::Builder;
use tokio::time::Instant;

use self::stage::Stage;
use crate::measure::Times;
use crate::report::{Bound, Figure};

/// Calendars at each provider.
const CALENDARS: usize = 8;
/// A calendar is changed once in this, which is more than Dayline's spacing.
const EACH: Duration = Duration::from_millis(6_500);
/// How often each calendar is changed; the first time warms, and is not counted.
const ROUNDS: u32 = 11;

/// Measures changes at both providers.
pub fn run() -> Result<Vec<Figure>> {
    let runtime = Builder::new_current_thread().enable_all().build()?;
    let changes = runtime.block_on(measure())?;
    let times = |provider: Option<&str>| {
        let chosen = changes
            .iter()
            .filter(|change| provider.is_none_or(|name| change.provider == name));
        Times::of(chosen.map(|change| change.took).collect())
    };
    let all = times(None);
    let what = format!(
        "p99 of {} changes in {} calendars to the event of the window",
        all.len(),
        2 * CALENDARS
    );
    Ok(vec![
        Figure::time(what, &all, 0.99).bound(Bound::AtMost(100.0), Some(Bound::AtMost(15.0))),
        Figure::time("those of Microsoft, median", &times(Some("microsoft")), 0.5),
        Figure::time("those of Google, median", &times(Some("google")), 0.5),
    ])
}

/// A change that arrived.
struct Change {
    provider: &'static str,
    took: Duration,
}

async fn measure() -> Result<Vec<Change>> {
    let mut stage = Stage::set(CALENDARS).await?;
    let places = u32::try_from(stage.places.len())?;
    let begin = Instant::now();
    let mut changes = Vec::new();
    for number in 0..ROUNDS * places {
        tokio::time::sleep_until(begin + EACH * number / places).await;
        let place = usize::try_from(number % places)?;
        let title = format!("Review {number}");
        let took = stage.change(place, &title).await;
        let took = took.with_context(|| format!("change {number}"))?;
        if number >= places {
            let provider = stage.places.get(place).context("a calendar")?.provider;
            changes.push(Change { provider, took });
        }
    }
    stage.end().await?;
    ensure!(changes.len() >= 100, "too few changes for a p99");
    Ok(changes)
}
