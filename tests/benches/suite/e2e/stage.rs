//! The programs, accounts with several calendars, and one change after the other.

use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use anyhow::{Context as _, Result, bail, ensure};
use chrono::{Days, NaiveDate, Utc};
use dayline_e2e::dayline::Dayline;
use dayline_e2e::relay::Relay;
use dayline_e2e::simulator::Simulator;
use dayline_e2e::wait::until;
use http::Method;
use rusqlite::{Connection, OpenFlags};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt as _, BufReader, Lines};
use tokio::process::{Child, ChildStdout};
use tokio::time::{Instant, timeout};

/// A change that takes longer was lost: the next poll would find it.
const LOST: Duration = Duration::from_secs(20);
/// When nothing was said for this, every calendar may be asked for again.
const QUIET: Duration = Duration::from_secs(6);

/// So far lie the days of two calendars' events from each other.
const DAYS_APART: u32 = 4;

/// A calendar with one event, on a day that no other has.
pub struct Place {
    /// Whose it is.
    pub provider: &'static str,
    /// Where its event is changed.
    path: String,
    day: NaiveDate,
}

/// Everything that runs.
pub struct Stage {
    /// The calendars.
    pub places: Vec<Place>,
    simulator: Simulator,
    relay: Relay,
    watching: Child,
    lines: Lines<BufReader<ChildStdout>>,
    database: Connection,
    _folder: TempDir,
}

impl Stage {
    /// Starts the programs with so many calendars at each provider, and waits until both tell of
    /// every one.
    pub async fn set(calendars: usize) -> Result<Self> {
        let folder = tempfile::tempdir()?;
        let scenario = folder.path().join("scenario.json");
        std::fs::write(&scenario, scenario_of(calendars).to_string())?;
        let scenario = scenario.to_str().context("a folder with an odd name")?;
        let simulator = Simulator::start(scenario).await?;
        let relay = Relay::start(folder.path()).await?;
        let data = folder.path().join("data");
        std::fs::create_dir(&data)?;
        let dayline = signed_in(&data, &simulator).await?;
        let address = ["settings", "set", "relay.url", &relay.url];
        dayline.json(&address).await?;
        let mut places = Vec::new();
        for provider in ["microsoft", "google"] {
            for id in calendar_ids(&simulator, provider).await? {
                places.push(Place::find(&simulator, provider, &id).await?);
            }
        }
        ensure!(places.len() == 2 * calendars, "{} calendars", places.len());
        // Nobody reads what it logs.
        let mut watch = dayline.command(&["watch"])?;
        let mut watching = watch.stderr(Stdio::null()).spawn()?;
        let output = watching.stdout.take().context("no output")?;
        let database = Connection::open_with_flags(
            data.join(dayline_engine::FILE_NAME),
            OpenFlags::SQLITE_OPEN_READ_ONLY,
        )?;
        all_told(&dayline, places.len()).await?;
        drop(dayline);
        let mut stage = Self {
            places,
            simulator,
            relay,
            watching,
            lines: BufReader::new(output).lines(),
            database,
            _folder: folder,
        };
        stage.settle().await?;
        Ok(stage)
    }

    /// Changes the title of a calendar's event, and tells how long it took until its day was said
    /// to look different.
    pub async fn change(&mut self, place: usize, title: &str) -> Result<Duration> {
        let place = self.places.get(place).context("a calendar")?;
        let body = json!({ title_of(place.provider): title });
        let begin = Instant::now();
        self.simulator
            .api(place.provider, Method::PATCH, &place.path, body)
            .await?;
        let read = async {
            while let Some(line) = self.lines.next_line().await? {
                let read = Instant::now();
                let notice: Value = serde_json::from_str(&line)?;
                if is_of(&notice, place.day) {
                    return Ok(read - begin);
                }
            }
            bail!("dayline ended")
        };
        let took = timeout(LOST, read).await;
        let took = took.with_context(|| format!("{} did not arrive", place.provider))??;
        // No two changes make the same title.
        let rows: i64 = self.database.query_row(
            "SELECT count(*) FROM calendar_events WHERE title = ?1",
            [title],
            |row| row.get(0),
        )?;
        ensure!(rows == 1, "{rows} rows are called {title}");
        Ok(took)
    }

    /// Ends the programs.
    pub async fn end(mut self) -> Result<()> {
        self.watching.kill().await?;
        self.simulator.stop().await?;
        self.relay.kill().await
    }

    /// Reads what is said until nothing is.
    async fn settle(&mut self) -> Result<()> {
        while let Ok(line) = timeout(QUIET, self.lines.next_line()).await {
            line?.context("dayline ended")?;
        }
        Ok(())
    }
}

