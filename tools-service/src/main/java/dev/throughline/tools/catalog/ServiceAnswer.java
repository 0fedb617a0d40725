package dev.throughline.tools.catalog;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A service on the wire, in the words of the seeds.
 *
 * @param duration minutes
 * @param bufferBefore minutes; null where only customers' facts are told, as are the members after it but the last
 * @param addOns absent when there are none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ServiceAnswer(
        UUID id,
        String name,
        @Nullable String description,
        Number price,
        int duration,
        @Nullable String category,
        @Nullable Integer bufferBefore,
        @Nullable Integer bufferAfter,
        @Nullable Integer noticeMinutes,
        @Nullable Integer noticeDays,
        @Nullable Integer horizonDays,
        @Nullable Integer gridMinutes,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<AddOnAnswer> addOns) {

    /**
     * An add-on on the wire.
     *
     * @param duration minutes it makes the visit longer by
     */
    public record AddOnAnswer(UUID id, String name, Number price, int duration) {}

    /** What operators see. */
    static ServiceAnswer full(Service service) {
        BookingRules rules = service.rules();
        return new ServiceAnswer(
                service.id(),
                service.name(),
                service.description(),
                plain(service.price()),
                service.durationMinutes(),
                service.category(),
                service.bufferBeforeMinutes(),
                service.bufferAfterMinutes(),
                rules.noticeMinutes(),
                rules.noticeDays(),
                rules.horizonDays(),
                rules.gridMinutes(),
                addOns(service));
    }

    /** What customers and agents are told. */
    public static ServiceAnswer offered(Service service) {
        return new ServiceAnswer(
                service.id(),
                service.name(),
                service.description(),
                plain(service.price()),
                service.durationMinutes(),
                service.category(),
                null,
                null,
                null,
                null,
                null,
                null,
                addOns(service));
    }

    private static List<AddOnAnswer> addOns(Service service) {
        return service.addOns().stream()
                .map(one -> new AddOnAnswer(one.id(), one.name(), plain(one.price()), one.minutes()))
                .toList();
    }

    /** A whole price as an integer, so that every JSON library writes {@code 50} and none {@code 5E+1} or {@code 50.00}. */
    public static Number plain(BigDecimal price) {
        BigDecimal stripped = price.stripTrailingZeros();
        if (stripped.scale() > 0) {
            return stripped;
        }
        return stripped.longValueExact();
    }
}
