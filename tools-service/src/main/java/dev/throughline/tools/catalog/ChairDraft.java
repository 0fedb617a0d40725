package dev.throughline.tools.catalog;

import dev.throughline.platform.web.Problem;
import dev.throughline.tools.tenant.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A chair or room as an operator writes it.
 *
 * @param name required
 * @param serviceIds ids of the tenant's services; absent = all
 */
public record ChairDraft(@Nullable String name, @Nullable List<UUID> serviceIds) {

    /**
     * The chair.
     *
     * @param services all of the tenant
     * @throws Problem 400 naming every wrong field
     */
    Chair check(UUID id, UUID tenantId, List<Service> services) {
        List<Problem.Field> wrong = new ArrayList<>();
        Chair chair = new Chair(
                id,
                tenantId,
                Texts.required("name", name, 200, wrong),
                StaffDraft.services(serviceIds, services, wrong));
        if (!wrong.isEmpty()) {
            throw Problem.invalid(wrong);
        }
        return chair;
    }
}
