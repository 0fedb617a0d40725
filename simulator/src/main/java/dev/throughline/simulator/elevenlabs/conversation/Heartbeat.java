package dev.throughline.simulator.elevenlabs.conversation;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Pings sent and pongs received on one socket; times in milliseconds of any one clock. */
final class Heartbeat {

    private final Map<Integer, Long> open = new HashMap<>();
    private @Nullable Integer roundTripMillis;
    private boolean reported;

    void pinged(int eventId, long atMillis) {
        open.put(eventId, atMillis);
    }

    /** Notes a pong; false when no ping with this id waits for one. */
    boolean ponged(int eventId, long atMillis) {
        Long sent = open.remove(eventId);
        if (sent != null) {
            roundTripMillis = (int) (atMillis - sent);
        }
        return sent != null;
    }

    /** Whether a ping has waited longer than {@code limitMillis}; true only once. */
    boolean overdue(long atMillis, long limitMillis) {
        boolean late = open.values().stream().anyMatch(sent -> atMillis - sent > limitMillis);
        boolean first = late && !reported;
        reported |= late;
        return first;
    }

    /** The last round trip, null before the first pong. */
    @Nullable Integer roundTripMillis() {
        return roundTripMillis;
    }
}
