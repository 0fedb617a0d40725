-- The partition a lead's events come by: with last_offset, its place in the log.
alter table lead add column kafka_partition integer not null default 0;
update lead set kafka_partition = coalesce(
    (select e.kafka_partition from event e where e.lead_id = lead.lead_id limit 1), 0);
create index lead_of_tenant_by_position on lead (tenant_id, kafka_partition, last_offset);

-- Contexts that wait to be published and are outdated by a newer one.
create index outbox_of_contexts on outbox (key) where topic = 'lead-contexts-v1';
