-- Calendar feeds under a secret address, of a tenant or of one of its people; the secret as its SHA-256.
CREATE TABLE calendar_feed (
    id          uuid PRIMARY KEY,
    tenant_id   uuid        NOT NULL REFERENCES tenant,
    staff_id    uuid,
    secret_hash text        NOT NULL,
    created_at  timestamptz NOT NULL DEFAULT now(),
    FOREIGN KEY (tenant_id, staff_id) REFERENCES staff (tenant_id, id),
    CONSTRAINT calendar_feed_once UNIQUE NULLS NOT DISTINCT (tenant_id, staff_id)
);
