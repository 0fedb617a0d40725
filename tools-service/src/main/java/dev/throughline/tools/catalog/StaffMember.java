package dev.throughline.tools.catalog;

import dev.throughline.events.tenant.TenantSettings.DayHours;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who serves customers.
 *
 * @param serviceIds what this person does; null = every service of the tenant, later ones too
 * @param workingHours by lower-case English weekday, wall clock in the tenant's zone; null = the tenant's opening hours
 */
public record StaffMember(
        UUID id,
        UUID tenantId,
        String name,
        @Nullable Set<UUID> serviceIds,
        @Nullable Map<String, DayHours> workingHours) {}
