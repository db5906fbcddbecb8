//! A change at a provider comes by webhook, relay and socket to a Dayline that waits for it.

use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail, ensure};
use chrono::{Days, Utc};
use dayline_e2e::dayline::Dayline;
use dayline_e2e::relay::Relay;
use dayline_e2e::simulator::Simulator;
use dayline_e2e::wait::until;
use dayline_e2e::window::Driver;
use http::Method;
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt as _, BufReader, Lines};
use tokio::process::{Child, ChildStdout};

/// What must not wait for a poll, which comes every five minutes.
const SOON: Duration = Duration::from_secs(20);

/// A Dayline that watches, and what it prints.
struct Watching {
    child: Child,
    lines: Lines<BufReader<ChildStdout>>,
}

impl Watching {
    fn start(dayline: &Dayline<'_>) -> Result<Self> {
        let mut child = dayline.command(&["watch"])?.spawn()?;
        let output = child.stdout.take().context("no output")?;
        Ok(Self {
            child,
            lines: BufReader::new(output).lines(),
        })
    }

    /// Reads on until a sync for a hint brought `added` events, `updated` and `removed` ones.
    async fn pushed(&mut self, wanted: [u64; 3]) -> Result<()> {
        let read = async {
            while let Some(line) = self.lines.next_line().await? {
                let notice: Value = serde_json::from_str(&line)?;
                let counts = ["added", "updated", "removed"].map(|key| notice.get(key)?.as_u64());
                if notice.get("why").is_some_and(|why| why == "push") && counts == wanted.map(Some)
                {
                    return Ok(());
                }
            }
            bail!("it ended")
        };
        let found = tokio::time::timeout(SOON, read).await;
        found.with_context(|| format!("no push of {wanted:?}"))?
    }

    async fn stop(mut self) -> Result<()> {
        Ok(self.child.kill().await?)
    }
}

/// An event at nine, so many days from now.
fn timed(day: u64, name: &str, title: &str) -> Value {
    let date = (Utc::now().date_naive() + Days::new(day)).to_string();
    json!({
        name: title,
        "start": { "dateTime": format!("{date}T09:00:00"), "timeZone": "UTC" },
        "end": { "dateTime": format!("{date}T09:30:00"), "timeZone": "UTC" },
    })
}

async fn signed_in<'a>(folder: &'a Path, simulator: &Simulator) -> Result<Dayline<'a>> {
    let dayline = Dayline::new(folder, simulator)?;
    for provider in ["microsoft", "google"] {
        dayline
            .sign_in(provider, simulator.email(provider)?)
            .await?;
    }
    Ok(dayline)
}

/// Waits until providers tell of every calendar.
async fn all_active(dayline: &Dayline<'_>) -> Result<()> {
    until("subscriptions of every calendar", async || {
        let report = dayline.json(&["push", "status"]).await?;
        let calendars = report
            .get("calendars")
            .and_then(Value::as_array)
            .context("no calendars")?;
        let active = calendars
            .iter()
            .filter(|one| one.get("active") == Some(&json!(true)))
            .count();
        Ok((!calendars.is_empty() && active == calendars.len()).then_some(()))
    })
    .await
}

async fn create(simulator: &Simulator, provider: &str, title: &str) -> Result<Value> {
    create_in(simulator, provider, title, 2).await
}

async fn create_in(simulator: &Simulator, provider: &str, title: &str, days: u64) -> Result<Value> {
    let (path, name) = match provider {
        "google" => (
            format!("calendars/{}/events", simulator.email("google")?),
            "summary",
        ),
        _ => ("me/events".to_owned(), "subject"),
    };
    simulator
        .api(provider, Method::POST, &path, timed(days, name, title))
        .await
}

#[tokio::test]
async fn a_change_is_here_within_moments_and_a_dead_relay_loses_none() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let keys = tempfile::tempdir()?;
    let simulator = Simulator::start("empty").await?;
    let relay = Relay::start(keys.path()).await?;
    let address = relay.address()?;
    let dayline = signed_in(folder.path(), &simulator).await?;
    dayline
        .json(&["settings", "set", "relay.url", &relay.url])
        .await?;
    let mut watching = Watching::start(&dayline)?;
    all_active(&dayline).await?;

    let began = Instant::now();
    let event = create(&simulator, "microsoft", "Review").await?;
    watching.pushed([1, 0, 0]).await?;
    let graph = began.elapsed();
    let began = Instant::now();
    create(&simulator, "google", "Lunch").await?;
    watching.pushed([1, 0, 0]).await?;
    println!("Graph {graph:?}, Google {:?}", began.elapsed());

    // Changes while the relay is dead are there as soon as it is back.
    relay.kill().await?;
    let id = event["id"].as_str().context("no id")?;
    let path = format!("me/events/{id}");
    simulator
        .api(
            "microsoft",
            Method::PATCH,
            &path,
            timed(3, "subject", "Review, later"),
        )
        .await?;
    let relay = Relay::start_at(keys.path(), &address, &[]).await?;
    watching.pushed([0, 1, 0]).await?;

    // What ends at the provider is made anew, and tells again.
    all_active(&dayline).await?;
    simulator.lifecycle("subscriptionRemoved").await?;
    until("a new subscription", async || {
        let listed = simulator.subscriptions().await?;
        let text = listed.to_string();
        Ok((text.matches("\"notificationUrl\"").count() >= 2).then_some(()))
    })
    .await?;
    all_active(&dayline).await?;
    simulator
        .api("microsoft", Method::DELETE, &path, Value::Null)
        .await?;
    watching.pushed([0, 0, 1]).await?;
    watching.stop().await?;
    relay.kill().await?;
    Ok(())
}

