//! The whole face in the real window over 20,000 events: every view, filters against an
//! independent reading of what the command line answers, search, and hostile descriptions.

mod hostile;
mod world;
mod zones;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, ensure};
use chrono::Days;
use dayline_e2e::browser::Opener;
use dayline_e2e::dayline::Dayline;
use dayline_e2e::run::DATABASE;
use dayline_e2e::simulator::Simulator;
use dayline_e2e::wait;
use dayline_e2e::window::{Driver, Window};
use rusqlite::OptionalExtension as _;
use serde_json::{Value, json};

/// A text of the filter language, and what it means, read from the command line's JSON alone.
type Reading = (&'static str, fn(&Value) -> bool);

/// A field of an item; null if it has none.
fn field<'a>(item: &'a Value, name: &str) -> &'a Value {
    item.get(name).unwrap_or(&Value::Null)
}

fn has_category(item: &Value, name: &str) -> bool {
    field(item, "categories")
        .as_array()
        .is_some_and(|all| all.iter().any(|one| one == name))
}

fn text(item: &Value) -> String {
    format!(
        "{} {}",
        field(item, "title").as_str().unwrap_or_default(),
        field(item, "location").as_str().unwrap_or_default()
    )
    .to_lowercase()
}

const FILTERS: [Reading; 18] = [
    ("", |_| true),
    ("importance:high", |item| {
        field(item, "importance") == "high"
    }),
    ("importance:high,low", |item| {
        field(item, "importance") != "normal"
    }),
    ("-importance:normal", |item| {
        field(item, "importance") != "normal"
    }),
    ("category:\"Client A\"", |item| {
        has_category(item, "Client A")
    }),
    ("category:\"client a\",Travel", |item| {
        has_category(item, "Client A") || has_category(item, "Travel")
    }),
    ("category:Travel -category:\"Client A\"", |item| {
        has_category(item, "Travel") && !has_category(item, "Client A")
    }),
    ("has:teams", |item| field(item, "teams") == true),
    ("has:link", |item| !field(item, "join_url").is_null()),
    ("has:link -has:teams", |item| {
        !field(item, "join_url").is_null() && field(item, "teams") != true
    }),
    ("provider:google", |item| {
        field(item, "provider") == "google"
    }),
    ("account:contoso", |item| {
        field(item, "account")
            .as_str()
            .is_some_and(|one| one.contains("contoso"))
    }),
    ("calendar:personal", |item| {
        field(item, "calendar") == "Personal"
    }),
    ("is:allday", |item| field(item, "all_day") == true),
    ("-is:allday importance:normal", |item| {
        field(item, "all_day") != true && field(item, "importance") == "normal"
    }),
    ("cafe", |item| text(item).contains("café")),
    ("الميزانية", |item| {
        text(item).contains("الميزانية")
    }),
    ("importance:high has:teams", |item| {
        field(item, "importance") == "high" && field(item, "teams") == true
    }),
];

struct Stage {
    home: tempfile::TempDir,
    simulator: Simulator,
    environment: Vec<(&'static str, String)>,
}

impl Stage {
    /// Signs both accounts of a scenario in on a terminal and brings everything.
    async fn set(write: impl FnOnce(&Path) -> Result<PathBuf>) -> Result<Self> {
        let home = tempfile::tempdir()?;
        let scenario = write(home.path())?;
        let simulator = Simulator::start(&scenario.display().to_string()).await?;
        let mut environment = simulator.environment()?;
        for (name, folder) in [("XDG_DATA_HOME", "data"), ("XDG_CONFIG_HOME", "config")] {
            environment.push((name, home.path().join(folder).display().to_string()));
        }
        environment.push(("LC_ALL", "en_GB.UTF-8".to_owned()));
        environment.push(("TZ", "UTC".to_owned()));
        let opener = Opener::install(home.path())?;
        environment.push(("PATH", opener.path()));
        let stage = Self {
            home,
            simulator,
            environment,
        };
        let folder = stage.folder();
        let dayline = Dayline::new(&folder, &stage.simulator)?;
        for provider in ["microsoft", "google"] {
            dayline
                .sign_in(provider, stage.simulator.email(provider)?)
                .await?;
        }
        let report = dayline.json(&["sync"]).await?;
        ensure!(
            report.get("failed_accounts") == Some(&json!({})),
            "not synced: {report}"
        );
        Ok(stage)
    }

