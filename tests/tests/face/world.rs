//! Two accounts with as many events as asked for: a week in which every attribute occurs, and everything else
//! around it.

use std::path::{Path, PathBuf};

use anyhow::Result;
use chrono::{Datelike as _, Days, Local, NaiveDate};
use serde_json::{Value, json};

/// Days before and after the week that hold them.
const BEFORE: i64 = 300;
const AFTER: i64 = 480;

/// The Monday of this week.
pub fn monday() -> NaiveDate {
    let today = Local::now().date_naive();
    today - Days::new(today.weekday().num_days_from_monday().into())
}

fn at(day: NaiveDate, hour: u32, minute: u32) -> String {
    format!("{day}T{hour:02}:{minute:02}:00")
}

fn graph(subject: &str, day: NaiveDate, hour: u32, minutes: u32, more: Value) -> Value {
    let (end, rest) = (hour + minutes / 60, minutes % 60);
    let mut event = json!({
        "subject": subject,
        "start": { "dateTime": at(day, hour, 0), "timeZone": "UTC" },
        "end": { "dateTime": at(day, end, rest), "timeZone": "UTC" },
    });
    if let (Some(event), Value::Object(more)) = (event.as_object_mut(), more) {
        event.extend(more);
    }
    event
}

fn google(summary: &str, day: NaiveDate, hour: u32, minutes: u32, more: Value) -> Value {
    let (end, rest) = (hour + minutes / 60, minutes % 60);
    let mut event = json!({
        "summary": summary,
        "start": { "dateTime": format!("{}Z", at(day, hour, 0)) },
        "end": { "dateTime": format!("{}Z", at(day, end, rest)) },
    });
    if let (Some(event), Value::Object(more)) = (event.as_object_mut(), more) {
        event.extend(more);
    }
    event
}

/// The week: no two events at the same time, so that each of them is on screen.
fn week_of_work(monday: NaiveDate) -> Vec<Value> {
    let day = |index: u64| monday + Days::new(index);
    vec![
        graph(
            "Budget",
            day(0),
            8,
            60,
            json!({ "importance": "high", "categories": ["Client A"] }),
        ),
        graph("Tidy up", day(0), 10, 30, json!({ "importance": "low" })),
        graph(
            "Weekly",
            day(1),
            8,
            60,
            json!({ "sim:teams": "short", "categories": ["Client A", "Travel"] }),
        ),
        graph(
            "Café with Zoë",
            day(1),
            10,
            60,
            json!({ "location": { "displayName": "Café Nord" } }),
        ),
        graph(
            "Flight",
            day(2),
            8,
            120,
            json!({ "showAs": "oof", "categories": ["Travel"] }),
        ),
        graph(
            "Review",
            day(2),
            11,
            60,
            json!({ "importance": "high", "sim:teams": "classic" }),
        ),
        graph("Maybe", day(3), 8, 60, json!({ "showAs": "tentative" })),
        graph("Open door", day(3), 10, 60, json!({ "showAs": "free" })),
        graph(
            "Doctor",
            day(3),
            12,
            60,
            json!({ "sensitivity": "private" }),
        ),
        graph(
            "Zoom in",
            day(4),
            8,
            60,
            json!({ "location": { "displayName": "https://zoom.us/j/123456789" } }),
        ),
        graph("مراجعة الميزانية", day(4), 10, 60, json!({})),
        graph(
            "👩‍👩‍👧‍👦 party",
            day(4),
            12,
            60,
            json!({ "categories": ["Travel"] }),
        ),
    ]
}

fn week_of_home(monday: NaiveDate) -> Vec<Value> {
    let day = |index: u64| monday + Days::new(index);
    vec![
        google("Football", day(5), 9, 90, json!({ "location": "Field 3" })),
        google("Dentist", day(0), 13, 60, json!({})),
        google(
            "Call Noor",
            day(1),
            13,
            60,
            json!({ "description": "https://meet.google.com/abc-defg-hij" }),
        ),
        google(
            "Lunch",
            day(6),
            11,
            60,
            json!({ "transparency": "transparent" }),
        ),
        json!({
            "summary": "Holiday",
            "start": { "date": day(2).to_string() },
            "end": { "date": day(4).to_string() },
        }),
    ]
}

/// Everything else: spread evenly, never in the week.
fn rest(
    monday: NaiveDate,
    count: usize,
    event: impl Fn(usize, NaiveDate, u32) -> Value,
) -> Vec<Value> {
    let days: Vec<NaiveDate> = (-BEFORE..AFTER)
        .filter(|offset| !(-1..8).contains(offset))
        .map(|offset| monday + chrono::TimeDelta::days(offset))
        .collect();
    (0..count)
        .zip(days.iter().cycle())
        .map(|(index, day)| {
            let hour = 6 + u32::try_from(index / days.len() % 12).unwrap_or(0);
            event(index, *day, hour)
        })
        .collect()
}

/// Writes the scenario with `count` events beside those of the week and `bodies`; answers its
/// path.
pub fn write(folder: &Path, bodies: &[Value], count: usize) -> Result<PathBuf> {
    let monday = monday();
    let half = count / 2;
    let mut work = week_of_work(monday);
    work.extend_from_slice(bodies);
    work.extend(rest(monday, half, |index, day, hour| {
        graph(&format!("Routine {index}"), day, hour, 30, json!({}))
    }));
    let mut home = week_of_home(monday);
    home.extend(rest(monday, count - half, |index, day, hour| {
        google(&format!("Errand {index}"), day, hour, 30, json!({}))
    }));
    write_scenario(folder, &work, &home)
}

/// Writes a scenario with these events in the one calendar of a work account and of a private
/// one; answers its path.
pub fn write_scenario(folder: &Path, work: &[Value], home: &[Value]) -> Result<PathBuf> {
    let world = json!({ "accounts": [
        {
            "provider": "microsoft", "email": "ada@contoso.example", "name": "Ada",
            "time_zone": "UTC",
            "categories": [
                { "name": "Client A", "color": "preset4" },
                { "name": "Travel", "color": "preset1" },
            ],
            "calendars": [{ "name": "Calendar", "events": work }],
        },
        {
            "provider": "google", "email": "ada.l@gmail.example", "name": "Ada",
            "time_zone": "UTC",
            "calendars": [{ "name": "Personal", "events": home }],
        },
    ]});
    let path = folder.join("world.json");
    std::fs::write(&path, serde_json::to_vec(&world)?)?;
    Ok(path)
}
