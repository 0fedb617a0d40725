-- Asking ElevenLabs for what no webhook told: per agent, until when its conversations were listed.
create table provider_poll (
    agent_id     text        primary key,
    listed_until timestamptz not null,
    next_at      timestamptz not null,
    failures     integer     not null default 0
);
-- Conversations that were listed and of which nothing came; gone when it has, or when they are too old.
create table provider_missing (
    conversation_id text        primary key,
    agent_id        text        not null,
    found_at        timestamptz not null,
    next_at         timestamptz not null,
    tries           integer     not null default 0
);
create index provider_missing_next on provider_missing (next_at);
