//! What was done about accounts, calendars and keys.

use std::fmt::Write as _;

use chrono::NaiveTime;
use dayline_engine::{AuditEntry, Engine};

use crate::arguments::Audit;
use crate::output::Output;

pub(crate) fn run(engine: &Engine, options: &Audit, output: &Output) -> anyhow::Result<bool> {
    let since = options
        .since
        .map(|date| date.and_time(NaiveTime::MIN).and_utc());
    let rows = engine.audit(since, options.limit)?;
    output.give(&rows, |rows| text(rows))?;
    Ok(true)
}

fn text(rows: &[AuditEntry]) -> String {
    if rows.is_empty() {
        return "Nothing was kept.".to_owned();
    }
    let mut text = String::new();
    for row in rows {
        let at = row.at.get(..19).unwrap_or(&row.at).replace('T', " ");
        // A string takes everything.
        let _ = write!(text, "{at}  {}: {}", row.action, row.outcome);
        for (name, id) in [("account", &row.account_id), ("calendar", &row.calendar_id)] {
            if let Some(id) = id {
                let _ = write!(text, "  {name} {id}");
            }
        }
        if let Some(details) = &row.details {
            let _ = write!(text, "  {details}");
        }
        text.push('\n');
    }
    text
}
