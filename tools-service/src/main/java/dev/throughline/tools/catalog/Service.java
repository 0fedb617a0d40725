package dev.throughline.tools.catalog;

import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something a business does for a customer.
 *
 * @param name as said to callers; unique within the tenant, whatever the case
 * @param price in the tenant's currency, zero or more
 * @param durationMinutes length of the visit without add-ons
 * @param bufferBeforeMinutes blocked before the visit
 * @param bufferAfterMinutes blocked after the visit
 * @param addOns what can be had with it, in the operator's order
 */
public record Service(
        UUID id,
        UUID tenantId,
        String name,
        @Nullable String description,
        BigDecimal price,
        int durationMinutes,
        @Nullable String category,
        int bufferBeforeMinutes,
        int bufferAfterMinutes,
        BookingRules rules,
        List<AddOn> addOns) {

    public Service {
        addOns = List.copyOf(addOns);
    }
}
