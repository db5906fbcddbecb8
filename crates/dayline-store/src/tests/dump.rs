//! Everything that a database holds, as text that can be compared.

use std::collections::BTreeMap;

use rusqlite::Connection;
use rusqlite::types::Value;

/// Table → its columns in the order of their definition.
pub(super) type Columns = BTreeMap<String, Vec<String>>;
/// Table → its rows, in a fixed order.
pub(super) type Rows = BTreeMap<String, Vec<Vec<String>>>;

/// The tables and the columns that can be written. A virtual table is a projection and is left out.
pub(super) fn columns(connection: &Connection) -> Columns {
    let mut statement = connection
        .prepare(
            "SELECT t.name, c.name FROM pragma_table_list t JOIN pragma_table_info(t.name) c
             WHERE t.schema = 'main' AND t.type = 'table' AND t.name NOT LIKE 'sqlite_%'
             ORDER BY t.name, c.cid",
        )
        .expect("the schema");
    let mut tables = Columns::new();
    let rows = statement
        .query_map([], |row| Ok((row.get::<_, String>(0)?, row.get(1)?)))
        .expect("columns");
    for row in rows {
        let (table, column) = row.expect("a column");
        tables.entry(table).or_default().push(column);
    }
    tables
}

/// What stands in these columns.
pub(super) fn rows(connection: &Connection, columns: &Columns) -> Rows {
    columns
        .iter()
        .map(|(table, names)| (table.clone(), table_rows(connection, table, names)))
        .collect()
}

fn table_rows(connection: &Connection, table: &str, names: &[String]) -> Vec<Vec<String>> {
    let list = names.join(", ");
    let mut statement = connection
        .prepare(&format!("SELECT {list} FROM {table} ORDER BY {list}"))
        .expect("the table with these columns");
    statement
        .query_map([], |row| {
            (0..names.len())
                .map(|index| row.get::<_, Value>(index).map(|value| format!("{value:?}")))
                .collect()
        })
        .expect("rows")
        .collect::<Result<_, _>>()
        .expect("a row")
}
