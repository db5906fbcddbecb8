//! One person's first day with Dayline, in the real window.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::{Context as _, Result, ensure};
use chrono::{Datelike as _, Days, Local, NaiveDate};
use dayline_e2e::browser::Opener;
use dayline_e2e::dayline::Dayline;
use dayline_e2e::simulator::Simulator;
use dayline_e2e::wait;
use dayline_e2e::web::Web;
use dayline_e2e::window::{Driver, Window};
use serde_json::Value;
use tokio::process::Command;

/// This week's Monday and Sunday.
fn week() -> (String, String) {
    let today: NaiveDate = Local::now().date_naive();
    let monday = today - Days::new(today.weekday().num_days_from_monday().into());
    (monday.to_string(), (monday + Days::new(6)).to_string())
}

async fn agenda(dayline: &Dayline<'_>, filter: &[&str]) -> Result<Vec<Value>> {
    let (from, to) = week();
    dayline.agenda(&from, &to, filter).await
}

async fn titles(dayline: &Dayline<'_>, filter: &[&str]) -> Result<BTreeSet<String>> {
    let agenda = agenda(dayline, filter).await?;
    Ok(agenda
        .iter()
        .filter_map(|item| item["title"].as_str())
        .map(str::to_owned)
        .collect())
}

/// The browser's part of a sign-in; the answer comes back by deep link or to the listener.
async fn log_in(authorize_url: &str, email: &str, environment: &[(&str, String)]) -> Result<()> {
    let web = Web::new()?;
    let callback = web.log_in(authorize_url, email, "allow").await?;
    if callback.starts_with("dayline://") {
        let opened = Command::new("gio")
            .args(["open", &callback])
            .envs(environment.iter().map(|(name, value)| (name, value)))
            .status()
            .await?;
        ensure!(opened.success(), "gio could not open the deep link");
    } else {
        let page = web.get(&callback).await?;
        ensure!(
            page.status().is_success(),
            "the listener answers {}",
            page.status()
        );
    }
    Ok(())
}

async fn state_of(window: &Window) -> Result<String> {
    let state = window
        .script(
            "return document.querySelector(\"[data-testid='status']\")?.dataset.state ?? ''",
            Vec::new(),
        )
        .await?;
    Ok(state.as_str().unwrap_or_default().to_owned())
}

async fn wait_for_state(window: &Window, expected: &str) -> Result<()> {
    wait::until(&format!("the state {expected}"), async || {
        Ok((state_of(window).await? == expected).then_some(()))
    })
    .await
}

/// Says how far the story is, for whoever reads a failure.
fn tell(step: &str) {
    eprintln!("== {step}");
}

async fn picture(window: &Window, name: &str) -> Result<()> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    window
        .picture(&folder.join(format!("window-{name}.png")))
        .await
}

#[tokio::test]
async fn from_an_empty_start_to_the_same_week_offline() -> Result<()> {
    let home = tempfile::tempdir()?;
    let folder = home.path().join("dayline");
    let opener = Opener::install(home.path())?;
    let simulator = Simulator::start("sample").await?;
    let mut environment = simulator.environment()?;
    environment.push(("PATH", opener.path()));
    environment.push((
        "XDG_DATA_HOME",
        home.path().join("data").display().to_string(),
    ));
    environment.push((
        "XDG_CONFIG_HOME",
        home.path().join("config").display().to_string(),
    ));
    environment.push(("LC_ALL", "en_GB.UTF-8".to_owned()));
    let driver = Driver::start(&environment).await?;

    tell("An empty start");
    let window = driver.open(&folder).await?;
    window.wait_for_id("first-run").await?;
    picture(&window, "1-first-run").await?;

    tell("Both sign-ins through the providers' login pages, back by deep link and by listener");
    window.click_id("signin-microsoft").await?;
    log_in(
        &opener.wait_for(1).await?,
        simulator.email("microsoft")?,
        &environment,
    )
    .await?;
    window.wait_for_id("choose-calendars").await?;
    window.click_id("add-account").await?;
    window.click_id("signin-google").await?;
    log_in(
        &opener.wait_for(2).await?,
        simulator.email("google")?,
        &environment,
    )
    .await?;
    window
        .wait_for("[data-testid='calendar-choice'][data-name='Personal']")
        .await?;
    picture(&window, "2-choose-calendars").await?;
    window.click_id("first-run-done").await?;
    window.click_id("your-week-done").await?;

    tell("The week, with both accounts in it");
    window.wait_for_id("week").await?;
    wait_for_state(&window, "ready").await?;
    let dayline = Dayline::new(&folder, &simulator)?;
    let everything = titles(&dayline, &[]).await?;
    let accounts: BTreeSet<String> = agenda(&dayline, &[])
        .await?
        .iter()
        .filter_map(|item| item["account"].as_str())
        .map(str::to_owned)
        .collect();
    assert_eq!(
        accounts.len(),
        2,
        "both accounts stand in the week: {accounts:?}"
    );
    window.wait_for_titles(&everything).await?;
    picture(&window, "3-week").await?;

    tell("Filters leave exactly what they say");
    window.click_id("filter-high").await?;
    window
        .wait_for_titles(&titles(&dayline, &["--importance", "high"]).await?)
        .await?;
    picture(&window, "4-high").await?;
    window.click_id("filters-clear").await?;
    window.click_id("filter-teams").await?;
    window
        .wait_for_titles(&titles(&dayline, &["--teams"]).await?)
        .await?;
    window.click_id("filters-clear").await?;
    let category = agenda(&dayline, &[])
        .await?
        .iter()
        .find_map(|item| item["categories"][0].as_str().map(str::to_owned))
        .context("no event of the week has a category")?;
    window
        .click(&format!(
            "[data-testid='filter-category'][data-name='{category}']"
        ))
        .await?;
    window
        .wait_for_titles(&titles(&dayline, &["--category", &category]).await?)
        .await?;
    window.click_id("filters-clear").await?;
    window.wait_for_titles(&everything).await?;

    tell("Join hands the exact link to the system");
    let meeting = agenda(&dayline, &["--teams"])
        .await?
        .into_iter()
        .find(|item| item["recurring"] == false && item["all_day"] == false)
        .context("no single Teams meeting this week")?;
    let title = meeting["title"].as_str().context("no title")?;
    let event = format!("[data-testid='event'][data-title='{title}'] [data-testid='event-open']");
    window.click(&event).await?;
    window.wait_for_id("details").await?;
    picture(&window, "5-details").await?;
    window.click_id("details-join").await?;
    assert_eq!(
        opener.wait_for(3).await?,
        meeting["join_url"],
        "argv of the opener"
    );

    tell("A sync on a terminal beside the window: the window does it");
    let report = dayline.json(&["sync"]).await?;
    assert_eq!(report["failed_accounts"], serde_json::json!({}));

    tell("The same week without the providers");
    window.close().await?;
    simulator.stop().await?;
    let window = driver.open(&folder).await?;
    window.wait_for_id("week").await?;
    window.wait_for_titles(&everything).await?;
    wait_for_state(&window, "offline").await?;
    picture(&window, "6-offline").await?;
    window.close().await?;
    Ok(())
}
