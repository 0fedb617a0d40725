package dev.throughline.telephony.call;

import dev.throughline.platform.twilio.SignedForm;
import dev.throughline.platform.web.Problem;

/**
 * What every voice webhook of Twilio says (Twilio, <i>TwiML: request parameters</i>).
 *
 * @param from E.164, {@code client:…}, {@code sip:…}, {@code anonymous}; empty when it was not sent
 * @param to the called address; empty for a browser call
 * @param status CallStatus, {@link CallStatus#RINGING} when it was not sent or is unknown
 */
public record CallWebhook(String callSid, String from, String to, CallStatus status) {

    /** Reads the form. @throws Problem 400 that names CallSid when it is missing or malformed */
    public static CallWebhook of(SignedForm form) {
        return new CallWebhook(
                callSid(form),
                form.get("From"),
                form.get("To"),
                CallStatus.of(form.get("CallStatus")).orElse(CallStatus.RINGING));
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
