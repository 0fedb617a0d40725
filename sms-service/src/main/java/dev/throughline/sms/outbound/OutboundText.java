package dev.throughline.sms.outbound;

import dev.throughline.events.Speaker;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A text to a customer.
 *
 * @param customer receiver, E.164
 * @param businessNumber sender, E.164
 * @param inReplyTo MessageSid of the text it answers, null when none; at most one text per such sid
 * @param conversationId the ElevenLabs conversation it came from, null when none
 * @param attempts how often it was handed to Twilio
 * @param claimedAt when it was last claimed for sending, null before
 */
public record OutboundText(
        UUID id,
        UUID tenantId,
        UUID leadId,
        String customer,
        String businessNumber,
        String body,
        Speaker author,
        @Nullable String inReplyTo,
        @Nullable String conversationId,
        int attempts,
        @Nullable Instant claimedAt) {}
