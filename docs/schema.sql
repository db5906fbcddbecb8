-- Dayline's database, as the migrations in migrations/client leave it.
-- Written by `cargo xtask codegen`; a test keeps it equal to the migrations.
--
-- Times that end in _ms are milliseconds since 1970-01-01T00:00:00Z. Journal: WAL. Foreign keys: on.
PRAGMA user_version = 5;

CREATE TABLE accounts (
    -- One signed-in identity.
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    provider TEXT NOT NULL CHECK (provider IN ('microsoft', 'google')),
    -- The address that names the account.
    email TEXT NOT NULL COLLATE NOCASE,
    display_name TEXT,
    -- The OAuth client it signed in with; a refresh token works with no other.
    client_id TEXT NOT NULL,
    -- AES-256-GCM, key in the operating system's keyring, associated data accounts/<id>/<column>.
    sealed_access_token BLOB CHECK (length(sealed_access_token) > 28),
    sealed_refresh_token BLOB CHECK (length(sealed_refresh_token) > 28),
    token_expires_at_ms INTEGER,
    -- Space-separated, as granted.
    granted_scopes TEXT NOT NULL DEFAULT '',
    -- 'ready', 'offline', 'needs_sign_in' or 'failing'; 'syncing' is never stored.
    status TEXT NOT NULL DEFAULT 'ready'
        CHECK (status IN ('ready', 'offline', 'needs_sign_in', 'failing')),
    -- Why, in the user's words.
    problem TEXT,
    -- When the list of calendars was last read.
    calendars_listed_at_ms INTEGER,
    created_at_ms INTEGER NOT NULL, last_success_at_ms
    -- When the account last worked from end to end; older versions did without.
    INTEGER, cloud
    -- Which of Microsoft's clouds it lives in; 'global' for everybody else.
    TEXT NOT NULL DEFAULT 'global'
        CHECK (cloud IN ('global', 'us-gov-high', 'us-gov-dod', 'china')), tenant
    -- The organisation that it belongs to, as its id token says; tells personal accounts apart.
    TEXT, problem_code
    -- The word for what is wrong, from which follows what can be done; NULL when nothing is.
    TEXT, claims
    -- What the next sign-in has to prove (OpenID Connect `claims`), as the provider asked; JSON.
    TEXT, push_by_mailbox
    -- Whether its provider takes a subscription for the whole mailbox only.
    INTEGER NOT NULL DEFAULT 0 CHECK (push_by_mailbox IN (0, 1)),
    UNIQUE (provider, email)
) STRICT;

CREATE TABLE calendar_connections (
    -- One calendar of an account.
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    account_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    -- The provider's id. Opaque, case-sensitive.
    calendar_id TEXT NOT NULL,
    calendar_name TEXT NOT NULL,
    -- '#rrggbb' as the provider gives it.
    calendar_color TEXT NOT NULL,
    -- Place in the provider's list.
    position INTEGER NOT NULL DEFAULT 0,
    is_primary INTEGER NOT NULL DEFAULT 0 CHECK (is_primary IN (0, 1)),
    can_edit INTEGER NOT NULL DEFAULT 0 CHECK (can_edit IN (0, 1)),
    -- The provider's word for the user's rights.
    access_role TEXT NOT NULL DEFAULT '',
    -- Whose it is, if not the account's own.
    owner TEXT,
    time_zone TEXT,
    -- Synced to this computer.
    is_connected INTEGER NOT NULL DEFAULT 0 CHECK (is_connected IN (0, 1)),
    -- Shown in views.
    is_visible INTEGER NOT NULL DEFAULT 1 CHECK (is_visible IN (0, 1)),
    -- Where the next delta round starts; NULL: with a full round.
    sync_token TEXT,
    -- The round that runs: 'full', 'confirm' (a full one listed a second time because it would
    -- remove much) or 'delta'; NULL between rounds.
    round TEXT CHECK (round IN ('full', 'confirm', 'delta')),
    -- The next page of that round; NULL: its first page.
    page_cursor TEXT,
    -- Counts full rounds; rows that a full round listed carry its number.
    generation INTEGER NOT NULL DEFAULT 0,
    -- The window that the last full round listed.
    window_start_ms INTEGER,
    window_end_ms INTEGER,
    last_synced_at_ms INTEGER,
    -- Why the last round failed, in the user's words.
    last_error TEXT, delegate_email
    -- The address of the person whose calendar it is, if it is somebody else's.
    TEXT, can_push
    -- Whether its provider can tell of changes by itself.
    INTEGER NOT NULL DEFAULT 1 CHECK (can_push IN (0, 1)), push_wanted
    -- Whether the user lets its provider tell of changes by itself.
    INTEGER NOT NULL DEFAULT 1 CHECK (push_wanted IN (0, 1)),
    UNIQUE (account_id, calendar_id)
) STRICT;

