//! Does what is told of one event equal what its provider has?

use std::collections::BTreeSet;

use dayline_engine::ProviderKind;
use rand::seq::IteratorRandom;
use rand_chacha::ChaCha8Rng;
use serde_json::{Value, json};

use super::Life;
use crate::world::agenda;
use crate::world::oracle::{Known, Seen};

/// How many events are read closely.
const LOOKED_AT: usize = 6;

impl Life {
    /// Some events, in every detail that an edit changes.
    pub(super) fn read_details(&self, truth: &[Known], rng: &mut ChaCha8Rng) -> Result<(), String> {
        let engine = &self.process.engine;
        let items = agenda(engine, self.window.from, self.window.to);
        let chosen = items.into_iter().choose_multiple(rng, LOOKED_AT);
        for item in chosen {
            let (id, join) = (item.id.clone(), item.join_url.clone());
            let Some(seen) = Seen::all(vec![item], self.window).pop() else {
                continue;
            };
            // What looks the same twice cannot be told apart here.
            let mut same = truth.iter().filter(|known| known.seen == seen);
            let (Some(known), None) = (same.next(), same.next()) else {
                continue;
            };
            let details = engine
                .details(&id, "UTC")
                .map_err(|error| format!("details of {seen:?}: {error}"))?;
            let told = told(&serde_json::to_value(&details).unwrap());
            let expected = match known.provider {
                ProviderKind::Microsoft => of_graph(&known.item),
                ProviderKind::Google => of_google(&known.item),
            };
            // No edit puts a link anywhere but where the provider has a field for it.
            let link = ["/onlineMeeting/joinUrl", "/hangoutLink"]
                .into_iter()
                .find_map(|field| known.item.pointer(field)?.as_str());
            if join.as_deref() != link {
                return Err(format!("{seen:?} is joined at {join:?}, not at {link:?}"));
            }
            if told != expected {
                return Err(format!(
                    "details of {seen:?}:\ntold     {told}\nexpected {expected}"
                ));
            }
        }
        Ok(())
    }
}

fn text<'a>(value: &'a Value, pointer: &str) -> &'a str {
    value.pointer(pointer).and_then(Value::as_str).unwrap_or("")
}

fn list<'a>(value: &'a Value, pointer: &str) -> impl Iterator<Item = &'a Value> {
    let list = value.pointer(pointer).and_then(Value::as_array);
    list.into_iter().flatten()
}

/// What a window is told.
fn told(details: &Value) -> Value {
    let people: BTreeSet<&str> = list(details, "/attendees")
        .map(|attendee| text(attendee, "/person/email"))
        .collect();
    let reminders: BTreeSet<i64> = list(details, "/reminders/own")
        .filter_map(|reminder| reminder["minutes"].as_i64())
        .collect();
    json!({
        "show_as": details["occurrence"]["showAs"],
        "sensitivity": details["sensitivity"],
        "attendees": people,
        "reminders": reminders,
        "words": words(text(details, "/descriptionHtml")),
        "recurring": details["occurrence"]["recurring"],
    })
}

/// The words of a description, without its markup.
fn words(html: &str) -> String {
    let mut words = String::new();
    let mut inside = false;
    for character in html.chars() {
        match character {
            '<' => inside = true,
            '>' => inside = false,
            _ if !inside => words.push(character),
            _ => {}
        }
    }
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Graph, "event resource type".
fn of_graph(item: &Value) -> Value {
    let people: BTreeSet<&str> = list(item, "/attendees")
        .map(|attendee| text(attendee, "/emailAddress/address"))
        .collect();
    let reminders: BTreeSet<i64> = item["reminderMinutesBeforeStart"]
        .as_i64()
        .filter(|_| item["isReminderOn"] == true)
        .into_iter()
        .collect();
    json!({
        "show_as": match text(item, "/showAs") {
            "free" => "free",
            "tentative" => "tentative",
            "oof" => "oof",
            "workingElsewhere" => "working_elsewhere",
            _ => "busy",
        },
        "sensitivity": text(item, "/sensitivity"),
        "attendees": people,
        "reminders": reminders,
        "words": words(text(item, "/body/content")),
        "recurring": !text(item, "/seriesMasterId").is_empty(),
    })
}

/// Google, "Events: the resource".
fn of_google(item: &Value) -> Value {
    let people: BTreeSet<&str> = list(item, "/attendees")
        .map(|attendee| text(attendee, "/email"))
        .collect();
    let reminders: BTreeSet<i64> = list(item, "/reminders/overrides")
        .filter_map(|reminder| reminder["minutes"].as_i64())
        .collect();
    json!({
        "show_as": if text(item, "/transparency") == "transparent" { "free" } else { "busy" },
        "sensitivity": match text(item, "/visibility") {
            "private" => "private",
            "confidential" => "confidential",
            _ => "normal",
        },
        "attendees": people,
        "reminders": reminders,
        "words": words(text(item, "/description")),
        "recurring": !text(item, "/recurringEventId").is_empty(),
    })
}
