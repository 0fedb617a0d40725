package dev.throughline.telephony.outbound;

import org.jspecify.annotations.Nullable;

/** What a provider made of being asked for a call. */
sealed interface Attempt {

    /**
     * There is a call.
     *
     * @param callSid null when the provider did not name it
     * @param conversationId null when there is none yet
     */
    record Placed(@Nullable String callSid, @Nullable String conversationId) implements Attempt {}

    /** There is none. */
    record Refused(Refusal refusal) implements Attempt {}

    /** There may be one. */
    record Unclear(String reason) implements Attempt {}
}
