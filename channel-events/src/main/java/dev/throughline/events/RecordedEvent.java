package dev.throughline.events;

import java.time.Instant;
import java.util.Comparator;
import java.util.UUID;

/**
 * An event with its envelope: what stands on {@link Topics#CHANNEL_EVENTS}.
 *
 * @param id from the provider's natural key, see {@link EventIds}
 * @param time when it happened; equal times are ordered by id
 * @param source the service that recorded it, for example {@code telephony-gateway}
 * @param tenantId the business
 * @param leadId the person; the Kafka key
 */
public record RecordedEvent(UUID id, Instant time, String source, UUID tenantId, UUID leadId, ChannelEvent event) {

    /** The total order of one lead's events: by time, then by id. Every service folds in this order. */
    public static final Comparator<RecordedEvent> ORDER =
            Comparator.comparing(RecordedEvent::time).thenComparing(RecordedEvent::id);

    /** The event's CloudEvents type, for example {@code call.started}. */
    public String type() {
        return EventTypes.nameOf(event);
    }
}
