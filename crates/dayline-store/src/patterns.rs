//! The user's own patterns of meeting links.

use crate::{Read, StoreError, Write};

/// A pattern as it was entered; whether it means anything is not judged here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PatternRow {
    /// Its name; no two are alike, whatever their case.
    pub name: String,
    /// The expression.
    pub expression: String,
}

impl Read<'_> {
    /// All patterns, in the order in which they are tried.
    pub fn join_patterns(&self) -> Result<Vec<PatternRow>, StoreError> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT name, expression FROM join_patterns ORDER BY id")?;
        let rows = statement.query_map([], |row| {
            Ok(PatternRow {
                name: row.get(0)?,
                expression: row.get(1)?,
            })
        })?;
        rows.collect::<Result<_, _>>().map_err(StoreError::from)
    }
}

impl Write<'_> {
    /// Adds a pattern behind the others. False if its name is taken.
    pub fn add_join_pattern(&self, pattern: &PatternRow) -> Result<bool, StoreError> {
        let added = self.run(
            "INSERT INTO join_patterns (name, expression) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
            [&pattern.name, &pattern.expression],
        )?;
        Ok(added > 0)
    }

    /// Removes a pattern. False if there is none of that name.
    pub fn remove_join_pattern(&self, name: &str) -> Result<bool, StoreError> {
        let removed = self.run("DELETE FROM join_patterns WHERE name = ?1", [name])?;
        Ok(removed > 0)
    }
}
