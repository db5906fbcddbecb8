//! Nothing goes wrong any more: does everything agree?

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::time::Duration;

use chrono::{Datelike, NaiveDate, TimeDelta};
use dayline_engine::view::{AccountState, SearchQuery};
use dayline_engine::{Reach, verify};
use rand::Rng;
use rand::seq::IndexedRandom;
use rand_chacha::ChaCha8Rng;

use super::Life;
use crate::edit::{FAR_AHEAD, FAR_BACK};
use crate::logs::find_secret;
use crate::people::Person;
use crate::world::oracle::{Known, Window, missing};
use crate::world::{World, sync};

/// How many rounds there may be until everything agrees.
const ROUNDS: u32 = 3;

impl Life {
    /// Faults stop: after at most three rounds Dayline shows what the providers show.
    pub(super) async fn settle(&mut self, rng: &mut ChaCha8Rng) -> Result<(), String> {
        self.after_trouble();
        if rng.random() {
            let back = -self.ahead;
            self.jump(back);
        }
        self.connect_everything().await;
        self.sign_in_again().await?;
        // Whoever runs by itself needs nobody to press a button.
        if rng.random_ratio(1, 6) {
            let scheduler = self.process.engine.spawn_scheduler();
            tokio::time::sleep(Duration::from_mins(75)).await;
            scheduler.stop().await;
        }
        self.sign_in_again().await?;
        let mut last = String::new();
        for round in 1..=ROUNDS {
            let report = sync(&self.process.engine).await;
            if self.sign_in_again().await? {
                sync(&self.process.engine).await;
            }
            last = self.differences();
            if last.is_empty() && report.is_ok() {
                break;
            }
            if round == ROUNDS {
                write!(last, "{report:?}").unwrap();
            }
            self.connect_everything().await;
        }
        if !last.is_empty() {
            return Err(format!("after {ROUNDS} rounds without faults:\n{last}"));
        }
        self.untouched = self.truth(self.window);
        self.weather.set_listed(self.listed());
        self.quiet().await?;
        self.look_far(rng).await?;
        self.read_closely(rng).await?;
        self.look_at_the_disk()?;
        if rng.random_ratio(1, 6) {
            self.read_health().await?;
        }
        Ok(())
    }

    /// The calendars that have events, as they are named in addresses.
    fn listed(&self) -> BTreeSet<String> {
        let mut listed = BTreeSet::new();
        for person in &self.people {
            for (id, name) in self.world.calendars(person) {
                let is_here = |known: &&Known| {
                    known.seen.account == person.email && known.seen.calendar == name
                };
                if self.untouched.iter().any(|known| is_here(&known)) {
                    listed.insert(id);
                }
            }
        }
        listed
    }

    fn truth(&self, window: Window) -> Vec<Known> {
        self.people
            .iter()
            .flat_map(|person| self.world.truth_of(person, window))
            .collect()
    }

    /// Goes to a week that no round brings: what the providers have there is shown, and stays.
    async fn look_far(&mut self, rng: &mut ChaCha8Rng) -> Result<(), String> {
        let days = *[FAR_BACK, FAR_AHEAD].choose(rng).unwrap();
        let from = self.today + TimeDelta::days(days - 3);
        let window = Window {
            from,
            to: from + TimeDelta::days(6),
        };
        let engine = &self.process.engine;
        let after = window.to + TimeDelta::days(1);
        let report = engine
            .visit(window.from, after, Reach::Providers)
            .await
            .map_err(|error| format!("a visit failed: {error}"))?;
        if let Some(problem) = report.problems.first() {
            return Err(format!("a visit without faults failed: {problem:?}"));
        }
        self.far = Some((window, self.truth(window)));
        let differences = self.differences_in(window);
        if self.go_to(window.from, after) && !differences.is_empty() {
            return Err(format!("in a visited week:\n{differences}"));
        }
        if !differences.is_empty() {
            self.far = None;
        }
        Ok(())
    }

    /// Notes where somebody went. True if nobody was there before: a month that was visited within
    /// a day is not fetched again. Whoever goes to a day also goes to the one before and the one
    /// after it, which readers in other zones have then.
    pub(super) fn go_to(&mut self, from: NaiveDate, until: NaiveDate) -> bool {
        let months: BTreeSet<NaiveDate> = (from - TimeDelta::days(1))
            .iter_days()
            .take_while(|day| *day <= until)
            .filter_map(|day| day.with_day(1))
            .collect();
        let is_fresh = months.is_disjoint(&self.visited);
        self.visited.extend(months);
        is_fresh
    }

    fn differences(&self) -> String {
        self.differences_in(self.window)
    }

    fn differences_in(&self, window: Window) -> String {
        let mut truth: Vec<_> = self
            .truth(window)
            .into_iter()
            .map(|known| known.seen)
            .collect();
        truth.sort();
        let shown = World::shown(&self.process.engine, window);
        let lost = missing(&truth, &shown);
        let extra = missing(&shown, &truth);
        let lost = lost.iter().map(|one| format!("not shown: {one:?}\n"));
        let extra = extra
            .iter()
            .map(|one| format!("shown but not there: {one:?}\n"));
        lost.chain(extra).collect()
    }

