//! Dayline runs by itself and hears of changes, while somebody makes them and something goes wrong
//! between the vendors, the relay and the computer.

mod follow;

use std::time::Duration;

use chrono::TimeDelta;
use rand::Rng;
use rand::SeedableRng;
use rand::seq::IndexedRandom;
use rand_chacha::ChaCha8Rng;
use serde_json::{Value, json};
use tokio::time::Instant;

use self::follow::Following;
use super::syncs::beside;
use super::{Ending, Life};
use crate::edit::Editor;
use crate::fault::Fault;
use crate::people::{Person, colleague};
use crate::relay::ADDRESS;
use crate::world::Who;

/// For so long nothing happens at the end: what is polled was polled then.
const SHORT: Duration = Duration::from_secs(350);
/// Likewise; whatever a relay says, everything was looked at then.
const LONG: Duration = Duration::from_mins(380);
/// When everything happens.
const BUSY: std::ops::Range<u64> = 30..240;

/// Something that happens while Dayline runs.
#[derive(Debug, Clone, Copy)]
enum Moment {
    Edit,
    Trouble(Fault),
    /// The computer sleeps for so many hours.
    Nap(i64),
}

impl Life {
    /// From now on there is a relay, and vendors that tell in one way or another.
    pub(super) fn hear_by_relay(&mut self, rng: &mut ChaCha8Rng) {
        self.process.engine.set_relay_url(Some(ADDRESS)).unwrap();
        let manner = json!({
            "notifications_per_change": *[1, 1, 3].choose(rng).unwrap(),
            "duplicates": rng.random_ratio(1, 6),
            "batch": *[1, 1, 5].choose(rng).unwrap(),
            "mixed_batches": rng.random::<bool>(),
            "number_gaps": rng.random::<bool>(),
            "sync_first": rng.random::<bool>(),
            "mailbox_only": rng.random_ratio(1, 4),
            "subscription_needs_fresh_token": rng.random_ratio(1, 4),
        });
        self.world.admin("POST", "/push", &manner);
        self.story.push(format!("manner of push: {manner}"));
    }

    /// The subscriptions and channels that the vendors know.
    pub(super) fn subscriptions(&self) -> Vec<Value> {
        let listed = self.world.admin("GET", "/subscriptions", &Value::Null);
        listed.as_array().cloned().unwrap_or_default()
    }

    /// Runs for a while; how it ends is the history's choice.
    pub(super) async fn listen(
        &mut self,
        ending: Ending,
        rng: &mut ChaCha8Rng,
    ) -> Result<(), String> {
        let moments = plan(&std::mem::take(&mut self.troubles), rng);
        let quiet = if rng.random_ratio(1, 6) { LONG } else { SHORT };
        let editors = self.choose_editors(rng);
        let mut chance = ChaCha8Rng::seed_from_u64(rng.random());
        let mut made = Made {
            named: self.named,
            story: Vec::new(),
        };
        let life = &*self;
        let work = async {
            let scheduler = life.process.engine.spawn_scheduler();
            let mut following = Following::begin(life, ending);
            let begun = Instant::now();
            for (seconds, moment) in &moments {
                following.until(begun + Duration::from_secs(*seconds)).await;
                match moment {
                    Moment::Edit => {
                        let person = editors.choose(&mut chance).unwrap();
                        following.expect(person);
                        life.editor_in(&mut made, &mut chance).edit(person);
                        following.note_edit(person);
                    }
                    Moment::Trouble(fault) => {
                        if life.trouble(*fault, &mut chance) {
                            made.story.push(format!("  {}", fault.word()));
                        }
                        following.note_trouble();
                    }
                    Moment::Nap(hours) => {
                        life.pass(TimeDelta::hours(*hours));
                        made.story.push(format!("  it sleeps for {hours} h"));
                        following.note_trouble();
                    }
                }
            }
            following.until(Instant::now() + quiet).await;
            following.end();
            scheduler.stop().await;
            Ok(())
        };
        let ended = life.through(ending, rng, work, beside).await;
        self.named = made.named;
        self.story.append(&mut made.story);
        if ended?.is_none() {
            self.kill();
        }
        Ok(())
    }

