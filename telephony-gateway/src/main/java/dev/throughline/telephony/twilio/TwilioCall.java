package dev.throughline.telephony.twilio;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A call as Twilio's REST API tells it (Twilio, <i>Call resource</i>).
 *
 * @param sid {@code CA…}
 * @param from E.164, {@code client:…} or {@code sip:…}
 * @param to as {@code from}
 * @param status CallStatus as on the wire, for example {@code in-progress}
 * @param direction {@code inbound}, {@code outbound-api} or {@code outbound-dial}; empty when Twilio gave none
 * @param createdAt null in the answer to a creation
 * @param endedAt null while it lives
 * @param durationSeconds null while it lives
 * @param answeredBy what machine detection found; null without a finding
 */
public record TwilioCall(
        String sid,
        String from,
        String to,
        String status,
        String direction,
        @Nullable Instant createdAt,
        @Nullable Instant endedAt,
        @Nullable Integer durationSeconds,
        @Nullable String answeredBy) {}
