-- Events waiting for Kafka, written in the transaction that made them true. Rows leave when Kafka has acknowledged them.
-- The relay publishes in id order; writers hold an advisory lock on the key while they take an id, so per key id order is commit order.
CREATE TABLE outbox (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    topic      text        NOT NULL,
    key        text        NOT NULL,
    headers    jsonb       NOT NULL,
    payload    bytea,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp()
);

COMMENT ON TABLE outbox IS 'Events waiting for Kafka; see the platform module''s README';
COMMENT ON COLUMN outbox.payload IS 'null is a tombstone on a compacted topic';
