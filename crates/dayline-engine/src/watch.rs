//! What happens, as a stream of notices: from this process and from whichever holds the pen.
//!
//! Rounds, changes and accounts are read from the database, so that a follower tells the same as
//! the holder. Days that look different and sign-ins come from this process's own events.

use std::collections::BTreeMap;
use std::time::Duration;

use chrono::SecondsFormat;
use dayline_store::Watcher;
use serde::Serialize;
use tokio::sync::broadcast;
use tokio::sync::broadcast::error::RecvError;

use crate::view::{
    AccountState, ChangedFieldView, ErrorCode, ProviderKind, Remedy, SignInOutcome, date_of,
};
use crate::{Engine, EngineEvent, Error};

/// How often the database is looked at.
const LOOK: Duration = Duration::from_secs(1);
/// The most rounds that one look tells.
const MOST_ROUNDS: u32 = 1_000;
/// The most changes that one look tells.
const MOST_CHANGES: i32 = 200;

/// Something happened.
#[derive(Debug, Clone, Serialize)]
#[serde(
    tag = "type",
    rename_all = "snake_case",
    rename_all_fields = "camelCase"
)]
pub enum Notice {
    /// Watching began.
    Started {
        /// Dayline's version.
        version: &'static str,
    },
    /// Who syncs from now on: this process, or another one that is followed.
    Pen {
        /// It is this process.
        held: bool,
    },
    /// An account is there, or is doing otherwise than before.
    Account {
        /// Its id.
        id: String,
        /// Which provider.
        provider: ProviderKind,
        /// How it is doing.
        state: AccountState,
        /// What is wrong, in words.
        problem: Option<String>,
        /// The same as a code.
        code: Option<ErrorCode>,
        /// The one thing that helps.
        remedy: Option<Remedy>,
    },
    /// An account was removed.
    AccountRemoved {
        /// Its id.
        id: String,
    },
    /// A calendar's round ended.
    Sync {
        /// What it was for: `start`, `poll`, `demand`, `wake`; `None` in another process.
        why: Option<&'static str>,
        /// The calendar's id.
        calendar_id: String,
        /// Its name.
        calendar: String,
        /// Whether everything was listed.
        full: bool,
        /// Events that are new.
        added: u32,
        /// Events that changed.
        updated: u32,
        /// Events that are gone.
        removed: u32,
        /// Requests sent.
        calls: u32,
        /// When it began, RFC 3339.
        started_at: String,
        /// How long it took.
        duration_ms: i64,
        /// `ok`, or a word for the failure.
        outcome: String,
    },
    /// Days may look different, both included; `None`: without end.
    Changed {
        /// First day.
        from: Option<String>,
        /// Last day.
        to: Option<String>,
    },
    /// A known event changed.
    Event {
        /// What part of it.
        kind: ChangedFieldView,
        /// As it was called before.
        title: String,
        /// What happened.
        words: String,
        /// Its calendar.
        calendar: String,
    },
    /// A sign-in ended.
    SignIn {
        /// The account, if it worked.
        account_id: Option<String>,
        /// Why not.
        code: Option<ErrorCode>,
        /// The same in words.
        problem: Option<String>,
    },
    /// Watching ended.
    Stopped,
}

type Doing = (AccountState, Option<String>, Option<ErrorCode>);

/// Watches an engine.
pub struct Watch {
    engine: Engine,
    events: broadcast::Receiver<EngineEvent>,
    watcher: Watcher,
    accounts: BTreeMap<String, Doing>,
    last_round: i64,
    last_change: i64,
    held: Option<bool>,
}

impl Engine {
    /// Watches from now on. The first notices tell how the accounts are doing.
    pub fn watch(&self) -> Result<Watch, Error> {
        let mut watch = Watch {
            engine: self.clone(),
            events: self.subscribe(),
            watcher: self.store().watcher()?,
            accounts: BTreeMap::new(),
            last_round: self.store().read(|read| read.last_round())?,
            last_change: 0,
            held: None,
        };
        watch.new_changes(1)?;
        Ok(watch)
    }
}

