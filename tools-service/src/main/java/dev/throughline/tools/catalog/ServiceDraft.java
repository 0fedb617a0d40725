package dev.throughline.tools.catalog;

import dev.throughline.platform.web.Problem;
import dev.throughline.tools.tenant.Texts;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A service as an operator writes it.
 *
 * @param name required
 * @param price required, zero or more, at most two decimals
 * @param duration required, minutes
 * @param bufferBefore minutes, default 0
 * @param bufferAfter minutes, default 0
 * @param noticeMinutes absent = the installation's, as are the three after it
 */
public record ServiceDraft(
        @Nullable String name,
        @Nullable String description,
        @Nullable BigDecimal price,
        @Nullable Integer duration,
        @Nullable String category,
        @Nullable Integer bufferBefore,
        @Nullable Integer bufferAfter,
        @Nullable Integer noticeMinutes,
        @Nullable Integer noticeDays,
        @Nullable Integer horizonDays,
        @Nullable Integer gridMinutes,
        @Nullable List<AddOnDraft> addOns) {

    private static final int MINUTES_OF_DAY = 1440;
    private static final int MAX_BUFFER = 480;
    private static final int MAX_DAYS = 730;
    private static final int MAX_ADD_ONS = 30;
    private static final BigDecimal MAX_PRICE = new BigDecimal("9999999999");

    /**
     * An add-on as an operator writes it.
     *
     * @param id of one there is already; absent = a new one
     * @param price default 0
     * @param duration minutes, default 0
     */
    public record AddOnDraft(
            @Nullable UUID id,
            @Nullable String name,
            @Nullable BigDecimal price,
            @Nullable Integer duration) {}

    /**
     * The service.
     *
     * @throws Problem 400 naming every wrong field
     */
    Service check(UUID id, UUID tenantId) {
        List<Problem.Field> wrong = new ArrayList<>();
        int minutes = whole("duration", duration, 1, MINUTES_OF_DAY, "minutes", wrong);
        Service service = new Service(
                id,
                tenantId,
                Texts.required("name", name, 200, wrong),
                Texts.optional("description", description, 2000, wrong),
                price("price", price, wrong),
                minutes,
                Texts.optional("category", category, 200, wrong),
                bufferBefore == null ? 0 : whole("bufferBefore", bufferBefore, 0, MAX_BUFFER, "minutes", wrong),
                bufferAfter == null ? 0 : whole("bufferAfter", bufferAfter, 0, MAX_BUFFER, "minutes", wrong),
                new BookingRules(
                        optional("noticeMinutes", noticeMinutes, 0, MAX_DAYS * MINUTES_OF_DAY, "minutes", wrong),
                        optional("noticeDays", noticeDays, 0, MAX_DAYS, "days", wrong),
                        optional("horizonDays", horizonDays, 0, MAX_DAYS, "days", wrong),
                        optional("gridMinutes", gridMinutes, 5, MINUTES_OF_DAY, "minutes", wrong)),
                addOns(minutes, wrong));
        if (!wrong.isEmpty()) {
            throw Problem.invalid(wrong);
        }
        return service;
    }

    private List<AddOn> addOns(int minutes, List<Problem.Field> wrong) {
        if (addOns == null) {
            return List.of();
        }
        if (addOns.size() > MAX_ADD_ONS) {
            wrong.add(new Problem.Field("addOns", "must be at most " + MAX_ADD_ONS));
            return List.of();
        }
        List<AddOn> checked = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (int i = 0; i < addOns.size(); i++) {
            String field = "addOns[" + i + "].";
            AddOnDraft draft = addOns.get(i);
            if (draft == null) {
                wrong.add(new Problem.Field("addOns[" + i + "]", "is required"));
                continue;
            }
            String called = Texts.required(field + "name", draft.name(), 200, wrong);
            if (!names.add(called.toLowerCase(Locale.ROOT))) {
                wrong.add(new Problem.Field(field + "name", "is there twice"));
            }
            checked.add(new AddOn(
                    draft.id() == null ? UUID.randomUUID() : draft.id(),
                    called,
                    draft.price() == null ? BigDecimal.ZERO : price(field + "price", draft.price(), wrong),
                    draft.duration() == null
                            ? 0
                            : whole(field + "duration", draft.duration(), 0, MINUTES_OF_DAY, "minutes", wrong)));
        }
        if (minutes + checked.stream().mapToInt(AddOn::minutes).sum() > MINUTES_OF_DAY) {
            wrong.add(new Problem.Field("addOns", "must not make the visit longer than a day"));
        }
        return checked;
    }

    private static BigDecimal price(String field, @Nullable BigDecimal price, List<Problem.Field> wrong) {
        if (price == null
                || price.signum() < 0
                || price.compareTo(MAX_PRICE) > 0
                || price.stripTrailingZeros().scale() > 2) {
            wrong.add(new Problem.Field(
                    field, price == null ? "is required" : "must be zero or more, with at most two decimals"));
            return BigDecimal.ZERO;
        }
        return price.setScale(2, RoundingMode.UNNECESSARY);
    }

    private static @Nullable Integer optional(
            String field, @Nullable Integer value, int min, int max, String unit, List<Problem.Field> wrong) {
        return value == null ? null : (Integer) whole(field, value, min, max, unit, wrong);
    }

    private static int whole(
            String field, @Nullable Integer value, int min, int max, String unit, List<Problem.Field> wrong) {
        if (value == null || value < min || value > max) {
            wrong.add(new Problem.Field(
                    field, value == null ? "is required" : "must be " + min + " to " + max + " " + unit));
            return min;
        }
        return value;
    }
}
