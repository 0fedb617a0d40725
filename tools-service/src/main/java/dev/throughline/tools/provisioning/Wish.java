package dev.throughline.tools.provisioning;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One thing that shall be there.
 *
 * @param id names it for ever, e.g. {@code elevenlabs.tool.book_appointment}
 * @param what for people, e.g. "tool book_appointment"
 * @param key how it is found where its id is not known: a name, a number, an address; empty: it cannot be found and is made
 * @param configuredId the provider's id as the record or the environment gives it; null = none
 * @param wanted what its document must say, with the marks of {@link Wanted}; members that are not named are left as they are
 * @param atCreation what a new one begins with besides; later it belongs to whoever changes it there
 * @param installationWide whether all tenants share it
 */
public record Wish(
        String id,
        Kind kind,
        String what,
        String key,
        @Nullable String configuredId,
        ObjectNode wanted,
        ObjectNode atCreation,
        boolean installationWide) {

    /** The ids it may have, the likeliest first. */
    public List<String> candidates(@Nullable String rememberedId) {
        return java.util.stream.Stream.of(configuredId, rememberedId)
                .filter(java.util.Objects::nonNull)
                .distinct()
                .toList();
    }
}
