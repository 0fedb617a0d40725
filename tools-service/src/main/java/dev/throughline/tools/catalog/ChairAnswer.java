package dev.throughline.tools.catalog;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A chair on the wire.
 *
 * @param serviceIds absent = all services
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ChairAnswer(UUID id, String name, @Nullable Set<UUID> serviceIds) {

    static ChairAnswer of(Chair chair) {
        return new ChairAnswer(chair.id(), chair.name(), chair.serviceIds());
    }
}
