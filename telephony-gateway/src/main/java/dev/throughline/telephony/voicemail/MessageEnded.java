package dev.throughline.telephony.voicemail;

import dev.throughline.telephony.call.CallStatus;
import dev.throughline.telephony.twilio.VoiceTwiml;

/** What follows a message (Twilio, <i>TwiML: Record</i>, action). Pure. */
public final class MessageEnded {

    private MessageEnded() {}

    /**
     * Thanks and good-bye, for a caller who is still there.
     *
     * @param caller how the caller's leg stands
     */
    public static String twiml(CallStatus caller) {
        return caller.terminal() ? VoiceTwiml.hangUp() : VoiceTwiml.sayAndHangUp("Thank you. Goodbye.");
    }
}
