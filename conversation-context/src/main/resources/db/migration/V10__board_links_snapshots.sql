-- What stands on a lead's row beside its own context.
alter table lead add column events integer not null default 0;
-- The leads that are the same person, and what is known of that person; null while there are none.
alter table lead add column linked uuid[] not null default '{}';
alter table lead add column joined bytea;
-- Since when a text or chat message of the customer waits for an answer; null when none does.
alter table lead add column waiting_since timestamptz;
alter table lead add column first_contact timestamptz;
create index lead_of_tenant_by_first_contact on lead (tenant_id, first_contact);
create index lead_waiting on lead (tenant_id, waiting_since) where waiting_since is not null;

-- The calls of a lead, for the board and its numbers.
create table call (
    lead_id          uuid    not null,
    call_id          text    not null,
    tenant_id        uuid    not null,
    -- What is not known yet is null: events come in any order.
    direction        text,
    path             text,
    started_at       timestamptz,
    ended_at         timestamptz,
    status           text,
    duration_seconds integer,
    -- Whether the agent or a human spoke with the customer; who has it now.
    answered         boolean not null,
    handed_over_to   text,
    message_left     boolean not null,
    primary key (lead_id, call_id)
);
create index call_of_tenant_by_start on call (tenant_id, started_at);
create index call_going_on on call (tenant_id, started_at) where ended_at is null;

-- The context of a lead after every so many of its events: where the context at an instant is counted from.
create table lead_snapshot (
    lead_id     uuid        not null,
    last_offset bigint      not null,
    -- The latest time of an event in it: it serves every instant from then on.
    last_time   timestamptz not null,
    context     bytea       not null,
    primary key (lead_id, last_offset)
);
create index lead_snapshot_by_time on lead_snapshot (lead_id, last_time desc, last_offset desc);

-- With the time as a key column an instant is found without reading the events after it.
drop index event_of_lead_by_offset;
create index event_of_lead_by_offset on event (lead_id, kafka_offset, time);
create index event_of_tenant_by_time on event (tenant_id, time, type);

-- What operators asked for under an Idempotency-Key, so that a repeat is told the first one's event.
create table operator_request (
    tenant_id       uuid        not null,
    idempotency_key text        not null,
    fingerprint     text        not null,
    event_id        uuid        not null,
    at              timestamptz not null default now(),
    primary key (tenant_id, idempotency_key)
);
