-- What schema 4 added.
UPDATE accounts SET cloud = 'us-gov-high', tenant = '22222222-3333-4444-5555-666666666666',
    problem_code = 'needs_verification', claims = '{"access_token":{}}' WHERE id = 3;
UPDATE oauth_states SET cloud = 'china', scopes = 'openid Calendars.Read' WHERE id = 'attempt-1';
UPDATE calendar_connections SET delegate_email = 'bob@example.com', can_push = 0 WHERE id = 6;
UPDATE event_links SET label = 'Haus' WHERE rank = 1;
INSERT INTO shared_mailboxes VALUES (3, 'bob@example.com', 1795160000000, 'Not shared with you.');
INSERT INTO join_patterns VALUES (1, 'Haus', 'https://meet.example.com/[a-z]+');
INSERT INTO audit_logs VALUES
    (1, 1795160000000, 'sign_in', 3, NULL, 'ok', NULL),
    (2, 1795160000001, 'sync', 3, 5, 'offline', '{"calls":1}');
