//! Random lives: edits at the providers, faults, deaths, and in the end the same calendar.

use std::fmt::Write as _;
use std::hash::{DefaultHasher, Hash, Hasher};

use chrono::{NaiveDate, TimeDelta};
use dayline_engine::{Engine, ProviderKind, Reach, SyncRequest};
use dayline_simulator::Scenario;
use rand::seq::IndexedRandom;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use serde_json::{Value, json};

use crate::support::edits::{series, times, title, together, whole_days};
use crate::support::{World, sync};

const SEEDS: u64 = 50;
const STEPS: usize = 8;

/// One life, and what is told of it if it ends badly.
struct Life {
    world: World,
    engine: Engine,
    rng: ChaCha8Rng,
    story: String,
    named: u32,
}

impl Life {
    async fn begin(seed: u64) -> Self {
        let world = World::new(Scenario::Sample, seed);
        let engine = world.signed_in().await;
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        // How a provider orders its lists: that does not change between two pages of one.
        let manner = json!({
            "repeated_items": rng.random::<bool>(),
            "exceptions_first": rng.random::<bool>(),
            "instances_first": rng.random::<bool>(),
        });
        world.admin("POST", "/quirks", &manner);
        let story = format!("  manner: {manner}\n");
        Self {
            world,
            engine,
            rng,
            story,
            named: 0,
        }
    }

    fn tell(&mut self, line: &str) {
        writeln!(self.story, "  {line}").unwrap();
    }

    fn name(&mut self) -> String {
        self.named += 1;
        format!("Event {}", self.named)
    }

    async fn step(&mut self) {
        for _ in 0..self.rng.random_range(1..=3) {
            self.edit();
        }
        self.disturb();
        self.sync().await;
        if self.rng.random_ratio(1, 3) {
            self.visit().await;
        }
    }

    /// Goes to a week that may lie anywhere. Whether its provider can be reached then does not
    /// matter here.
    async fn visit(&mut self) {
        let day = self.world.day(self.rng.random_range(-900..1_500));
        let report = self
            .engine
            .visit(day, day + TimeDelta::days(7), Reach::Providers)
            .await;
        self.tell(&format!("visit of {day}: {:?}", report.unwrap().problems));
    }

    /// Changes something at a provider.
    fn edit(&mut self) {
        let provider = *ProviderKind::ALL.choose(&mut self.rng).unwrap();
        if self.rng.random_ratio(1, 12) {
            self.edit_calendars(provider);
            return;
        }
        let calendars = self.world.calendars(provider);
        let (calendar, _) = calendars.choose(&mut self.rng).unwrap().clone();
        if self.rng.random_ratio(1, 4) {
            let body = self.new_event(provider);
            self.ask(provider, "create", &calendar, None, &body);
            return;
        }
        let items = self
            .world
            .occurrences(provider, &calendar, self.world.around());
        let Some(item) = items.choose(&mut self.rng).cloned() else {
            return;
        };
        let id = item["id"].as_str().unwrap().to_owned();
        let link = match provider {
            ProviderKind::Microsoft => &item["seriesMasterId"],
            ProviderKind::Google => &item["recurringEventId"],
        };
        match link.as_str().map(str::to_owned) {
            Some(master) if self.rng.random_ratio(1, 2) => {
                self.edit_series(provider, &calendar, &master);
            }
            Some(_) => self.edit_one(provider, &calendar, &id, false),
            None => self.edit_one(provider, &calendar, &id, true),
        }
    }

    fn edit_one(&mut self, provider: ProviderKind, calendar: &str, id: &str, is_single: bool) {
        let body = match self.rng.random_range(0..9) {
            0 | 1 => {
                self.ask(provider, "delete", calendar, Some(id), &Value::Null);
                return;
            }
            2 => title(provider, &self.name()),
            3 | 4 => self.some_times(provider),
            5 => self.far_times(provider, is_single),
            6 => whole_days(provider, self.some_day(), 2),
            7 if is_single => {
                let at = self.some_day().and_hms_opt(11, 30, 0).unwrap();
                let weekly = self.rng.random();
                together([
                    times(provider, at, 45),
                    series(provider, at.date(), weekly, 2, Some(6)),
                ])
            }
            _ if provider == ProviderKind::Microsoft => {
                let all = ["Client A", "Travel", "Nobody's"];
                let count = self.rng.random_range(0..3);
                json!({"categories": all[..count], "isReminderOn": false})
            }
            _ => json!({"location": self.name()}),
        };
        self.ask(provider, "change", calendar, Some(id), &body);
    }

