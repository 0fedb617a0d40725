package dev.throughline.telephony.handover;

import dev.throughline.events.CallEvent.HandOver.Stage;
import java.time.Instant;

/** Where a hand-over stands. {@code attempt} counts the humans rung, from 0. */
sealed interface HandOverState {

    int attempt();

    /** A human is rung, or hears the brief. The caller talks to the agent. */
    record Ringing(int attempt) implements HandOverState {}

    /** The human pressed the key; the caller's leg is being moved. */
    record Accepted(int attempt) implements HandOverState {}

    /** Both are in the room. */
    record Talking(int attempt, Instant since) implements HandOverState {}

    /** The human has the call no longer; the caller's leg is being moved to the agent. */
    record Returning(int attempt, Instant since) implements HandOverState {}

    /** Nothing more happens. @param outcome how it ended, one of the stages that can be last */
    record Over(int attempt, Stage outcome) implements HandOverState {}
}
