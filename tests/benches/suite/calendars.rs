//! `calendars`: the list of accounts and calendars with how they are doing, beside 300,000 events.

use anyhow::{Result, ensure};

use crate::measure::alone;
use crate::report::{Bound, Figure};
use crate::seed::{ACCOUNTS, CALENDARS, Seeded};
use crate::world::World;

const ROUNDS: u32 = 101;
const EVENTS: u32 = 300_000;

/// Measures what a window asks first, and the count of events.
pub fn run() -> Result<Vec<Figure>> {
    let seeded = Seeded::with(EVENTS)?;
    let world = World::new()?;
    let engine = world.open(seeded.folder())?;
    let list = || -> Result<(usize, usize, i64)> {
        let view = engine.bootstrap()?;
        let calendars = view
            .accounts
            .iter()
            .map(|account| account.calendars.len())
            .sum();
        let count = engine.count_events()?;
        std::hint::black_box(serde_json::to_vec(&view)?);
        Ok((view.accounts.len(), calendars, count))
    };
    let (accounts, calendars) = (
        usize::try_from(ACCOUNTS)?,
        usize::try_from(ACCOUNTS * CALENDARS)?,
    );
    let found = list()?;
    ensure!(
        found == (accounts, calendars, EVENTS.into()),
        "accounts, calendars and events: {found:?}"
    );
    let view = engine.bootstrap()?;
    ensure!(
        view.accounts
            .iter()
            .flat_map(|account| &account.calendars)
            .all(|calendar| calendar.is_connected && calendar.last_synced_at.is_some()),
        "a calendar's health is missing"
    );
    let times = alone(ROUNDS, || list().map(drop))?;
    let what = format!("{ACCOUNTS} accounts, {calendars} calendars, {EVENTS} events");
    Ok(vec![
        Figure::time(what, &times, 0.5).bound(Bound::AtMost(20.0), Some(Bound::AtMost(2.0))),
    ])
}
