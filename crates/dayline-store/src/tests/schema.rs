//! docs/schema.sql: what the migrations lead to, in one place, with its comments.

use std::fmt::Write as _;
use std::path::PathBuf;

use crate::{LATEST, migrations};

const HEAD: &str = "\
-- Dayline's database, as the migrations in migrations/client leave it.
-- Written by `cargo xtask codegen`; a test keeps it equal to the migrations.
--
-- Times that end in _ms are milliseconds since 1970-01-01T00:00:00Z. Journal: WAL. Foreign keys: on.
";

struct Part {
    kind: String,
    name: String,
    sql: String,
}

/// Tables in the order of their making, each followed by its indexes.
fn parts() -> Vec<Part> {
    let connection = migrations::fresh(LATEST).expect("the schema");
    let mut statement = connection
        .prepare(
            "SELECT s.type, s.name, s.sql FROM sqlite_schema s
             JOIN sqlite_schema t ON t.type = 'table' AND t.name = s.tbl_name
             JOIN pragma_table_list l ON l.schema = 'main' AND l.name = t.name
             WHERE s.sql IS NOT NULL AND s.name NOT LIKE 'sqlite_%' AND l.type <> 'shadow'
             ORDER BY t.rowid, s.type <> 'table', s.name",
        )
        .expect("the schema");
    statement
        .query_map([], |row| {
            Ok(Part {
                kind: row.get(0)?,
                name: row.get(1)?,
                sql: row.get(2)?,
            })
        })
        .expect("parts")
        .collect::<Result<_, _>>()
        .expect("a part")
}

fn document() -> String {
    let mut text = HEAD.to_owned();
    writeln!(text, "PRAGMA user_version = {LATEST};").expect("a line");
    for part in parts() {
        let gap = if part.kind == "table" { "\n" } else { "" };
        writeln!(text, "{gap}{};", part.sql).expect("a part");
    }
    text
}

#[test]
fn schema_document_equals_the_migrations() {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../docs/schema.sql");
    let wanted = document();
    if std::env::var_os("UPDATE_SCHEMA").is_some() {
        std::fs::write(&path, &wanted).expect("docs/schema.sql");
    }
    let found = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        found.replace("\r\n", "\n") == wanted,
        "docs/schema.sql is not what the migrations say: run `cargo xtask codegen`"
    );
}

#[test]
fn the_schema_document_makes_the_same_schema() {
    let written = rusqlite::Connection::open_in_memory().expect("a database");
    written
        .execute_batch(&document())
        .expect("SQL that can be run");
    let migrated = migrations::fresh(LATEST).expect("the schema");
    assert_eq!(
        super::dump::columns(&written),
        super::dump::columns(&migrated)
    );
    assert_eq!(migrations::version(&written).expect("a version"), LATEST);
}

#[test]
fn the_schema_says_of_each_table_what_it_is_for() {
    for part in parts().iter().filter(|part| part.kind == "table") {
        let mut lines = part.sql.lines();
        let head = lines.next().unwrap_or_default();
        assert!(head.ends_with('('), "{head}");
        let comment = lines.next().unwrap_or_default().trim();
        assert!(
            comment.starts_with("-- ") && comment.len() > 10,
            "{} begins with {comment:?} instead of a comment",
            part.name
        );
    }
}

#[test]
fn the_schema_is_strict() {
    let virtual_table = |part: &Part| part.sql.starts_with("CREATE VIRTUAL TABLE");
    for part in parts()
        .iter()
        .filter(|part| part.kind == "table" && !virtual_table(part))
    {
        let tail = part
            .sql
            .rsplit(')')
            .next()
            .unwrap_or_default()
            .to_uppercase();
        assert!(
            tail.split(',').any(|word| word.trim() == "STRICT"),
            "{} is not STRICT",
            part.name
        );
    }
}
