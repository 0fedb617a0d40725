-- Conference rooms. A room's name is random, used once, and says nothing about anybody.
CREATE TABLE conferences (
    room           text PRIMARY KEY,
    tenant_id      uuid NOT NULL,
    lead_id        uuid NOT NULL,
    -- The ElevenLabs agent that joins once a human is there to hear it; null = a room without an agent.
    agent_id       text,
    -- Twilio's CF…; null until Twilio named it.
    conference_sid text,
    created_at     timestamptz NOT NULL,
    started_at     timestamptz,
    -- When Twilio was asked to end the room.
    ending_at      timestamptz,
    ended_at       timestamptz,
    end_reason     text
);

-- For the look at rooms that somebody may have been forgotten in.
CREATE INDEX conferences_open ON conferences (created_at) WHERE ended_at IS NULL;

-- Who was asked into a room, joined it and left it. What Twilio says comes late, twice and out of order, so each step has a time of its
-- own and is written once.
CREATE TABLE conference_participants (
    id             uuid PRIMARY KEY,
    -- The order of the invitations; their times may be equal.
    ordinal        bigint GENERATED ALWAYS AS IDENTITY,
    room           text NOT NULL REFERENCES conferences (room) ON DELETE CASCADE,
    label          text NOT NULL,
    role           text NOT NULL,
    -- The participant's leg; null until Twilio named it.
    call_sid       text,
    -- SHA-256 of the agent's one-time token, when it may be used no longer, and the leg that used it.
    token_hash     text UNIQUE,
    token_until    timestamptz,
    token_leg      text,
    invited_at     timestamptz NOT NULL,
    joined_at      timestamptz,
    left_at        timestamptz,
    -- When it was known that the participant would not come.
    absent_at      timestamptz,
    reason         text,
    muted          boolean NOT NULL DEFAULT false,
    on_hold        boolean NOT NULL DEFAULT false,
    -- SequenceNumber of the callback that muted and on_hold are from.
    state_sequence integer NOT NULL DEFAULT -1
);

-- A label is free again once its participant is gone.
CREATE UNIQUE INDEX conference_participants_label ON conference_participants (room, label)
    WHERE left_at IS NULL AND absent_at IS NULL;
CREATE INDEX conference_participants_leg ON conference_participants (call_sid);
