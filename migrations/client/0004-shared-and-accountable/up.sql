-- The comments stand inside of the definitions, where SQLite keeps them.

ALTER TABLE accounts ADD COLUMN cloud
    -- Which of Microsoft's clouds it lives in; 'global' for everybody else.
    TEXT NOT NULL DEFAULT 'global'
        CHECK (cloud IN ('global', 'us-gov-high', 'us-gov-dod', 'china'));

ALTER TABLE accounts ADD COLUMN tenant
    -- The organisation that it belongs to, as its id token says; tells personal accounts apart.
    TEXT;

ALTER TABLE accounts ADD COLUMN problem_code
    -- The word for what is wrong, from which follows what can be done; NULL when nothing is.
    TEXT;

ALTER TABLE accounts ADD COLUMN claims
    -- What the next sign-in has to prove (OpenID Connect `claims`), as the provider asked; JSON.
    TEXT;

ALTER TABLE oauth_states ADD COLUMN cloud
    -- Whose sign-in was asked.
    TEXT NOT NULL DEFAULT 'global'
        CHECK (cloud IN ('global', 'us-gov-high', 'us-gov-dod', 'china'));

ALTER TABLE oauth_states ADD COLUMN scopes
    -- Space-separated, as asked for; an answer that names none granted these.
    TEXT NOT NULL DEFAULT '';

ALTER TABLE calendar_connections ADD COLUMN delegate_email
    -- The address of the person whose calendar it is, if it is somebody else's.
    TEXT;

ALTER TABLE calendar_connections ADD COLUMN can_push
    -- Whether its provider can tell of changes by itself.
    INTEGER NOT NULL DEFAULT 1 CHECK (can_push IN (0, 1));

ALTER TABLE event_links ADD COLUMN label
    -- The name of the user's pattern that found it.
    TEXT;

CREATE TABLE shared_mailboxes (
    -- Colleagues whose main calendar an account reads in their own mailbox. No provider lists
    -- these; the user names them.
    account_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    email TEXT NOT NULL COLLATE NOCASE,
    added_at_ms INTEGER NOT NULL,
    -- Why its calendar could not be read when it was listed last, in the user's words; NULL: it
    -- could. A calendar that is refused twice in a row goes.
    problem TEXT,
    PRIMARY KEY (account_id, email)
) STRICT, WITHOUT ROWID;

CREATE TABLE join_patterns (
    -- Meeting links of the user's own services, in the order in which they are tried.
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL UNIQUE COLLATE NOCASE,
    -- 'https://HOST/REST': REST is a regular expression for path and query.
    expression TEXT NOT NULL
) STRICT;

CREATE TABLE audit_logs (
    -- What was done about accounts, calendars and keys: never what stands in a calendar, and no
    -- addresses. Rows are added, and after 90 days moved to a file; none is changed.
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at_ms INTEGER NOT NULL,
    -- A word such as 'sign_in', 'sync' or 'keys_rotated'.
    action TEXT NOT NULL,
    -- Numbers of rows that may be gone by now.
    account_id INTEGER,
    calendar_connection_id INTEGER,
    -- 'ok', or a word for the failure.
    outcome TEXT NOT NULL,
    -- Counts, as a JSON object; NULL: none.
    details TEXT
) STRICT;
CREATE INDEX audit_logs_at ON audit_logs (at_ms);
CREATE TRIGGER audit_logs_stand BEFORE UPDATE ON audit_logs BEGIN
    SELECT RAISE(ABORT, 'a row of audit_logs is never changed');
END;

-- For the last 30 days of every calendar, and for forgetting what is older.
CREATE INDEX sync_runs_started ON sync_runs (started_at_ms);