CREATE TABLE calendar_events (
    -- The last state that the provider confirmed: single events, series masters, exceptions.
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    calendar_connection_id INTEGER NOT NULL
        REFERENCES calendar_connections (id) ON DELETE CASCADE,
    provider_event_id TEXT NOT NULL,
    ical_uid TEXT,
    kind TEXT NOT NULL CHECK (kind IN ('single', 'master', 'exception')),
    -- Of an exception: the provider's id of its master.
    series_master_id TEXT,
    -- Of an exception: RECURRENCE-ID, RFC 3339 in UTC, or a date.
    original_start TEXT,
    title TEXT NOT NULL DEFAULT '',
    description TEXT,
    description_type TEXT CHECK (description_type IN ('html', 'text')),
    location TEXT,
    all_day INTEGER NOT NULL CHECK (all_day IN (0, 1)),
    -- The truth: wall time as written ('2026-11-20T09:00:00'), or a date; the end is exclusive.
    start_local TEXT NOT NULL,
    start_zone TEXT,
    end_local TEXT NOT NULL,
    end_zone TEXT,
    -- Derived from it; of all-day events the dates as if in UTC.
    start_ms INTEGER NOT NULL,
    end_ms INTEGER NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('tentative', 'confirmed', 'cancelled')),
    show_as TEXT NOT NULL
        CHECK (show_as IN ('free', 'tentative', 'busy', 'oof', 'working_elsewhere')),
    sensitivity TEXT NOT NULL
        CHECK (sensitivity IN ('normal', 'personal', 'private', 'confidential')),
    response_status TEXT NOT NULL
        CHECK (response_status IN
            ('none', 'organizer', 'accepted', 'tentative', 'declined', 'needs_action')),
    importance TEXT NOT NULL CHECK (importance IN ('LOW', 'NORMAL', 'HIGH')),
    organizer_name TEXT,
    organizer_email TEXT,
    -- Of a master: RFC 5545 lines (RRULE, RDATE, EXDATE), one a line.
    recurrence_rule TEXT,
    teams_enabled INTEGER NOT NULL DEFAULT 0 CHECK (teams_enabled IN (0, 1)),
    teams_meeting_url TEXT,
    teams_conference_id TEXT,
    teams_dial_in_url TEXT,
    dial_in TEXT,
    meeting_id TEXT,
    passcode TEXT,
    -- Minutes before the start; NULL: no reminder of its own.
    reminder_minutes INTEGER,
    html_link TEXT,
    etag TEXT,
    -- What was not understood, as JSON.
    raw TEXT,
    -- Tells whether an answer changes anything.
    fingerprint INTEGER NOT NULL,
    -- The full round that listed it last.
    generation INTEGER NOT NULL,
    -- The full round in whose time it was first seen; the guard against mass deletion counts by it.
    first_generation INTEGER NOT NULL,
    last_synced_at_ms INTEGER NOT NULL, event_type
    -- What kind of event it is at its provider.
    TEXT NOT NULL DEFAULT 'default'
        CHECK (event_type IN ('default', 'focus_time', 'out_of_office', 'working_location',
            'birthday', 'from_gmail')), own_color
    -- '#rrggbb'; NULL: its calendar's.
    TEXT, use_default_reminders
    -- The reminders of its calendar hold, beside those in event_reminders.
    INTEGER NOT NULL DEFAULT 0 CHECK (use_default_reminders IN (0, 1)), has_attachments
    -- Something is attached, whether or not event_attachments tells what.
    INTEGER NOT NULL DEFAULT 0 CHECK (has_attachments IN (0, 1)),
    UNIQUE (calendar_connection_id, provider_event_id)
) STRICT;
CREATE INDEX calendar_events_calendar ON calendar_events (calendar_connection_id);
CREATE TRIGGER calendar_events_leave_search AFTER DELETE ON calendar_events BEGIN
    DELETE FROM event_search WHERE rowid = old.id;
