//! `window`: what the views cost in the web view that people have, which is the weakest one.
//!
//! Dayline's own window on a database, driven as a person would, measured by the page itself from
//! a key to the second frame in which everything is there. The budgets of Chromium hold twice.

use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use dayline_e2e::window::{Driver, Window};
use serde_json::{Value, json};
use tokio::runtime::Builder;

use crate::measure::Times;
use crate::report::{Bound, Figure};
use crate::seed::{Seeded, monday};
use crate::start::NOWHERE;

/// All of them stand in nine weeks, 600 occurrences in each with those of the series.
const EVENTS: u32 = 3_000;
const ROUNDS: usize = 9;
/// Frames of scrolling.
const FRAMES: usize = 120;

/// From a key to the second frame after as many events as asked for are there.
const KEY: &str = "
    const [key, view, most, done] = arguments;
    const many = () => document.querySelectorAll('[data-testid=event]').length;
    const there = () => document.querySelector(`[data-testid=${view}]`) !== null
        && document.querySelector('[aria-busy=true]') === null && (most === 0 || many() > 20);
    const began = performance.now();
    document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
    const look = () => requestAnimationFrame(() =>
        there() ? requestAnimationFrame(() => done(performance.now() - began)) : look());
    look();";

/// The times between frames while a part of the page scrolls.
const SCROLL: &str = "
    const [selector, frames, done] = arguments;
    const part = document.querySelector(selector);
    const scroller = [part, ...part.querySelectorAll('*')].find((one) =>
        one.scrollHeight > one.clientHeight + 40 && getComputedStyle(one).overflowY !== 'visible');
    const times = [];
    let last = performance.now();
    const step = (now) => {
        times.push(now - last);
        last = now;
        scroller.scrollTop += 24;
        if (times.length < frames) requestAnimationFrame(step); else done(times.slice(1));
    };
    requestAnimationFrame(step);";

/// Measures the window.
pub fn run() -> Result<Vec<Figure>> {
    // It is written on a runtime of its own where there is none yet.
    let seeded = Seeded::with(EVENTS)?;
    Builder::new_current_thread()
        .enable_all()
        .build()?
        .block_on(measure(&seeded))
}

async fn measure(seeded: &Seeded) -> Result<Vec<Figure>> {
    let mut environment = NOWHERE
        .map(|(name, address)| (name, address.to_owned()))
        .to_vec();
    environment.push(("TZ", "UTC".to_owned()));
    let driver = Driver::start(&environment).await?;
    let window = driver.open(seeded.folder()).await?;
    window.wait_for_id("week").await?;
    go_to_measured_week(&window).await?;

    let (mut months, mut weeks) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        months.push(key(&window, "m", "month").await?);
        weeks.push(key(&window, "w", "week").await?);
    }
    key(&window, "m", "month").await?;
    let elements = window
        .script(
            "return document.querySelectorAll('[data-testid=month] *').length",
            Vec::new(),
        )
        .await?;
    let shown = window.titles().await?.len();
    ensure!(shown > 50, "the month shows {shown} events");
    let frames: Vec<f64> = serde_json::from_value(
        window
            .script_async(SCROLL, vec![json!("[data-testid=month]"), json!(FRAMES)])
            .await?,
    )?;
    window.close().await?;

    let at_most = |most: f64| (Bound::AtMost(most), None);
    let figure = |what: &str, times: Vec<Duration>, at, (most, stretch)| {
        Figure::time(what, &Times::of(times), at).bound(most, stretch)
    };
    let elements = elements.as_f64().context("no number of elements")?;
    Ok(vec![
        figure(
            "from the week to a month of some 2,600 events, on screen",
            months,
            0.5,
            at_most(600.0),
        ),
        figure(
            "from the month to a week of 600 events, on screen",
            weeks,
            0.5,
            at_most(300.0),
        ),
        Figure::count("elements of the month", elements).bound(Bound::AtMost(1_500.0), None),
        figure(
            "a frame of scrolling the month, 19 of 20",
            frames.into_iter().map(milliseconds).collect(),
            0.95,
            at_most(66.0),
        ),
    ])
}

fn milliseconds(value: f64) -> Duration {
    Duration::from_secs_f64(value.max(0.0) / 1_000.0)
}

async fn key(window: &Window, key: &str, view: &str) -> Result<Duration> {
    let took = window
        .script_async(KEY, vec![json!(key), json!(view), json!(1)])
        .await?;
    Ok(milliseconds(took.as_f64().context("no time")?))
}

/// Opens the week that the database is full around.
async fn go_to_measured_week(window: &Window) -> Result<()> {
    window
        .script_async(KEY, vec![json!("g"), json!("go-to-date"), json!(0)])
        .await?;
    let script = "const field = document.querySelector(\"[data-testid='go-to-date']\");
        field.value = arguments[0];
        field.dispatchEvent(new InputEvent('input', { bubbles: true }));";
    let date = Value::from(monday().to_string());
    window.script(script, vec![date]).await?;
    window
        .wait_for("[data-testid='go-to-date'] ~ button:enabled")
        .await?;
    let submit = "document.querySelector(\"[data-testid='go-to-date'] ~ button\").click()";
    window.script(submit, Vec::new()).await?;
    window
        .wait_for("[data-testid='event'][data-title^='Weekly']")
        .await
}
