-- Under which key somebody was asked into a room, and who: the same request again asks nobody. A table of its own, because an agent that
-- is only wanted has no participant yet.
CREATE TABLE conference_guest_keys (
    room            text NOT NULL REFERENCES conferences (room) ON DELETE CASCADE,
    idempotency_key text NOT NULL,
    fingerprint     text NOT NULL,
    PRIMARY KEY (room, idempotency_key)
);
