-- Leads of which something is known that was not published yet. The publisher takes the context from the lead's row, so that a lead that
-- changes often is published as it stands, once, and no context waits in the outbox in many versions.
create sequence context_due_version;
create table context_due (
    lead_id uuid        primary key,
    -- Another one with every change, never used again: what was published is crossed off only where nothing came after it.
    version bigint      not null,
    -- When the first change came that is not published.
    since   timestamptz not null default clock_timestamp()
);

insert into context_due (lead_id, version)
select lead_id, nextval('context_due_version')
  from (select distinct key::uuid as lead_id from outbox where topic = 'lead-contexts-v1') as waiting;
delete from outbox where topic = 'lead-contexts-v1';
drop index outbox_of_contexts;

-- Contexts are rewritten all the time: the faster compression, where the server was built with it.
do $$
begin
    alter table lead alter column context set compression lz4;
    alter table lead alter column joined set compression lz4;
    alter table lead_snapshot alter column context set compression lz4;
exception when feature_not_supported then
    null;
end
$$;
