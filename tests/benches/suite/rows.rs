//! The rows of a synced database in memory, to be written again as plainly as can be.

use std::collections::BTreeMap;

use anyhow::{Context, Result, ensure};
use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};

/// Tables of the sync that belong to no event, or to the time that it ran.
const OF_NO_EVENT: &[&str] = &["sync_runs", "lease", "oauth_states"];

/// Pages whose words go into one transaction.
const PAGES_OF_WORDS: usize = 5;

/// Rows of one table.
struct Table {
    insert: String,
    rows: Vec<Vec<Value>>,
}

/// The texts of an event in the search index.
struct Words {
    event: i64,
    title: String,
    place: String,
    people: String,
    body: String,
}

/// Everything that a sync left.
pub struct Rows {
    /// Accounts, calendars, categories and what else is there before any event.
    base: Vec<Table>,
    /// Event rows and their parts, page by page.
    pages: Vec<Vec<Table>>,
    /// The words of each page's events.
    words: Vec<Vec<Words>>,
    /// Rows in each table.
    counts: BTreeMap<String, i64>,
}

impl Rows {
    /// Reads everything, with `page` events on a page in the order in which they were added.
    pub fn read(connection: &Connection, page: usize) -> Result<Self> {
        let events: Vec<i64> = connection
            .prepare("SELECT id FROM calendar_events ORDER BY id")?
            .query_map([], |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        let spans: Vec<(i64, i64)> = events
            .chunks(page)
            .filter_map(|ids| Some((*ids.first()?, *ids.last()?)))
            .collect();
        let mut rows = Self {
            base: Vec::new(),
            pages: spans.iter().map(|_| Vec::new()).collect(),
            words: Vec::new(),
            counts: counts(connection)?,
        };
        // Events first, for their parts refer to them.
        let mut tables: Vec<String> = rows.counts.keys().cloned().collect();
        tables.sort_by_key(|name| (name != "calendar_events", name.clone()));
        for name in tables {
            let columns = columns(connection, &name)?;
            let key = match name.as_str() {
                "calendar_events" => Some("id"),
                _ => columns
                    .iter()
                    .map(String::as_str)
                    .find(|column| *column == "event_id"),
            };
            match key {
                Some(key) => {
                    for (tables, span) in rows.pages.iter_mut().zip(&spans) {
                        let condition = format!("WHERE {key} BETWEEN {} AND {}", span.0, span.1);
                        tables.push(Table::read(connection, &name, &columns, &condition)?);
                    }
                }
                None => rows
                    .base
                    .push(Table::read(connection, &name, &columns, "")?),
            }
        }
        for span in &spans {
            rows.words.push(words(connection, *span)?);
        }
        Ok(rows)
    }

    /// Writes what is there before any event.
    pub fn insert_base(&self, connection: &Connection) -> Result<()> {
        connection.pragma_update(None, "foreign_keys", false)?;
        for table in &self.base {
            table.insert(connection)?;
        }
        connection.pragma_update(None, "foreign_keys", true)?;
        Ok(())
    }

    /// Writes a page's rows in one transaction, and notes whose words are missing.
    pub fn insert_page(&self, connection: &Connection, number: usize) -> Result<()> {
        let transaction = connection.unchecked_transaction()?;
        for table in self.pages.get(number).context("a page")? {
            table.insert(&transaction)?;
        }
        let mut pending =
            transaction.prepare_cached("INSERT INTO search_pending (event_id) VALUES (?1)")?;
        for text in self.words.get(number).context("a page")? {
            pending.execute([text.event])?;
        }
        drop(pending);
        transaction.commit()?;
        Ok(())
    }

    /// Writes the words of all events, some pages a transaction.
    pub fn insert_words(&self, connection: &Connection) -> Result<()> {
        for pages in self.words.chunks(PAGES_OF_WORDS) {
            let transaction = connection.unchecked_transaction()?;
            let mut insert = transaction.prepare_cached(
                "INSERT INTO event_search (rowid, title, place, people, body)
                 VALUES (?1, ?2, ?3, ?4, ?5)",
            )?;
            let mut done =
                transaction.prepare_cached("DELETE FROM search_pending WHERE event_id = ?1")?;
            for text in pages.iter().flatten() {
                done.execute([text.event])?;
                insert.execute((
                    text.event,
                    &text.title,
                    &text.place,
                    &text.people,
                    &text.body,
                ))?;
            }
            drop((insert, done));
            transaction.commit()?;
        }
        Ok(())
    }

    /// Makes sure that a copy holds as many rows in every table.
    pub fn check(&self, copy: &Connection) -> Result<()> {
        let copied = counts(copy)?;
        ensure!(
            copied == self.counts,
            "the peer wrote {copied:?}, Dayline {:?}",
            self.counts
        );
        let indexed: i64 =
            copy.query_row("SELECT count(*) FROM event_search", [], |row| row.get(0))?;
        let wanted: usize = self.words.iter().map(Vec::len).sum();
        ensure!(
            usize::try_from(indexed)? == wanted,
            "the peer indexed {indexed} events"
        );
        Ok(())
    }
}

impl Table {
    fn read(
        connection: &Connection,
        name: &str,
        columns: &[String],
        condition: &str,
    ) -> Result<Self> {
        let list = columns.join(", ");
        let places = vec!["?"; columns.len()].join(", ");
        let order = if columns.iter().any(|column| column == "id") {
            "ORDER BY id"
        } else {
            ""
        };
        let mut statement =
            connection.prepare(&format!("SELECT {list} FROM {name} {condition} {order}"))?;
        let rows = statement.query_map([], |row| {
            (0..columns.len())
                .map(|at| row.get(at))
                .collect::<rusqlite::Result<Vec<Value>>>()
        })?;
        Ok(Self {
            insert: format!("INSERT OR REPLACE INTO {name} ({list}) VALUES ({places})"),
            rows: rows.collect::<rusqlite::Result<_>>()?,
        })
    }

