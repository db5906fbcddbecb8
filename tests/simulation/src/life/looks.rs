//! What has to hold at every step.

use std::collections::BTreeSet;

use dayline_engine::view::RangeQuery;

use super::Life;
use crate::logs::find_secret;
use crate::world::oracle::{Seen, missing};
use crate::world::{World, agenda};

impl Life {
    /// Whatever happens: what everybody agreed on and nobody touched is shown, nothing is shown
    /// twice, and reading works.
    pub(super) fn look(&self) -> Result<(), String> {
        let engine = &self.process.engine;
        let shown = World::shown(engine, self.window);
        let mut untouched: Vec<Seen> = self
            .untouched
            .iter()
            .map(|known| known.seen.clone())
            .collect();
        untouched.sort();
        if let Some(lost) = missing(&untouched, &shown).first() {
            return Err(format!("nobody touched it, and it is not shown: {lost:?}"));
        }
        let mut ids = BTreeSet::new();
        for item in agenda(engine, self.window.from, self.window.to) {
            if !ids.insert(item.id.clone()) {
                return Err(format!("it is shown twice: {}", item.id));
            }
        }
        Ok(())
    }

    /// Between two steps: all of that, and everything else that people may open.
    pub(super) fn look_around(&self) -> Result<(), String> {
        self.look()?;
        let engine = &self.process.engine;
        let read = |what: &str, error: dayline_engine::Error| format!("{what}: {error}");
        let range = engine
            .range(&RangeQuery {
                from_day: 20_000,
                days: 31,
                zone: "Europe/Berlin".to_owned(),
                filter: dayline_engine::view::FilterQuery::default(),
            })
            .map_err(|error| read("the week cannot be read", error))?;
        let accounts = engine
            .accounts()
            .map_err(|error| read("the accounts cannot be read", error))?;
        let changes = engine
            .changes(50, "Europe/Berlin")
            .map_err(|error| read("the changes cannot be read", error))?;
        let told = serde_json::json!([range, accounts, changes]).to_string();
        if let Some(secret) = find_secret(told.as_bytes()) {
            return Err(format!("a window is told {secret}"));
        }
        self.weather
            .mark(&format!("{:?}", World::shown(engine, self.window)));
        Ok(())
    }

    /// No token lies readable on the disk.
    pub(super) fn look_at_the_disk(&self) -> Result<(), String> {
        let mut folders = vec![self.world.folder.path().to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(&folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else if let Some(secret) = find_secret(&std::fs::read(&path).unwrap()) {
                    let name = path.file_name().unwrap_or_default();
                    return Err(format!("{} holds {secret}", name.display()));
                }
            }
        }
        Ok(())
    }
}
