-- One row per request for a call out, written before the provider is asked. What became of the call itself stands in calls.
CREATE TABLE outbound_calls (
    id                uuid PRIMARY KEY,
    tenant_id         uuid NOT NULL,
    lead_id           uuid NOT NULL,
    customer          text NOT NULL,
    via               text NOT NULL,
    agent_id          text NOT NULL,
    agent_named       boolean NOT NULL,
    -- A list of objects with id and text.
    questions         jsonb NOT NULL,
    variables         jsonb NOT NULL,
    -- As they stood when the call was placed: they chose what Twilio's machine detection waits for.
    machine_policy    text NOT NULL,
    machine_message   text,
    -- Null when the operator gave none, or when it was given back after a passing refusal.
    idempotency_key   text,
    fingerprint       text NOT NULL,
    state             text NOT NULL,
    from_number       text,
    call_sid          text,
    conversation_id   text,
    refusal           jsonb,
    answered_by       text,
    checks            integer NOT NULL DEFAULT 0,
    -- When the background looks for the call; null when there is nothing to find out.
    next_check_at     timestamptz,
    created_at        timestamptz NOT NULL,
    updated_at        timestamptz NOT NULL
);

-- One request per key.
CREATE UNIQUE INDEX outbound_calls_key ON outbound_calls (tenant_id, idempotency_key) WHERE idempotency_key IS NOT NULL;

-- One request per call: a look-up cannot take for its own what is another's.
CREATE UNIQUE INDEX outbound_calls_call ON outbound_calls (call_sid) WHERE call_sid IS NOT NULL;

CREATE INDEX outbound_calls_due ON outbound_calls (next_check_at) WHERE next_check_at IS NOT NULL;

-- Requests that count as calls while there is no row of theirs in calls.
CREATE INDEX outbound_calls_open ON outbound_calls (tenant_id) WHERE state IN ('PLACING', 'UNKNOWN');
