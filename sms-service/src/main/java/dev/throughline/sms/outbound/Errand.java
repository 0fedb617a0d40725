package dev.throughline.sms.outbound;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * What another service wants a text for.
 *
 * @param key the service's own name of it, which it finds again in the text's events
 */
public record Errand(Purpose purpose, String key) {

    /** Why a text is sent that answers none and that no operator wrote. */
    public enum Purpose {
        AGENT_TOOL,
        FOLLOW_UP,
        REMINDER;

        /** As requests, events and the database have it, e.g. {@code agent-tool}. */
        public String wireName() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /** The purpose of this name; empty when there is none. */
        public static Optional<Purpose> of(String wireName) {
            return Arrays.stream(values())
                    .filter(purpose -> purpose.wireName().equals(wireName))
                    .findFirst();
        }
    }
}
