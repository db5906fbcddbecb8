-- What schema 2 added.
INSERT INTO sync_runs VALUES
    (1, 5, 'full', 1795160000000, 1200, 3, 4, 65536, 40, 2, 1, 'ok'),
    (2, 6, 'delta', 1795160001000, 90, 0, 1, 0, 0, 0, 0, 'offline');
INSERT INTO quarantined_items VALUES (6, 'broken-1', '{"start":', 'not the schema', 1795160000000);
UPDATE accounts SET last_success_at_ms = 1795160000000 WHERE id = 4;
