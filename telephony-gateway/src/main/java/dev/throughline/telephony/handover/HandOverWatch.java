package dev.throughline.telephony.handover;

import dev.throughline.events.CallEvent.HandOver.Stage;
import dev.throughline.telephony.conference.Participant;
import dev.throughline.telephony.conference.Room;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a look at a hand-over finds that no webhook will tell. Pure. */
final class HandOverWatch {

    /** How long Twilio may take to name the leg it rings, or to begin with its webhooks. */
    private static final Duration NAMING = Duration.ofSeconds(30);

    private HandOverWatch() {}

    /**
     * The signal that is due.
     *
     * @param room in which the two meet; null before there is one
     * @param answer how long a human may take to the key
     * @param move how long a leg may take into the room or out of it
     */
    static Optional<HandOverSignal> due(
            HandOver handOver, @Nullable Room room, Instant now, Duration answer, Duration move) {
        Duration still = Duration.between(handOver.changedAt(), now);
        return Optional.ofNullable(
                switch (handOver.state()) {
                    case HandOverState.Ringing ringing -> ringing(handOver, ringing, still, answer);
                    case HandOverState.Accepted ignored ->
                        still.compareTo(move) > 0 ? new HandOverSignal.NotMoved() : null;
                    case HandOverState.Talking ignored ->
                        still.compareTo(move) > 0 ? missing(room, now.minus(move)) : null;
                    case HandOverState.Returning ignored ->
                        still.compareTo(move) > 0 ? new HandOverSignal.NotReturned() : null;
                    case HandOverState.Over ignored -> null;
                });
    }

    private static @Nullable HandOverSignal ringing(
            HandOver handOver, HandOverState.Ringing ringing, Duration still, Duration answer) {
        if (still.compareTo(answer) > 0) {
            return new HandOverSignal.Missed(ringing.attempt(), Stage.NO_ANSWER);
        }
        // The process that was to ring is gone, or Twilio never said that it rings.
        return handOver.humanLeg() == null && still.compareTo(NAMING) > 0
                ? new HandOverSignal.Missed(ringing.attempt(), Stage.FAILED)
                : null;
    }

    private static @Nullable HandOverSignal missing(@Nullable Room room, Instant limit) {
        if (room == null || absent(room, HandOverCalls.CALLER, limit)) {
            return new HandOverSignal.CallerMissing();
        }
        return absent(room, HandOverCalls.HUMAN, limit) ? new HandOverSignal.HumanMissing() : null;
    }

    /** Never came, or left before {@code limit} without a word on it since. */
    private static boolean absent(Room room, String label, Instant limit) {
        return room.labelled(label)
                .map(one -> one.standing() != Participant.Standing.PRESENT
                        && (one.leftAt() == null || one.leftAt().isBefore(limit)))
                .orElse(true);
    }
}
