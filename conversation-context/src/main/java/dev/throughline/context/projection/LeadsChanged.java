package dev.throughline.context.projection;

import java.util.Map;
import java.util.UUID;

/**
 * Fired as a CDI event after the transaction that changed leads, on the projection's thread; observers must not block.
 *
 * @param tenantByLead the tenant of each changed lead
 */
public record LeadsChanged(Map<UUID, UUID> tenantByLead) {

    /** The PostgreSQL channel that tells the other replicas; payload {@code tenantId/leadId}. */
    public static final String CHANNEL = "throughline_leads_changed";
}
