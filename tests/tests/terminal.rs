//! The programs that people run, on a terminal: sign-in, sync, changes, kills, the database.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::{Context as _, Result, ensure};
use chrono::{Days, Utc};
use dayline_e2e::dayline::Dayline;
use dayline_e2e::simulator::Simulator;
use http::Method;
use serde_json::{Value, json};

const EVENTS: &[&str] = &["events_delta", "events_list"];

/// The days that the tests look at, around today.
fn days() -> (String, String) {
    let today = Utc::now().date_naive();
    (
        (today - Days::new(40)).to_string(),
        (today + Days::new(60)).to_string(),
    )
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

async fn agenda(dayline: &Dayline<'_>) -> Result<Vec<Value>> {
    let (from, to) = days();
    dayline.agenda(&from, &to, &["--tz", "UTC"]).await
}

async fn titles(dayline: &Dayline<'_>) -> Result<BTreeSet<String>> {
    let agenda = agenda(dayline).await?;
    Ok(agenda
        .iter()
        .filter_map(|item| item["title"].as_str())
        .map(str::to_owned)
        .collect())
}

fn timed(day: u64, hour: u32, title: &str) -> Value {
    let date = (Utc::now().date_naive() + Days::new(day)).to_string();
    json!({
        "subject": title,
        "start": { "dateTime": format!("{date}T{hour:02}:00:00"), "timeZone": "UTC" },
        "end": { "dateTime": format!("{date}T{hour:02}:30:00"), "timeZone": "UTC" },
    })
}

#[tokio::test]
async fn changes_at_both_providers_arrive_and_a_quiet_sync_costs_one_call_a_calendar() -> Result<()>
{
    let folder = tempfile::tempdir()?;
    let simulator = Simulator::start("empty").await?;
    let dayline = signed_in(folder.path(), &simulator).await?;
    let google = format!("calendars/{}/events", simulator.email("google")?);

    // Created on other devices before the first sync.
    let mut weekly = timed(1, 9, "Stand-up");
    let start = (Utc::now().date_naive() + Days::new(1)).to_string();
    weekly["recurrence"] = json!({
        "pattern": { "type": "daily", "interval": 1 },
        "range": { "type": "numbered", "startDate": start, "numberOfOccurrences": 5 },
    });
    let series = simulator
        .api("microsoft", Method::POST, "me/events", weekly)
        .await?;
    let review = simulator
        .api(
            "microsoft",
            Method::POST,
            "me/events",
            timed(2, 11, "Review"),
        )
        .await?;
    let mut lunch = timed(2, 12, "Lunch");
    lunch["summary"] = lunch["subject"].take();
    let lunch = simulator
        .api("google", Method::POST, &google, lunch)
        .await?;
    ensure!(
        dayline.json(&["sync"]).await?["calendars"]
            .as_array()
            .is_some_and(|all| all.len() == 2)
    );
    assert_eq!(
        titles(&dayline).await?,
        ["Stand-up", "Review", "Lunch"].map(str::to_owned).into()
    );
    assert_eq!(agenda(&dayline).await?.len(), 7);

    // Changed, moved, deleted, one occurrence cancelled and one moved.
    let id = |event: &Value| event["id"].as_str().map(str::to_owned).context("no id");
    let path = format!("me/events/{}", id(&review)?);
    simulator
        .api(
            "microsoft",
            Method::PATCH,
            &path,
            timed(3, 15, "Review, second round"),
        )
        .await?;
    let path = format!("{google}/{}", id(&lunch)?);
    simulator
        .api("google", Method::DELETE, &path, Value::Null)
        .await?;
    let (from, to) = days();
    let path = format!(
        "me/events/{}/instances?startDateTime={from}&endDateTime={to}",
        id(&series)?
    );
    let instances = simulator
        .api("microsoft", Method::GET, &path, Value::Null)
        .await?;
    let instances = instances["value"]
        .as_array()
        .context("no instances")?
        .clone();
    let cancelled = format!("me/events/{}", id(&instances[1])?);
    simulator
        .api("microsoft", Method::DELETE, &cancelled, Value::Null)
        .await?;
    let moved = format!("me/events/{}", id(&instances[3])?);
    simulator
        .api("microsoft", Method::PATCH, &moved, timed(4, 17, "Stand-up"))
        .await?;
    dayline.json(&["sync"]).await?;
    let after = agenda(&dayline).await?;
    assert_eq!(after.len(), 5, "{after:#?}");
    assert_eq!(
        titles(&dayline).await?,
        ["Stand-up", "Review, second round"]
            .map(str::to_owned)
            .into()
    );
    let moved_to = (Utc::now().date_naive() + Days::new(4)).to_string();
    assert!(
        after
            .iter()
            .any(|item| item["start"] == format!("{moved_to}T17:00:00+00:00"))
    );

    simulator.forget_log().await?;
    let report = dayline.json(&["sync"]).await?;
    for calendar in report["calendars"].as_array().context("no calendars")? {
        let changes = [
            &calendar["added"],
            &calendar["updated"],
            &calendar["removed"],
        ];
        assert!(changes.iter().all(|count| **count == 0), "{calendar}");
    }
    assert_eq!(
        simulator.calls(EVENTS).await?,
        2,
        "one events call a calendar"
    );
    assert!(
        simulator.calls(&["calendar_list"]).await? <= 2,
        "at most one list call an account"
    );
    Ok(())
}

#[tokio::test]
async fn a_sync_that_is_killed_anywhere_is_finished_by_the_next_one() -> Result<()> {
    let source = tempfile::tempdir()?;
    let simulator = Simulator::start("sample").await?;
    let dayline = signed_in(source.path(), &simulator).await?;
    let unsynced = source.path().join("unsynced.sqlite3");
    dayline
        .json(&["db", "backup", unsynced.to_str().context("path")?])
        .await?;
    dayline.json(&["sync"]).await?;
    let expected = agenda(&dayline).await?;
    ensure!(expected.len() > 50, "the sample has a month");

    // Killed when the provider has answered so many requests of the first full round.
    for answered in 1..=10 {
        let folder = tempfile::tempdir()?;
        std::fs::copy(&unsynced, folder.path().join("dayline.sqlite3"))?;
        let dayline = Dayline::new(folder.path(), &simulator)?;
        simulator.forget_log().await?;
        let mut child = dayline.command(&["sync"])?.spawn()?;
        dayline_e2e::wait::until("requests", async || {
            let calls = simulator
                .calls(&["calendar_list", "events_delta", "events_list", "categories"])
                .await?;
            Ok((calls >= answered || child.try_wait()?.is_some()).then_some(()))
        })
        .await?;
        child.kill().await?;
        dayline.json(&["sync"]).await?;
        assert_eq!(
            agenda(&dayline).await?,
            expected,
            "killed after {answered} answers"
        );
        assert_eq!(dayline.json(&["db", "verify"]).await?["ok"], true);
    }
    Ok(())
}

#[tokio::test]
async fn two_syncs_at_once_list_everything_once() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let simulator = Simulator::start("sample").await?;
    let dayline = signed_in(folder.path(), &simulator).await?;
    // The first one waits for the provider's patience when the second one comes.
    let slow = json!({ "kind": "429", "retry_after": 6 });
    simulator
        .fault(json!({ "kind": "events_delta" }), 1, slow)
        .await?;
    simulator.forget_log().await?;
    let first = dayline.command(&["sync"])?.spawn()?;
    dayline_e2e::wait::until("the first one to be throttled", async || {
        Ok((simulator.calls(&["events_delta"]).await? > 0).then_some(()))
    })
    .await?;
    let second = dayline.run(&["sync"]).await?;
    let first = first.wait_with_output().await?;
    assert!(
        first.status.success() && second.status.success(),
        "{first:?} {second:?}"
    );
    let together = simulator.calls(EVENTS).await?;

    let alone = tempfile::tempdir()?;
    let dayline = signed_in(alone.path(), &simulator).await?;
    simulator.forget_log().await?;
    dayline.json(&["sync"]).await?;
    let once = simulator.calls(EVENTS).await?;
    assert_eq!(
        together,
        once + 1,
        "the throttled call is the only one made twice"
    );
    Ok(())
}

