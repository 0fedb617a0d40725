package dev.throughline.simulator.twilio.call;

import org.jspecify.annotations.Nullable;

/**
 * Answering-machine detection a call was asked for. Source: Twilio, <i>Answering Machine Detection</i>.
 *
 * @param untilMessageEnd {@code DetectMessageEnd} instead of {@code Enable}
 * @param async the call goes on at once and the result goes to {@code callback}; otherwise the call's first request waits for it
 * @param timeoutSeconds after that the result is {@code unknown}
 */
record MachineDetection(
        boolean untilMessageEnd, boolean async, @Nullable String callback, String method, int timeoutSeconds) {

    /** What was found, and how long after the answer. */
    record Verdict(String answeredBy, long millis) {}

    /** What is found out about {@code callee}. */
    Verdict verdict(Callees.Callee callee) {
        Callees.Machine machine = callee.machine();
        Verdict found = machine == null
                ? new Verdict(callee.answeredBy(), callee.detectMillis())
                : untilMessageEnd
                        ? new Verdict(
                                machine.beeps() ? "machine_end_beep" : "machine_end_silence",
                                machine.greetingMillis() + Callees.BEEP_MILLIS)
                        : new Verdict("machine_start", Math.min(callee.detectMillis(), machine.greetingMillis()));
        long limit = timeoutSeconds * 1_000L;
        return found.millis() > limit ? new Verdict("unknown", limit) : found;
    }
}
