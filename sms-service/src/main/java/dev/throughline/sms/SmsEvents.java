package dev.throughline.sms;

import dev.throughline.events.ChannelEvent;
import dev.throughline.events.RecordedEvent;
import java.time.Instant;
import java.util.UUID;

/** Wraps what this service has to tell in an envelope. */
public final class SmsEvents {

    private static final String SOURCE = "sms-service";

    private SmsEvents() {}

    /** The event with this service as its source; {@code id} from {@link dev.throughline.events.EventIds}. */
    public static RecordedEvent recorded(UUID id, Instant time, UUID tenantId, UUID leadId, ChannelEvent event) {
        return new RecordedEvent(id, time, SOURCE, tenantId, leadId, event);
    }
}
