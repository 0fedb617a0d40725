package dev.throughline.tools.catalog;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who serves customers.
 *
 * @param serviceIds what this person does; null = every service of the tenant, later ones too
 * @param workingHours by lower-case English weekday; null = the tenant's opening hours
 * @param timeOff the earliest first
 */
public record StaffMember(
        UUID id,
        UUID tenantId,
        String name,
        @Nullable Set<UUID> serviceIds,
        @Nullable Map<String, WorkingDay> workingHours,
        List<TimeOff> timeOff) {

    public StaffMember {
        timeOff = List.copyOf(timeOff);
    }

    /** Whether this person does a service. */
    public boolean does(UUID serviceId) {
        return serviceIds == null || serviceIds.contains(serviceId);
    }
}
