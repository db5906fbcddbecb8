//! Edits of every kind, made at the providers through their own APIs.

use chrono::{NaiveDate, TimeDelta};
use dayline_engine::ProviderKind;
use rand::Rng;
use rand::seq::IndexedRandom;
use rand_chacha::ChaCha8Rng;
use serde_json::{Value, json};

use crate::fault::Fault;
use crate::people::{Person, colleague};
use crate::world::edits::{path, series, times, title, together, whole_days};
use crate::world::oracle::Window;
use crate::world::{World, segment};

/// A word that stands in every title and place, so that it can be searched for in logs.
pub const CANARY: &str = "Kormoran";
/// The host of everybody who is invited.
pub const INVITED: &str = "invited.example";

/// How many days away an event is moved that leaves every window.
pub const FAR_BACK: i64 = -500;
/// Likewise.
pub const FAR_AHEAD: i64 = 900;

/// Somebody who changes something at a provider.
pub struct Editor<'a> {
    pub world: &'a World,
    pub rng: &'a mut ChaCha8Rng,
    /// The day around which everything happens.
    pub today: NaiveDate,
    pub window: Window,
    pub named: &'a mut u32,
    pub story: &'a mut Vec<String>,
}

/// What an edit did.
#[derive(Debug, Default)]
pub struct Edited {
    /// The events and series that may look different.
    pub touched: Vec<String>,
    pub fault: Option<Fault>,
}

impl Edited {
    fn of(id: &str) -> Self {
        Self {
            touched: vec![id.to_owned()],
            fault: None,
        }
    }
}

