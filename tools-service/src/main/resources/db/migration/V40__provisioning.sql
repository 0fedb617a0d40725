-- When a tool secret stops being valid, by its hash; one that is not named has no end.
ALTER TABLE tenant ADD COLUMN tool_secret_ends jsonb NOT NULL DEFAULT '{}';

-- Tool secrets that were given to ElevenLabs for a tenant's agents, as hashes. They are rotated by themselves: an operator who rotates the
-- secret of a hand-made integration must not cut off the agents, nor the other way round.
CREATE TABLE agent_secret (
    tenant_id uuid        NOT NULL REFERENCES tenant,
    hash      text        NOT NULL,
    made_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (tenant_id, hash)
);

-- What was made at the providers, by the thing's name here. The owner is a tenant, or the nil uuid for what all tenants share.
CREATE TABLE provisioned (
    owner       uuid        NOT NULL,
    resource    text        NOT NULL,
    provider_id text        NOT NULL,
    fingerprint text,
    changed_at  timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (owner, resource)
);

-- One run at a time; a run that died is over when its time is up.
CREATE TABLE provisioning_run (
    tenant_id uuid PRIMARY KEY REFERENCES tenant,
    run       uuid        NOT NULL,
    over_at   timestamptz NOT NULL
);
