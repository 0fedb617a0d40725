package dev.throughline.sms.answering;

import dev.throughline.sms.inbound.InboundText;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** When several texts in a row are one turn: the customer has stopped writing for a while, or has written long enough. Pure. */
final class Burst {

    private Burst() {}

    /**
     * How long to wait before {@code waiting} is answered, a millisecond at least; zero when it is time.
     *
     * @param waiting oldest first, at least one
     * @param quiet how long nothing may have come
     * @param most how long the oldest text waits at most
     */
    static Duration rest(List<InboundText> waiting, Instant now, Duration quiet, Duration most) {
        Instant oldest = waiting.getFirst().receivedAt();
        Instant newest = waiting.getLast().receivedAt();
        Instant isQuiet = newest.plus(quiet);
        Instant isLong = oldest.plus(most);
        Duration rest = Duration.between(now, isQuiet.isBefore(isLong) ? isQuiet : isLong);
        if (rest.toMillis() < 1) {
            // Less than a timer can wait.
            return Duration.ZERO;
        }
        // Another replica's clock may be ahead; nobody waits longer than this for it.
        return rest.compareTo(quiet) < 0 ? rest : quiet;
    }
}
