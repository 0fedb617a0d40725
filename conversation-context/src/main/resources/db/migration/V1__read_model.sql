-- The event log of this service: what it has consumed, as it stood on the topic. Everything else here follows from it.
create table event (
    event_id        uuid        primary key,
    lead_id         uuid        not null,
    tenant_id       uuid        not null,
    kafka_partition integer     not null,
    kafka_offset    bigint      not null,
    type            text        not null,
    source          text        not null,
    time            timestamptz not null,
    -- json, not jsonb: the exact text of the record, and \u0000 inside a string is legal in it.
    data            json        not null,
    -- The provider's name of what the event is about: MessageSid, CallSid or conversation_id.
    reference       text,
    -- The words in it, for the search.
    said            text
);
create index event_of_lead_by_offset on event (lead_id, kafka_offset);
create index event_of_lead_by_time on event (lead_id, time desc, event_id desc);
create index event_by_reference on event (reference) where reference is not null;
create index event_by_words on event using gin (to_tsvector('simple', said)) where said is not null;

-- The read model: one row per lead, rewritten from the folded context whenever the lead's events change it.
create table lead (
    lead_id       uuid        primary key,
    tenant_id     uuid        not null,
    name          text,
    phone         text,
    last_activity timestamptz not null,
    last_channel  text,
    last_speaker  text,
    last_text     text,
    score         integer,
    -- When the call began that is not over; null when nobody is on the phone.
    calling_since timestamptz,
    -- The highest Kafka offset folded: where a stream of this lead begins after reading it.
    last_offset   bigint      not null,
    -- The folded context, byte for byte as it is published.
    context       bytea       not null
);
create index lead_of_tenant_by_activity on lead (tenant_id, last_activity desc, lead_id desc);
create index lead_by_phone on lead (phone) where phone is not null;

-- Where to read on, stored with the effect.
create table consumed (
    topic           text    not null,
    kafka_partition integer not null,
    next_offset     bigint  not null,
    primary key (topic, kafka_partition)
);