impl Editor<'_> {
    fn name(&mut self) -> String {
        *self.named += 1;
        format!("{CANARY} {}", self.named)
    }

    fn some_day(&mut self) -> NaiveDate {
        self.today + TimeDelta::days(self.rng.random_range(-30..60))
    }

    /// Changes something of somebody's.
    pub fn edit(&mut self, person: &Person) -> Edited {
        let calendars = self.world.calendars(person);
        let (calendar, _) = calendars.choose(self.rng).unwrap().clone();
        if self.rng.random_ratio(1, 3) {
            let body = self.new_event(person.provider);
            self.ask(person, "create", &calendar, None, &body);
            return Edited::default();
        }
        let items = self.world.occurrences(person, &calendar, self.window);
        let Some(item) = items.choose(self.rng).cloned() else {
            let body = self.new_event(person.provider);
            self.ask(person, "create", &calendar, None, &body);
            return Edited::default();
        };
        let id = item["id"].as_str().unwrap().to_owned();
        let link = match person.provider {
            ProviderKind::Microsoft => &item["seriesMasterId"],
            ProviderKind::Google => &item["recurringEventId"],
        };
        let Some(master) = link.as_str().map(str::to_owned) else {
            self.edit_one(person, &calendar, &id, true);
            return Edited::of(&id);
        };
        if self.rng.random() {
            self.edit_series(person, &calendar, &master);
        } else {
            self.edit_one(person, &calendar, &id, false);
        }
        Edited::of(&master)
    }

    /// A first event or series in somebody's calendars.
    pub fn create(&mut self, person: &Person) {
        let calendars = self.world.calendars(person);
        let (calendar, _) = calendars.choose(self.rng).unwrap().clone();
        let body = self.new_event(person.provider);
        self.ask(person, "create", &calendar, None, &body);
    }

    fn edit_one(&mut self, person: &Person, calendar: &str, id: &str, is_single: bool) {
        let provider = person.provider;
        let body = match self.rng.random_range(0..14) {
            0 | 1 => {
                self.ask(person, "delete", calendar, Some(id), &Value::Null);
                return;
            }
            2 => title(provider, &self.name()),
            3 | 4 => self.some_times(provider),
            5 => self.far_times(provider),
            6 => whole_days(provider, self.some_day(), 2),
            7 if is_single => {
                let at = self.some_day().and_hms_opt(11, 30, 0).unwrap();
                let weekly = self.rng.random();
                together([
                    times(provider, at, 45),
                    series(provider, at.date(), weekly, 2, Some(6)),
                ])
            }
            8 => {
                self.answer(person, calendar, id);
                return;
            }
            9 if is_single && provider == ProviderKind::Google => {
                self.move_over(person, calendar, id);
                return;
            }
            10 => self.invited(provider),
            _ => self.properties(provider),
        };
        self.ask(person, "change", calendar, Some(id), &body);
    }

    /// What is not about time.
    fn properties(&mut self, provider: ProviderKind) -> Value {
        let place = self.name();
        match provider {
            ProviderKind::Microsoft => {
                let mut body = json!({
                    "importance": pick(self.rng, &["low", "normal", "high"]),
                    "showAs": pick(self.rng, &["free", "tentative", "busy", "oof", "workingElsewhere"]),
                    "sensitivity": pick(self.rng, &["normal", "personal", "private", "confidential"]),
                    "location": {"displayName": place},
                });
                let all = ["Client A", "Travel", "Nobody's"];
                match self.rng.random_range(0..5) {
                    0 => body["categories"] = json!(all[..self.rng.random_range(0..3)]),
                    1 => body["isReminderOn"] = self.rng.random::<bool>().into(),
                    2 => body["reminderMinutesBeforeStart"] = self.rng.random_range(0..90).into(),
                    3 => {
                        body["body"] = json!({"contentType": "text", "content": self.name()});
                    }
                    _ => {
                        body["isOnlineMeeting"] = true.into();
                        body["onlineMeetingProvider"] = "teamsForBusiness".into();
                    }
                }
                body
            }
            ProviderKind::Google => {
                let mut body = json!({
                    "transparency": pick(self.rng, &["opaque", "transparent"]),
                    "visibility": pick(self.rng, &["default", "private", "public", "confidential"]),
                    "status": pick(self.rng, &["confirmed", "tentative"]),
                    "location": place,
                });
                match self.rng.random_range(0..3) {
                    0 => body["description"] = self.name().into(),
                    1 => body["colorId"] = pick(self.rng, &["1", "5", "11"]).into(),
                    _ => {
                        let minutes = self.rng.random_range(0..90);
                        body["reminders"] = json!({
                            "useDefault": false,
                            "overrides": [{"method": "popup", "minutes": minutes}],
                        });
                    }
                }
                body
            }
        }
    }

    fn invited(&mut self, provider: ProviderKind) -> Value {
        let count = self.rng.random_range(0..4);
        let people = (0..count).map(|index| {
            let address = format!("{index}@{INVITED}");
            match provider {
                ProviderKind::Microsoft => json!({
                    "emailAddress": {"address": address, "name": format!("{CANARY} {index}")},
                    "type": "required",
                }),
                ProviderKind::Google => json!({"email": address}),
            }
        });
        json!({"attendees": people.collect::<Vec<_>>()})
    }

    fn answer(&mut self, person: &Person, calendar: &str, id: &str) {
        let target = path(person.provider, calendar, Some(id));
        let (method, target, body) = match person.provider {
            ProviderKind::Microsoft => {
                let words = ["accept", "decline", "tentativelyAccept", "cancel"];
                let word = words.choose(self.rng).unwrap();
                ("POST", format!("{target}/{word}"), json!({}))
            }
            ProviderKind::Google => {
                let words = ["accepted", "declined", "tentative", "needsAction"];
                let own = json!({"email": person.email, "responseStatus": words.choose(self.rng)});
                ("PATCH", target, json!({"attendees": [own]}))
            }
        };
        let (status, _) = self.world.ask(person, method, &target, &body);
        self.tell(person, &format!("{method} {target} {body}: {status}"));
    }

    /// Moves a Google event to another calendar.
    fn move_over(&mut self, person: &Person, calendar: &str, id: &str) {
        let calendars = self.world.calendars(person);
        let (other, _) = calendars.choose(self.rng).unwrap();
        let target = path(person.provider, calendar, Some(id));
        let target = format!("{target}/move?destination={}", segment(other));
        let (status, _) = self.world.ask(person, "POST", &target, &Value::Null);
        self.tell(person, &format!("move {id}: {status}"));
    }

    fn edit_series(&mut self, person: &Person, calendar: &str, master: &str) {
        let provider = person.provider;
        let body = match self.rng.random_range(0..8) {
            0 => {
                let id = Some(master);
                self.ask(person, "delete series", calendar, id, &Value::Null);
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
            5 | 6 => self.properties(provider),
            _ => {
                let at = self.some_day().and_hms_opt(16, 0, 0).unwrap();
                let count = self.rng.random_range(2..12);
                together([
                    times(provider, at, 60),
                    series(provider, at.date(), false, 2, Some(count)),
                ])
            }
        };
        self.ask(person, "change series", calendar, Some(master), &body);
    }

    /// Adds, renames or removes a calendar.
    pub fn edit_calendars(&mut self, person: &Person) -> Edited {
        let calendars = self.world.calendars(person);
        let name = self.name();
        let (base, key) = match person.provider {
            ProviderKind::Microsoft => ("/me/calendars", "name"),
            ProviderKind::Google => ("/calendars", "summary"),
        };
        let (id, _) = calendars.choose(self.rng).unwrap();
        let one = format!("{base}/{}", segment(id));
        let (method, target, body, fault) = match self.rng.random_range(0..3) {
            0 if calendars.len() < 4 => (
                "POST",
                base.to_owned(),
                json!({key: name}),
                Fault::CalendarAdded,
            ),
            0 | 1 => ("PATCH", one, json!({key: name}), Fault::CalendarRenamed),
            _ => ("DELETE", one, Value::Null, Fault::CalendarRemoved),
        };
        let (status, _) = self.world.ask(person, method, &target, &body);
        self.tell(person, &format!("calendars: {method} {body}: {status}"));
        Edited {
            touched: Vec::new(),
            fault: (status < 300).then_some(fault),
        }
    }

    /// The colleague shares a calendar with somebody, or takes that back.
    pub fn edit_shares(&mut self, person: &Person) -> Edited {
        let owner = colleague().email;
        let shares = self.world.admin("GET", "/shares", &Value::Null);
        let is_shared = shares.as_array().is_some_and(|list| !list.is_empty());
        let fault = if is_shared {
            let body = json!({"email": person.email, "owner": owner});
            self.world.admin("DELETE", "/shares", &body);
            Fault::ShareWithdrawn
        } else {
            let role = if self.rng.random() { "read" } else { "write" };
            let body = json!({"email": person.email, "owner": owner, "role": role, "listed": true});
            self.world.admin("POST", "/shares", &body);
            Fault::ShareGiven
        };
        self.tell(person, fault.word());
        Edited {
            touched: Vec::new(),
            fault: Some(fault),
        }
    }

    /// Puts something into a calendar that nobody can read.
    pub fn spoil(&mut self, person: &Person) -> Edited {
        let number = self.rng.random::<u32>();
        let id = format!("spoilt{number}");
        let body = match self.rng.random_range(0..6) {
            0 => json!({"item": {"id": id, "start": 5, "end": [], "subject": 7}}),
            1 => json!({"raw": "\"no object\""}),
            2 => json!({"raw": "null"}),
            3 => json!({"item": {"start": {"dateTime": "2026-13-45T99:00:00"}}}),
            // A text that is no UTF-8.
            4 => json!({"raw_base64": "Iv///yI="}),
            _ => json!({"raw": format!("{}{}", "[".repeat(90), "]".repeat(90))}),
        };
        let mut whole = json!({"provider": person.provider.as_str(), "email": person.email});
        whole
            .as_object_mut()
            .unwrap()
            .extend(body.as_object().unwrap().clone());
        self.world.admin("POST", "/inject", &whole);
        self.tell(person, &format!("an item that nobody can read: {body}"));
        Edited {
            touched: Vec::new(),
            fault: Some(Fault::UnreadableItem),
        }
    }

    /// How the providers behave from now on, within what their documents allow.
    pub fn quirks(&mut self) {
        let quirks = json!({
            "replay": self.rng.random::<bool>(),
            "empty_pages": self.rng.random::<bool>(),
            "page_size": self.rng.random_range(2..20),
            "resync_location": self.rng.random::<bool>(),
            "lower_case_codes": self.rng.random::<bool>(),
            "occurrence_tombstones": self.rng.random::<bool>(),
            "cancelled_details": self.rng.random::<bool>(),
        });
        self.world.admin("POST", "/quirks", &quirks);
        self.story.push(format!("  quirks: {quirks}"));
    }

    fn new_event(&mut self, provider: ProviderKind) -> Value {
        let name = title(provider, &self.name());
        let at = self.some_day().and_hms_opt(14, 15, 0).unwrap();
        match self.rng.random_range(0..6) {
            0 | 1 => together([name, self.some_times(provider)]),
            2 => together([name, whole_days(provider, at.date(), 1)]),
            3 => {
                let weekly = self.rng.random();
                let count = self.rng.random_bool(0.5).then_some(5);
                together([
                    name,
                    times(provider, at, 25),
                    series(provider, at.date(), weekly, 3, count),
                ])
            }
            4 => together([name, self.some_times(provider), self.properties(provider)]),
            _ => together([
                name,
                whole_days(provider, at.date(), 1),
                series(provider, at.date(), true, 1, Some(4)),
            ]),
        }
    }

    fn some_times(&mut self, provider: ProviderKind) -> Value {
        let hour = self.rng.random_range(0..23);
        let at = self.some_day().and_hms_opt(hour, 30, 0).unwrap();
        times(provider, at, self.rng.random_range(0..180))
    }

    /// Outside of every window. Google's not to before it: whether it tells of that is not known.
    fn far_times(&mut self, provider: ProviderKind) -> Value {
        let days = if provider == ProviderKind::Microsoft && self.rng.random() {
            FAR_BACK
        } else {
            FAR_AHEAD
        };
        let at = self.today + TimeDelta::days(days);
        times(provider, at.and_hms_opt(9, 0, 0).unwrap(), 60)
    }

    /// Changes an event if its provider lets us.
    fn ask(&mut self, person: &Person, what: &str, calendar: &str, id: Option<&str>, body: &Value) {
        let path = path(person.provider, calendar, id);
        let method = match (id, body) {
            (None, _) => "POST",
            (Some(_), Value::Null) => "DELETE",
            (Some(_), _) => "PATCH",
        };
        let (status, _) = self.world.ask(person, method, &path, body);
        let id = id.unwrap_or_default();
        self.tell(person, &format!("{what} {id} {body}: {status}"));
    }

    fn tell(&mut self, person: &Person, what: &str) {
        self.story.push(format!("  {}: {what}", person.email));
    }
}

fn pick(rng: &mut ChaCha8Rng, words: &[&str]) -> String {
    (*words.choose(rng).unwrap()).to_owned()
}
