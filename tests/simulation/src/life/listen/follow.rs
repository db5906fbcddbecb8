//! Pushing never makes it worse than polling, and a hint that is heard is followed.
//!
//! Looked at from outside: what the network carried, what the relay said, what is shown. All of it
//! while nothing but push is in trouble, for a provider that refuses is not asked as often.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use dayline_engine::view::AccountState;
use serde_json::Value;
use tokio::time::Instant;

use super::super::{Ending, Life};
use crate::people::Person;
use crate::relay::Told;
use crate::world::World;
use crate::world::oracle::{Seen, missing};

/// A calendar of which nothing tells is asked within this: five minutes, the jitter, and the time
/// that the others take.
const POLLED: Duration = Duration::from_mins(6);
/// Whatever is told, a calendar is asked within this: six hours, and a turn.
const BACKSTOP: Duration = Duration::from_mins(367);
/// What was told is looked at within this: the spacing, and the time that the others take.
const HEARD: Duration = Duration::from_secs(15);
/// A change of which everybody tells is shown within this.
const SHOWN: Duration = Duration::from_secs(20);
/// What was asked so long after a change has it.
const SURELY: Duration = Duration::from_secs(2);

/// A calendar as both sides name it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Watched {
    /// The provider's id.
    id: String,
    email: String,
    name: String,
}

/// A change that has to be shown soon.
struct Expected {
    until: Instant,
    person: Person,
    /// The calendars of theirs of which is told.
    names: BTreeSet<String>,
    troubles: u32,
}

/// A time in which Dayline runs by itself.
pub(super) struct Following<'a> {
    life: &'a Life,
    ending: Ending,
    begun: Instant,
    calendars: Vec<Watched>,
    /// When a calendar was last believed to be told of.
    spared_at: BTreeMap<String, Instant>,
    /// Since when a calendar is to be looked at.
    owed_since: BTreeMap<String, Instant>,
    edited_at: BTreeMap<String, Instant>,
    expected: Vec<Expected>,
    troubles: u32,
}

/// How things are now.
struct Now {
    at: Instant,
    /// The calendars of accounts that work, by account and name.
    followed: BTreeSet<(String, String)>,
    /// Those of which Dayline believes that their provider tells.
    active: BTreeSet<(String, String)>,
    subscriptions: Vec<Value>,
}

impl<'a> Following<'a> {
    pub(super) fn begin(life: &'a Life, ending: Ending) -> Self {
        let mut calendars = Vec::new();
        for person in &life.people {
            let named = life.world.calendars(person).into_iter();
            calendars.extend(named.map(|(id, name)| Watched {
                id,
                email: person.email.clone(),
                name,
            }));
        }
        let ids = calendars.iter().map(|calendar| calendar.id.clone());
        life.weather.watch_calendars(ids);
        life.relay.told();
        Self {
            life,
            ending,
            begun: Instant::now(),
            calendars,
            spared_at: BTreeMap::new(),
            owed_since: BTreeMap::new(),
            edited_at: BTreeMap::new(),
            expected: Vec::new(),
            troubles: 0,
        }
    }

    /// Whether nothing but push was in trouble so far.
    fn is_fair(&self) -> bool {
        self.ending == Ending::Well && !self.life.is_locked && self.life.weather.is_fair()
    }

    /// Lets time pass, and looks now and then.
    pub(super) async fn until(&mut self, end: Instant) {
        while Instant::now() < end {
            let left = end - Instant::now();
            let step = if left > Duration::from_mins(10) {
                60
            } else {
                5
            };
            tokio::time::sleep(left.min(Duration::from_secs(step))).await;
            self.look();
        }
    }

    pub(super) fn note_trouble(&mut self) {
        self.troubles += 1;
    }

    pub(super) fn note_edit(&mut self, person: &Person) {
        self.edited_at.insert(person.email.clone(), Instant::now());
    }

    /// Somebody is about to change something: if everything is well, it has to be shown soon.
    pub(super) fn expect(&mut self, person: &Person) {
        if !self.is_fair() {
            return;
        }
        let now = self.now();
        let own = self
            .calendars
            .iter()
            .filter(|one| one.email == person.email);
        let mut names = BTreeSet::new();
        for calendar in own {
            let key = (calendar.email.clone(), calendar.name.clone());
            let mut told = now.subscriptions.iter().filter(|one| covers(one, calendar));
            let reaches = |one: &Value| {
                let address = one["notificationUrl"].as_str().unwrap_or_default();
                self.life.relay.reaches(address)
            };
            if now.active.contains(&key) && now.followed.contains(&key) && told.any(reaches) {
                names.insert(calendar.name.clone());
            }
        }
        if names.is_empty() || !self.differences(person, &names).is_empty() {
            return;
        }
        self.expected.push(Expected {
            until: now.at + SHOWN,
            person: person.clone(),
            names,
            troubles: self.troubles,
        });
    }

