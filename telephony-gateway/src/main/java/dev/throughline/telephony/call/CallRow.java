package dev.throughline.telephony.call;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A call as it stands in the database.
 *
 * @param humanAnswered whether somebody of the business took it, rung for the caller or by a hand-over
 * @param endedAt null while it lives
 */
public record CallRow(
        CallParties parties,
        CallOrigin origin,
        CallProgress progress,
        boolean humanAnswered,
        Instant startedAt,
        @Nullable Instant endedAt) {

    /** Whether nobody has said that it ended. */
    public boolean live() {
        return endedAt == null;
    }
}
