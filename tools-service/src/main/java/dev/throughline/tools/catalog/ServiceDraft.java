package dev.throughline.tools.catalog;

import dev.throughline.platform.web.Problem;
import dev.throughline.tools.tenant.Texts;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A service as an operator writes it.
 *
 * @param name required
 * @param price required, zero or more, at most two decimals
 * @param duration required, minutes, 1 to 1440
 * @param bufferBefore minutes, default 0
 * @param bufferAfter minutes, default 0
 */
public record ServiceDraft(
        @Nullable String name,
        @Nullable String description,
        @Nullable BigDecimal price,
        @Nullable Integer duration,
        @Nullable String category,
        @Nullable Integer bufferBefore,
        @Nullable Integer bufferAfter) {

    private static final int MINUTES_OF_DAY = 1440;
    private static final int MAX_BUFFER = 480;
    private static final BigDecimal MAX_PRICE = new BigDecimal("9999999999");

    /**
     * The service.
     *
     * @throws Problem 400 naming every wrong field
     */
    Service check(UUID id, UUID tenantId) {
        List<Problem.Field> wrong = new ArrayList<>();
        Service service = new Service(
                id,
                tenantId,
                Texts.required("name", name, 200, wrong),
                Texts.optional("description", description, 2000, wrong),
                price(wrong),
                minutes("duration", duration, 1, MINUTES_OF_DAY, wrong),
                Texts.optional("category", category, 200, wrong),
                bufferBefore == null ? 0 : minutes("bufferBefore", bufferBefore, 0, MAX_BUFFER, wrong),
                bufferAfter == null ? 0 : minutes("bufferAfter", bufferAfter, 0, MAX_BUFFER, wrong));
        if (!wrong.isEmpty()) {
            throw Problem.invalid(wrong);
        }
        return service;
    }

    private BigDecimal price(List<Problem.Field> wrong) {
        if (price == null
                || price.signum() < 0
                || price.compareTo(MAX_PRICE) > 0
                || price.stripTrailingZeros().scale() > 2) {
            wrong.add(new Problem.Field(
                    "price", price == null ? "is required" : "must be zero or more, with at most two decimals"));
            return BigDecimal.ZERO;
        }
        return price.setScale(2, RoundingMode.UNNECESSARY);
    }

    private static int minutes(String field, @Nullable Integer minutes, int min, int max, List<Problem.Field> wrong) {
        if (minutes == null || minutes < min || minutes > max) {
            wrong.add(new Problem.Field(
                    field, minutes == null ? "is required" : "must be " + min + " to " + max + " minutes"));
            return min;
        }
        return minutes;
    }
}
