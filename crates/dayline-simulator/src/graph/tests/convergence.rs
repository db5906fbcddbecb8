//! Whatever happens to a calendar, and however oddly it is told, a client that follows delta and fetches a series' instances
//! when its master comes again ends with what the calendar view shows.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use serde_json::{Value, json};

use super::timed;
use crate::testing::{Bench, column};

const WINDOW: &str = "startDateTime=2026-11-01T00:00:00Z&endDateTime=2026-12-31T00:00:00Z";

#[derive(Debug, Clone)]
enum Step {
    Single(u32),
    Series(u32),
    Rename(usize),
    Move(usize, u32),
    Delete(usize),
    RenameOccurrence(usize, usize),
    DeleteOccurrence(usize, usize),
    ChangePattern(usize),
    /// One page of the current round.
    Page,
    /// The rest of the round.
    Round,
}

fn step() -> impl Strategy<Value = Step> {
    let event = 0_usize..20;
    let day = 1_u32..29;
    prop_oneof![
        day.clone().prop_map(Step::Single),
        day.clone().prop_map(Step::Series),
        event.clone().prop_map(Step::Rename),
        (event.clone(), day).prop_map(|(event, day)| Step::Move(event, day)),
        event.clone().prop_map(Step::Delete),
        (event.clone(), 0_usize..5).prop_map(|(event, slot)| Step::RenameOccurrence(event, slot)),
        (event.clone(), 0_usize..5).prop_map(|(event, slot)| Step::DeleteOccurrence(event, slot)),
        event.prop_map(Step::ChangePattern),
        Just(Step::Page),
        Just(Step::Round),
    ]
}

/// Any of the quirks that lose nothing.
fn quirks() -> impl Strategy<Value = Value> {
    let switches = prop::array::uniform6(any::<bool>());
    (switches, 1_usize..6).prop_map(|(on, size)| {
        json!({
            "page_size": size,
            "empty_pages": on[0],
            "replay": on[1],
            "repeated_items": on[2],
            "exceptions_first": on[3],
            "instances_first": on[4],
            "occurrence_tombstones": on[5],
        })
    })
}

struct World {
    bench: Bench,
    ids: Vec<String>,
    link: String,
    /// Id to master and start; masters themselves have no start.
    rows: BTreeMap<String, (String, String)>,
    stale: BTreeSet<String>,
}

fn at(day: u32) -> (String, String) {
    (
        format!("2026-11-{day:02}T09:00:00"),
        format!("2026-11-{day:02}T09:30:00"),
    )
}

fn daily(day: u32, count: u32) -> Value {
    json!({
        "pattern": {"type": "daily", "interval": 2},
        "range": {"type": "numbered", "startDate": format!("2026-11-{day:02}"), "numberOfOccurrences": count},
    })
}

impl World {
    fn new(quirks: &Value) -> Self {
        let mut bench = Bench::empty();
        bench.admin("POST", "/quirks", quirks).expect(200);
        let link = format!("/me/calendarView/delta?{WINDOW}");
        Self {
            bench,
            ids: Vec::new(),
            link,
            rows: BTreeMap::new(),
            stale: BTreeSet::new(),
        }
    }

    fn pick(&self, index: usize) -> Option<String> {
        self.ids
            .get(index % self.ids.len().max(1))
            .map(|id| format!("/me/events/{id}"))
    }

    fn instances(&mut self, master: &str) -> Vec<Value> {
        let path = format!("/me/events/{master}/instances?{WINDOW}&$top=999");
        let answer = self.bench.graph("GET", &path, &Value::Null);
        if answer.status == 200 {
            answer.json()["value"].as_array().unwrap().clone()
        } else {
            Vec::new()
        }
    }

    fn occurrence(&mut self, index: usize, slot: usize) -> Option<String> {
        let id = self.ids.get(index % self.ids.len().max(1))?.clone();
        let list = self.instances(&id);
        let one = list.get(slot % list.len().max(1))?;
        Some(format!("/me/events/{}", one["id"].as_str().unwrap()))
    }

