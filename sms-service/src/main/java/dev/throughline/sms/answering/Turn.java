package dev.throughline.sms.answering;

import java.util.List;

/** What came of asking the agent once. */
sealed interface Turn {

    /** The agent answered. @param parts in order, at least one */
    record Replied(String conversationId, List<String> parts) implements Turn {}

    /** The agent does not allow what we asked to override (1008 {@code override_error}): ask again without. */
    record OverrideRefused() implements Turn {}

    /**
     * No answer.
     *
     * @param conversationId empty when the conversation never began
     * @param reason for the log, without anybody's words
     */
    record Silence(String conversationId, String reason) implements Turn {}

    /**
     * The agent was not reached.
     *
     * @param reason for the log
     * @param mayPass whether it may be reached a moment later
     */
    record NotReached(String reason, boolean mayPass) implements Turn {}
}
