package dev.throughline.sms.request;

import dev.throughline.sms.outbound.OutboundText;
import dev.throughline.sms.outbound.OutboundTexts.State;
import dev.throughline.sms.outbound.OutboundTexts.Stored;
import dev.throughline.sms.segment.Segments;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A text as its sender sees it.
 *
 * @param status queued, scheduled, sending, sent, refused or unknown
 * @param messageSid Twilio's; null before it was taken
 * @param messagingServiceSid the service that picks the sender; null = {@code from} sends
 * @param segments parts the carrier counts
 * @param encoding gsm-7 or ucs-2
 * @param sendAt when it leaves or left at the earliest
 * @param reason why it was refused; null otherwise
 */
record TextAnswer(
        UUID id,
        UUID leadId,
        String status,
        @Nullable String messageSid,
        String to,
        String from,
        @Nullable String messagingServiceSid,
        int segments,
        String encoding,
        Instant sendAt,
        @Nullable String reason) {

    static TextAnswer of(Stored stored, Instant now) {
        OutboundText text = stored.text();
        return new TextAnswer(
                text.id(),
                text.leadId(),
                status(stored, now),
                stored.messageSid(),
                text.customer(),
                text.sender().number(),
                text.sender().messagingServiceSid(),
                text.segments(),
                Segments.of(text.body())
                        .encoding()
                        .name()
                        .toLowerCase(Locale.ROOT)
                        .replace('_', '-'),
                stored.notBefore(),
                stored.reason());
    }

    private static String status(Stored stored, Instant now) {
        return switch (stored.state()) {
            case State.PENDING -> stored.notBefore().isAfter(now) ? "scheduled" : "queued";
            case State.SENDING -> "sending";
            case State.SENT -> "sent";
            case State.REFUSED -> "refused";
            case State.LOST -> "unknown";
        };
    }
}