    fn create(&mut self, day: u32, recurring: bool) {
        let (start, end) = at(day);
        let mut body = timed("New", &start, &end, "Europe/Berlin");
        if recurring {
            body["recurrence"] = daily(day, 5);
        }
        let event = self.bench.graph("POST", "/me/events", &body).expect(201);
        self.ids.push(event["id"].as_str().unwrap().to_owned());
    }

    fn apply(&mut self, step: &Step) {
        let (path, method, body) = match step {
            Step::Single(day) => return self.create(*day, false),
            Step::Series(day) => return self.create(*day, true),
            Step::Page => {
                self.page();
                return;
            }
            Step::Round => return self.round(),
            Step::Rename(event) => (self.pick(*event), "PATCH", json!({"subject": "Renamed"})),
            Step::Move(event, day) => {
                let (start, end) = at(*day);
                (
                    self.pick(*event),
                    "PATCH",
                    timed("Moved", &start, &end, "Europe/Berlin"),
                )
            }
            Step::Delete(event) => (self.pick(*event), "DELETE", Value::Null),
            Step::RenameOccurrence(event, slot) => (
                self.occurrence(*event, *slot),
                "PATCH",
                json!({"subject": "Special"}),
            ),
            Step::DeleteOccurrence(event, slot) => {
                (self.occurrence(*event, *slot), "DELETE", Value::Null)
            }
            Step::ChangePattern(event) => {
                let path = self.pick(*event);
                let seen = path
                    .as_ref()
                    .map(|path| self.bench.graph("GET", path, &Value::Null).json());
                let start = seen.and_then(|event| {
                    event["recurrence"]["range"]["startDate"]
                        .as_str()
                        .map(str::to_owned)
                });
                let Some(start) = start else { return };
                let day = start.rsplit('-').next().unwrap().parse().unwrap();
                (path, "PATCH", json!({"recurrence": daily(day, 3)}))
            }
        };
        // The event may be gone by now: then the answer is 404 and nothing changes.
        if let Some(path) = path {
            self.bench.graph(method, &path, &body);
        }
    }

    /// Takes one page; true at the end of the round.
    fn page(&mut self) -> bool {
        let page = self
            .bench
            .graph("GET", &self.link, &Value::Null)
            .expect(200);
        for item in page["value"].as_array().unwrap() {
            let id = item["id"].as_str().unwrap().to_owned();
            if item.get("@removed").is_some() {
                self.rows
                    .retain(|row, (master, _)| *row != id && *master != id);
            } else if item["type"] == "seriesMaster" {
                self.stale.insert(id);
            } else {
                self.take(item);
            }
        }
        let done = page.get("@odata.deltaLink");
        self.link = done
            .or_else(|| page.get("@odata.nextLink"))
            .unwrap()
            .as_str()
            .unwrap()
            .to_owned();
        done.is_some()
    }

    fn take(&mut self, item: &Value) {
        let master = item["seriesMasterId"]
            .as_str()
            .unwrap_or_default()
            .to_owned();
        let start = item["start"]["dateTime"].as_str().unwrap().to_owned();
        self.rows
            .insert(item["id"].as_str().unwrap().to_owned(), (master, start));
    }

    fn round(&mut self) {
        while !self.page() {}
        for master in std::mem::take(&mut self.stale) {
            self.rows.retain(|_, (of, _)| *of != master);
            for item in self.instances(&master) {
                self.take(&item);
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn following_delta_leads_to_the_calendar_view(
        steps in prop::collection::vec(step(), 1..40),
        quirks in quirks(),
    ) {
        let mut world = World::new(&quirks);
        for step in &steps {
            world.apply(step);
        }
        world.round();
        world.round();
        let view = world.bench.graph("GET", &format!("/me/calendarView?{WINDOW}&$top=999"), &Value::Null);
        let view = view.expect(200);
        let seen: BTreeMap<String, String> = view["value"]
            .as_array()
            .unwrap()
            .iter()
            .map(|item| (item["id"].as_str().unwrap().to_owned(), item["start"]["dateTime"].as_str().unwrap().to_owned()))
            .collect();
        prop_assert_eq!(column(&view["value"], "id").len(), seen.len(), "an id twice in one view");
        let held: BTreeMap<String, String> =
            world.rows.into_iter().map(|(id, (_, start))| (id, start)).collect();
        prop_assert_eq!(held, seen);
    }
}