#[tokio::test]
async fn the_database_is_verified_backed_up_and_rolled_back() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let simulator = Simulator::start("sample").await?;
    let dayline = signed_in(folder.path(), &simulator).await?;
    dayline.json(&["sync"]).await?;
    let before = agenda(&dayline).await?;
    let report = dayline.json(&["db", "verify"]).await?;
    assert_eq!(report["ok"], true, "{report}");

    let latest = report["schema"].as_i64().context("no schema")?;
    for older in (1..latest).rev() {
        let back = dayline.json(&["db", "rollback"]).await?;
        assert_eq!(back["schema"], older);
        assert!(Path::new(back["backup"].as_str().context("no backup")?).exists());
        assert_eq!(dayline.json(&["db", "verify"]).await?["schema"], older);
    }
    let refused = dayline.run(&["db", "rollback"]).await?;
    assert!(
        !refused.status.success(),
        "there is nothing before the first schema"
    );

    dayline.json(&["sync"]).await?;
    assert_eq!(dayline.json(&["db", "verify"]).await?["schema"], latest);
    assert_eq!(agenda(&dayline).await?, before);
    Ok(())
}

#[tokio::test]
async fn answers_that_make_no_sense_delete_nothing_and_are_told_in_words() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let simulator = Simulator::start("sample").await?;
    let dayline = signed_in(folder.path(), &simulator).await?;
    dayline.json(&["sync"]).await?;
    let before = agenda(&dayline).await?;
    for (kind, words) in [
        ("html", "sign in to it first"),
        ("captive", "sign in to it first"),
        ("garbage", "makes no sense"),
        ("empty200", "makes no sense"),
    ] {
        // As often as a sync tries again, for every calendar.
        simulator
            .fault(
                json!({ "kind": "events_delta" }),
                12,
                json!({ "kind": kind }),
            )
            .await?;
        simulator
            .fault(
                json!({ "kind": "events_list" }),
                12,
                json!({ "kind": kind }),
            )
            .await?;
        let output = dayline.run(&["sync", "--full"]).await?;
        assert!(!output.status.success(), "{kind} is no success");
        let told = String::from_utf8_lossy(&output.stdout);
        assert!(told.contains(words), "{kind}: {told}");
        assert_eq!(agenda(&dayline).await?, before, "{kind} deletes nothing");
        simulator.forget_faults().await?;
    }
    dayline.json(&["sync"]).await?;
    assert_eq!(agenda(&dayline).await?, before);
    Ok(())
}

