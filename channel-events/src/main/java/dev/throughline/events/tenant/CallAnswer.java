package dev.throughline.events.tenant;

import org.jspecify.annotations.Nullable;

/**
 * What a tenant wants a caller to meet in some situation.
 *
 * @param message spoken first, in the tenant's words; null = the suite's own words, or none where none are needed
 */
public record CallAnswer(Kind kind, @Nullable String message) {

    /** How the call goes on. */
    public enum Kind {
        /** The agent answers, as it does otherwise. */
        AGENT,
        /** The message is spoken and the call ends. */
        MESSAGE,
        /** The message is spoken and the tenant's fallback number is rung. */
        RING,
        /** The message is spoken and the caller may leave one. */
        VOICEMAIL,
        /** The call is never answered; the caller hears the busy tone and pays nothing. */
        REJECT
    }

    /** An answer without words of the tenant's own. */
    public static CallAnswer of(Kind kind) {
        return new CallAnswer(kind, null);
    }
}
