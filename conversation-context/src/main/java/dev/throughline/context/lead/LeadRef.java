package dev.throughline.context.lead;

import java.util.UUID;

/** A lead and the business it is in contact with. */
public record LeadRef(UUID tenantId, UUID leadId) {}
