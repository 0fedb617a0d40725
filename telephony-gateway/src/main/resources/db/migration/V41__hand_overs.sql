-- A call on its way to a human and back. One row per attempt to hand a call over, whoever is rung for it.
CREATE TABLE hand_overs (
    id             uuid PRIMARY KEY,
    -- The customer's leg.
    call_sid       text NOT NULL,
    tenant_id      uuid NOT NULL,
    lead_id        uuid NOT NULL,
    requested_by   text NOT NULL,
    reason         text,
    -- What the human hears before taking the call.
    brief          text,
    -- Whom to ring, in order: [{"name", "number"}], as the tenant had it when the hand-over began.
    humans         jsonb NOT NULL,
    -- RINGING, ACCEPTED, TALKING, RETURNING or OVER; for OVER how it ended.
    state          text NOT NULL,
    outcome        text,
    -- Index into humans.
    attempt        integer NOT NULL,
    -- The leg of the human who is rung or talks; null until Twilio named it.
    human_call_sid text,
    -- The room in which the two meet.
    room           text NOT NULL,
    -- When the two began to talk.
    talking_since  timestamptz,
    created_at     timestamptz NOT NULL,
    changed_at     timestamptz NOT NULL
);

-- One at a time per call; also what the sweep reads.
CREATE UNIQUE INDEX hand_overs_under_way ON hand_overs (call_sid) WHERE state <> 'OVER';
CREATE INDEX hand_overs_room ON hand_overs (room);