    fn edit_series(&mut self, provider: ProviderKind, calendar: &str, master: &str) {
        let body = match self.rng.random_range(0..6) {
            0 => {
                self.ask(
                    provider,
                    "delete series",
                    calendar,
                    Some(master),
                    &Value::Null,
                );
                return;
            }
            1 => title(provider, &self.name()),
            2 => json!({"recurrence": null}),
            3 => {
                let at = self.some_day().and_hms_opt(7, 45, 0).unwrap();
                together([
                    times(provider, at, 30),
                    series(provider, at.date(), true, 1, None),
                ])
            }
            4 => {
                let day = self.some_day();
                together([
                    whole_days(provider, day, 1),
                    series(provider, day, false, 3, Some(9)),
                ])
            }
            _ => {
                let at = self.some_day().and_hms_opt(16, 0, 0).unwrap();
                let count = self.rng.random_range(2..12);
                together([
                    times(provider, at, 60),
                    series(provider, at.date(), false, 2, Some(count)),
                ])
            }
        };
        self.ask(provider, "change series", calendar, Some(master), &body);
    }

    fn edit_calendars(&mut self, provider: ProviderKind) {
        let calendars = self.world.calendars(provider);
        let name = self.name();
        let (path, key) = match provider {
            ProviderKind::Microsoft => ("/me/calendars", "name"),
            ProviderKind::Google => ("/calendars", "summary"),
        };
        let (id, _) = calendars.choose(&mut self.rng).unwrap();
        let one = format!("{path}/{}", crate::support::segment(id));
        let (method, target, body) = match self.rng.random_range(0..3) {
            0 => ("POST", path.to_owned(), json!({key: name})),
            1 => ("PATCH", one, json!({key: name})),
            _ => ("DELETE", one, Value::Null),
        };
        let (status, _) = self.world.ask(provider, method, &target, &body);
        self.tell(&format!("{provider}: calendars: {method} {body}: {status}"));
    }

    fn new_event(&mut self, provider: ProviderKind) -> Value {
        let name = title(provider, &self.name());
        let at = self.some_day().and_hms_opt(14, 15, 0).unwrap();
        match self.rng.random_range(0..5) {
            0 | 1 => together([name, self.some_times(provider)]),
            2 => together([name, whole_days(provider, at.date(), 1)]),
            3 => {
                let weekly = self.rng.random();
                let count = self.rng.random_bool(0.5).then_some(5);
                together([
                    name,
                    times(provider, at, 25),
                    series(provider, at.date(), weekly, 1, count),
                ])
            }
            _ => together([
                name,
                whole_days(provider, at.date(), 1),
                series(provider, at.date(), true, 1, Some(4)),
            ]),
        }
    }

    fn some_day(&mut self) -> NaiveDate {
        self.world.day(self.rng.random_range(-30..60))
    }

    fn some_times(&mut self, provider: ProviderKind) -> Value {
        let hour = self.rng.random_range(0..23);
        let at = self.some_day().and_hms_opt(hour, 30, 0).unwrap();
        times(provider, at, self.rng.random_range(0..180))
    }

    /// Outside of every window. Not one occurrence of a Google series to before it: nothing that
    /// Google sends later tells of that.
    fn far_times(&mut self, provider: ProviderKind, is_single: bool) -> Value {
        let back = is_single || provider == ProviderKind::Microsoft;
        let days = if back && self.rng.random() { -500 } else { 700 };
        let at = self.world.day(days).and_hms_opt(9, 0, 0).unwrap();
        times(provider, at, 60)
    }

    /// Changes an event if its provider lets us.
    fn ask(
        &mut self,
        provider: ProviderKind,
        what: &str,
        calendar: &str,
        id: Option<&str>,
        body: &Value,
    ) {
        let path = crate::support::edits::path(provider, calendar, id);
        let method = match (id, body) {
            (None, _) => "POST",
            (Some(_), Value::Null) => "DELETE",
            (Some(_), _) => "PATCH",
        };
        let (status, _) = self.world.ask(provider, method, &path, body);
        let id = id.unwrap_or_default();
        self.tell(&format!("{provider}: {what} {id} {body}: {status}"));
    }

