package dev.throughline.simulator.twilio.conference;

import dev.throughline.simulator.twilio.account.TwilioTime;
import dev.throughline.simulator.twilio.twiml.DialNoun;
import dev.throughline.simulator.twilio.webhook.Webhook;
import dev.throughline.simulator.twilio.webhook.WebhookKind;
import dev.throughline.simulator.twilio.webhook.WebhookSender;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Status callbacks of one room, numbered from 1. Only what the first participant asked for counts, so the rest is lost when the
 * first asked for nothing. Source: Twilio, <i>TwiML: Conference</i>, "statusCallback".
 */
final class RoomCallbacks {

    private final WebhookSender webhooks;
    private final String accountSid;
    private final String conferenceSid;
    private final String friendlyName;
    private DialNoun.@Nullable Conference rules;
    private int sequenceNumber;

    RoomCallbacks(WebhookSender webhooks, String accountSid, String conferenceSid, String friendlyName) {
        this.webhooks = webhooks;
        this.accountSid = accountSid;
        this.conferenceSid = conferenceSid;
        this.friendlyName = friendlyName;
    }

    /** The first call decides; later ones change nothing. */
    synchronized void useOf(DialNoun.Conference options) {
        if (rules == null) {
            rules = options;
        }
    }

    /**
     * Tells an event.
     *
     * @param asked the word of {@code statusCallbackEvent} it belongs to
     * @param event the word it is told as
     */
    synchronized void tell(String asked, String event, Map<String, String> details) {
        DialNoun.Conference ruling = rules;
        if (ruling == null
                || ruling.statusCallback() == null
                || !ruling.statusEvents().contains(asked)) {
            return;
        }
        Map<String, String> form = new LinkedHashMap<>();
        form.put("AccountSid", accountSid);
        form.put("ConferenceSid", conferenceSid);
        form.put("FriendlyName", friendlyName);
        form.put("StatusCallbackEvent", event);
        form.put("SequenceNumber", String.valueOf(++sequenceNumber));
        form.put("Timestamp", String.valueOf(TwilioTime.rfc2822(Instant.now())));
        form.putAll(details);
        webhooks.callBack(new Webhook(
                WebhookKind.CONFERENCE_STATUS, ruling.statusMethod(), ruling.statusCallback(), form, conferenceSid));
    }
}