    fn insert(&self, connection: &Connection) -> Result<()> {
        if self.rows.is_empty() {
            return Ok(());
        }
        let mut insert = connection.prepare_cached(&self.insert)?;
        for row in &self.rows {
            insert.execute(params_from_iter(row))?;
        }
        Ok(())
    }
}

/// How many rows each table has, without those of the index and of SQLite itself.
fn counts(connection: &Connection) -> Result<BTreeMap<String, i64>> {
    let mut statement = connection.prepare(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
             AND name NOT LIKE 'event\\_search%' ESCAPE '\\'",
    )?;
    let names = statement.query_map([], |row| row.get::<_, String>(0))?;
    let mut counts = BTreeMap::new();
    for name in names {
        let name = name?;
        if OF_NO_EVENT.contains(&name.as_str()) {
            continue;
        }
        let query = format!("SELECT count(*) FROM {name}");
        let count = connection.query_row(&query, [], |row| row.get(0))?;
        counts.insert(name, count);
    }
    Ok(counts)
}

/// The columns of a table that can be written.
fn columns(connection: &Connection, table: &str) -> Result<Vec<String>> {
    let mut statement =
        connection.prepare("SELECT name FROM pragma_table_xinfo(?1) WHERE hidden = 0")?;
    let names = statement.query_map([table], |row| row.get(0))?;
    Ok(names.collect::<rusqlite::Result<_>>()?)
}

/// The words of events, without the markup of their descriptions.
fn words(connection: &Connection, (first, last): (i64, i64)) -> Result<Vec<Words>> {
    let mut statement = connection.prepare(
        "SELECT e.id, e.title, coalesce(e.location, ''),
             coalesce(e.organizer_name, '') || ' ' || coalesce(e.organizer_email, '') || ' '
                 || (SELECT group_concat(coalesce(a.name, '') || ' ' || coalesce(a.email, ''), ' ')
                     FROM event_attendees a WHERE a.event_id = e.id),
             coalesce(e.description, '')
         FROM calendar_events e WHERE e.id BETWEEN ?1 AND ?2 ORDER BY e.id",
    )?;
    let rows = statement.query_map([first, last], |row| {
        Ok(Words {
            event: row.get(0)?,
            title: row.get(1)?,
            place: row.get(2)?,
            people: row.get::<_, Option<String>>(3)?.unwrap_or_default(),
            body: without_markup(&row.get::<_, String>(4)?),
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

fn without_markup(html: &str) -> String {
    let mut text = String::new();
    for (number, part) in html.split('<').enumerate() {
        let after = if number == 0 {
            Some(part)
        } else {
            part.split_once('>').map(|(_, rest)| rest)
        };
        text.push(' ');
        text.push_str(after.unwrap_or_default());
    }
    text
}
