-- A row or more in every table of schema 1.
INSERT INTO accounts (id, provider, email, display_name, client_id, sealed_access_token,
    sealed_refresh_token, token_expires_at_ms, granted_scopes, status, problem,
    calendars_listed_at_ms, created_at_ms)
VALUES
    (3, 'microsoft', 'ada@example.com', 'Ada Lovelace', 'client-1', zeroblob(40), zeroblob(44),
     1795165200000, 'Calendars.Read offline_access', 'failing', 'Microsoft asks to wait.',
     1795160000000, 1795100000000),
    (4, 'google', 'ada@example.org', NULL, 'client-2', zeroblob(41), NULL, 1795165300000,
     'openid', 'ready', NULL, NULL, 1795100000001);
INSERT INTO calendar_connections (id, account_id, calendar_id, calendar_name, calendar_color,
    position, is_primary, can_edit, access_role, owner, time_zone, is_connected, is_visible,
    sync_token, round, page_cursor, generation, window_start_ms, window_end_ms, last_synced_at_ms,
    last_error)
VALUES
    (5, 3, 'AAMk', 'Kalender', '#0099bc', 0, 1, 1, 'owner', NULL, 'Europe/Berlin', 1, 1,
     'delta-token', 'delta', 'next-link', 2, 1763510400000, 1811000000000, 1795160000000, NULL),
    (6, 4, 'primary', 'Ada', '#a4262c', 0, 1, 0, 'reader', 'Charles', NULL, 1, 0, NULL, 'full',
     NULL, 1, NULL, NULL, NULL, 'Google cannot be reached.');
INSERT INTO calendar_events (id, calendar_connection_id, provider_event_id, ical_uid, kind,
    series_master_id, original_start, title, description, description_type, location, all_day,
    start_local, start_zone, end_local, end_zone, start_ms, end_ms, status, show_as, sensitivity,
    response_status, importance, organizer_name, organizer_email, recurrence_rule, teams_enabled,
    teams_meeting_url, teams_conference_id, teams_dial_in_url, dial_in, meeting_id, passcode,
    reminder_minutes, html_link, etag, raw, fingerprint, generation, first_generation,
    last_synced_at_ms)
VALUES
    (7, 5, 'master-1', 'uid-1', 'master', NULL, NULL, 'Wöchentlich', '<p>Hallo</p>', 'html',
     'Raum 1', 0, '2026-11-16T09:00:00', 'W. Europe Standard Time', '2026-11-16T09:30:00',
     'W. Europe Standard Time', 1794816000000, 1794817800000, 'confirmed', 'busy', 'private',
     'accepted', 'HIGH', 'Charles', 'charles@example.com', 'RRULE:FREQ=WEEKLY', 1,
     'https://teams.microsoft.com/l/meetup-join/1', '123 456', 'https://dialin.example.com', '+49',
     '987', 'secret', 15, 'https://outlook.example.com/1', 'W/"1"', '{"x":1}', -17, 2, 1,
     1795160000000),
    (8, 5, 'exception-1', 'uid-1', 'exception', 'master-1', '2026-11-23T08:00:00Z', 'Verschoben',
     NULL, NULL, NULL, 0, '2026-11-24T09:00:00', 'Europe/Berlin', '2026-11-24T09:30:00',
     'Europe/Berlin', 1795507200000, 1795509000000, 'tentative', 'tentative', 'normal',
     'needs_action', 'NORMAL', NULL, NULL, NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
     NULL, NULL, 18, 2, 2, 1795160000000),
    (9, 6, 'day-1', 'uid-2', 'single', NULL, NULL, 'Urlaub', 'Text', 'text', NULL, 1, '2026-12-24',
     NULL, '2026-12-27', NULL, 1798070400000, 1798329600000, 'confirmed', 'oof', 'normal', 'none',
     'LOW', NULL, NULL, NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 19, 1,
     1, 1795160000000);
INSERT INTO series_instances VALUES
    (5, 'instance-1', 'master-1', 0, 1794816000000, 1794817800000, 2),
    (5, 'instance-2', 'not-here-yet', 1, 1794816000000, 1794902400000, 2);
INSERT INTO event_occurrences (id, calendar_connection_id, event_id, instance_id, all_day,
    start_ms, end_ms, tzdb)
VALUES
    (1, 5, 7, 'instance-1', 0, 1794816000000, 1794817800000, '2026a'),
    (2, 5, 8, 'exception-1', 0, 1795507200000, 1795509000000, '2026a'),
    (3, 6, 9, 'day-1', 1, 1798070400000, 1798329600000, '2026a');
INSERT INTO event_links (event_id, rank, url, service, source) VALUES
    (7, 0, 'https://teams.microsoft.com/l/meetup-join/1', 'teams', 'onlineMeeting'),
    (7, 1, 'https://zoom.us/j/1', 'zoom', 'body');
INSERT INTO event_attendees (event_id, position, name, email, role, response_status) VALUES
    (7, 0, 'Charles', 'charles@example.com', 'required', 'organizer'),
    (7, 1, NULL, 'room@example.com', 'resource', 'accepted');
INSERT INTO categories VALUES (1, 3, 'Kunde A', '#e7a1a2'), (2, 3, 'anderswo', NULL);
INSERT INTO event_categories VALUES (7, 0, 2), (7, 1, 1);
INSERT INTO follow_ups VALUES (5, 'master-1', 'instances'), (5, 'not-here-yet', 'event');
INSERT INTO oauth_states (id, state_hash, provider, redirect_uri, client_id, sealed_verifier,
    reauthorize, expires_at_ms, consumed_at_ms)
VALUES
    ('attempt-1', zeroblob(32), 'google', 'http://127.0.0.1:1234', 'client-2', zeroblob(60), 4,
     1795166100000, NULL);
INSERT INTO settings VALUES ('database.id', '00112233'), ('client.google.id', 'client-2');
UPDATE lease SET holder = '4711', generation = 12, expires_at_ms = 1795160015000,
    endpoint = '/run/dayline.sock';
