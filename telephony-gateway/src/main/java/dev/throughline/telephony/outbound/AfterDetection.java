package dev.throughline.telephony.outbound;

import dev.throughline.events.tenant.CallSettings.AnsweringMachine;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is done once Twilio has said who answered. Pure. */
sealed interface AfterDetection {

    /** Nothing: the agent goes on. */
    record GoOn() implements AfterDetection {}

    /** The call ends. */
    record HangUp() implements AfterDetection {}

    /** The message is spoken in the agent's place, then the call ends. */
    record LeaveMessage(String message) implements AfterDetection {}

    /** The greeting is over (Twilio, <i>Answering Machine Detection</i>, AnsweredBy with DetectMessageEnd). */
    Set<String> GREETING_OVER = Set.of("machine_end_beep", "machine_end_silence", "machine_end_other");

    /**
     * Decides.
     *
     * @param policy as it stood when the call was placed: it also chose what Twilio waits for
     * @param message null = nothing is left, the call ends
     * @param answeredBy Twilio's word; what is not known to be a machine counts as a human
     */
    static AfterDetection of(AnsweringMachine policy, @Nullable String message, String answeredBy) {
        boolean machine = answeredBy.startsWith("machine_") || answeredBy.equals("fax");
        if (!machine || policy == AnsweringMachine.GO_ON) {
            return new GoOn();
        }
        if (policy == AnsweringMachine.HANG_UP || answeredBy.equals("fax") || message == null || message.isBlank()) {
            return new HangUp();
        }
        // Before the beep a message would be spoken into the greeting.
        return GREETING_OVER.contains(answeredBy) ? new LeaveMessage(message) : new GoOn();
    }
}
