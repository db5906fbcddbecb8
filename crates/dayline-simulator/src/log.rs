//! The requests that the services have seen, for tests that count them.

use chrono::{DateTime, SecondsFormat, Utc};
use serde_json::{Value, json};

use crate::call::Call;
use crate::router::Target;

#[derive(Debug)]
struct Entry {
    seq: u64,
    time: DateTime<Utc>,
    method: String,
    path: String,
    query: String,
    status: u16,
    target: Target,
}

/// Requests in the order of their arrival.
#[derive(Debug, Default)]
pub(crate) struct Log {
    entries: Vec<Entry>,
    last: u64,
}

impl Log {
    pub(crate) fn push(&mut self, call: &Call, target: Target, status: u16) {
        self.last += 1;
        self.entries.push(Entry {
            seq: self.last,
            time: call.now,
            method: call.method.to_string(),
            path: call.path.clone(),
            query: call.raw_query.clone(),
            status,
            target,
        });
    }

    /// Entries after a sequence number.
    pub(crate) fn after(&self, seq: u64) -> Vec<Value> {
        self.entries
            .iter()
            .filter(|entry| entry.seq > seq)
            .map(|entry| {
                json!({
                    "seq": entry.seq,
                    "time": entry.time.to_rfc3339_opts(SecondsFormat::Millis, true),
                    "method": entry.method,
                    "path": entry.path,
                    "query": entry.query,
                    "status": entry.status,
                    "provider": entry.target.provider,
                    "kind": entry.target.kind,
                })
            })
            .collect()
    }

    /// Forgets the entries; sequence numbers go on.
    pub(crate) fn clear(&mut self) {
        self.entries.clear();
    }
}
