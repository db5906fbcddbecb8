//! Databases of a known size, made once a schema and copied for each benchmark.
//!
//! Rows are written with plain SQL, since the store's way is what is measured elsewhere; the
//! occurrences are laid out by the engine itself, which takes rows of an unknown zone database for
//! stale. What a database holds is worked out here a second time, for the checks.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, TimeDelta, Utc};
use dayline_engine::{FILE_NAME, LATEST_SCHEMA};
use dayline_store::Store;
use rusqlite::{Connection, Transaction, params};
use tempfile::TempDir;

use crate::world::World;

/// Raised when what is written below changes, so that no older database is taken for a new one.
const EDITION: u32 = 6;
/// Weekly series, each with an occurrence in the measured week.
pub const SERIES: u32 = 300;
/// Events that happen once, in each week.
pub const SINGLES_A_WEEK: u32 = 300;
/// How old the series are.
pub const AGE_YEARS: i32 = 11;
/// Signed-in accounts, every second one of Google.
pub const ACCOUNTS: u32 = 8;
/// Calendars of each.
pub const CALENDARS: u32 = 25;
/// The address of the first account, Microsoft's.
pub const EMAIL: &str = "ada@example.com";
/// A name that Graph would give, but for its end.
const LONG_ID: &str = "AAkALgAAAAAAHYQDEapmEc2byACqAC-EWg0AMkZhN2Q0YmQtNzI0NS00OTk4LWJkOTctYTkxZmMzN2IwNTc4AEYAAAAAAFl0";

/// A database of one benchmark. It goes with the value.
pub struct Seeded {
    folder: TempDir,
    /// Series and events that happen once, together.
    pub events: u32,
}

impl Seeded {
    /// A copy of the database with so many events.
    pub fn with(events: u32) -> Result<Self> {
        let cache = cache()?;
        let file = cache.join(format!("{events}-schema{LATEST_SCHEMA}-{EDITION}.sqlite3"));
        if !file.exists() {
            eprintln!("  writing a database of {events} events");
            make(&cache, &file, events)?;
        }
        let folder = tempfile::tempdir_in(&cache)?;
        fs::copy(&file, folder.path().join(FILE_NAME))?;
        Ok(Self { folder, events })
    }

    /// The data folder.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// A plain connection with the store's settings.
    pub fn connect(&self) -> Result<Connection> {
        connect(self.folder())
    }
}

/// A plain connection to the database in `folder` with the store's settings.
pub fn connect(folder: &Path) -> Result<Connection> {
    let connection = Connection::open(folder.join(FILE_NAME))?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "cache_size", -8_192)?;
    connection.pragma_update(None, "wal_autocheckpoint", 8_000)?;
    connection.pragma_update(None, "mmap_size", 0)?;
    connection.set_prepared_statement_cache_capacity(64);
    Ok(connection)
}

/// When everything takes place: a Wednesday.
pub fn now() -> DateTime<Utc> {
    let date = NaiveDate::from_ymd_opt(2026, 11, 18);
    date.unwrap_or_default().and_time(NaiveTime::MIN).and_utc() + TimeDelta::hours(9)
}

/// The Monday of the measured week.
pub fn monday() -> NaiveDate {
    now().date_naive().week(chrono::Weekday::Mon).first_day()
}

/// The provider's id of the event `number` that happens once.
pub fn single_id(number: u32) -> String {
    format!("{LONG_ID}{number:022}AAA=")
}

/// Title of the event `number` that happens once.
pub fn single_title(number: u32) -> String {
    let nth = |words: &'static [&'static str], at: u32| {
        let at = usize::try_from(at).unwrap_or_default() % words.len().max(1);
        words.get(at).copied().unwrap_or_default()
    };
    let subject = nth(SUBJECTS, number.wrapping_mul(2_654_435_761) >> 7);
    let kind = nth(KINDS, number / 3);
    format!("{subject} {kind} {number}")
}

