package dev.throughline.events;

import java.time.Instant;

/** What happens to a planned next contact. */
public sealed interface FollowUpEvent extends ChannelEvent {

    /** Unique id of the follow-up. */
    String followUpId();

    /**
     * {@code follow-up.scheduled}.
     *
     * @param what text or call
     * @param at when it is due
     * @param why the rule's name
     */
    record Scheduled(String followUpId, String what, Instant at, String why) implements FollowUpEvent {}

    /** {@code follow-up.done}. */
    record Done(String followUpId, String what) implements FollowUpEvent {}

    /** {@code follow-up.skipped}. */
    record Skipped(String followUpId, String why) implements FollowUpEvent {}
}