#[tokio::test]
async fn searching_needs_no_provider_and_takes_any_text() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let simulator = Simulator::start("empty").await?;
    let dayline = signed_in(folder.path(), &simulator).await?;
    let mut review = timed(2, 11, "Größenprüfung");
    review["body"] = json!({ "contentType": "html", "content": "<p>Bring the <b>samovar</b></p>" });
    review["location"] = json!({ "displayName": "Salon" });
    simulator
        .api("microsoft", Method::POST, "me/events", review)
        .await?;
    simulator
        .api(
            "microsoft",
            Method::POST,
            "me/events",
            timed(3, 11, "東京で会議"),
        )
        .await?;
    dayline.json(&["sync"]).await?;
    simulator.stop().await?;

    let found = dayline
        .json(&["search", "SAMO", "grossen", "--tz", "UTC"])
        .await?;
    let items = found["items"].as_array().context("no items")?;
    assert_eq!(items.len(), 1, "{found}");
    assert_eq!(items[0]["field"], "body");
    assert_eq!(items[0]["excerpt"], "Bring the samovar");
    let date = (Utc::now().date_naive() + Days::new(2)).to_string();
    assert_eq!(items[0]["start"], format!("{date}T11:00:00+00:00"));
    let output = dayline.run(&["search", "samovar", "--tz", "UTC"]).await?;
    assert_eq!(
        String::from_utf8_lossy(&output.stdout),
        format!(
            "{date}  11:00–11:30  Größenprüfung, Salon  [Calendar]\n      description: Bring the samovar\n"
        )
    );
    assert_eq!(
        dayline.json(&["search", "会議"]).await?["items"][0]["title"],
        "東京で会議"
    );
    for text in [
        "\"",
        "*",
        "NEAR(",
        "title:x",
        "-samovar bring",
        "'; DROP TABLE accounts; --",
        "😀",
    ] {
        let found = dayline.json(&["search", text]).await?;
        assert_eq!(found["items"], json!([]), "{text}");
    }
    for text in ["", " ", "-samovar"] {
        let refused = dayline.run(&["search", text]).await?;
        assert!(!refused.status.success(), "{text:?}");
        let said = String::from_utf8_lossy(&refused.stderr);
        assert!(said.contains("at least one word"), "{text:?}: {said}");
    }
    Ok(())
}