const SUBJECTS: &[&str] = &[
    "Budget",
    "Roadmap",
    "Hiring",
    "Customer",
    "Release",
    "Security",
    "Design",
    "Research",
    "Travel",
    "Training",
    "Contract",
    "Infrastructure",
    "Marketing",
    "Inventory",
    "Support",
    "Quality",
    "Project",
    "Projection",
    "Projector",
    "Partner",
];
const KINDS: &[&str] = &[
    "review",
    "planning",
    "interview",
    "call",
    "workshop",
    "review",
    "retrospective",
    "lunch",
];

/// How many weeks lie before the measured one.
fn weeks_before(events: u32) -> u32 {
    (events - SERIES) / SINGLES_A_WEEK / 2
}

/// When the event `number` begins, and whether it takes whole days.
fn single_start(events: u32, number: u32) -> (DateTime<Utc>, bool) {
    let week = i64::from(number / SINGLES_A_WEEK) - i64::from(weeks_before(events));
    let place = number % SINGLES_A_WEEK;
    let day = if place % 31 == 30 {
        5 + place % 2
    } else {
        place % 5
    };
    let all_day = place % 20 == 19;
    let minute = if all_day {
        0
    } else {
        7 * 60 + (place * 7) % 600
    };
    let start = monday().and_time(NaiveTime::MIN).and_utc()
        + TimeDelta::weeks(week)
        + TimeDelta::days(day.into())
        + TimeDelta::minutes(minute.into());
    (start, all_day)
}

/// Numbers of the events that happen once within four weeks of now: as many in every database.
pub fn singles_near(events: u32) -> impl Iterator<Item = u32> {
    let near = TimeDelta::weeks(4);
    (0..events - SERIES)
        .filter(move |number| (single_start(events, *number).0 - now()).abs() < near)
}

/// When the event `number` begins; `None` if the database was seeded without it.
pub fn start_of(events: u32, number: u32) -> Option<DateTime<Utc>> {
    (number < events - SERIES).then(|| single_start(events, number).0)
}

fn cache() -> Result<PathBuf> {
    let folder = std::env::var_os("DAYLINE_BENCH_CACHE")
        .context("DAYLINE_BENCH_CACHE does not name a folder: run cargo xtask bench")?;
    let folder = PathBuf::from(folder);
    fs::create_dir_all(&folder)?;
    Ok(folder)
}

fn make(cache: &Path, target: &Path, events: u32) -> Result<()> {
    let folder = tempfile::tempdir_in(cache)?;
    drop(Store::open(folder.path())?);
    let mut connection = Connection::open(folder.path().join(FILE_NAME))?;
    connection.pragma_update(None, "synchronous", "OFF")?;
    let transaction = connection.transaction()?;
    put_accounts(&transaction)?;
    put_series(&transaction)?;
    put_singles(&transaction, events)?;
    // By no known zone database: the engine lays everything out anew when it opens.
    transaction.execute(
        "INSERT INTO event_occurrences
             (calendar_connection_id, event_id, instance_id, all_day, start_ms, end_ms, tzdb)
         SELECT calendar_connection_id, id, 'stale', 0, start_ms, end_ms, 'none'
         FROM calendar_events WHERE kind = 'single' LIMIT 1",
        [],
    )?;
    transaction.commit()?;
    let world = World::new()?;
    let engine = world.open(folder.path())?;
    connection.execute(
        "INSERT INTO search_pending (event_id) SELECT id FROM calendar_events",
        [],
    )?;
    let left = world.block_on(engine.index_events())?;
    ensure!(left == 0, "{left} events are not indexed");
    drop(engine);
    check(&connection, events)?;
    connection.execute_batch("PRAGMA wal_checkpoint(TRUNCATE);")?;
    drop(connection);
    fs::rename(folder.path().join(FILE_NAME), target)?;
    Ok(())
}

