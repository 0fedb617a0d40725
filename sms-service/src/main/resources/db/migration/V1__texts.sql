CREATE TABLE inbound_text (
    message_sid       text        PRIMARY KEY,
    idempotency_token text        UNIQUE,
    tenant_id         uuid        NOT NULL,
    lead_id           uuid        NOT NULL,
    customer          text        NOT NULL,
    business_number   text        NOT NULL,
    body              text        NOT NULL,
    received_at       timestamptz NOT NULL,
    -- WAITING for an answer, ANSWERED, or SILENT: not to be answered (STOP, opted out, nobody to answer)
    state             text        NOT NULL CHECK (state IN ('WAITING', 'ANSWERED', 'SILENT')),
    settled_at        timestamptz
);
CREATE INDEX inbound_text_waiting ON inbound_text (received_at) WHERE state = 'WAITING';
CREATE INDEX inbound_text_lead ON inbound_text (lead_id, received_at);

-- Who answers a lead right now. A replica that dies gives the lead back when its lease ends.
CREATE TABLE lead_lease (
    lead_id uuid        PRIMARY KEY,
    until   timestamptz NOT NULL
);

CREATE TABLE outbound_text (
    id              uuid        PRIMARY KEY,
    tenant_id       uuid        NOT NULL,
    lead_id         uuid        NOT NULL,
    customer        text        NOT NULL,
    business_number text        NOT NULL,
    body            text        NOT NULL,
    author          text        NOT NULL,
    -- One reply to a text, whatever is repeated.
    in_reply_to     text        UNIQUE,
    conversation_id text,
    -- SENDING is written before the request: a row found in it after a crash is looked up at Twilio, never sent again blindly.
    state           text        NOT NULL CHECK (state IN ('PENDING', 'SENDING', 'SENT', 'REFUSED', 'LOST')),
    attempts        int         NOT NULL DEFAULT 0,
    message_sid     text        UNIQUE,
    error_code      int,
    created_at      timestamptz NOT NULL,
    claimed_at      timestamptz,
    not_before      timestamptz NOT NULL
);
CREATE INDEX outbound_text_open ON outbound_text (not_before) WHERE state IN ('PENDING', 'SENDING');

CREATE TABLE consent (
    tenant_id  uuid        NOT NULL,
    lead_id    uuid        NOT NULL,
    opted_out  boolean     NOT NULL,
    word       text        NOT NULL,
    source     text        NOT NULL,
    changed_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, lead_id)
);

-- By MessageSid alone, because a callback may come before the answer to the request that made the text.
CREATE TABLE delivery (
    message_sid text        PRIMARY KEY,
    status      text        NOT NULL,
    rank        int         NOT NULL,
    error_code  int,
    changed_at  timestamptz NOT NULL
);