impl Place {
    async fn find(simulator: &Simulator, provider: &'static str, calendar: &str) -> Result<Self> {
        let (list, items) = match provider {
            "google" => (format!("calendars/{calendar}/events"), "items"),
            _ => (format!("me/calendars/{calendar}/events"), "value"),
        };
        let listed = simulator
            .api(provider, Method::GET, &list, Value::Null)
            .await?;
        let event = listed.get(items).and_then(|items| items.get(0));
        let event = event.with_context(|| format!("no event in {listed}"))?;
        let id = event.get("id").and_then(Value::as_str).context("no id")?;
        let start = event.pointer("/start/dateTime").and_then(Value::as_str);
        let day = start
            .and_then(|start| start.get(..10))
            .context("no start")?;
        Ok(Self {
            provider,
            path: match provider {
                "google" => format!("{list}/{id}"),
                _ => format!("me/events/{id}"),
            },
            day: day.parse()?,
        })
    }
}

/// Whether a notice says that this day and those beside it look different: an event may lie on
/// another day in another zone.
fn is_of(notice: &Value, day: NaiveDate) -> bool {
    let date = |key: &str| -> Option<NaiveDate> { notice.get(key)?.as_str()?.parse().ok() };
    let (Some(from), Some(to)) = (date("from"), date("to")) else {
        return false;
    };
    notice.get("type").is_some_and(|kind| kind == "changed")
        && (from..=to).contains(&day)
        && (to - from).num_days() < DAYS_APART.into()
}

fn title_of(provider: &str) -> &'static str {
    match provider {
        "google" => "summary",
        _ => "subject",
    }
}

/// Two accounts whose calendars have an event each, every one on a day of its own.
fn scenario_of(calendars: usize) -> Value {
    let today = Utc::now().date_naive();
    let mut day = 0;
    let mut account = |provider: &str, email: &str| {
        let calendars: Vec<Value> = (0..calendars)
            .map(|number| {
                day += u64::from(DAYS_APART);
                let date = today + Days::new(day);
                let at =
                    |time: &str| json!({ "dateTime": format!("{date}T{time}"), "timeZone": "UTC" });
                json!({
                    "name": format!("{provider} {number}"),
                    "events": [{
                        title_of(provider): "Review",
                        "start": at("09:00:00"),
                        "end": at("09:30:00"),
                    }],
                })
            })
            .collect();
        json!({ "provider": provider, "email": email, "calendars": calendars })
    };
    let accounts = [
        account("microsoft", "ada@example.com"),
        account("google", "ada@gmail.example"),
    ];
    json!({ "accounts": accounts })
}

/// Signs in to both, and syncs every calendar.
async fn signed_in<'a>(folder: &'a Path, simulator: &Simulator) -> Result<Dayline<'a>> {
    let dayline = Dayline::new(folder, simulator)?;
    for provider in ["microsoft", "google"] {
        let email = simulator.email(provider)?;
        dayline.sign_in(provider, email).await?;
    }
    let listed = dayline.json(&["calendars", "list"]).await?;
    for calendar in listed.as_array().context("no list of calendars")? {
        let id = calendar.get("id").and_then(Value::as_str);
        let connect = ["calendars", "connect", id.context("no id")?];
        dayline.json(&connect).await?;
    }
    dayline.json(&["sync"]).await?;
    Ok(dayline)
}

async fn calendar_ids(simulator: &Simulator, provider: &str) -> Result<Vec<String>> {
    let (list, items) = match provider {
        "google" => ("users/me/calendarList", "items"),
        _ => ("me/calendars", "value"),
    };
    let listed = simulator
        .api(provider, Method::GET, list, Value::Null)
        .await?;
    let items = listed.get(items).and_then(Value::as_array);
    let ids = items.context("no calendars")?.iter();
    ids.map(|calendar| {
        let id = calendar
            .get("id")
            .and_then(Value::as_str)
            .context("no id")?;
        Ok(id.to_owned())
    })
    .collect()
}

/// Waits until providers tell of all calendars.
async fn all_told(dayline: &Dayline<'_>, calendars: usize) -> Result<()> {
    until("subscriptions of every calendar", async || {
        let report = dayline.json(&["push", "status"]).await?;
        let all = report.get("calendars").and_then(Value::as_array);
        let told = all.context("no calendars")?.iter();
        let told = told.filter(|one| one.get("active") == Some(&json!(true)));
        Ok((told.count() == calendars).then_some(()))
    })
    .await
}
