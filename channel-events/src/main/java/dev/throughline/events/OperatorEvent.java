package dev.throughline.events;

import org.jspecify.annotations.Nullable;

/** What a human at the console said. */
public sealed interface OperatorEvent extends ChannelEvent {

    /** {@code operator.note}: for colleagues, never for the customer. */
    record Note(String noteId, String author, String text) implements OperatorEvent {}

    /**
     * {@code operator.whisper}: for the agent in a live conversation.
     *
     * @param callId CallSid of the one call it is meant for; null: every live conversation with the lead
     */
    record Whisper(
            String whisperId,
            String author,
            String text,
            @Nullable String callId) implements OperatorEvent {

        /** For every live conversation with the lead. */
        public Whisper(String whisperId, String author, String text) {
            this(whisperId, author, text, null);
        }

        /** Whether the agent on this call is meant. */
        public boolean isFor(String call) {
            return callId == null || callId.equals(call);
        }
    }

    /** {@code operator.took-over}: a human answers the lead's texts from now on; the agent is silent. */
    record TookOver(String takeOverId, String author) implements OperatorEvent {}

    /** {@code operator.gave-back}: the agent answers the lead's texts again. */
    record GaveBack(String takeOverId, String author) implements OperatorEvent {}
}