    fn now(&self) -> Now {
        let engine = &self.life.process.engine;
        let accounts = engine.accounts().unwrap();
        let works = |state| matches!(state, AccountState::Ready | AccountState::Syncing);
        let followed = accounts
            .iter()
            .filter(|account| works(account.state))
            .flat_map(|account| {
                let connected = account.calendars.iter().filter(|one| one.is_connected);
                connected.map(|one| (account.email.clone(), one.name.clone()))
            });
        let report = engine.push_report().unwrap();
        let active = report.calendars.into_iter().filter(|one| one.active);
        Now {
            at: Instant::now(),
            followed: followed.collect(),
            active: active.map(|one| (one.account, one.name)).collect(),
            subscriptions: self.life.subscriptions(),
        }
    }

    fn look(&mut self) {
        let told = self.life.relay.told();
        if !self.is_fair() {
            return;
        }
        let now = self.now();
        self.life
            .found
            .borrow_mut()
            .extend(self.look_at_calendars(&now, &told));
        let due = |expected: &mut Expected| expected.until <= now.at;
        let due: Vec<Expected> = self.expected.extract_if(.., due).collect();
        for expected in due {
            let differences = self.differences(&expected.person, &expected.names);
            if self.troubles == expected.troubles && !differences.is_empty() {
                let found = format!("it was told, and is not shown in moments:\n{differences}");
                self.life.found.borrow_mut().push(found);
            }
        }
    }

    fn look_at_calendars(&mut self, now: &Now, told: &[(Instant, Told)]) -> Vec<String> {
        let is_up = self.life.relay.is_up();
        let mut found = Vec::new();
        for calendar in &self.calendars {
            let key = (calendar.email.clone(), calendar.name.clone());
            let (id, is_active) = (&calendar.id, now.active.contains(&key));
            if is_active && is_up {
                self.spared_at.insert(id.clone(), now.at);
            }
            // What is never asked does not go by this name.
            let asked = self.life.weather.asked_at(id);
            let Some(asked) = asked.filter(|_| now.followed.contains(&key)) else {
                self.owed_since.remove(id);
                continue;
            };
            let since = asked.max(self.begun);
            let spared = self.spared_at.get(id).map_or(since, |at| since.max(*at));
            if now.at - since > BACKSTOP || now.at - spared > POLLED {
                found.push(format!(
                    "{} of {} was not looked at for {} s, and last believed to be told of {} s ago",
                    calendar.name,
                    calendar.email,
                    (now.at - since).as_secs(),
                    (now.at - spared).as_secs(),
                ));
            }
            let is_theirs = |told: &Told| match told {
                Told::Everything => true,
                Told::Channel(channel) => now.subscriptions.iter().any(|one| {
                    let address = one["notificationUrl"].as_str().unwrap_or_default();
                    covers(one, calendar)
                        && self.life.relay.channel_id(address).as_ref() == Some(channel)
                }),
            };
            let heard = told.iter().find(|(_, told)| is_active && is_theirs(told));
            if let Some((at, _)) = heard {
                self.owed_since.entry(id.clone()).or_insert(*at);
            }
            match self.owed_since.get(id) {
                Some(at) if *at <= asked => {
                    self.owed_since.remove(id);
                }
                Some(at) if now.at - *at > HEARD => {
                    found.push(format!(
                        "{} of {} was told of {} s ago, and nobody looked",
                        calendar.name,
                        calendar.email,
                        (now.at - *at).as_secs()
                    ));
                }
                _ => {}
            }
        }
        found
    }

    /// Whoever was asked after the last change is shown as they are.
    pub(super) fn end(&mut self) {
        if !self.is_fair() {
            return;
        }
        let now = self.now();
        for person in &self.life.people {
            let edited = self.edited_at.get(&person.email);
            let is_asked = |calendar: &&Watched| {
                let asked = self.life.weather.asked_at(&calendar.id);
                let key = (calendar.email.clone(), calendar.name.clone());
                let since = edited.map_or(self.begun, |at| *at + SURELY);
                calendar.email == person.email
                    && now.followed.contains(&key)
                    && asked.is_some_and(|asked| asked >= since)
            };
            let names = self.calendars.iter().filter(is_asked);
            let names = names.map(|calendar| calendar.name.clone()).collect();
            let differences = self.differences(person, &names);
            if !differences.is_empty() {
                let found = format!("it was asked for and is not shown:\n{differences}");
                self.life.found.borrow_mut().push(found);
            }
        }
    }

    /// Where some calendars of somebody's and what is shown of them differ.
    fn differences(&self, person: &Person, names: &BTreeSet<String>) -> String {
        let window = self.life.window;
        let is_meant = |seen: &Seen| seen.account == person.email && names.contains(&seen.calendar);
        let truth = self.life.world.truth_of(person, window);
        let truth: Vec<Seen> = truth
            .into_iter()
            .map(|known| known.seen)
            .filter(is_meant)
            .collect();
        let mut shown = World::shown(&self.life.process.engine, window);
        shown.retain(is_meant);
        let lost = missing(&truth, &shown).into_iter();
        let extra = missing(&shown, &truth).into_iter();
        let lost = lost.map(|one| format!("not shown: {one:?}\n"));
        lost.chain(extra.map(|one| format!("shown but not there: {one:?}\n")))
            .collect()
    }
}

/// Whether a subscription tells of a calendar.
fn covers(subscription: &Value, calendar: &Watched) -> bool {
    let of = &subscription["calendar"];
    subscription["email"] == calendar.email.as_str()
        && (of.is_null() || *of == calendar.id.as_str())
}