#[tokio::test]
async fn a_filter_narrows_the_agenda_and_a_mistake_in_it_is_pointed_at() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let simulator = Simulator::start("empty").await?;
    let dayline = signed_in(folder.path(), &simulator).await?;
    let mut high = timed(2, 11, "Board");
    high["importance"] = "high".into();
    high["categories"] = json!(["Client A"]);
    simulator
        .api("microsoft", Method::POST, "me/events", high)
        .await?;
    simulator
        .api(
            "microsoft",
            Method::POST,
            "me/events",
            timed(20, 11, "Later"),
        )
        .await?;
    let mut trip = timed(0, 0, "Trip");
    let day = |days: i64| (Utc::now().date_naive() + chrono::TimeDelta::days(days)).to_string();
    for (end, days) in [("start", -2), ("end", 3)] {
        trip[end] = json!({ "dateTime": format!("{}T00:00:00", day(days)), "timeZone": "UTC" });
    }
    trip["isAllDay"] = true.into();
    simulator
        .api("microsoft", Method::POST, "me/events", trip)
        .await?;
    dayline.json(&["sync"]).await?;
    for (filter, expected) in [
        (
            "importance:high category:\"client a\" -declined next:14d",
            json!(["Board"]),
        ),
        ("-trip", json!(["Board"])),
        ("-trip next:1m", json!(["Board", "Later"])),
        ("with:nobody", json!([])),
    ] {
        let items = dayline
            .json(&["agenda", "--tz", "UTC", "--filter", filter])
            .await?;
        let items = items.as_array().context("no list")?;
        let titles: Vec<&Value> = items.iter().map(|item| &item["title"]).collect();
        assert_eq!(json!(titles), expected, "{filter}");
    }
    let output = dayline
        .run(&["agenda", "--tz", "UTC", "--filter", "is:allday"])
        .await?;
    let expected = format!(
        "{}\n  all day      Trip, since {}, until {}\n",
        day(0),
        day(-2),
        day(2)
    );
    assert_eq!(String::from_utf8_lossy(&output.stdout), expected);

    let arguments = ["agenda", "--filter", "has:teams importance:hgih"];
    let refused = dayline.run(&arguments).await?;
    assert_eq!(refused.status.code(), Some(2));
    let said = String::from_utf8_lossy(&refused.stderr);
    let lines: Vec<&str> = said.lines().collect();
    assert_eq!(lines[0], "has:teams importance:hgih");
    assert_eq!(lines[1], format!("{}^^^^", " ".repeat(21)));
    assert!(
        lines[2].starts_with("Column 22: ") && lines[2].contains("high"),
        "{said}"
    );
    let refused = dayline.command(&arguments)?.arg("--json").output().await?;
    assert_eq!(refused.status.code(), Some(2));
    let error: Value = serde_json::from_slice(&refused.stderr)?;
    assert_eq!(error["error"]["code"], "invalid");
    assert_eq!(error["error"]["column"], 22);
    assert_eq!(error["error"]["suggestion"], "high");
    Ok(())
}