END;
CREATE INDEX calendar_events_series ON calendar_events (calendar_connection_id, series_master_id)
    WHERE series_master_id IS NOT NULL;
CREATE INDEX calendar_events_teams ON calendar_events (calendar_connection_id)
    WHERE teams_enabled = 1;

CREATE TABLE series_instances (
    -- Where a series takes place, as its provider expands it (Graph); confirmed state too.
    calendar_connection_id INTEGER NOT NULL
        REFERENCES calendar_connections (id) ON DELETE CASCADE,
    provider_event_id TEXT NOT NULL,
    -- The provider's id of the master, which may come later than its instances.
    series_master_id TEXT NOT NULL,
    all_day INTEGER NOT NULL CHECK (all_day IN (0, 1)),
    start_ms INTEGER NOT NULL,
    end_ms INTEGER NOT NULL,
    generation INTEGER NOT NULL,
    PRIMARY KEY (calendar_connection_id, provider_event_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX series_instances_series
    ON series_instances (calendar_connection_id, series_master_id);

CREATE TABLE event_occurrences (
    -- What a view shows. A projection, rebuilt per event in the transaction that changes it.
    id INTEGER PRIMARY KEY,
    calendar_connection_id INTEGER NOT NULL
        REFERENCES calendar_connections (id) ON DELETE CASCADE,
    -- The single event, master or exception that it shows.
    event_id INTEGER NOT NULL REFERENCES calendar_events (id) ON DELETE CASCADE,
    -- The provider's id of the occurrence, or the master's id and the start where we expand.
    instance_id TEXT NOT NULL,
    all_day INTEGER NOT NULL CHECK (all_day IN (0, 1)),
    -- Half-open; of all-day events the dates as if in UTC.
    start_ms INTEGER NOT NULL,
    end_ms INTEGER NOT NULL,
    -- Over 31 days; these few have an index of their own, so that a range query need not look
    -- further back than 31 days for the others.
    is_long INTEGER NOT NULL
        GENERATED ALWAYS AS (end_ms - start_ms > 2678400000) STORED,
    -- The zone database that placed it.
    tzdb TEXT NOT NULL,
    UNIQUE (calendar_connection_id, instance_id)
) STRICT;
CREATE INDEX event_occurrences_event ON event_occurrences (event_id);
CREATE INDEX event_occurrences_long ON event_occurrences (start_ms, end_ms) WHERE is_long = 1;
CREATE INDEX event_occurrences_short ON event_occurrences (start_ms, end_ms) WHERE is_long = 0;

CREATE TABLE event_links (
    -- Join candidates, the best one first.
    event_id INTEGER NOT NULL REFERENCES calendar_events (id) ON DELETE CASCADE,
    rank INTEGER NOT NULL,
    url TEXT NOT NULL,
    service TEXT NOT NULL,
    source TEXT NOT NULL, label
    -- The name of the user's pattern that found it.
    TEXT,
    PRIMARY KEY (event_id, rank)
) STRICT, WITHOUT ROWID;

CREATE TABLE event_attendees (
    -- Who is invited, in the provider's order.
    event_id INTEGER NOT NULL REFERENCES calendar_events (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    name TEXT,
    email TEXT,
    role TEXT NOT NULL CHECK (role IN ('required', 'optional', 'resource')),
    response_status TEXT NOT NULL
        CHECK (response_status IN
            ('none', 'organizer', 'accepted', 'tentative', 'declined', 'needs_action')), comment
    -- What they wrote with their answer.
    TEXT, additional_guests
    -- How many people they bring along.
    INTEGER NOT NULL DEFAULT 0, answered_at_ms
    -- When they answered, where the provider tells.
    INTEGER,
    PRIMARY KEY (event_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE categories (
    -- Categories of an account with their colours.
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    account_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    -- '#rrggbb'; NULL: carried by an event, but not in the account's list.
    color TEXT,
    UNIQUE (account_id, name)
) STRICT;

CREATE TABLE event_categories (
    -- Which categories an event carries, in the provider's order.
    event_id INTEGER NOT NULL REFERENCES calendar_events (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    category_id INTEGER NOT NULL REFERENCES categories (id) ON DELETE CASCADE,
    PRIMARY KEY (event_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX event_categories_category ON event_categories (category_id);

CREATE TABLE oauth_states (
    -- One sign-in attempt, so that whichever process hears the answer completes it.
    id TEXT PRIMARY KEY,
    -- SHA-256 of the state parameter.
    state_hash BLOB NOT NULL UNIQUE CHECK (length(state_hash) = 32),
    provider TEXT NOT NULL CHECK (provider IN ('microsoft', 'google')),
    redirect_uri TEXT NOT NULL,
    client_id TEXT NOT NULL,
    sealed_verifier BLOB NOT NULL CHECK (length(sealed_verifier) > 28),
    -- The account to sign in anew; NULL: a new one.
    reauthorize INTEGER REFERENCES accounts (id) ON DELETE CASCADE,
    expires_at_ms INTEGER NOT NULL,
    -- Set before the code is exchanged: an answer counts once.
    consumed_at_ms INTEGER
, cloud
    -- Whose sign-in was asked.
    TEXT NOT NULL DEFAULT 'global'
        CHECK (cloud IN ('global', 'us-gov-high', 'us-gov-dod', 'china')), scopes
    -- Space-separated, as asked for; an answer that names none granted these.
    TEXT NOT NULL DEFAULT '') STRICT;

CREATE TABLE settings (
    -- The user's choices, and what the database knows about itself.
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE lease (
    -- Who runs the scheduler, token refresh and sync. One row.
    id INTEGER PRIMARY KEY CHECK (id = 1),
    -- Names the process; NULL: nobody.
    holder TEXT,
    -- Rises with every change of holder; a write of an older one is refused.
    generation INTEGER NOT NULL,
    expires_at_ms INTEGER NOT NULL,
    -- Where the holder listens.
    endpoint TEXT
) STRICT;

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
CREATE INDEX sync_runs_started ON sync_runs (started_at_ms);

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

CREATE TABLE event_places (
    -- The places behind an event's location, where the provider tells them apart.
    event_id INTEGER NOT NULL REFERENCES calendar_events (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    name TEXT,
    address TEXT,
    uri TEXT,
    -- Of a room.
    email TEXT,
    PRIMARY KEY (event_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE event_reminders (
    -- Reminders of an event's own.
    event_id INTEGER NOT NULL REFERENCES calendar_events (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    method TEXT NOT NULL CHECK (method IN ('popup', 'email')),
    -- Before the start.
    minutes INTEGER NOT NULL,
    PRIMARY KEY (event_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE calendar_reminders (
    -- The reminders of events that use their calendar's default.
    calendar_connection_id INTEGER NOT NULL
        REFERENCES calendar_connections (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    method TEXT NOT NULL CHECK (method IN ('popup', 'email')),
    -- Before the start.
    minutes INTEGER NOT NULL,
    PRIMARY KEY (calendar_connection_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE event_attachments (
    -- What is attached to an event: names and links, never content.
    event_id INTEGER NOT NULL REFERENCES calendar_events (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    url TEXT,
    media_type TEXT,
    -- In bytes.
    size INTEGER,
    PRIMARY KEY (event_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE event_changes (
    -- The ledger: what changed about events that were known before the round.
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    calendar_connection_id INTEGER NOT NULL
        REFERENCES calendar_connections (id) ON DELETE CASCADE,
    -- The provider's id; the event itself may be gone.
    provider_event_id TEXT NOT NULL,
    -- Of a series' occurrence: the provider's id of the series.
    series_master_id TEXT,
    -- As it was called before.
    title TEXT NOT NULL,
    -- Where it stood before: 'start/end' in RFC 3339, or dates.
    stood TEXT NOT NULL,
    field TEXT NOT NULL
        CHECK (field IN ('time', 'recurrence', 'status', 'title', 'location', 'description',
            'importance', 'response', 'attendee', 'link')),
    -- In words of this schema, a status also 'deleted'; a time like `stood`, an attendee as
    -- 'answer address'. NULL: there was none, or there is none any more.
    before TEXT,
    after TEXT,
    changed_at_ms INTEGER NOT NULL,
    -- When the user looked at it.
    seen_at_ms INTEGER
) STRICT;
CREATE INDEX event_changes_event ON event_changes (calendar_connection_id, provider_event_id);
CREATE INDEX event_changes_unseen ON event_changes (changed_at_ms) WHERE seen_at_ms IS NULL;

CREATE VIRTUAL TABLE event_search USING fts5 (
    -- A projection: rowid is the id of an event. Words alone are kept, not the texts.
    title, place, people, body,
    content = '', contentless_delete = 1,
    tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3'
);

CREATE TABLE search_pending (
    -- Events whose words have to be indexed anew, which is done off the sync path.
    event_id INTEGER PRIMARY KEY REFERENCES calendar_events (id) ON DELETE CASCADE
) STRICT;

CREATE TABLE visited_spans (
    -- Spans outside of the window that somebody went to. They are laid out like the window and
    -- do not overlap one another.
    calendar_connection_id INTEGER NOT NULL
        REFERENCES calendar_connections (id) ON DELETE CASCADE,
    start_ms INTEGER NOT NULL,
    end_ms INTEGER NOT NULL,
    -- When the provider listed it; NULL: only worked out from the rules of known series.
    fetched_at_ms INTEGER,
    PRIMARY KEY (calendar_connection_id, start_ms)
) STRICT, WITHOUT ROWID;

CREATE TABLE "follow_ups" (
    -- Questions that a page leaves open, written with it and answered before its round ends.
    calendar_connection_id INTEGER NOT NULL
        REFERENCES calendar_connections (id) ON DELETE CASCADE,
    provider_event_id TEXT NOT NULL,
    -- 'instances': a master changed, its instances have to be listed anew.
    -- 'event': it may be gone, or nothing is known of it; it has to be read by id.
    -- 'attachments': something is attached, and only asking tells what.
    kind TEXT NOT NULL CHECK (kind IN ('instances', 'event', 'attachments')),
    PRIMARY KEY (calendar_connection_id, provider_event_id, kind)
) STRICT, WITHOUT ROWID;

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

CREATE TABLE push_subscriptions (
    -- What providers were asked to tell, through the relay. A row stands before the provider is
    -- asked, for its first notice may come before its answer.
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    account_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    -- NULL: the whole mailbox.
    calendar_connection_id INTEGER REFERENCES calendar_connections (id) ON DELETE CASCADE,
    -- The relay's name for the address that the provider sends to.
    channel_id TEXT NOT NULL UNIQUE,
    channel_created_at_ms INTEGER NOT NULL,
    -- SHA-256 of that address: tells our own among what a provider lists.
    url_sha256 BLOB NOT NULL,
    -- 'creating': the provider's answer is not known; 'active'; 'inactive': it tells nothing, and
    -- problem says why; 'ending': the provider is to be told that it ends.
    state TEXT NOT NULL CHECK (state IN ('creating', 'active', 'inactive', 'ending')),
    -- The provider's name for it; at Google ours.
    provider_subscription_id TEXT,
    -- Google's name for what is watched.
    resource_id TEXT,
    created_at_ms INTEGER NOT NULL,
    -- When it was made or renewed last.
    renewed_at_ms INTEGER NOT NULL,
    expires_at_ms INTEGER,
    -- When the relay said last that there is something.
    notified_at_ms INTEGER,
    -- A word for why it is inactive.
    problem TEXT
) STRICT;
CREATE INDEX push_subscriptions_account ON push_subscriptions (account_id);
CREATE INDEX push_subscriptions_calendar ON push_subscriptions (calendar_connection_id);
