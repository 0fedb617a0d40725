-- What the agent is to know of one live call. No reference to calls: it may be written before the call's row. Deleted when it is old.
CREATE TABLE call_briefings (
    call_sid   text PRIMARY KEY,
    tenant_id  uuid NOT NULL,
    -- Names and texts.
    variables  jsonb NOT NULL,
    note       text,
    updated_at timestamptz NOT NULL
);

CREATE INDEX call_briefings_age ON call_briefings (updated_at);