    /// Something that happens to the next requests.
    fn disturb(&mut self) {
        let provider = *["graph", "google"].choose(&mut self.rng).unwrap();
        let after = self.rng.random_range(0..4);
        let fault = match self.rng.random_range(0..14) {
            0 => json!({"kind": "429", "retry_after": 2}),
            1 => json!({"kind": "503"}),
            2 => json!({"kind": "503", "retry_after": 1}),
            3 => json!({"kind": "html"}),
            4 => json!({"truncate": 300}),
            5 => json!({"kind": "empty200"}),
            6 => json!({"kind": "garbage"}),
            7 => json!({"kind": "410"}),
            8 => {
                self.world.admin("POST", "/sync/expire", &json!({}));
                self.tell("all cursors expire");
                return;
            }
            9 => {
                self.world.admin("POST", "/tokens/expire", &json!({}));
                self.tell("all access tokens expire");
                return;
            }
            10 => {
                let hours = self.rng.random_range(1..60);
                self.world.clock.jump(TimeDelta::hours(hours));
                self.tell(&format!("{hours} hours pass"));
                return;
            }
            11 => {
                let quirks = json!({
                    "replay": self.rng.random::<bool>(),
                    "empty_pages": self.rng.random::<bool>(),
                    "page_size": self.rng.random_range(3..40),
                    "resync_location": self.rng.random::<bool>(),
                    "lower_case_codes": self.rng.random::<bool>(),
                    "occurrence_tombstones": self.rng.random::<bool>(),
                    "cancelled_details": self.rng.random::<bool>(),
                });
                self.world.admin("POST", "/quirks", &quirks);
                self.tell(&format!("quirks: {quirks}"));
                return;
            }
            _ => return,
        };
        let rule = json!({"match": {"provider": provider}, "after": after, "fault": fault});
        self.world.admin("POST", "/faults", &rule);
        self.tell(&format!("fault: {rule}"));
    }

    /// Syncs; perhaps the process dies meanwhile.
    async fn sync(&mut self) {
        let request = SyncRequest {
            full: self.rng.random_ratio(1, 10),
            calendar: None,
            list_calendars: self.rng.random(),
            only_due: false,
        };
        let dies = self.rng.random_ratio(1, 3);
        if dies {
            let (at, arrives) = (self.rng.random_range(1..25), self.rng.random());
            self.world.network.die_at(at, arrives);
            self.tell(&format!(
                "sync, to die at request {at} (arrives: {arrives})"
            ));
        } else {
            self.tell("sync");
        }
        let network = self.world.network.clone();
        let ended = tokio::select! {
            biased;
            () = network.death() => None,
            report = self.engine.sync(request) => Some(report.unwrap()),
        };
        network.live();
        self.world.admin("DELETE", "/faults", &Value::Null);
        if let Some(report) = ended {
            let failed = format!("{:?}", report.failed_accounts);
            self.tell(&format!("  ended: {failed}"));
        } else {
            self.tell("  died");
            self.world.kill();
            self.engine = self.world.open();
        }
    }

    /// No more faults: after at most three syncs everything agrees.
    async fn settle(&mut self) -> Result<(), String> {
        let mut last = String::new();
        for round in 1..=3 {
            let report = sync(&self.engine).await;
            last = self.world.differences(&self.engine);
            if !report.is_ok() {
                write!(last, "{report:#?}").unwrap();
            }
            self.tell(&format!("settling sync {round}"));
            if last.is_empty() {
                break;
            }
        }
        let verified = dayline_engine::verify(self.world.folder.path()).unwrap();
        for problem in verified.problems {
            last.push_str(&problem);
        }
        if last.is_empty() { Ok(()) } else { Err(last) }
    }
}

/// A whole life; gives a mark of everything that the providers saw and Dayline shows.
async fn live(seed: u64) -> Result<u64, String> {
    let mut life = Life::begin(seed).await;
    for _ in 0..STEPS {
        life.step().await;
    }
    if let Err(differences) = life.settle().await {
        return Err(format!("seed {seed}:\n{}\n{differences}\n", life.story));
    }
    let mut mark = DefaultHasher::new();
    life.world.log().hash(&mut mark);
    World::shown(&life.engine, life.world.around()).hash(&mut mark);
    Ok(mark.finish())
}

/// Runs a life in a runtime of its own, so that no life leaves anything to the next one.
fn run(seed: u64) -> Result<u64, String> {
    tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .start_paused(true)
        .build()
        .unwrap()
        .block_on(live(seed))
}

/// The seeds to run: fifty, or those that DAYLINE_SEEDS names, such as `17` or `51-400`.
fn seeds() -> std::ops::RangeInclusive<u64> {
    let Ok(named) = std::env::var("DAYLINE_SEEDS") else {
        return 1..=SEEDS;
    };
    let (first, last) = named.split_once('-').unwrap_or((&named, &named));
    first.parse().unwrap()..=last.parse().unwrap()
}

#[test]
fn fifty_random_lives_end_with_the_providers_calendars() {
    let stories: Vec<String> = seeds().filter_map(|seed| run(seed).err()).collect();
    assert!(stories.is_empty(), "{}", stories.concat());
}

#[test]
fn the_same_seed_is_the_same_life() {
    assert_eq!(run(1).unwrap(), run(1).unwrap());
}