    /// Who changes something meanwhile. Nothing of theirs counts as untouched from now on.
    fn choose_editors(&mut self, rng: &mut ChaCha8Rng) -> Vec<Person> {
        let mut everybody = self.people.clone();
        everybody.push(colleague());
        let count = rng.random_range(1..=2);
        let editors: Vec<Person> = everybody.choose_multiple(rng, count).cloned().collect();
        let far = self.far.as_mut().map(|(_, untouched)| untouched);
        for untouched in [&mut self.untouched].into_iter().chain(far) {
            untouched.retain(|known| {
                let is_theirs = |person: &Person| {
                    // What a colleague changes, whoever has it shared sees.
                    let seer = if *person == colleague() {
                        &self.people[0]
                    } else {
                        person
                    };
                    known.seen.account == seer.email
                };
                !editors.iter().any(is_theirs)
            });
        }
        editors
    }

    fn editor_in<'a>(&'a self, made: &'a mut Made, rng: &'a mut ChaCha8Rng) -> Editor<'a> {
        Editor {
            world: &self.world,
            rng,
            today: self.today,
            window: self.window,
            named: &mut made.named,
            story: &mut made.story,
        }
    }

    /// Something goes wrong between the vendors, the relay and the computer. `false` if it cannot.
    fn trouble(&self, fault: Fault, rng: &mut ChaCha8Rng) -> bool {
        let event = match fault {
            Fault::NotificationsMissed => "missed",
            Fault::SubscriptionRemoved => "subscriptionRemoved",
            Fault::SubscriptionReauthorize => "reauthorizationRequired",
            Fault::SubscriptionForgotten => "",
            other => return self.relay.suffer(other),
        };
        let mut listed = self.subscriptions();
        listed.retain(|one| event.is_empty() || one["provider"] == "microsoft");
        let Some(chosen) = listed.choose(rng) else {
            return false;
        };
        let id = chosen["id"].as_str().unwrap_or_default();
        if event.is_empty() {
            self.forget_subscription(chosen, id);
        } else {
            let body = json!({"subscription": id, "event": event});
            self.world.admin("POST", "/lifecycle", &body);
        }
        self.weather.count(fault);
        true
    }

    /// A vendor ends a subscription and says nothing.
    fn forget_subscription(&self, subscription: &Value, id: &str) {
        let email = subscription["email"].as_str();
        let person = self
            .people
            .iter()
            .find(|one| Some(one.email.as_str()) == email);
        let Some(person) = person else {
            return;
        };
        let who = Who::from(person);
        if subscription["provider"] == "google" {
            let body = json!({"id": id, "resourceId": subscription["resourceId"]});
            self.world.asked(who, "POST", "/channels/stop", &body);
        } else {
            let target = format!("/subscriptions/{id}");
            self.world.asked(who, "DELETE", &target, &Value::Null);
        }
    }
}

/// What was made while Dayline ran.
struct Made {
    named: u32,
    story: Vec<String>,
}

/// What happens when, in seconds.
fn plan(troubles: &[Fault], rng: &mut ChaCha8Rng) -> Vec<(u64, Moment)> {
    let mut moments = Vec::new();
    for fault in troubles {
        let at = rng.random_range(BUSY);
        moments.push((at, Moment::Trouble(*fault)));
        // What happens just then is what a fault hides.
        if rng.random() {
            moments.push((at + rng.random_range(1..30), Moment::Edit));
        }
    }
    for _ in 0..rng.random_range(1..=3) {
        moments.push((rng.random_range(BUSY), Moment::Edit));
    }
    if rng.random_ratio(1, 12) {
        let hours = *[1, 9, 190].choose(rng).unwrap();
        moments.push((rng.random_range(BUSY), Moment::Nap(hours)));
    }
    moments.sort_by_key(|(at, _)| *at);
    moments
}
