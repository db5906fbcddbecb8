ALTER TABLE accounts DROP COLUMN last_success_at_ms;
DROP TABLE quarantined_items;
DROP TABLE sync_runs;
