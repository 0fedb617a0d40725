-- Rebuilding the read model from the topic: what is asked for and how far it came. The copy stands in a schema of its own.
create table rebuild (
    id          uuid        primary key,
    state       text        not null check (state in ('running', 'done', 'cancelled')),
    -- Whether the copy takes the live tables' place at the end, or is only compared.
    swap        boolean     not null,
    asked_by    text        not null,
    asked_at    timestamptz not null,
    -- When the copy was begun; null before.
    started_at  timestamptz,
    finished_at timestamptz,
    -- Records to read when it began, read so far, and of those never taken.
    total       bigint      not null default 0,
    folded      bigint      not null default 0,
    refused     bigint      not null default 0,
    -- Leads compared, and those whose context or row is another one in the copy; some of them.
    leads       bigint      not null default 0,
    different   bigint      not null default 0,
    examples    uuid[]      not null default '{}',
    -- What keeps it from going on just now; null when nothing does.
    problem     text
);
create unique index rebuild_one_at_a_time on rebuild ((true)) where state = 'running';

-- Makes empty copies of the tables that follow from the topic.
create function rebuild_begin() returns void language plpgsql as $$
declare
    name text;
begin
    drop schema if exists rebuild cascade;
    create schema rebuild;
    foreach name in array array['event', 'lead', 'call', 'lead_snapshot', 'consumed'] loop
        execute format('create table rebuild.%I (like public.%I including all)', name, name);
    end loop;
end
$$;

-- Puts the copies in the place of the live tables. Their indexes get the names the live ones had, so that later migrations find them.
create function rebuild_swap() returns void language plpgsql as $$
declare
    name text;
    i record;
begin
    create schema rebuild_old;
    foreach name in array array['event', 'lead', 'call', 'lead_snapshot', 'consumed'] loop
        execute format('alter table public.%I set schema rebuild_old', name);
        execute format('alter table rebuild.%I set schema public', name);
        for i in
            with named as (
                select x.indrelid, c.relname,
                       regexp_replace(pg_get_indexdef(x.indexrelid), '^CREATE (UNIQUE )?INDEX \S+ ON \S+ ', '') as what
                  from pg_index x join pg_class c on c.oid = x.indexrelid
                 where x.indrelid in (format('rebuild_old.%I', name)::regclass, format('public.%I', name)::regclass))
            select copy.relname as has, live.relname as gets
              from named copy join named live on live.what = copy.what
             where copy.indrelid = format('public.%I', name)::regclass
               and live.indrelid = format('rebuild_old.%I', name)::regclass and copy.relname <> live.relname
        loop
            execute format('alter index public.%I rename to %I', i.has, i.gets);
        end loop;
    end loop;
    drop schema rebuild_old cascade;
    drop schema rebuild cascade;
end
$$;

-- Dead letters that were put back, so that nobody does it twice by mistake.
create table dead_letter_returned (
    topic           text        not null,
    kafka_partition integer     not null,
    kafka_offset    bigint      not null,
    returned_by     text        not null,
    returned_at     timestamptz not null,
    primary key (topic, kafka_partition, kafka_offset)
);
