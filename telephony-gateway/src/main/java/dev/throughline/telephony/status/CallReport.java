package dev.throughline.telephony.status;

import dev.throughline.events.CallEvent.Direction;
import dev.throughline.platform.twilio.SignedForm;
import dev.throughline.platform.web.Problem;
import dev.throughline.telephony.call.CallOrigin;
import dev.throughline.telephony.call.CallProgress;
import dev.throughline.telephony.call.CallStatus;
import dev.throughline.telephony.call.CallWebhook;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One status callback (Twilio, <i>Call resource</i>, StatusCallback).
 *
 * @param status empty for a status Twilio has added since
 * @param sequence SequenceNumber; {@link CallProgress#NO_SEQUENCE} where none was sent
 * @param durationSeconds CallDuration; 0 where none was sent
 * @param sipCode SipResponseCode of a call that ended; null where none was sent
 * @param child whether the leg was dialled for another call, which is the customer's
 * @param outbound whether we called the customer, so that From is our number
 * @param time when it happened
 */
record CallReport(
        String callSid,
        Optional<CallStatus> status,
        int sequence,
        int durationSeconds,
        @Nullable String sipCode,
        boolean child,
        boolean outbound,
        String from,
        String to,
        Instant time) {

    /** How far Twilio's whole seconds and our clock may lie apart while they mean the same moment. */
    private static final Duration SAME_MOMENT = Duration.ofSeconds(5);

    /** Reads the form. @throws Problem 400 that names CallSid or CallStatus when it is missing or malformed */
    static CallReport of(SignedForm form, Instant received) {
        String callSid = CallWebhook.callSid(form);
        String status = form.find("CallStatus").orElseThrow(() -> Problem.invalid("CallStatus", "is missing"));
        return new CallReport(
                callSid,
                CallStatus.of(status),
                number(form, "SequenceNumber", CallProgress.NO_SEQUENCE),
                number(form, "CallDuration", 0),
                form.find("SipResponseCode").orElse(null),
                form.find("ParentCallSid").isPresent(),
                CallWebhook.outbound(form),
                form.get("From"),
                form.get("To"),
                time(form.get("Timestamp"), received));
    }

    /** What it says of the call, {@code known} being its status. */
    StatusNews news(CallStatus known) {
        boolean unusual = known.terminal() && known != CallStatus.COMPLETED;
        return new StatusNews(
                callSid, known, sequence, durationSeconds, unusual && sipCode != null ? "sip-" + sipCode : null, time);
    }

    /** As much of the call's beginning as a report tells. */
    CallOrigin origin() {
        return new CallOrigin(outbound ? Direction.OUTBOUND : Direction.INBOUND, null, from, to, null);
    }

    /**
     * When a report happened. Twilio writes whole seconds, which would put a hang-up before the words that led to it; so our clock is
     * taken unless the report was long on its way.
     *
     * @param timestamp RFC 2822; anything else gives {@code received}
     */
    static Instant time(String timestamp, Instant received) {
        try {
            Instant written = Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(timestamp));
            boolean late = Duration.between(written, received).compareTo(SAME_MOMENT) > 0;
            return late ? written : received;
        } catch (DateTimeParseException absentOrMalformed) {
            return received;
        }
    }

    private static int number(SignedForm form, String name, int absent) {
        return form.number(name)
                .filter(value -> value >= 0 && value <= Integer.MAX_VALUE)
                .map(Long::intValue)
                .orElse(absent);
    }
}
