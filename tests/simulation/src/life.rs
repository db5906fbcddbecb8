//! A life: everything that its history holds happens, one thing after the other, and after each of
//! them the invariants are looked at.

mod details;
mod listen;
mod looks;
mod settle;
mod syncs;

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, OnceLock};

use chrono::{NaiveDate, TimeDelta};
use dayline_engine::view::AccountState;
use dayline_engine::{Engine, FILE_NAME};
use dayline_host::SystemClock;
use dayline_host::testing::{KeyringMood, TestClock};
use dayline_simulator::Scenario;
use rand::seq::IndexedRandom;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use serde_json::json;

use crate::edit::{Edited, Editor};
use crate::fault::Fault;
use crate::history::{Act, Ending, History, OF_PUSH, Step};
use crate::journal::Journal;
use crate::logs::Logs;
use crate::people::{Person, SHARED, colleague, people, scenario};
use crate::post::carry;
use crate::process::Process;
use crate::relay::Relay;
use crate::weather::Weather;
use crate::world::World;
use crate::world::network::Network;
use crate::world::oracle::{Known, Seen, Window};

/// How many events everybody has at first.
const AT_FIRST: usize = 4;

/// How a life ended.
#[derive(Debug, Clone)]
pub struct Ended {
    pub seed: u64,
    /// How many of its steps were lived.
    pub steps: usize,
    pub faults: BTreeMap<Fault, u64>,
    /// The mark of everything that was sent, answered and shown.
    pub trace: [u8; 32],
    /// What went wrong, after the story of how it came to that.
    pub failure: Option<Failure>,
}

/// What went wrong.
#[derive(Debug, Clone)]
pub struct Failure {
    pub what: String,
    pub story: String,
}

/// A life that is being lived.
struct Life {
    world: World,
    weather: Arc<Weather>,
    relay: Arc<Relay>,
    has_relay: bool,
    /// Faults of push that wait for a time in which Dayline runs by itself.
    troubles: Vec<Fault>,
    /// Whether the keyring cannot be used.
    is_locked: bool,
    process: Process,
    providers_clock: Arc<TestClock>,
    people: Vec<Person>,
    today: NaiveDate,
    window: Window,
    /// A week beyond every round's window, and what was found there.
    far: Option<(Window, Vec<Known>)>,
    /// What everybody agreed on, and nobody has changed since.
    untouched: Vec<Known>,
    /// The first days of the months where somebody went before.
    visited: BTreeSet<NaiveDate>,
    /// Whose sign-in was revoked.
    revoked: BTreeSet<String>,
    /// Whose tokens were refused although they had just been refreshed.
    refused: BTreeSet<String>,
    /// How far the computer's clock is ahead.
    ahead: TimeDelta,
    named: u32,
    story: Vec<String>,
    /// What a look found in the middle of something.
    found: RefCell<Vec<String>>,
}

/// Lives a history to its end, or to the first thing that is wrong.
pub fn live(history: &History) -> Ended {
    let logs = Logs::default();
    let _logging = tracing::subscriber::set_default(logs.subscriber());
    let mut ended = Ended {
        seed: history.seed,
        steps: 0,
        faults: BTreeMap::new(),
        trace: [0; 32],
        failure: None,
    };
    let story = RefCell::new(Vec::new());
    let lived = catch_unwind(AssertUnwindSafe(|| {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_time()
            .start_paused(true)
            .build()
            .unwrap();
        runtime.block_on(through(history, &mut ended, &story, &logs))
    }));
    let what = match lived {
        Ok(Ok(())) => return ended,
        Ok(Err(what)) => what,
        Err(_) => format!("it panicked: {}", PANIC.take()),
    };
    ended.failure = Some(Failure {
        what,
        story: story.borrow().join("\n"),
    });
    ended
}