    /// A person connects what is not, so that everything that a provider has can be compared.
    async fn connect_everything(&self) {
        let engine = &self.process.engine;
        for account in engine.accounts().unwrap() {
            for calendar in account.calendars {
                if !calendar.is_connected {
                    engine
                        .set_calendar_connected(&calendar.id, true)
                        .await
                        .unwrap();
                }
            }
        }
    }

    /// A person signs in where Dayline asks for it; it may ask only those whose sign-in was
    /// revoked, or whose tokens were refused although they were new.
    async fn sign_in_again(&mut self) -> Result<bool, String> {
        let accounts = self.process.engine.accounts().unwrap();
        let mut again = false;
        for account in accounts {
            if account.state != AccountState::NeedsSignIn {
                continue;
            }
            if !self.revoked.remove(&account.email) && !self.refused.remove(&account.email) {
                return Err(format!(
                    "{} was signed out for no reason: {:?}",
                    account.email, account.problem
                ));
            }
            let person = self
                .people
                .iter()
                .find(|person| person.email == account.email)
                .unwrap();
            self.sign_in(person).await;
            again = true;
        }
        Ok(again)
    }

    async fn sign_in(&self, person: &Person) {
        let engine = &self.process.engine;
        self.world.sign_in(engine, person).await.unwrap();
    }

    /// Where nothing changed, syncs soon change nothing and list nothing any more.
    async fn quiet(&mut self) -> Result<(), String> {
        let mut restless = None;
        for _ in 0..ROUNDS {
            let report = sync(&self.process.engine).await;
            restless = report.calendars.into_iter().find(|calendar| {
                calendar.full || calendar.added + calendar.updated + calendar.removed > 0
            });
            if restless.is_none() {
                break;
            }
        }
        if let Some(calendar) = restless {
            return Err(format!(
                "nothing changed, and every sync changes something: {calendar:?}"
            ));
        }
        let differences = self.differences();
        if differences.is_empty() {
            Ok(())
        } else {
            Err(format!(
                "a sync more, and no longer the same:\n{differences}"
            ))
        }
    }

    /// Search, filters and calendars tell the same as the agenda.
    async fn read_closely(&self, rng: &mut ChaCha8Rng) -> Result<(), String> {
        let engine = &self.process.engine;
        let truth = self.truth(self.window);
        self.read_details(&truth, rng)?;
        for person in &self.people {
            let mut expected: Vec<String> = self
                .world
                .calendars(person)
                .into_iter()
                .map(|(_, name)| name)
                .collect();
            let accounts = engine.accounts().unwrap();
            let account = accounts
                .iter()
                .find(|account| account.email == person.email)
                .ok_or_else(|| format!("{} is gone", person.email))?;
            let mut listed: Vec<String> = account
                .calendars
                .iter()
                .map(|calendar| calendar.name.clone())
                .collect();
            expected.sort();
            listed.sort();
            if expected != listed {
                return Err(format!(
                    "{}: calendars {listed:?} instead of {expected:?}",
                    person.email
                ));
            }
        }
        if let Some(known) = truth.choose(rng) {
            let query = SearchQuery {
                text: known.seen.title.clone(),
                zone: "UTC".to_owned(),
                limit: 100,
            };
            let found = engine.search(&query).await.unwrap();
            // Of a series it may be another occurrence that is found.
            if !known.seen.title.is_empty()
                && !found
                    .items
                    .iter()
                    .any(|item| item.title.starts_with(&known.seen.title))
            {
                return Err(format!("a search does not find {:?}", known.seen.title));
            }
        }
        let high = truth.iter().filter(|known| known.seen.importance == "high");
        let filtered = engine.agenda(&dayline_engine::view::AgendaQuery {
            from: self.window.from,
            to: self.window.to,
            zone: chrono_tz::UTC,
            filter: engine
                .parse_filter("importance:high", chrono_tz::UTC)
                .unwrap(),
        });
        // What only reaches into the first day is not part of the truth.
        let first = (self.window.from + TimeDelta::days(1)).to_string();
        let high = high.filter(|known| known.seen.start >= first).count();
        let filtered = filtered.unwrap();
        let filtered = filtered.iter().filter(|item| item.start >= first).count();
        if high != filtered {
            return Err(format!(
                "{filtered} are of high importance instead of {high}"
            ));
        }
        Ok(())
    }

    /// What takes longest: the database is in order, and health tells no secret.
    async fn read_health(&self) -> Result<(), String> {
        let (engine, folder) = (&self.process.engine, self.world.folder.path());
        let health = engine
            .health(dayline_engine::database_health(folder))
            .await
            .unwrap();
        let told = serde_json::json!([health, engine.bootstrap().unwrap()]).to_string();
        if let Some(secret) = find_secret(told.as_bytes()) {
            return Err(format!("a window is told {secret}"));
        }
        match verify(folder).unwrap().problems.first() {
            Some(problem) => Err(format!("the database is not in order: {problem}")),
            None => Ok(()),
        }
    }
}
