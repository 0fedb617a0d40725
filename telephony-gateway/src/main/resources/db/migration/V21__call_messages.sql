-- Voice messages callers left. The audio stays with Twilio; whose it is stands here, so that nobody else can fetch it.
CREATE TABLE call_messages (
    recording_sid    text PRIMARY KEY,
    call_sid         text NOT NULL,
    tenant_id        uuid NOT NULL,
    lead_id          uuid NOT NULL,
    duration_seconds integer NOT NULL,
    left_at          timestamptz NOT NULL
);