thread_local! {
    /// What the last panic of this thread said, and where.
    static PANIC: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Keeps what panics say for the story of their life, instead of printing it.
pub fn keep_panics() {
    std::panic::set_hook(Box::new(|panic| {
        PANIC.replace(panic.to_string());
    }));
}

async fn through(
    history: &History,
    ended: &mut Ended,
    story: &RefCell<Vec<String>>,
    logs: &Logs,
) -> Result<(), String> {
    let mut life = Life::begin(history).await;
    let mut result = Ok(());
    for step in &history.steps {
        let name = format!("{:?}", step.act);
        life.story.push(name);
        let done = life.step(*step).await;
        life.story.extend(life.weather.tell());
        story.borrow_mut().append(&mut life.story);
        ended.steps += 1;
        result = done
            .and_then(|()| life.look_around(step.act))
            .and_then(|()| logs.look());
        if result.is_err() {
            break;
        }
    }
    ended.faults = life.weather.fired();
    ended.trace = life.weather.trace();
    result
}

impl Life {
    async fn begin(history: &History) -> Self {
        let now = history.now;
        let clock = Arc::new(TestClock::at(now));
        let providers_clock = Arc::new(TestClock::at(now));
        let file = tempfile::NamedTempFile::new_in(scratch()).unwrap();
        std::fs::write(file.path(), scenario().to_string()).unwrap();
        let network = Network::new(
            Scenario::File(file.path().to_owned()),
            history.seed,
            now,
            providers_clock.clone(),
        );
        let network = Arc::new(network);
        let journal = Journal::default();
        let relay = Relay::new(
            providers_clock.clone(),
            journal.clone(),
            history.seed ^ 0x4e1a,
        );
        let relay = Arc::new(relay);
        let seed = history.seed ^ 0x3ea7;
        let weather = Arc::new(Weather::new(network.clone(), relay.clone(), journal, seed));
        if history.has_relay {
            network.set_webhooks(relay.clone());
            tokio::spawn(carry(network.clone(), relay.clone()));
        }
        let mut world = World::around_network(network, clock, history.seed);
        world.set_http(weather.clone());
        world.folder = tempfile::TempDir::new_in(scratch()).unwrap();
        std::fs::write(world.folder.path().join(FILE_NAME), fresh_database()).unwrap();
        let today = now.date_naive();
        let mut life = Self {
            process: Process::start(&world),
            world,
            weather,
            relay,
            has_relay: history.has_relay,
            troubles: Vec::new(),
            is_locked: false,
            providers_clock,
            people: people(),
            today,
            window: Window {
                from: today - TimeDelta::days(60),
                to: today + TimeDelta::days(120),
            },
            far: None,
            visited: BTreeSet::new(),
            untouched: Vec::new(),
            revoked: BTreeSet::new(),
            refused: BTreeSet::new(),
            ahead: TimeDelta::zero(),
            named: 0,
            story: Vec::new(),
            found: RefCell::new(Vec::new()),
        };
        let mut rng = ChaCha8Rng::seed_from_u64(history.seed ^ 0xb12d);
        // How a provider orders its lists: that does not change between two pages of one.
        let manner = json!({
            "repeated_items": rng.random::<bool>(),
            "exceptions_first": rng.random::<bool>(),
            "instances_first": rng.random::<bool>(),
        });
        life.world.admin("POST", "/quirks", &manner);
        life.story.push(format!("manner: {manner}"));
        if life.has_relay {
            life.hear_by_relay(&mut rng);
        }
        let mut everybody = life.people.clone();
        everybody.push(colleague());
        for person in &everybody {
            for _ in 0..AT_FIRST {
                life.editor(&mut rng).create(person);
            }
        }
        life.world.set_clients(&life.process.engine).await;
        for person in &life.people {
            let engine = &life.process.engine;
            life.world.sign_in(engine, person).await.unwrap();
        }
        life
    }

    fn editor<'a>(&'a mut self, rng: &'a mut ChaCha8Rng) -> Editor<'a> {
        Editor {
            world: &self.world,
            rng,
            today: self.today,
            window: self.window,
            named: &mut self.named,
            story: &mut self.story,
        }
    }

    async fn step(&mut self, step: Step) -> Result<(), String> {
        let mut rng = ChaCha8Rng::seed_from_u64(step.seed);
        match step.act {
            Act::Edit => {
                let mut everybody = self.people.clone();
                everybody.push(colleague());
                let person = everybody.choose(&mut rng).unwrap();
                let edited = self.editor(&mut rng).edit(person);
                self.note(person, &edited);
            }
            Act::EditCalendars => {
                let person = self.people.choose(&mut rng).unwrap().clone();
                let edited = self.editor(&mut rng).edit_calendars(&person);
                self.note(&person, &edited);
            }
            Act::EditShares => {
                let person = self.people[0].clone();
                let edited = self.editor(&mut rng).edit_shares(&person);
                self.note(&person, &edited);
            }
            Act::Spoil => {
                let person = self.people.choose(&mut rng).unwrap().clone();
                let edited = self.editor(&mut rng).spoil(&person);
                self.note(&person, &edited);
            }
            Act::Quirks => self.editor(&mut rng).quirks(),
            Act::Arm(fault, _) if OF_PUSH.contains(&fault) => self.troubles.push(fault),
            Act::Arm(fault, after) => self.weather.arm(fault, after),
            Act::Suffer(fault) => self.suffer(fault, &mut rng),
            Act::Sync(ending) => {
                self.sync(ending, &mut rng).await?;
                self.after_trouble();
            }
            Act::Run(ending) => {
                self.run(ending, &mut rng).await?;
                self.after_trouble();
            }
            Act::Listen(ending) => {
                self.listen(ending, &mut rng).await?;
                self.after_trouble();
            }
            Act::Visit => self.visit(&mut rng).await?,
            Act::Choose => self.choose(&mut rng).await,
            Act::RotateKeys => {
                let rotated = self.process.engine.rotate_keys().await;
                self.story.push(format!("  {rotated:?}"));
            }
            Act::Maintain => {
                self.process
                    .engine
                    .maintain()
                    .await
                    .map_err(|error| format!("the database could not be tidied up: {error}"))?;
            }
            Act::Settle => self.settle(&mut rng).await?,
        }
        let found = std::mem::take(&mut *self.found.borrow_mut());
        found.into_iter().next().map_or(Ok(()), Err)
    }

    /// What an edit touched is no longer what everybody agreed on.
    fn note(&mut self, person: &Person, edited: &Edited) {
        if let Some(fault) = edited.fault {
            self.weather.count(fault);
        }
        // What a colleague changes, whoever has it shared sees.
        let is_colleague = !self.people.contains(person);
        let seer = if is_colleague {
            self.people[0].clone()
        } else {
            person.clone()
        };
        let world = &self.world;
        let drop_touched = |untouched: &mut Vec<Known>, window: Window| {
            let is_theirs = |known: &Known| known.seen.account == seer.email;
            if !untouched.iter().any(is_theirs) {
                return;
            }
            let truth = world.truth_of(&seer, window);
            let truth: Vec<Seen> = truth.into_iter().map(|known| known.seen).collect();
            untouched.retain(|known| {
                // A share has ids of its own.
                let is_shared = is_colleague && known.seen.calendar == SHARED;
                !is_theirs(known)
                    || (!is_shared
                        && !edited.touched.contains(&known.event)
                        && truth.binary_search(&known.seen).is_ok())
            });
        };
        drop_touched(&mut self.untouched, self.window);
        if let Some((window, untouched)) = &mut self.far {
            drop_touched(untouched, *window);
        }
        if edited.fault.is_some() {
            self.weather.set_listed(BTreeSet::new());
        }
    }

    /// A fault that does not wait for a request.
    fn suffer(&mut self, fault: Fault, rng: &mut ChaCha8Rng) {
        match fault {
            Fault::CursorsExpire => {
                self.world.admin("POST", "/sync/expire", &json!({}));
            }
            Fault::TokenExpiry => {
                self.world.admin("POST", "/tokens/expire", &json!({}));
            }
            Fault::TokenRevocation => {
                let person = self.people.choose(rng).unwrap();
                let who = json!({"provider": person.provider.as_str(), "email": person.email});
                self.world.admin("POST", "/tokens/revoke", &who);
                self.world.admin("POST", "/tokens/expire", &who);
                self.story.push(format!("  {}", person.email));
                self.revoked.insert(person.email.clone());
            }
            Fault::KeyringLocked => self.start_under(KeyringMood::Locked),
            Fault::KeyringLooksEmpty => self.start_under(KeyringMood::LooksEmpty),
            Fault::KeyringGone => self.start_under(KeyringMood::Missing),
            Fault::ClockForward => self.jump(TimeDelta::minutes(rng.random_range(5..4_000))),
            Fault::ClockBack => self.jump(-TimeDelta::minutes(rng.random_range(5..4_000))),
            Fault::Sleep => self.pass(TimeDelta::days(7)),
            Fault::Reanchor => self.pass(TimeDelta::days(35)),
            Fault::ZoneDatabase => {
                self.process.engine.raw_store().age_occurrences().unwrap();
                self.restart();
            }
            other => panic!("{} is not suffered", other.word()),
        }
        self.weather.count(fault);
    }

    /// The computer's clock jumps, and nobody else's.
    fn jump(&mut self, by: TimeDelta) {
        self.ahead += by;
        self.world.clock.jump(by);
        self.story
            .push(format!("  by {} minutes", by.num_minutes()));
    }

    /// Time passes while the computer sleeps.
    fn pass(&self, time: TimeDelta) {
        let before = self.subscriptions().len();
        self.world.clock.jump(time);
        self.providers_clock.jump(time);
        self.world.network.look_at_posts();
        for _ in self.subscriptions().len()..before {
            self.weather.count(Fault::SubscriptionExpired);
        }
    }

    fn start_under(&mut self, mood: KeyringMood) {
        self.restart();
        self.world.keyring.set_mood(mood);
        self.is_locked = true;
    }

    /// The process ends as it should, and another one begins.
    fn restart(&mut self) {
        self.process = Process::start(&self.world);
    }

    /// The process is gone; whatever it held is lost, and what it wrote is there.
    fn kill(&mut self) {
        self.process.gate.shut();
        self.world.kill_into(scratch());
        self.restart();
        self.story.push("  it died".to_owned());
    }

    fn after_trouble(&mut self) {
        if self.weather.refused_twice() {
            let accounts = self.process.engine.accounts().unwrap();
            let out = accounts
                .into_iter()
                .filter(|account| account.state == AccountState::NeedsSignIn);
            self.refused.extend(out.map(|account| account.email));
        }
        self.weather.clear();
        self.relay.recover();
        self.troubles.clear();
        self.world.keyring.set_mood(KeyringMood::Open);
        self.is_locked = false;
    }
}

/// A database as a first start makes it, made once.
fn fresh_database() -> &'static [u8] {
    static FRESH: OnceLock<Vec<u8>> = OnceLock::new();
    FRESH.get_or_init(|| {
        let folder = tempfile::TempDir::new_in(scratch()).unwrap();
        let network = Network::new(
            Scenario::Empty,
            0,
            chrono::DateTime::UNIX_EPOCH,
            Arc::new(SystemClock),
        );
        let clock = Arc::new(TestClock::at(chrono::DateTime::UNIX_EPOCH));
        let mut world = World::around_network(Arc::new(network), clock, 0);
        world.folder = folder;
        let engine = Engine::open(world.host(), world.config()).unwrap();
        let copy = world.folder.path().join("copy");
        engine.raw_store().backup(&copy).unwrap();
        std::fs::read(copy).unwrap()
    })
}

/// Where the folders of a life lie: in memory where the system has a place for that.
pub fn scratch() -> std::path::PathBuf {
    let memory = std::path::Path::new("/dev/shm");
    if memory.is_dir() {
        memory.to_owned()
    } else {
        std::env::temp_dir()
    }
}

impl Ending {
    /// The class of fault that it is.
    fn fault(self) -> Option<Fault> {
        match self {
            Self::Well => None,
            Self::CrashAtAwait => Some(Fault::CrashAtAwait),
            Self::CrashAtWrite => Some(Fault::CrashAtWrite),
            Self::DiskFull => Some(Fault::DiskFull),
            Self::Contest => Some(Fault::LeaseContest),
            Self::LeaseLost => Some(Fault::LeaseLost),
        }
    }
}
