package dev.throughline.events;

/** What a human at the console said. */
public sealed interface OperatorEvent extends ChannelEvent {

    /** {@code operator.note}: for colleagues, never for the customer. */
    record Note(String noteId, String author, String text) implements OperatorEvent {}

    /** {@code operator.whisper}: for the agent in a live conversation. */
    record Whisper(String whisperId, String author, String text) implements OperatorEvent {}

    /** {@code operator.took-over}: a human answers the lead's texts from now on; the agent is silent. */
    record TookOver(String takeOverId, String author) implements OperatorEvent {}

    /** {@code operator.gave-back}: the agent answers the lead's texts again. */
    record GaveBack(String takeOverId, String author) implements OperatorEvent {}
}
