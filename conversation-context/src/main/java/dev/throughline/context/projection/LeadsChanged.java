package dev.throughline.context.projection;

import java.util.Map;
import java.util.UUID;

/**
 * Fired as a CDI event after the transaction that changed leads, on the projection's thread; observers must not block. Repeats and false
 * ones are harmless.
 *
 * @param tenantByLead the tenant of each changed lead
 */
public record LeadsChanged(Map<UUID, UUID> tenantByLead) {}
