-- The comments stand inside of the definitions, where SQLite keeps them.

ALTER TABLE accounts ADD COLUMN push_by_mailbox
    -- Whether its provider takes a subscription for the whole mailbox only.
    INTEGER NOT NULL DEFAULT 0 CHECK (push_by_mailbox IN (0, 1));

ALTER TABLE calendar_connections ADD COLUMN push_wanted
    -- Whether the user lets its provider tell of changes by itself.
    INTEGER NOT NULL DEFAULT 1 CHECK (push_wanted IN (0, 1));

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
