package dev.throughline.telephony.status;

import dev.throughline.telephony.call.CallStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a call stands, from whoever says so.
 *
 * @param sequence Twilio's SequenceNumber; {@link dev.throughline.telephony.call.CallProgress#NO_SEQUENCE} where there is none
 * @param durationSeconds 0 while it lives and when it was never answered
 * @param reason why it ended, in our words; null when the status says it all
 * @param time when it came to stand so
 */
public record StatusNews(
        String callSid,
        CallStatus status,
        int sequence,
        int durationSeconds,
        @Nullable String reason,
        Instant time) {}
