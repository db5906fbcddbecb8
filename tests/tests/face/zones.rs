//! Weeks in which clocks change, in zones of whole and half hours and over the date line: where
//! each event stands in the window against what the command line says of the same zone.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::{Context as _, Result, bail, ensure};
use chrono::{
    DateTime, Datelike as _, Days, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Timelike as _,
    Utc,
};
use dayline_e2e::dayline::Dayline;
use dayline_e2e::wait;
use dayline_e2e::window::{Driver, Window};
use serde_json::{Value, json};

use crate::{Stage, field, press};

const ZONES: [&str; 4] = [
    "America/New_York",
    "Asia/Kolkata",
    "Australia/Lord_Howe",
    "Pacific/Apia",
];

/// Instants at which clocks change in one of the zones, and a date of that week there.
const CHANGES: [(&str, &str); 5] = [
    // New York: back by an hour, on by an hour.
    ("2026-11-01T06:00:00Z", "2026-11-01"),
    ("2027-03-14T07:00:00Z", "2027-03-14"),
    // Lord Howe: on by half an hour, back by half an hour.
    ("2026-10-03T15:30:00Z", "2026-10-03"),
    ("2027-04-03T15:00:00Z", "2027-04-03"),
    // Apia went over the date line: there was no 30 December.
    ("2011-12-30T10:00:00Z", "2011-12-30"),
];

fn instant(text: &str) -> Result<DateTime<Utc>> {
    Ok(text.parse()?)
}

/// An event of Graph that begins `after` minutes after an instant.
fn at(subject: &str, change: DateTime<Utc>, after: i64, minutes: i64) -> Value {
    let start = change + TimeDelta::minutes(after);
    let time = |instant: DateTime<Utc>| json!({ "dateTime": instant.format("%Y-%m-%dT%H:%M:%S").to_string(), "timeZone": "UTC" });
    json!({
        "subject": subject,
        "start": time(start),
        "end": time(start + TimeDelta::minutes(minutes)),
    })
}

/// Half hours before and after each change, one event over it, and series at its hour.
fn work() -> Result<Vec<Value>> {
    let mut events = Vec::new();
    for (index, (change, _)) in CHANGES.iter().enumerate() {
        let change = instant(change)?;
        for half in -6..=6 {
            events.push(at(
                &format!("Change {index} {half:+}"),
                change,
                half * 30,
                30,
            ));
        }
        // Ends, by the clock on the wall, before it begins where the hour comes twice.
        events.push(at(&format!("Over {index}"), change, -40, 65));
    }
    for (subject, zone, time) in [
        ("Nightly in New York", "America/New_York", "02:30:00"),
        ("Nightly on Lord Howe", "Australia/Lord_Howe", "02:15:00"),
    ] {
        let local =
            |time: &str| json!({ "dateTime": format!("2026-09-28T{time}"), "timeZone": zone });
        events.push(json!({
            "subject": subject,
            "start": local(time),
            "end": local("02:45:00"),
            "recurrence": {
                "pattern": { "type": "daily", "interval": 1 },
                "range": { "type": "noEnd", "startDate": "2026-09-28" },
            },
        }));
    }
    Ok(events)
}

/// Whole days on and beside each change, and a dinner in Apia's own time.
fn home() -> Result<Vec<Value>> {
    let mut events = Vec::new();
    for (index, (_, date)) in CHANGES.iter().enumerate() {
        let date: NaiveDate = date.parse()?;
        for days in 1..=2 {
            events.push(json!({
                "summary": format!("Off {index} for {days}"),
                "start": { "date": date.to_string() },
                "end": { "date": (date + Days::new(days)).to_string() },
            }));
        }
        let local = |time: &str| json!({ "dateTime": format!("{date}T{time}"), "timeZone": "Europe/London" });
        events.push(json!({
            "summary": format!("Lunch {index}"),
            "start": local("12:15:00"),
            "end": local("13:00:00"),
        }));
    }
    Ok(events)
}

/// What stands where: title, column, and the minute of the day at its top; for whole days the
/// number of columns instead.
type Standing = (String, i64, i64);

