package dev.throughline.tools.catalog;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A service on the wire, in the words of the seeds.
 *
 * @param duration minutes
 * @param bufferBefore minutes; null where only customers' facts are told
 * @param bufferAfter minutes; null where only customers' facts are told
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
        @Nullable Integer bufferAfter) {

    /** What operators see. */
    static ServiceAnswer full(Service service) {
        return new ServiceAnswer(
                service.id(),
                service.name(),
                service.description(),
                plain(service.price()),
                service.durationMinutes(),
                service.category(),
                service.bufferBeforeMinutes(),
                service.bufferAfterMinutes());
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
                null);
    }

    /** A whole price as an integer, so that every JSON library writes {@code 50} and none {@code 5E+1} or {@code 50.00}. */
    private static Number plain(BigDecimal price) {
        BigDecimal stripped = price.stripTrailingZeros();
        if (stripped.scale() > 0) {
            return stripped;
        }
        return stripped.longValueExact();
    }
}
