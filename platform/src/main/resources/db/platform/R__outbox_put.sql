-- Puts one event into the outbox, holding its key until the commit while it takes an id: see V0_1. One call, so that a service can
-- write a change and its event in one statement.
CREATE OR REPLACE FUNCTION outbox_put(of_topic text, of_key text, of_headers jsonb, of_payload bytea) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('outbox:' || of_key, 0));
    INSERT INTO outbox (topic, key, headers, payload) VALUES (of_topic, of_key, of_headers, of_payload);
END
$$;
