CREATE TABLE old_follow_ups (
    -- Questions that a page leaves open, written with it and answered before its round ends.
    calendar_connection_id INTEGER NOT NULL
        REFERENCES calendar_connections (id) ON DELETE CASCADE,
    provider_event_id TEXT NOT NULL,
    -- 'instances': a master changed, its instances have to be listed anew.
    -- 'event': it may be gone, or nothing is known of it; it has to be read by id.
    kind TEXT NOT NULL CHECK (kind IN ('instances', 'event')),
    PRIMARY KEY (calendar_connection_id, provider_event_id, kind)
) STRICT, WITHOUT ROWID;

INSERT INTO old_follow_ups SELECT * FROM follow_ups WHERE kind <> 'attachments';
DROP TABLE follow_ups;
ALTER TABLE old_follow_ups RENAME TO follow_ups;

DROP TABLE visited_spans;
DROP TRIGGER calendar_events_leave_search;
DROP TABLE search_pending;
DROP TABLE event_search;
DROP TABLE event_changes;
DROP TABLE event_attachments;
DROP TABLE calendar_reminders;
DROP TABLE event_reminders;
DROP TABLE event_places;
DROP INDEX calendar_events_calendar;
ALTER TABLE event_attendees DROP COLUMN answered_at_ms;
ALTER TABLE event_attendees DROP COLUMN additional_guests;
ALTER TABLE event_attendees DROP COLUMN comment;
ALTER TABLE calendar_events DROP COLUMN has_attachments;
ALTER TABLE calendar_events DROP COLUMN use_default_reminders;
ALTER TABLE calendar_events DROP COLUMN own_color;
ALTER TABLE calendar_events DROP COLUMN event_type;
