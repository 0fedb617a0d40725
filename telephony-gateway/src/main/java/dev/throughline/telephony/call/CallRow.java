package dev.throughline.telephony.call;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A call as it stands in the database.
 *
 * @param endedAt null while it lives
 */
public record CallRow(
        CallParties parties,
        CallOrigin origin,
        CallProgress progress,
        Instant startedAt,
        @Nullable Instant endedAt) {

    /** Whether nobody has said that it ended. */
    public boolean live() {
        return endedAt == null;
    }
}
