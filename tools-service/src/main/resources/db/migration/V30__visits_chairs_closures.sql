-- Rules of a service of its own; null = the installation's.
ALTER TABLE service
    ADD COLUMN notice_minutes integer CHECK (notice_minutes >= 0),
    ADD COLUMN notice_days    integer CHECK (notice_days >= 0),
    ADD COLUMN horizon_days   integer CHECK (horizon_days >= 0),
    ADD COLUMN grid_minutes   integer CHECK (grid_minutes > 0),
    ADD COLUMN add_ons        jsonb NOT NULL DEFAULT '[]',
    -- What is taken out of the catalog stays for the appointments that speak of it.
    ADD COLUMN removed_at     timestamptz;
DROP INDEX service_name_once;
CREATE UNIQUE INDEX service_name_once ON service (tenant_id, lower(name)) WHERE removed_at IS NULL;

ALTER TABLE staff
    ADD COLUMN time_off   jsonb NOT NULL DEFAULT '[]',
    ADD COLUMN removed_at timestamptz;
DROP INDEX staff_name_once;
CREATE UNIQUE INDEX staff_name_once ON staff (tenant_id, lower(name)) WHERE removed_at IS NULL;

-- What a visit occupies besides a person: chairs, rooms, machines.
CREATE TABLE chair (
    id          uuid PRIMARY KEY,
    tenant_id   uuid   NOT NULL REFERENCES tenant,
    name        text   NOT NULL,
    service_ids uuid[],
    removed_at  timestamptz,
    position    bigint GENERATED ALWAYS AS IDENTITY,
    UNIQUE (tenant_id, id)
);
CREATE UNIQUE INDEX chair_name_once ON chair (tenant_id, lower(name)) WHERE removed_at IS NULL;

-- Wall clock in the tenant's zone, for a holiday is a day on the calendar and no stretch of real time.
CREATE TABLE closure (
    id        uuid PRIMARY KEY,
    tenant_id uuid      NOT NULL REFERENCES tenant,
    name      text,
    starts    timestamp NOT NULL,
    ends      timestamp NOT NULL,
    yearly    boolean   NOT NULL,
    CHECK (starts < ends)
);
CREATE INDEX closure_of_tenant ON closure (tenant_id, starts);

-- The catalog as it was published last.
ALTER TABLE tenant ADD COLUMN catalog jsonb;

-- One appointment is one visit with one service or more, each with its person and its chair.
ALTER TABLE appointment
    ADD COLUMN items      jsonb,
    ADD COLUMN price      numeric(12, 2),
    ADD COLUMN held_until timestamptz,
    ADD COLUMN held_by    text;
UPDATE appointment a SET
    price = s.price,
    items = jsonb_build_array(jsonb_build_object(
        'serviceId', a.service_id, 'serviceName', a.service_name, 'staffId', a.staff_id, 'staffName', a.staff_name,
        'start', to_char(a.starts_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
        'end', to_char(a.ends_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
        'bufferBefore', extract(epoch FROM a.starts_at - lower(a.blocked))::integer / 60,
        'bufferAfter', extract(epoch FROM upper(a.blocked) - a.ends_at)::integer / 60,
        'price', s.price, 'addOns', '[]'::jsonb))
  FROM service s WHERE s.id = a.service_id;

-- What appointments and holds block, one row for the person and one for the chair of each service.
CREATE TABLE blocked_time (
    tenant_id      uuid        NOT NULL,
    appointment_id uuid        NOT NULL REFERENCES appointment ON DELETE CASCADE,
    resource_id    uuid        NOT NULL,
    blocked        tstzrange   NOT NULL,
    -- A hold blocks until then; null = booked. Nothing happens at that instant: whoever wants the time sets active to false.
    held_until     timestamptz,
    active         boolean     NOT NULL,
    -- Readers look back this far for what reaches into the days they ask for.
    CHECK (NOT isempty(blocked) AND upper(blocked) - lower(blocked) <= interval '48 hours'),
    -- The last word on double booking, whatever was raced: what blocks one person or one chair never overlaps.
    CONSTRAINT blocked_once EXCLUDE USING gist (resource_id WITH =, blocked WITH &&) WHERE (active)
);
CREATE INDEX blocked_time_by_start ON blocked_time (tenant_id, lower(blocked)) WHERE active;
CREATE INDEX blocked_time_of_appointment ON blocked_time (appointment_id);
INSERT INTO blocked_time (tenant_id, appointment_id, resource_id, blocked, active)
    SELECT tenant_id, id, staff_id, blocked, status = 'scheduled' FROM appointment;

ALTER TABLE appointment
    DROP CONSTRAINT appointment_once,
    DROP COLUMN service_id, DROP COLUMN service_name, DROP COLUMN staff_id, DROP COLUMN staff_name, DROP COLUMN blocked,
    ALTER COLUMN items SET NOT NULL,
    ALTER COLUMN price SET NOT NULL,
    DROP CONSTRAINT appointment_status_check,
    ADD CONSTRAINT appointment_status_check CHECK (status IN ('held', 'scheduled', 'cancelled', 'completed')),
    ADD CONSTRAINT appointment_times_check CHECK (starts_at < ends_at),
    ADD CONSTRAINT appointment_hold_check CHECK ((status = 'held') = (held_until IS NOT NULL));
CREATE INDEX appointment_hold ON appointment (tenant_id, held_by, held_until) WHERE status = 'held';
