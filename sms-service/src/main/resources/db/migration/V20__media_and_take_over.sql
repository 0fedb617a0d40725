-- Where Twilio keeps the pictures of a text; fetched only when somebody looks.
ALTER TABLE inbound_text ADD COLUMN media_urls text[] NOT NULL DEFAULT '{}';

-- Leads whose texts a human answers now. No row: the agent answers.
CREATE TABLE take_over (
    lead_id      uuid        PRIMARY KEY,
    tenant_id    uuid        NOT NULL,
    take_over_id uuid        NOT NULL,
    author       text        NOT NULL,
    since        timestamptz NOT NULL
);

-- Whose lease it is: only its owner extends it, ends it, or writes an answer under it.
DELETE FROM lead_lease;
ALTER TABLE lead_lease ADD COLUMN owner uuid NOT NULL;
