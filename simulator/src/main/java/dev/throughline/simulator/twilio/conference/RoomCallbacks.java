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

    void joined(Participant participant) {
        tell("join", "participant-join", participant.form());
    }

    void started() {
        tell("start", "conference-start", Map.of());
    }

    void left(Participant participant, Departure departure, String callStatus) {
        Map<String, String> form = participant.form();
        form.put("ParticipantCallStatus", callStatus);
        form.put("ReasonParticipantLeft", departure.word());
        tell("leave", "participant-leave", form);
    }

    void muted(Participant participant) {
        tell("mute", participant.isMuted() ? "participant-mute" : "participant-unmute", participant.form());
    }

    void held(Participant participant) {
        tell("hold", participant.isHeld() ? "participant-hold" : "participant-unhold", participant.form());
    }

    void modified(Participant participant) {
        tell("modify", "participant-modify", participant.form());
    }

    void spoke(Participant participant, boolean begins) {
        tell("speaker", begins ? "participant-speech-start" : "participant-speech-stop", participant.form());
    }

    /** @param to null when everybody was to hear it */
    void announced(@Nullable Participant to, boolean played) {
        tell("announcement", played ? "announcement-end" : "announcement-fail", to == null ? Map.of() : to.form());
    }

    /** @param by whose leaving ended the room; null when REST did */
    void ended(RoomEnd reason, @Nullable Participant by) {
        Map<String, String> form = new LinkedHashMap<>();
        if (by != null) {
            form.put("CallSidEndingConference", by.leg().sid());
            if (by.label() != null) {
                form.put("ParticipantLabelEndingConference", by.label());
            }
        }
        form.put("ReasonConferenceEnded", reason.word());
        form.put("Reason", reason.sentence());
        tell("end", "conference-end", form);
    }

    /**
     * Tells an event.
     *
     * @param asked the word of {@code statusCallbackEvent} it belongs to
     * @param event the word it is told as
     */
    private synchronized void tell(String asked, String event, Map<String, String> details) {
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
