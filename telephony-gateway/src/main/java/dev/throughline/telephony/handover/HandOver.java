package dev.throughline.telephony.handover;

import dev.throughline.events.tenant.CallSettings.Human;
import dev.throughline.telephony.call.CallParties;
import dev.throughline.telephony.conference.RoomAddress;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to hand a call to a human.
 *
 * @param call whose call; its CallSid is the customer's leg
 * @param requestedBy {@code agent}, or {@code operator:} and who
 * @param reason why, as told; null when not
 * @param brief what the human hears of it; null when not told
 * @param humans whom to ring, in order; never empty
 * @param humanLeg the CallSid of the human who is rung or talks; null until Twilio named it
 * @param room the name of the room in which the two meet
 * @param changedAt when it came to its state
 */
record HandOver(
        UUID id,
        CallParties call,
        String requestedBy,
        @Nullable String reason,
        @Nullable String brief,
        List<Human> humans,
        HandOverState state,
        @Nullable String humanLeg,
        String room,
        Instant createdAt,
        Instant changedAt) {

    HandOver {
        humans = List.copyOf(humans);
    }

    /** The room in which the two meet, and whose it is. */
    RoomAddress meeting() {
        return new RoomAddress(room, call.tenantId(), call.leadId());
    }

    /** The human of the current attempt. */
    Human human() {
        return humans.get(state.attempt());
    }

    HandOver to(HandOverState next, @Nullable String leg, Instant now) {
        return new HandOver(
                id,
                call,
                requestedBy,
                reason,
                brief,
                humans,
                next,
                leg,
                room,
                createdAt,
                next.equals(state) ? changedAt : now);
    }
}
