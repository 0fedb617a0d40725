-- What an operator or a schedule adds to a text.
ALTER TABLE outbound_text
    ADD COLUMN media_urls            text[]  NOT NULL DEFAULT '{}',
    -- With a service Twilio picks the sender; business_number is then the tenant's own.
    ADD COLUMN messaging_service_sid text,
    ADD COLUMN idempotency_key       text,
    -- What was asked for under the key, so that another request under it is noticed.
    ADD COLUMN request_hash          text,
    -- Whether the sender's pace was already asked for the present attempt.
    ADD COLUMN paced                 boolean NOT NULL DEFAULT false,
    ADD COLUMN reason                text,
    ADD COLUMN segments              int     NOT NULL DEFAULT 1,
    -- The follow-up this text is, as the service that planned it calls it; null otherwise.
    ADD COLUMN follow_up_id          text;

CREATE UNIQUE INDEX outbound_text_key ON outbound_text (tenant_id, idempotency_key) WHERE idempotency_key IS NOT NULL;
CREATE INDEX outbound_text_tenant ON outbound_text (tenant_id, created_at);
CREATE INDEX outbound_text_lead ON outbound_text (lead_id, created_at);

-- When each sender may send again: a carrier takes about one part a second from a long code and drops what comes faster.
CREATE TABLE sender_pace (
    sender  text        PRIMARY KEY,
    free_at timestamptz NOT NULL
);
