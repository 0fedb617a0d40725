package dev.throughline.telephony.status;

import dev.throughline.events.CallEvent.Path;
import dev.throughline.events.CallEvent.SpokeWith;
import dev.throughline.telephony.call.CallRow;
import dev.throughline.telephony.call.CallStatus;
import dev.throughline.telephony.stream.StreamOutcome;
import org.jspecify.annotations.Nullable;

/** Whom a customer spoke with, as far as telephony knows. Pure. */
final class SpokenWith {

    private SpokenWith() {}

    /** By the status alone: who was never connected spoke with nobody; null of a call that was answered. */
    static @Nullable SpokeWith by(CallStatus end) {
        return end == CallStatus.COMPLETED ? null : SpokeWith.NOBODY;
    }

    /**
     * Of a call that ends.
     *
     * @param stream how the bridge said its last stream ended; null when it said nothing or there was none
     * @return null where only what was said on the call tells
     */
    static @Nullable SpokeWith of(CallRow call, CallStatus end, @Nullable StreamOutcome stream) {
        if (end != CallStatus.COMPLETED) {
            return by(end);
        }
        if (call.humanAnswered()) {
            return SpokeWith.HUMAN;
        }
        if (stream == null) {
            return call.origin().path() == Path.DIRECT ? SpokeWith.NOBODY : null;
        }
        return switch (stream) {
            case COMPLETED, AGENT_LOST -> SpokeWith.AGENT;
            case AGENT_UNREACHABLE, REFUSED -> SpokeWith.NOBODY;
            // Perhaps before the agent's first word; or into a room, where others may only have listened.
            case CALLER_LEFT, HANDED_OVER -> null;
        };
    }
}
