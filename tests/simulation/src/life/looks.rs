//! What has to hold at every step.

use std::collections::BTreeSet;

use dayline_engine::view::RangeQuery;

use super::Life;
use crate::history::Act;
use crate::logs::find_secret;
use crate::world::agenda;
use crate::world::oracle::{Known, Seen, Window, missing};

impl Life {
    /// Whatever happens: what everybody agreed on and nobody touched is shown, nothing is shown
    /// twice, and reading works.
    pub(super) fn look(&self) -> Result<(), String> {
        self.look_at(self.window, &self.untouched)?;
        match &self.far {
            Some((window, untouched)) => self.look_at(*window, untouched),
            None => Ok(()),
        }
    }

    fn look_at(&self, window: Window, untouched: &[Known]) -> Result<(), String> {
        let items = agenda(&self.process.engine, window.from, window.to);
        let mut ids = BTreeSet::new();
        if let Some(twice) = items.iter().find(|item| !ids.insert(item.id.clone())) {
            return Err(format!("it is shown twice: {}", twice.id));
        }
        let shown = Seen::all(items, window);
        self.weather.mark(&format!("{shown:?}"));
        let mut untouched: Vec<Seen> = untouched.iter().map(|known| known.seen.clone()).collect();
        untouched.sort();
        match missing(&untouched, &shown).first() {
            Some(lost) => Err(format!("nobody touched it, and it is not shown: {lost:?}")),
            None => Ok(()),
        }
    }

    /// Between two steps: all of that, and everything else that people may open.
    pub(super) fn look_around(&self, after: Act) -> Result<(), String> {
        // What happens at the providers alone changes nothing here.
        if after.is_elsewhere() {
            return Ok(());
        }
        self.look()?;
        let engine = &self.process.engine;
        let read = |what: &str, error: dayline_engine::Error| format!("{what}: {error}");
        let since = self.today - chrono::NaiveDate::default();
        let range = engine
            .range(&RangeQuery {
                from_day: i32::try_from(since.num_days()).unwrap() - 10,
                days: 31,
                zone: "Europe/Berlin".to_owned(),
                filter: String::new(),
                merge_copies: true,
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
