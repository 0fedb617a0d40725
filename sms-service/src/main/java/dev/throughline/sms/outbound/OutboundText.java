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
 * @param inReplyTo MessageSid of the text it answers, null when none
 * @param part which of the texts that make this answer, from 0; one text per {@code inReplyTo} and part
 * @param conversationId the ElevenLabs conversation it came from, null when none
 * @param errand what another service wants it for, null when none does
 * @param repeats the text that was not delivered and is sent once more by this one, null when this is the first
 * @param attempts how often it was handed to Twilio
 * @param claimedAt when it was last claimed for sending, by the database's clock; null before
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
        int part,
        @Nullable String conversationId,
        @Nullable Errand errand,
        @Nullable UUID repeats,
        int attempts,
        @Nullable Instant claimedAt) {

    public OutboundText {
        mediaUrls = List.copyOf(mediaUrls);
    }

    /** A text that answers none and that nobody has tried to send yet. */
    public static OutboundText fresh(
            UUID id,
            UUID tenantId,
            UUID leadId,
            String customer,
            Sender sender,
            String body,
            List<String> mediaUrls,
            Speaker author,
            @Nullable Errand errand) {
        return new OutboundText(
                id, tenantId, leadId, customer, sender, body, mediaUrls, author, null, 0, null, errand, null, 0, null);
    }

    /** The agent's answer to a text, or a part of it, that nobody has tried to send yet. */
    public static OutboundText answer(
            UUID id,
            UUID tenantId,
            UUID leadId,
            String customer,
            Sender sender,
            String body,
            String inReplyTo,
            int part,
            @Nullable String conversationId) {
        return new OutboundText(
                id,
                tenantId,
                leadId,
                customer,
                sender,
                body,
                List.of(),
                Speaker.AGENT,
                inReplyTo,
                part,
                conversationId,
                null,
                null,
                0,
                null);
    }

    /** The same text once more, under another id. */
    public OutboundText again(UUID newId) {
        return new OutboundText(
                newId,
                tenantId,
                leadId,
                customer,
                sender,
                body,
                mediaUrls,
                author,
                null,
                0,
                conversationId,
                errand,
                id,
                0,
                null);
    }

    /** As Twilio is asked to send it. */
    Letter letter() {
        return new Letter(id, customer, sender.number(), sender.messagingServiceSid(), body, mediaUrls);
    }

    /** The parts a carrier counts; an MMS is one. */
    public int segments() {
        return mediaUrls.isEmpty() ? Math.max(1, Segments.of(body).count()) : 1;
    }
}
