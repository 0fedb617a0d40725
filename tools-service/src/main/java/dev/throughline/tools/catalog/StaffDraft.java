package dev.throughline.tools.catalog;

import dev.throughline.platform.web.Problem;
import dev.throughline.tools.tenant.DayDraft;
import dev.throughline.tools.tenant.Texts;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A staff member as an operator writes it.
 *
 * @param name required
 * @param serviceIds ids of the tenant's services; absent = all
 * @param workingHours as {@code businessHours} of a tenant; absent = the tenant's
 */
public record StaffDraft(
        @Nullable String name,
        @Nullable List<UUID> serviceIds,
        @Nullable Map<String, DayDraft> workingHours) {

    /**
     * The staff member.
     *
     * @param services all of the tenant
     * @throws Problem 400 naming every wrong field
     */
    StaffMember check(UUID id, UUID tenantId, List<Service> services) {
        List<Problem.Field> wrong = new ArrayList<>();
        StaffMember member = new StaffMember(
                id,
                tenantId,
                Texts.required("name", name, 200, wrong),
                skills(services, wrong),
                workingHours == null ? null : DayDraft.week("workingHours", workingHours, wrong));
        if (!wrong.isEmpty()) {
            throw Problem.invalid(wrong);
        }
        return member;
    }

    private @Nullable Set<UUID> skills(List<Service> services, List<Problem.Field> wrong) {
        if (serviceIds == null) {
            return null;
        }
        Set<UUID> known = services.stream().map(Service::id).collect(Collectors.toSet());
        for (int i = 0; i < serviceIds.size(); i++) {
            if (!known.contains(serviceIds.get(i))) {
                wrong.add(new Problem.Field("serviceIds[" + i + "]", "is not a service of this tenant"));
            }
        }
        return new LinkedHashSet<>(serviceIds);
    }
}
