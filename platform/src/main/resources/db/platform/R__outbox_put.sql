-- Puts events into the outbox, holding their keys until the commit while they take their ids: see V0_1. One call, so that a service can
-- write changes and their events in one statement. Keys are held in their order, so that two callers with the same keys do not wait for
-- each other; the events of a key keep the order in which they are given.
CREATE OR REPLACE FUNCTION outbox_put(of_topics text[], of_keys text[], of_headers text[], of_payloads bytea[]) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('outbox:' || key, 0))
        FROM (SELECT DISTINCT key COLLATE "C" AS key FROM unnest(of_keys) AS given (key) ORDER BY 1) AS keys;
    INSERT INTO outbox (topic, key, headers, payload)
        SELECT topic, key, headers::jsonb, payload
        FROM unnest(of_topics, of_keys, of_headers, of_payloads) WITH ORDINALITY AS given (topic, key, headers, payload, number)
        ORDER BY number;
END
$$;
