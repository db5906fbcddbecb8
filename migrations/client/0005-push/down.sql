DROP TABLE push_subscriptions;
ALTER TABLE calendar_connections DROP COLUMN push_wanted;
ALTER TABLE accounts DROP COLUMN push_by_mailbox;
