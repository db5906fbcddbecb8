//! The store against real files.
#![expect(
    clippy::redundant_closure_for_method_calls,
    reason = "a method's path is not general enough over the lifetime of `Read`"
)]

mod accounts;
mod audit;
mod calendars;
mod dump;
mod events;
mod filled;
mod lease;
mod ledger;
mod maintenance;
mod migrations;
mod narrowed;
mod occurrences;
mod opening;
mod rounds;
mod schema;
mod search;
mod stats;
mod transactions;

use chrono::{DateTime, Utc};
use dayline_model::{
    AccountId, Calendar, CalendarId, Cloud, Event, EventId, EventKind, Importance,
    ParticipationStatus, ProviderKind, Sensitivity, ShowAs, Status, When, Zone, ZonedTime,
};
use tempfile::TempDir;

use crate::{Derived, FILE_NAME, NewAccount, Store, StoreError, Write};

/// An instant, from RFC 3339.
fn at(text: &str) -> DateTime<Utc> {
    text.parse().expect("an instant")
}

/// When the tests take place.
fn now() -> DateTime<Utc> {
    at("2026-11-20T09:00:00Z")
}

/// A new database in a folder that goes with the value.
struct Fixture {
    store: Store,
    folder: TempDir,
}

impl Fixture {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let store = Store::open(folder.path()).expect("a new database");
        Self { store, folder }
    }

    /// A second store on the same file, as another process has one.
    fn another(&self) -> Store {
        Store::open_existing(self.folder.path()).expect("the same database")
    }

    /// A plain connection, for what the API does not tell.
    fn raw(&self) -> rusqlite::Connection {
        rusqlite::Connection::open(self.folder.path().join(FILE_NAME)).expect("a connection")
    }

    fn write<T>(&self, work: impl FnOnce(&Write<'_>) -> Result<T, StoreError>) -> T {
        self.store.write(work).expect("a write")
    }

    fn account(&self) -> AccountId {
        self.write(|write| add_account(write, ProviderKind::Microsoft, "ada@example.com"))
    }

    /// An account's only calendar, connected and visible.
    fn calendar(&self, account: AccountId) -> CalendarId {
        self.calendars(account, &["work"])[0]
    }

    /// An account's calendars, connected and visible.
    fn calendars(&self, account: AccountId, ids: &[&str]) -> Vec<CalendarId> {
        let listed: Vec<Calendar> = ids.iter().map(|id| calendar(id)).collect();
        self.write(|write| write.put_calendars(account, &listed, |_| true, now()));
        self.store
            .read(|read| read.calendars())
            .expect("calendars")
            .into_iter()
            .filter(|row| row.account == account)
            .map(|row| row.id)
            .collect()
    }

    fn put(&self, calendar: CalendarId, account: AccountId, event: &Event) -> EventId {
        self.write(|write| put(write, calendar, account, event, 1))
    }
}

fn add_account(
    write: &Write<'_>,
    provider: ProviderKind,
    email: &str,
) -> Result<AccountId, StoreError> {
    let new = NewAccount {
        provider,
        cloud: Cloud::Global,
        tenant: None,
        email,
        display_name: Some("Ada"),
        client_id: "client",
    };
    write.put_account(&new, now())
}

/// Keeps an event whose fingerprint tells nothing but its title.
fn put(
    write: &Write<'_>,
    calendar: CalendarId,
    account: AccountId,
    event: &Event,
    generation: i64,
) -> Result<EventId, StoreError> {
    let mark = event
        .title
        .bytes()
        .fold(7_i64, |sum, byte| sum.wrapping_mul(31) + i64::from(byte));
    write
        .upsert_event(
            calendar,
            account,
            event,
            &Derived::default(),
            mark,
            generation,
            now(),
        )
        .map(crate::UpsertOutcome::id)
}

fn calendar(id: &str) -> Calendar {
    Calendar {
        delegate_email: None,
        can_push: true,
        id: id.into(),
        name: format!("Calendar {id}"),
        color: "#0099bc".to_owned(),
        is_primary: false,
        can_edit: true,
        access_role: "owner".to_owned(),
        owner: None,
        zone: None,
        is_selected: true,
        default_reminders: Vec::new(),
    }
}

fn timed(start: &str, end: &str) -> When {
    let time = |text: &str| ZonedTime::at(at(text), Zone::utc());
    When::Timed {
        start: time(start),
        end: time(end),
    }
}

/// A meeting of an hour on 20 November 2026.
fn event(id: &str) -> Event {
    Event {
        id: id.into(),
        ical_uid: None,
        kind: EventKind::Single,
        title: id.to_owned(),
        body: None,
        event_type: dayline_model::EventType::Default,
        location: None,
        places: Vec::new(),
        when: timed("2026-11-20T10:00:00Z", "2026-11-20T11:00:00Z"),
        status: Status::Confirmed,
        show_as: ShowAs::Busy,
        sensitivity: Sensitivity::Normal,
        response: ParticipationStatus::None,
        importance: Importance::Normal,
        categories: Vec::new(),
        organizer: None,
        attendees: Vec::new(),
        online: None,
        reminders: dayline_model::Reminders::default(),
        color: None,
        has_attachments: false,
        attachments: None,
        html_link: None,
        etag: None,
        raw: None,
    }
}

/// An exception of `series`.
fn exception(id: &str, series: &str) -> Event {
    Event {
        kind: EventKind::Exception {
            series: series.into(),
            original_start: None,
        },
        ..event(id)
    }
}

/// A weekly master.
fn master(id: &str) -> Event {
    Event {
        kind: EventKind::SeriesMaster {
            recurrence: vec!["RRULE:FREQ=WEEKLY".to_owned()],
        },
        ..event(id)
    }
}
