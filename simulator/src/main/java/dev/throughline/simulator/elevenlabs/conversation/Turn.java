package dev.throughline.simulator.elevenlabs.conversation;

import io.vertx.core.json.JsonArray;
import org.jspecify.annotations.Nullable;

/** One line of the transcript. Changes until the conversation is over: a barge-in cuts it, a tool answers. */
public final class Turn {

    private final boolean agent;
    private final @Nullable String medium;
    private final int timeInCallSecs;
    private final int eventId;
    private final JsonArray toolCalls = new JsonArray();
    private final JsonArray toolResults = new JsonArray();
    private @Nullable String message;
    private @Nullable String originalMessage;

    Turn(boolean agent, @Nullable String message, @Nullable String medium, int timeInCallSecs, int eventId) {
        this.agent = agent;
        this.message = message;
        this.medium = medium;
        this.timeInCallSecs = timeInCallSecs;
        this.eventId = eventId;
    }

    /** Shortens the line to what was heard of it. */
    void cutTo(String heard) {
        originalMessage = originalMessage == null ? message : originalMessage;
        message = heard;
    }

    /** Whether the agent says it, not the user. */
    public boolean agent() {
        return agent;
    }

    /** What was said; null for a turn that only called a tool. */
    public @Nullable String message() {
        return message;
    }

    /** The whole line before a barge-in cut it; null when it was not cut. */
    public @Nullable String originalMessage() {
        return originalMessage;
    }

    /** How a user's line came: {@code audio}, {@code text} or {@code dtmf}; null for the agent. */
    public @Nullable String medium() {
        return medium;
    }

    /** Whole seconds since the conversation began. */
    public int timeInCallSecs() {
        return timeInCallSecs;
    }

    /** The socket event that carried it. */
    public int eventId() {
        return eventId;
    }

    /** Calls made in this turn, in the provider's form. */
    public JsonArray toolCalls() {
        return toolCalls;
    }

    /** Their answers, in the provider's form. */
    public JsonArray toolResults() {
        return toolResults;
    }
}
