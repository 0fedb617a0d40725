package dev.throughline.simulator.elevenlabs.conversation;

import dev.throughline.simulator.elevenlabs.account.Json;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/** How long one conversation may last and how long it may be silent. Starts counting when made. */
final class ConversationLimits {

    private static final double DEFAULT_SECONDS = 600;

    private final long maxMillis;
    private final long silenceMillis;
    private final long startedAt = SessionClock.now();
    private long lastSpeechAt = startedAt;

    private ConversationLimits(long maxMillis, long silenceMillis) {
        this.maxMillis = maxMillis;
        this.silenceMillis = silenceMillis;
    }

    /** The limits of {@code agent} under {@code override}; a silence limit below 0 is none. */
    static ConversationLimits of(JsonObject agent, JsonObject override) {
        double own = Json.number(agent, "conversation_config.conversation.max_duration_seconds", DEFAULT_SECONDS);
        double seconds = Json.number(override, "conversation.max_duration_seconds", own);
        double silence = Json.number(agent, "conversation_config.turn.silence_end_call_timeout", -1);
        return new ConversationLimits((long) (seconds * 1000), (long) (silence * 1000));
    }

    /** Somebody speaks, or is about to. */
    void speech() {
        lastSpeechAt = SessionClock.now();
    }

    /** The provider's word for the limit that is passed; a written conversation is never too silent. */
    Optional<String> broken(boolean textOnly) {
        if (SessionClock.now() - startedAt > maxMillis) {
            return Optional.of("max_duration_exceeded");
        }
        return !textOnly && silenceMillis > 0 && SessionClock.now() - lastSpeechAt > silenceMillis
                ? Optional.of("silence_end_call_timeout")
                : Optional.empty();
    }
}
