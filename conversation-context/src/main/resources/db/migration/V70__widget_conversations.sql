-- Conversations a page was given the address of: whose they are is known from here, whatever the browser says in them.
create table widget_conversation (
    conversation_id text        primary key,
    tenant_id       uuid        not null,
    lead_id         uuid        not null,
    begun_at        timestamptz not null
);
create index widget_conversation_by_age on widget_conversation (begun_at);
