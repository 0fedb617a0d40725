package dev.throughline.sms.inbound;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A text from a customer.
 *
 * @param messageSid Twilio's MessageSid
 * @param idempotencyToken {@code I-Twilio-Idempotency-Token}, the same on every delivery attempt; null when not sent
 * @param customer sender, E.164
 * @param businessNumber receiver, E.164
 * @param body untrimmed; may be empty on MMS
 * @param segments NumSegments
 * @param mediaUrls of an MMS, referenced only
 */
public record InboundText(
        String messageSid,
        @Nullable String idempotencyToken,
        UUID tenantId,
        UUID leadId,
        String customer,
        String businessNumber,
        String body,
        int segments,
        List<String> mediaUrls,
        Instant receivedAt) {}
