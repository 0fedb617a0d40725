package dev.throughline.telephony.outbound;

import java.time.Instant;
import java.util.UUID;

/**
 * A call out as it stands in the database.
 *
 * @param id the {@code call_id} the agent of a native call is told
 * @param fingerprint of the order, see {@link Order#fingerprint()}
 */
record OutboundRow(UUID id, Plan plan, String fingerprint, Progress progress, Instant createdAt) {

    OutboundState state() {
        return progress.state();
    }

    OutboundRow with(Progress next) {
        return new OutboundRow(id, plan, fingerprint, next, createdAt);
    }
}
