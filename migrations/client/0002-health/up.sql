CREATE TABLE sync_runs (
    -- One row a round of one calendar.
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    calendar_connection_id INTEGER NOT NULL
        REFERENCES calendar_connections (id) ON DELETE CASCADE,
    -- 'full' or 'delta'.
    kind TEXT NOT NULL CHECK (kind IN ('full', 'delta')),
    started_at_ms INTEGER NOT NULL,
    duration_ms INTEGER NOT NULL,
    pages INTEGER NOT NULL,
    calls INTEGER NOT NULL,
    bytes INTEGER NOT NULL,
    added INTEGER NOT NULL,
    updated INTEGER NOT NULL,
    removed INTEGER NOT NULL,
    -- 'ok', or a word for the failure.
    outcome TEXT NOT NULL
) STRICT;

CREATE INDEX sync_runs_calendar ON sync_runs (calendar_connection_id, started_at_ms);

CREATE TABLE quarantined_items (
    -- Events that could not be read, kept until a later version can.
    calendar_connection_id INTEGER NOT NULL
        REFERENCES calendar_connections (id) ON DELETE CASCADE,
    provider_event_id TEXT NOT NULL,
    raw TEXT NOT NULL,
    -- Why, without content.
    reason TEXT NOT NULL,
    seen_at_ms INTEGER NOT NULL,
    PRIMARY KEY (calendar_connection_id, provider_event_id)
) STRICT, WITHOUT ROWID;

-- The comment stands inside of the definition, where SQLite keeps it.
ALTER TABLE accounts ADD COLUMN last_success_at_ms
    -- When the account last worked from end to end; older versions did without.
    INTEGER;
