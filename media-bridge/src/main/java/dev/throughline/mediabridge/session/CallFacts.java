package dev.throughline.mediabridge.session;

import dev.throughline.events.tenant.Tenant;
import dev.throughline.mediabridge.events.BridgeEvents;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What an accepted {@code start} says.
 *
 * @param callSid Twilio's id of the call
 * @param streamSid Twilio's id of the stream, letters and digits only
 * @param agentId the ElevenLabs agent
 * @param customerPhone E.164; null when withheld or not told
 * @param startedAt when the start came
 * @param startedNanos the same by {@link System#nanoTime}
 */
record CallFacts(
        String callSid,
        String streamSid,
        Tenant tenant,
        UUID leadId,
        String agentId,
        @Nullable String customerPhone,
        Instant startedAt,
        long startedNanos) {

    BridgeEvents.Call call() {
        return new BridgeEvents.Call(callSid, tenant.id(), leadId);
    }
}
