//! `calls`: how often providers are asked in a day, with push and with polling alone.
//!
//! A simulated day: 20 changes in five calendars, each of which has to be shown in time.

use anyhow::{Result, ensure};
use dayline_simulation::calls::{Hears, day};

use crate::measure::Times;
use crate::report::{Bound, Figure, Unit};

/// Counts the requests of a day.
pub fn run() -> Result<Vec<Figure>> {
    let (push, polling) = (day(Hears::ByPush), day(Hears::ByPolling));
    ensure!(push.requests > 0, "nobody was asked for anything");
    let what = format!(
        "{} requests with push, {} with polling; until a change is shown, the slowest",
        push.requests, polling.requests
    );
    let value = ratio(push.requests, polling.requests);
    let figure = Figure::new(what, &Times::of(vec![push.slowest]), Unit::Ratio, value)
        .against(&Times::of(vec![polling.slowest]))
        .bound(Bound::AtMost(0.1), Some(Bound::AtMost(0.02)));
    Ok(vec![figure])
}

#[expect(
    clippy::cast_precision_loss,
    reason = "a day has thousands of requests"
)]
fn ratio(one: u64, other: u64) -> f64 {
    one as f64 / other as f64
}
