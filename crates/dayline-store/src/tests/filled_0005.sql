-- What schema 5 added.
UPDATE calendar_connections SET push_wanted = 0
WHERE id = (SELECT max(id) FROM calendar_connections);
INSERT INTO push_subscriptions (account_id, calendar_connection_id, channel_id,
    channel_created_at_ms, url_sha256, state, provider_subscription_id, resource_id,
    created_at_ms, renewed_at_ms, expires_at_ms, notified_at_ms, problem)
SELECT account_id, id, '00a1b2c3d4e5f607', 1764072000000, x'0102', 'active', 'sub', 'res',
    1764072000000, 1764072000000, 1764676800000, 1764072060000, NULL
FROM calendar_connections LIMIT 1;
