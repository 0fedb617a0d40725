package dev.throughline.sms.outbound;

import dev.throughline.events.EventIds;
import dev.throughline.events.RecordedEvent;
import dev.throughline.events.SmsEvent;
import dev.throughline.sms.SmsEvents;
import dev.throughline.sms.consent.OptOutWord;
import dev.throughline.sms.outbound.twilio.TwilioTexts.Taken;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What is told of a text on its way out. Pure. */
final class TextEvents {

    private TextEvents() {}

    /** @param repeats MessageSid of the text it repeats, null when none */
    static RecordedEvent sent(OutboundText text, Taken taken, @Nullable String repeats, Instant now) {
        Errand errand = text.errand();
        var event = new SmsEvent.Sent(
                taken.messageSid(),
                text.sender().number(),
                text.customer(),
                text.body(),
                taken.segments(),
                text.author(),
                text.inReplyTo(),
                text.conversationId(),
                errand == null ? null : errand.purpose().wireName(),
                errand == null ? null : errand.key(),
                repeats);
        return SmsEvents.recorded(
                EventIds.of("sms.sent", taken.messageSid()), now, text.tenantId(), text.leadId(), event);
    }

    /** @param errorCode Twilio's, null when it was not Twilio that refused */
    static RecordedEvent refused(OutboundText text, @Nullable Integer errorCode, String reason, Instant now) {
        Errand errand = text.errand();
        var event = new SmsEvent.Refused(
                text.id().toString(),
                text.customer(),
                text.body(),
                text.author(),
                errorCode,
                reason,
                errand == null ? null : errand.purpose().wireName(),
                errand == null ? null : errand.key());
        return SmsEvents.recorded(EventIds.of("sms.refused", text.id()), now, text.tenantId(), text.leadId(), event);
    }

    /** Twilio knew that the customer has opted out, and we did not. */
    static RecordedEvent optedOut(OutboundText text, Instant now) {
        return SmsEvents.recorded(
                EventIds.of("sms.opted-out", text.id()),
                now,
                text.tenantId(),
                text.leadId(),
                new SmsEvent.OptedOut(text.customer(), OptOutWord.KNOWN_TO_TWILIO.word()));
    }
}
