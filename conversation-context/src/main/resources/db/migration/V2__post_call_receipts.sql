-- Every post-call webhook that was signed, once: the key is what ElevenLabs documents for telling repeats.
create table post_call_receipt (
    conversation_id text        not null,
    type            text        not null,
    event_timestamp bigint      not null,
    received_at     timestamptz not null default now(),
    -- recorded: an event left for the lead; unmatched: nobody was found it could belong to; kept: nothing to tell.
    outcome         text        not null,
    tenant_id       uuid,
    lead_id         uuid,
    payload_bytes   integer     not null,
    -- The body as signed; null for recordings, whose audio is not kept here.
    payload         bytea,
    primary key (conversation_id, type, event_timestamp)
);
create index post_call_receipt_unmatched on post_call_receipt (received_at) where outcome = 'unmatched';
