-- Whose a called SIP address is. It stands in the tenant's settings too; here so that two tenants can never have the same one.
CREATE TABLE tenant_sip_address (
    address   text NOT NULL,
    tenant_id uuid NOT NULL REFERENCES tenant,
    CONSTRAINT tenant_sip_address_once PRIMARY KEY (address)
);
CREATE INDEX tenant_sip_address_of_tenant ON tenant_sip_address (tenant_id);
