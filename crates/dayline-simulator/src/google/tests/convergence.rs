//! Whatever happens to a calendar, a client that follows sync tokens ends with the full list.

use std::collections::BTreeMap;

use proptest::prelude::*;
use serde_json::{Value, json};

use super::{EVENTS, timed};
use crate::testing::Bench;

#[derive(Debug, Clone)]
enum Step {
    Insert(u32, bool),
    Patch(usize),
    Delete(usize),
    Shorten(usize),
    PatchInstance(usize, usize),
    DeleteInstance(usize, usize),
    Page,
    Round,
}

fn step() -> impl Strategy<Value = Step> {
    let event = 0_usize..20;
    prop_oneof![
        (1_u32..29, any::<bool>()).prop_map(|(day, series)| Step::Insert(day, series)),
        event.clone().prop_map(Step::Patch),
        event.clone().prop_map(Step::Delete),
        event.clone().prop_map(Step::Shorten),
        (event.clone(), 0_usize..5).prop_map(|(event, slot)| Step::PatchInstance(event, slot)),
        (event, 0_usize..5).prop_map(|(event, slot)| Step::DeleteInstance(event, slot)),
        Just(Step::Page),
        Just(Step::Round),
    ]
}

struct World {
    bench: Bench,
    ids: Vec<String>,
    query: String,
    rows: BTreeMap<String, Value>,
}

impl World {
    fn new() -> Self {
        let mut bench = Bench::empty();
        bench
            .admin(
                "POST",
                "/quirks",
                &json!({"page_size": 3, "empty_pages": true}),
            )
            .expect(200);
        Self {
            bench,
            ids: Vec::new(),
            query: String::new(),
            rows: BTreeMap::new(),
        }
    }

    fn pick(&self, index: usize) -> Option<String> {
        self.ids
            .get(index % self.ids.len().max(1))
            .map(|id| format!("{EVENTS}/{id}"))
    }

    fn instance(&mut self, index: usize, slot: usize) -> Option<String> {
        let path = format!("{}/instances", self.pick(index)?);
        self.bench
            .admin("POST", "/quirks", &json!({"page_size": 100}))
            .expect(200);
        let answer = self.bench.google("GET", &path, &Value::Null);
        self.bench
            .admin("POST", "/quirks", &json!({"page_size": 3}))
            .expect(200);
        if answer.status != 200 {
            return None;
        }
        let list = answer.json()["items"].as_array().unwrap().clone();
        let one = list.get(slot % list.len().max(1))?;
        Some(format!("{EVENTS}/{}", one["id"].as_str().unwrap()))
    }

    fn apply(&mut self, step: &Step) {
        let (path, method, body) = match step {
            Step::Insert(day, series) => {
                let at = |clock: &str| format!("2026-11-{day:02}T{clock}:00");
                let mut body = timed("New", &at("09:00"), &at("09:30"));
                if *series {
                    body["recurrence"] = json!(["RRULE:FREQ=DAILY;COUNT=5"]);
                }
                let event = self.bench.google("POST", EVENTS, &body).expect(200);
                return self.ids.push(event["id"].as_str().unwrap().to_owned());
            }
            Step::Page => {
                self.page();
                return;
            }
            Step::Round => return self.round(),
            Step::Patch(event) => (self.pick(*event), "PATCH", json!({"summary": "Patched"})),
            Step::Delete(event) => (self.pick(*event), "DELETE", Value::Null),
            Step::Shorten(event) => {
                let rule = json!({"recurrence": ["RRULE:FREQ=DAILY;COUNT=2"]});
                let path = self.pick(*event);
                let seen = path
                    .as_ref()
                    .map(|path| self.bench.google("GET", path, &Value::Null).json());
                (
                    path.filter(|_| seen.is_some_and(|event| event.get("recurrence").is_some())),
                    "PATCH",
                    rule,
                )
            }
            Step::PatchInstance(event, slot) => (
                self.instance(*event, *slot),
                "PATCH",
                json!({"summary": "Special"}),
            ),
            Step::DeleteInstance(event, slot) => {
                (self.instance(*event, *slot), "DELETE", Value::Null)
            }
        };
        // The event may be gone by now: then the answer is an error and nothing changes.
        if let Some(path) = path {
            self.bench.google(method, &path, &body);
        }
    }

    /// Takes one page; true at the end of the round.
    fn page(&mut self) -> bool {
        let target = format!("{EVENTS}?{}", self.query);
        let page = self.bench.google("GET", &target, &Value::Null).expect(200);
        for item in page["items"].as_array().unwrap() {
            let id = item["id"].as_str().unwrap().to_owned();
            if item["status"] == "cancelled" && item.get("recurringEventId").is_none() {
                self.rows
                    .retain(|row, old| *row != id && old["recurringEventId"] != json!(id));
            } else {
                self.rows.insert(id, item.clone());
            }
        }
        if let Some(token) = page.get("nextSyncToken") {
            self.query = format!("syncToken={}", token.as_str().unwrap());
            return true;
        }
        let next = page["nextPageToken"].as_str().unwrap();
        let sync = self
            .query
            .split('&')
            .find(|part| part.starts_with("syncToken="));
        self.query = match sync {
            Some(sync) => format!("{sync}&pageToken={next}"),
            None => format!("pageToken={next}"),
        };
        false
    }

    fn round(&mut self) {
        while !self.page() {}
        // An exception lives no longer than its series.
        let rows = self.rows.clone();
        self.rows.retain(|_, item| {
            item["recurringEventId"]
                .as_str()
                .is_none_or(|master| rows.contains_key(master))
        });
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn following_sync_tokens_leads_to_the_full_list(steps in prop::collection::vec(step(), 1..40)) {
        let mut world = World::new();
        for step in &steps {
            world.apply(step);
        }
        world.round();
        world.round();
        let held = std::mem::take(&mut world.rows);
        world.query.clear();
        world.round();
        prop_assert_eq!(held, world.rows);
    }
}