#[tokio::test]
async fn a_change_is_on_screen_within_moments() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let keys = tempfile::tempdir()?;
    let simulator = Simulator::start("empty").await?;
    let relay = Relay::start(keys.path()).await?;
    let dayline = signed_in(folder.path(), &simulator).await?;
    dayline
        .json(&["settings", "set", "relay.url", &relay.url])
        .await?;
    let mut environment = simulator.environment()?;
    environment.push(("LC_ALL", "en_GB.UTF-8".to_owned()));
    // The window and the events agree on what today is.
    environment.push(("TZ", "UTC".to_owned()));
    let driver = Driver::start(&environment).await?;
    let window = driver.open(folder.path()).await?;
    window.wait_for_id("week").await?;
    all_active(&dayline).await?;
    // The sidebar says so, beside each calendar.
    let signs =
        "return [...document.querySelectorAll(\"[aria-label='Changes arrive at once']\")].length";
    until("a sign beside both calendars", async || {
        let shown = window.script(signs, Vec::new()).await?;
        Ok((shown == json!(2)).then_some(()))
    })
    .await?;
    for (provider, title) in [("microsoft", "Budget talk"), ("google", "Dinner at Ana's")] {
        let began = Instant::now();
        create_in(&simulator, provider, title, 0).await?;
        window
            .wait_for(&format!("[data-testid='event'][data-title=\"{title}\"]"))
            .await?;
        println!("{provider}: on screen after {:?}", began.elapsed());
    }
    let picture = Path::new(env!("CARGO_TARGET_TMPDIR")).join("window-push.png");
    window.picture(&picture).await?;
    window.close().await?;
    relay.kill().await?;
    Ok(())
}

#[tokio::test]
async fn whoever_wants_no_push_has_none_and_removing_an_account_ends_it() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let keys = tempfile::tempdir()?;
    let simulator = Simulator::start("empty").await?;
    let relay = Relay::start(keys.path()).await?;
    let dayline = signed_in(folder.path(), &simulator).await?;
    let count = async || -> Result<usize> {
        let listed = simulator.subscriptions().await?;
        Ok(listed.to_string().matches("\"notificationUrl\"").count())
    };
    let report = dayline.json(&["push", "status"]).await?;
    ensure!(report["relayUrl"].is_null(), "{report}");
    dayline
        .json(&["settings", "set", "relay.url", &relay.url])
        .await?;
    let watching = Watching::start(&dayline)?;
    all_active(&dayline).await?;
    assert_eq!(count().await?, 2);
    dayline.json(&["push", "disable"]).await?;
    until("the end of both", async || {
        Ok((count().await? == 0).then_some(()))
    })
    .await?;
    dayline.json(&["push", "enable"]).await?;
    all_active(&dayline).await?;
    dayline.json(&["settings", "unset", "relay.url"]).await?;
    until("the end of both without a relay", async || {
        Ok((count().await? == 0).then_some(()))
    })
    .await?;
    dayline
        .json(&["settings", "set", "relay.url", &relay.url])
        .await?;
    all_active(&dayline).await?;
    // Once beside a Dayline that syncs, and once without.
    let remove = async |provider| {
        let email = simulator.email(provider)?;
        dayline.json(&["accounts", "remove", email]).await
    };
    remove("microsoft").await?;
    assert_eq!(count().await?, 1);
    watching.stop().await?;
    remove("google").await?;
    assert_eq!(count().await?, 0);
    Ok(())
}

#[tokio::test]
async fn what_is_no_relay_is_refused_in_words() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let simulator = Simulator::start("empty").await?;
    let dayline = Dayline::new(folder.path(), &simulator)?;
    for address in [
        "relay.example",
        "http://relay.example",
        "https://a:b@relay.example",
    ] {
        let set = ["settings", "set", "relay.url", address];
        let output = dayline.run(&set).await?;
        ensure!(!output.status.success(), "{address} was taken");
        let words = String::from_utf8_lossy(&output.stderr);
        ensure!(words.contains("is not the address of a relay"), "{words}");
    }
    Ok(())
}
