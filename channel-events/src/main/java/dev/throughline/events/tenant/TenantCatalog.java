package dev.throughline.events.tenant;

import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a business offers, as far as others than its book need to know. Published with the tenant at every change of services, staff,
 * chairs or closures.
 *
 * @param services in the order they were made
 * @param staff in the order they were made
 * @param chairs chairs, rooms or whatever a visit occupies, in the order they were made
 * @param closures holidays and other days off of the whole business, the earliest first
 */
public record TenantCatalog(List<Offer> services, List<Employee> staff, List<Place> chairs, List<Closure> closures) {

    /**
     * A service.
     *
     * @param durationMinutes length of the visit
     * @param price in the tenant's currency
     */
    public record Offer(
            UUID id,
            String name,
            @Nullable String description,
            BigDecimal price,
            int durationMinutes,
            @Nullable String category) {}

    /**
     * Somebody who serves customers.
     *
     * @param serviceIds null = every service
     */
    public record Employee(UUID id, String name, @Nullable Set<UUID> serviceIds) {}

    /**
     * What a visit occupies.
     *
     * @param serviceIds null = every service
     */
    public record Place(UUID id, String name, @Nullable Set<UUID> serviceIds) {}

    @SuppressWarnings("NullAway") // Jackson passes null for what an older publisher did not know
    public TenantCatalog {
        services = services == null ? List.of() : List.copyOf(services);
        staff = staff == null ? List.of() : List.copyOf(staff);
        chairs = chairs == null ? List.of() : List.copyOf(chairs);
        closures = closures == null ? List.of() : List.copyOf(closures);
    }

    /** Of a business that told nothing. */
    public static TenantCatalog empty() {
        return new TenantCatalog(List.of(), List.of(), List.of(), List.of());
    }
}
