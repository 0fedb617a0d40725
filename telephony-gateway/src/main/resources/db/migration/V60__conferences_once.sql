-- Under which key a room was asked for, and what was asked for then: the same request again gets the same room.
ALTER TABLE conferences
    ADD COLUMN idempotency_key text,
    ADD COLUMN fingerprint     text,
    -- When the room is looked at again; one replica looks at a time.
    ADD COLUMN next_look_at    timestamptz;

CREATE UNIQUE INDEX conferences_key ON conferences (tenant_id, idempotency_key) WHERE idempotency_key IS NOT NULL;