/// What the command line says of a week. What goes on after midnight also stands at the top of
/// the day on which it ends.
fn expected(items: &[Value], monday: NaiveDate) -> Result<BTreeSet<Standing>> {
    let column = |date: NaiveDate| (date - monday).num_days();
    let mut standing = BTreeSet::new();
    for item in items {
        let text = |name: &str| field(item, name).as_str().context("no text");
        let title = text("title")?.to_owned();
        if field(item, "all_day") == true {
            let (from, to): (NaiveDate, NaiveDate) =
                (text("start")?.parse()?, text("end")?.parse()?);
            let (from, to) = (column(from).max(0), column(to).min(7));
            standing.insert((title, from, to - from));
            continue;
        }
        let local = |name: &str| -> Result<NaiveDateTime> {
            Ok(DateTime::parse_from_rfc3339(text(name)?)?.naive_local())
        };
        let (start, end) = (local("start")?, local("end")?);
        let minute = i64::from(start.hour() * 60 + start.minute());
        if end.date() > start.date() && end.time() > NaiveTime::MIN {
            standing.insert((title.clone(), column(end.date()), 0));
        }
        standing.insert((title, column(start.date()), minute));
    }
    Ok(standing)
}

/// What is seen in the window: measured, not read from what the page says of itself.
const SEEN: &str = "
    const days = [...document.querySelectorAll('[data-cell^=hours-]')]
        .map((day) => day.getBoundingClientRect());
    const columnOf = (x) => days.findIndex((day) => x >= day.left - 1 && x < day.right - 1);
    return [...document.querySelectorAll(\"[data-testid='event']\")].map((chip) => {
        const box = chip.getBoundingClientRect();
        const column = columnOf(box.left);
        const day = days[column];
        const hours = chip.closest('[data-cell^=hours-]') !== null;
        const size = hours
            ? Math.round((box.top - day.top) / day.height * 1440 / 5) * 5
            : Math.round(box.width / day.width);
        return [chip.dataset.title, column, size];
    });";

async fn seen(window: &Window) -> Result<BTreeSet<Standing>> {
    let seen = window.script(SEEN, Vec::new()).await?;
    Ok(serde_json::from_value(seen)?)
}

/// Opens the week of a date, as one who types it.
async fn go_to(window: &Window, date: NaiveDate) -> Result<()> {
    press(window, "g").await?;
    window.wait_for("[data-testid='go-to-date']").await?;
    let script = "const field = document.querySelector(\"[data-testid='go-to-date']\");
        field.value = arguments[0];
        field.dispatchEvent(new InputEvent('input', { bubbles: true }));";
    window.script(script, vec![json!(date.to_string())]).await?;
    window
        .wait_for("[data-testid='go-to-date'] ~ button:enabled")
        .await?;
    let submit = "document.querySelector(\"[data-testid='go-to-date'] ~ button\").click()";
    window.script(submit, Vec::new()).await?;
    Ok(())
}

/// Compares all weeks in one zone; answers how many events were seen.
async fn in_zone(stage: &Stage, folder: &Path, zone: &str) -> Result<usize> {
    let dayline = Dayline::new(folder, &stage.simulator)?;
    let mut environment = stage.environment.clone();
    environment.retain(|(name, _)| *name != "TZ");
    environment.push(("TZ", zone.to_owned()));
    let driver = Driver::start(&environment).await?;
    let window = driver.open(folder).await?;
    window.wait_for_id("week").await?;
    let mut compared = 0;
    for (change, date) in CHANGES {
        let date: NaiveDate = date.parse()?;
        let monday = date - Days::new(date.weekday().num_days_from_monday().into());
        let (from, to) = (monday.to_string(), (monday + Days::new(6)).to_string());
        let items = dayline.agenda(&from, &to, &["--tz", zone]).await?;
        let expected = expected(&items, monday)?;
        ensure!(
            expected.len() >= items.len() && expected.len() >= 14,
            "{} of {} in {zone}, in the week of {change}, can be told apart",
            expected.len(),
            items.len()
        );
        go_to(&window, date).await?;
        let arrived = wait::until("the week", async || {
            Ok((seen(&window).await? == expected).then_some(()))
        })
        .await;
        if arrived.is_err() {
            let seen = seen(&window).await?;
            bail!(
                "{zone}, week of {change}: seen but not said: {:?}; said but not seen: {:?}",
                seen.difference(&expected).collect::<Vec<_>>(),
                expected.difference(&seen).collect::<Vec<_>>()
            );
        }
        compared += expected.len();
    }
    window.close().await?;
    Ok(compared)
}

/// Every event of every such week stands at its wall time, in each zone.
pub async fn wall_times() -> Result<()> {
    let stage =
        Stage::set(|folder| crate::world::write_scenario(folder, &work()?, &home()?)).await?;
    let folder = stage.folder();
    for zone in ZONES {
        let compared = in_zone(&stage, &folder, zone).await?;
        ensure!(compared >= 100, "{compared} events in {zone}");
    }
    Ok(())
}