fn check(connection: &Connection, events: u32) -> Result<()> {
    let count =
        |query: &str| -> Result<u32> { Ok(connection.query_row(query, [], |row| row.get(0))?) };
    let kept = count("SELECT count(*) FROM calendar_events")?;
    ensure!(kept == events, "{kept} of {events} events were written");
    let singles = count(
        "SELECT count(*) FROM event_occurrences o JOIN calendar_events e ON e.id = o.event_id
         WHERE e.kind = 'single' AND o.tzdb <> 'none'",
    )?;
    ensure!(singles == events - SERIES, "{singles} events are laid out");
    let indexed = count("SELECT count(*) FROM event_search")?;
    ensure!(indexed == events, "{indexed} events are indexed");
    let laid_out = count(
        "SELECT count(*) FROM event_occurrences o JOIN calendar_events e ON e.id = o.event_id
         WHERE e.kind = 'master'",
    )?;
    // Two years ahead of the window's year back.
    let least = SERIES * 52 * 3;
    ensure!(
        (least..=least + 5 * SERIES).contains(&laid_out),
        "{laid_out} occurrences of {SERIES} weekly series in three years"
    );
    Ok(())
}

fn put_accounts(transaction: &Transaction<'_>) -> Result<()> {
    let mut account = transaction.prepare(
        "INSERT INTO accounts (provider, email, display_name, client_id, calendars_listed_at_ms,
             created_at_ms, last_success_at_ms)
         VALUES (?1, ?2, 'Ada Example', 'bench', ?3, ?3, ?3)",
    )?;
    let mut calendar = transaction.prepare(
        "INSERT INTO calendar_connections (account_id, calendar_id, calendar_name, calendar_color,
             position, is_primary, can_edit, access_role, is_connected, is_visible, generation,
             window_start_ms, window_end_ms, last_synced_at_ms)
         VALUES (?1, ?2, ?3, '#3366cc', ?4, ?5, 1, 'owner', 1, 1, 1, ?6, ?7, ?8)",
    )?;
    let at = now().timestamp_millis();
    let window = (now() - TimeDelta::days(365), now() + TimeDelta::days(548));
    for number in 1..=ACCOUNTS {
        let (provider, email) = match number {
            1 => ("microsoft", EMAIL.to_owned()),
            _ if number % 2 == 0 => ("google", format!("ada{number}@example.com")),
            _ => ("microsoft", format!("ada{number}@example.com")),
        };
        account.execute(params![provider, email, at])?;
        let until = match provider {
            "google" => 7_258_118_400_000,
            _ => window.1.timestamp_millis(),
        };
        for position in 0..CALENDARS {
            calendar.execute(params![
                number,
                calendar_id(position),
                format!("Calendar {number}.{position}"),
                position,
                position == 0,
                window.0.timestamp_millis(),
                until,
                at,
            ])?;
        }
    }
    Ok(())
}

/// The provider's id of an account's calendar.
pub fn calendar_id(position: u32) -> String {
    format!("{LONG_ID}cal{position:019}AAA=")
}

const EVENT: &str = "INSERT INTO calendar_events (calendar_connection_id, provider_event_id,
    ical_uid, kind, title, description, description_type, location, all_day, start_local,
    start_zone, end_local, end_zone, start_ms, end_ms, status, show_as, sensitivity,
    response_status, importance, organizer_name, organizer_email, recurrence_rule, html_link, etag,
    fingerprint, generation, first_generation, last_synced_at_ms)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, 'html', ?7, ?8, ?9, ?10, ?11, ?10, ?12, ?13, 'confirmed',
        'busy', 'normal', 'accepted', ?14, 'Grace Example', 'grace@example.com', ?15, ?16, ?17,
        0, 1, 1, ?18)";

/// The series hang on the calendars of the second account, Google's, which are expanded here.
fn put_series(transaction: &Transaction<'_>) -> Result<()> {
    let first = monday()
        .with_year(monday().year() - AGE_YEARS)
        .context("a date")?
        .week(chrono::Weekday::Mon)
        .first_day();
    let mut event = transaction.prepare(EVENT)?;
    for number in 0..SERIES {
        let day = first + TimeDelta::days(i64::from(number % 5));
        let local = day.and_time(NaiveTime::MIN) + TimeDelta::minutes(8 * 60 + i64::from(number));
        let end = local + TimeDelta::minutes(30);
        // Summer or winter time: the instant of a master is only told, never compared here.
        let start_ms = local.and_utc().timestamp_millis() - 3_600_000;
        event.execute(params![
            CALENDARS + 1 + number % CALENDARS,
            format!("series{number:020}"),
            format!("series{number}@google.com"),
            "master",
            format!("Weekly {number}"),
            body(number),
            "Room 4",
            false,
            local.format("%Y-%m-%dT%H:%M:%S").to_string(),
            "Europe/Berlin",
            end.format("%Y-%m-%dT%H:%M:%S").to_string(),
            start_ms,
            start_ms + 1_800_000,
            "NORMAL",
            "RRULE:FREQ=WEEKLY",
            format!("https://www.google.com/calendar/event?eid=series{number}"),
            format!("\"{number}\""),
            now().timestamp_millis(),
        ])?;
    }
    Ok(())
}

