-- What schema 3 added.
UPDATE calendar_events SET event_type = 'focus_time', own_color = '#a4bdfc',
    use_default_reminders = 1, has_attachments = 1 WHERE id = 7;
UPDATE event_attendees SET comment = 'Gern', additional_guests = 2,
    answered_at_ms = 1795160000000 WHERE position = 0;
INSERT INTO event_places VALUES (7, 0, 'Raum 1', 'Hauptstraße 1', 'https://example.com/1',
    'room@example.com');
INSERT INTO event_reminders VALUES (7, 0, 'email', 60), (7, 1, 'popup', 15);
INSERT INTO calendar_reminders VALUES (6, 0, 'popup', 10);
INSERT INTO event_attachments VALUES (7, 0, 'Plan.pdf', 'https://example.com/plan', 'application/pdf',
    1024);
INSERT INTO event_changes (calendar_connection_id, provider_event_id, series_master_id, title,
    stood, field, before, after, changed_at_ms, seen_at_ms)
VALUES
    (5, 'exception-1', 'master-1', 'Verschoben',
     '2026-11-23T08:00:00Z/2026-11-23T08:30:00Z', 'time',
     '2026-11-23T08:00:00Z/2026-11-23T08:30:00Z', '2026-11-24T08:00:00Z/2026-11-24T08:30:00Z',
     1795160000000, NULL),
    (6, 'gone-1', NULL, 'Weg', '2026-12-24/2026-12-27', 'status', 'confirmed', 'deleted', 1795160000000, 1795160000001);
INSERT INTO event_search (rowid, title, place, people, body)
    VALUES (7, 'wochentlich', 'raum 1', 'charles', 'hallo');
INSERT INTO search_pending VALUES (8), (9);
INSERT INTO visited_spans VALUES (5, 1500000000000, 1510000000000, 1795160000000),
    (5, 1900000000000, 1910000000000, NULL);
