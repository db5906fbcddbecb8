//! One page of health.

use std::fmt::Write as _;
use std::path::Path;

use dayline_engine::view::{AccountHealth, DatabaseHealth, Diagnostics, Health};
use dayline_engine::{Config, database_health};
use dayline_host::Host;
use serde_json::json;

use crate::accounts::state_words;
use crate::output::{Output, percent};
use crate::push;

/// True if nothing waits for anybody.
pub(crate) async fn run(config: Config, output: &Output) -> anyhow::Result<bool> {
    let database = database_health(&config.folder);
    let can_open = database.schema == Some(database.latest_schema);
    let health = if can_open {
        crate::reader(config)?.health(database).await?
    } else {
        Health::without_engine(database, Host::real()?.clock.now())
    };
    output.give(&health, text)?;
    Ok(health.healthy)
}

/// Writes the file that a user may hand on; also where the database cannot be opened.
pub(crate) async fn export(config: Config, folder: &Path, output: &Output) -> anyhow::Result<bool> {
    let database = database_health(&config.folder);
    let can_open = database.schema == Some(database.latest_schema);
    let path = if can_open {
        crate::reader(config)?
            .export_diagnostics(folder, None)
            .await?
    } else {
        let now = Host::real()?.clock.now();
        let at = now.with_timezone(&crate::output::zone(None)?).naive_local();
        Diagnostics::without_engine(&Health::without_engine(database, now)).write_to(folder, at)?
    };
    let path = path.display().to_string();
    output.give(&json!({ "file": path }), |_| {
        format!(
            "Written to {path}. It names no event, person or address; look through it before you send it."
        )
    })?;
    Ok(true)
}

fn text(health: &Health) -> String {
    let mut text = String::new();
    // A string takes everything.
    let _ = writeln!(
        text,
        "Dayline {}, time zones {}, clock {}",
        health.version, health.time_zone_database, health.clock.now
    );
    database(&mut text, &health.database);
    for problem in [&health.clock.problem, &health.keyring_problem]
        .into_iter()
        .flatten()
    {
        let _ = writeln!(text, "! {problem}");
    }
    if health.keyring_problem.is_none() && health.database.exists {
        let _ = writeln!(text, "Keyring: answers.");
    }
    let _ = match (&health.pen.holder, health.pen.alive) {
        (Some(holder), true) => writeln!(text, "Syncing is up to process {holder}, which answers."),
        (Some(holder), false) => writeln!(
            text,
            "Process {holder} synced last and is gone; the next one takes over."
        ),
        (None, _) => writeln!(text, "No Dayline that syncs is running."),
    };
    if health.unreadable_items > 0 {
        let _ = writeln!(
            text,
            "{} items of your calendars cannot be read; they are kept until a version can.",
            health.unreadable_items
        );
    }
    let waits_for_migration = health
        .database
        .schema
        .is_some_and(|schema| schema < health.database.latest_schema);
    if health.accounts.is_empty() && health.database.problems.is_empty() && !waits_for_migration {
        text.push_str(
            "No accounts yet. Add one with `dayline accounts add microsoft` or `google`.\n",
        );
    }
    for one in &health.accounts {
        account(&mut text, one);
    }
    if let Some(push) = health
        .push
        .as_ref()
        .filter(|push| !push.calendars.is_empty())
    {
        text.push_str(&push::told(push));
    }
    text.push_str(if health.healthy {
        "All is well."
    } else {
        "Something waits for you; see the lines with !."
    });
    text
}

fn database(text: &mut String, database: &DatabaseHealth) {
    if !database.exists {
        let _ = writeln!(text, "No database in {} yet.", database.folder);
        return;
    }
    let schema = database
        .schema
        .map_or_else(|| "unknown".to_owned(), |schema| schema.to_string());
    let _ = writeln!(
        text,
        "Database: schema {schema} of {}, {} KB in {}; last backup: {}",
        database.latest_schema,
        database.bytes / 1024,
        database.folder,
        database.last_backup.as_deref().unwrap_or("none there")
    );
    for problem in &database.problems {
        let _ = writeln!(text, "! {problem}");
    }
    if database
        .schema
        .is_some_and(|schema| schema < database.latest_schema)
        && database.problems.is_empty()
    {
        text.push_str("It is brought up to date by the next `dayline sync`.\n");
    }
}

fn account(text: &mut String, account: &AccountHealth) {
    let state = state_words(account.state);
    let rate = |rate: Option<f64>| rate.map_or_else(|| "no rounds".to_owned(), percent);
    let _ = writeln!(
        text,
        "{}  {state}, last success {}, 24 hours {}, 30 days {}",
        account.account,
        account.last_success.as_deref().unwrap_or("never"),
        rate(account.success_24_hours),
        rate(account.success_30_days),
    );
    let mark = if account.needs_action { "!" } else { " " };
    for line in [&account.problem, &account.what_to_do]
        .into_iter()
        .flatten()
    {
        let _ = writeln!(text, "{mark} {line}");
    }
    for calendar in &account.calendar_problems {
        let _ = writeln!(text, "! {}: {}", calendar.name, calendar.problem);
    }
}
