-- What is to be done by itself, or was asked for by an operator, and what became of it. Not part of the read model: it does not follow
-- from the topic alone, and filling a fresh read model from the topic leaves it alone.
create table follow_up (
    -- From the rule and its cause, so that a cause that is told twice has one follow-up.
    follow_up_id uuid        primary key,
    tenant_id    uuid        not null,
    lead_id      uuid        not null,
    -- MISSED_CALL, CALL_WITHOUT_BOOKING, REMINDER or ASKED.
    kind         text        not null,
    -- CallSid, appointment id, or the operator who asked.
    cause        text        not null,
    -- The appointment's version the reminder is of; null otherwise.
    version      integer,
    -- When the call ended, the appointment begins, or what the operator asked for.
    cause_at     timestamptz not null,
    -- TEXT, CALL or HOOK.
    channel      text        not null,
    -- With placeholders; null for what says nothing.
    words        text,
    questions    text[]      not null,
    -- The follow-up whose failure raised this one.
    raised_by    uuid,
    state        text        not null,
    due_at       timestamptz not null,
    -- When a worker looks at it: when it is due, is to be tried again, or its worker must be taken for dead. Null once it is over.
    wake_at      timestamptz,
    attempts     integer     not null default 0,
    -- What was asked of another service, byte for byte: a repeat under the same key must not differ.
    request      text,
    -- The other service's name of it.
    reference    text,
    -- Why it ended as it did, or was put off.
    note         text,
    created_at   timestamptz not null default now(),
    changed_at   timestamptz not null default now()
);
create index follow_up_to_do on follow_up (wake_at) where wake_at is not null;
create index follow_up_of_lead on follow_up (lead_id, due_at);
create index follow_up_open_of_lead on follow_up (lead_id) where state = 'SCHEDULED';
create index follow_up_of_tenant on follow_up (tenant_id, due_at, follow_up_id);