    fn folder(&self) -> PathBuf {
        self.home.path().join("dayline")
    }
}

/// The titles of this week that a filter leaves over, from the command line's JSON.
fn expected(all: &[Value], holds: fn(&Value) -> bool) -> BTreeSet<String> {
    all.iter()
        .filter(|item| holds(item))
        .filter_map(|item| field(item, "title").as_str())
        .map(str::to_owned)
        .collect()
}

/// Puts a text into the filter field, as typing does, and brings it into force.
async fn filter(window: &Window, text: &str) -> Result<()> {
    let script = "const field = document.querySelector(\"[data-testid='filter-text']\");
        field.focus();
        field.value = arguments[0];
        field.dispatchEvent(new InputEvent('input', { bubbles: true }));
        field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }));
        field.blur();";
    window.script(script, vec![json!(text)]).await?;
    Ok(())
}

async fn press(window: &Window, key: &str) -> Result<()> {
    let script = "document.activeElement?.blur();
        document.body.dispatchEvent(new KeyboardEvent('keydown',
            { key: arguments[0], bubbles: true, cancelable: true }));";
    window.script(script, vec![json!(key)]).await?;
    Ok(())
}

#[tokio::test]
async fn filters_leave_what_an_independent_reading_leaves_in_every_view() -> Result<()> {
    let stage = Stage::set(|folder| world::write(folder, &[], 20_000)).await?;
    let folder = stage.folder();
    let dayline = Dayline::new(&folder, &stage.simulator)?;
    let monday = world::monday();
    let (from, to) = (monday.to_string(), (monday + Days::new(6)).to_string());
    let all = dayline.agenda(&from, &to, &[]).await?;
    ensure!(all.len() >= 17, "the week has {} events", all.len());
    let status = dayline.json(&["stats"]).await?;
    let events: i64 = status["events_per_calendar"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|one| one["events"].as_i64())
        .sum();
    ensure!(events > 20_000, "{events} events are here");

    let driver = Driver::start(&stage.environment).await?;
    let window = driver.open(&folder).await?;
    window.wait_for_id("week").await?;
    for (text, holds) in FILTERS {
        filter(&window, text).await?;
        let titles = expected(&all, holds);
        window
            .wait_for_titles(&titles)
            .await
            .with_context(|| format!("with the filter {text:?}"))?;
    }
    filter(&window, "").await?;

    // The same week in the other views that show whole days, and a count in the year.
    for (key, id) in [
        ("d", "week"),
        ("w", "week"),
        ("m", "month"),
        ("a", "agenda"),
        ("y", "year"),
    ] {
        press(&window, key).await?;
        window
            .wait_for_id(id)
            .await
            .with_context(|| format!("after {key}"))?;
    }
    press(&window, "w").await?;
    window.wait_for_titles(&expected(&all, |_| true)).await?;

    // Search finds one of the twenty thousand and opens it in its place.
    press(&window, "/").await?;
    window.wait_for("input[role='combobox']:focus").await?;
    let typed = "const field = document.activeElement;
        field.value = arguments[0];
        field.dispatchEvent(new InputEvent('input', { bubbles: true }));";
    window.script(typed, vec![json!("errand 9876")]).await?;
    wait::until("the hit", async || {
        let hits = window
            .script(
                "return [...document.querySelectorAll(\"[data-testid='search-hit']\")].map((one) => one.textContent)",
                Vec::new(),
            )
            .await?;
        let found = hits.as_array().into_iter().flatten().any(|hit| {
            hit.as_str().is_some_and(|text| text.contains("Errand 9876"))
        });
        Ok(found.then_some(()))
    })
    .await?;
    let enter = "document.activeElement.dispatchEvent(new KeyboardEvent('keydown',
        { key: 'Enter', bubbles: true, cancelable: true }));";
    window.script(enter, Vec::new()).await?;
    window.wait_for_id("details").await?;
    wait::until("the place to be remembered", async || {
        let database = rusqlite::Connection::open(folder.join(DATABASE))?;
        let kept: Option<String> = database
            .query_row(
                "SELECT value FROM settings WHERE key = 'window'",
                [],
                |row| row.get(0),
            )
            .optional()?;
        Ok(kept.filter(|text| text.contains("\"day\"")).map(drop))
    })
    .await?;
    window.close().await?;

    // Position and view survive a restart.
    let window = driver.open(&folder).await?;
    window.wait_for_id("week").await?;
    window
        .wait_for("[data-testid='event'][data-title='Errand 9876']")
        .await?;
    window.close().await
}

#[tokio::test]
async fn events_stand_at_their_wall_times_when_clocks_change() -> Result<()> {
    zones::wall_times().await
}

#[tokio::test]
async fn hostile_descriptions_do_nothing() -> Result<()> {
    hostile::nothing_runs().await
}
