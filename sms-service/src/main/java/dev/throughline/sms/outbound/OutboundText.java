package dev.throughline.sms.outbound;

import dev.throughline.events.Speaker;
import dev.throughline.sms.outbound.twilio.TwilioTexts.Letter;
import dev.throughline.sms.segment.Segments;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A text to a customer.
 *
 * @param customer receiver, E.164
 * @param sender who sends it
 * @param mediaUrls of an MMS, at most ten
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
        Sender sender,
        String body,
        List<String> mediaUrls,
        Speaker author,
        @Nullable String inReplyTo,
        @Nullable String conversationId,
        int attempts,
        @Nullable Instant claimedAt) {

    public OutboundText {
        mediaUrls = List.copyOf(mediaUrls);
    }

    /** A text nobody has tried to send yet. */
    public static OutboundText fresh(
            UUID id,
            UUID tenantId,
            UUID leadId,
            String customer,
            Sender sender,
            String body,
            List<String> mediaUrls,
            Speaker author,
            @Nullable String inReplyTo,
            @Nullable String conversationId) {
        return new OutboundText(
                id, tenantId, leadId, customer, sender, body, mediaUrls, author, inReplyTo, conversationId, 0, null);
    }

    /** As Twilio is asked to send it. */
    Letter letter() {
        return new Letter(customer, sender.number(), sender.messagingServiceSid(), body, mediaUrls);
    }

    /** The parts a carrier counts; an MMS is one. */
    public int segments() {
        return mediaUrls.isEmpty() ? Math.max(1, Segments.of(body).count()) : 1;
    }
}
