-- Lets an exclusion constraint compare a uuid with = beside a range with &&. A trusted extension: the owner of a database may create it.
CREATE EXTENSION IF NOT EXISTS btree_gist;

CREATE TABLE tenant (
    id                      uuid PRIMARY KEY,
    name                    text        NOT NULL,
    twilio_phone_number     text,
    twilio_phone_number_sid text,
    time_zone               text        NOT NULL,
    country                 text        NOT NULL,
    language                text        NOT NULL,
    voice_path              text        NOT NULL,
    settings                jsonb       NOT NULL,
    tool_secret_hashes      text[]      NOT NULL,
    version                 bigint      NOT NULL,
    created_at              timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT tenant_number_once UNIQUE (twilio_phone_number)
);

CREATE TABLE service (
    id                    uuid PRIMARY KEY,
    tenant_id             uuid          NOT NULL REFERENCES tenant,
    name                  text          NOT NULL,
    description           text,
    price                 numeric(12, 2) NOT NULL CHECK (price >= 0),
    duration_minutes      integer       NOT NULL CHECK (duration_minutes > 0),
    category              text,
    buffer_before_minutes integer       NOT NULL CHECK (buffer_before_minutes >= 0),
    buffer_after_minutes  integer       NOT NULL CHECK (buffer_after_minutes >= 0),
    position              bigint GENERATED ALWAYS AS IDENTITY,
    UNIQUE (tenant_id, id)
);
CREATE UNIQUE INDEX service_name_once ON service (tenant_id, lower(name));

CREATE TABLE staff (
    id            uuid PRIMARY KEY,
    tenant_id     uuid   NOT NULL REFERENCES tenant,
    name          text   NOT NULL,
    service_ids   uuid[],
    working_hours jsonb,
    position      bigint GENERATED ALWAYS AS IDENTITY,
    UNIQUE (tenant_id, id)
);
CREATE UNIQUE INDEX staff_name_once ON staff (tenant_id, lower(name));

CREATE TABLE appointment (
    id             uuid PRIMARY KEY,
    tenant_id      uuid        NOT NULL REFERENCES tenant,
    service_id     uuid        NOT NULL,
    service_name   text        NOT NULL,
    staff_id       uuid        NOT NULL,
    staff_name     text        NOT NULL,
    lead_id        uuid        NOT NULL,
    customer_name  text        NOT NULL,
    customer_phone text,
    customer_email text,
    notes          text,
    starts_at      timestamptz NOT NULL,
    ends_at        timestamptz NOT NULL,
    blocked        tstzrange   NOT NULL,
    status         text        NOT NULL CHECK (status IN ('scheduled', 'cancelled', 'completed')),
    version        integer     NOT NULL,
    cancel_reason  text,
    created_at     timestamptz NOT NULL DEFAULT now(),
    FOREIGN KEY (tenant_id, service_id) REFERENCES service (tenant_id, id),
    FOREIGN KEY (tenant_id, staff_id) REFERENCES staff (tenant_id, id),
    CHECK (starts_at < ends_at AND blocked @> tstzrange(starts_at, ends_at)),
    -- The last word on double booking, whatever was raced: the visits of one person, buffers included, never overlap.
    CONSTRAINT appointment_once EXCLUDE USING gist (staff_id WITH =, blocked WITH &&) WHERE (status = 'scheduled')
);
CREATE INDEX appointment_by_start ON appointment (tenant_id, starts_at);
CREATE INDEX appointment_by_lead ON appointment (tenant_id, lead_id) WHERE status = 'scheduled';

-- The answers of tool calls that changed something, so that a repeated call changes nothing and gets the first answer.
CREATE TABLE tool_call (
    tenant_id           uuid        NOT NULL REFERENCES tenant,
    key                 text        NOT NULL,
    answer              json, -- not jsonb: the repeated answer is the first one, member for member
    appointment_id      uuid,
    appointment_version integer,
    created_at          timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant_id, key)
);
