-- The comments stand inside of the definitions, where SQLite keeps them.

ALTER TABLE calendar_events ADD COLUMN event_type
    -- What kind of event it is at its provider.
    TEXT NOT NULL DEFAULT 'default'
        CHECK (event_type IN ('default', 'focus_time', 'out_of_office', 'working_location',
            'birthday', 'from_gmail'));

ALTER TABLE calendar_events ADD COLUMN own_color
    -- '#rrggbb'; NULL: its calendar's.
    TEXT;

ALTER TABLE calendar_events ADD COLUMN use_default_reminders
    -- The reminders of its calendar hold, beside those in event_reminders.
    INTEGER NOT NULL DEFAULT 0 CHECK (use_default_reminders IN (0, 1));

ALTER TABLE calendar_events ADD COLUMN has_attachments
    -- Something is attached, whether or not event_attachments tells what.
    INTEGER NOT NULL DEFAULT 0 CHECK (has_attachments IN (0, 1));

ALTER TABLE event_attendees ADD COLUMN comment
    -- What they wrote with their answer.
    TEXT;

ALTER TABLE event_attendees ADD COLUMN additional_guests
    -- How many people they bring along.
    INTEGER NOT NULL DEFAULT 0;

ALTER TABLE event_attendees ADD COLUMN answered_at_ms
    -- When they answered, where the provider tells.
    INTEGER;

-- To count a calendar's events without reading their long names.
CREATE INDEX calendar_events_calendar ON calendar_events (calendar_connection_id);

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

-- Until now the only reminder that was kept.
INSERT INTO event_reminders (event_id, position, method, minutes)
    SELECT id, 0, 'popup', reminder_minutes FROM calendar_events
    WHERE reminder_minutes IS NOT NULL;

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

-- Fewer and larger merges: a sync adds little to an index that may be large.
INSERT INTO event_search (event_search, rank) VALUES ('automerge', 16);

CREATE TABLE search_pending (
    -- Events whose words have to be indexed anew, which is done off the sync path.
    event_id INTEGER PRIMARY KEY REFERENCES calendar_events (id) ON DELETE CASCADE
) STRICT;

INSERT INTO search_pending (event_id) SELECT id FROM calendar_events;

CREATE TRIGGER calendar_events_leave_search AFTER DELETE ON calendar_events BEGIN
    DELETE FROM event_search WHERE rowid = old.id;
END;

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

CREATE TABLE new_follow_ups (
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

INSERT INTO new_follow_ups SELECT * FROM follow_ups;
DROP TABLE follow_ups;
ALTER TABLE new_follow_ups RENAME TO follow_ups;
