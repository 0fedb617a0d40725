package dev.throughline.tools.availability;

import java.time.Instant;
import java.util.UUID;

/**
 * A visit that can be booked.
 *
 * @param visit what the customer sees
 * @param blocked the visit with its buffers: what the staff member cannot use otherwise
 */
public record Slot(UUID workerId, String workerName, TimeSpan visit, TimeSpan blocked) {

    /** When the customer comes. */
    public Instant start() {
        return visit.from();
    }

    /** When the customer leaves. */
    public Instant end() {
        return visit.to();
    }
}
