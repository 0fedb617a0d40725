package dev.throughline.tools.availability;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A visit that can be booked.
 *
 * @param parts its services in the order they are done, never empty
 */
public record Slot(List<Part> parts) {

    public Slot {
        parts = List.copyOf(parts);
    }

    /**
     * One service of a visit.
     *
     * @param chairId null when it needs none
     * @param visit what the customer sees
     * @param blocked the visit with its buffers: when person and chair cannot be used otherwise
     */
    public record Part(
            UUID serviceId,
            UUID workerId,
            String workerName,
            @Nullable UUID chairId,
            @Nullable String chairName,
            TimeSpan visit,
            TimeSpan blocked) {}

    /** When the customer comes. */
    public Instant start() {
        return parts.getFirst().visit().from();
    }

    /** When the customer leaves. */
    public Instant end() {
        return parts.getLast().visit().to();
    }

    /** Who begins. */
    public UUID workerId() {
        return parts.getFirst().workerId();
    }

    /** The name of who begins. */
    public String workerName() {
        return parts.getFirst().workerName();
    }
}
