package dev.throughline.tools.catalog;

import dev.throughline.events.tenant.Closure;
import dev.throughline.events.tenant.TenantCatalog;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * All that a tenant offers, as it stands in the database.
 *
 * @param services in the order they were made, as staff and chairs
 * @param closures the earliest first
 */
public record Offering(List<Service> services, List<StaffMember> staff, List<Chair> chairs, List<Closure> closures) {

    /** The service of an id; empty when there is none, or none any more. */
    public Optional<Service> service(UUID id) {
        return services.stream().filter(one -> one.id().equals(id)).findFirst();
    }

    /** The staff member of an id; empty when there is none, or none any more. */
    public Optional<StaffMember> member(UUID id) {
        return staff.stream().filter(one -> one.id().equals(id)).findFirst();
    }

    /** As it is published with the tenant. */
    TenantCatalog published() {
        return new TenantCatalog(
                services.stream()
                        .map(one -> new TenantCatalog.Offer(
                                one.id(),
                                one.name(),
                                one.description(),
                                one.price(),
                                one.durationMinutes(),
                                one.category()))
                        .toList(),
                staff.stream()
                        .map(one -> new TenantCatalog.Employee(one.id(), one.name(), one.serviceIds()))
                        .toList(),
                chairs.stream()
                        .map(one -> new TenantCatalog.Place(one.id(), one.name(), one.serviceIds()))
                        .toList(),
                closures);
    }
}
