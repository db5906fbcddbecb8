//! The user's choices, and what the database knows about itself.

use rusqlite::OptionalExtension;

use crate::{Read, StoreError, Write};

impl Read<'_> {
    /// The value under `key`.
    pub fn find_setting(&self, key: &str) -> Result<Option<String>, StoreError> {
        let value = self
            .row("SELECT value FROM settings WHERE key = ?1", [key], |row| {
                row.get(0)
            })
            .optional()?;
        Ok(value)
    }

    /// What is set, without the values.
    pub fn setting_names(&self) -> Result<Vec<String>, StoreError> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT key FROM settings ORDER BY key")?;
        let names = statement.query_map([], |row| row.get(0))?;
        names.collect::<Result<_, _>>().map_err(StoreError::from)
    }
}

impl Write<'_> {
    /// Keeps `value` under `key`.
    pub fn put_setting(&self, key: &str, value: &str) -> Result<(), StoreError> {
        self.run(
            "INSERT INTO settings (key, value) VALUES (?1, ?2)
             ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            [key, value],
        )?;
        Ok(())
    }

    /// Forgets `key`.
    pub fn remove_setting(&self, key: &str) -> Result<(), StoreError> {
        self.run("DELETE FROM settings WHERE key = ?1", [key])?;
        Ok(())
    }
}
