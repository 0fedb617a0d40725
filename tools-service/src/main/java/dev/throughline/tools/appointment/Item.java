package dev.throughline.tools.appointment;

import dev.throughline.tools.availability.SlotRequest.Need;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One service of a visit, as it was booked: what changes in the catalog later does not change it.
 *
 * @param chairId null when it needs none
 * @param bufferBefore minutes blocked before it
 * @param bufferAfter minutes blocked after it
 * @param price in the tenant's currency, add-ons included
 * @param addOns names
 */
public record Item(
        UUID serviceId,
        String serviceName,
        UUID staffId,
        String staffName,
        @Nullable UUID chairId,
        @Nullable String chairName,
        Instant start,
        Instant end,
        int bufferBefore,
        int bufferAfter,
        BigDecimal price,
        List<String> addOns) {

    public Item {
        addOns = List.copyOf(addOns);
    }

    /** The time it takes, add-ons included. */
    Need need() {
        return new Need(
                serviceId,
                Duration.between(start, end),
                Duration.ofMinutes(bufferBefore),
                Duration.ofMinutes(bufferAfter));
    }
}