#[tokio::test]
async fn a_saved_view_is_kept_under_its_name_and_narrows_the_agenda() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let simulator = Simulator::start("empty").await?;
    let dayline = signed_in(folder.path(), &simulator).await?;
    for (title, importance) in [("Board", "high"), ("Lunch", "normal"), ("Memo", "high")] {
        let mut event = timed(2, 11, title);
        event["importance"] = importance.into();
        simulator
            .api("microsoft", Method::POST, "me/events", event)
            .await?;
    }
    dayline.json(&["sync"]).await?;
    let added = dayline
        .json(&[
            "views",
            "add",
            "Vorstände",
            "-memo importance:high",
            "--shortcut",
            "1",
        ])
        .await?;
    let expected = json!({
        "name": "Vorstände", "filter": "-memo importance:high", "shortcut": "1",
    });
    assert_eq!(added, expected);
    assert_eq!(dayline.json(&["views", "list"]).await?, json!([expected]));
    for (arguments, titles) in [
        (&["agenda", "--view", "vorstande"][..], json!(["Board"])),
        (
            &["agenda", "--view", "Vorstände", "--filter", "lunch"],
            json!([]),
        ),
        (
            &["agenda", "--importance", "high"],
            json!(["Board", "Memo"]),
        ),
    ] {
        let items = dayline.json(arguments).await?;
        let mut found: Vec<&str> = items
            .as_array()
            .context("no list")?
            .iter()
            .filter_map(|item| item["title"].as_str())
            .collect();
        found.sort_unstable();
        assert_eq!(json!(found), titles, "{arguments:?}");
    }
    for (arguments, code) in [
        (&["agenda", "--view", "none"][..], 1),
        (&["views", "remove", "none"], 1),
        (&["views", "add", "vorstande", "is:copy"], 1),
        (&["views", "add", "Other", "importance:hgih"], 2),
        (&["views", "add", "Other", "", "--shortcut", "1"], 1),
    ] {
        let refused = dayline.run(arguments).await?;
        assert_eq!(refused.status.code(), Some(code), "{arguments:?}");
    }
    dayline.json(&["views", "remove", "vorstande"]).await?;
    assert_eq!(dayline.json(&["views", "list"]).await?, json!([]));
    Ok(())
}

#[tokio::test]
async fn changes_are_told_in_words_until_they_are_seen() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let simulator = Simulator::start("empty").await?;
    let dayline = signed_in(folder.path(), &simulator).await?;
    let review = simulator
        .api(
            "microsoft",
            Method::POST,
            "me/events",
            timed(2, 11, "Review"),
        )
        .await?;
    dayline.json(&["sync"]).await?;
    assert_eq!(dayline.json(&["changes"]).await?["items"], json!([]));
    let path = format!("me/events/{}", review["id"].as_str().context("no id")?);
    simulator
        .api("microsoft", Method::PATCH, &path, timed(3, 15, "Review"))
        .await?;
    dayline.json(&["sync"]).await?;
    let changes = dayline.json(&["changes", "--tz", "UTC", "--seen"]).await?;
    assert_eq!(changes["unseen"], 1, "{changes}");
    let change = &changes["items"][0];
    let day = |days| Utc::now().date_naive() + Days::new(days);
    assert_eq!(
        change["words"],
        format!(
            "moved from {} 11:00–11:30 to {} 15:00–15:30",
            day(2),
            day(3)
        )
    );
    assert_eq!(
        (&change["title"], &change["isNew"]),
        (&json!("Review"), &json!(true))
    );
    let changes = dayline.json(&["changes"]).await?;
    assert_eq!(changes["unseen"], 0);
    assert_eq!(changes["items"][0]["isNew"], false);
    Ok(())
}

#[tokio::test]
async fn an_account_that_has_to_prove_more_says_so_and_recovers() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let simulator = Simulator::start("sample").await?;
    let dayline = signed_in(folder.path(), &simulator).await?;
    dayline.json(&["sync"]).await?;
    let before = agenda(&dayline).await?;
    simulator.expire_tokens().await?;
    let matching = json!({ "kind": "token", "path_contains": "oauth2/v2.0" });
    simulator
        .fault(matching, 9, json!({ "kind": "AADSTS53003" }))
        .await?;
    ensure!(!dayline.run(&["sync"]).await?.status.success());
    let output = dayline.run(&["doctor", "--json"]).await?;
    ensure!(!output.status.success(), "something waits");
    let health: Value = serde_json::from_slice(&output.stdout)?;
    let account = &health["accounts"][0];
    assert_eq!(account["problem_code"], "needs_verification", "{account}");
    assert_eq!(account["remedy"], "sign_in");
    let doing = account["what_to_do"].as_str().context("nothing to do")?;
    assert!(doing.contains("dayline accounts sign-in"), "{doing}");
    assert_eq!(agenda(&dayline).await?, before);
    simulator.forget_faults().await?;
    dayline.json(&["sync"]).await?;
    assert_eq!(dayline.json(&["doctor"]).await?["healthy"], true);
    Ok(())
}
