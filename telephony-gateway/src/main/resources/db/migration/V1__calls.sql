-- One row per Twilio call leg of a customer. Statuses only move forward; what moved is in the outbox of the same transaction.
CREATE TABLE calls (
    call_sid         text PRIMARY KEY,
    tenant_id        uuid NOT NULL,
    lead_id          uuid NOT NULL,
    -- Whether call.started was written. A status may arrive before the call's first webhook was stored.
    announced        boolean NOT NULL,
    status           text NOT NULL,
    status_sequence  integer NOT NULL,
    started_at       timestamptz NOT NULL,
    ended_at         timestamptz,
    duration_seconds integer
);

-- For the search for calls that never ended.
CREATE INDEX calls_live ON calls (started_at) WHERE ended_at IS NULL;

-- What the bridge said about a call's stream. No reference to calls: it is kept even when the call's row could not be written.
CREATE TABLE call_streams (
    call_sid   text PRIMARY KEY,
    outcome    text,
    resumes    integer NOT NULL DEFAULT 0,
    updated_at timestamptz NOT NULL
);
