package dev.throughline.events;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** What the agent did with its tools. */
public sealed interface ToolEvent extends ChannelEvent {

    /**
     * {@code agent.tool-called}: published by tools-service with the call's effect.
     *
     * @param conversationId null when the call did not name it
     * @param callId CallSid, null when not on a call
     * @param tool the tool's name as called
     * @param arguments as received, without identity and secrets
     * @param success whether the answer said so
     * @param outcome the sentence given back to the agent
     * @param code reason code of a refusal, else null
     * @param durationMillis time to answer
     */
    record Called(
            @Nullable String conversationId,
            @Nullable String callId,
            String tool,
            JsonNode arguments,
            boolean success,
            String outcome,
            @Nullable String code,
            long durationMillis)
            implements ToolEvent {}
}
