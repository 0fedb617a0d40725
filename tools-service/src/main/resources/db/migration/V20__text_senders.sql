-- Whose a number or messaging service is that sends texts: every tenant's own number, its further senders, its service. They stand in the
-- tenant's settings too; here so that no tenant can text in another's name, or be given its customers' answers.
CREATE TABLE tenant_sender (
    sender    text NOT NULL,
    tenant_id uuid NOT NULL REFERENCES tenant,
    CONSTRAINT tenant_sender_once PRIMARY KEY (sender)
);
CREATE INDEX tenant_sender_of_tenant ON tenant_sender (tenant_id);
INSERT INTO tenant_sender (sender, tenant_id)
    SELECT twilio_phone_number, id FROM tenant WHERE twilio_phone_number IS NOT NULL;
