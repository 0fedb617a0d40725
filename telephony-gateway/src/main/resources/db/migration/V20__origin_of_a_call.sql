-- Where a call came from and which way it went: what comes later in its life (its stream's end, a conference, a hand-over) finds its
-- tenant, its agent and its parties by CallSid, and not by a called number that is ours on some legs and the customer's on others.
ALTER TABLE calls
    ADD COLUMN direction    text NOT NULL DEFAULT 'INBOUND',
    -- Unknown of a call of which nothing but a status was heard.
    ADD COLUMN path         text,
    ADD COLUMN from_address text NOT NULL DEFAULT '',
    ADD COLUMN to_address   text NOT NULL DEFAULT '',
    ADD COLUMN agent_id     text;

-- A tenant's live calls: counted at each new call, listed for its operators.
CREATE INDEX calls_live_of_tenant ON calls (tenant_id, started_at, call_sid) WHERE ended_at IS NULL;