/// Half of them on the first account's main calendar, the others over all calendars.
fn put_singles(transaction: &Transaction<'_>, events: u32) -> Result<()> {
    let mut event = transaction.prepare(EVENT)?;
    let mut link = transaction.prepare(
        "INSERT INTO event_links (event_id, rank, url, service, source)
         VALUES (?1, 0, ?2, 'teams', 'onlineMeeting')",
    )?;
    let mut attendee = transaction.prepare(
        "INSERT INTO event_attendees (event_id, position, name, email, role, response_status)
         VALUES (?1, ?2, ?3, ?4, 'required', 'accepted')",
    )?;
    let mut category = transaction.prepare(
        "INSERT INTO event_categories (event_id, position, category_id) VALUES (?1, 0, ?2)",
    )?;
    for account in 1..=ACCOUNTS {
        transaction.execute(
            "INSERT INTO categories (account_id, name, color) VALUES (?1, 'Blue category', '#0078d7')",
            [account],
        )?;
    }
    for number in 0..events - SERIES {
        let (start, all_day) = single_start(events, number);
        let end = start
            + if all_day {
                TimeDelta::days(1)
            } else {
                TimeDelta::minutes(45)
            };
        let form = if all_day {
            "%Y-%m-%d"
        } else {
            "%Y-%m-%dT%H:%M:%S"
        };
        let calendar = calendar_of(number);
        event.execute(params![
            calendar,
            single_id(number),
            format!("040000008200E00074C5B7101A82E008{number:048}"),
            "single",
            single_title(number),
            body(number),
            "Room 12",
            all_day,
            start.format(form).to_string(),
            (!all_day).then_some("UTC"),
            end.format(form).to_string(),
            start.timestamp_millis(),
            end.timestamp_millis(),
            if number % 10 == 0 { "HIGH" } else { "NORMAL" },
            None::<String>,
            format!(
                "https://outlook.office365.com/owa/?itemid={}",
                single_id(number)
            ),
            format!("W/\"{number:024}==\""),
            now().timestamp_millis(),
        ])?;
        let id = transaction.last_insert_rowid();
        if number % 2 == 0 {
            link.execute(params![id, format!("https://teams.microsoft.com/l/meetup-join/19%3ameeting_{number:048}%40thread.v2/0")])?;
        }
        for position in 0..2 {
            let who = number.wrapping_mul(31).wrapping_add(position) % 900;
            attendee.execute(params![
                id,
                position,
                format!("Person {who}"),
                format!("person{who}@example.com")
            ])?;
        }
        if number % 3 == 0 {
            category.execute(params![id, (calendar - 1) / CALENDARS + 1])?;
        }
    }
    Ok(())
}

/// Our id of the calendar that the event `number` is on.
fn calendar_of(number: u32) -> u32 {
    if is_of_first(number) {
        1
    } else {
        2 + number / 2 % (ACCOUNTS * CALENDARS - 1)
    }
}

/// Whether the event `number` is on the first account's main calendar.
pub fn is_of_first(number: u32) -> bool {
    number.is_multiple_of(2)
}

fn body(number: u32) -> String {
    // As many texts hold it, in seven events of 300,000.
    let rare = if number % 42_000 == 11 {
        "<p>Zugspitze</p>"
    } else {
        ""
    };
    format!(
        "<html><body><p>Hello all,</p><p>please find the agenda of number {number} below and add \
         what is missing before we meet. The minutes of last time are in the usual place.</p>\
         <ul><li>Review of open points</li><li>Next steps and owners</li></ul>{rare}\
         <p>Kind regards, Grace</p></body></html>"
    )
}