impl Watch {
    /// Waits for what happens next; perhaps nothing that is worth telling.
    ///
    /// # Cancel safety
    /// A notice may be missed, but only of days that look different and of sign-ins.
    pub async fn next(&mut self) -> Result<Vec<Notice>, Error> {
        let mut notices = Vec::new();
        tokio::select! {
            biased;
            event = self.events.recv() => match event {
                Ok(event) => notices.extend(notice(event)),
                Err(RecvError::Lagged(_)) => notices.push(Notice::Changed { from: None, to: None }),
                Err(RecvError::Closed) => {}
            },
            () = tokio::time::sleep(LOOK) => {}
        }
        self.look(&mut notices)?;
        Ok(notices)
    }

    fn look(&mut self, notices: &mut Vec<Notice>) -> Result<(), Error> {
        let held = self.engine.holds_pen();
        if self.held != Some(held) {
            // Before anybody held it there is nothing to tell of.
            if held || self.engine.is_pen_held()? {
                self.held = Some(held);
                notices.push(Notice::Pen { held });
            }
        }
        // What is syncing is not in the database.
        self.look_at_accounts(notices)?;
        if !self.watcher.has_news()? {
            return Ok(());
        }
        let last = self.last_round;
        let rounds = self
            .engine
            .store()
            .read(|read| read.rounds_after(last, MOST_ROUNDS))?;
        let why = held.then(|| self.engine.turns().why());
        for round in rounds {
            self.last_round = round.id;
            notices.push(Notice::Sync {
                why,
                calendar_id: round.calendar.to_string(),
                calendar: round.calendar_name,
                full: round.full,
                added: round.added,
                updated: round.updated,
                removed: round.removed,
                calls: round.calls,
                started_at: round
                    .started_at
                    .to_rfc3339_opts(SecondsFormat::Millis, true),
                duration_ms: round.duration.num_milliseconds(),
                outcome: round.outcome,
            });
        }
        notices.extend(self.new_changes(MOST_CHANGES)?);
        Ok(())
    }

    fn new_changes(&mut self, most: i32) -> Result<Vec<Notice>, Error> {
        let changes = self.engine.changes(most, "UTC")?;
        let mut notices = Vec::new();
        let before = self.last_change;
        for change in changes.items {
            let id: i64 = change.id.parse().unwrap_or_default();
            if id <= before {
                break;
            }
            self.last_change = self.last_change.max(id);
            notices.push(Notice::Event {
                kind: change.field,
                title: change.title,
                words: change.words,
                calendar: change.calendar,
            });
        }
        notices.reverse();
        Ok(notices)
    }

    fn look_at_accounts(&mut self, notices: &mut Vec<Notice>) -> Result<(), Error> {
        let mut now = BTreeMap::new();
        for account in self.engine.accounts()? {
            let doing = (account.state, account.problem, account.problem_code);
            if self.accounts.get(&account.id) != Some(&doing) {
                notices.push(Notice::Account {
                    id: account.id.clone(),
                    provider: account.provider,
                    state: doing.0,
                    problem: doing.1.clone(),
                    code: doing.2,
                    remedy: account.remedy,
                });
            }
            now.insert(account.id, doing);
        }
        for id in self.accounts.keys().filter(|id| !now.contains_key(*id)) {
            notices.push(Notice::AccountRemoved { id: id.clone() });
        }
        self.accounts = now;
        Ok(())
    }
}

fn notice(event: EngineEvent) -> Option<Notice> {
    match event {
        EngineEvent::EventsChanged { from_day, to_day } => Some(Notice::Changed {
            from: date_of(from_day).ok().map(|date| date.to_string()),
            to: date_of(to_day).ok().map(|date| date.to_string()),
        }),
        EngineEvent::SignInFinished(SignInOutcome {
            account_id, error, ..
        }) => Some(Notice::SignIn {
            account_id,
            code: error.as_ref().map(|error| error.code),
            problem: error.map(|error| error.message),
        }),
        EngineEvent::AccountsChanged | EngineEvent::Progress(_) | EngineEvent::Visiting(_) => None,
    }
}
