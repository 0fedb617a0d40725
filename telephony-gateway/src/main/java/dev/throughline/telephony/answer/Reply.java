package dev.throughline.telephony.answer;

import dev.throughline.telephony.twilio.VoiceTwiml.Fallback;
import org.jspecify.annotations.Nullable;

/** What a caller meets in place of the agent. */
public sealed interface Reply {

    /** The words are spoken and the call ends. */
    record Say(String words) implements Reply {}

    /**
     * Somebody is rung.
     *
     * @param words spoken first; null = nothing
     */
    record Ring(@Nullable String words, Fallback whom) implements Reply {}

    /** The words are spoken and the caller may leave a message. */
    record TakeMessage(String words) implements Reply {}

    /**
     * The call is never answered. Only as the first answer to a call.
     *
     * @param busy whether the caller hears the busy tone rather than that the number is not available
     */
    record Reject(boolean busy) implements Reply {}
}
