package dev.throughline.telephony.direct;

import dev.throughline.telephony.answer.Reply;
import dev.throughline.telephony.call.CallStatus;
import java.util.Optional;

/** What follows when the business was rung. Pure. */
final class DialOutcome {

    private static final String NOBODY = "Nobody can take your call right now. Please leave a message after the tone.";

    private DialOutcome() {}

    /**
     * Decides.
     *
     * @param dialStatus Twilio's DialCallStatus: completed, answered, busy, no-answer, failed or canceled
     * @param caller how the caller's own leg stands
     * @return empty when the call is over: the two have spoken, or the caller is gone
     */
    static Optional<Reply> of(String dialStatus, CallStatus caller) {
        boolean spoken = dialStatus.equals("completed") || dialStatus.equals("answered");
        return spoken || caller.terminal() ? Optional.empty() : Optional.of(new Reply.TakeMessage(NOBODY));
    }
}
