package dev.throughline.telephony.call;

import dev.throughline.events.CallEvent.Direction;
import dev.throughline.events.CallEvent.Path;
import dev.throughline.platform.twilio.SignedForm;
import dev.throughline.platform.web.Problem;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What every voice webhook of Twilio says (Twilio, <i>TwiML: request parameters</i>).
 *
 * @param from E.164, {@code client:…}, {@code sip:…}, {@code anonymous}; empty when it was not sent
 * @param to the called address; empty for a browser call
 * @param status CallStatus, {@link CallStatus#RINGING} when it was not sent or is unknown
 * @param outbound whether we made the call, so that {@code from} is our number
 * @param receivedAt when the webhook came
 */
public record CallWebhook(
        String callSid, String from, String to, CallStatus status, boolean outbound, Instant receivedAt) {

    /** Reads the form. @throws Problem 400 that names CallSid when it is missing or malformed */
    public static CallWebhook of(SignedForm form) {
        return new CallWebhook(
                callSid(form),
                form.get("From"),
                form.get("To"),
                CallStatus.of(form.get("CallStatus")).orElse(CallStatus.RINGING),
                outbound(form),
                Instant.now());
    }

    /** Whether the form is about a call that we made: its Direction is {@code outbound-api} or {@code outbound-dial}. */
    public static boolean outbound(SignedForm form) {
        return form.get("Direction").startsWith("outbound");
    }

    /** The customer's address. */
    public String customer() {
        return outbound ? to : from;
    }

    /** The address that is ours; empty for a browser call. */
    public String ours() {
        return outbound ? from : to;
    }

    /**
     * The beginning of the call as this webhook tells it.
     *
     * @param path null while it is not known
     */
    public CallOrigin origin(@Nullable Path path) {
        return new CallOrigin(outbound ? Direction.OUTBOUND : Direction.INBOUND, path, from, to, null);
    }

    /** The form's CallSid. @throws Problem 400 that names it when it is missing or malformed */
    public static String callSid(SignedForm form) {
        String callSid = form.get("CallSid");
        if (!CallSids.valid(callSid)) {
            throw Problem.invalid("CallSid", callSid.isBlank() ? "is missing" : "is not CA and 32 hexadecimal digits");
        }
        return callSid;
    }
}
